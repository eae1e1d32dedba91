//! The memory that one client can make the server hold, in bytes.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::server;
use crate::contract::backends::{self, Place};
use crate::support::client::PATIENCE;
use crate::support::faulty::{Faulty, Mood};
use crate::support::process::Process;
use crate::support::raw::{CONTINUATION, TEXT, whole};
use crate::support::server::{settings, start_over};
use crate::support::{Client, Raw, Server};

const OUTBOX: usize = 32 << 10;
const SMALL: &[(&str, &str)] = &[("OUTBOX_BYTES", "32768")];

fn fullest(server: &Server) -> usize {
    let mut most = 0;
    server.services.hub.each_connection(|connection| most = most.max(connection.outbox.bytes()));
    most
}

/// A second connection of a user that reads nothing after CONNECTED.
async fn sleeping_device(server: &Server, token: &str) -> Raw {
    let mut raw = Raw::narrow(&server.address.to_string()).await;
    raw.shake_hands("/ws", &[&format!("Authorization: Bearer {token}")]).await;
    raw.frame().await.expect("CONNECTED");
    raw
}

#[tokio::test]
async fn private_events_stay_within_the_outbox_limit() {
    let server = server(SMALL).await;
    let mut ann = server.person("ann").await;
    let mut sleeping = sleeping_device(&server, &ann.token).await;
    for number in 0..60 {
        let settings = json!({"text":format!("{number} {}", "s".repeat(15_000))});
        ann.reply(json!({"type":"UPDATE_SETTINGS","settings":settings})).await;
        assert!(fullest(&server) <= OUTBOX, "{} bytes are queued", fullest(&server));
    }
    for _ in 0..400 {
        let made = ann.reply(json!({"type":"CREATE_API_TOKEN","name":"t"})).await;
        ann.reply(json!({"type":"REVOKE_API_TOKEN","tokenId":made["token"]["id"]})).await;
        assert!(fullest(&server) <= OUTBOX, "{} bytes are queued", fullest(&server));
    }
    let lost = async {
        loop {
            let (_, _, frame) = sleeping.frame().await.expect("a frame");
            if frame == br#"{"type":"LAGGED"}"# {
                return;
            }
        }
    };
    timeout(PATIENCE, lost).await.expect("the loss is told without a chat");
    ann.reply(json!({"type":"UPDATE_SETTINGS","settings":{"text":"latest"}})).await;
    let latest = async {
        loop {
            let (_, _, frame) = sleeping.frame().await.expect("a frame");
            if String::from_utf8_lossy(&frame).contains("latest") {
                return;
            }
        }
    };
    timeout(PATIENCE, latest).await.expect("events continue");
}

#[tokio::test]
async fn profile_events_stay_within_the_outbox_limit() {
    let server = server(SMALL).await;
    let mut ann = server.user("ann").await;
    let sleeper = server.user("sleeper").await;
    ann.reply(json!({"type":"CREATE_CHAT","members":[sleeper.user_id]})).await;
    let _sleeping = sleeping_device(&server, &sleeper.token).await;
    drop(sleeper);
    for number in 0..300 {
        let url = format!("https://chat.example/{number}/{}", "a".repeat(1900));
        let updated = ann.reply(json!({"type":"UPDATE_USER","avatarUrl":url})).await;
        assert_eq!(updated["type"], "USER_UPDATED", "{updated}");
        assert!(fullest(&server) <= OUTBOX, "{} bytes are queued", fullest(&server));
    }
}

