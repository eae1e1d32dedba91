//! Python FastAPI Chat Backend: open rooms with files, reactions and read rows.

use serde_json::{Value, json};

use super::*;

const SCRIPT: &str = include_str!("fastapi-backend.sql");
const ACCOUNT: [&str; 12] = [
    "users: rows 3, imported 3, left out 0",
    "  username changed (1): \"sana lake\" is now sana_lake",
    "chat_rooms: rows 2, imported 2, left out 0",
    "  name changed (1): \"general\" is now general (2)",
    "messages: rows 6, imported 5, left out 1",
    "  left out 1: no visible text and no attachment",
    "  attachment left out, the file is missing (1): 3",
    "message_reactions: rows 2, imported 2, left out 0",
    "message_reads: rows 6, imported 4, left out 2",
    "  left out 1: later than an unread message",
    "  left out 1: repeated",
    "imported chat.db: 4 users, 2 chats, 6 members, 5 messages",
];

fn id(number: u32) -> String {
    format!("fastapi-backend:message:{number}")
}

/// The room as its members see it after the import.
async fn room_is_as_it_was(server: &Process) {
    let mut mira = log_in(server, "mira", PASSWORD).await;
    let messages = history(&mut mira, "#General").await;
    let ids: Vec<&str> = messages.iter().filter_map(|message| message["id"].as_str()).collect();
    assert_eq!(ids, [id(1), id(2), id(3), id(6)]);
    let seqs: Vec<u64> = messages.iter().filter_map(|message| message["seq"].as_u64()).collect();
    assert_eq!(seqs, [2, 3, 6, 7], "one tick each: the chat, two messages, two reactions, two messages");
    assert_eq!(messages[0]["createdAt"], "2021-04-02T08:00:00.000Z");
    assert_eq!(messages[0]["updatedSeq"], 5);
    let shown: Vec<(&Value, &Value)> = messages[0]["reactions"]
        .as_array()
        .expect("reactions")
        .iter()
        .map(|reaction| (&reaction["emoji"], &reaction["userIds"][0]))
        .collect();
    let user = |number: u32| json!(format!("fastapi-backend:user:{number}"));
    assert_eq!(shown, [(&json!("👍"), &user(2)), (&json!("❤️"), &user(3))]);
    assert_eq!(messages[3]["mentions"], json!([mira.user_id]));
    assert_eq!(messages[3]["attachments"][0]["url"], "https://files.example/plan.pdf");
    assert_eq!(messages[3]["metadata"]["imported"], json!({ "from": "fastapi-backend", "id": "6" }));
    assert_eq!(messages[2]["metadata"]["missingAttachment"]["size"], 48213);
    let reply = mira.reply(json!({ "type": "GET_MEMBERS", "chatId": "#General" })).await;
    let reads: BTreeMap<&str, u64> = reply["members"]
        .as_array()
        .expect("members")
        .iter()
        .map(|member| {
            (member["user"]["username"].as_str().expect("a name"), member["readSeq"].as_u64().expect("a seq"))
        })
        .collect();
    assert_eq!(reads, BTreeMap::from([("admin", 0), ("mira", 7), ("sana_lake", 2), ("tobin", 3)]));
    // The chat can be used.
    let sent = json!({ "type": "SEND_MESSAGE", "chatId": "#General", "content": "and on" });
    assert_eq!(mira.reply(sent).await["seq"], 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rooms_and_old_passwords_import_into_every_store() {
    for store in Store::all().await {
        sqlite_file(&store, &[SCRIPT]);
        let said = import(&store, "fastapi-backend", "chat.db").await;
        assert_says(&said, &ACCOUNT);
        let before = hashes(&store).await;
        assert!(before["mira"].starts_with("$2b$12$") && before["admin"].is_empty(), "{before:?}");
        let mut server = store.serve().await;
        room_is_as_it_was(&server).await;
        server.kill();
        let after = hashes(&store).await;
        assert!(after["mira"].starts_with("$argon2id$"), "the first log-in replaces the hash: {}", after["mira"]);
        assert_eq!(after["tobin"], before["tobin"]);
        let mut server = store.serve().await;
        log_in(&server, "mira", PASSWORD).await;
        server.kill();
    }
}

/// Concurrent first log-ins of one account, one of which replaces the hash.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_first_log_ins_succeed_only_with_the_password() {
    let store = Store::sqlite();
    let short = bcrypt::hash("x", 4).expect("a hash");
    let long = bcrypt::hash("y".repeat(80), 4).expect("a hash");
    let more = format!(
        "INSERT INTO users (id, username, hashed_password) VALUES (8, 'short', '{short}'), (9, 'long', '{long}'), \
         (10, 'admin', '{short}'), (11, 'costly', '{}');",
        short.replace("$04$", "$20$")
    );
    sqlite_file(&store, &[SCRIPT, &more]);
    let said = store.said(&words("fastapi-backend", "chat.db"), b"").await;
    assert_says(
        &said,
        &[
            "  password left out, it is public (1): admin",
            "  password left out, not a bcrypt hash of cost 4 to 14 (1): costly",
            "  username changed (2): \"sana lake\" is now sana_lake, \"admin\" is now admin_2",
        ],
    );
    let server = store.serve().await;
    let (one, other) = tokio::join!(log_in(&server, "mira", PASSWORD), log_in(&server, "mira", PASSWORD));
    assert_eq!(one.user_id, other.user_id);
    log_in(&server, "short", "x").await;
    // bcrypt uses 72 bytes.
    log_in(&server, "long", &"y".repeat(75)).await;
    let mut stranger = Client::connect(&server.url()).await;
    stranger.next().await;
    for (name, password) in [("tobin", "correct-horse-8"), ("admin_2", "x"), ("costly", "x"), ("nobody", "x")] {
        let claim = json!({ "type": "LOG_IN", "username": name, "password": password });
        let refused = stranger.refused(claim, "UNAUTHENTICATED", "").await;
        assert_eq!(refused["error"], "wrong username or password");
    }
    // The bytes bcrypt uses of the old password suffice to change it.
    let mut tobin = log_in(&server, "tobin", PASSWORD).await;
    let change = json!({ "type": "CHANGE_PASSWORD", "oldPassword": PASSWORD, "newPassword": "another horse 8" });
    assert_eq!(tobin.reply(change).await["type"], "PASSWORD_CHANGED");
    log_in(&server, "tobin", "another horse 8").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn uploaded_files_are_imported() {
    let store = Store::sqlite();
    sqlite_file(&store, &[SCRIPT]);
    let folder = store.folder.path().join("uploads/videos");
    std::fs::create_dir_all(&folder).expect("a folder");
    // A PNG by its content, despite its name, of more than one segment.
    let bytes: Vec<u8> =
        b"\x89PNG\r\n\x1a\n".iter().copied().chain((0..600_000u32).map(|place| (place % 251) as u8)).collect();
    std::fs::write(folder.join("0f6a1c52-7d1b-4b0e-9c55-2f1f0c7a9e11.jpg"), &bytes).expect("a file");
    let said = import(&store, "fastapi-backend", "chat.db").await;
    assert!(said.contains("1 file, 2 file segments") && !said.contains("the file is missing"), "{said}");
    let server = store.serve().await;
    let mut tobin = log_in(&server, "tobin", PASSWORD).await;
    let messages = history(&mut tobin, "#General").await;
    let attached = &messages[2]["attachments"][0];
    assert_eq!(attached["mimeType"], "image/png");
    assert_eq!(attached["size"], bytes.len());
    let file = tobin.reply(json!({ "type": "GET_FILE", "chatId": "#General", "fileId": attached["id"] })).await;
    assert_eq!(file["type"], "FILE", "{file}");
    let path = file["url"].as_str().and_then(|url| url.split_once("/files/")).expect("an address").1;
    let address = server.address.parse().expect("an address");
    let answer = crate::support::http::exchange(address, &format!("GET /files/{path}"), &[], b"").await;
    assert_eq!(answer.body, bytes);
}
