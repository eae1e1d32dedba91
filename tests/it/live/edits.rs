use serde_json::{Value, json};

use super::chats::made;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_same_for_all, event_of, message, with};
use crate::support::{self, Client};

/// Sends a message and waits until the others receive it.
async fn said(sender: &mut Client, chat: &Value, id: &str, others: &mut [&mut Client]) -> Value {
    let command = json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"id":id,"content":format!("text of {id}")}});
    let sent = sender.command(command).await;
    for other in others {
        assert_eq!(other.next().await, sent);
    }
    sent
}

/// Asserts that the others receive the reply's event and nothing else.
async fn heard(reply: &Value, others: &mut [&mut Client]) {
    for other in others {
        let event = other.next().await;
        assert_eq!(event, event_of(reply));
        assert_same_for_all(&event);
    }
}

pub async fn an_edit_is_published_to_every_member(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut device = server.device(&ann).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    device.next_of("NEW_CHAT").await;
    said(&mut ann, &id, "m", &mut [&mut ben, &mut device]).await;
    let command = json!({"type":"EDIT_MESSAGE","requestId":"e","chatId":id,"messageId":"m","content":"better",
        "metadata":{"k":1}});
    let edited = ann.command(command.clone()).await;
    let shape = with(
        message(&id, 2, &ann.user_id, "ann", "better"),
        json!({"id":"m","updatedSeq":3,"editedAt":"<time>","metadata":{"k":1}}),
    );
    assert_frame(&edited, json!({"type":"MESSAGE_EDITED","requestId":"e","chatId":id,"seq":3,"message":shape}));
    heard(&edited, &mut [&mut ben, &mut device]).await;
    let again = ann.command(command).await;
    assert_frame(&again, with(edited.clone(), json!({"duplicate":true})));
    let asked = ben.command(json!({"type":"GET_MESSAGE","chatId":id,"messageId":"m"})).await;
    assert_eq!(asked["message"], edited["message"]);
    let synced = ben.command(json!({"type":"SYNC","chats":{(id.as_str().expect("an id")):2}})).await;
    assert_eq!(synced["chats"][0]["messages"], json!([edited["message"]]));
    let resent = ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"id":"m","content":"text of m"})).await;
    assert_frame(
        &resent,
        json!({"type":"NEW_MESSAGE","chatId":id,"seq":2,"message":edited["message"],"duplicate":true}),
    );
    for client in [&mut ann, &mut ben, &mut device] {
        client.hears_nothing().await;
    }
}

pub async fn unauthorized_edits_are_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "channel", "news", &mut []).await;
    ben.next_of("CHANNEL_LISTED").await;
    said(&mut ann, &id, "m", &mut []).await;
    let edit = json!({"type":"EDIT_MESSAGE","chatId":id,"messageId":"m","content":"x"});
    ben.refused(edit.clone(), "FORBIDDEN", "chatId").await;
    ben.command(json!({"type":"JOIN_CHAT","chatId":id})).await;
    ann.next_of("MEMBERS_ADDED").await;
    ben.refused(edit.clone(), "FORBIDDEN", "").await;
    for (fields, code, field) in [
        (json!({"content":" \n"}), "INVALID_ARGUMENT", "content"),
        (json!({"content":"ü".repeat(32_769)}), "TOO_LARGE", "content"),
        (json!({"messageId":"none"}), "NOT_FOUND", "messageId"),
        (json!({"chatId":"none"}), "NOT_FOUND", "chatId"),
    ] {
        ann.refused(with(edit.clone(), fields), code, field).await;
    }
    ann.command(json!({"type":"DELETE_MESSAGE","chatId":id,"messageId":"m"})).await;
    ann.refused(edit, "CONFLICT", "messageId").await;
    ben.next_of("MESSAGE_DELETED").await;
    said(&mut ann, &id, "n", &mut [&mut ben]).await;
    ann.command(json!({"type":"UPDATE_CHAT","chatId":id,"active":false})).await;
    for kind in ["EDIT_MESSAGE", "DELETE_MESSAGE", "PIN_MESSAGE"] {
        let mut command = json!({"type":kind,"chatId":id,"messageId":"n"});
        if kind == "EDIT_MESSAGE" {
            command["content"] = json!("x");
        }
        ann.refused(command, "CONFLICT", "").await;
    }
    ben.next_of("CHAT_UPDATED").await;
    ben.hears_nothing().await;
}

