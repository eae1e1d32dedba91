//! Large chats: data that would cost members × members is sent on request only.

use serde_json::{Value, json};

use super::chats::made;
use super::sync::say;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, event_of};
use crate::support::{self, Client, Server};

/// A server on which a chat of three is large.
async fn server(place: Place) -> Server {
    support::start_with(place, &[("LARGE_CHAT_MEMBERS", "2")]).await
}

/// A user that receives presence and typing events.
async fn watcher(server: &Server, name: &str) -> Client {
    let mut client = server.user(name).await;
    client.sees_presence = true;
    client.hears_deliveries = true;
    client
}

async fn large(client: &mut Client, chat: &Value) -> Value {
    client.reply(json!({"type":"GET_CHAT","chatId":chat})).await["chat"]["large"].clone()
}

async fn set_presence(client: &mut Client, status: &str) -> Value {
    client.reply(json!({"type":"SET_PRESENCE","status":status})).await
}

pub async fn a_chat_is_large_only_above_the_threshold(place: Place) {
    let server = server(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut stranger = Client::connect(&server.url()).await;
    assert_eq!(stranger.next().await["limits"]["largeChatMembers"], 2);
    let hall = made(&mut ann, "channel", "hall", &mut [&mut ben]).await;
    assert_eq!(large(&mut ann, &hall).await, Value::Null);
    let joined = cem.reply(json!({"type":"JOIN_CHAT","chatId":hall,"opId":"join"})).await;
    assert_eq!((&joined["seq"], &joined["chat"]["large"]), (&json!(2), &json!(true)));
    let again = cem.reply(json!({"type":"JOIN_CHAT","chatId":hall,"opId":"join"})).await;
    assert_eq!((&again["duplicate"], &again["chat"]["large"]), (&json!(true), &json!(true)));
    assert_eq!(large(&mut ann, &hall).await, true);
    let listed = ben.reply(json!({"type":"GET_CHATS"})).await;
    assert_eq!(listed["chats"][0]["large"], true);
    let synced = ben.reply(json!({"type":"SYNC","chats":{}})).await;
    assert_eq!(synced["newChats"][0]["large"], true);
    let synced = ben.reply(json!({"type":"SYNC","chats":{hall.as_str().expect("an id"):1}})).await;
    assert_eq!(synced["chats"][0]["chat"]["large"], true);
    let updated = ann.reply(json!({"type":"UPDATE_CHAT","chatId":hall,"description":"wide"})).await;
    assert_eq!((&updated["seq"], &updated["chat"]["large"]), (&json!(3), &json!(true)));
    cem.reply(json!({"type":"LEAVE_CHAT","chatId":hall})).await;
    assert_eq!(large(&mut ann, &hall).await, Value::Null);
    let synced = ben.reply(json!({"type":"SYNC","chats":{hall.as_str().expect("an id"):3}})).await;
    assert_eq!((&synced["chats"][0]["seq"], &synced["chats"][0]["chat"]["large"]), (&json!(4), &Value::Null));
}

pub async fn large_chats_serve_presence_only_on_request(place: Place) {
    let server = server(place).await;
    let mut ann = watcher(&server, "ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let hall = made(&mut ann, "group", "hall", &mut [&mut ben, &mut cem]).await;
    made(&mut ann, "group", "den", &mut [&mut ben]).await;
    set_presence(&mut cem, "away").await;
    ann.hears_nothing().await;
    let list = ann.reply(json!({"type":"GET_PRESENCE","chatId":hall})).await;
    let told = list["presences"].as_array().expect("presences").clone();
    assert!(told.contains(&json!({"userId":cem.user_id,"status":"away"})), "{told:?}");
    // Members who also share a small chat are notified once.
    let reply = set_presence(&mut ben, "away").await;
    assert_eq!(ann.next().await, event_of(&reply));
    ann.hears_nothing().await;
    // A new connection receives no presence and causes none.
    let token = cem.token.clone();
    drop(cem);
    let mut cem = server.user_with(&token).await;
    cem.sees_presence = true;
    cem.hears_nothing().await;
    ann.hears_nothing().await;
    // The chat becomes small when the third member leaves.
    ben.reply(json!({"type":"LEAVE_CHAT","chatId":hall})).await;
    ann.next_of("MEMBERS_REMOVED").await;
    let reply = set_presence(&mut cem, "away").await;
    assert_eq!(ann.next().await, event_of(&reply));
}

pub async fn marks_in_a_large_chat_reach_only_the_users_devices(place: Place) {
    let server = server(place).await;
    let mut ann = watcher(&server, "ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let hall = made(&mut ann, "group", "hall", &mut [&mut ben, &mut cem]).await;
    let mut phone = server.device(&ben).await;
    phone.hears_nothing().await;
    say(&mut ann, &hall, "hello").await;
    let marked = ben.reply(json!({"type":"MARK_READ","chatId":hall})).await;
    assert_frame(
        &marked,
        json!({"type":"MESSAGE_READ","requestId":"<any>","chatId":hall,"userId":ben.user_id,"seq":2,"at":"<time>"}),
    );
    assert_eq!(phone.next_of("MESSAGE_READ").await, event_of(&marked));
    let mark = json!({"type":"MARK_DELIVERED","chatId":hall,"seq":2});
    let delivered = phone.reply(mark.clone()).await;
    assert_eq!(delivered["type"], "MESSAGE_DELIVERED", "{delivered}");
    cem.reply(mark).await;
    // Stored like any other mark, and sent only to the user's own devices.
    let members = ann.reply(json!({"type":"GET_MEMBERS","chatId":hall})).await["members"].clone();
    let ben_is = |member: &&Value| member["user"]["id"] == ben.user_id.as_str();
    let member = members.as_array().expect("members").iter().find(ben_is).expect("a member");
    assert_eq!((&member["readSeq"], &member["deliveredSeq"]), (&json!(2), &json!(2)));
    let chat = ben.reply(json!({"type":"GET_CHAT","chatId":hall})).await["chat"].clone();
    assert_eq!((&chat["readSeq"], &chat["unreadCount"]), (&json!(2), &json!(0)));
    while state(&mut ann, &hall, "hello").await["deliveredCount"] != 2 {}
    ann.hears_nothing().await;
}

/// The READ_STATE of the message with that content.
async fn state(client: &mut Client, chat: &Value, content: &str) -> Value {
    let history = client.reply(json!({"type":"GET_CHAT_HISTORY","chatId":chat})).await;
    let is_it = |message: &&Value| message["content"] == content;
    let id = history["messages"].as_array().expect("messages").iter().find(is_it).expect("a message")["id"].clone();
    client.reply(json!({"type":"GET_READ_STATE","chatId":chat,"messageId":id})).await
}

pub async fn authors_can_query_reader_counts(place: Place) {
    let server = server(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut stranger = server.user("dan").await;
    let hall = made(&mut ann, "group", "hall", &mut [&mut ben, &mut cem]).await;
    let den = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let first = json!({"type":"SEND_MESSAGE","chatId":hall,"message":{"id":"first","content":"first"}});
    ann.reply(first).await;
    let asked = json!({"type":"GET_READ_STATE","chatId":hall,"messageId":"first"});
    let shape = |read: u64, delivered: Value| {
        json!({"type":"READ_STATE","requestId":"<any>","chatId":hall,"messageId":"first","readCount":read,
            "deliveredCount":delivered,"memberCount":3})
    };
    assert_frame(&ann.reply(asked.clone()).await, shape(0, json!("<any>")));
    ben.reply(json!({"type":"MARK_READ","chatId":hall})).await;
    assert_frame(&ann.reply(asked.clone()).await, shape(1, json!("<any>")));
    // The author's own mark does not count, nor does one behind the message.
    ann.reply(json!({"type":"MARK_READ","chatId":hall})).await;
    cem.reply(json!({"type":"MARK_READ","chatId":hall,"seq":1})).await;
    cem.reply(json!({"type":"MARK_DELIVERED","chatId":hall,"seq":2})).await;
    assert_frame(&ann.reply(asked.clone()).await, shape(1, json!(2)));
    cem.reply(json!({"type":"MARK_READ","chatId":hall})).await;
    assert_frame(&ann.reply(asked.clone()).await, shape(2, json!(2)));
    // Former members do not count.
    cem.reply(json!({"type":"LEAVE_CHAT","chatId":hall})).await;
    let left = ann.reply(asked.clone()).await;
    assert_eq!((&left["readCount"], &left["memberCount"]), (&json!(1), &json!(2)));
    // The same in a small chat.
    say(&mut ann, &den, "quiet").await;
    assert_eq!(state(&mut ann, &den, "quiet").await["readCount"], 0);
    ben.reply(json!({"type":"MARK_READ","chatId":den})).await;
    assert_eq!(state(&mut ann, &den, "quiet").await["readCount"], 1);
    let refused = async |client: &mut Client, code: &str, field: &str| {
        let reply = client.reply(asked.clone()).await;
        assert_eq!((&reply["code"], &reply["field"]), (&json!(code), &json!(field)), "{reply}");
    };
    refused(&mut ben, "FORBIDDEN", "messageId").await;
    refused(&mut stranger, "NOT_FOUND", "chatId").await;
    let unknown = ann.reply(json!({"type":"GET_READ_STATE","chatId":hall,"messageId":"none"})).await;
    assert_eq!((&unknown["code"], &unknown["field"]), (&json!("NOT_FOUND"), &json!("messageId")));
}

pub async fn typing_in_a_large_chat_shows_at_most_five_users(place: Place) {
    let server = server(place).await;
    let mut ann = server.user("ann").await;
    let mut typists = vec![];
    for number in 0..7 {
        typists.push(server.user(&format!("typist{number}")).await);
    }
    let mut members: Vec<&mut Client> = typists.iter_mut().collect();
    let hall = made(&mut ann, "group", "hall", &mut members).await;
    let typing = |typing: bool| json!({"type":"SET_TYPING","chatId":hall,"typing":typing});
    for typist in &mut typists {
        assert_eq!(typist.reply(typing(true)).await["type"], "TYPING");
    }
    for typist in &typists[..5] {
        let told = ann.next_of("TYPING").await;
        assert_eq!((&told["user"]["id"], &told["typing"]), (&json!(typist.user_id), &json!(true)));
    }
    ann.hears_nothing().await;
    // Typing that was not shown ends silently; a shown one that ends frees its slot.
    typists[6].reply(typing(false)).await;
    ann.hears_nothing().await;
    typists[0].reply(typing(false)).await;
    assert_eq!(ann.next_of("TYPING").await["typing"], false);
    typists[5].reply(typing(true)).await;
    let told = ann.next_of("TYPING").await;
    assert_eq!((&told["user"]["id"], &told["typing"]), (&json!(typists[5].user_id), &json!(true)));
}

pub async fn presence_is_batched_for_clients_with_the_capability(place: Place) {
    let server = support::start(place).await;
    let mut ann = watcher(&server, "ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut dora = watcher(&server, "dora").await;
    made(&mut ann, "group", "den", &mut [&mut ben, &mut cem, &mut dora]).await;
    let capabilities = ann.reply(json!({"type":"SET_CAPABILITIES"})).await;
    assert_frame(&capabilities, json!({"type":"CAPABILITIES","requestId":"<any>","presenceBatches":false}));
    let capabilities = ann.reply(json!({"type":"SET_CAPABILITIES","presenceBatches":true})).await;
    assert_eq!(capabilities["presenceBatches"], true);
    let single = [event_of(&set_presence(&mut ben, "away").await), event_of(&set_presence(&mut cem, "away").await)];
    let mut told: Vec<Value> = vec![];
    while told.len() < 2 {
        let batch = ann.next().await;
        assert_eq!((&batch["type"], batch.get("user")), (&json!("PRESENCE"), None), "{batch}");
        told.extend(batch["users"].as_array().expect("users").clone());
    }
    for (told, single) in told.iter().zip(&single) {
        let user = &single["user"];
        let status = &single["status"];
        assert_frame(told, json!({"user":user,"status":status}));
    }
    for single in &single {
        assert_eq!(dora.next().await, *single);
    }
    drop(cem);
    let batch = ann.next().await;
    let gone = dora.next().await;
    assert_frame(
        &batch,
        json!({"type":"PRESENCE","users":[
        {"user":gone["user"],"status":"offline","lastSeenAt":gone["lastSeenAt"]}]}),
    );
    ann.reply(json!({"type":"SET_CAPABILITIES","presenceBatches":false})).await;
    let single = event_of(&set_presence(&mut ben, "online").await);
    assert_eq!(ann.next().await, single);
}
