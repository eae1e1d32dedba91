//! Fuzz target: the whole path of a command, from the socket to the store and back.

use std::hash::Hash;

use pichat::protocol::wire::Request;
use serde_json::{Value, json};

use crate::contract::backends::Place;
use crate::support::mutator::{Target, fingerprint};
use crate::support::{self, Client, Server, http};

const WORDS: &[&str] = &[
    "\"chat-1\"",
    "\"#general\"",
    "\"hello-1\"",
    "\"opId\":\"a\",",
    "\"limit\":0,",
    "\"cursor\":\"s1-9223372036854775807-1\"",
    "\"cursor\":\"9223372036854775807.1.c\"",
    "\"cursor\":\"9223372036854775807~~-9223372036854775808~c\"",
    "\\u0000",
    "\\ud83d",
    "\"metadata\":{\"a\":\"\\ud800\"},",
    "\u{ffff}",
    "[",
    "{",
    "}",
    "]",
    "null",
    "\"until\":\"0000-01-01T00:00:00Z\"",
    "\"attachments\":[{\"url\":\"https://e.org/a\",\"name\":\"a\",\"size\":18446744073709551615,\"mimeType\":\"a/b\"}],",
];
const TARGET: Target = Target { name: "commands", words: WORDS, longest: 4000, runs: 300 };

/// Largest reply in bytes.
const REPLY: usize = 600 << 10;

/// A user with a chat and a message to refer to, and the number of such users so far.
struct Tester<'a> {
    server: &'a Server,
    client: Client,
    count: u32,
}

impl<'a> Tester<'a> {
    async fn new(server: &'a Server) -> Tester<'a> {
        let client = server.admin().await;
        let mut tester = Tester { server, client, count: 0 };
        tester.appear().await;
        tester
    }

    /// Connects as a new user: the previous one may have deleted their account or been banned.
    async fn appear(&mut self) {
        self.count += 1;
        self.client = match self.count % 3 {
            0 => self.server.admin().await,
            _ => self.server.person(&format!("tester{}", self.count)).await,
        };
        let general = json!({"type":"CREATE_CHAT","kind":"channel","name":"general","id":"chat-1"});
        self.client.reply(general).await;
        self.client.reply(json!({"type":"JOIN_CHAT","chatId":"chat-1"})).await;
        self.client.reply(json!({"type":"SEND_MESSAGE","chatId":"chat-1","id":"hello-1","content":"hi"})).await;
    }

    /// Sends the text and a PING, and checks every frame until the PONG against the protocol's guarantees.
    async fn send(&mut self, text: &str) -> u64 {
        let request_id = match Request::parse(text) {
            Ok(request) => request.request_id,
            Err(unreadable) => unreadable.request_id,
        };
        let request_id = request_id.and_then(|id| serde_json::from_str::<Value>(id.json()).ok());
        self.client.send_text(text).await;
        self.client.send(json!({"type":"PING","requestId":"after"})).await;
        let mut replies = 0;
        let mut outcomes = vec![];
        while let Some(frame) = self.client.next_or_end().await {
            let length = frame.to_string().len();
            assert!(length <= REPLY, "{length} bytes");
            assert_ne!(frame["code"], "INTERNAL", "{frame}");
            if frame["requestId"] == "after" && frame["type"] == "PONG" {
                assert!(request_id.is_none() || replies == 1, "{replies} replies to {text}");
                return fingerprint(outcomes);
            }
            replies += u32::from(request_id.as_ref() == frame.get("requestId"));
            outcomes.push(outcome(&frame));
        }
        self.appear().await;
        fingerprint(outcomes)
    }
}

fn outcome(frame: &Value) -> impl Hash + use<> {
    ["type", "code", "command"].map(|field| frame[field].as_str().map(str::to_owned))
}

pub async fn every_fuzzed_command_gets_one_reply(place: Place) {
    let server = support::start_with(place, &[("MAX_NAME_CHARS", "80")]).await;
    let mut tester = Tester::new(&server).await;
    let mut inputs = TARGET.inputs();
    while inputs.advance() {
        let outcome = match std::str::from_utf8(inputs.current()) {
            Ok(text) if text.trim_start().starts_with('{') => tester.send(text).await,
            _ => 0,
        };
        inputs.learn(outcome);
    }
}

pub async fn every_fuzzed_post_body_gets_one_reply(place: Place) {
    let server = support::start(place).await;
    let token = server.person("tester").await.token;
    let bearer = format!("Bearer {token}");
    let mut inputs = Target { runs: 100, ..TARGET }.inputs();
    while inputs.advance() {
        let headers = [("authorization", bearer.as_str())];
        let answer = http::send(server.address, "POST /command", &headers, inputs.current()).await;
        assert!(answer.status < 500, "{}: {}", answer.status, answer.body);
        let frame = answer.json();
        assert_ne!(frame["code"], "INTERNAL", "{frame}");
        inputs.learn(fingerprint(outcome(&frame)));
    }
}
