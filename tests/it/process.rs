//! The real binary: invalid settings at startup, and sudden termination.

use std::collections::HashMap;
use std::path::Path;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use crate::shutdown::stored;
use crate::support::dice::Dice;
use crate::support::process::{BINARY, command, refusal};
use crate::support::{Client, Process};

/// Invalid settings, by the name that the error must begin with.
const BAD: &[(&str, &[(&str, &str)])] = &[
    ("HOST", &[("HOST", "nowhere")]),
    ("PORT", &[("PORT", "70000")]),
    ("DATABASE_URL", &[("DATABASE_URL", "mysql://localhost/chat")]),
    ("DATABASE_URL", &[("DATABASE_URL", "sqlite://")]),
    ("DATABASE_URL", &[("DATABASE_URL", "sqlite://no/such/folder/pichat.db")]),
    ("REDIS_URL", &[("REDIS_URL", "redis://127.0.0.1:6379")]),
    #[cfg(feature = "cosmos")]
    ("REDIS_URL", &[("REDIS_URL", "http://h"), ("COSMOS_ENDPOINT", "https://h"), ("COSMOS_KEY", "a2V5")]),
    ("API_TOKEN", &[("API_TOKEN", "with a space in between")]),
    ("API_TOKEN", &[("API_TOKEN", "x")]),
    ("API_TOKEN", &[("API_TOKEN", "changeme-changeme-changeme-changeme")]),
    ("SECRET_KEY", &[("SECRET_KEY", "one,,three")]),
    ("SECRET_KEY", &[("SECRET_KEY", "a")]),
    ("SECRET_KEY", &[("SECRET_KEY", "your-secret-key-here")]),
    ("SECRET_KEY", &[("SECRET_KEY", "the key that signs and is long enough,short")]),
    ("SECRET_KEY", &[("SECRET_KEY", "the key that signs and is long enough,the key that signs and is long enough")]),
    (
        "SECRET_KEY",
        &[
            ("SECRET_KEY", "the-key-that-signs-and-is-long-enough"),
            ("API_TOKEN", "the-key-that-signs-and-is-long-enough"),
        ],
    ),
    ("EMAIL_LOOKUP", &[("EMAIL_LOOKUP", "maybe")]),
    ("ALOW_SIGN_UP", &[("ALOW_SIGN_UP", "false")]),
    ("API_TOEKN", &[("API_TOEKN", "x")]),
    ("CORS_ORIGINS", &[("CORS_ORIGINS", "chat.example")]),
    ("SERVER_PORT", &[("PORT", ""), ("SERVER_PORT", "eighty")]),
    ("PORT", &[("PORT", "8081"), ("SERVER_PORT", "8082")]),
    ("ALLOWED_ORIGINS", &[("ALLOWED_ORIGINS", "https://a.example"), ("CORS_ORIGINS", "https://b.example")]),
    ("ACCESS_TOKEN_EXPIRE_MINUTES", &[("ACCESS_TOKEN_EXPIRE_MINUTES", "0")]),
    ("REFRESH_TOKEN_EXPIRE_DAYS", &[("REFRESH_TOKEN_EXPIRE_DAYS", "99999999")]),
    ("REFRESH_GRACE_SECONDS", &[("REFRESH_GRACE_SECONDS", "301")]),
    ("ALLOW_SIGN_UP", &[("ALLOW_SIGN_UP", "yes")]),
    ("LOG_LEVEL", &[("LOG_LEVEL", "loud")]),
    ("LOG_LEVEL", &[("LOG_LEVEL", "pichat=nonsense")]),
    ("LOG_FORMAT", &[("LOG_FORMAT", "xml")]),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", &[("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]),
    ("ALLOWED_ORIGINS", &[("ALLOWED_ORIGINS", "https://good.example, chat.example")]),
    ("ALLOWED_ORIGINS", &[("ALLOWED_ORIGINS", "https://chat.example/path")]),
    ("TLS_KEY", &[("TLS_CERT", "certificate.pem")]),
    ("TLS_CERT", &[("TLS_KEY", "key.pem")]),
    ("TLS_CERT", &[("TLS_CERT", "missing.pem"), ("TLS_KEY", "missing.pem")]),
    ("TLS_CERT", &[("TLS_CERT", "empty"), ("TLS_KEY", "empty")]),
    ("TLS_KEY", &[("TLS_CERT", "certificate.pem"), ("TLS_KEY", "empty")]),
    ("TLS_KEY", &[("TLS_CERT", "certificate.pem"), ("TLS_KEY", "missing.pem")]),
    ("MAX_FRAME_BYTES", &[("MAX_FRAME_BYTES", "12")]),
    ("MAX_FRAME_BYTES", &[("MAX_FRAME_BYTES", "99999999999")]),
    ("MAX_CONTENT_CHARS", &[("MAX_CONTENT_CHARS", "0")]),
    ("MAX_NAME_CHARS", &[("MAX_NAME_CHARS", "0")]),
    ("MAX_DESCRIPTION_CHARS", &[("MAX_DESCRIPTION_CHARS", "many")]),
    ("MAX_BATCH", &[("MAX_BATCH", "0")]),
    ("MAX_BATCH", &[("MAX_BATCH", "100000000000000")]),
    ("MAX_FILE_BYTES", &[("MAX_FILE_BYTES", "18446744073709551615")]),
    ("MAX_CHATS_PER_USER", &[("MAX_CHATS_PER_USER", "4294967296")]),
    ("POSTGRES_CONNECTIONS", &[("POSTGRES_CONNECTIONS", "0")]),
    ("POSTGRES_CONNECTIONS", &[("POSTGRES_CONNECTIONS", "many")]),
    ("COSMOS_AUTH", &[("COSMOS_AUTH", "foo")]),
    ("DATABASE_URL", &[("DATABASE_URL", "sqlite://:memory:")]),
    ("DATABASE_URL", &[("DATABASE_URL", "sqlite:///:memory:")]),
    ("COMMANDS_PER_SECOND", &[("COMMANDS_PER_SECOND", "-1")]),
    ("COMMAND_BURST", &[("COMMAND_BURST", "1.5")]),
    ("LOGIN_ATTEMPTS_PER_MINUTE", &[("LOGIN_ATTEMPTS_PER_MINUTE", "x")]),
    ("SIGN_UPS_PER_HOUR", &[("SIGN_UPS_PER_HOUR", "x")]),
    ("MAX_CONNECTIONS_PER_USER", &[("MAX_CONNECTIONS_PER_USER", "99999999999999999999999")]),
    ("OUTBOX_BYTES", &[("OUTBOX_BYTES", "1")]),
    ("HEARTBEAT_SECONDS", &[("HEARTBEAT_SECONDS", "0")]),
    ("HEARTBEAT_TIMEOUT_SECONDS", &[("HEARTBEAT_TIMEOUT_SECONDS", "30")]),
    ("HEARTBEAT_TIMEOUT_SECONDS", &[("HEARTBEAT_TIMEOUT_SECONDS", "18446744073709551615")]),
    ("AUTHENTICATE_WITHIN_SECONDS", &[("AUTHENTICATE_WITHIN_SECONDS", "18446744073709551615")]),
    ("PICHAT_FAULT", &[("PICHAT_FAULT", "no-repairs")]),
];

