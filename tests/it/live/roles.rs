//! Roles in a chat and bans from it.

use serde_json::json;

use super::chats::made;
use crate::contract::backends::Place;
use crate::support;
use crate::support::frame::{assert_frame, event_of, with};

pub async fn role_changes_are_published_to_every_member(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut device = server.device(&ann).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    device.next_of("NEW_CHAT").await;
    let command = json!({"type":"UPDATE_MEMBER","requestId":"u","chatId":id,"userId":ben.user_id,"role":"owner"});
    ben.refused(command.clone(), "FORBIDDEN", "").await;
    let step_down = with(command.clone(), json!({"userId":ann.user_id,"role":"member"}));
    ann.refused(step_down.clone(), "CONFLICT", "role").await;
    let given = ann.command(command.clone()).await;
    let shape = json!({"type":"MEMBER_UPDATED","requestId":"u","chatId":id,"seq":2,"userId":ben.user_id,
        "role":"owner","by":ann.user_id});
    assert_frame(&given, shape.clone());
    for client in [&mut ben, &mut device] {
        assert_eq!(client.next().await, event_of(&given));
    }
    let again = ann.command(command).await;
    assert_frame(&again, with(shape, json!({"duplicate":true})));
    let down = ann.command(step_down).await;
    assert_eq!((&down["type"], &down["seq"]), (&json!("MEMBER_UPDATED"), &json!(3)));
    assert_eq!(ben.next().await, event_of(&down));
    let left = ann.command(json!({"type":"LEAVE_CHAT","chatId":id})).await;
    assert_eq!(ben.next().await, left);
    let outside = json!({"type":"UPDATE_MEMBER","chatId":id,"userId":ann.user_id,"role":"admin"});
    ben.refused(outside.clone(), "NOT_FOUND", "userId").await;
    ben.refused(with(outside.clone(), json!({"userId":"nobody"})), "NOT_FOUND", "userId").await;
    ben.refused(with(outside, json!({"role":"king"})), "INVALID_ARGUMENT", "role").await;
}

pub async fn a_ban_is_the_last_event_and_prevents_rejoining(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut device = server.device(&ben).await;
    let id = made(&mut ann, "channel", "news", &mut [&mut ben, &mut cem]).await;
    device.next_of("NEW_CHAT").await;
    let command = json!({"type":"BAN_MEMBER","requestId":"b","chatId":"#news","userId":"ben","reason":"too loud",
        "until":"2999-01-01T00:00:00+01:00"});
    let banned = ann.command(command.clone()).await;
    let shape = json!({"type":"MEMBER_BANNED","requestId":"b","chatId":id,"seq":2,"userId":ben.user_id,
        "by":ann.user_id,"reason":"too loud","until":"2998-12-31T23:00:00.000Z"});
    assert_frame(&banned, shape.clone());
    for client in [&mut ben, &mut cem, &mut device] {
        assert_eq!(client.next().await, event_of(&banned));
    }
    let again = ann.command(command).await;
    assert_frame(&again, with(shape, json!({"duplicate":true})));
    let sent = ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"quiet","id":"m"})).await;
    assert_eq!(cem.next().await, sent);
    for kind in ["GET_CHAT", "GET_CHAT_HISTORY", "GET_MEMBERS", "JOIN_CHAT", "LEAVE_CHAT"] {
        ben.refused(json!({"type":kind,"chatId":"#news"}), "FORBIDDEN", "chatId").await;
    }
    ben.refused(json!({"type":"GET_MESSAGE","chatId":id,"messageId":"m"}), "FORBIDDEN", "chatId").await;
    ben.refused(json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi"}), "FORBIDDEN", "chatId").await;
    let synced = ben.command(json!({"type":"SYNC","chats":{(id.as_str().expect("an id")):1}})).await;
    assert_eq!((&synced["chats"], &synced["removedChatIds"]), (&json!([]), &json!([id])));
    assert_eq!(ben.command(json!({"type":"GET_CHATS","scope":"public"})).await["chats"], json!([]));
    ann.refused(json!({"type":"ADD_MEMBERS","chatId":id,"members":["ben"]}), "FORBIDDEN", "members").await;
    let pardon = json!({"type":"UNBAN_MEMBER","requestId":"p","chatId":id,"userId":ben.user_id});
    let pardoned = ann.command(pardon.clone()).await;
    let shape = json!({"type":"MEMBER_UNBANNED","requestId":"p","chatId":id,"seq":4,"userId":ben.user_id,
        "by":ann.user_id});
    assert_frame(&pardoned, shape.clone());
    assert_eq!(cem.next().await, event_of(&pardoned));
    assert_frame(&ann.command(pardon).await, with(shape, json!({"duplicate":true})));
    assert_eq!(ben.command(json!({"type":"JOIN_CHAT","chatId":id})).await["seq"], 5);
    assert_eq!(device.next().await["type"], "NEW_CHAT");
}

pub async fn unauthorized_bans_are_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben, &mut cem]).await;
    let ban = |user: &str| json!({"type":"BAN_MEMBER","chatId":id,"userId":user});
    ben.refused(ban(&cem.user_id), "FORBIDDEN", "").await;
    let promoted = json!({"type":"UPDATE_MEMBER","chatId":id,"userId":ben.user_id,"role":"admin"});
    ann.command(promoted).await;
    ben.next_of("MEMBER_UPDATED").await;
    ben.refused(ban(&ann.user_id), "FORBIDDEN", "userId").await;
    ben.refused(ban(&ben.user_id), "FORBIDDEN", "userId").await;
    ben.refused(ban("nobody"), "NOT_FOUND", "userId").await;
    let past = with(ban(&cem.user_id), json!({"until":"2020-01-01T00:00:00Z"}));
    ben.refused(past, "INVALID_ARGUMENT", "until").await;
    let reason = with(ban(&cem.user_id), json!({"reason":"r".repeat(501)}));
    ben.refused(reason, "INVALID_ARGUMENT", "reason").await;
    ben.command(ban(&cem.user_id)).await;
    cem.until(|frame| frame["type"] == "MEMBER_BANNED").await;
    cem.refused(json!({"type":"GET_CHAT","chatId":id}), "NOT_FOUND", "chatId").await;
}
