use futures_util::StreamExt;
use serde_json::json;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::contract::backends::SearchCursor;
use crate::support::client::PATIENCE;
use crate::support::frame::assert_frame;
use crate::support::{self, Client, Server};

/// The next text as it is, but for who comes and goes.
async fn line(client: &mut Client) -> String {
    match timeout(PATIENCE, client.socket.next()).await.expect("a line in time") {
        Some(Ok(Message::Text(text))) => text.to_string(),
        other => panic!("no line but {other:?}"),
    }
}

async fn types(client: &mut Client, text: &str) -> String {
    client.send_text(text).await;
    line(client).await
}

/// A person at a terminal who has said who they are.
async fn at_terminal(server: &Server, name: &str) -> Client {
    let token = server.token_of(name).await;
    let mut client = Client::connect(&server.url()).await;
    assert_eq!(client.next().await["type"], "CONNECTED");
    let welcome = types(&mut client, &format!("/token {token}")).await;
    assert_eq!(welcome, format!("* you are {name}; /chats lists your chats"));
    client
}

pub async fn people_talk_in_lines(place: SearchCursor) {
    let server = support::start(place).await;
    let mut alice = at_terminal(&server, "alice").await;
    let mut ben = at_terminal(&server, "ben").await;
    let opened = "* #general is open (you alone, 0 unread); type to speak, /history shows what was said";
    assert_eq!(types(&mut alice, "/new general").await, opened);
    assert_eq!(line(&mut ben).await, "* new: #general; /open #general comes in");
    let opened = "* #general is open (2 members, 0 unread); type to speak, /history shows what was said";
    assert_eq!(types(&mut ben, "/open #general").await, opened);
    assert_eq!(line(&mut alice).await, "[general] * ben came in");
    assert_eq!(types(&mut alice, "hi").await, "[general] alice: hi");
    assert_eq!(line(&mut ben).await, "[general] alice: hi");
    assert_eq!(types(&mut ben, "//slash and \u{1b}[31mred").await, "[general] ben: /slash and \u{fffd}[31mred");
    line(&mut alice).await;
    let history = types(&mut alice, "/history 20").await;
    assert_eq!(history, "[general] alice: hi\n[general] ben: /slash and \u{fffd}[31mred");
    let who = types(&mut alice, "/who").await;
    assert!(who.contains("alice (owner, online)") && who.contains("ben (online)"), "{who}");
    let chats = types(&mut ben, "/chats").await;
    assert!(chats.starts_with("#general (channel, 2 members, ") && chats.ends_with("/open #general"), "{chats}");
    ben.send_text("/quit").await;
    assert_eq!(ben.closed().await, Some((1000, "goodbye".into())));
}

pub async fn a_line_that_is_wrong_is_answered_with_what_would_be_right(place: SearchCursor) {
    let server = support::start(place).await;
    let mut ann = Client::connect(&server.url()).await;
    ann.next().await;
    ann.refused(json!("hello"), "INVALID_JSON", "").await;
    let help = types(&mut ann, "/help").await;
    for word in ["/help", "/login", "/token", "/chats", "/new", "/open", "/who", "/history", "/json", "/quit"] {
        assert!(help.contains(word), "{word} is missing in {help}");
    }
    assert_eq!(types(&mut ann, "/hlep").await, "! there is no /hlep; did you mean /help?");
    assert_eq!(
        types(&mut ann, "/open").await,
        "! /open #general – opens a chat by #name or id: what you type goes there"
    );
    let nothing = "! nothing is open; /open #general opens a chat, /new NAME makes one";
    assert_eq!(types(&mut ann, "hello").await, nothing);
    assert!(types(&mut ann, "/chats").await.starts_with("! authenticate first"));
    assert_eq!(types(&mut ann, "/token nonsense").await, "! these credentials are not valid");
    let mut ann = at_terminal(&server, "ann").await;
    assert_eq!(types(&mut ann, "/open #nowhere").await, "! no channel named #nowhere");
    assert_eq!(types(&mut ann, "hello").await, nothing);
    assert_eq!(types(&mut ann, "{broken").await.get(..2), Some("! "));
}

pub async fn a_person_may_see_the_frames_and_write_them(place: SearchCursor) {
    let server = support::start(place).await;
    let mut ann = at_terminal(&server, "ann").await;
    types(&mut ann, "/new den").await;
    let sent = r##"{"type":"SEND_MESSAGE","chatId":"#den","content":"by hand"}"##;
    let reply: serde_json::Value = serde_json::from_str(&types(&mut ann, sent).await).expect("a frame");
    assert_eq!((&reply["type"], &reply["message"]["content"]), (&json!("NEW_MESSAGE"), &json!("by hand")));
    assert!(reply.get("requestId").is_none(), "{reply}");
    let named = types(&mut ann, r#"{"type":"PING","requestId":"mine"}"#).await;
    let named = serde_json::from_str(&named).expect("a frame");
    assert_frame(&named, json!({"type":"PONG","requestId":"mine","serverTime":"<time>"}));
    assert_eq!(types(&mut ann, "/json on").await, "* frames are shown as they are from here on");
    let reply: serde_json::Value = serde_json::from_str(&types(&mut ann, "and in words").await).expect("a frame");
    assert_eq!((&reply["type"], &reply["message"]["content"]), (&json!("NEW_MESSAGE"), &json!("and in words")));
    assert_eq!(types(&mut ann, "/json off").await, "* frames are shown as lines from here on");
    assert_eq!(types(&mut ann, "again").await, "[den] ann: again");
}
