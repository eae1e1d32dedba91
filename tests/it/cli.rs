//! The commands of the binary other than serving.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::archive::stores::{Store, fill};
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
fn the_schema_can_be_printed_whole_and_in_parts() {
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
fn help_lists_every_visible_command() {
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
        assert!(help.contains(word), "{word} is missing from {help}");
    }
    let seed = printed(folder.path(), &["seed", "--help"]);
    assert!(seed.contains("It can be repeated with the same --password"), "{seed}");
}

#[test]
fn a_seed_can_be_rerun_with_its_password() {
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
async fn health_checks_distinguish_ready_and_unready_servers() {
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
    assert!(code == Some(1) && error.contains("did not respond within 3 s"), "{error}");
    server.kill();
    let (code, error) = problem(health(&url).await.expect("an end"));
    assert!(code == Some(1) && error.contains("is the server running?"), "{error}");
    let (code, error) = problem(health("localhost").await.expect("an end"));
    assert!(code == Some(2) && error.contains("--url") && error.contains("write it as ws://"), "{error}");
    let (code, error) = problem(health(url.trim_end_matches("/ws")).await.expect("an end"));
    assert!(code == Some(1) && error.contains("must end in /ws"), "{error}");
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
async fn a_seed_joins_existing_channels_and_its_users_can_log_in() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    // Enough for one run; a rerun must not need new accounts.
    let server = Process::start(folder.path(), &[("SIGN_UPS_PER_HOUR", "5")]).await;
    let mut admin = Client::greeted(&server.url(), ADMIN_TOKEN).await;
    admin.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"general"})).await;
    admin.token_of("mia").await;
    let options = "--users 4 --channels 2 --groups 1 --directs 2 --messages 60 --password tomatoes-mostly";
    let first = seed(&server, options).await;
    assert_eq!(first.users, ["noah", "aisha", "liam", "sofia"], "mia is another user");
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
    assert_eq!(counts[0], counts[1], "nothing is imported twice");
    assert_eq!(counts[0].0, 5);
    assert!(counts[0].1.as_u64() > Some(0), "{counts:?}");
}

#[test]
fn a_seed_lists_the_existing_chats() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    // Three users form three pairs.
    for (directs, chats) in [("3", 4), ("9", 4)] {
        let words =
            ["seed", "--users", "3", "--channels", "1", "--groups", "0", "--messages", "5", "--directs", directs];
        let said = printed(folder.path(), &[&words[..], &["--password", "correct horse"]].concat());
        assert!(said.contains(&format!("3 users, {chats} chats and 5 messages")), "{said}");
        let database = rusqlite::Connection::open(folder.path().join("pichat.db")).expect("the database");
        let count = database.query_row("SELECT count(*) FROM chats", [], |row| row.get::<_, i64>(0));
        assert_eq!(count.expect("a number"), chats);
    }
}

#[test]
fn a_failed_seed_prints_no_password() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (words, sentence) in [
        (&["seed", "--password", "short"][..], "--password"),
        (&["seed", "--url", "ws://127.0.0.1:9/ws"], "is the server running?"),
    ] {
        let output = pichat(folder.path(), words);
        let error = String::from_utf8(output.stderr).expect("text");
        assert!(!output.status.success() && error.contains(sentence) && output.stdout.is_empty(), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seed_adapts_to_the_sign_up_limit() {
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
fn a_closed_output_pipe_is_not_an_error() {
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
fn unwritable_output_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a disk that is always full");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
    let command = command.current_dir(folder.path()).env_clear().args(["schema", "--list"]).stdout(full);
    assert!(!command.stderr(Stdio::null()).status().expect("the binary starts").success());
}

#[test]
fn an_unreachable_servers_address_is_named() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let refused = complaint(folder.path(), &["stats", "--url", "ws://127.0.0.1:1/ws", "--token", "t"]);
    assert!(refused.contains("ws://127.0.0.1:1/ws") && refused.contains("running"), "{refused}");
    let refused = complaint(folder.path(), &["stats"]);
    assert!(refused.contains("--token"), "{refused}");
}

#[test]
fn bad_addresses_and_tokens_are_refused_before_connecting() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for port in ["99999", "0", "65536"] {
        let url = format!("ws://127.0.0.1:{port}/ws");
        let refused = complaint(folder.path(), &["stats", "--url", &url, "--token", "t"]);
        assert!(refused.contains("the port must be a number from 1 to 65535"), "{refused}");
    }
    let refused = complaint(folder.path(), &["stats", "--url", "ws://127.0.0.1:9/ws", "--token", "a\nb"]);
    assert!(refused.contains("--token: a token has no blanks, line breaks or control characters"), "{refused}");
}

#[test]
fn a_server_that_accepts_and_says_nothing_is_given_up() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("ws://{}/ws", silent.local_addr().expect("an address"));
    let refused = complaint(folder.path(), &["stats", "--url", &url, "--token", "t"]);
    assert!(refused.contains(&format!("{url} does not answer as a WebSocket server")), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_check_can_run_with_signed_up_users() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let server = Process::start(folder.path(), &[]).await;
    let words = format!("check --sign-up --clients 8 --chats 3 --seconds 2 --rest 20 --url {}", server.url());
    let said = tokio::task::spawn_blocking(move || printed(folder.path(), &words.split(' ').collect::<Vec<_>>()));
    let said = said.await.expect("an end");
    assert!(said.contains("messages acknowledged") && said.ends_with("KEPT: every guarantee was kept\n"), "{said}");
}

#[test]
fn an_unreachable_deployment_is_not_reported_as_broken() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for words in [&["--token", "t"][..], &["--sign-up"], &[]] {
        let output = pichat(folder.path(), &[&["check", "--url", "ws://127.0.0.1:1/ws"], words].concat());
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let complaint = String::from_utf8(output.stderr).expect("text");
        let named = if words.is_empty() { "--token" } else { "ws://127.0.0.1:1/ws" };
        assert!(complaint.contains(named), "{words:?}: {complaint}");
    }
}

