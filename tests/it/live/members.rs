use serde_json::{Value, json};

use super::chats::{made, refuse_bad_pages};
use crate::contract::backends::Place;
use crate::support::faulty::Faulty;
use crate::support::frame::{assert_frame, assert_same_for_all, bot, chat, event_of, seen_by, with};
use crate::support::{self, Client, server};

fn member(client: &Client, name: &str, role: &str, seq: u64) -> Value {
    json!({"user":bot(&client.user_id, name, "online"),"role":role,"joinedAt":"<time>","readSeq":seq,"deliveredSeq":seq})
}

pub async fn a_join_is_published_to_the_users_other_devices(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut device = server.device(&ben).await;
    let mut witness = server.device(&ann).await;
    let id = made(&mut ann, "channel", "news", &mut []).await;
    for client in [&mut ben, &mut device] {
        client.next_of("CHANNEL_LISTED").await;
    }
    witness.next_of("NEW_CHAT").await;
    let joined = ben.command(json!({"type":"JOIN_CHAT","requestId":"j","chatId":"#news"})).await;
    let shape = with(chat(&id, "channel", "news", 2, 2), json!({"createdBy":ann.user_id}));
    let event = json!({"type":"MEMBERS_ADDED","chatId":id,"seq":2,"members":[member(&ben, "ben", "member", 2)],
        "by":ben.user_id});
    let own = json!({"requestId":"j","chat":seen_by(shape.clone(), "member", 2)});
    assert_frame(&joined, with(event.clone(), own));
    let heard = ann.next().await;
    assert_frame(&heard, event);
    assert_eq!(witness.next().await, heard);
    let welcome = device.next().await;
    assert_frame(&welcome, json!({"type":"NEW_CHAT","chatId":id,"seq":2,"chat":shape}));
    assert_same_for_all(&heard);
    assert_same_for_all(&welcome);
    for client in [&mut ann, &mut ben, &mut device, &mut witness] {
        client.hears_nothing().await;
    }
}

pub async fn a_repeated_join_is_a_no_op(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "channel", "news", &mut [&mut ben]).await;
    let again = ben.command(json!({"type":"JOIN_CHAT","requestId":"j","chatId":id})).await;
    let shape = seen_by(with(chat(&id, "channel", "news", 1, 2), json!({"createdBy":ann.user_id})), "member", 0);
    assert_frame(
        &again,
        json!({"type":"MEMBERS_ADDED","requestId":"j","chatId":id,"seq":1,"members":[],"by":ben.user_id,"chat":shape,
            "duplicate":true}),
    );
    ann.hears_nothing().await;
    let secret = made(&mut ann, "group", "den", &mut []).await;
    ben.refused(json!({"type":"JOIN_CHAT","chatId":secret}), "NOT_FOUND", "chatId").await;
    ben.refused(json!({"type":"JOIN_CHAT","chatId":"#den"}), "NOT_FOUND", "chatId").await;
}

pub async fn added_members_receive_new_chat(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut dee = server.user("dee").await;
    let mut device = server.device(&cem).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let command =
        json!({"type":"ADD_MEMBERS","requestId":"a","chatId":id,"members":["CEM", dee.user_id, "cem", "ben"]});
    let added = ann.command(command.clone()).await;
    let new = [member(&cem, "cem", "member", 2), member(&dee, "dee", "member", 2)];
    assert_frame(
        &added,
        json!({"type":"MEMBERS_ADDED","requestId":"a","chatId":id,"seq":2,"members":new,"by":ann.user_id}),
    );
    assert_eq!(ben.next().await, event_of(&added));
    let shape = with(chat(&id, "group", "den", 2, 4), json!({"createdBy":ann.user_id}));
    let welcome = json!({"type":"NEW_CHAT","chatId":id,"seq":2,"chat":shape});
    for newcomer in [&mut cem, &mut dee, &mut device] {
        let heard = newcomer.next().await;
        assert_frame(&heard, welcome.clone());
        assert_same_for_all(&heard);
    }
    let again = ann.command(command).await;
    assert_frame(
        &again,
        json!({"type":"MEMBERS_ADDED","requestId":"a","chatId":id,"seq":2,"members":[],"by":ann.user_id,
            "duplicate":true}),
    );
    let sent = cem.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi"})).await;
    for client in [&mut ann, &mut ben, &mut dee, &mut device] {
        assert_eq!(client.next().await, sent);
        client.hears_nothing().await;
    }
    cem.hears_nothing().await;
}

