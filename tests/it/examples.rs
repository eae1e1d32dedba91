//! The programs in `examples/`, against a real server.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::contract::backends;
use crate::support;

/// An example's program, built unless it was built with the tests.
fn example(name: &str) -> PathBuf {
    let built = Command::new(env!("CARGO")).args(["build", "--quiet", "--example", name]).status();
    assert!(built.expect("cargo runs").success(), "the example {name} could not be built");
    let tests = std::env::current_exe().expect("this program");
    let build = tests.ancestors().nth(2).expect("the folder of the build");
    build.join("examples").join(name)
}

/// A running example, killed on drop: one that outlived a failed test would keep the output of the tests open.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_assistant_streams_a_reply_when_mentioned() {
    // Built first: clients that wait for it would be taken for dead.
    let assistant = example("assistant");
    let place = backends::sqlite().await.expect("the backend that is always there");
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let token = server.token_of("sage").await;
    let mut program = Command::new(assistant);
    program.env("PICHAT_URL", server.url()).env("BOT_TOKEN", token).stdout(Stdio::null());
    let running = Running(program.spawn().expect("the example was built"));
    ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den","members":["sage"]})).await;
    // The bot also answers earlier questions; waiting for it makes the order of events deterministic.
    let status = json!({"type":"GET_MEMBERS","chatId":"den"});
    while !ann.reply(status.clone()).await["members"].to_string().contains("\"sage\"")
        || ann.reply(status.clone()).await["members"].to_string().contains("offline")
    {
        // Rarely enough to stay within the rate limit.
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let question = json!({"type":"SEND_MESSAGE","chatId":"den","id":"q","content":"@sage what is it?"});
    ann.reply(json!({"type":"SEND_MESSAGE","chatId":"den","content":"nobody is asked"})).await;
    ann.reply(question).await;
    let begun = ann.next_of("STREAM_STARTED").await;
    assert_eq!((&begun["message"]["role"], &begun["message"]["replyTo"]), (&json!("assistant"), &json!("q")));
    let mut pieces = String::new();
    let answer = loop {
        let frame = ann.next().await;
        match frame["type"].as_str() {
            Some("MESSAGE_CHUNK") => pieces.push_str(frame["content"].as_str().expect("text")),
            Some("NEW_MESSAGE") => break frame,
            _ => {}
        }
    };
    drop(running);
    assert_eq!(answer["message"]["content"], json!(pieces));
    assert_eq!(pieces, "You said: what is it? – I will think about it.");
}
