//! The user and token commands of the binary, and secrets kept out of the log.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use crate::support::process::{BINARY, command};
use crate::support::{ADMIN_TOKEN, Client, Process, http};

/// Runs the binary with these arguments and that input; returns success, standard output and standard error.
async fn run(folder: &Path, words: &[&str], input: &str) -> (bool, String, String) {
    run_with(folder, &[], words, input).await
}

/// The same with these settings.
pub async fn run_with(folder: &Path, own: &[(&str, &str)], words: &[&str], input: &str) -> (bool, String, String) {
    let mut command = command(folder, BINARY, own);
    command.args(words).stdin(Stdio::piped());
    let input = input.to_owned();
    let ended = spawn_blocking(move || {
        let mut child = command.spawn().expect("the binary starts");
        // It may have exited without reading.
        drop(child.stdin.take().expect("its input").write_all(input.as_bytes()));
        child.wait_with_output().expect("it ends")
    });
    let ended = ended.await.expect("an end");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (ended.status.success(), text(ended.stdout), text(ended.stderr))
}

pub async fn done(folder: &Path, words: &[&str], input: &str) -> String {
    let (went_well, said, complained) = run(folder, words, input).await;
    assert!(went_well, "{words:?}: {complained}");
    said
}

pub async fn refused(folder: &Path, words: &[&str], input: &str) -> String {
    let (went_well, said, complained) = run(folder, words, input).await;
    assert!(!went_well && said.is_empty() && complained.starts_with("pichat: "), "{words:?}: {said}{complained}");
    complained
}

/// The cells of a table that a command has printed, row by row; the first row is the heading.
pub fn cells(table: &str) -> Vec<Vec<&str>> {
    table.lines().map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()).collect()
}

pub async fn log_in(process: &Process, name: &str, password: &str) -> Value {
    let address = process.address.parse().expect("an address");
    http::command(address, None, &json!({"type":"LOG_IN","username":name,"password":password})).await.json()
}

#[tokio::test]
async fn users_can_be_created_updated_and_banned_by_command_line() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let folder = folder.path();
    let add = ["user", "add", "ann", "--email", "ann@example.org", "--role", "moderator"];
    assert!(done(folder, &add, "correct horse\n").await.starts_with("ann\t"));
    assert!(refused(folder, &add, "correct horse\n").await.contains("username is taken"));
    assert!(refused(folder, &["user", "add", "system"], "correct horse\n").await.contains("taken"));
    assert!(refused(folder, &["user", "add", "ben"], "short\n").await.contains("8 to 128"));
    assert!(
        refused(folder, &["user", "role", "nobody", "admin"], "").await.contains("no user with id or username nobody")
    );
    done(folder, &["user", "add", "ben"], "another horse").await;
    done(folder, &["user", "role", "BEN", "admin"], "").await;
    let banned = done(folder, &["user", "ban", "ann@example.org", "--reason", "spam"], "").await;
    let ann = &cells(&banned)[1];
    assert_eq!(
        [&ann[..3], &ann[4..]].concat(),
        ["ann", "human", "moderator", "ann@example.org", "permanent"],
        "{banned}"
    );
    let list = done(folder, &["user", "list"], "").await;
    let rows = cells(&list);
    assert_eq!(rows[0], ["USERNAME", "KIND", "ROLE", "CREATED", "EMAIL", "BAN"]);
    let roles: Vec<_> = rows[1..].iter().map(|row| row[..3].join(" ")).collect();
    assert_eq!(roles, ["admin bot admin", "ann human moderator", "ben human admin"], "{list}");
    assert_eq!(done(folder, &["user", "list", "ANN"], "").await.lines().count(), 2);
    let json = done(folder, &["user", "list", "ANN", "--json"], "").await;
    let account: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!([&account["user"]["username"], &account["ban"]["reason"]], ["ann", "spam"]);
    assert!(refused(folder, &["user", "ban", "ben", "--until", "2001-01-01T00:00:00Z"], "").await.contains("future"));
    {
        let process = Process::start(folder, &[]).await;
        assert_eq!(log_in(&process, "ann", "correct horse").await["code"], "FORBIDDEN");
        assert_eq!(log_in(&process, "ben", "another horse").await["user"]["role"], "admin");
        assert_eq!(done(folder, &["user", "list"], "").await, list, "a running server prints the same");
    }
    done(folder, &["user", "unban", "ann"], "").await;
    done(folder, &["user", "passwd", "ann"], "a third horse\n").await;
    let process = Process::start(folder, &[]).await;
    assert_eq!(log_in(&process, "ann", "correct horse").await["code"], "UNAUTHENTICATED");
    assert_eq!(log_in(&process, "ann", "a third horse").await["user"]["role"], "moderator");
}