#[tokio::test]
async fn an_invalid_setting_aborts_startup_before_binding_a_port() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tls");
    for name in ["certificate.pem", "key.pem"] {
        std::fs::copy(source.join(name), folder.path().join(name)).expect("a copy");
    }
    std::fs::write(folder.path().join("empty"), "").expect("a file");
    // If the port were bound first, the error would be about the port.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("its address").port().to_string();
    for (name, settings) in BAD {
        let mut start = command(folder.path(), BINARY, &[("PORT", &port)]);
        start.envs(settings.iter().copied());
        let (said, complained) = refusal(start).await;
        assert!(complained.starts_with(&format!("pichat: {name}: ")), "{settings:?}: {complained}");
        assert_eq!(said, "", "{settings:?}");
    }
    let (_, complained) = refusal(command(folder.path(), BINARY, &[("PORT", &port)])).await;
    assert!(complained.contains(&port), "an occupied port is named: {complained}");
}

#[tokio::test]
async fn a_second_process_cannot_open_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let first = Process::start(folder.path(), &[]).await;
    let (said, complained) = refusal(command(folder.path(), BINARY, &[])).await;
    assert_eq!(said, "");
    assert!(complained.contains("pichat.db is in use by another pichat process"), "{complained}");
    first.user("still-there").await.hears_nothing().await;
}

