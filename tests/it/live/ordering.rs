use std::collections::HashMap;

use futures_util::SinkExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::contract::backends::Place;
use crate::support::{self, Client, Server};

/// A large outbox, so that slow test clients do not lag.
const ROOMY: &[(&str, &str)] = &[("OUTBOX_BYTES", "67108864")];

async fn write(client: &mut Client, commands: impl Iterator<Item = Value>) {
    for command in commands {
        client.socket.feed(Message::text(command.to_string())).await.expect("the server reads");
    }
    client.socket.flush().await.expect("the server reads");
}

/// A group of all these; every member has received NEW_CHAT.
async fn group(first: &mut Client, others: &mut [Client]) -> Value {
    let members: Vec<_> = others.iter().map(|client| client.user_id.clone()).collect();
    let made = first.reply(json!({"type":"CREATE_CHAT","name":"all","members":members})).await;
    for other in others {
        assert_eq!(other.next_of("NEW_CHAT").await["chatId"], made["chatId"]);
    }
    made["chatId"].clone()
}

/// The command of a number, and the type of its reply.
fn mixed(number: u64, chat: &Value) -> (Value, &'static str) {
    let (command, kind) = match number % 10 {
        3 => (json!({"type":"PING"}), "PONG"),
        5 => (json!({"type":"NO_SUCH_COMMAND"}), "ERROR"),
        6 => (json!({"type":"GET_CHAT","chatId":chat}), "CHAT"),
        7 => (json!({"type":"UPDATE_CHAT","chatId":chat,"name":format!("name {number}")}), "CHAT_UPDATED"),
        9 => (json!({"type":"SEND_MESSAGE","chatId":chat,"content":""}), "ERROR"),
        _ => (json!({"type":"SEND_MESSAGE","chatId":chat,"content":format!("{number}")}), "NEW_MESSAGE"),
    };
    let mut command = command;
    command["requestId"] = json!(number);
    (command, kind)
}

pub async fn pipelined_commands_are_each_answered_once_in_order(place: Place) {
    let server = support::start_with(place, ROOMY).await;
    let mut ann = server.user("ann").await;
    let chat = group(&mut ann, &mut []).await;
    write(&mut ann, (0..500).map(|number| mixed(number, &chat).0)).await;
    let mut seq = 1;
    for number in 0..500 {
        let reply = ann.next().await;
        assert_eq!(reply["requestId"], number, "{reply}");
        assert_eq!(reply["type"], mixed(number, &chat).1, "{reply}");
        match reply["type"].as_str() {
            Some("NEW_MESSAGE" | "CHAT_UPDATED") => {
                seq += 1;
                assert_eq!(reply["seq"], seq, "{reply}");
            }
            // It takes effect between the sends before and after it.
            Some("CHAT") => assert_eq!(reply["chat"]["seq"], seq, "{reply}"),
            _ => {}
        }
    }
    ann.hears_nothing().await;
}

/// Reads a number of ticks, each the next of the chat's clock; returns the frames.
async fn ticks(client: &mut Client, from: u64, count: u64) -> Vec<Value> {
    let mut frames = vec![];
    for seq in from..from + count {
        let frame = client.next().await;
        assert_eq!(frame["seq"], seq, "{frame}");
        frames.push(frame);
    }
    frames
}

/// A client's replies carry request ids in sending order, and events carry none.
fn check_own_replies(client: &Client, frames: &[Value], sender: usize) {
    let own = |frame: &&Value| frame["message"]["sender"]["id"] == client.user_id.as_str();
    let ids: Vec<_> = frames.iter().filter(own).map(|frame| frame["requestId"].clone()).collect();
    let sent: Vec<_> = (0..200).map(|number| json!(format!("{sender}-{number}"))).collect();
    assert_eq!(ids, sent);
    assert!(frames.iter().filter(|frame| !own(frame)).all(|frame| frame.get("requestId").is_none()));
}

pub async fn all_devices_see_messages_of_eight_senders_in_one_order(place: Place) {
    let server = support::start_with(place, ROOMY).await;
    let mut clients = vec![];
    for number in 0..8 {
        clients.push(server.user(&format!("sender{number}")).await);
    }
    let mut listening = server.user_with(&clients[0].token).await;
    let (first, others) = clients.split_first_mut().expect("eight");
    let chat = group(first, others).await;
    listening.next_of("NEW_CHAT").await;
    let tasks = clients.into_iter().enumerate().map(|(sender, mut client)| {
        let chat = chat.clone();
        tokio::spawn(async move {
            let send = |number| {
                let id = format!("{sender}-{number}");
                json!({"type":"SEND_MESSAGE","chatId":chat,"requestId":id,"message":{"id":id,"content":"hi"}})
            };
            write(&mut client, (0..200).map(send)).await;
            let frames = ticks(&mut client, 2, 1600).await;
            check_own_replies(&client, &frames, sender);
            client.hears_nothing().await;
            order_of(&frames)
        })
    });
    let orders = futures_util::future::join_all(tasks.collect::<Vec<_>>()).await;
    let heard = ticks(&mut listening, 2, 1600).await;
    assert!(heard.iter().all(|frame| frame.get("requestId").is_none()), "a second device hears events only");
    for order in orders {
        assert_eq!(order.expect("a sender"), order_of(&heard));
    }
}

