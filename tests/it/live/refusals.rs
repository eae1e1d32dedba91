//! Every command of the table with each field made invalid in turn, derived from its schema; a new command is covered
//! by its row.

use pichat::api::command::{Access, Row};
use pichat::api::handlers::TABLE;
use serde_json::{Map, Value, json};

use super::chats::made;
use crate::contract::backends::Place;
use crate::support::frame::{assert_refused, with};
use crate::support::{self, Client};

mod spoil;

use spoil::{Field, alternatives, every_field, least, sample, schema_of, spoiled, within};

pub async fn type_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.admin().await;
    let mut tried = 0;
    for row in TABLE {
        let (schema, fields) = every_field(row);
        for field in fields {
            for (kind, value) in [
                ("integer", json!(7)),
                ("number", json!(7.5)),
                ("string", json!("text")),
                ("boolean", json!(true)),
                ("array", json!([])),
                ("object", json!({})),
                ("null", Value::Null),
            ] {
                let types = field.types();
                let fits = types.contains(&kind) || (kind == "integer" && types.contains(&"number"));
                if types.is_empty() || fits || (kind == "null" && !field.required) {
                    continue;
                }
                let command = spoiled(&least(row, &schema), &schema, &field.place, value);
                ann.refused(command, "INVALID_ARGUMENT", &field.path()).await;
                tried += 1;
            }
        }
    }
    assert!(tried > TABLE.len() * 5, "only {tried} values");
    ann.hears_nothing().await;
}

pub async fn range_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.admin().await;
    let huge: Value = serde_json::from_str("18446744073709551616").expect("a number");
    for row in TABLE {
        let (schema, fields) = every_field(row);
        for field in fields {
            let is = |kind: &str| field.types().contains(&kind);
            let chosen = field.schema.get("enum").is_some() || !alternatives(&field.schema).is_empty();
            let values = match () {
                () if is("integer") => vec![json!(-1), json!(1.5), huge.clone()],
                () if is("string") && field.schema["format"] == "date-time" => vec![json!("soon"), json!("2026-13-01")],
                () if is("string") && chosen => vec![json!("no such choice"), json!("")],
                () => vec![],
            };
            for value in values {
                let command = spoiled(&least(row, &schema), &schema, &field.place, value);
                ann.refused(command, "INVALID_ARGUMENT", &field.path()).await;
            }
        }
    }
    ann.hears_nothing().await;
}

pub async fn missing_and_unknown_fields_are_named(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.admin().await;
    for row in TABLE {
        let (schema, fields) = every_field(row);
        let least = least(row, &schema);
        ann.refused(with(least.clone(), json!({"zzz":1})), "INVALID_ARGUMENT", "zzz").await;
        for field in fields {
            let Some((last, outer)) = field.place.split_last() else { continue };
            let here = outer.iter().fold(&schema, |schema, step| within(schema, step));
            if here["properties"].get(last).is_none() {
                continue;
            }
            let path = |name: &str| {
                let place = [outer, &[name.to_owned()]].concat();
                Field { place, schema: Value::Null, required: false }.path()
            };
            if here["additionalProperties"] == false {
                let unknown = with(sample(here), json!({"zzz":1}));
                let command = spoiled(&least, &schema, outer, unknown);
                let command = if outer.is_empty() { with(least.clone(), command) } else { command };
                ann.refused(command, "INVALID_ARGUMENT", &path("zzz")).await;
            } else {
                panic!("{} does not refuse unknown fields at {}", row.name, path("…"));
            }
            if field.required {
                let mut rest = if outer.is_empty() { least.clone() } else { sample(here) };
                rest.as_object_mut().expect("an object").remove(last);
                let command = if outer.is_empty() { rest } else { spoiled(&least, &schema, outer, rest) };
                ann.refused(command, "INVALID_ARGUMENT", &path(last)).await;
            }
        }
    }
    ann.hears_nothing().await;
}

