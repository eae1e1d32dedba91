//! Messages streamed on one node can be read, resumed and stopped on all.

use serde_json::{Value, json};

use super::delivery::{hearing_group, say};
use super::stage::{Cluster, cluster};
use crate::support::Client;
use crate::support::proxy::Weather;

fn start(chat: &Value, id: &str) -> Value {
    json!({"type":"START_STREAM","chatId":chat,"message":{"id":id}})
}

fn append(chat: &Value, content: &str) -> Value {
    json!({"type":"APPEND_STREAM","chatId":chat,"messageId":"a","content":content})
}

fn of_stream(kind: &str, chat: &Value) -> Value {
    json!({"type":kind,"chatId":chat,"messageId":"a"})
}

/// The streams of a chat according to SYNC: their texts and next indices.
async fn streams(client: &mut Client, chat: &Value) -> Vec<(String, u64)> {
    let synced = client.reply(json!({"type":"SYNC","chats":{chat.as_str().expect("an id"):1}})).await;
    let streams = synced["chats"][0]["streams"].as_array().unwrap_or_else(|| panic!("no streams: {synced}"));
    let text = |stream: &Value| stream["content"].as_str().expect("a text").to_owned();
    streams.iter().map(|stream| (text(stream), stream["nextIndex"].as_u64().expect("an index"))).collect()
}