fn order_of(frames: &[Value]) -> Vec<String> {
    frames.iter().map(|frame| frame["message"]["id"].to_string()).collect()
}

/// Pipelines a message per id and reads until each is answered; returns the replies and the events in between.
async fn race(mut client: Client, chat: Value, ids: u64) -> (Vec<Value>, Vec<Value>) {
    let send = |id: u64| {
        let message = json!({"id":format!("id-{id}"),"content":format!("hi {id}")});
        json!({"type":"SEND_MESSAGE","chatId":chat,"requestId":id,"message":message})
    };
    write(&mut client, (0..ids).map(send)).await;
    let mut replies = vec![];
    let mut events = vec![];
    while replies.len() < ids as usize {
        let frame = client.next().await;
        let into = if frame.get("requestId").is_some() { &mut replies } else { &mut events };
        into.push(frame);
    }
    (replies, events)
}

async fn race_all(clients: Vec<Client>, chat: &Value) -> Vec<(Vec<Value>, Vec<Value>)> {
    let racing = clients.into_iter().map(|client| tokio::spawn(race(client, chat.clone(), 100)));
    let ended = futures_util::future::join_all(racing.collect::<Vec<_>>()).await;
    ended.into_iter().map(|end| end.expect("a racer")).collect()
}

async fn watched_group(server: &Server, racers: &mut [Client]) -> (Client, Value) {
    let mut watcher = server.user("watcher").await;
    let chat = group(&mut watcher, racers).await;
    (watcher, chat)
}

pub async fn a_message_id_sent_by_four_devices_is_stored_once(place: Place) {
    let server = support::start_with(place, ROOMY).await;
    let token = server.token_of("ann").await;
    let mut devices = vec![];
    for _ in 0..4 {
        devices.push(server.user_with(&token).await);
    }
    let mut watcher = server.user("watcher").await;
    let made = watcher.reply(json!({"type":"CREATE_CHAT","members":[devices[0].user_id]})).await;
    for device in &mut devices {
        device.next_of("NEW_CHAT").await;
    }
    let ends = race_all(devices, &made["chatId"]).await;
    let heard = ticks(&mut watcher, 2, 100).await;
    watcher.hears_nothing().await;
    let seqs: HashMap<_, _> = heard.iter().map(|frame| (frame["message"]["id"].to_string(), &frame["seq"])).collect();
    assert_eq!(seqs.len(), 100, "each id is stored once");
    let mut firsts = 0;
    for (replies, events) in &ends {
        for (number, reply) in replies.iter().enumerate() {
            assert_eq!((&reply["type"], &reply["requestId"]), (&json!("NEW_MESSAGE"), &json!(number)), "{reply}");
            assert_eq!(&reply["seq"], seqs[&reply["message"]["id"].to_string()], "{reply}");
        }
        let ticked = replies.iter().filter(|reply| reply.get("duplicate").is_none());
        firsts += ticked.clone().count();
        let mut own: Vec<_> = ticked.chain(events).map(|frame| frame["seq"].as_u64()).collect();
        own.sort_unstable();
        own.dedup();
        assert_eq!(own.len(), replies.iter().filter(|r| r.get("duplicate").is_none()).count() + events.len());
    }
    assert_eq!(firsts, 100, "one device gets each message's tick as its reply");
}

pub async fn a_message_id_sent_by_four_users_belongs_to_the_first(place: Place) {
    let server = support::start_with(place, ROOMY).await;
    let mut people = vec![];
    for number in 0..4 {
        people.push(server.user(&format!("racer{number}")).await);
    }
    let names: Vec<_> = people.iter().map(|client| client.user_id.clone()).collect();
    let (mut watcher, chat) = watched_group(&server, &mut people).await;
    let ends = race_all(people, &chat).await;
    let heard = ticks(&mut watcher, 2, 100).await;
    watcher.hears_nothing().await;
    for frame in &heard {
        let id = frame["message"]["id"].as_str().and_then(|id| id.strip_prefix("id-")).expect("an id");
        let number: usize = id.parse().expect("a number");
        for (name, (replies, _)) in names.iter().zip(&ends) {
            let won = frame["message"]["sender"]["id"] == name.as_str();
            let reply = &replies[number];
            let expected = if won { (json!("NEW_MESSAGE"), Value::Null) } else { (json!("ERROR"), json!("CONFLICT")) };
            assert_eq!((reply["type"].clone(), reply["code"].clone()), expected, "{reply}");
            assert!(reply.get("duplicate").is_none(), "{reply}");
        }
    }
}
