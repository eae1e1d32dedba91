//! A resumed node knows that it was paused itself, and not the others.

use std::time::Duration;

use serde_json::json;

use super::delivery::hearing_group;
use super::nodes::Nodes;

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
