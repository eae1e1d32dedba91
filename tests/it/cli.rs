//! The commands of the binary other than serving.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::support::{ADMIN_TOKEN, Client, Process};

fn pichat(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
    command.current_dir(folder).env_clear().args(arguments).output().expect("the binary starts")
}

/// The standard output of a command that must succeed.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = pichat(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The standard error of a command that must fail.
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
fn every_shell_has_a_completion_script() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(folder.path(), &["completions", shell]);
        assert!(script.contains("seed") && script.contains("messages"), "{shell}: {script}");
    }
}

#[test]
fn help_lists_every_command_that_is_not_hidden() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let help = printed(folder.path(), &["--help"]);
    for word in [
        "serve",
        "seed",
        "stats",
        "schema",
        "completions",
        "bench",
        "check",
        "export",
        "import",
        "verify",
        "backup",
        "restore",
        "env.example",
        "pichat seed --messages",
    ] {
        assert!(help.contains(word), "{word} is missing in {help}");
    }
    let seed = printed(folder.path(), &["seed", "--help"]);
    assert!(seed.contains("With the same --password it can be repeated"), "{seed}");
}

#[test]
fn a_seed_can_be_repeated_with_its_password() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let few = ["--users", "4", "--channels", "2", "--groups", "1", "--directs", "0", "--password", "correct horse"];
    let seed = |messages: &str| printed(folder.path(), &[&["seed", "--messages", messages][..], &few].concat());
    let first = seed("150");
    assert!(first.contains("150 messages") && first.contains("correct horse"), "{first}");
    seed("250");
    let database = rusqlite::Connection::open(folder.path().join("pichat.db")).expect("the database");
    let count = |table: &str| {
        let sentence = format!("SELECT count(*) FROM {table}");
        database.query_row(&sentence, [], |row| row.get::<_, i64>(0)).expect("a number")
    };
    assert_eq!(count("messages"), 250);
    assert_eq!(count("chats"), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_health_check_tells_a_ready_server_from_one_that_is_not() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut server = Process::start(folder.path(), &[]).await;
    let url = server.url();
    let health = |url: &str| {
        let path = folder.path().to_owned();
        let url = url.to_owned();
        tokio::task::spawn_blocking(move || pichat(&path, &["health", "--url", &url]))
    };
    let ready = health(&url).await.expect("an end");
    assert!(ready.status.success() && ready.stdout == b"ready\n", "{ready:?}");
    let problem = |output: Output| (output.status.code(), String::from_utf8(output.stderr).expect("text"));
    server.pause();
    let (code, error) = problem(health(&url).await.expect("an end"));
    assert!(code == Some(1) && error.contains("did not answer within 3 s"), "{error}");
    server.kill();
    let (code, error) = problem(health(&url).await.expect("an end"));
    assert!(code == Some(1) && error.contains("is the server running?"), "{error}");
    let (code, error) = problem(health("localhost").await.expect("an end"));
    assert!(code == Some(1) && error.contains("write \"localhost\" as ws://"), "{error}");
}

/// The output of `pichat seed`: the password and the users it belongs to.
struct Seeded {
    password: String,
    users: Vec<String>,
    complaint: String,
}

