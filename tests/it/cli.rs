//! What the binary does besides serving.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::Process;

fn pichat(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
    command.current_dir(folder).env_clear().args(arguments).output().expect("the binary starts")
}

/// What it prints, where it succeeds.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = pichat(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// What it complains of, where it does not.
fn complaint(folder: &Path, arguments: &[&str]) -> String {
    let output = pichat(folder, arguments);
    assert!(!output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn the_contract_can_be_printed_whole_and_in_parts() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let json = |arguments: &[&str]| serde_json::from_str::<Value>(&printed(folder.path(), arguments)).expect("JSON");
    assert_eq!(json(&["schema"])["asyncapi"], "3.0.0");
    assert_eq!(json(&["schema", "send_message"])["title"], "SEND_MESSAGE");
    assert_eq!(json(&["schema", "NEW_MESSAGE"])["title"], "NEW_MESSAGE");
    let names = printed(folder.path(), &["schema", "--list"]);
    assert!(names.lines().any(|name| name == "SYNC") && names.lines().any(|name| name == "LAGGED"), "{names}");
    let wrong = complaint(folder.path(), &["schema", "SEND_MESAGE"]);
    assert!(wrong.contains("did you mean SEND_MESSAGE?"), "{wrong}");
}

#[test]
fn shells_can_complete_every_word() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(folder.path(), &["completions", shell]);
        assert!(script.contains("seed") && script.contains("messages"), "{shell}: {script}");
    }
}

#[test]
fn help_tells_of_everything_that_is_not_hidden() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let help = printed(folder.path(), &["--help"]);
    for word in
        ["serve", "seed", "stats", "schema", "completions", "bench", "check", "env.example", "pichat seed --messages"]
    {
        assert!(help.contains(word), "{word} is missing in {help}");
    }
}

#[test]
fn a_seed_can_be_sown_again() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let few = ["--users", "4", "--channels", "2", "--groups", "1", "--directs", "0", "--password", "correct horse"];
    let sow = |messages: &str| printed(folder.path(), &[&["seed", "--messages", messages][..], &few].concat());
    let first = sow("150");
    assert!(first.contains("150 messages") && first.contains("correct horse"), "{first}");
    sow("250");
    let database = rusqlite::Connection::open(folder.path().join("pichat.db")).expect("the database");
    let count = |table: &str| {
        let sentence = format!("SELECT count(*) FROM {table}");
        database.query_row(&sentence, [], |row| row.get::<_, i64>(0)).expect("a number")
    };
    assert_eq!(count("messages"), 250);
    let other = [&["seed"][..], &few[..8], &["--password", "another one"]].concat();
    let refused = complaint(folder.path(), &other);
    assert!(refused.contains("--password"), "{refused}");
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let refused = complaint(folder.path(), &["stats", "--url", "ws://127.0.0.1:1/ws", "--token", "t"]);
    assert!(refused.contains("ws://127.0.0.1:1/ws") && refused.contains("running"), "{refused}");
    let refused = complaint(folder.path(), &["stats"]);
    assert!(refused.contains("--token"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_held_against_its_promises_by_whoever_may_sign_up() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let server = Process::start(folder.path(), &[]).await;
    let words = format!("check --sign-up --clients 8 --chats 3 --seconds 2 --rest 20 --url {}", server.url());
    let said = tokio::task::spawn_blocking(move || printed(folder.path(), &words.split(' ').collect::<Vec<_>>()));
    let said = said.await.expect("an end");
    assert!(said.contains("messages acknowledged") && said.ends_with("KEPT: every promise was kept\n"), "{said}");
}

#[test]
fn what_cannot_be_checked_is_not_called_broken() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for words in [&["--token", "t"][..], &["--sign-up"], &[]] {
        let output = pichat(folder.path(), &[&["check", "--url", "ws://127.0.0.1:1/ws"], words].concat());
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let complaint = String::from_utf8(output.stderr).expect("text");
        let named = if words.is_empty() { "--token" } else { "ws://127.0.0.1:1/ws" };
        assert!(complaint.contains(named), "{words:?}: {complaint}");
    }
}