/// A bot on the first node that has streamed "so far", and Ann on the second, which has received it.
async fn halfway(cluster: &Cluster) -> (Client, Client, Value) {
    let mut bot = cluster.user(0, "bot").await;
    let mut ann = cluster.user(1, "ann").await;
    let chat = hearing_group(&mut [&mut bot, &mut ann]).await;
    bot.reply(start(&chat, "a")).await;
    bot.reply(append(&chat, "so ")).await;
    bot.reply(append(&chat, "far")).await;
    ann.until(|frame| frame["type"] == "MESSAGE_CHUNK" && frame["index"] == 1).await;
    (bot, ann, chat)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn late_subscribers_on_any_node_receive_the_text_so_far() {
    let Some(cluster) = cluster(3).await else { return };
    let (mut bot, mut ann, chat) = halfway(&cluster).await;
    let so_far = vec![("so far".to_owned(), 2)];
    // This node received it from the start, the third node received none of it.
    assert_eq!(streams(&mut ann, &chat).await, so_far);
    let mut phone = cluster.device(2, &ann).await;
    assert_eq!(streams(&mut phone, &chat).await, so_far);
    bot.reply(append(&chat, " so good")).await;
    for reader in [&mut ann, &mut phone] {
        assert_eq!(reader.next_of("MESSAGE_CHUNK").await["index"], 2);
        assert_eq!(streams(reader, &chat).await, [("so far so good".to_owned(), 3)]);
    }
    let kept = bot.reply(of_stream("END_STREAM", &chat)).await;
    for reader in [&mut ann, &mut phone] {
        assert_eq!(reader.next_of("NEW_MESSAGE").await["message"], kept["message"]);
        assert_eq!(streams(reader, &chat).await, []);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_can_be_requested_from_any_node() {
    let Some(cluster) = cluster(3).await else { return };
    let (mut bot, mut ann, chat) = halfway(&cluster).await;
    let mut phone = cluster.device(2, &ann).await;
    let stopped = ann.reply(of_stream("STOP_STREAM", &chat)).await;
    assert_eq!((&stopped["type"], stopped.get("duplicate")), (&json!("STREAM_STOPPED"), None));
    let asked = json!({"type":"STOP_REQUESTED","chatId":chat,"messageId":"a","by":ann.user_id});
    assert_eq!(bot.next().await, asked);
    // The author's node notified this one too, slightly later.
    while phone.reply(of_stream("STOP_STREAM", &chat)).await["duplicate"] != true {}
    bot.hears_nothing().await;
    bot.reply(of_stream("END_STREAM", &chat)).await;
    assert_eq!(ann.next_of("NEW_MESSAGE").await["message"]["content"], "so far");
    assert_eq!(ann.reply(of_stream("STOP_STREAM", &chat)).await["duplicate"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_stream_can_be_ended_from_another_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut bot = cluster.user(0, "bot").await;
    let mut ann = cluster.user(1, "ann").await;
    let chat = hearing_group(&mut [&mut bot, &mut ann]).await;
    let mut other = cluster.device(1, &bot).await;
    bot.reply(start(&chat, "a")).await;
    other.next_of("STREAM_STARTED").await;
    other.refused(append(&chat, "x"), "CONFLICT", "messageId").await;
    ann.next_of("STREAM_STARTED").await;
    ann.refused(append(&chat, "x"), "FORBIDDEN", "messageId").await;
    other.reply(of_stream("STOP_STREAM", &chat)).await;
    assert_eq!(ann.next().await, of_stream("STREAM_STOPPED", &chat));
    assert_eq!(bot.next().await, of_stream("STREAM_STOPPED", &chat));
    other.hears_nothing().await;
    assert_eq!(streams(&mut ann, &chat).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_end_with_their_nodes_lease_and_return_with_it() {
    let Some(cluster) = cluster(3).await else { return };
    let (mut bot, mut ann, chat) = halfway(&cluster).await;
    let mut phone = cluster.device(2, &ann).await;
    cluster.proxies[0].set(Weather::Cut);
    for reader in [&mut ann, &mut phone] {
        assert_eq!(reader.next_of("STREAM_STOPPED").await, of_stream("STREAM_STOPPED", &chat));
        assert_eq!(streams(reader, &chat).await, []);
    }
    // It was only partitioned.
    bot.reply(append(&chat, ", and ")).await;
    cluster.proxies[0].set(Weather::Fair);
    cluster.until_bus(0, "ok").await;
    while streams(&mut ann, &chat).await != [("so far, and ".to_owned(), 3)] {}
    bot.reply(append(&chat, "on")).await;
    assert_eq!(ann.next_of("MESSAGE_CHUNK").await["index"], 3);
    assert_eq!(streams(&mut ann, &chat).await, [("so far, and on".to_owned(), 4)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn missed_chunks_are_requested() {
    let Some(cluster) = cluster(2).await else { return };
    let (mut bot, mut ann, chat) = halfway(&cluster).await;
    cluster.proxies[1].set(Weather::Cut);
    cluster.until_bus(1, "away").await;
    bot.reply(append(&chat, ", unheard")).await;
    cluster.proxies[1].set(Weather::Fair);
    cluster.until_bus(1, "ok").await;
    assert_eq!(streams(&mut ann, &chat).await, [("so far, unheard".to_owned(), 3)]);
    // A missed end with a message needs no event; without a message, readers are notified.
    bot.reply(start(&chat, "blank")).await;
    ann.next_of("STREAM_STARTED").await;
    cluster.proxies[1].set(Weather::Cut);
    cluster.until_bus(1, "away").await;
    bot.reply(of_stream("END_STREAM", &chat)).await;
    bot.reply(json!({"type":"STOP_STREAM","chatId":chat,"messageId":"blank"})).await;
    assert_eq!(ann.next_of("NEW_MESSAGE").await["message"]["id"], "a");
    cluster.proxies[1].set(Weather::Fair);
    assert_eq!(ann.next_of("STREAM_STOPPED").await["messageId"], "blank");
    ann.hears_nothing().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_streams_id_is_reserved_on_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let (mut bot, _ann, chat) = halfway(&cluster).await;
    let mut other = cluster.user(1, "other-bot").await;
    bot.reply(json!({"type":"ADD_MEMBERS","chatId":chat,"members":["other-bot"]})).await;
    other.next_of("NEW_CHAT").await;
    let mut sent = say(&chat, "mine");
    sent["message"]["id"] = json!("a");
    other.refused(start(&chat, "a"), "CONFLICT", "message.id").await;
    other.refused(sent.clone(), "CONFLICT", "message.id").await;
    let mut stranger = cluster.user(1, "stranger").await;
    stranger.refused(sent, "NOT_FOUND", "chatId").await;
    bot.reply(of_stream("END_STREAM", &chat)).await;
    other.next_of("NEW_MESSAGE").await;
    other.refused(start(&chat, "a"), "CONFLICT", "message.id").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_removed_member_stops_streaming_on_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(1, "ann").await;
    let mut bot = cluster.user(0, "bot").await;
    let chat = hearing_group(&mut [&mut ann, &mut bot]).await;
    bot.reply(start(&chat, "a")).await;
    ann.next_of("STREAM_STARTED").await;
    ann.reply(json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[bot.user_id]})).await;
    assert_eq!(bot.next_of("STREAM_STOPPED").await["messageId"], "a");
    assert_eq!(ann.next_of("STREAM_STOPPED").await["messageId"], "a");
    assert_eq!(streams(&mut ann, &chat).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_without_subscribers_receive_no_chunks() {
    let Some(cluster) = cluster(2).await else { return };
    let mut bot = cluster.user(0, "bot").await;
    let mut ann = cluster.user(1, "ann").await;
    let chat = hearing_group(&mut [&mut bot]).await;
    let other = hearing_group(&mut [&mut bot, &mut ann]).await;
    bot.reply(start(&chat, "a")).await;
    bot.reply(append(&chat, "so far")).await;
    // When this has arrived, earlier events have too.
    bot.reply(say(&other, "now")).await;
    ann.next_of("NEW_MESSAGE").await;
    assert_eq!((cluster.hearing(&chat).await, cluster.hearing(&other).await), (1, 2));
}