pub async fn unauthorized_additions_are_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let add = |members: Value| json!({"type":"ADD_MEMBERS","chatId":id,"members":members});
    ben.refused(add(json!(["admin"])), "FORBIDDEN", "").await;
    ann.refused(add(json!([])), "INVALID_ARGUMENT", "members").await;
    ann.refused(add(json!(["ben", "nobody"])), "NOT_FOUND", "members[1]").await;
    ann.refused(add(json!(["ben", 7])), "INVALID_ARGUMENT", "members[1]").await;
    let news = made(&mut ann, "channel", "news", &mut []).await;
    ben.next_of("CHANNEL_LISTED").await;
    let foreign = json!({"type":"ADD_MEMBERS","chatId":news,"members":["ben"]});
    ben.refused(foreign, "FORBIDDEN", "chatId").await;
    ann.hears_nothing().await;
}

pub async fn leaving_is_the_last_event_a_member_receives(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut device = server.device(&ben).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    device.next_of("NEW_CHAT").await;
    let left = ben.command(json!({"type":"LEAVE_CHAT","requestId":"l","chatId":id})).await;
    assert_frame(
        &left,
        json!({"type":"MEMBERS_REMOVED","requestId":"l","chatId":id,"seq":2,"userIds":[ben.user_id],"by":ben.user_id}),
    );
    let event = event_of(&left);
    assert_eq!((ann.next().await, device.next().await), (event.clone(), event));
    ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"alone"})).await;
    let again = ben.command(json!({"type":"LEAVE_CHAT","requestId":"l","chatId":id})).await;
    assert_frame(&again, with(left, json!({"duplicate":true})));
    for client in [&mut ann, &mut ben, &mut device] {
        client.hears_nothing().await;
    }
    ben.refused(json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi"}), "NOT_FOUND", "chatId").await;
}

pub async fn the_last_owner_may_not_leave_while_members_remain(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut device = server.device(&ann).await;
    let id = made(&mut ann, "channel", "news", &mut [&mut ben]).await;
    ann.refused(json!({"type":"LEAVE_CHAT","chatId":id}), "CONFLICT", "").await;
    let remove = json!({"type":"REMOVE_MEMBERS","chatId":id,"userIds":[ann.user_id]});
    ann.refused(remove, "CONFLICT", "userIds").await;
    ben.command(json!({"type":"LEAVE_CHAT","chatId":"#news"})).await;
    ann.next_of("MEMBERS_REMOVED").await;
    let left = ann.command(json!({"type":"LEAVE_CHAT","chatId":id})).await;
    assert_eq!((&left["type"], &left["seq"]), (&json!("MEMBERS_REMOVED"), &json!(3)));
    assert_eq!(device.until(|frame| frame["seq"] == 3).await, left);
    ann.refused(json!({"type":"GET_CHAT","chatId":id}), "NOT_FOUND", "chatId").await;
    assert_eq!(made(&mut ben, "channel", "news", &mut []).await.as_str().map(str::len), Some(36));
}

pub async fn removal_is_the_last_event_a_member_receives(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut device = server.device(&ben).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben, &mut cem]).await;
    device.next_of("NEW_CHAT").await;
    let command = json!({"type":"REMOVE_MEMBERS","requestId":"r","chatId":id,"userIds":[ben.user_id, ben.user_id],
        "reason":"too loud"});
    let removed = ann.command(command.clone()).await;
    let shape = json!({"type":"MEMBERS_REMOVED","requestId":"r","chatId":id,"seq":2,"userIds":[ben.user_id],
        "by":ann.user_id,"reason":"too loud"});
    assert_frame(&removed, shape.clone());
    let event = event_of(&removed);
    for client in [&mut ben, &mut cem, &mut device] {
        assert_eq!(client.next().await, event);
    }
    let sent = ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"quiet"})).await;
    assert_eq!(cem.next().await, sent);
    let again = ann.command(command).await;
    assert_frame(&again, with(shape, json!({"seq":3,"duplicate":true})));
    for client in [&mut ann, &mut ben, &mut cem, &mut device] {
        client.hears_nothing().await;
    }
    ben.refused(json!({"type":"GET_CHAT","chatId":id}), "NOT_FOUND", "chatId").await;
}