/// Seeds a running server.
async fn seed(server: &Process, options: &str) -> Seeded {
    let folder = tempfile::tempdir().expect("a folder for the seed");
    let words = format!("seed --url {} {options}", server.url());
    let seeding = tokio::task::spawn_blocking(move || pichat(folder.path(), &words.split(' ').collect::<Vec<_>>()));
    let output = seeding.await.expect("an end");
    let text = String::from_utf8(output.stdout).expect("text");
    let complaint = String::from_utf8(output.stderr).expect("text");
    assert!(output.status.success(), "{text}{complaint}");
    let line = |start: &str| text.lines().find_map(|line| line.strip_prefix(start)).expect(&text).to_owned();
    let page = server.url().replace("ws://", "http://").replace("/ws", "/");
    assert!(text.contains(&format!("Log in at {page} as ")), "{text}");
    let users = line("Users: ").split(", ").map(str::to_owned).collect();
    Seeded { password: line("The password of all users is "), users, complaint }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seed_on_a_server_in_use_joins_its_channels_and_its_users_can_log_in() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    // Enough for one run; repeating it must not need new accounts.
    let server = Process::start(folder.path(), &[("SIGN_UPS_PER_HOUR", "5")]).await;
    let mut admin = Client::greeted(&server.url(), ADMIN_TOKEN).await;
    admin.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"general"})).await;
    admin.token_of("mia").await;
    let options = "--users 4 --channels 2 --groups 1 --directs 2 --messages 60 --password tomatoes-mostly";
    let first = seed(&server, options).await;
    assert_eq!(first.users, ["noah", "aisha", "liam", "sofia"], "mia is somebody else");
    assert_eq!(first.password, "tomatoes-mostly");
    let mut anybody = Client::connect(&server.url()).await;
    anybody.next_of("CONNECTED").await;
    for user in &first.users {
        let entered = anybody.reply(json!({"type":"LOG_IN","username":user,"password":first.password})).await;
        assert_eq!(entered["type"], "AUTHENTICATED", "{entered}");
        anybody = Client::connect(&server.url()).await;
        anybody.next_of("CONNECTED").await;
    }
    let mut counts = vec![];
    for _ in 0..2 {
        let general = admin.reply(json!({"type":"GET_CHAT","chatId":"#general"})).await;
        counts.push((general["chat"]["memberCount"].clone(), general["chat"]["messageCount"].clone()));
        assert_eq!(seed(&server, options).await.users, first.users);
    }
    assert_eq!(counts[0], counts[1], "nothing is added twice");
    assert_eq!(counts[0].0, 5);
    assert!(counts[0].1.as_u64() > Some(0), "{counts:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seed_makes_do_with_the_accounts_the_server_allows() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let server = Process::start(folder.path(), &[("SIGN_UPS_PER_HOUR", "3")]).await;
    let first = seed(&server, "--users 5 --channels 1 --groups 1 --directs 1 --messages 10").await;
    assert_eq!(first.users, ["mia", "noah", "aisha"]);
    assert!(first.complaint.contains("continuing with 3 users"), "{}", first.complaint);
    let words = format!("seed --url {} --password different-again", server.url());
    let refused = tokio::task::spawn_blocking(move || {
        complaint(tempfile::tempdir().expect("a folder").path(), &words.split(' ').collect::<Vec<_>>())
    });
    let refused = refused.await.expect("an end");
    assert!(refused.contains("SIGN_UPS_PER_HOUR") && refused.contains("--password"), "{refused}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let words = ["completions bash", "schema", "schema --list", "schema SEND_MESSAGE", "--help", "user --help"];
    for arguments in words.into_iter().chain(["seed --users 2 --messages 1 --channels 1", "user list"]) {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
        command.current_dir(folder.path()).env_clear().args(arguments.split(' '));
        let output = command.stdout(writer).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let output = output.wait_with_output().expect("its end");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && complaint.is_empty(), "{arguments}: {complaint}");
    }
}

#[test]
fn an_output_that_cannot_be_written_is_a_failure() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a disk that is always full");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
    let command = command.current_dir(folder.path()).env_clear().args(["schema", "--list"]).stdout(full);
    assert!(!command.stderr(Stdio::null()).status().expect("the binary starts").success());
}

#[test]
fn the_address_of_an_absent_server_is_named() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let refused = complaint(folder.path(), &["stats", "--url", "ws://127.0.0.1:1/ws", "--token", "t"]);
    assert!(refused.contains("ws://127.0.0.1:1/ws") && refused.contains("running"), "{refused}");
    let refused = complaint(folder.path(), &["stats"]);
    assert!(refused.contains("--token"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anybody_who_may_sign_up_can_verify_the_guarantees() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let server = Process::start(folder.path(), &[]).await;
    let words = format!("check --sign-up --clients 8 --chats 3 --seconds 2 --rest 20 --url {}", server.url());
    let said = tokio::task::spawn_blocking(move || printed(folder.path(), &words.split(' ').collect::<Vec<_>>()));
    let said = said.await.expect("an end");
    assert!(said.contains("messages acknowledged") && said.ends_with("KEPT: every guarantee was kept\n"), "{said}");
}

#[test]
fn a_deployment_that_cannot_be_checked_is_not_called_broken() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for words in [&["--token", "t"][..], &["--sign-up"], &[]] {
        let output = pichat(folder.path(), &[&["check", "--url", "ws://127.0.0.1:1/ws"], words].concat());
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let complaint = String::from_utf8(output.stderr).expect("text");
        let named = if words.is_empty() { "--token" } else { "ws://127.0.0.1:1/ws" };
        assert!(complaint.contains(named), "{words:?}: {complaint}");
    }
}
