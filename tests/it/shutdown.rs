//! Graceful shutdown of the real process: no accepted command is lost, and it exits.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::support::client::PATIENCE;
use crate::support::{ADMIN_TOKEN, Client, Process, Raw};

type Socket = WebSocketStream<TcpStream>;

/// Sends until the server stops reading.
async fn pour(mut sink: SplitSink<Socket, Message>, chat: Value, sender: usize) {
    for number in 0_u64.. {
        let id = format!("{sender}-{number}");
        let message = json!({"id":id,"content":"hi"});
        let command = json!({"type":"SEND_MESSAGE","chatId":chat,"requestId":number,"message":message});
        if sink.send(Message::text(command.to_string())).await.is_err() {
            return;
        }
    }
}

/// Reads to the end; returns the acknowledged ids and the close code.
async fn gather(mut stream: SplitStream<Socket>, progress: mpsc::UnboundedSender<()>) -> (Vec<String>, Option<u16>) {
    let mut acknowledged = vec![];
    while let Some(Ok(message)) = stream.next().await {
        match message {
            Message::Close(close) => return (acknowledged, close.map(|close| close.code.into())),
            Message::Text(text) => {
                let frame: Value = serde_json::from_str(&text).expect("frames are JSON");
                if frame.get("requestId").is_some() {
                    assert_eq!(frame["type"], "NEW_MESSAGE", "{frame}");
                    assert_eq!(frame["requestId"], acknowledged.len(), "one reply each, in order");
                    acknowledged.push(frame["message"]["id"].as_str().expect("an id").to_owned());
                    let _ = progress.send(());
                }
            }
            _ => {}
        }
    }
    (acknowledged, None)
}

/// Every message id of a chat; asserts that its clock has no gap.
pub async fn stored(client: &mut Client, chat: &Value) -> Vec<(u64, String)> {
    let mut all = vec![];
    let mut seq = json!(1);
    loop {
        let page = json!({"type":"GET_CHAT_HISTORY","chatId":chat,"after":seq,"limit":200});
        let page = client.reply(page).await;
        for message in page["messages"].as_array().unwrap_or_else(|| panic!("no page: {page}")) {
            assert_eq!(message["seq"], seq.as_u64().expect("a number") + 1, "a gap in the clock");
            seq = message["seq"].clone();
            all.push((seq.as_u64().expect("a number"), message["id"].as_str().expect("an id").to_owned()));
        }
        if page["hasMore"] != true {
            assert_eq!(page["seq"], seq, "the clock counts only messages");
            return all;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_read_before_shutdown_are_answered() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let own = [("OUTBOX_BYTES", "67108864")];
    let mut process = Process::start(folder.path(), &own).await;
    let mut ann = process.user("ann").await;
    let ben = process.user("ben").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT","members":[ben.user_id]})).await;
    let chat = made["chatId"].clone();
    let token = ann.token.clone();
    let (progress, mut steps) = mpsc::unbounded_channel();
    let mut readers = vec![];
    for (sender, client) in [ann, ben].into_iter().enumerate() {
        let (sink, stream) = client.socket.split();
        tokio::spawn(pour(sink, chat.clone(), sender));
        readers.push(tokio::spawn(gather(stream, progress.clone())));
    }
    for _ in 0..300 {
        steps.recv().await.expect("acknowledged");
    }
    process.terminate();
    let mut acknowledged = BTreeSet::new();
    for reader in readers {
        let (ids, close) = reader.await.expect("a reader");
        assert_eq!(close, Some(1012));
        acknowledged.extend(ids);
    }
    assert!(process.ended(PATIENCE).await.success());
    let process = Process::start(folder.path(), &own).await;
    let mut ann = Client::greeted(&process.url(), &token).await;
    let stored: BTreeSet<_> = stored(&mut ann, &chat).await.into_iter().map(|(_, id)| id).collect();
    let odd: Vec<_> = stored.symmetric_difference(&acknowledged).collect();
    assert!(odd.is_empty(), "commands and replies differ: {odd:?}");
}

/// Hashes that wait are dropped, however many there are.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_hash_that_waits_is_computed_once_the_server_stops() {
    const CLIENTS: usize = 40;
    let folder = tempfile::tempdir().expect("a folder for the test");
    let own = [("LOGIN_ATTEMPTS_PER_MINUTE", "0")];
    let mut process = Process::start(folder.path(), &own).await;
    let mut clients = vec![];
    for number in 0..CLIENTS {
        let mut client = Client::connect(&process.url()).await;
        client.next_of("CONNECTED").await;
        client.send(json!({"type":"LOG_IN","username":format!("nobody-{number}"),"password":"wrong password"})).await;
        clients.push(client);
    }
    let mut replies: Vec<String> = vec![];
    for mut client in clients {
        let reply = client.next().await;
        replies.push(reply["code"].as_str().unwrap_or_else(|| panic!("no refusal: {reply}")).to_owned());
        if replies.len() == 1 {
            process.terminate();
        }
    }
    let computed = replies.iter().filter(|code| *code == "UNAUTHENTICATED").count();
    assert!(computed < CLIENTS / 2, "{replies:?}");
    assert!(replies.iter().all(|code| code == "UNAUTHENTICATED" || code == "UNAVAILABLE"), "{replies:?}");
    assert!(process.ended(PATIENCE).await.success());
}

#[tokio::test]
async fn shutdown_closes_the_port_and_notifies_clients() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut process = Process::start(folder.path(), &[]).await;
    let mut admin = Client::greeted(&process.url(), ADMIN_TOKEN).await;
    let mut stranger = Client::connect(&process.url()).await;
    process.terminate();
    assert_eq!(admin.closed().await, Some((1012, "server restarts".into())));
    assert!(TcpStream::connect(&process.address).await.is_err(), "new connections are refused");
    assert_eq!(stranger.closed().await.map(|(code, _)| code), Some(1012));
    drop((admin, stranger));
    // Well before the timeout for clients that do not answer.
    assert!(process.ended(Duration::from_secs(8)).await.success());
    let mut process = Process::start(folder.path(), &[]).await;
    process.terminate();
    assert!(process.ended(Duration::from_secs(8)).await.success());
}

#[tokio::test]
async fn a_stalled_reader_cannot_block_shutdown() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut process = Process::start(folder.path(), &[("OUTBOX_BYTES", "65536")]).await;
    let mut ann = process.user("ann").await;
    let authorization = format!("Authorization: Bearer {}", ann.token);
    let mut stuck = Raw::narrow(&process.address).await;
    stuck.shake_hands("/ws", &[&authorization]).await;
    let mut half = Raw::connect(&process.address).await;
    half.write(b"GET /ws HTTP/1.1\r\n").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT"})).await;
    let content = "x".repeat(4000);
    for number in 0..1500 {
        ann.send(json!({"type":"SEND_MESSAGE","chatId":made["chatId"],"requestId":number,"content":content})).await;
        ann.until(|frame| frame["requestId"] == number).await;
    }
    process.terminate();
    assert_eq!(ann.closed().await.map(|(code, _)| code), Some(1012));
    drop(ann);
    // Ten seconds, plus the delay of a loaded machine.
    assert!(process.ended(PATIENCE).await.success());
    drop((stuck, half));
}
