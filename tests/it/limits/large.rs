//! The cost of members of a large chat, in frames and bytes.

use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use super::server;
use crate::support::client::PATIENCE;
use crate::support::{Client, Server};

/// Members of the chat.
const MEMBERS: usize = 60;
const LARGE: &[(&str, &str)] =
    &[("LARGE_CHAT_MEMBERS", "20"), ("NEW_CONTACTS_PER_HOUR", "0"), ("COMMANDS_PER_SECOND", "0")];

/// The frames sent to a client.
#[derive(Debug, Default)]
struct Sent {
    frames: usize,
    bytes: usize,
}

impl Sent {
    /// Every frame up to the reply to a PING.
    async fn count(&mut self, client: &mut Client) {
        client.send(json!({"type":"PING","requestId":"end"})).await;
        loop {
            let frame = timeout(PATIENCE, client.socket.next()).await.expect("a frame in time");
            let Some(Ok(Message::Text(text))) = frame else { continue };
            if text.contains(r#""requestId":"end""#) {
                return;
            }
            self.frames += 1;
            self.bytes += text.len();
        }
    }
}

/// The tokens of a channel's members, and one member who stays connected.
async fn channel(server: &Server) -> (Client, Vec<String>, Value) {
    let mut owner = server.person("owner").await;
    let made = owner.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"hall"})).await;
    let mut tokens = vec![];
    for number in 0..MEMBERS {
        let mut member = server.person(&format!("member{number}")).await;
        member.reply(json!({"type":"JOIN_CHAT","chatId":"#hall"})).await;
        tokens.push(member.token.clone());
    }
    Sent::default().count(&mut owner).await;
    (owner, tokens, made["chatId"].clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reconnects_in_a_large_chat_send_no_frames_to_others() {
    let server = server(LARGE).await;
    let (mut owner, tokens, _) = channel(&server).await;
    let mut members = vec![];
    for token in &tokens {
        members.push(server.user_with(token).await);
    }
    let mut sent = Sent::default();
    for member in &mut members {
        sent.count(member).await;
    }
    sent.count(&mut owner).await;
    drop(members);
    sent.count(&mut owner).await;
    assert_eq!((sent.frames, sent.bytes), (0, 0), "only CONNECTED, for {MEMBERS} members");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn read_marks_in_a_large_chat_cost_two_frames_per_member() {
    let server = server(LARGE).await;
    let (mut owner, tokens, chat) = channel(&server).await;
    let mut members = vec![];
    for token in &tokens {
        members.push(server.user_with(token).await);
    }
    owner.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"id":"one","content":"hello"}})).await;
    for member in &mut members {
        member.send(json!({"type":"MARK_READ","chatId":chat,"seq":MEMBERS + 2})).await;
    }
    let mut sent = Sent::default();
    for member in &mut members {
        sent.count(member).await;
    }
    sent.count(&mut owner).await;
    assert_eq!(sent.frames, 2 * MEMBERS, "the message and the reply to MARK_READ");
    assert!(sent.bytes < MEMBERS * 1000, "{} bytes", sent.bytes);
    let state = owner.reply(json!({"type":"GET_READ_STATE","chatId":chat,"messageId":"one"})).await;
    assert_eq!((&state["readCount"], &state["memberCount"]), (&json!(MEMBERS), &json!(MEMBERS + 1)));
}
