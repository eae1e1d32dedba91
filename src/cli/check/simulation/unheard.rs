//! Events that reach a node late or never, and what its connections must hear of them.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::super::simulated_nodes::{self, ADMIN_TOKEN, World};
use super::super::socket::NodeSocket;
use crate::cli::check::Result;
use crate::cluster::NodeReach;

/// The frames of a chat that a device gets after its user was removed on its node, while another node, on which the user
/// has just muted the chat, is slow to tell.
async fn heard_after_leaving(seed: u64) -> Result<Vec<Value>> {
    let world = World::start(seed, 2).await?;
    let mut ann = NodeSocket::connect("simulation://1", ADMIN_TOKEN).await?;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"ben","botUsername":"ben"})).await?;
    let members = [&made["token"]["userId"]];
    ann.command(json!({"type":"CREATE_CHAT","kind":"group","id":"both","name":"both","members":members})).await?;
    let token = made["secret"].as_str().ok_or("no token")?;
    let mut phone = NodeSocket::connect("simulation://0", token).await?;
    let mut desk = NodeSocket::connect("simulation://1", token).await?;
    world.set_delay(300);
    phone.command(json!({"type":"MUTE_CHAT","chatId":"both"})).await?;
    phone.command(json!({"type":"MARK_UNREAD","chatId":"both","seq":1})).await?;
    ann.command(json!({"type":"REMOVE_MEMBERS","chatId":"both","userIds":members})).await?;
    let mut frames = vec![];
    while let Some(frame) = desk.next_within(Duration::from_secs(5)).await? {
        frames.extend((frame["chatId"] == "both").then_some(frame));
    }
    simulated_nodes::end();
    let left = frames.iter().position(|frame| frame["type"] == "MEMBERS_REMOVED").ok_or("the removal is missing")?;
    Ok(frames.split_off(left + 1))
}

#[tokio::test(start_paused = true)]
async fn a_late_event_for_own_devices_is_not_sent_after_the_user_has_left_the_chat() {
    for seed in 0..5 {
        let frames = heard_after_leaving(seed).await.expect("a run");
        assert_eq!(frames, [Value::Null; 0], "seed {seed}");
    }
}

/// The first event of a chat that a connection gets if the event of its user's joining reaches its node after another member
/// has connected there.
async fn hears_of_a_late_joining() -> Result<Value> {
    let world = World::start(23, 2).await?;
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    let ben = ann.command(json!({"type":"CREATE_API_TOKEN","name":"ben","botUsername":"ben"})).await?;
    let cem = ann.command(json!({"type":"CREATE_API_TOKEN","name":"cem","botUsername":"cem"})).await?;
    let mut phone = NodeSocket::connect("simulation://1", ben["secret"].as_str().ok_or("no token")?).await?;
    world.set_reach(0, NodeReach { speaks: false, hears: true });
    let members = [&cem["token"]["userId"]];
    ann.command(json!({"type":"CREATE_CHAT","kind":"group","id":"late","name":"late","members":members})).await?;
    let members = [&ben["token"]["userId"]];
    ann.command(json!({"type":"ADD_MEMBERS","chatId":"late","members":members})).await?;
    let _cem = NodeSocket::connect("simulation://1", cem["secret"].as_str().ok_or("no token")?).await?;
    world.set_reach(0, NodeReach::FULL);
    let mut heard = Value::Null;
    while let Some(frame) = phone.next_within(Duration::from_secs(5)).await? {
        if heard.is_null() && frame["chatId"] == "late" {
            heard = frame["type"].clone();
        }
    }
    simulated_nodes::end();
    Ok(heard)
}

#[tokio::test(start_paused = true)]
async fn a_joining_that_is_heard_after_later_events_were_read_still_subscribes() {
    assert_eq!(hears_of_a_late_joining().await.expect("a run"), json!("NEW_CHAT"));
}

/// True if a connection of a user who was disconnected while its node was cut off has ended soon after the node is back, and
/// a later one stays.
async fn is_disconnected_once() -> Result<[bool; 2]> {
    let world = World::start(29, 2).await?;
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"ben","botUsername":"ben"})).await?;
    let token = made["secret"].as_str().ok_or("no token")?;
    let mut first = NodeSocket::connect("simulation://1", token).await?;
    world.set_reach(1, NodeReach { speaks: true, hears: false });
    ann.command(json!({"type":"DISCONNECT_USER","userId":made["token"]["userId"]})).await?;
    // Long enough for the node to drop its connection, and what has not arrived on it.
    sleep(Duration::from_secs(10)).await;
    let mut later = NodeSocket::connect("simulation://1", token).await?;
    world.set_reach(1, NodeReach::FULL);
    let mut ended = [false; 2];
    for (socket, ended) in [&mut first, &mut later].into_iter().zip(&mut ended) {
        *ended = loop {
            match socket.next_within(Duration::from_secs(10)).await {
                Ok(Some(_)) => {}
                Ok(None) => break false,
                Err(_) => break true,
            }
        };
    }
    simulated_nodes::end();
    Ok(ended)
}

#[tokio::test(start_paused = true)]
async fn a_user_disconnected_while_their_node_was_cut_off_is_disconnected_once_it_is_back() {
    assert_eq!(is_disconnected_once().await.expect("a run"), [true, false]);
}

/// What a user hears of a chat while another sends each message from two devices, on two nodes, at once.
async fn hears_of_repeated_messages(seed: u64) -> Result<Vec<Value>> {
    let world = World::start(seed, 2).await?;
    world.set_delay(150);
    [0, 1].into_iter().for_each(|place| world.set_link(place, 10, 0));
    let mut phone = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    let made = phone.command(json!({"type":"CREATE_API_TOKEN","name":"ben","botUsername":"ben"})).await?;
    let mut ben = NodeSocket::connect("simulation://1", made["secret"].as_str().ok_or("no token")?).await?;
    let members = [&made["token"]["userId"]];
    phone.command(json!({"type":"CREATE_CHAT","kind":"group","id":"both","name":"both","members":members})).await?;
    while ben.next_within(Duration::from_secs(5)).await?.ok_or("no NEW_CHAT")?["type"] != "NEW_CHAT" {}
    let mut desk = NodeSocket::connect("simulation://1", ADMIN_TOKEN).await?;
    for round in 0..10 {
        let command = json!({"type":"SEND_MESSAGE","chatId":"both","content":"once","opId":format!("op-{round}")});
        let (one, other) = tokio::join!(phone.command(command.clone()), desk.command(command));
        one?;
        other?;
    }
    let mut heard = vec![];
    while let Some(frame) = ben.next_within(Duration::from_secs(5)).await? {
        heard.extend((frame["chatId"] == "both").then(|| frame["type"].clone()));
    }
    simulated_nodes::end();
    Ok(heard)
}

#[tokio::test(start_paused = true)]
async fn a_doubted_chat_is_read_without_taking_its_newest_message_for_missed() {
    for seed in 0..40 {
        let heard = hears_of_repeated_messages(seed).await.expect("a run");
        assert_eq!(heard, ["NEW_MESSAGE"; 10], "seed {seed}");
    }
}
