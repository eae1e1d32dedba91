use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use pichat::protocol::PresenceStatus;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use crate::contract::backends::Place;
use crate::support::client::PATIENCE;
use crate::support::raw::{self, CLOSE, PING, PONG};
use crate::support::{self, Client, Raw, Server};

const OUTBOX: usize = 64 << 10;
const SMALL: &[(&str, &str)] = &[("OUTBOX_BYTES", "65536")];

/// The time for which a slow client must be kept: longer than a timeout that it does not reach, even on a busy machine.
const PATIENT: Duration = Duration::from_secs(9);
const SMALL_AND_PATIENT: &[(&str, &str)] =
    &[("OUTBOX_BYTES", "65536"), ("HEARTBEAT_SECONDS", "1"), ("HEARTBEAT_TIMEOUT_SECONDS", "6")];

/// A writer, a quick listener and a slow one in one group; the slow one has read only CONNECTED so far.
struct Scene {
    room: Room,
    slow: Raw,
    slow_token: String,
}

struct Room {
    server: Server,
    writer: Client,
    quick: Client,
    chat: Value,
}

async fn scene(place: Place, settings: &[(&str, &str)]) -> Scene {
    let server = support::start_with(place, settings).await;
    let mut writer = server.user("writer").await;
    let mut quick = server.user("quick").await;
    let sleeper = server.user("slow").await;
    let slow_id = sleeper.user_id.clone();
    let slow_token = sleeper.token.clone();
    drop(sleeper);
    let made = writer.reply(json!({"type":"CREATE_CHAT","members":[quick.user_id, slow_id]})).await;
    quick.next_of("NEW_CHAT").await;
    let mut slow = Raw::narrow(&server.address.to_string()).await;
    slow.shake_hands("/ws", &[&format!("Authorization: Bearer {slow_token}")]).await;
    slow.frame().await.expect("CONNECTED");
    Scene { room: Room { server, writer, quick, chat: made["chatId"].clone() }, slow, slow_token }
}

impl Room {
    /// Sends that many long messages, a few at a time, so that a slow storage does not slow the flood; the quick
    /// listener receives each immediately, and no outbox exceeds its limit.
    async fn flood(&mut self, numbers: std::ops::Range<u64>) {
        let content = "x".repeat(4000);
        let numbers: Vec<u64> = numbers.collect();
        for few in numbers.chunks(5) {
            for number in few {
                let message = json!({"id":format!("m{number}"),"content":content});
                self.writer.send(json!({"type":"SEND_MESSAGE","chatId":self.chat,"message":message})).await;
            }
            for number in few {
                assert_eq!(self.writer.next().await["seq"], number + 2);
                assert_eq!(self.quick.next().await["seq"], number + 2, "others are not delayed");
                assert!(self.waiting() <= OUTBOX + 1024, "{} bytes are queued", self.waiting());
            }
        }
    }

    /// The bytes queued in the fullest outbox.
    fn waiting(&self) -> usize {
        let mut most = 0;
        self.server.services.hub.each_connection(|connection| most = most.max(connection.outbox.bytes()));
        most
    }
}

/// The slow listener as a reading client, continuing after the bytes already taken from its stream.
async fn awake(stream: TcpStream, taken: Vec<u8>, token: String) -> Client {
    let socket = WebSocketStream::from_partially_read(stream, taken, Role::Client, None).await;
    Client { socket, user_id: String::new(), token, sees_presence: false, hears_deliveries: false }
}

/// Reads until the chat's clock reaches `last`; returns the positions received as events, and the ranges skipped.
async fn positions(client: &mut Client, last: u64) -> (BTreeSet<u64>, Vec<RangeInclusive<u64>>) {
    let mut expected = 2;
    let mut seen = BTreeSet::new();
    let mut missed = vec![];
    while expected <= last {
        let frame = client.next().await;
        let number = |field: &str| frame[field].as_u64().unwrap_or_else(|| panic!("no {field}: {frame}"));
        match frame["type"].as_str() {
            Some("NEW_MESSAGE") => {
                assert_eq!(number("seq"), expected);
                seen.insert(expected);
                expected += 1;
            }
            Some("LAGGED") => {
                assert_eq!(number("fromSeq"), expected, "{frame}");
                assert!(number("toSeq") >= expected, "{frame}");
                missed.push(expected..=number("toSeq"));
                expected = number("toSeq") + 1;
            }
            _ => panic!("neither a message nor a gap: {frame}"),
        }
    }
    (seen, missed)
}

