//! Messages sent on one node arrive on all, in one order.

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::stage::cluster;
use crate::bench::bench;
use crate::support::{ADMIN_TOKEN, Client};

/// A group of these users, created by the first; the others have received NEW_CHAT.
pub async fn group(people: &mut [&mut Client]) -> Value {
    let members: Vec<String> = people[1..].iter().map(|person| person.user_id.clone()).collect();
    let made = people[0].reply(json!({"type":"CREATE_CHAT","members":members})).await;
    for person in &mut people[1..] {
        assert_eq!(person.next_of("NEW_CHAT").await["chatId"], made["chatId"]);
    }
    made["chatId"].clone()
}

/// The same, with every node subscribed to the chat, so that ephemeral events arrive too. The first two members, who are
/// on different nodes, have each sent a message: what the others hear shows that their nodes are subscribed.
pub async fn hearing_group(people: &mut [&mut Client]) -> Value {
    let chat = group(people).await;
    for speaker in 0..people.len().min(2) {
        let sent = people[speaker].reply(say(&chat, "hello")).await;
        for (_, person) in people.iter_mut().enumerate().filter(|(place, _)| *place != speaker) {
            person.until(|frame| frame["type"] == "NEW_MESSAGE" && frame["message"] == sent["message"]).await;
        }
    }
    chat
}

pub fn say(chat: &Value, content: &str) -> Value {
    json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"content":content}})
}

/// Reads up to that position of the chat; every position must arrive once and in order.
pub async fn hears_all(client: &mut Client, chat: &Value, seqs: RangeInclusive<u64>) -> Vec<Value> {
    let mut heard = vec![];
    for seq in seqs {
        let frame = client.until(|frame| frame["chatId"] == *chat && frame["seq"].is_u64()).await;
        assert_eq!(frame["seq"], seq, "{frame}");
        heard.push(frame["message"].clone());
    }
    heard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_node_delivers_messages_once_in_one_order() {
    let Some(cluster) = cluster(3).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let mut cem = cluster.user(2, "cem").await;
    let mut device = cluster.device(1, &ann).await;
    let chat = group(&mut [&mut ann, &mut ben, &mut cem]).await;
    device.next_of("NEW_CHAT").await;
    for number in 0..50 {
        for client in [&mut ann, &mut ben, &mut cem] {
            client.send(say(&chat, &number.to_string())).await;
        }
    }
    let mut heard = vec![];
    for client in [&mut ann, &mut ben, &mut cem, &mut device] {
        heard.push(hears_all(client, &chat, 2..=151).await);
    }
    assert!(heard.iter().all(|other| *other == heard[0]), "one order for all");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn joins_and_leaves_take_effect_on_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let mut cem = cluster.user(1, "cem").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"general"})).await;
    let chat = made["chatId"].clone();
    assert_eq!(ben.next_of("CHANNEL_LISTED").await["chat"]["id"], chat);
    ben.reply(json!({"type":"JOIN_CHAT","chatId":chat})).await;
    assert_eq!(ann.next_of("MEMBERS_ADDED").await["seq"], 2);
    ann.reply(json!({"type":"ADD_MEMBERS","chatId":chat,"members":[cem.user_id]})).await;
    assert_eq!(cem.next_of("NEW_CHAT").await["seq"], 3);
    ann.reply(json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[cem.user_id]})).await;
    assert_eq!(cem.next_of("MEMBERS_REMOVED").await["seq"], 4);
    ann.reply(say(&chat, "cem does not hear this")).await;
    hears_all(&mut ben, &chat, 3..=5).await;
    cem.hears_nothing().await;
    ben.reply(json!({"type":"LEAVE_CHAT","chatId":chat})).await;
    assert_eq!(ann.next_of("MEMBERS_REMOVED").await["seq"], 6);
    ann.reply(json!({"type":"ADD_MEMBERS","chatId":chat,"members":[ben.user_id]})).await;
    assert_eq!(ben.next_of("NEW_CHAT").await["seq"], 7);
    ann.reply(json!({"type":"DELETE_CHAT","chatId":chat})).await;
    ben.next_of("CHAT_DELETED").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_direct_chat_is_replaced_by_one_chat_on_all_nodes() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let mut chats: Vec<Value> = vec![];
    for _ in 0..8 {
        // The other node may not have learned yet that the previous chat was deleted.
        let told = tokio::join!(tell(&mut ann, "ben"), tell(&mut ben, "ann"));
        assert_eq!(told.0, told.1);
        assert!(!chats.contains(&told.0), "{} is reused: {chats:?}", told.0);
        ann.reply(json!({"type":"DELETE_CHAT","chatId":told.0})).await;
        chats.push(told.0);
    }
    let known: serde_json::Map<_, _> =
        chats.iter().map(|chat| (chat.as_str().expect("an id").to_owned(), json!(3))).collect();
    let synced = ben.reply(json!({"type":"SYNC","chats":known})).await;
    assert_eq!(synced["removedChatIds"].as_array().map(Vec::len), Some(8), "{synced}");
}

/// Sends a personal message, retrying as needed; returns its chat.
async fn tell(client: &mut Client, to: &str) -> Value {
    loop {
        let told = client.reply(json!({"type":"SEND_PERSONAL_MESSAGE","to":to,"content":"hi"})).await;
        if told["type"] == "NEW_MESSAGE" {
            return told["chatId"].clone();
        }
        assert_eq!(told["code"], "UNAVAILABLE", "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pipelined_replies_keep_order_under_concurrent_writes() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chats = [group(&mut [&mut ann, &mut ben]).await, group(&mut [&mut ann, &mut ben]).await];
    for number in 0..120 {
        let chat = &chats[usize::from(number % 5 == 0)];
        let content = if number % 7 == 0 { " " } else { "x" };
        let mut command = say(chat, content);
        command["requestId"] = number.into();
        ann.send(command).await;
        ben.send(say(chat, "y")).await;
    }
    for number in 0..120 {
        let reply = ann.until(|frame| !frame["requestId"].is_null()).await;
        assert_eq!(reply["requestId"], number, "{reply}");
        assert_eq!(reply["type"] == "ERROR", number % 7 == 0, "{reply}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_reconnecting_to_another_node_miss_nothing() {
    let Some(cluster) = cluster(2).await else { return };
    let [one, two] = [0, 1].map(|node: usize| cluster.nodes[node].url());
    let measure = move || {
        let place = ["--url", &one, "--token", ADMIN_TOKEN, "reconnect", "--node", &two];
        bench(&[&place[..], &["--clients", "60", "--chats", "2"]].concat())
    };
    let report = tokio::task::spawn_blocking(measure).await.expect("a report");
    assert!(report.contains("60 of 60") && report.contains("once in each chat"), "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn delivery_delay_to_another_node_is_measured() {
    let Some(cluster) = cluster(2).await else { return };
    let [near, far] = [0, 1].map(|node| cluster.nodes[node].url());
    let measure = move || {
        bench(&["nodes", "--url", &near, "--node", &far, "--token", ADMIN_TOKEN, "--rate", "50", "--seconds", "1"])
    };
    let report = tokio::task::spawn_blocking(measure).await.expect("a report");
    assert_eq!(
        (report.matches("each once and in order").count(), report.matches("difference").count()),
        (2, 1),
        "{report}"
    );
}
