use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::chats::made;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_same_for_all, event_of, message, with};
use crate::support::{self};

pub async fn every_member_receives_a_message_once(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut device = server.device(&ann).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    device.next_of("NEW_CHAT").await;
    let first = ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"first"})).await;
    let shape = message(&id, 2, &ann.user_id, "ann", "first");
    assert_frame(&first, json!({"type":"NEW_MESSAGE","chatId":id,"seq":2,"message":shape}));
    let file = json!({"id":"f","url":"https://example.org/a.png","name":"a.png","size":7,"mimeType":"image/png",
        "width":640,"height":480});
    let written = json!({"id":"hello:1","content":" Grüße,\n@ben 👋 ","role":"assistant","attachments":[file],
        "replyTo":first["message"]["id"],"metadata":{"k":[1,{"deep":null}]}});
    let command = json!({"type":"SEND_MESSAGE","requestId":"m","chatId":id,"message":written});
    let sent = ann.command(command).await;
    let shape = with(with(message(&id, 3, &ann.user_id, "ann", ""), written), json!({"mentions":"<any>"}));
    assert_frame(&sent, json!({"type":"NEW_MESSAGE","requestId":"m","chatId":id,"seq":3,"message":shape}));
    for client in [&mut ben, &mut device] {
        assert_eq!(client.next().await, first);
        let event = client.next().await;
        assert_eq!(event, event_of(&sent));
        assert_same_for_all(&event);
    }
    assert_eq!(ben.next_of("MENTION").await["message"], sent["message"]);
    let asked = ben.command(json!({"type":"GET_MESSAGE","requestId":1,"chatId":id,"messageId":"hello:1"})).await;
    assert_frame(&asked, json!({"type":"MESSAGE","requestId":1,"message":sent["message"]}));
    for client in [&mut ann, &mut ben, &mut cem, &mut device] {
        client.hears_nothing().await;
    }
}

pub async fn message_fields_can_be_flat_or_nested_but_not_both(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "channel", "news", &mut []).await;
    let fields = json!({"id":"one","content":"hi","role":"system","attachments":[],"metadata":{"a":1}});
    let flat = with(json!({"type":"SEND_MESSAGE","chatId":"#news"}), fields.clone());
    let first = ann.command(flat).await;
    assert_eq!((&first["seq"], &first["message"]["role"], &first["chatId"]), (&json!(2), &json!("system"), &id));
    let nested = json!({"type":"SEND_MESSAGE","chatId":id,"message":with(fields.clone(), json!({"id":"two"}))});
    let second = ann.command(nested).await;
    assert_eq!(second["message"]["metadata"], first["message"]["metadata"]);
    let half = json!({"type":"SEND_MESSAGE","chatId":id,"id":"three","message":{"content":"hi"}});
    assert_eq!(ann.command(half).await["message"]["id"], "three");
    for (field, value) in fields.as_object().expect("an object") {
        let both = json!({"type":"SEND_MESSAGE","chatId":id,"message":fields});
        ann.refused(with(both, json!({field:value})), "INVALID_ARGUMENT", field).await;
    }
    let renamed = json!({"type":"SEND_GROUP_MESSAGE","requestId":"g","roomId":id,"content":"by another name"});
    let renamed = ann.command(renamed).await;
    let shape = message(&id, 5, &ann.user_id, "ann", "by another name");
    assert_frame(&renamed, json!({"type":"NEW_MESSAGE","requestId":"g","chatId":id,"seq":5,"message":shape}));
    let renamed = json!({"type":"SEND_GROUP_MESSAGE","payload":{"chatId":id,"content":"hi"}});
    assert_eq!(ann.command(renamed).await["seq"], 6);
    let twice = json!({"type":"SEND_GROUP_MESSAGE","roomId":id,"chatId":id,"content":"hi"});
    ann.refused(twice, "INVALID_ARGUMENT", "chatId").await;
    ann.refused(json!({"type":"SEND_MESSAGE","roomId":id,"content":"hi"}), "INVALID_ARGUMENT", "roomId").await;
}

pub async fn a_repeated_send_returns_the_stored_message(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let send = |content: &str| json!({"type":"SEND_MESSAGE","requestId":"m","chatId":id,"id":"same","content":content});
    let first = ann.command(send("one")).await;
    ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"later"})).await;
    let again = ann.command(send("two")).await;
    assert_frame(&again, with(first, json!({"duplicate":true})));
    ben.next_of("NEW_MESSAGE").await;
    ben.next_of("NEW_MESSAGE").await;
    ben.refused(send("one"), "CONFLICT", "id").await;
    let nested = json!({"type":"SEND_MESSAGE","chatId":id,"message":{"id":"same","content":"one"}});
    ben.refused(nested, "CONFLICT", "message.id").await;
    ann.hears_nothing().await;
    ben.hears_nothing().await;
    let other = made(&mut ben, "group", "cave", &mut []).await;
    let elsewhere = ben.command(json!({"type":"SEND_MESSAGE","chatId":other,"id":"same","content":"mine"})).await;
    assert_eq!((&elsewhere["seq"], elsewhere.get("duplicate")), (&json!(2), None));
}

