//! `pichat user`, `token`, `stats` and `jobs`: over the admin socket, over the network, and without a server.

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::accounts::{cells, done, log_in, refused};
use crate::support::client::PATIENCE;
use crate::support::process::{BINARY, command, refusal};
use crate::support::{ADMIN_TOKEN, Client, Process, absent};

const SOCKET: &str = "pichat.db.sock";

/// A server without an administrator token.
async fn start(folder: &Path, own: &[(&str, &str)]) -> Process {
    Process::start(folder, &[&[("API_TOKEN", ""), ("ALLOW_SIGN_UP", "false")], own].concat()).await
}

/// A user on a new connection.
async fn entered(process: &Process, name: &str, password: &str) -> Client {
    let mut client = Client::connect(&process.url()).await;
    client.next().await;
    let entered = client.command(json!({"type":"LOG_IN","username":name,"password":password})).await;
    assert_eq!(entered["type"], "AUTHENTICATED", "{entered}");
    client
}

fn closed(code: u16, reason: &str) -> Option<(u16, String)> {
    Some((code, reason.to_owned()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn admin_socket_changes_take_effect_immediately() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let folder = folder.path();
    let process = start(folder, &[]).await;
    done(folder, &["user", "add", "ann", "--email", "ann@example.org"], "correct horse").await;
    let mut ann = entered(&process, "ann", "correct horse").await;
    ann.command(json!({"type":"UPDATE_USER","email":"new@example.org"})).await;
    assert!(done(folder, &["user", "list", "ann"], "").await.contains("new@example.org (unconfirmed)"));
    let confirm = ["user", "confirm-email", "ann", "new@example.org"];
    assert!(!done(folder, &confirm, "").await.contains("unconfirmed"));
    assert!(done(folder, &["user", "role", "ann", "admin"], "").await.contains("\nann       human  admin  "));
    assert_eq!(ann.next_of("USER_ROLE_CHANGED").await["by"], "admin");
    done(folder, &["user", "passwd", "ann"], "another horse").await;
    assert_eq!(ann.closed().await, closed(4401, "password changed"));
    assert_eq!(log_in(&process, "ann", "correct horse").await["code"], "UNAUTHENTICATED");
    let mut ann = entered(&process, "ann", "another horse").await;
    let secret = done(folder, &["token", "create", "ann", "for cron", "--scopes", "read,admin"], "").await;
    let mut program = Client::greeted(&process.url(), secret.trim()).await;
    let listed = done(folder, &["token", "list", "ann"], "").await;
    let id = cells(&listed)[1][0];
    let log = program.reply(json!({"type":"GET_AUDIT_LOG","actorId":"admin","limit":100})).await;
    let entries = log["entries"].as_array().unwrap_or_else(|| panic!("{log}"));
    let acts: Vec<_> = entries.iter().rev().filter_map(|entry| entry["command"].as_str()).collect();
    let changes: Vec<_> = acts.into_iter().filter(|command| !command.starts_with("GET_")).collect();
    assert_eq!(changes, ["CREATE_USER", "CONFIRM_EMAIL", "SET_USER_ROLE", "SET_USER_PASSWORD", "CREATE_API_TOKEN"]);
    done(folder, &["token", "revoke", "ann", id], "").await;
    while program.next_or_end().await.is_some() {}
    ann.next_of("API_TOKEN_REVOKED").await;
    let banned = done(folder, &["user", "ban", "ann", "--reason", "stolen"], "").await;
    assert!(banned.trim_end().ends_with("permanent"), "{banned}");
    assert_eq!(ann.closed().await, closed(4403, "banned"));
    done(folder, &["user", "unban", "ann"], "").await;
    entered(&process, "ann", "another horse").await.hears_nothing().await;
    let refusal = refused(folder, &["user", "role", "nobody", "admin"], "").await;
    assert!(refusal.contains("NOT_FOUND: no user with id or username nobody"), "{refusal}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn local_stats_and_jobs_need_no_token() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let folder = folder.path();
    let process = start(folder, &[]).await;
    let stats = done(folder, &["stats"], "").await;
    assert!(stats.contains("\nusers ") && stats.contains("\nNODE   CONNECTIONS"), "{stats}");
    assert!(stats.lines().count() < 20, "the jobs have a list of their own: {stats}");
    let stats: Value = serde_json::from_str(&done(folder, &["stats", "--json"], "").await).expect("JSON");
    assert_eq!([&stats["users"], &stats["nodes"][0]["node"]], [&json!(1), &json!("local")]);
    assert!(done(folder, &["jobs", "run", "retention"], "").await.contains("\nretention "));
    assert!(done(folder, &["jobs", "list"], "").await.contains("\nretention "));
    let mut socket = UnixStream::connect(folder.join(SOCKET)).expect("the socket");
    let body = json!({"type":"GET_ME"}).to_string();
    let head =
        format!("POST /command HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    socket.write_all((head + &body).as_bytes()).expect("a request");
    let mut reply = String::new();
    socket.read_to_string(&mut reply).expect("a reply");
    assert!(reply.starts_with("HTTP/1.1 200") && reply.contains("\"id\":\"admin\""), "{reply}");
    drop(process);
    let refusal = refused(folder, &["stats", "--token", "t"], "").await;
    assert!(refusal.contains("is the server running?"), "{refusal}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_admin_socket_is_exempt_from_the_connection_limit() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let process = Process::start(folder.path(), &[("MAX_CONNECTIONS_PER_USER", "1")]).await;
    let mut only = Client::greeted(&process.url(), ADMIN_TOKEN).await;
    assert!(done(folder.path(), &["stats"], "").await.contains("\nusers "));
    only.hears_nothing().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_admin_socket_is_owner_only_and_removed_at_shutdown() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let socket = folder.path().join(SOCKET);
    let mut process = start(folder.path(), &[]).await;
    assert_eq!(socket.metadata().expect("the socket").permissions().mode() & 0o777, 0o600);
    process.terminate();
    process.ended(PATIENCE).await;
    assert!(!socket.exists(), "the socket is removed");
    let mut process = start(folder.path(), &[]).await;
    process.kill();
    assert!(socket.exists(), "a killed server leaves its socket");
    done(folder.path(), &["user", "add", "ann"], "correct horse").await;
    let process = start(folder.path(), &[]).await;
    assert!(done(folder.path(), &["user", "list"], "").await.contains("\nann       human"));
    entered(&process, "ann", "correct horse").await.hears_nothing().await;
    UnixStream::connect(&socket).expect("a server listens again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_admin_socket_refuses_other_local_users() {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|told| told.stdout == b"0\n");
    if !is_root {
        return absent::skip("only root can be another user");
    }
    if !absent::is_installed("setpriv", "--version", "util-linux") || !absent::is_installed("curl", "-V", "curl") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the test");
    let log = folder.path().join("log");
    let mut server = command(folder.path(), BINARY, &[("API_TOKEN", ""), ("LOG_LEVEL", "info")]);
    server.stderr(std::fs::File::create(&log).expect("a file for the log"));
    let _process = Process::spawn_with_its_log(server).await;
    let socket = folder.path().join(SOCKET);
    // Even with permission to open the file.
    for (path, mode) in [(folder.path(), 0o755), (&socket, 0o666)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a change of its rights");
    }
    let get = |user: &str| {
        let mut curl = Command::new("setpriv");
        curl.args(["--reuid", user, "--regid", user, "--clear-groups", "curl", "--silent", "--unix-socket"]);
        curl.arg(&socket).arg("http://localhost/health").stdin(Stdio::null()).output().expect("setpriv")
    };
    let own = get("0");
    assert!(own.status.success() && own.stdout.starts_with(b"{\"status\""), "{own:?}");
    let others = get("65534");
    assert!(!others.status.success() && others.stdout.is_empty(), "{others:?}");
    let log = std::fs::read_to_string(log).expect("the log");
    assert!(
        log.contains("event=\"admin_refused\" uid=65534") && log.contains("event=\"admin_connected\" uid=0"),
        "{log}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invalid_socket_path_aborts_startup() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let other = tempfile::tempdir().expect("another folder");
    let first = start(folder.path(), &[]).await;
    let socket = folder.path().join(SOCKET);
    std::fs::write(folder.path().join("file"), "kept").expect("a file");
    let long = format!("/tmp/{}", "x".repeat(108));
    for (place, problem) in [
        (socket.to_str().expect("a path"), "another server listens on"),
        (folder.path().join("file").to_str().expect("a path"), "is not a socket"),
        (&long, "at most 107 bytes"),
        ("/no/such/folder/socket", "cannot listen on"),
    ] {
        let (_, complained) = refusal(command(other.path(), BINARY, &[("ADMIN_SOCKET", place)])).await;
        assert!(complained.starts_with("pichat: ADMIN_SOCKET: ") && complained.contains(problem), "{complained}");
    }
    assert_eq!(std::fs::read(folder.path().join("file")).expect("the file"), b"kept");
    assert!(done(folder.path(), &["stats"], "").await.contains("\nusers "), "the first server still listens");
    drop(first);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_a_socket_is_administered_remotely() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let folder = folder.path();
    let process = Process::start(folder, &[("ADMIN_SOCKET", "off")]).await;
    assert!(!folder.join(SOCKET).exists());
    let told = refused(folder, &["user", "list"], "").await;
    assert!(told.contains("another pichat process holds pichat.db") && told.contains(SOCKET), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    let url = process.url();
    let by_network = ["--url", &url, "--token", ADMIN_TOKEN];
    done(folder, &[&["user", "add", "ann"], &by_network[..]].concat(), "correct horse").await;
    let mut ann = entered(&process, "ann", "correct horse").await;
    done(folder, &[&["user", "ban", "ann"], &by_network[..]].concat(), "").await;
    assert_eq!(ann.closed().await, closed(4403, "banned"));
    let told = refused(folder, &["user", "list", "--url", &url, "--token", "wrong"], "").await;
    assert!(told.contains("check the token"), "{told}");
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_socket_path_setting_applies_with_postgresql() {
    let Some(server) = crate::support::postgres::shared().await else { return };
    let place = server.place().await;
    let url = server.url_of(&place);
    let folder = tempfile::tempdir().expect("a folder for the test");
    let folder = folder.path();
    let database = ("DATABASE_URL", &*url);
    let run = async |own: &[(&str, &str)], words: &[&str], input: &str| {
        crate::accounts::run_with(folder, &[&[database], own].concat(), words, input).await
    };
    let (went_well, _, complained) = run(&[], &["user", "add", "ann"], "correct horse").await;
    assert!(went_well, "without a server: {complained}");
    let process = start(folder, &[database, ("ADMIN_SOCKET", "own.sock")]).await;
    let mut ann = entered(&process, "ann", "correct horse").await;
    let (went_well, said, complained) = run(&[("ADMIN_SOCKET", "own.sock")], &["user", "ban", "ann"], "").await;
    assert!(went_well && said.contains("permanent"), "{said}{complained}");
    assert_eq!(ann.closed().await, closed(4403, "banned"));
    // The store can also be used alongside the server.
    let (went_well, said, complained) = run(&[], &["user", "unban", "ann"], "").await;
    assert!(went_well && !said.contains("permanent"), "{said}{complained}");
    let user: Value = log_in(&process, "ann", "correct horse").await;
    assert_eq!(user["type"], "AUTHENTICATED", "{user}");
}