pub async fn a_deleted_message_is_a_tombstone_for_every_member(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let written = json!({"id":"m","content":"secret","metadata":{"a":1},
        "attachments":[{"url":"https://example.org/a","name":"a","size":1,"mimeType":"image/png"}]});
    ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"message":written})).await;
    ann.command(json!({"type":"PIN_MESSAGE","chatId":id,"messageId":"m"})).await;
    let command = json!({"type":"DELETE_MESSAGE","requestId":9,"chatId":id,"messageId":"m","reason":"too early"});
    let deleted = ann.command(command.clone()).await;
    let shape = with(message(&id, 2, &ann.user_id, "ann", ""), json!({"id":"m","updatedSeq":4,"deletedAt":"<time>"}));
    let event = json!({"type":"MESSAGE_DELETED","requestId":9,"chatId":id,"seq":4,"messageId":"m","message":shape,
        "by":ann.user_id});
    assert_frame(&deleted, with(event.clone(), json!({"reason":"too early","pinned":[]})));
    ben.next_of("MESSAGE_PINNED").await;
    heard(&deleted, &mut [&mut ben]).await;
    assert_frame(&ann.command(command).await, with(event, json!({"duplicate":true})));
    let seen = ben.command(json!({"type":"GET_CHAT","chatId":id})).await["chat"].clone();
    assert_eq!((&seen["pinned"], &seen["messageCount"], seen.get("lastMessage")), (&json!([]), &json!(0), None));
    assert_eq!((&seen["unreadCount"], &seen["seq"]), (&json!(0), &json!(4)));
    let history = ben.command(json!({"type":"GET_CHAT_HISTORY","chatId":id})).await;
    assert_eq!(history["messages"], json!([deleted["message"]]));
    let reply = json!({"type":"SEND_MESSAGE","chatId":id,"content":"what was it?","replyTo":"m"});
    assert_eq!(ben.command(reply).await["seq"], 5);
}

pub async fn unauthorized_deletions_are_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    for name in ["one", "two", "three"] {
        said(&mut ann, &id, name, &mut [&mut ben]).await;
    }
    said(&mut ben, &id, "four", &mut [&mut ann]).await;
    let delete = |name: &str| json!({"type":"DELETE_MESSAGE","chatId":id,"messageId":name});
    ben.refused(delete("one"), "FORBIDDEN", "").await;
    ben.refused(delete("none"), "NOT_FOUND", "messageId").await;
    cem.refused(delete("one"), "NOT_FOUND", "chatId").await;
    let long = with(delete("one"), json!({"reason":"x".repeat(501)}));
    ann.refused(long, "INVALID_ARGUMENT", "reason").await;
    let by_sender = ben.command(delete("four")).await;
    heard(&by_sender, &mut [&mut ann]).await;
    let by_owner = ann.command(delete("one")).await;
    heard(&by_owner, &mut [&mut ben]).await;
    let mut admin = server.admin().await;
    let by_admin = admin.command(delete("two")).await;
    assert_eq!((&by_admin["by"], &by_admin["seq"]), (&json!("admin"), &json!(8)));
    heard(&by_admin, &mut [&mut ann, &mut ben]).await;
}

pub async fn pins_are_published_and_shown_with_the_chat(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    for name in ["one", "two"] {
        said(&mut ann, &id, name, &mut [&mut ben]).await;
    }
    let pin = |kind: &str, name: &str| json!({"type":kind,"requestId":"p","chatId":id,"messageId":name});
    let shape = |kind: &str, seq: u64, name: &str, pinned: Value| json!({"type":kind,"requestId":"p","chatId":id,"seq":seq,"messageId":name,"by":ann.user_id,"pinned":pinned});
    let shapes = [
        ("PIN_MESSAGE", "two", shape("MESSAGE_PINNED", 4, "two", json!(["two"]))),
        ("PIN_MESSAGE", "one", shape("MESSAGE_PINNED", 5, "one", json!(["two", "one"]))),
        ("UNPIN_MESSAGE", "two", shape("MESSAGE_UNPINNED", 6, "two", json!(["one"]))),
    ];
    for (kind, name, shape) in shapes {
        let pinned = ann.command(pin(kind, name)).await;
        assert_frame(&pinned, shape);
        heard(&pinned, &mut [&mut ben]).await;
        let again = ann.command(pin(kind, name)).await;
        assert_eq!(
            (&again["duplicate"], &again["seq"], &again["pinned"]),
            (&json!(true), &pinned["seq"], &pinned["pinned"])
        );
    }
    assert_eq!(ben.command(json!({"type":"GET_CHAT","chatId":id})).await["chat"]["pinned"], json!(["one"]));
    let synced = ben.command(json!({"type":"SYNC","chats":{(id.as_str().expect("an id")):3}})).await;
    assert_eq!(synced["chats"][0]["chat"]["pinned"], json!(["one"]));
    ben.refused(pin("PIN_MESSAGE", "two"), "FORBIDDEN", "").await;
    ben.refused(pin("UNPIN_MESSAGE", "one"), "FORBIDDEN", "").await;
    ann.refused(pin("PIN_MESSAGE", "none"), "NOT_FOUND", "messageId").await;
    ann.command(json!({"type":"DELETE_MESSAGE","chatId":id,"messageId":"one"})).await;
    ann.refused(pin("PIN_MESSAGE", "one"), "CONFLICT", "messageId").await;
    assert_eq!(ann.command(json!({"type":"GET_CHAT","chatId":id})).await["chat"]["pinned"], json!([]));
}
