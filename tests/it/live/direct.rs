use serde_json::{Value, json};

use super::accounts::signed_up;
use super::sync::say;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_same_for_all, bot, chat, event_of, message, seen_by, with};
use crate::support::{self, Client, http};

fn open(to: &str) -> Value {
    json!({"type":"CREATE_CHAT","kind":"direct","members":[to]})
}

fn tell(to: &str, id: &str, content: &str) -> Value {
    json!({"type":"SEND_PERSONAL_MESSAGE","to":to,"message":{"id":id,"content":content}})
}

/// The shape of a direct chat of two bots, without fields of the viewer.
fn direct(id: &Value, seq: u64) -> Value {
    chat(id, "direct", "", seq, 2)
}

pub async fn a_direct_chat_is_announced_to_both_and_reused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut device = server.device(&ann).await;
    let made = ann.command(with(open("BEN"), json!({"requestId":1}))).await;
    let id = made["chatId"].clone();
    let shape = with(direct(&id, 1), json!({"createdBy":ann.user_id}));
    let seen = |of: (&str, &str)| with(seen_by(shape.clone(), "owner", 0), json!({"peer":bot(of.0, of.1, "online")}));
    let own = seen((&ben.user_id, "ben"));
    assert_frame(&made, json!({"type":"NEW_CHAT","requestId":1,"chatId":id,"seq":1,"chat":own}));
    let heard = ben.next().await;
    assert_frame(&heard, json!({"type":"NEW_CHAT","chatId":id,"seq":1,"chat":shape}));
    assert_same_for_all(&heard);
    assert_eq!(device.next().await, heard);
    let again = ben.command(open(&ann.user_id)).await;
    let theirs = seen((&ann.user_id, "ann"));
    assert_frame(&again, json!({"type":"NEW_CHAT","chatId":id,"seq":1,"duplicate":true,"chat":theirs}));
    for asked in
        [json!({"type":"GET_CHAT","chatId":id}), json!({"type":"GET_CHATS"}), json!({"type":"SYNC","chats":{}})]
    {
        let reply = ben.command(asked).await;
        let found = [&reply["chat"], &reply["chats"][0], &reply["newChats"][0]];
        let mut found = found.into_iter().find(|found| found.is_object()).expect("the chat").clone();
        found.as_object_mut().expect("an object").remove("streams");
        assert_frame(&found, theirs.clone());
    }
    let id = id.as_str().expect("an id");
    let synced = ben.command(json!({"type":"SYNC","chats":{id:0}})).await;
    assert_frame(&synced["chats"][0]["chat"], theirs);
    cem.refused(json!({"type":"GET_CHAT","chatId":id}), "NOT_FOUND", "chatId").await;
    for client in [&mut ann, &mut ben, &mut cem, &mut device] {
        client.hears_nothing().await;
    }
}

