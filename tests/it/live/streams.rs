use serde_json::{Value, json};

use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_same_for_all, event_of, message, with};
use crate::support::{self, Client, Server};

fn start(id: &str) -> Value {
    json!({"type":"START_STREAM","chatId":"den","message":{"id":id,"role":"assistant"}})
}

fn append(id: &str, content: &str) -> Value {
    json!({"type":"APPEND_STREAM","chatId":"den","messageId":id,"content":content})
}

fn end(id: &str) -> Value {
    json!({"type":"END_STREAM","chatId":"den","messageId":id})
}

fn stop(id: &str) -> Value {
    json!({"type":"STOP_STREAM","chatId":"den","messageId":id})
}

/// The shape of a streamed message.
fn streamed(bot: &Client, id: &str, seq: u64, content: &str) -> Value {
    let shape = message(&json!("den"), seq, &bot.user_id, "bot", content);
    with(shape, json!({"id":id,"role":"assistant"}))
}

/// A bot and Ann in a group "den".
async fn den(server: &Server) -> (Client, Client) {
    let mut bot = server.user("bot").await;
    let mut ann = server.person("ann").await;
    let made = bot.command(json!({"type":"CREATE_CHAT","id":"den","name":"den","members":["ann"]})).await;
    assert_eq!(made["type"], "NEW_CHAT", "{made}");
    assert_eq!(ann.next().await["type"], "NEW_CHAT");
    (bot, ann)
}

async fn streams(client: &mut Client) -> Value {
    let mut synced = client.reply(json!({"type":"SYNC","chats":{"den":1}})).await;
    synced["chats"][0]["streams"].take()
}

pub async fn a_stream_is_delivered_in_chunks_and_stored_once(place: Place) {
    let server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    let mut other = server.device(&bot).await;
    other.hears_nothing().await;
    let begun = bot.command(with(start("a"), json!({"requestId":1}))).await;
    let shape = json!({"type":"STREAM_STARTED","chatId":"den","messageId":"a","message":streamed(&bot, "a", 0, "")});
    assert_frame(&begun, with(shape, json!({"requestId":1})));
    for (index, part) in ["It ", "is ", " so."].into_iter().enumerate() {
        let reply = bot.command(append("a", part)).await;
        assert_eq!(reply, json!({"type":"STREAM_APPENDED","chatId":"den","messageId":"a","index":index}));
    }
    let kept = bot.command(end("a")).await;
    let whole = streamed(&bot, "a", 2, "It is  so.");
    assert_frame(&kept, json!({"type":"NEW_MESSAGE","chatId":"den","seq":2,"message":whole}));
    for reader in [&mut ann, &mut other] {
        let event = reader.next().await;
        assert_same_for_all(&event);
        assert_eq!(event, event_of(&begun));
        for (index, content) in ["It ", "is ", " so."].into_iter().enumerate() {
            let chunk = json!({"type":"MESSAGE_CHUNK","chatId":"den","messageId":"a","content":content,"index":index});
            assert_eq!(reader.next().await, chunk);
        }
        assert_eq!(reader.next().await, kept);
        reader.hears_nothing().await;
    }
    let again = bot.command(end("a")).await;
    assert_eq!(again, with(kept.clone(), json!({"duplicate":true})));
    bot.refused(append("a", "more"), "NOT_FOUND", "messageId").await;
    bot.refused(start("a"), "CONFLICT", "message.id").await;
    let history = ann.command(json!({"type":"GET_CHAT_HISTORY","chatId":"den"})).await;
    assert_eq!(history["messages"], json!([kept["message"]]));
    assert_eq!(streams(&mut ann).await, json!([]));
}

pub async fn the_final_text_may_differ_from_the_chunks(place: Place) {
    let server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    bot.command(start("a")).await;
    bot.command(append("a", "a draft")).await;
    let long = "x".repeat(65_536);
    let kept = bot.command(with(end("a"), json!({"content":long}))).await;
    assert_eq!(kept["message"]["content"], json!(long));
    assert_eq!(ann.next_of("NEW_MESSAGE").await, kept);
    let read = ann.command(json!({"type":"GET_MESSAGE","chatId":"den","messageId":"a"})).await;
    assert_eq!(read["message"], kept["message"]);
}

pub async fn a_late_subscriber_receives_the_text_so_far(place: Place) {
    let server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    bot.command(start("a")).await;
    bot.command(append("a", "so ")).await;
    bot.command(append("a", "far")).await;
    let mut phone = server.device(&ann).await;
    let so_far = with(streamed(&bot, "a", 0, "so far"), json!({"nextIndex":2}));
    assert_frame(&streams(&mut phone).await, json!([so_far]));
    assert_frame(&streams(&mut ann).await, json!([so_far]));
    bot.command(append("a", " so good")).await;
    assert_eq!(phone.next().await["index"], 2);
    bot.command(end("a")).await;
    assert_eq!(phone.next().await["message"]["content"], "so far so good");
    assert_eq!(streams(&mut phone).await, json!([]));
}