pub async fn unauthorized_removals_are_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben, &mut cem]).await;
    let remove = |ids: Value| json!({"type":"REMOVE_MEMBERS","chatId":id,"userIds":ids});
    ben.refused(remove(json!([cem.user_id])), "FORBIDDEN", "").await;
    ann.refused(remove(json!([])), "INVALID_ARGUMENT", "userIds").await;
    ann.refused(remove(json!([ben.user_id, "nobody"])), "NOT_FOUND", "userIds[1]").await;
    let reason = with(remove(json!([ben.user_id])), json!({"reason":"r".repeat(501)}));
    ann.refused(reason, "INVALID_ARGUMENT", "reason").await;
    cem.hears_nothing().await;
}

pub async fn members_are_listed_with_their_presence(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let cem = server.user("cem").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    ann.command(json!({"type":"ADD_MEMBERS","chatId":id,"members":["cem"]})).await;
    ben.next().await;
    let Client { mut socket, user_id: gone, .. } = cem;
    socket.close(None).await.expect("a successful exit");
    let ask = json!({"type":"GET_MEMBERS","requestId":"m","chatId":id});
    let listed = loop {
        let listed = ben.command(ask.clone()).await;
        if listed.to_string().contains("offline") {
            break listed;
        }
        tokio::task::yield_now().await;
    };
    let mut members = vec![member(&ann, "ann", "owner", 0), member(&ben, "ben", "member", 0)];
    let user = with(bot(&gone, "cem", "offline"), json!({"lastSeenAt":"<time>"}));
    members.push(json!({"user":user,"role":"member","joinedAt":"<time>","readSeq":2,"deliveredSeq":2}));
    members.sort_by_key(|member| member["user"]["id"].to_string());
    assert_frame(&listed, json!({"type":"MEMBER_LIST","requestId":"m","chatId":id,"members":members}));
    let mut seen = vec![];
    let mut page = ben.command(with(ask.clone(), json!({"limit":1}))).await;
    while let Some(cursor) = page.get("nextCursor").cloned() {
        seen.push(page["members"][0]["user"]["id"].clone());
        page = ben.command(with(ask.clone(), json!({"limit":1,"cursor":cursor}))).await;
    }
    seen.push(page["members"][0]["user"]["id"].clone());
    assert_eq!(seen, members.iter().map(|member| member["user"]["id"].clone()).collect::<Vec<_>>());
    refuse_bad_pages(&mut ben, json!({"type":"GET_MEMBERS","chatId":id})).await;
}

pub async fn a_new_member_renamed_while_being_added_has_the_new_name(place: Place) {
    let Place { repository, keep } = place;
    let faulty = Faulty::new(repository);
    let server = server::start_over(faulty.clone(), keep, server::settings(&[])).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    // After the first, the chat is deleted, so that Ann shares none with him when the second begins.
    let added = json!({"type":"ADD_MEMBERS","chatId":id,"members":["ben"]});
    let direct = json!({"type":"CREATE_CHAT","kind":"direct","members":["ben"]});
    for (command, shown, before, after) in
        [(added, "/members/0/user/displayName", "ben", "Ben"), (direct, "/chat/peer/displayName", "Ben", "Benny")]
    {
        faulty.hold_commits();
        ann.send(with(command, json!({"requestId":"joining"}))).await;
        faulty.entered().await;
        assert_eq!(ben.reply(json!({"type":"UPDATE_USER","displayName":after})).await["type"], "USER_UPDATED");
        faulty.let_go();
        let reply = ann.until(|frame| frame["requestId"] == "joining").await;
        assert_eq!(reply.pointer(shown), Some(&json!(before)), "{reply}");
        ann.until(|frame| frame["type"] == "USER_UPDATED" && frame["user"]["displayName"] == after).await;
        ann.reply(json!({"type":"DELETE_CHAT","chatId":id})).await;
    }
}
