//! Starting the binary by hand: which files it reads, and from where.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Starts the server in that folder and stops it once it serves; returns its output, or the startup error.
fn start(folder: &Path, settings: &[(&str, &str)]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
    command.current_dir(folder).env_clear().env("HOST", "127.0.0.1").envs(settings.iter().copied());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    let mut line = String::new();
    let output = child.stdout.take().expect("its output is piped");
    BufReader::new(output).read_line(&mut line).expect("its output is text");
    child.kill().expect("a child can be killed");
    let errors = child.wait_with_output().expect("it ends").stderr;
    if line.is_empty() { Err(String::from_utf8_lossy(&errors).into_owned()) } else { Ok(line) }
}

#[test]
fn settings_are_read_from_the_working_directorys_env_file() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(".env"), "PORT=0\n").expect("a file");
    let line = start(folder.path(), &[]).expect("it serves");
    assert!(line.contains("listening on ws://127.0.0.1:"), "{line}");
    let refusal = start(folder.path(), &[("PORT", "nonsense")]).expect_err("the environment goes first");
    assert!(refusal.contains("PORT: \"nonsense\""), "{refusal}");
}

#[test]
fn a_value_with_blanks_needs_no_quotes() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(".env"), "PORT=0\nDATABASE_URL=sqlite://two words.db # here\n").expect("a file");
    start(folder.path(), &[]).expect("it serves");
    assert!(folder.path().join("two words.db").exists());
}

#[test]
fn a_misspelled_setting_aborts_startup() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(".env"), "# mine\nALLOW_SINGUP=false\nPORT=0\n").expect("a file");
    let refusal = start(folder.path(), &[]).expect_err("sign-up would stay open");
    assert!(refusal.contains(".env: line 2: ALLOW_SINGUP is not a setting; did you mean ALLOW_SIGN_UP?"), "{refusal}");
    start(folder.path(), &[("IGNORED_SETTINGS", "OTHER, ALLOW_SINGUP")]).expect("it serves");
}

#[test]
fn relative_sqlite_urls_use_the_working_directory() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    start(folder.path(), &[("PORT", "0"), ("DATABASE_URL", "sqlite:///./chat.db")]).expect("it serves");
    assert!(folder.path().join("chat.db").exists());
}

#[cfg(unix)]
#[test]
fn database_files_are_made_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder for the test");
    let mode = |name: &str| {
        let metadata = fs::metadata(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        metadata.permissions().mode() & 0o777
    };
    let files = ["pichat.db", "pichat.db-wal", "pichat.db-shm", "pichat.db.lock"];
    start(folder.path(), &[("PORT", "0")]).expect("it serves");
    for name in files {
        assert_eq!(mode(name), 0o600, "{name}");
        let public = fs::Permissions::from_mode(0o644);
        fs::set_permissions(folder.path().join(name), public).expect("a change of its rights");
    }
    start(folder.path(), &[("PORT", "0")]).expect("it serves");
    for name in files {
        assert_eq!(mode(name), 0o600, "{name}");
    }
}

#[test]
fn env_files_of_parent_directories_are_ignored() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).expect("a folder in it");
    fs::write(folder.path().join(".env"), "LOG_FORMAT=nonsense\n").expect("a file");
    start(&inner, &[("PORT", "0")]).expect("it serves");
}

#[test]
fn an_unreadable_env_file_aborts_startup() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::create_dir(folder.path().join(".env")).expect("a folder where a file should be");
    let refusal = start(folder.path(), &[("PORT", "0")]).expect_err("it may hold the token");
    assert!(refusal.contains(".env"), "{refusal}");
}

#[test]
fn an_invalid_env_line_is_not_printed() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(".env"), "PORT=0\nAPI_TOKEN='quite a secret\n").expect("a file");
    let refusal = start(folder.path(), &[]).expect_err("the token is ambiguous");
    assert!(refusal.contains(".env: line 2: must be NAME=value") && !refusal.contains("secret"), "{refusal}");
}

#[cfg(feature = "postgres")]
#[test]
fn an_unresponsive_storage_aborts_startup_with_one_line() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let database = ("DATABASE_URL", "postgres://ann:s3cret@127.0.0.1:9/chat");
    let refusal = start(folder.path(), &[("PORT", "0"), database]).expect_err("nobody is there");
    assert!(refusal.contains("DATABASE_URL: cannot connect to PostgreSQL at 127.0.0.1:9"), "{refusal}");
    assert!(!refusal.contains("s3cret") && refusal.trim().lines().count() == 1, "{refusal}");
}