/// Fetches a range by SYNC.
async fn fetch(client: &mut Client, chat: &Value, missed: RangeInclusive<u64>, seen: &mut BTreeSet<u64>) {
    let mut after = missed.start() - 1;
    while after < *missed.end() {
        let chats = json!({chat.as_str().expect("an id"): after});
        let synced = client.reply(json!({"type":"SYNC","chats":chats,"limit":200})).await;
        let synced = &synced["chats"][0];
        for message in synced["messages"].as_array().expect("messages") {
            seen.insert(message["seq"].as_u64().expect("a number"));
        }
        let reached = synced["seq"].as_u64().expect("a position");
        assert!(reached > after, "it goes on: {}", synced["seq"]);
        after = reached;
    }
}

pub async fn a_paused_reader_receives_lagged_and_recovers_by_sync(place: Place) {
    let mut scene = scene(place, SMALL).await;
    scene.room.flood(0..300).await;
    let Scene { room: Room { server, mut writer, mut quick, chat }, slow, slow_token } = scene;
    let mut slow = awake(slow.stream, vec![], slow_token).await;
    let (mut seen, missed) = positions(&mut slow, 301).await;
    assert!(!missed.is_empty(), "there was a gap");
    for range in missed {
        fetch(&mut slow, &chat, range, &mut seen).await;
    }
    assert_eq!(seen, (2..=301).collect());
    let command = json!({"type":"SEND_MESSAGE","chatId":chat,"content":"after the gap"});
    writer.command(command).await;
    assert_eq!(slow.next().await["seq"], 302, "events continue");
    quick.next().await;
    quick.hears_nothing().await;
    drop(server);
}

pub async fn replies_reach_a_paused_reader(place: Place) {
    let mut scene = scene(place, SMALL).await;
    scene.room.flood(0..40).await;
    let Scene { room: Room { server, mut writer, chat, .. }, slow, slow_token } = scene;
    let slow = awake(slow.stream, vec![], slow_token).await;
    let (mut sink, mut stream) = slow.socket.split();
    let asked = chat.clone();
    let asking = tokio::spawn(async move {
        for number in 0..200 {
            let command = json!({"type":"GET_CHAT_HISTORY","chatId":asked,"limit":40,"requestId":number});
            sink.send(Message::text(command.to_string())).await.expect("the server reads");
        }
        sink
    });
    for number in 0..500 {
        let command = json!({"type":"SEND_MESSAGE","chatId":chat,"content":"y".repeat(4000),"requestId":number});
        writer.send(command).await;
        writer.until(|frame| frame["requestId"] == number).await;
        let mut most = 0;
        server.services.hub.each_connection(|connection| most = most.max(connection.outbox.bytes()));
        assert!(most <= OUTBOX + (256 << 10), "at most one reply beyond the limit: {most}");
    }
    let mut expected = 0;
    while expected < 200 {
        let Message::Text(text) = stream.next().await.expect("a frame").expect("a valid one") else { continue };
        let frame: Value = serde_json::from_str(&text).expect("frames are JSON");
        if frame.get("requestId").is_some() {
            assert_eq!((&frame["type"], &frame["requestId"]), (&json!("CHAT_HISTORY"), &json!(expected)));
            expected += 1;
        }
    }
    drop(asking.await.expect("all asked"));
}

