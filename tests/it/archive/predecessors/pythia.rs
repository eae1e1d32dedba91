//! Pythia Conversations: channels with edits, replies, reactions, roles, bans and an audit log, on PostgreSQL.

use super::*;

const SCRIPT: &str = include_str!("pythia.sql");
const ACCOUNT: [&str; 13] = [
    "users: rows 3, imported 3, left out 0",
    "channels: rows 2, imported 2, left out 0",
    "channel_members: rows 4, imported 4, left out 0",
    "messages: rows 6, imported 6, left out 0",
    "  quotation turned into a reply (1): c0000000000000000000000m2",
    "message_reactions: rows 3, imported 3, left out 0",
    "  emoji changed (1): \"nice\" is now :nice:",
    "mentions: rows 4, imported 2, left out 2",
    "  left out 2: the text does not mention this member",
    "user_roles: rows 2, imported 2, left out 0",
    "admin_actions: rows 2, imported 2, left out 0",
    "imported the database: 3 users, 2 chats, 4 members, 6 messages, 2 audit entries",
    "messages: rows 6, imported 6, left out 0",
];

fn id(short: &str) -> String {
    format!("c{short:0>24}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_import_with_their_whole_history() {
    let Some(source) = postgres_database(&[SCRIPT]).await else { return };
    for store in [Some(Store::sqlite()), Store::postgres().await].into_iter().flatten() {
        let said = import(&store, "pythia", &source).await;
        assert_says(&said, &ACCOUNT);
        let server = store.serve().await;
        let mut mira = log_in(&server, "mira@chat.example", PASSWORD).await;
        let me = mira.reply(json!({ "type": "GET_ME" })).await;
        assert_eq!((&me["user"]["role"], &me["user"]["username"]), (&json!("admin"), &json!("mira")));
        let messages = history(&mut mira, "#general").await;
        let contents: Vec<&str> = messages.iter().filter_map(|message| message["content"].as_str()).collect();
        let expected = [
            "Shall we meet at noon?",
            "Yes, at the pier",
            "Make it **one** o'clock",
            "ask @tobin and @sana",
            "I will be late",
        ];
        assert_eq!(contents, expected);
        assert_eq!(messages[1]["replyTo"], id("m1").as_str());
        assert_eq!(messages[2]["editedAt"], "2021-04-02T08:03:30.000Z");
        assert_eq!((&messages[2]["seq"], &messages[2]["updatedSeq"]), (&json!(4), &json!(5)), "an edit takes a tick");
        let user = |short: &str| json!(format!("pythia:user:{}", id(short)));
        let mentions: Vec<&Value> = messages.iter().map(|message| &message["mentions"]).collect();
        assert_eq!(mentions, [&json!([]), &json!([]), &json!([]), &json!([user("u2"), user("u3")]), &json!([])]);
        let shown = |message: &Value| {
            let reactions = message["reactions"].as_array().expect("reactions").clone();
            reactions
                .iter()
                .map(|reaction| (reaction["emoji"].clone(), reaction["userIds"][0].clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(&messages[0]), [(json!("👍"), user("u2")), (json!("🎉"), user("u2"))]);
        assert_eq!(shown(&messages[4]), [(json!(":nice:"), user("u1"))]);
        let members = mira.reply(json!({ "type": "GET_MEMBERS", "chatId": "#general" })).await;
        let roles: BTreeMap<&str, &str> = members["members"]
            .as_array()
            .expect("members")
            .iter()
            .filter_map(|member| Some((member["user"]["username"].as_str()?, member["role"].as_str()?)))
            .collect();
        assert_eq!(roles, BTreeMap::from([("mira", "owner"), ("sana", "member"), ("tobin", "admin")]));
        let log = mira.reply(json!({ "type": "GET_AUDIT_LOG" })).await;
        let entries: Vec<(&Value, &Value, &Value)> = log["entries"]
            .as_array()
            .expect("entries")
            .iter()
            .map(|entry| (&entry["command"], &entry["targetId"], &entry["reason"]))
            .collect();
        let expected = [
            (&json!("BAN_USER"), &user("u3"), &json!("spam")),
            (&json!("DELETE_MESSAGE"), &json!(id("m6")), &json!("off topic")),
        ];
        assert_eq!(entries, expected, "newest first");
        let mut sana = Client::connect(&server.url()).await;
        sana.next().await;
        let banned = json!({ "type": "LOG_IN", "username": "sana", "password": PASSWORD });
        let refused = sana.refused(banned, "FORBIDDEN", "").await;
        assert!(refused["error"].as_str().is_some_and(|error| error.contains("2099-01-01")), "{refused}");
        let users = records_by(&store, "user", "username").await;
        assert_eq!(users["sana"]["ban"]["reason"], "spam");
        assert_eq!(users["tobin"]["avatarUrl"], "https://img.example/t.png");
    }
}