/// Linux has a device that is always full.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unwritable_output_is_reported_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let server = Process::start(folder.path(), &[]).await;
    let lists = ["stats", "jobs list", "jobs run retention", "user list", "health", "verify"];
    let prints = ["schema", "schema --list", "completions bash", "backup copy", "--help", "--version"];
    let seed = format!("seed --url {} --users 2 --channels 1 --groups 0 --directs 0 --messages 1", server.url());
    for words in lists.into_iter().chain(prints).chain([seed.as_str()]) {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("the device");
        let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
        command.current_dir(folder.path()).env_clear().args(words.split(' ')).stdout(full).stderr(Stdio::piped());
        command.env("PORT", server.url().rsplit(':').next().and_then(|rest| rest.split('/').next()).expect("a port"));
        let ended = tokio::task::spawn_blocking(move || command.spawn().expect("it starts").wait_with_output());
        let output = ended.await.expect("an end").expect("an output");
        let error = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(1), "{words}: {error}");
        let sentence = "pichat: cannot write to standard output: No space left on device";
        assert!(error.starts_with(sentence) && error.lines().count() == 1, "{words}: {error}");
    }
}

#[test]
fn only_adding_a_user_creates_a_database() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for words in ["user list", "user role ann admin", "user unban ann", "token list ann", "token revoke ann x"] {
        let error = complaint(folder.path(), &words.split(' ').collect::<Vec<_>>());
        assert_eq!(error, "pichat: DATABASE_URL: there is no database pichat.db\n", "{words}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

/// The files of a folder with their permissions.
#[cfg(unix)]
fn listing(folder: &Path) -> Vec<(String, u32, Vec<u8>)> {
    use std::os::unix::fs::PermissionsExt;
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let mut files: Vec<_> = entries
        .map(|entry| {
            let mode = entry.metadata().expect("rights").permissions().mode();
            (entry.file_name().to_string_lossy().into_owned(), mode, std::fs::read(entry.path()).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

#[cfg(unix)]
#[test]
fn another_programs_database_is_not_modified() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("pichat.db");
    let other = rusqlite::Connection::open(&path).expect("a new file");
    other.execute_batch("CREATE TABLE theirs (x)").expect("a table");
    drop(other);
    let archive = tempfile::tempdir().expect("a folder for the archive");
    printed(
        archive.path(),
        &["seed", "--users", "2", "--channels", "1", "--groups", "0", "--directs", "0", "--messages", "1"],
    );
    printed(archive.path(), &["export", "a.pichat"]);
    let archive = archive.path().join("a.pichat").display().to_string();
    let before = listing(folder.path());
    for words in ["serve", "user list", "token list admin", "user add ann", "verify", "export a.pichat", "backup b"] {
        let error = complaint(folder.path(), &words.split(' ').collect::<Vec<_>>());
        assert!(error.contains("pichat.db is a database of another program; name another file"), "{words}: {error}");
        assert!(listing(folder.path()) == before, "{words} changed something");
    }
    for words in [&["import", &archive][..], &["import", "--dry-run", &archive]] {
        let error = complaint(folder.path(), words);
        assert!(error.contains("pichat.db is a database of another program; name another file"), "{error}");
        assert!(listing(folder.path()) == before, "{words:?} changed something");
    }
}

#[test]
fn an_empty_database_is_reported_as_empty() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    std::fs::write(folder.path().join("pichat.db"), b"").expect("a file");
    for words in [&["verify"][..], &["export", "a.pichat"], &["backup", "copy"]] {
        let error = complaint(folder.path(), words);
        assert!(error.contains("pichat.db is empty"), "{words:?}: {error}");
    }
}

/// True if this process is root, which can act as another user.
#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::metadata(folder.path()).expect("a folder").uid() == 0;
    if !root {
        eprintln!("skipped: only root makes files for others");
    }
    root
}

/// The user that owns the files of the test.
#[cfg(unix)]
const SOMEBODY: u32 = 54_321;

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_created_by_root_belong_to_the_folders_owner() {
    use std::os::unix::fs::{MetadataExt, chown};
    if !is_root() {
        return;
    }
    let owner_of_all = |folder: &Path| {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            assert_eq!(std::fs::metadata(&path).expect("an owner").uid(), SOMEBODY, "{}", path.display());
        }
    };
    let store = Store::sqlite();
    drop(fill(&store).await);
    store.said(&["backup", "copy"], b"").await;
    store.said(&["export", "a.pichat"], b"").await;
    let copy = store.folder.path().join("copy").display().to_string();
    let archive = store.folder.path().join("a.pichat").display().to_string();
    for words in [&["user", "add", "ann"][..], &["restore", &copy], &["import", &archive]] {
        let other = Store::sqlite();
        chown(other.folder.path(), Some(SOMEBODY), Some(SOMEBODY)).expect("root may");
        other.said(words, b"correct horse battery\n").await;
        owner_of_all(other.folder.path());
        if other.files().exists() {
            owner_of_all(&other.files());
            owner_of_all(&std::fs::read_dir(other.files()).expect("files").next().expect("one").expect("one").path());
        }
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_only_copy_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    if !is_root() {
        return;
    }
    let store = Store::sqlite();
    drop(store.open().await);
    let folder = tempfile::tempdir().expect("a folder for the copy");
    let path = folder.path().join("pichat.db");
    std::fs::copy(store.folder.path().join("pichat.db"), &path).expect("a copy");
    let binary = folder.path().join("pichat");
    std::fs::copy(env!("CARGO_BIN_EXE_pichat"), &binary).expect("a copy");
    for (path, mode) in [(folder.path(), 0o555), (&path, 0o444), (&binary, 0o555)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("rights");
    }
    let as_somebody = |words: &[&str]| {
        let mut command = store.wrapped(&binary.display().to_string(), words);
        command
            .current_dir("/")
            .env("DATABASE_URL", format!("sqlite://{}", path.display()))
            .env("FILES_URL", "file:///no/such/folder");
        command.uid(SOMEBODY).gid(SOMEBODY).output().expect("it starts")
    };
    let output = as_somebody(&["verify"]);
    assert!(output.status.success(), "{output:?}");
    // The WAL may hold the latest changes, and reading it writes files next to it.
    std::fs::write(folder.path().join("pichat.db-wal"), b"something").expect("a log");
    let output = as_somebody(&["verify"]);
    let error = String::from_utf8(output.stderr).expect("text");
    let right = format!("reading it needs write access to {}", folder.path().display());
    assert!(!output.status.success() && error.contains(&right), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_address_is_distinguished_from_a_wrong_token() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let server = Process::start(folder.path(), &[("ADMIN_SOCKET", "off")]).await;
    let url = server.url();
    let root = url.trim_end_matches("/ws").to_owned();
    let secure = url.replace("ws://", "wss://");
    let complaint = async |words: &str| {
        let path = folder.path().to_owned();
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let run = move || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
            command.current_dir(path).env_clear().env("ADMIN_SOCKET", "off").args(words);
            command.output().expect("the binary starts")
        };
        let output = tokio::task::spawn_blocking(run).await.expect("an end");
        let text = String::from_utf8(output.stderr).expect("text");
        (output.status.code(), text)
    };
    for command in ["stats", "user list", "jobs list"] {
        for (options, sentence) in [
            (format!("--url {root} --token {ADMIN_TOKEN}"), "the address must end in /ws"),
            (format!("--url {root}/nope --token {ADMIN_TOKEN}"), "the address must end in /ws"),
            (format!("--url {url} --token bad"), "check the token (--token)"),
            (format!("--url {secure} --token {ADMIN_TOKEN}"), "does not speak TLS; use ws://"),
            (format!("--url {url}"), "/ws needs a token: "),
        ] {
            let (code, error) = complaint(&format!("{command} {options}")).await;
            assert!(code == Some(1) && error.contains(sentence) && error.lines().count() == 1, "{options}: {error}");
            assert_eq!(error.contains("check the token"), sentence.contains("check the token"), "{error}");
        }
        let (code, error) = complaint(&format!("{command} --url foo --token x")).await;
        assert!(code == Some(2) && error.contains("--url <URL>") && error.contains("write it as ws://"), "{error}");
    }
    let (_, error) = complaint("stats").await;
    assert!(error.contains("there is no administration socket (ADMIN_SOCKET): give the token"), "{error}");
    let (_, error) = complaint(&format!("check --url {root} --token x --seconds 1")).await;
    assert!(error.contains("the address must end in /ws"), "{error}");
}