pub async fn direct_chat_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let _ben = server.user("ben").await;
    let _cem = server.user("cem").await;
    for (more, code, field) in [
        (json!({"members":[]}), "INVALID_ARGUMENT", "members"),
        (json!({"members":["ann"]}), "INVALID_ARGUMENT", "members"),
        (json!({"members":["ben","cem"]}), "INVALID_ARGUMENT", "members"),
        (json!({"members":["nobody"]}), "NOT_FOUND", "members[0]"),
        (json!({"name":"us"}), "INVALID_ARGUMENT", "name"),
        (json!({"description":"us"}), "INVALID_ARGUMENT", "description"),
        (json!({"id":"us"}), "INVALID_ARGUMENT", "id"),
        (json!({"kind":"group","id":"d:us"}), "INVALID_ARGUMENT", "id"),
    ] {
        ann.refused(with(open("ben"), more), code, field).await;
    }
    ann.refused(json!({"type":"CREATE_CHAT","kind":"direct"}), "INVALID_ARGUMENT", "members").await;
    for (command, code, field) in [
        (tell("ann", "a", "hi"), "INVALID_ARGUMENT", "to"),
        (tell("nobody", "a", "hi"), "NOT_FOUND", "to"),
        (tell("ben", "a", " "), "INVALID_ARGUMENT", "message.content"),
        (json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben"}), "INVALID_ARGUMENT", "content"),
        (json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben","content":"hi","replyTo":"x"}), "NOT_FOUND", "replyTo"),
    ] {
        ann.refused(command, code, field).await;
    }
    assert_eq!(ann.command(json!({"type":"GET_CHATS"})).await["chats"], json!([]));
}

pub async fn either_peer_can_delete_but_not_update_a_direct_chat(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let _cem = server.user("cem").await;
    let id = ann.command(open("ben")).await["chatId"].clone();
    ben.next_of("NEW_CHAT").await;
    for command in [
        json!({"type":"UPDATE_CHAT","chatId":id,"name":"us"}),
        json!({"type":"UPDATE_CHAT","chatId":id,"active":false}),
        json!({"type":"ADD_MEMBERS","chatId":id,"members":["cem"]}),
        json!({"type":"REMOVE_MEMBERS","chatId":id,"userIds":[ann.user_id]}),
        json!({"type":"LEAVE_CHAT","chatId":id}),
    ] {
        ben.refused(command, "CONFLICT", "").await;
    }
    say(&mut ann, &id, "hi").await;
    let deleted = ben.reply(json!({"type":"DELETE_CHAT","chatId":id})).await;
    assert_eq!(ann.next_of("CHAT_DELETED").await, event_of(&deleted));
    let made = ann.reply(open("ben")).await;
    assert_eq!((&made["seq"], &made["chat"]["messageCount"], made["chatId"] == id), (&json!(1), &json!(0), false));
    assert!(made.get("duplicate").is_none());
}

pub async fn a_recreated_direct_chat_has_a_new_id_after_sync(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let ben = server.user("ben").await;
    let mut ids = vec![];
    for round in 0..6 {
        // Over a connection that knows the chat, and over one that does not.
        let sent = ann.command(tell("ben", "m", "hi")).await;
        let id = sent["chatId"].clone();
        assert_eq!((&sent["seq"], ids.contains(&id)), (&json!(2), false), "{round}");
        let again = http::command(server.address, Some(&ann.token), &open("ben")).await.json();
        assert_eq!((&again["chatId"], &again["duplicate"]), (&id, &json!(true)), "{round}");
        let again = ann.command(tell("ben", "m", "hi")).await;
        assert_eq!((&again["chatId"], &again["duplicate"]), (&id, &json!(true)), "{round}");
        ids.push(id.clone());
        if round < 5 {
            ann.reply(json!({"type":"DELETE_CHAT","chatId":id})).await;
        }
    }
    let known = ids.iter().take(5).map(|id| (id.as_str().expect("an id").to_owned(), json!(2)));
    let mut ben = server.device(&ben).await;
    let synced = ben.reply(json!({"type":"SYNC","chats":Value::Object(known.collect())})).await;
    let mut removed: Vec<_> = synced["removedChatIds"].as_array().expect("ids").clone();
    removed.sort_by_key(|id| ids.iter().position(|known| known == id));
    assert_eq!(removed, ids[..5]);
    assert_eq!(
        (&synced["newChats"][0]["id"], &synced["newChats"][1], &synced["chats"]),
        (&ids[5], &Value::Null, &json!([]))
    );
}

pub async fn a_personal_message_creates_its_chat_before_it_is_delivered(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut device = server.device(&ann).await;
    let sent = ann.command(with(tell("ben", "a", "hi"), json!({"requestId":1}))).await;
    let id = sent["chatId"].clone();
    let said = with(message(&id, 2, &ann.user_id, "ann", "hi"), json!({"id":"a"}));
    let now = with(direct(&id, 2), json!({"createdBy":ann.user_id,"messageCount":1,"lastMessage":said}));
    assert_frame(&sent, json!({"type":"NEW_MESSAGE","requestId":1,"chatId":id,"seq":2,"message":said,"chat":now}));
    for client in [&mut ben, &mut device] {
        let made = client.next().await;
        let shape = with(direct(&id, 1), json!({"createdBy":ann.user_id}));
        assert_frame(&made, json!({"type":"NEW_CHAT","chatId":id,"seq":1,"chat":shape}));
        let heard = client.next().await;
        assert_eq!(heard, event_of(&sent));
        assert_same_for_all(&heard);
    }
    let again = ann.command(tell(&ben.user_id, "a", "other")).await;
    let shape = with(event_of(&sent), json!({"duplicate":true}));
    assert_frame(&again, shape);
    let answer = ben.command(json!({"type":"SEND_PERSONAL_MESSAGE","to":"ANN","content":"hello","replyTo":"a"})).await;
    assert_eq!((&answer["chatId"], &answer["seq"], &answer["message"]["replyTo"]), (&id, &json!(3), &json!("a")));
    assert_eq!(ann.next().await, event_of(&answer));
    assert_eq!(say(&mut ann, &id, "as to any chat").await["seq"], 4);
    assert_eq!(ben.next().await["seq"], 4);
    ben.refused(tell("ann", "a", "mine"), "CONFLICT", "message.id").await;
}

pub async fn a_personal_message_can_address_an_exact_email(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let (mut ben, _) = signed_up(&server, "ben").await;
    let sent = ann.command(tell("BEN@example.org", "a", "hi")).await;
    assert_eq!((&sent["type"], &sent["chat"]["peer"]), (&json!("NEW_MESSAGE"), &Value::Null), "{sent}");
    assert_eq!(ben.next_of("NEW_MESSAGE").await, event_of(&sent));
    assert!(!sent.to_string().contains("example.org"), "{sent}");
    let second = ann.command(tell("ben", "b", "hi")).await;
    assert_eq!(second["chatId"], sent["chatId"]);
    assert_eq!(ben.next().await, event_of(&second));
    ann.refused(tell("en@example.org", "c", "hi"), "NOT_FOUND", "to").await;
    ben.refused(tell("ben@example.org", "c", "hi"), "INVALID_ARGUMENT", "to").await;
}

pub async fn a_personal_message_over_post_reaches_all_devices(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let answer = support::http::command(server.address, Some(&ann.token), &tell("ben", "a", "hi")).await;
    let reply = answer.json();
    assert_eq!((answer.status, &reply["type"], &reply["seq"]), (200, &json!("NEW_MESSAGE"), &json!(2)));
    for client in [&mut ann, &mut ben] {
        assert_eq!(client.next().await["type"], "NEW_CHAT");
        assert_eq!(client.next().await, reply);
    }
}

pub async fn concurrent_personal_messages_share_one_chat(place: Place) {
    let server = support::start(place).await;
    for round in 0..8 {
        let names = [format!("ann{round}"), format!("ben{round}")];
        let mut ann = server.user(&names[0]).await;
        let mut ben = server.user(&names[1]).await;
        let mut other_ann = server.device(&ann).await;
        let mut other_ben = server.device(&ben).await;
        let (one, two, three, four) = tokio::join!(
            ann.reply(tell(&names[1], "a", "hi")),
            ben.reply(tell(&names[0], "b", "hello")),
            other_ann.reply(open(&names[1])),
            other_ben.reply(open(&names[0])),
        );
        let replies = [&one, &two, &three, &four];
        assert!(replies.iter().all(|reply| reply["chatId"] == one["chatId"]), "{replies:?}");
        let made = [&three, &four].into_iter().filter(|reply| reply.get("duplicate").is_none()).count();
        assert!(made <= 1, "{three} {four}");
        let mut seqs = [one["seq"].as_u64(), two["seq"].as_u64()];
        seqs.sort();
        assert_eq!(seqs, [Some(2), Some(3)]);
        for client in [&mut ann, &mut ben, &mut other_ann, &mut other_ben] {
            assert_eq!(say(client, &one["chatId"], "here").await["chatId"], one["chatId"]);
        }
        let history = ann.reply(json!({"type":"GET_CHAT_HISTORY","chatId":one["chatId"]})).await;
        let seqs: Vec<_> =
            history["messages"].as_array().expect("messages").iter().map(|one| one["seq"].clone()).collect();
        assert_eq!(seqs, [2, 3, 4, 5, 6, 7]);
    }
}

pub async fn events_of_a_racing_direct_chat_are_delivered_in_order(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut one = server.device(&ann).await;
    let mut other = server.device(&ben).await;
    tokio::join!(ann.reply(tell("ben", "a", "hi")), ben.reply(tell("ann", "b", "hello")));
    for client in [&mut one, &mut other] {
        heard_in_order(client, 3).await;
    }
}

async fn heard_in_order(client: &mut Client, last: u64) {
    for seq in 1..=last {
        assert_eq!(client.next().await["seq"], seq);
    }
    client.hears_nothing().await;
}