/// A batch within the limit of a frame asks for many times its size in replies.
#[tokio::test]
async fn replies_to_an_anonymous_connection_are_bounded() {
    let server = server(&[]).await;
    let mut raw = Raw::narrow(&server.address.to_string()).await;
    raw.shake_hands("/ws", &[]).await;
    raw.frame().await.expect("CONNECTED");
    let batch = format!("[{}]", [r#"{"type":"HELP"}"#; 50].join(","));
    // Until the server reads no more, because the client does not.
    taken(&mut raw.stream, &whole(TEXT, batch.as_bytes()), 4 << 20).await;
    let most = fullest(&server);
    // One reply may exceed the 16 KiB that wait.
    assert!((8 << 10..=48 << 10).contains(&most), "{most} bytes are queued");
    // What was held back is answered once the client reads.
    let replies = async {
        for _ in 0..50 {
            let (_, _, frame) = raw.frame().await.expect("a frame");
            assert!(frame.starts_with(br#"{"type":"HELP""#), "{}", String::from_utf8_lossy(&frame));
        }
    };
    timeout(PATIENCE, replies).await.expect("every command is answered");
}

/// Writes frames until the server stops reading; returns the bytes accepted by the server and the kernel.
async fn taken(stream: &mut TcpStream, frame: &[u8], most: usize) -> usize {
    let mut taken = 0;
    while taken < most {
        match timeout(Duration::from_secs(2), stream.write(&frame[taken % frame.len()..])).await {
            Ok(written) => taken += written.expect("the server keeps the connection"),
            Err(_) => return taken,
        }
    }
    taken
}

#[tokio::test]
async fn frames_read_ahead_are_bounded_in_bytes() {
    let Place { repository, keep } = backends::sqlite().await.expect("a new file");
    let faulty = Faulty::new(repository);
    let server = start_over(faulty.clone(), keep, settings(&[])).await;
    let Client { mut socket, .. } = server.user("ann").await;
    faulty.be(Mood::Waits);
    let stream = socket.get_mut();
    stream.write_all(&whole(TEXT, br#"{"type":"GET_SETTINGS"}"#)).await.expect("the server reads");
    timeout(PATIENCE, faulty.entered()).await.expect("a command that runs");
    let large = format!(r#"{{"type":"PING","requestId":"{}"}}"#, "x".repeat(259_000));
    // Kernel buffers may hold 10 MB on both sides; 64 frames would add 16 MB.
    let taken = taken(stream, &whole(TEXT, large.as_bytes()), 40 << 20).await;
    assert!(taken < 14 << 20, "{taken} bytes");
    faulty.let_go();
}

/// A buffer that has held a large frame would keep its size.
#[tokio::test]
async fn large_replies_are_sent_in_fragments() {
    let server = server(&[]).await;
    let mut ann = server.person("ann").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT"})).await;
    let metadata = json!({"text":"ä".repeat(7_000)});
    let message = json!({"content":"hi","metadata":metadata});
    for _ in 0..10 {
        ann.reply(json!({"type":"SEND_MESSAGE","chatId":made["chatId"],"message":message})).await;
    }
    let mut reader = sleeping_device(&server, &ann.token).await;
    let history = json!({"type":"GET_CHAT_HISTORY","chatId":made["chatId"]}).to_string();
    reader.write(&whole(TEXT, history.as_bytes())).await;
    let mut reply = vec![];
    loop {
        let (is_last, kind, part) = reader.frame().await.expect("a frame");
        assert!(part.len() <= 32 << 10, "{} bytes in one frame", part.len());
        assert_eq!(kind, if reply.is_empty() { TEXT } else { CONTINUATION });
        reply.extend(part);
        if is_last {
            break;
        }
    }
    let reply: Value = serde_json::from_slice(&reply).expect("the fragments are one frame");
    assert_eq!(reply["messages"].as_array().map(Vec::len), Some(10), "{reply}");
}

/// Everything at once on many connections of a real server: events that fill the outbox, replies of half a mebibyte that
/// nobody takes, and frames of the greatest size behind them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_reads_nothing_costs_at_most_its_outbox_and_a_mebibyte() {
    const READERS: usize = 32;
    const OUTBOX: usize = 1 << 20;
    let folder = tempfile::tempdir().expect("a folder");
    let process = Process::start(folder.path(), &[("OUTBOX_BYTES", "1048576")]).await;
    let mut ann = process.user("ann").await;
    let ben = process.user("ben").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT","members":[ben.user_id]})).await;
    let chat = made["chatId"].clone();
    let metadata = json!({"text":"m".repeat(10_000)});
    let message = json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"content":"hi","metadata":metadata}});
    for _ in 0..100 {
        assert_eq!(ann.reply(message.clone()).await["type"], "NEW_MESSAGE");
    }
    let mut readers = vec![];
    for _ in 0..READERS {
        let mut raw = Raw::narrow(&process.address).await;
        raw.shake_hands("/ws", &[&format!("Authorization: Bearer {}", ben.token)]).await;
        raw.frame().await.expect("CONNECTED");
        readers.push(raw);
    }
    let before = process.peak_memory();
    let history = json!({"type":"GET_CHAT_HISTORY","chatId":chat,"limit":50}).to_string();
    let large = json!({"type":"PING","requestId":"x","padding":"p".repeat(250_000)}).to_string();
    let mut frames = whole(TEXT, history.as_bytes()).repeat(8);
    frames.extend(whole(TEXT, large.as_bytes()).repeat(2));
    join_all(readers.iter_mut().map(|raw| taken(&mut raw.stream, &frames, 16 << 20))).await;
    for _ in 0..150 {
        assert_eq!(ann.reply(message.clone()).await["type"], "NEW_MESSAGE");
    }
    let grown = process.peak_memory() - before;
    let each = grown / READERS;
    println!("{each} bytes for each connection");
    assert!(each <= OUTBOX + (1 << 20), "{each} bytes for each connection");
    assert!(each >= OUTBOX / 2, "{each} bytes: the outboxes are not full");
}
