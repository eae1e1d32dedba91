//! A rolling upgrade: a node of this version beside one of release 0.2.0, for which its statements stand. They are those
//! of that release, word for word.

use serde_json::json;

use crate::archive::stores::Store;
use crate::support::Client;

/// The columns of chats in that release.
macro_rules! new_chats {
    () => {
        "SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[], \
         $8::timestamptz[], $9::timestamptz[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], \
         $14::bigint[], $15::bigint[], $16::bigint[], $17::json[], $18::text[]) AS w (id, kind, name, name_key, description, active, \
         created_by, created_at, updated_at, seq, member_count, message_count, owners, changed_seq, members_seq, \
         last_seq, pinned, posting)"
    };
}

const INSERT_CHAT: &str = concat!(
    "INSERT INTO chats (id, kind, name, name_key, description, active, created_by, created_at, updated_at, seq, \
     member_count, message_count, owners, changed_seq, members_seq, last_seq, pinned, posting) ",
    new_chats!()
);

const UPDATE_CHAT: &str = concat!(
    "UPDATE chats c SET name = w.name, name_key = w.name_key, description = w.description, active = w.active, \
     updated_at = w.updated_at, seq = w.seq, member_count = w.member_count, message_count = w.message_count, \
     owners = w.owners, changed_seq = w.changed_seq, members_seq = w.members_seq, \
     last_seq = CASE WHEN w.message_count > 0 THEN coalesce(w.last_seq, c.last_seq) END, pinned = w.pinned, \
     posting = w.posting FROM (",
    new_chats!(),
    ") w WHERE c.id = w.id"
);

const CHANNELS: &str = "INSERT INTO channels (chat_id, name_key, active, updated_at) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[]) \
    ON CONFLICT (chat_id) DO UPDATE SET name_key = excluded.name_key, active = excluded.active, \
    updated_at = excluded.updated_at";

const MEMBERS: &str = "INSERT INTO members AS m (chat_id, user_id, role, joined_at, read_seq, delivered_seq, left_seq, \
    ban, ban_until, muted_until) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[], $6::bigint[], \
    $7::bigint[], $8::json[], $9::timestamptz[], $10::timestamptz[]) \
    ON CONFLICT (chat_id, user_id) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at, \
    read_seq = greatest(m.read_seq, excluded.read_seq), \
    delivered_seq = greatest(m.delivered_seq, excluded.delivered_seq), left_seq = excluded.left_seq, \
    ban = excluded.ban, ban_until = excluded.ban_until, \
    muted_until = CASE WHEN m.role IS NOT NULL AND m.joined_at = excluded.joined_at THEN m.muted_until \
    ELSE excluded.muted_until END, \
    read_at = CASE WHEN m.joined_at = excluded.joined_at THEN m.read_at END, \
    delivered_at = CASE WHEN m.joined_at = excluded.joined_at THEN m.delivered_at END";

const TICK: &str = "UPDATE chats c SET updated_at = w.updated_at, seq = w.seq, message_count = w.message_count, \
    last_seq = CASE WHEN w.message_count > 0 THEN coalesce(w.last_seq, c.last_seq) END \
    FROM unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[]) \
    AS w (id, updated_at, seq, message_count, last_seq) WHERE c.id = w.id";

const MESSAGES: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, content_key, \
    attachments, reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, ordinal, own_ordinal) \
    SELECT w.chat_id, w.seq, w.id, w.updated_seq, w.sender_id, w.role, w.content, w.content_key, w.attachments, \
    w.reply_to, w.mentions, w.reactions, w.metadata, w.created_at, w.edited_at, w.deleted_at, \
    w.ordinal + coalesce(w.before, (SELECT m.ordinal FROM messages m WHERE m.chat_id = w.chat_id \
      AND m.seq <= w.clock ORDER BY m.seq DESC LIMIT 1), 0), \
    w.own_ordinal + coalesce(w.own_before, (SELECT m.own_ordinal FROM messages m WHERE m.chat_id = w.chat_id \
      AND m.sender_id = w.sender_id AND m.seq <= w.clock ORDER BY m.seq DESC LIMIT 1), 0) \
    FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], \
    $8::text[], $9::json[], $10::text[], $11::json[], $12::json[], $13::json[], $14::timestamptz[], \
    $15::timestamptz[], $16::timestamptz[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], \
    $21::bigint[]) AS w (chat_id, seq, id, updated_seq, sender_id, role, content, content_key, attachments, \
    reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, clock, ordinal, own_ordinal, before, \
    own_before) \
    ON CONFLICT (chat_id, seq) DO UPDATE SET updated_seq = excluded.updated_seq, content = excluded.content, \
    content_key = excluded.content_key, attachments = excluded.attachments, mentions = excluded.mentions, \
    reactions = excluded.reactions, metadata = excluded.metadata, edited_at = excluded.edited_at, \
    deleted_at = excluded.deleted_at";

const OPERATIONS: &str = "INSERT INTO operations (user_id, id, fingerprint, chat_id, seq, outcome, at) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::timestamptz[])";