pub async fn any_member_can_request_a_stop(place: Place) {
    let server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    let mut phone = server.device(&ann).await;
    bot.command(start("a")).await;
    bot.command(append("a", "It goes on and on")).await;
    let stopped = ann.reply(stop("a")).await;
    let shape = json!({"type":"STREAM_STOPPED","chatId":"den","messageId":"a","requestId":"<id>"});
    assert_frame(&stopped, shape.clone());
    let asked = json!({"type":"STOP_REQUESTED","chatId":"den","messageId":"a","by":ann.user_id});
    assert_eq!(bot.next().await, asked);
    let again = phone.reply(stop("a")).await;
    assert_frame(&again, with(shape.clone(), json!({"duplicate":true})));
    bot.hears_nothing().await;
    bot.command(end("a")).await;
    assert_eq!(ann.next_of("NEW_MESSAGE").await["message"]["content"], "It goes on and on");
    assert_frame(&ann.reply(stop("a")).await, with(shape, json!({"duplicate":true})));
    ann.refused(stop("b"), "NOT_FOUND", "messageId").await;
}

pub async fn a_disconnected_authors_partial_text_is_stored(place: Place) {
    let server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    bot.command(start("a")).await;
    bot.command(append("a", "half of it")).await;
    bot.command(start("blank")).await;
    let expected = streamed(&bot, "a", 2, "half of it");
    drop(bot);
    let mut ends = [
        ann.until(|frame| frame["type"] != "STREAM_STARTED" && frame["type"] != "MESSAGE_CHUNK").await,
        ann.next().await,
    ];
    ends.sort_by_key(|frame| frame["type"].to_string());
    assert_frame(&ends[0]["message"], with(expected, json!({"metadata":{"interrupted":true}})));
    assert_eq!(ends[1], json!({"type":"STREAM_STOPPED","chatId":"den","messageId":"blank"}));
    assert_eq!(streams(&mut ann).await, json!([]));
}

pub async fn a_stopping_server_stores_partial_streams(place: Place) {
    let repository = place.repository.clone();
    let mut server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    bot.command(start("a")).await;
    bot.command(append("a", "half of it")).await;
    let closed = server.while_stopping(async { (bot.closed().await, ann.closed().await) }).await;
    assert_eq!(closed.0.map(|(code, _)| code), Some(1012));
    let kept = repository.message(&"den".into(), &"a".into()).await.expect("an answer").expect("a message");
    assert_eq!((kept.content.as_str(), kept.metadata.is_some()), ("half of it", true));
}

pub async fn removed_members_stop_streaming(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut bot = server.user("bot").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den","members":["bot"]})).await;
    bot.next().await;
    bot.command(start("a")).await;
    bot.command(append("a", "half of it")).await;
    ann.next_of("MESSAGE_CHUNK").await;
    let stopped = ann.command(json!({"type":"REMOVE_MEMBERS","chatId":"den","userIds":[bot.user_id]})).await;
    assert_eq!(stopped["type"], "STREAM_STOPPED", "the remover receives it too: {stopped}");
    assert_eq!(ann.next().await["type"], "MEMBERS_REMOVED");
    assert_eq!(bot.next_of("STREAM_STOPPED").await["messageId"], "a");
    bot.next_of("MEMBERS_REMOVED").await;
    bot.refused(append("a", "more"), "NOT_FOUND", "chatId").await;
    bot.refused(start("b"), "NOT_FOUND", "chatId").await;
    assert_eq!(streams(&mut ann).await, json!([]));
}

pub async fn an_empty_stream_stores_no_message(place: Place) {
    let server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    bot.command(start("a")).await;
    assert_eq!(ann.next().await["type"], "STREAM_STARTED");
    let nothing = bot.command(append("a", "")).await;
    assert_eq!(nothing, json!({"type":"STREAM_APPENDED","chatId":"den","messageId":"a","index":0}));
    let stopped = bot.command(with(end("a"), json!({"requestId":7}))).await;
    assert_eq!(stopped, json!({"type":"STREAM_STOPPED","chatId":"den","messageId":"a","requestId":7}));
    assert_eq!(ann.next().await, event_of(&stopped));
    ann.hears_nothing().await;
    assert_eq!(streams(&mut ann).await, json!([]));
    bot.command(start("b")).await;
    bot.command(append("b", "It ")).await;
    let last = bot.command(append("b", "")).await;
    assert_eq!(last["index"], 0, "the index of the last piece");
    assert_eq!(bot.command(append("b", "is")).await["index"], 1);
    assert_eq!(bot.command(end("b")).await["message"]["content"], "It is");
    let history = ann.reply(json!({"type":"GET_CHAT_HISTORY","chatId":"den"})).await;
    assert_eq!(history["messages"].as_array().map(Vec::len), Some(1), "{history}");
}