pub async fn length_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.admin().await;
    ann.command(json!({"type":"CREATE_CHAT","kind":"channel","name":"general","id":"general"})).await;
    ann.command(json!({"type":"SEND_MESSAGE","chatId":"general","content":"hi","id":"hello-1"})).await;
    server.token_of("echo-bot").await;
    for row in TABLE {
        let (schema, fields) = every_field(row);
        for field in fields.iter().filter(|field| field.types().contains(&"string")) {
            let mut command = row.example();
            if schema["properties"].get("chatId").is_some() {
                command["chatId"] = json!("general");
            }
            let in_message = field.place.first().is_some_and(|step| step == "message");
            if command.get("message").is_some() && !in_message {
                command.as_object_mut().expect("an object").remove("message");
                if schema["properties"].get("content").is_some() {
                    command["content"] = json!("hi");
                }
            }
            let mut command = spoiled(&command, &schema, &field.place, json!("x".repeat(100_000)));
            let has_content = row.example()["message"].get("content").is_some();
            if has_content && in_message && field.path() != "message.content" {
                command["message"]["content"] = json!("hi");
            }
            let reply = ann.command(command).await;
            let code = reply["code"].as_str().unwrap_or("none");
            match field.path().as_str() {
                "token" => assert_eq!(code, "UNAUTHENTICATED", "{}: {reply}", row.name),
                "content" | "message.content" => assert_refused(&reply, "TOO_LARGE", &field.path()),
                path => {
                    assert_eq!(reply["field"], path, "{}: {reply}", row.name);
                    let known = ["INVALID_ARGUMENT", "NOT_FOUND", "UNKNOWN_COMMAND"];
                    assert!(known.contains(&code), "{} at {path}: {reply}", row.name);
                }
            }
        }
    }
    ann.hears_nothing().await;
}

pub async fn huge_numbers_never_cause_internal_errors(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.admin().await;
    ann.command(json!({"type":"CREATE_CHAT","id":"general"})).await;
    for row in TABLE {
        let (schema, fields) = every_field(row);
        for field in fields.iter().filter(|field| field.types().contains(&"integer")) {
            for number in [0, i64::MAX as u64, u64::MAX] {
                let mut command = least(row, &schema);
                if schema["properties"].get("chatId").is_some() {
                    command["chatId"] = json!("general");
                }
                let reply = ann.command(spoiled(&command, &schema, &field.place, json!(number))).await;
                let code = reply["code"].as_str().unwrap_or("none");
                assert!(
                    matches!(code, "none" | "INVALID_ARGUMENT" | "NOT_FOUND" | "TOO_LARGE"),
                    "{} with {number}: {reply}",
                    row.name
                );
            }
        }
    }
}

/// The commands that name a chat, sent by a user without access to it. Commands for server admins can access every
/// chat.
fn about(chat: &str) -> Vec<Value> {
    let names_a_chat = |row: &&Row| schema_of(row)["properties"].get("chatId").is_some();
    let is_for_members = |row: &&Row| !matches!(row.access, Access::Authority(_));
    TABLE
        .iter()
        .filter(names_a_chat)
        .filter(is_for_members)
        .map(|row| with(row.example(), json!({"chatId":chat})))
        .collect()
}

pub async fn private_chats_are_not_found_for_non_members(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let id = id.as_str().expect("an id");
    ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"secret","id":"hello-1"})).await;
    let nowhere = id.chars().rev().collect::<String>();
    for (private, missing) in about(id).into_iter().zip(about(&nowhere)) {
        let error = ben.refused(private, "NOT_FOUND", "chatId").await;
        let known: Map<String, Value> = serde_json::from_str(&error.to_string().replace(id, &nowhere)).expect("JSON");
        assert_eq!(ben.command(missing).await, Value::Object(known));
    }
    let synced = ben.command(json!({"type":"SYNC","chats":{(id):1,(&nowhere):1}})).await;
    assert_eq!(synced["removedChatIds"].as_array().map(Vec::len), Some(2), "{synced}");
    assert_eq!(ben.command(json!({"type":"GET_CHATS","scope":"public"})).await["chats"], json!([]));
    hears_nothing(&mut [&mut ann, &mut ben]).await;
}

async fn hears_nothing(clients: &mut [&mut Client]) {
    for client in clients {
        client.hears_nothing().await;
    }
}