/// The statement with one row of these values.
fn with_row(statement: &str, values: &[&str]) -> String {
    let numbered = values.iter().enumerate().rev();
    numbered.fold(statement.to_owned(), |text, (place, value)| {
        text.replace(&format!("${}::", place + 1), &format!("'{{{value}}}'::"))
    })
}

const AT: &str = "2026-11-30 12:00:00Z";

/// A new message of that release, or its later state.
fn message<'a>(place: [&'a str; 3], updated: &'a str, texts: [&'a str; 2], clock: &'a str) -> String {
    let [seq, id, sender] = place;
    let [content, edited] = texts;
    let row = [
        "room", seq, id, updated, sender, "user", content, content, "NULL", "NULL", "NULL", "NULL", "NULL", AT, edited,
        "NULL", clock, "1", "1", "NULL", "NULL",
    ];
    with_row(MESSAGES, &row)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_of_release_0_2_0_may_write_beside_this_one() {
    let Some(store) = Store::postgres().await else { return };
    let server = store.serve().await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let ann_id = ann.user_id.clone();
    let ben_id = ben.user_id.clone();
    let room = json!({"type":"CREATE_CHAT","id":"room","kind":"group","name":"Room","members":["ben"]});
    let created = ann.reply(room).await;
    assert_eq!(created["seq"], 1, "{created}");
    let say = |id: &str| json!({"type":"SEND_MESSAGE","chatId":"room","message":{"id":id,"content":id}});
    assert_eq!(ann.reply(say("new-1")).await["seq"], 2);

    // The other node: ben sends and edits, and ann makes a channel.
    let ben_row = ["room", &ben_id, "member", AT, "3", "3", "0", "NULL", "NULL", "NULL"];
    for statement in [
        message(["3", "old-1", &ben_id], "3", ["old-1", "NULL"], "2"),
        with_row(TICK, &["room", AT, "3", "2", "3"]),
        message(["3", "old-1", &ben_id], "4", ["old one edited", AT], "4"),
        with_row(TICK, &["room", AT, "4", "2", "NULL"]),
        with_row(MEMBERS, &ben_row),
        with_row(
            INSERT_CHAT,
            &[
                "den", "channel", "Den", "den", "NULL", "true", &ann_id, AT, AT, "1", "1", "0", "1", "1", "1", "NULL",
                "\"[]\"", "everyone",
            ],
        ),
        with_row(CHANNELS, &["den", "den", "true", AT]),
        with_row(MEMBERS, &["den", &ann_id, "owner", AT, "0", "0", "0", "NULL", "NULL", "NULL"]),
        with_row(
            OPERATIONS,
            &[&ben_id, "op-1", "print", "room", "3", "{}", AT].map(|value| match value {
                "{}" => "\"{}\"",
                other => other,
            }),
        ),
    ] {
        store.damage(&statement).await;
    }

    // This node goes on where the other stopped.
    assert_eq!(ann.reply(say("new-2")).await["seq"], 5);
    let history = ben.reply(json!({"type":"GET_CHAT_HISTORY","chatId":"room"})).await;
    let texts: Vec<&str> =
        history["messages"].as_array().expect("messages").iter().filter_map(|one| one["content"].as_str()).collect();
    assert_eq!(texts, ["new-1", "old one edited", "new-2"], "{history}");
    let found = ann.reply(json!({"type":"SEARCH_MESSAGES","chatId":"room","query":"edited"})).await;
    assert_eq!(found["messages"][0]["id"], "old-1", "{found}");
    let mut ann = again(&server, ann).await;
    let hello = json!({"type":"SEND_MESSAGE","chatId":"den","message":{"id":"in-den","content":"hello"}});
    assert_eq!(ann.reply(hello).await["seq"], 2);
    let seen = ben.reply(json!({"type":"GET_CHATS"})).await;
    assert_eq!(seen["chats"][0]["unreadCount"], 1, "{seen}");

    // And the other goes on again, in rows with columns that it does not know.
    ann.reply(json!({"type":"UPDATE_CHAT","chatId":"room","retentionDays":30})).await;
    let update = [
        "room", "group", "Renamed", "renamed", "NULL", "true", &ann_id, AT, AT, "7", "2", "3", "1", "7", "1", "NULL",
        "\"[]\"", "everyone",
    ];
    store.damage(&with_row(UPDATE_CHAT, &update)).await;
    let chat = ann.reply(json!({"type":"GET_CHAT","chatId":"room"})).await["chat"].clone();
    assert_eq!(chat["name"], "Renamed", "{chat}");
    assert_eq!(chat["retentionDays"], 30, "{chat}");
    let said = store.said(&["verify"], b"").await;
    assert!(said.starts_with("no problems found"), "{said}");
    drop(server);
}

/// A new connection of the same user: it learns of chats that this node was not told of.
async fn again(server: &crate::support::process::Process, client: Client) -> Client {
    drop(client);
    server.user("ann").await
}
