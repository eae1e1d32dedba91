//! The contract as an AsyncAPI document.
//!
//! Written by hand, because no maintained Rust library generates AsyncAPI 3; the schemas come from schemars. A test
//! checks the document with the official parser.

use serde_json::{Value, json};

use crate::ops::config::{SETTINGS, Setting};

use super::JsonObject;
use super::components::{command_key, event_key, reference, schemas};
use super::schemas::{CommandSchema, Contract, EventSchema, access};

const DESCRIPTION: &str = "Clients send commands over one WebSocket and receive replies and events. A reply is the event \
that the command caused, with the command's requestId. protocol/README.md explains the guarantees, the close codes and \
how to write a client.";

/// The contract as an AsyncAPI document, from the server's point of view: it receives commands and sends events.
pub(super) fn document(contract: &Contract) -> Value {
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "PiChat",
            "version": "1",
            "description": DESCRIPTION,
            "license": { "name": "MIT" }
        },
        "defaultContentType": "application/json",
        "servers": {
            "plain": server("ws", "Without TLS: on the same machine, or behind a proxy that adds TLS."),
            "secure": server("wss", "With TLS, from TLS_CERT and TLS_KEY or from a proxy.")
        },
        "channels": {
            "socket": {
                "address": "/ws",
                "title": "The WebSocket",
                "description": "One JSON object per text frame, in both directions. The subprotocol pichat.v1 is optional.",
                "messages": channel_messages(contract),
                "bindings": { "ws": { "method": "GET", "bindingVersion": "0.1.0" } }
            }
        },
        "operations": operations(contract),
        "components": {
            "messages": messages(contract),
            "schemas": schemas(contract),
            "securitySchemes": security_schemes()
        }
    })
}

fn server(scheme: &str, description: &str) -> Value {
    let security = security_schemes();
    let names = security.as_object().into_iter().flat_map(JsonObject::keys);
    let security: Vec<Value> = names.map(|name| refer("#/components/securitySchemes/", name)).collect();
    json!({
        "host": "{host}:{port}",
        "protocol": scheme,
        "protocolVersion": "13",
        "description": description,
        "variables": {
            "host": { "default": default_of("HOST"), "description": "The host that the server listens on." },
            "port": { "default": default_of("PORT"), "description": "The port that the server listens on." }
        },
        "security": security
    })
}

fn default_of(name: &str) -> &'static str {
    let named = |setting: &&Setting| setting.name == name;
    SETTINGS.iter().find(named).map_or("", |setting| setting.default)
}

fn security_schemes() -> Value {
    json!({
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "Authorization: Bearer TOKEN, for programs."
        },
        "header": {
            "type": "httpApiKey",
            "in": "header",
            "name": "X-API-Key",
            "description": "X-API-Key: TOKEN, for programs."
        },
        "subprotocol": {
            "type": "httpApiKey",
            "in": "header",
            "name": "Sec-WebSocket-Protocol",
            "description": "pichat.v1, bearer.TOKEN: for browsers, which can send nothing else. It is never echoed."
        },
        "query": {
            "type": "httpApiKey",
            "in": "query",
            "name": "token",
            "description": "?token=TOKEN: the last resort, because addresses get logged."
        }
    })
}

fn refer(place: &str, name: &str) -> Value {
    json!({ "$ref": format!("{place}{name}") })
}

fn keys(contract: &Contract) -> impl Iterator<Item = String> {
    contract.commands.iter().map(command_key).chain(contract.events.keys().map(|name| event_key(name)))
}

fn channel_messages(contract: &Contract) -> JsonObject {
    keys(contract).map(|key| (key.clone(), refer("#/components/messages/", &key))).collect()
}

fn operations(contract: &Contract) -> JsonObject {
    let commands = contract.commands.iter().map(|command| (command_key(command), receive(command)));
    let unasked = contract.events.iter().filter(|(_, event)| event.class.is_some());
    commands.chain(unasked.map(|(name, event)| (event_key(name), send(name, event)))).collect()
}

fn receive(command: &CommandSchema) -> Value {
    let message = |key: &str| refer("#/channels/socket/messages/", key);
    json!({
        "action": "receive",
        "channel": { "$ref": "#/channels/socket" },
        "title": command.row.name,
        "summary": command.row.summary,
        "tags": [{ "name": command.row.area.name() }, { "name": access(command.row.access) }],
        "messages": [message(&command_key(command))],
        "reply": {
            "channel": { "$ref": "#/channels/socket" },
            "messages": [message(&event_key(&(command.row.reply_type)())), message(&event_key("ERROR"))]
        }
    })
}

fn send(name: &str, event: &EventSchema) -> Value {
    json!({
        "action": "send",
        "channel": { "$ref": "#/channels/socket" },
        "title": name,
        "summary": event.summary,
        "messages": [refer("#/channels/socket/messages/", &event_key(name))]
    })
}

fn messages(contract: &Contract) -> JsonObject {
    let commands = contract.commands.iter().map(|command| {
        let row = command.row;
        let mut message = message(&command_key(command), row.name, row.summary, &command.schema);
        message["examples"] = json!([{ "payload": row.example() }]);
        (command_key(command), message)
    });
    let events = contract.events.iter().map(|(name, event)| {
        let key = event_key(name);
        let message = message(&key, name, &event.summary, &event.schema);
        (key, message)
    });
    commands.chain(events).collect()
}

fn message(key: &str, name: &str, summary: &str, schema: &JsonObject) -> Value {
    let mut message = json!({
        "name": name,
        "title": name,
        "summary": summary,
        "payload": reference(key)
    });
    if schema["properties"].get("requestId").is_some() {
        message["correlationId"] = json!({ "location": "$message.payload#/requestId" });
    }
    message
}