pub async fn message_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "channel", "news", &mut []).await;
    ben.next_of("CHANNEL_LISTED").await;
    let file = json!({"url":"https://example.org/a","name":"a","size":1,"mimeType":"image/png"});
    let files = |change: Value| json!({"content":"hi","attachments":[file, with(file.clone(), change)]});
    let many: Vec<&Value> = std::iter::repeat_n(&file, 21).collect();
    for (fields, code, field) in [
        (json!({}), "INVALID_ARGUMENT", "content"),
        (json!({"content":""}), "INVALID_ARGUMENT", "content"),
        (json!({"content":" \n\t "}), "INVALID_ARGUMENT", "content"),
        (json!({"content":"ü".repeat(4097)}), "TOO_LARGE", "content"),
        (json!({"content":"hi","id":"no spaces"}), "INVALID_ARGUMENT", "id"),
        (json!({"content":"hi","id":""}), "INVALID_ARGUMENT", "id"),
        (json!({"content":"hi","id":"i".repeat(129)}), "INVALID_ARGUMENT", "id"),
        (json!({"content":"hi","role":"robot"}), "INVALID_ARGUMENT", "role"),
        (json!({"content":"hi","replyTo":"none"}), "NOT_FOUND", "replyTo"),
        (files(json!({"url":"ftp://example.org"})), "INVALID_ARGUMENT", "attachments[1].url"),
        (files(json!({"url":"https://exa mple.org"})), "INVALID_ARGUMENT", "attachments[1].url"),
        (files(json!({"url":"https://[::1"})), "INVALID_ARGUMENT", "attachments[1].url"),
        (files(json!({"url":"https://%"})), "INVALID_ARGUMENT", "attachments[1].url"),
        (files(json!({"url":"http://x:99999/"})), "INVALID_ARGUMENT", "attachments[1].url"),
        (files(json!({"name":" "})), "INVALID_ARGUMENT", "attachments[1].name"),
        (files(json!({"name":"a/b"})), "INVALID_ARGUMENT", "attachments[1].name"),
        (files(json!({"name":".."})), "INVALID_ARGUMENT", "attachments[1].name"),
        (files(json!({"name":"a\\b"})), "INVALID_ARGUMENT", "attachments[1].name"),
        (files(json!({"mimeType":"png"})), "INVALID_ARGUMENT", "attachments[1].mimeType"),
        (files(json!({"height":0})), "INVALID_ARGUMENT", "attachments[1].height"),
        (files(json!({"size":-1})), "INVALID_ARGUMENT", "attachments[1].size"),
        (json!({"content":"hi","attachments":many}), "INVALID_ARGUMENT", "attachments"),
    ] {
        ann.refused(with(json!({"type":"SEND_MESSAGE","chatId":id}), fields.clone()), code, field).await;
        let field = format!("message.{field}");
        ann.refused(json!({"type":"SEND_MESSAGE","chatId":id,"message":fields}), code, &field).await;
    }
    ben.refused(json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi"}), "FORBIDDEN", "chatId").await;
    ben.refused(json!({"type":"GET_MESSAGE","chatId":id,"messageId":"none"}), "NOT_FOUND", "messageId").await;
    let longest = json!({"type":"SEND_MESSAGE","chatId":id,"content":"👋".repeat(4096)});
    assert_eq!(ann.command(longest).await["seq"], 2);
    ben.hears_nothing().await;
}

pub async fn only_bots_can_use_other_message_roles(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    for role in ["assistant", "system"] {
        let flat = json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi","role":role});
        ann.refused(flat, "FORBIDDEN", "role").await;
        let nested = json!({"type":"SEND_MESSAGE","chatId":id,"message":{"content":"hi","role":role}});
        ann.refused(nested, "FORBIDDEN", "message.role").await;
    }
    let sent = ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi","role":"user"})).await;
    assert_eq!((&sent["message"]["role"], &sent["message"]["sender"]["kind"]), (&json!("user"), &json!("human")));
}