pub async fn an_archived_chat_rejects_streams_and_typing(place: Place) {
    let server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    bot.command(start("a")).await;
    bot.command(append("a", "half of it")).await;
    ann.next_of("MESSAGE_CHUNK").await;
    ann.command(json!({"type":"SET_TYPING","chatId":"den","typing":true})).await;
    assert_eq!(bot.next().await["typing"], true);
    let mut other = server.device(&bot).await;
    other.hears_nothing().await;
    let archived = other.command(json!({"type":"UPDATE_CHAT","chatId":"den","active":false})).await;
    for client in [&mut bot, &mut ann] {
        let typing = client.next().await;
        assert_eq!((&typing["type"], &typing["typing"]), (&json!("TYPING"), &json!(false)), "{typing}");
        assert_eq!(client.next().await, json!({"type":"STREAM_STOPPED","chatId":"den","messageId":"a"}));
        assert_eq!(client.next_of("CHAT_UPDATED").await["chat"]["active"], false);
    }
    assert_eq!(archived["type"], "TYPING", "the archiving user receives it too: {archived}");
    other.next_of("STREAM_STOPPED").await;
    assert_eq!(other.next().await["type"], "CHAT_UPDATED");
    bot.refused(append("a", "more"), "NOT_FOUND", "messageId").await;
}

pub async fn a_long_streamed_message_can_be_edited(place: Place) {
    let server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    bot.command(start("a")).await;
    bot.command(append("a", &"x".repeat(20_000))).await;
    bot.command(end("a")).await;
    let edit = |content: String| json!({"type":"EDIT_MESSAGE","chatId":"den","messageId":"a","content":content});
    let edited = bot.command(edit("y".repeat(65_536))).await;
    assert_eq!(edited["message"]["content"].as_str().map(str::len), Some(65_536));
    assert_eq!(ann.next_of("MESSAGE_EDITED").await, edited);
    bot.refused(edit("y".repeat(65_537)), "TOO_LARGE", "content").await;
    let sent = ann.reply(json!({"type":"SEND_MESSAGE","chatId":"den","content":"mine"})).await;
    let long =
        json!({"type":"EDIT_MESSAGE","chatId":"den","messageId":sent["message"]["id"],"content":"y".repeat(4097)});
    assert_eq!(ann.reply(long).await["code"], "TOO_LARGE");
}

pub async fn stream_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let (mut bot, mut ann) = den(&server).await;
    ann.refused(start("a"), "FORBIDDEN", "").await;
    bot.refused(start("not ok"), "INVALID_ARGUMENT", "message.id").await;
    let answer = json!({"type":"START_STREAM","chatId":"den","message":{"replyTo":"nothing"}});
    bot.refused(answer, "NOT_FOUND", "message.replyTo").await;
    bot.command(start("a")).await;
    ann.next().await;
    assert_eq!(bot.command(start("a")).await["duplicate"], true);
    bot.refused(append("b", "x"), "NOT_FOUND", "messageId").await;
    bot.refused(end("b"), "NOT_FOUND", "messageId").await;
    ann.refused(append("a", "x"), "FORBIDDEN", "messageId").await;
    ann.refused(end("a"), "FORBIDDEN", "messageId").await;
    let taken = json!({"type":"SEND_MESSAGE","chatId":"den","message":{"id":"a","content":"mine"}});
    ann.refused(taken, "CONFLICT", "message.id").await;
    bot.command(append("a", &"x".repeat(65_000))).await;
    bot.refused(append("a", &"x".repeat(600)), "TOO_LARGE", "content").await;
    bot.refused(with(end("a"), json!({"content":"x".repeat(65_537)})), "TOO_LARGE", "content").await;
    for number in 1..16 {
        assert_eq!(bot.command(start(&format!("s{number}"))).await["type"], "STREAM_STARTED");
    }
    bot.refused(start("one-too-many"), "CONFLICT", "").await;
    bot.command(stop("s1")).await;
    assert_eq!(bot.command(start("fits")).await["type"], "STREAM_STARTED");
    assert_eq!(ann.next_of("STREAM_STOPPED").await["messageId"], "s1");
    let mut cem = server.user("cem").await;
    cem.refused(stop("a"), "NOT_FOUND", "chatId").await;
    bot.reply(json!({"type":"UPDATE_CHAT","chatId":"den","active":false})).await;
    bot.refused(start("late"), "CONFLICT", "").await;
}