#[tokio::test]
async fn tokens_can_be_created_listed_and_revoked_by_command_line() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let folder = folder.path();
    done(folder, &["user", "add", "ann"], "correct horse").await;
    let secret = done(folder, &["token", "create", "ann", "for cron", "--scopes", "write,read"], "").await;
    assert!(refused(folder, &["token", "create", "ann", "t", "--scopes", "read,admin"], "").await.contains("admins"));
    let list = done(folder, &["token", "list", "ann"], "").await;
    assert_eq!(cells(&list)[0], ["ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "LAST USED"]);
    assert_eq!(cells(&list)[1][1..3], ["for cron", "read,write"], "{list}");
    assert!(!list.contains(secret.trim()), "{list}");
    {
        let process = Process::start(folder, &[]).await;
        Client::greeted(&process.url(), secret.trim()).await.hears_nothing().await;
    }
    let id = &cells(&list)[1][0];
    done(folder, &["token", "revoke", "ann", id], "").await;
    assert!(refused(folder, &["token", "revoke", "ann", id], "").await.contains("have a token with this id"));
    assert_eq!(done(folder, &["token", "list", "ann"], "").await.lines().count(), 1);
}

const KEY: &str = "the-key-8-of-this-test-which-nobody-guesses";

/// Every secret that a client can send, in every field that takes one.
async fn tell_secrets(process: &Process) -> Vec<String> {
    let mut client = Client::connect(&process.url()).await;
    client.next().await;
    let mut secrets = vec![];
    let sign_up = json!({"type":"SIGN_UP","username":"ann","password":"secret-password-1"});
    let reply = client.command(sign_up).await;
    secrets.push("secret-password-1".to_owned());
    let told = |reply: &Value, name: &str| reply[name].as_str().unwrap_or_else(|| panic!("{reply}")).to_owned();
    secrets.extend([told(&reply, "accessToken"), told(&reply, "refreshToken")]);
    let wrong = json!({"type":"LOG_IN","username":"ann","password":"secret-password-2"});
    client.command(wrong).await;
    secrets.push("secret-password-2".to_owned());
    client.command(json!({"type":"AUTHENTICATE","token":"secret-token-3"})).await;
    client.send_text(r#"{"type":"AUTHENTICATE","token":"secret-token-4","#).await;
    client.next().await;
    let renewed = client.command(json!({"type":"REFRESH_TOKEN","refreshToken":secrets[2]})).await;
    secrets.extend([told(&renewed, "accessToken"), told(&renewed, "refreshToken")]);
    let made = client.command(json!({"type":"CREATE_API_TOKEN","name":"t"})).await;
    secrets.push(told(&made, "secret"));
    for token in ["secret-token-5", &secrets[3]] {
        let url = format!("{}?token={token}", process.url());
        drop(Client::try_connect(&url, &[]).await);
        drop(Client::try_connect(&process.url(), &[("authorization", &format!("Bearer {token}"))]).await);
        let offered = format!("pichat.v1, bearer.{token}");
        drop(Client::try_connect(&process.url(), &[("sec-websocket-protocol", &offered)]).await);
    }
    let change = json!({"type":"CHANGE_PASSWORD","oldPassword":"secret-password-1","newPassword":"secret-password-6"});
    assert_eq!(client.command(change).await["type"], "PASSWORD_CHANGED");
    client.command(json!({"type":"DELETE_ACCOUNT","password":"secret-password-7"})).await;
    secrets.extend(["token-3", "token-4", "token-5", "password-6", "password-7"].map(|rest| format!("secret-{rest}")));
    secrets
}

#[tokio::test]
async fn the_log_contains_no_passwords_or_tokens() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let log = folder.path().join("log");
    let settings = [("LOG_LEVEL", "trace,pichat=trace,hyper=trace,tungstenite=trace"), ("SECRET_KEY", KEY)];
    let mut server = command(folder.path(), BINARY, &settings);
    server.stderr(std::fs::File::create(&log).expect("a file for the log"));
    let mut process = Process::spawn_with_its_log(server).await;
    let mut secrets = tell_secrets(&process).await;
    secrets.push(KEY.to_owned());
    process.terminate();
    process.ended(crate::support::client::PATIENCE).await;
    let log = std::fs::read_to_string(&log).expect("the log");
    assert!(log.lines().count() > 3, "the log is not empty: {log}");
    for secret in secrets {
        let signature = secret.rsplit('.').next().expect("a part");
        assert!(!log.contains(signature), "{secret} is in the log");
    }
}

#[tokio::test]
async fn security_events_are_logged_with_fields() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let log = folder.path().join("log");
    let settings = [("LOG_LEVEL", "info"), ("LOG_FORMAT", "json"), ("ALLOWED_ORIGINS", "*")];
    let mut server = command(folder.path(), BINARY, &settings);
    server.stderr(std::fs::File::create(&log).expect("a file for the log"));
    let mut process = Process::spawn_with_its_log(server).await;
    let mut admin = Client::greeted(&process.url(), ADMIN_TOKEN).await;
    let mut client = Client::connect(&process.url()).await;
    client.next().await;
    let signed_up = client.command(json!({"type":"SIGN_UP","username":"ann","password":"correct horse"})).await;
    let id = signed_up["user"]["id"].clone();
    for _ in 0..6 {
        client.command(json!({"type":"LOG_IN","username":"ann","password":"wrong horse"})).await;
    }
    client.command(json!({"type":"LOG_IN","username":"nobody","password":"wrong horse"})).await;
    client.command(json!({"type":"AUTHENTICATE","token":"guess"})).await;
    admin.command(json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":"a-bot"})).await;
    admin.command(json!({"type":"SET_USER_ROLE","userId":"ann","role":"moderator"})).await;
    admin.command(json!({"type":"BAN_USER","userId":"ann"})).await;
    admin.command(json!({"type":"UNBAN_USER","userId":"ann"})).await;
    process.kill();
    let log = std::fs::read_to_string(&log).expect("the log");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let fields = |event: &str| -> Vec<&Value> {
        let security = lines.iter().filter(|line| line["target"] == "pichat::security" && line["level"] == "INFO");
        security.map(|line| &line["fields"]).filter(|fields| fields["event"] == event).collect()
    };
    let only = |event: &str| -> Value {
        let found = fields(event);
        assert_eq!(found.len(), 1, "{event}: {log}");
        found[0].clone()
    };
    let logged_in = only("log_in");
    assert_eq!((&logged_in["account"], &logged_in["address"]), (&id, &json!("127.0.0.1")), "{logged_in}");
    let failed = fields("log_in_failed");
    let reasons: Vec<_> = failed.iter().map(|fields| fields["reason"].as_str().unwrap_or_default()).collect();
    assert_eq!(reasons, [["wrong password"; 5].as_slice(), &["unknown account"]].concat(), "{log}");
    assert!(failed[..5].iter().all(|fields| fields["account"] == id && fields["address"] == "127.0.0.1"), "{log}");
    assert_eq!(only("throttled")["limit"], "passwords");
    assert_eq!(only("token_refused")["reason"], "UNAUTHENTICATED");
    assert_eq!(only("token_created")["by"], "admin");
    assert_eq!(only("role_changed")["account"], id);
    assert_eq!((&only("banned")["account"], &only("unbanned")["by"]), (&id, &json!("admin")));
    assert!(!log.contains("nobody") && !log.contains("horse"), "{log}");
    let warnings: Vec<_> = lines.iter().filter(|line| line["level"] == "WARN").map(|line| line.to_string()).collect();
    for setting in ["ALLOWED_ORIGINS=*", "ALLOW_SIGN_UP=true", "EMAIL_LOOKUP=true"] {
        assert!(warnings.iter().any(|warning| warning.contains(setting)), "{setting}: {warnings:?}");
    }
    let start = lines.iter().find(|line| line["fields"]["message"] == "starting").expect("the settings");
    assert_eq!((&start["fields"]["storage"], &start["fields"]["tls"]), (&json!("sqlite"), &json!(false)), "{start}");
}

#[tokio::test]
async fn an_email_address_can_be_confirmed_by_command_line() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let folder = folder.path();
    done(folder, &["user", "add", "ann"], "correct horse").await;
    let confirm = ["user", "confirm-email", "ann", "ann@example.org"];
    assert!(refused(folder, &confirm, "").await.contains("no email address"));
    {
        let process = Process::start(folder, &[]).await;
        let mut client = Client::connect(&process.url()).await;
        client.next().await;
        client.command(json!({"type":"LOG_IN","username":"ann","password":"correct horse"})).await;
        client.command(json!({"type":"UPDATE_USER","email":"ann@example.org"})).await;
    }
    let list = done(folder, &["user", "list"], "").await;
    assert!(list.contains("ann@example.org (unconfirmed)"), "{list}");
    let other = ["user", "confirm-email", "ann", "ceo@example.org"];
    assert!(refused(folder, &other, "").await.contains("another email address"));
    assert!(done(folder, &["user", "list"], "").await.contains("ann@example.org (unconfirmed)"));
    assert!(done(folder, &confirm, "").await.contains(" ann@example.org"));
    assert!(!done(folder, &["user", "list"], "").await.contains("unconfirmed"));
}