pub async fn a_stalled_reader_is_closed_with_1013(place: Place) {
    let mut scene = scene(place, SMALL_AND_PATIENT).await;
    let repository = scene.room.server.services.repository.clone();
    let slow_id = repository.users(&["slow"]).await.expect("an answer").remove(0).expect("a user").id;
    let hub = scene.room.server.services.hub.clone();
    let is_closed = || hub.status(&slow_id) == PresenceStatus::Offline;
    for few in 0..60 {
        // On a slow machine it is closed during the flood, and the code is only sent for a few seconds.
        if is_closed() {
            break;
        }
        scene.room.flood(few * 5..few * 5 + 5).await;
        // It still answers pings: it must be closed for not reading, even during a long flood. It may be closed by now.
        let _ = scene.slow.stream.write_all(&raw::whole(PONG, b"")).await;
    }
    let begun = Instant::now();
    while !is_closed() {
        assert!(begun.elapsed() < PATIENCE, "it is never closed");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut slow = scene.slow;
    let mut last = None;
    while let Some(frame) = slow.frame().await {
        last = Some(frame);
    }
    let (_, opcode, payload) = last.expect("frames");
    let text = String::from_utf8_lossy(&payload);
    assert_eq!(opcode, CLOSE, "the last frame is {}", text.chars().take(80).collect::<String>());
    assert_eq!(payload, [&1013_u16.to_be_bytes()[..], b"stalled"].concat());
}

/// Reads slowly and sends nothing until it is stopped; returns the received bytes.
async fn read_slowly(mut stream: TcpStream, mut stop: oneshot::Receiver<()>) -> (TcpStream, Vec<u8>) {
    let mut taken = vec![];
    let mut buffer = [0; 8192];
    while stop.try_recv().is_err() {
        tokio::time::sleep(Duration::from_millis(50)).await;
        // While nothing is sent to it, it cannot be slow.
        if let Ok(bytes) = timeout(Duration::from_millis(50), stream.read(&mut buffer)).await {
            let bytes = bytes.expect("the server keeps it");
            assert!(bytes > 0, "the server closed after {} bytes", taken.len());
            taken.extend(&buffer[..bytes]);
        }
    }
    (stream, taken)
}

pub async fn a_slow_reader_is_never_closed(place: Place) {
    let Scene { mut room, slow, slow_token } = scene(place, SMALL_AND_PATIENT).await;
    let (stop, stopped) = oneshot::channel();
    // It reads at its own pace: a slow storage must not make it count as stalled.
    let reading = tokio::spawn(read_slowly(slow.stream, stopped));
    let begun = Instant::now();
    let mut sent = 0;
    while begun.elapsed() < PATIENT || sent < 600 {
        room.flood(sent..sent + 10).await;
        sent += 10;
    }
    stop.send(()).expect("it still reads");
    let (stream, taken) = reading.await.expect("it was never closed");
    let mut slow = awake(stream, taken, slow_token).await;
    let (mut seen, missed) = positions(&mut slow, sent + 1).await;
    assert!(!missed.is_empty(), "it was too slow for some messages");
    for range in missed {
        fetch(&mut slow, &room.chat, range, &mut seen).await;
    }
    assert_eq!(seen, (2..=sent + 1).collect());
}

pub async fn unanswered_pings_close_the_connection_with_4408(place: Place) {
    // A busy machine must not delay an answering client past the timeout.
    let patient = [("HEARTBEAT_SECONDS", "1"), ("HEARTBEAT_TIMEOUT_SECONDS", "6")];
    let server = support::start_with(place, &patient).await;
    let token = server.token_of("silent").await;
    let mut answering = server.user("answering").await;
    let mut silent = Raw::connect(&server.address.to_string()).await;
    silent.shake_hands("/ws", &[&format!("Authorization: Bearer {token}")]).await;
    silent.frame().await.expect("CONNECTED");
    let mut pings = 0;
    for _ in 0..5 {
        let frame = answering.socket.next().await.expect("a frame").expect("a valid one");
        assert!(matches!(frame, Message::Ping(_)), "{frame:?}");
    }
    let payload = loop {
        match silent.frame().await.expect("a frame") {
            (_, PING, _) => pings += 1,
            (_, CLOSE, payload) => break payload,
            other => panic!("neither ping nor close: {other:?}"),
        }
    };
    assert!(pings >= 1, "it was pinged");
    assert_eq!(payload, [&4408_u16.to_be_bytes()[..], b"no sign of life"].concat());
    answering.hears_nothing().await;
}
