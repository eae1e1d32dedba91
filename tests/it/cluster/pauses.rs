//! A resumed node knows that it was paused itself, and not the others.

use std::time::Duration;

use serde_json::json;

use super::delivery::hearing_group;
use super::nodes::Nodes;
use crate::support::{ADMIN_TOKEN, Client};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resumed_node_ends_no_stream_of_another_node() {
    let Some(nodes) = Nodes::start(2, &[]).await else { return };
    let mut bot = nodes.processes[0].user("bot").await;
    let mut ann = nodes.processes[1].user("ann").await;
    ann.sees_presence = true;
    let chat = hearing_group(&mut [&mut bot, &mut ann]).await;
    bot.reply(json!({"type":"START_STREAM","chatId":chat,"message":{"id":"a"}})).await;
    bot.reply(json!({"type":"APPEND_STREAM","chatId":chat,"messageId":"a","content":"so far"})).await;
    ann.next_of("MESSAGE_CHUNK").await;
    nodes.processes[1].pause();
    // Longer than a node's lease.
    tokio::time::sleep(Duration::from_millis(6500)).await;
    nodes.processes[1].go_on();
    // Long enough for it to check the other nodes and to reconnect.
    tokio::time::sleep(Duration::from_millis(2500)).await;
    bot.reply(json!({"type":"END_STREAM","chatId":chat,"messageId":"a"})).await;
    loop {
        let frame = ann.next().await;
        assert_ne!(frame["type"], "STREAM_STOPPED", "the stream continues: {frame}");
        assert!(frame["status"] != "offline" || frame["user"]["id"] != bot.user_id, "the bot is online: {frame}");
        if frame["type"] == "NEW_MESSAGE" {
            break;
        }
    }
    let seen = ann.reply(json!({"type":"GET_PRESENCE","userIds":[bot.user_id]})).await;
    assert_eq!(seen["presences"][0]["status"], "online", "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_of_a_node_that_wakes_begins_again_for_those_who_were_told_that_it_had_stopped() {
    let Some(nodes) = Nodes::start(2, &[]).await else { return };
    let mut bot = nodes.processes[0].user("bot").await;
    let mut ann = nodes.processes[1].user("ann").await;
    let chat = hearing_group(&mut [&mut bot, &mut ann]).await;
    let append = |text: &str| json!({"type":"APPEND_STREAM","chatId":chat,"messageId":"a","content":text});
    bot.reply(json!({"type":"START_STREAM","chatId":chat,"message":{"id":"a"}})).await;
    bot.reply(append("so far")).await;
    ann.next_of("MESSAGE_CHUNK").await;
    nodes.processes[0].pause();
    ann.next_of("STREAM_STOPPED").await;
    nodes.processes[0].go_on();
    bot.reply(append(", so good")).await;
    let mut text: Option<String> = None;
    while text.as_deref() != Some("so far, so good") {
        let frame = ann.until(|frame| frame["messageId"] == "a").await;
        match frame["type"].as_str() {
            Some("STREAM_STARTED") => text = Some(String::new()),
            Some("MESSAGE_CHUNK") => {
                let so_far = text.as_mut().unwrap_or_else(|| panic!("a piece of what had stopped: {frame}"));
                so_far.push_str(frame["content"].as_str().expect("a text"));
            }
            _ => panic!("not expected: {frame}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_disconnected_while_their_node_is_paused_is_disconnected_when_it_wakes_and_once() {
    let Some(nodes) = Nodes::start(2, &[]).await else { return };
    let mut admin = Client::greeted(&nodes.processes[0].url(), ADMIN_TOKEN).await;
    let mut ben = nodes.processes[1].user("ben").await;
    let mut cem = nodes.processes[1].user("cem").await;
    nodes.processes[1].pause();
    // Longer than a link waits for messages before it connects anew.
    tokio::time::sleep(Duration::from_millis(4500)).await;
    admin.reply(json!({"type":"DISCONNECT_USER","userId":ben.user_id})).await;
    nodes.processes[1].go_on();
    assert_eq!(ben.closed().await.expect("a close code").0, 4403);
    // Another is still there, and so is the user who has connected again.
    assert_eq!(cem.reply(json!({"type":"PING"})).await["type"], "PONG");
    let mut again = Client::greeted(&nodes.processes[1].url(), &ben.token).await;
    assert_eq!(again.reply(json!({"type":"PING"})).await["type"], "PONG");
}