fn send(chat: &Value, id: &str) -> Message {
    let message = json!({"id":id,"content":format!("this is {id}")});
    let command = json!({"type":"SEND_MESSAGE","chatId":chat,"requestId":id,"message":message});
    Message::text(command.to_string())
}

/// Pipelines messages until the server exits; returns the acknowledged ones.
async fn send_until_the_end(client: Client, chat: Value, prefix: String, report: mpsc::UnboundedSender<(String, u64)>) {
    let (mut sink, mut stream) = client.socket.split();
    let sending = async {
        for number in 0.. {
            if sink.send(send(&chat, &format!("{prefix}-{number}"))).await.is_err() {
                return;
            }
        }
    };
    let reading = async {
        while let Some(Ok(Message::Text(text))) = stream.next().await {
            let frame: Value = serde_json::from_str(&text).expect("frames are JSON");
            if let Some(id) = frame["requestId"].as_str() {
                assert_eq!(frame["type"], "NEW_MESSAGE", "{frame}");
                let _ = report.send((id.to_owned(), frame["seq"].as_u64().expect("a number")));
            }
        }
    };
    tokio::join!(sending, reading);
}

/// Starts a server with three senders, kills it after a number of acknowledgements, and adds them to earlier ones.
async fn round(
    folder: &Path,
    chat: &Value,
    tokens: &[String],
    name: u64,
    after: u64,
    known: &mut HashMap<String, u64>,
) {
    let mut process = Process::start(folder, &[("OUTBOX_BYTES", "67108864")]).await;
    let (report, mut reports) = mpsc::unbounded_channel();
    let mut senders = vec![];
    for (number, token) in tokens.iter().enumerate() {
        let client = Client::greeted(&process.url(), token).await;
        let prefix = format!("{name}-{number}");
        senders.push(tokio::spawn(send_until_the_end(client, chat.clone(), prefix, report.clone())));
    }
    drop(report);
    for _ in 0..after {
        known.extend(reports.recv().await);
    }
    process.kill();
    // Replies that reached the clients before the kill count too.
    while let Some((id, seq)) = reports.recv().await {
        known.insert(id, seq);
    }
    for sender in senders {
        sender.await.expect("a sender");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeated_kills_lose_and_repeat_no_acknowledged_message() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut process = Process::start(folder.path(), &[]).await;
    let mut ann = process.user("ann").await;
    let ben = process.user("ben").await;
    let cem = process.user("cem").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT","members":[ben.user_id, cem.user_id]})).await;
    let chat = made["chatId"].clone();
    let tokens = [ann.token.clone(), ben.token.clone(), cem.token.clone()];
    process.kill();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut known = HashMap::new();
    for number in 0..7 {
        let after = 1 + dice.below(400);
        round(folder.path(), &chat, &tokens, number, after, &mut known).await;
        let process = Process::start(folder.path(), &[]).await;
        let mut ann = Client::greeted(&process.url(), &tokens[0]).await;
        let there = stored(&mut ann, &chat).await;
        let places: HashMap<_, _> = there.iter().map(|(seq, id)| (id.clone(), *seq)).collect();
        assert_eq!(places.len(), there.len(), "an id is stored twice");
        for (id, seq) in &known {
            assert_eq!(places.get(id), Some(seq), "{id} was acknowledged");
        }
        // The sender cannot know which of its last messages arrived, so it sends them again.
        for (seq, id) in there.iter().filter(|(_, id)| id.starts_with(&format!("{number}-0-"))) {
            ann.socket.feed(send(&chat, id)).await.expect("the server reads");
            ann.socket.flush().await.expect("the server reads");
            let reply = ann.next().await;
            assert_eq!((&reply["duplicate"], &reply["seq"]), (&json!(true), &json!(seq)), "{reply}");
        }
        assert_eq!(stored(&mut ann, &chat).await, there);
    }
    assert!(known.len() > 100, "there was something to lose");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_marks_and_op_ids_survive_a_kill() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut process = Process::start(folder.path(), &[]).await;
    let mut ann = process.user("ann").await;
    let chat = ann.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
    for number in 0..9 {
        let content = format!("m{number}");
        ann.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":content})).await;
    }
    for seq in 2..=10 {
        ann.reply(json!({"type":"MARK_READ","chatId":chat,"seq":seq})).await;
    }
    let marked = ann.reply(json!({"type":"MARK_UNREAD","chatId":chat,"seq":4})).await;
    assert_eq!(marked["type"], "CHAT_MARKED_UNREAD", "{marked}");
    let rename = json!({"type":"UPDATE_CHAT","chatId":chat,"name":"h","opId":"rename"});
    let first = ann.reply(rename.clone()).await;
    process.kill();
    let process = Process::start(folder.path(), &[]).await;
    let mut ann = Client::greeted(&process.url(), &ann.token).await;
    let seen = ann.reply(json!({"type":"GET_CHAT","chatId":chat})).await["chat"].clone();
    assert_eq!((&seen["readSeq"], &seen["unreadFromSeq"]), (&json!(10), &json!(4)), "{seen}");
    let again = ann.reply(rename).await;
    assert_eq!((&again["seq"], &again["duplicate"]), (&first["seq"], &json!(true)), "{again}");
}

/// Whatever the server had done of a command when it was killed, its repetition does it once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_during_which_the_process_was_killed_is_done_once() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut process = Process::start(folder.path(), &[]).await;
    let token = process.user("ann").await.token;
    let mut outcomes = [0, 0];
    for round in 0..12 {
        let mut ann = Client::greeted(&process.url(), &token).await;
        let mut other = Client::greeted(&process.url(), &token).await;
        let name = |text: &str| json!({"type":"UPDATE_USER","displayName":format!("{text} {round}")});
        let mut first = name("first");
        first["opId"] = json!(format!("op-{round}"));
        ann.send(first.clone()).await;
        // The later it is killed, the more is done.
        for _ in 0..round % 4 {
            other.reply(json!({"type":"PING"})).await;
        }
        process.kill();
        process = Process::start(folder.path(), &[]).await;
        let mut ann = Client::greeted(&process.url(), &token).await;
        let stored = ann.reply(json!({"type":"GET_ME"})).await["user"]["displayName"].clone();
        let was_done = stored == format!("first {round}");
        outcomes[usize::from(was_done)] += 1;
        assert_eq!(ann.reply(name("later")).await["type"], "USER_UPDATED");
        let again = ann.reply(first).await;
        assert_eq!(again["type"], "USER_UPDATED", "{again}");
        assert_eq!(again.get("duplicate").is_some(), was_done, "{again}");
        let stored = ann.reply(json!({"type":"GET_ME"})).await["user"]["displayName"].clone();
        let expected = if was_done { "later" } else { "first" };
        assert_eq!(stored, format!("{expected} {round}"));
    }
    println!("killed before: {}, after the write: {}", outcomes[0], outcomes[1]);
}