pub async fn a_message_with_files_needs_no_text(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let file = |name: &str| json!({"url":"https://example.org/a","name":name,"size":1,"mimeType":"image/png"});
    let without = json!({"type":"SEND_MESSAGE","chatId":id,"message":{"id":"m","attachments":[file("a.png")]}});
    let sent = ann.reply(without).await;
    assert_eq!((&sent["message"]["content"], &sent["message"]["attachments"]), (&json!(""), &json!([file("a.png")])));
    let empty = json!({"type":"SEND_MESSAGE","chatId":id,"content":"","attachments":[file("b.png")]});
    assert_eq!(ann.reply(empty).await["type"], "NEW_MESSAGE");
    let blank = json!({"type":"SEND_MESSAGE","chatId":id,"content":" ","attachments":[file("b.png")]});
    ann.refused(blank, "INVALID_ARGUMENT", "content").await;
    let edit = |fields: Value| with(json!({"type":"EDIT_MESSAGE","chatId":id,"messageId":"m","content":""}), fields);
    let edited = ann.reply(edit(json!({"attachments":[file("c.png"), file("d.png")]}))).await;
    assert_eq!(edited["message"]["attachments"], json!([file("c.png"), file("d.png")]), "{edited}");
    ben.until(|frame| frame["type"] == "MESSAGE_EDITED" && frame["message"] == edited["message"]).await;
    assert_eq!(ann.reply(edit(json!({"attachments":[file("c.png"), file("d.png")]}))).await["duplicate"], true);
    let kept = ann.reply(edit(json!({"content":"now with words"}))).await;
    assert_eq!(kept["message"]["attachments"], edited["message"]["attachments"], "fields not given are kept");
    ann.refused(edit(json!({"attachments":[]})), "INVALID_ARGUMENT", "content").await;
    let bare = ann.reply(edit(json!({"content":"only words","attachments":[]}))).await;
    assert_eq!(bare["message"]["attachments"], json!([]));
    ann.refused(edit(json!({})), "INVALID_ARGUMENT", "content").await;
    let bad = edit(json!({"attachments":[with(file("a"), json!({"url":"ftp://a"}))]}));
    ann.refused(bad, "INVALID_ARGUMENT", "attachments[0].url").await;
}

pub async fn metadata_and_settings_keep_number_precision(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let numbers = r#"{"big":123456789012345678901234567890,"far":1e308,"one":1.0,"tiny":[0.10,-0.0]}"#;
    let send = format!(r#"{{"type":"SEND_MESSAGE","chatId":{id},"id":"m","content":"hi","metadata":{numbers}}}"#);
    let get = format!(r#"{{"type":"GET_MESSAGE","chatId":{id},"messageId":"m"}}"#);
    let set = format!(r#"{{"type":"UPDATE_SETTINGS","settings":{numbers}}}"#);
    let patch = r#"{"type":"UPDATE_SETTINGS","settings":{"one":null,"more":2.50}}"#.to_owned();
    let kept = numbers.replace(r#""one":1.0,"#, "").replace("-0.0]}", r#"-0.0],"more":2.50}"#);
    let own = r#"{"type":"GET_SETTINGS"}"#.to_owned();
    for (command, expected) in [(send, numbers), (get, numbers), (set, numbers), (patch, &*kept), (own, &*kept)] {
        ann.send_text(&command).await;
        let Some(Ok(Message::Text(text))) = ann.socket.next().await else { panic!("no frame") };
        assert!(text.contains(expected), "{command} was answered with {text}");
    }
    for command in [
        format!(r#"{{"type":"SEND_MESSAGE","chatId":{id},"content":"hi","metadata":{{"a":{{"b":1,"b":2}}}}}}"#),
        r#"{"type":"UPDATE_SETTINGS","settings":{"a":1,"a":2}}"#.to_owned(),
    ] {
        ann.send_text(&command).await;
        let error = ann.next().await;
        assert_eq!(error["code"], "INVALID_ARGUMENT", "{command} was answered with {error}");
    }
    // Many clients cannot read a frame with such a number.
    for (command, field) in [
        (format!(r#"{{"type":"SEND_MESSAGE","chatId":{id},"content":"hi","metadata":{{"a":[1e400]}}}}"#), "metadata"),
        (format!(r#"{{"type":"SEND_MESSAGE","chatId":{id},"message":{{"metadata":{{"a":-1e400}}}}}}"#), "message"),
        (r#"{"type":"UPDATE_SETTINGS","settings":{"a":1e400}}"#.to_owned(), "settings"),
    ] {
        ann.send_text(&command).await;
        let error = ann.next().await;
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("INVALID_ARGUMENT"), &json!(field)),
            "{command}: {error}"
        );
    }
}
