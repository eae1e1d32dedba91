use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::protocol::error::Code;

use super::JsonObject;
use super::components::{command_key, event_key, reference, schemas};
use super::schemas::{CommandSchema, Contract};

const DESCRIPTION: &str = "Sends one command to the server and returns its reply. Commands that concern a connection \
(typing, presence, streams) need the WebSocket, which asyncapi.json describes.";

const OPERATION: &str = "The body is one command, and the response is its reply. An id of your own, or an opId, makes a \
call safe to repeat. After 429 and 503, wait for retryAfterMs and send the same body again.";

/// `POST /command` as an OpenAPI document.
pub(super) fn document(contract: &Contract) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "PiChat",
            "version": "1",
            "description": DESCRIPTION,
            "license": { "name": "MIT", "identifier": "MIT" }
        },
        "servers": [{ "url": "/", "description": "The server that serves this document." }],
        "security": [{ "bearer": [] }, { "header": [] }, {}],
        "paths": { "/command": { "post": operation(contract) } },
        "components": {
            "schemas": used(contract),
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "An API token or access token." },
                "header": { "type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same token." }
            }
        }
    })
}

/// The commands that can be sent by POST.
fn commands(contract: &Contract) -> impl Iterator<Item = &CommandSchema> {
    contract.commands.iter().filter(|command| !command.row.needs_connection)
}

fn operation(contract: &Contract) -> Value {
    let example = |command: &CommandSchema| {
        let row = command.row;
        (row.name.to_owned(), json!({ "summary": row.summary, "value": row.example() }))
    };
    let examples: JsonObject = commands(contract).map(example).collect();
    let mut responses = JsonObject::new();
    responses.insert("200".into(), response("The reply; x-replies names its type for each command.", "Reply"));
    let mut codes: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    Code::ALL.iter().for_each(|code| codes.entry(code.http_status()).or_default().push(code.name()));
    let errors =
        codes.iter().map(|(status, names)| (status.to_string(), response(&names.join(", "), &event_key("ERROR"))));
    responses.extend(errors);
    json!({
        "operationId": "command",
        "summary": "Sends a command.",
        "description": OPERATION,
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": reference("Command"), "examples": examples } }
        },
        "responses": responses
    })
}

fn response(description: &str, schema: &str) -> Value {
    json!({ "description": description, "content": { "application/json": { "schema": reference(schema) } } })
}

/// The schemas that the operation needs, directly or through others.
fn used(contract: &Contract) -> JsonObject {
    let mut all = schemas(contract);
    let commands_by_type = commands(contract).map(|command| (command.row.name.to_owned(), command_key(command)));
    let replies = || commands(contract).map(|command| (command.row.reply_type)().into_owned());
    let replies_by_type = replies().map(|name| (name.clone(), event_key(&name)));
    let reply_of: JsonObject =
        commands(contract).map(|command| command.row.name.to_owned()).zip(replies().map(Value::from)).collect();
    all.insert("Command".into(), choice("A command, identified by its type.", commands_by_type.collect()));
    all.insert("Reply".into(), choice("A reply, identified by its type.", replies_by_type.collect()));
    all["Reply"]["x-replies"] = reply_of.into();
    let mut wanted = BTreeSet::new();
    ["Command", "Reply", "event.ERROR"].iter().for_each(|name| collect(&all, name, &mut wanted));
    all.into_iter().filter(|(name, _)| wanted.contains(name)).collect()
}

/// A schema that is one of several, selected by the value of `type`.
fn choice(description: &str, choices: BTreeMap<String, String>) -> Value {
    let one_of: Vec<Value> = choices.values().map(|name| reference(name)).collect();
    let place = |name: String| reference(&name)["$ref"].take();
    let mapping: JsonObject = choices.into_iter().map(|(kind, name)| (kind, place(name))).collect();
    json!({
        "description": description,
        "oneOf": one_of,
        "discriminator": { "propertyName": "type", "mapping": mapping }
    })
}

fn collect(all: &JsonObject, name: &str, wanted: &mut BTreeSet<String>) {
    if let Some(schema) = all.get(name)
        && wanted.insert(name.to_owned())
    {
        each_name(schema, &mut |inner| collect(all, inner, wanted));
    }
}

/// Visits the names of the schemas that a schema refers to.
fn each_name(schema: &Value, visit: &mut dyn FnMut(&str)) {
    match schema {
        Value::Object(object) => {
            if let Some(name) = object.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next())
            {
                visit(name);
            }
            object.values().for_each(|child| each_name(child, visit));
        }
        Value::Array(array) => array.iter().for_each(|child| each_name(child, visit)),
        _ => {}
    }
}
