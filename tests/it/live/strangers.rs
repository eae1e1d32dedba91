//! Ids within commands: a stranger who names what belongs to others gets the answer for what does not exist, by either
//! carrier, and changes nothing.

use serde_json::{Value, json};

use super::files::wish;
use crate::contract::backends::Place;
use crate::support::{Client, Server, http, start_with};

/// Ids by their names in [`attempts`]: what belongs to others, or what does not exist.
type Ids = [(&'static str, String)];

const CONTENT: &str = "the merger is on friday";
const FILE: &str = "merger-plan.pdf";

/// Commands of a stranger, in which `<name>` is replaced by an id.
fn attempts() -> Vec<Value> {
    let own = "eves";
    let mut all = vec![
        json!({"type":"SEND_MESSAGE","chatId":own,"message":{"content":"x","attachments":[{"id":"<file>"}]}}),
        json!({"type":"SEND_MESSAGE","chatId":own,"message":{"content":"x","attachments":[{"id":"<upload>"}]}}),
        json!({"type":"SEND_MESSAGE","chatId":own,"message":{"content":"x","replyTo":"<message>"}}),
        json!({"type":"SEND_MESSAGE","chatId":own,"content":"x","replyTo":"<message>"}),
        json!({"type":"SEND_GROUP_MESSAGE","roomId":"<chat>","content":"x"}),
        json!({"type":"SEND_PERSONAL_MESSAGE","to":"fay","message":{"content":"x","replyTo":"<message>"}}),
        json!({"type":"SEND_PERSONAL_MESSAGE","to":"fay","message":{"content":"x","attachments":[{"id":"<file>"}]}}),
        json!({"type":"EDIT_MESSAGE","chatId":own,"messageId":"e1","content":"x","attachments":[{"id":"<file>"}]}),
        json!({"type":"START_STREAM","chatId":own,"message":{"replyTo":"<message>"}}),
        json!({"type":"APPEND_STREAM","chatId":own,"messageId":"<stream>","content":"x"}),
        json!({"type":"GET_FILE","chatId":own,"fileId":"<file>"}),
        json!({"type":"GET_FILE","chatId":own,"fileId":"<upload>"}),
        json!({"type":"UPDATE_USER","avatarUrl":"/avatars/<file>"}),
        json!({"type":"UPDATE_USER","avatarUrl":"/avatars/<upload>"}),
        json!({"type":"SYNC","chats":{"<chat>":0}}),
        json!({"type":"SYNC","chats":{"<chat>":3,"<direct>":1}}),
        json!({"type":"GET_USERS","notInChat":"<chat>"}),
        json!({"type":"GET_USERS","notInChat":"<direct>"}),
        json!({"type":"SEARCH_MESSAGES","query":"merger","chatId":"<chat>"}),
        json!({"type":"GET_PRESENCE","chatId":"<chat>"}),
        json!({"type":"REVOKE_SESSION","sessionId":"<session>"}),
        json!({"type":"REVOKE_API_TOKEN","tokenId":"<token>"}),
        json!({"type":"DELETE_BOT","userId":"<bot>"}),
        json!({"type":"GET_CHAT","chatId":"<chat>","digest":true}),
    ];
    for chat in ["<chat>", "<direct>", own] {
        let is_others = chat != own;
        for kind in ["GET_MESSAGE", "DELETE_MESSAGE", "PIN_MESSAGE", "UNPIN_MESSAGE", "GET_READ_STATE"] {
            all.push(json!({"type":kind,"chatId":chat,"messageId":"<message>"}));
        }
        for kind in ["ADD_REACTION", "REMOVE_REACTION"] {
            all.push(json!({"type":kind,"chatId":chat,"messageId":"<message>","emoji":"👍"}));
        }
        all.push(json!({"type":"EDIT_MESSAGE","chatId":chat,"messageId":"<message>","content":"x"}));
        all.push(json!({"type":"GET_CHAT_HISTORY","chatId":chat,"limit":1,"senderId":"<ann>","cursor":"<cursor>"}));
        for kind in ["END_STREAM", "STOP_STREAM"] {
            all.push(json!({"type":kind,"chatId":chat,"messageId":"<stream>"}));
        }
        if !is_others {
            continue;
        }
        for kind in
            ["GET_CHAT", "GET_CHAT_HISTORY", "GET_MEMBERS", "JOIN_CHAT", "LEAVE_CHAT", "DELETE_CHAT", "MUTE_CHAT"]
        {
            all.push(json!({"type":kind,"chatId":chat}));
        }
        for kind in ["MARK_READ", "MARK_DELIVERED", "MARK_UNREAD"] {
            all.push(json!({"type":kind,"chatId":chat,"seq":2}));
        }
        for kind in ["REMOVE_MEMBERS", "BAN_MEMBER", "UNBAN_MEMBER"] {
            let users =
                if kind == "REMOVE_MEMBERS" { ("userIds", json!(["<ann>"])) } else { ("userId", json!("<ann>")) };
            all.push(json!({"type":kind,"chatId":chat,users.0:users.1}));
        }
        all.extend([
            json!({"type":"UPDATE_CHAT","chatId":chat,"name":"x"}),
            json!({"type":"ADD_MEMBERS","chatId":chat,"members":["fay"]}),
            json!({"type":"UPDATE_MEMBER","chatId":chat,"userId":"<ann>","role":"member"}),
            json!({"type":"SET_TYPING","chatId":chat,"typing":true}),
            json!({"type":"START_STREAM","chatId":chat,"message":{}}),
            json!({"type":"GET_FILE","chatId":chat,"fileId":"<file>"}),
            wish(&json!(chat), "x.bin", 1),
        ]);
    }
    all
}

fn naming(command: &Value, ids: &Ids) -> Value {
    let mut text = command.to_string();
    for (name, id) in ids {
        text = text.replace(&format!("<{name}>"), id);
    }
    serde_json::from_str(&text).expect("a command")
}

/// The reply without the ids, and without what differs from reply to reply.
fn told(mut reply: Value, ids: &Ids) -> String {
    for field in ["cursor", "requestId"] {
        reply.as_object_mut().expect("an object").remove(field);
    }
    let mut text = reply.to_string();
    for secret in [CONTENT, FILE] {
        assert!(!text.contains(secret), "{text}");
    }
    for (name, id) in ids {
        text = text.replace(id, &format!("<{name}>"));
    }
    text
}

fn id_of(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no id: {value}")).to_owned()
}

async fn uploaded(server: &Server, client: &mut Client, chat: &str) -> Value {
    let created = client.reply(wish(&json!(chat), FILE, 4)).await;
    let url = id_of(&created["uploadUrl"]);
    let path = url.strip_prefix(&format!("http://{}", server.address)).unwrap_or(&url);
    assert_eq!(http::exchange(server.address, &format!("PUT {path}"), &[], b"plan").await.status, 201);
    created["file"]["id"].clone()
}

/// The ids of everything that belongs to ann.
async fn belongings(server: &Server, ann: &mut Client, ben: &mut Client) -> Vec<(&'static str, String)> {
    let group =
        ann.reply(json!({"type":"CREATE_CHAT","id":"anns-group","name":"merger","members":[ben.user_id]})).await;
    let file = uploaded(server, ann, "anns-group").await;
    let upload = uploaded(server, ann, "anns-group").await;
    let message = json!({"id":"anns-message","content":CONTENT,"attachments":[{"id":file}]});
    let sent = ann.reply(json!({"type":"SEND_MESSAGE","chatId":"anns-group","message":message})).await;
    assert_eq!(sent["type"], "NEW_MESSAGE", "{sent}");
    ann.reply(json!({"type":"SEND_MESSAGE","chatId":"anns-group","message":{"id":"m2","content":CONTENT}})).await;
    let direct = ann.reply(json!({"type":"SEND_PERSONAL_MESSAGE","to":ben.user_id,"content":CONTENT})).await;
    let stream = ben
        .reply(json!({"type":"START_STREAM","chatId":"anns-group","message":{"id":"anns-stream","role":"assistant"}}))
        .await;
    assert_eq!(stream["type"], "STREAM_STARTED", "{stream}");
    let page = json!({"type":"GET_CHAT_HISTORY","chatId":"anns-group","search":"merger","page":1,"size":1});
    let cursor = ann.reply(page).await.get("nextCursor").map_or_else(|| "cursor-of-ann".to_owned(), id_of);
    let made = ann.reply(json!({"type":"CREATE_API_TOKEN","name":"x","botUsername":"anns-bot"})).await;
    let sessions = ann.reply(json!({"type":"GET_SESSIONS"})).await;
    vec![
        ("chat", id_of(&group["chatId"])),
        ("direct", id_of(&direct["chatId"])),
        ("message", "anns-message".into()),
        ("stream", "anns-stream".into()),
        ("file", id_of(&file)),
        ("upload", id_of(&upload)),
        ("session", id_of(&sessions["sessions"][0]["id"])),
        ("token", id_of(&made["token"]["id"])),
        ("bot", id_of(&made["token"]["userId"])),
        ("ann", ann.user_id.clone()),
        ("cursor", cursor),
    ]
}

/// All that a stranger could have changed.
async fn state(ann: &mut Client, chats: [&str; 2]) -> Vec<Value> {
    let mut state = vec![];
    for chat in chats {
        state.push(ann.reply(json!({"type":"GET_CHAT","chatId":chat,"digest":true})).await);
    }
    for kind in ["GET_SESSIONS", "GET_API_TOKENS", "GET_BOTS", "GET_SETTINGS"] {
        state.push(ann.reply(json!({"type":kind})).await);
    }
    for reply in &mut state {
        assert_ne!(reply["type"], "ERROR", "{reply}");
        reply.as_object_mut().expect("an object").remove("requestId");
    }
    state
}

pub async fn a_stranger_learns_and_changes_nothing_by_the_ids_of_others(place: Place) {
    let folder = tempfile::tempdir().expect("a folder for the files");
    let url = format!("file://{}", folder.path().display());
    let server = start_with(place, &[("FILES_URL", &url), ("COMMANDS_PER_SECOND_PER_USER", "0")]).await;
    let mut ann = super::accounts::signed_up(&server, "ann").await.0;
    let mut ben = server.user("ben").await;
    let _fay = server.user("fay").await;
    let mut eve = server.user("eve").await;
    eve.reply(json!({"type":"CREATE_CHAT","id":"eves","name":"x"})).await;
    eve.reply(json!({"type":"SEND_MESSAGE","chatId":"eves","message":{"id":"e1","content":"@ann"}})).await;
    let there = belongings(&server, &mut ann, &mut ben).await;
    // Users are no secret: everybody may look them up.
    let unknown = |name: &str| if name == "ann" { ann.user_id.clone() } else { format!("no-{name}") };
    let nowhere: Vec<(&str, String)> = there.iter().map(|(name, _)| (*name, unknown(name))).collect();
    let before = state(&mut ann, ["anns-group", &there[1].1]).await;
    let mut refused = 0;
    for attempt in attempts() {
        let real = naming(&attempt, &there);
        let unknown = naming(&attempt, &nowhere);
        let by_socket = told(eve.reply(real.clone()).await, &there);
        assert_eq!(by_socket, told(eve.reply(unknown.clone()).await, &nowhere), "{attempt}");
        let by_post = http::command(server.address, Some(&eve.token), &real).await.json();
        let by_post_of_unknown = http::command(server.address, Some(&eve.token), &unknown).await.json();
        assert_eq!(told(by_post, &there), told(by_post_of_unknown, &nowhere), "{attempt}");
        refused += usize::from(by_socket.contains(r#""type":"ERROR""#));
    }
    assert!(refused + 6 >= attempts().len(), "only {refused} refused");
    assert_eq!(state(&mut ann, ["anns-group", &there[1].1]).await, before);
    ben.reply(json!({"type":"STOP_STREAM","chatId":"anns-group","messageId":"anns-stream"})).await;
    ann.hears_nothing_of("MENTION").await;
}

/// Cursors are made for their owner's lists. Another user's only tells a place in one's own.
pub async fn the_cursors_of_others_show_nothing_of_theirs(place: Place) {
    let server = start_with(place, &[]).await;
    let mut ann = server.user("ann").await;
    let mut eve = server.user("eve").await;
    for id in ["one", "two", "three"] {
        ann.reply(json!({"type":"CREATE_CHAT","id":id,"name":id})).await;
        let content = format!("{CONTENT}, @ann");
        ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"content":content})).await;
    }
    let mut tried = 0;
    for list in [
        json!({"type":"GET_CHATS","limit":1}),
        json!({"type":"SEARCH_MESSAGES","query":"merger","limit":1}),
        json!({"type":"GET_CHAT_HISTORY","chatId":"one","search":"merger","page":1,"size":1}),
        json!({"type":"SYNC","chats":{}}),
    ] {
        let reply = ann.reply(list.clone()).await;
        let Some(cursor) = reply.get("nextCursor").or_else(|| reply.get("cursor")) else { continue };
        let mut command = list.clone();
        for field in ["page", "size"] {
            command.as_object_mut().expect("a command").remove(field);
        }
        command["cursor"] = cursor.clone();
        let told = eve.reply(command).await.to_string();
        for secret in [CONTENT, "\"one\"", "\"two\"", "\"three\"", &ann.user_id] {
            let is_asked = list.to_string().contains(secret);
            assert!(is_asked || !told.contains(secret), "{list}: {told}");
        }
        tried += 1;
    }
    assert!(tried >= 3, "only {tried} cursors");
}
