//! WinDi Chat: direct and group chats with read marks, on PostgreSQL.

use super::*;

const SCRIPT: &str = include_str!("windi.sql");
const ACCOUNT: [&str; 11] = [
    "users: rows 3, imported 3, left out 0",
    "  username changed (2): \"tobin lake\" is now tobin_lake, \"Mira\" is now Mira_2",
    "chats: rows 2, imported 2, left out 0",
    "groups: rows 1, imported 1, left out 0",
    "chat_users: rows 5, imported 5, left out 0",
    "messages: rows 6, imported 5, left out 1",
    "  left out 1: no visible text and no attachment",
    "message_users_read: rows 8, imported 2, left out 6",
    "  left out 5: by the sender",
    "  left out 1: message not found",
    "imported the database: 3 users, 2 chats, 5 members, 5 messages",
];

/// Rows move when they are updated, so that only their times tell their order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_of_one_millisecond_keep_their_order() {
    let later = "UPDATE messages SET send_at = '2021-04-02 08:50:00.000600' WHERE sender_id = 3; \
        UPDATE messages SET send_at = '2021-04-02 08:50:00.000300' WHERE text LIKE '@mira%'";
    let Some(source) = postgres_database(&[SCRIPT, later]).await else { return };
    let store = Store::sqlite();
    store.said(&words("windi", &source), b"").await;
    let messages = records(&store, "message").await;
    let group = messages.iter().filter(|message| message["chatId"] == "windi:chat:2");
    let contents: Vec<&str> = group.filter_map(|message| message["content"].as_str()).collect();
    let expected = ["Read by all three", "@mira same instant as the next", "same instant as the one before"];
    assert_eq!(contents, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn direct_and_group_chats_import_with_marks() {
    let Some(source) = postgres_database(&[SCRIPT]).await else { return };
    for store in [Some(Store::sqlite()), Store::postgres().await].into_iter().flatten() {
        let said = import(&store, "windi", &source).await;
        assert_says(&said, &ACCOUNT);
        assert!(
            said.contains("alembic_version: rows 1, imported 0, left out 1\n  left out 1: the version of the tables")
        );
        let server = store.serve().await;
        let mut mira = log_in(&server, "mira", PASSWORD).await;
        // A personal message uses this direct chat.
        let sent =
            mira.reply(json!({ "type": "SEND_PERSONAL_MESSAGE", "to": "tobin_lake", "content": "still here" })).await;
        assert_eq!(sent["seq"], 4, "{sent}");
        let direct = sent["chatId"].as_str().expect("a chat").to_owned();
        let messages = history(&mut mira, &direct).await;
        let ids: Vec<&str> = messages[..2].iter().filter_map(|message| message["id"].as_str()).collect();
        assert_eq!(ids, ["6b1f7c0a-0d5e-4a57-8d0c-0b6b7e3f1a01", "a2c4e6f8-1b3d-4f5a-9c7e-3d5f7a9b1c02"]);
        let messages = history(&mut mira, "windi:chat:2").await;
        let contents: Vec<&str> = messages.iter().filter_map(|message| message["content"].as_str()).collect();
        assert_eq!(
            contents,
            ["Read by all three", "@mira same instant as the next", "same instant as the one before"],
            "ties keep the order of the table"
        );
        let mut other = log_in(&server, "Mira_2", PASSWORD).await;
        let chat = other.reply(json!({ "type": "GET_CHAT", "chatId": "windi:chat:2" })).await;
        assert_eq!((&chat["chat"]["readSeq"], &chat["chat"]["unreadCount"]), (&json!(2), &json!(1)), "{chat}");
        let chat = mira.reply(json!({ "type": "GET_CHAT", "chatId": "windi:chat:2" })).await;
        assert_eq!(chat["chat"]["myRole"], "owner");
        assert_eq!((&chat["chat"]["readSeq"], &chat["chat"]["mentionCount"]), (&json!(2), &json!(1)), "{chat}");
        let members = records(&store, "member").await;
        let direct_reads: Vec<&Value> = members
            .iter()
            .filter(|member| member["chatId"] == direct.as_str())
            .map(|member| &member["readSeq"])
            .collect();
        assert_eq!(direct_reads, [&json!(2), &json!(3)], "mira has read her own, tobin_lake everything");
    }
}
