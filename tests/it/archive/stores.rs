//! Stores that the binary opens by its settings, and their content.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use pichat::domain::Action;
use pichat::ops::config::FileLocation;
use pichat::protocol::{
    AuditEntry, Ban, ChatKind, FileId, MessageId, Mute, Scope, Timestamp, Token, User, UserId, UserKind,
};
use pichat::store::files::{self, MARK, SEGMENT, SegmentKey};
#[cfg(feature = "postgres")]
use pichat::store::postgres::PostgresRepository;
use pichat::store::repository::{
    Account, AccountName, Advance, Document, EndedToken, FileAllowance, FileState, PasswordHash, PreviousRefresh,
    Repository, StoredFile, StoredSession, StoredToken, file_id,
};
use pichat::store::sqlite::SqliteRepository;
use tempfile::TempDir;

use crate::contract::random;
use crate::contract::scene::*;
#[cfg(feature = "cosmos")]
use crate::support::emulator;
#[cfg(feature = "postgres")]
use crate::support::postgres;
use crate::support::process::{BINARY, Process};

/// A store with a folder for files, empty at first.
pub struct Store {
    pub folder: TempDir,
    settings: Vec<(&'static str, String)>,
    place: StorePlace,
}

enum StorePlace {
    Sqlite(PathBuf),
    #[cfg(feature = "postgres")]
    Postgres(Box<pichat::ops::config::PostgresServer>),
    #[cfg(feature = "cosmos")]
    Cosmos(Box<pichat::ops::config::CosmosAccount>),
}

/// The archive, and the progress reports.
pub struct Exported {
    pub bytes: Vec<u8>,
    pub told: String,
}

impl Store {
    pub fn sqlite() -> Store {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("pichat.db");
        Store {
            settings: vec![("DATABASE_URL", format!("sqlite://{}", path.display()))],
            place: StorePlace::Sqlite(path),
            folder,
        }
    }

    #[cfg(feature = "postgres")]
    pub async fn postgres() -> Option<Store> {
        let server = postgres::shared().await?;
        let place = server.place().await;
        let settings = vec![("DATABASE_URL", server.url_of(&place))];
        let folder = tempfile::tempdir().expect("a folder for the test");
        Some(Store { folder, settings, place: StorePlace::Postgres(Box::new(place)) })
    }

    #[cfg(feature = "cosmos")]
    pub async fn cosmos() -> Option<Store> {
        use pichat::ops::config::CosmosCredential;
        use secrecy::ExposeSecret;

        let account = tokio::task::spawn_blocking(emulator::account).await.expect("an account");
        let CosmosCredential::Key(key) = &account.credential else { panic!("the tests set a key") };
        let settings = vec![
            ("DATABASE_URL", "cosmos://".to_owned()),
            ("COSMOS_ENDPOINT", account.endpoint.clone()),
            ("COSMOS_KEY", key.expose_secret().to_owned()),
            ("COSMOS_DATABASE", account.database.clone()),
        ];
        let folder = tempfile::tempdir().expect("a folder for the test");
        Some(Store { folder, settings, place: StorePlace::Cosmos(Box::new(account)) })
    }

    /// Every kind of store; one without its server prints that it is skipped.
    pub async fn all() -> Vec<Store> {
        #[cfg_attr(not(any(feature = "postgres", feature = "cosmos")), expect(unused_mut, reason = "one is all"))]
        let mut stores = vec![Store::sqlite()];
        #[cfg(feature = "postgres")]
        stores.extend(Store::postgres().await);
        #[cfg(feature = "cosmos")]
        stores.extend(Store::cosmos().await);
        stores
    }

    /// The repository, as a server opens it.
    pub async fn open(&self) -> Arc<dyn Repository> {
        match &self.place {
            StorePlace::Sqlite(path) => Arc::new(SqliteRepository::open(path).expect("a file")),
            #[cfg(feature = "postgres")]
            StorePlace::Postgres(place) => Arc::new(PostgresRepository::open(place).await.expect("a schema")),
            #[cfg(feature = "cosmos")]
            StorePlace::Cosmos(account) => {
                Arc::new(pichat::store::cosmos::CosmosRepository::open(account).await.expect("containers"))
            }
        }
    }

    /// A command of the binary for the store.
    pub fn command(&self, words: &[&str]) -> Command {
        self.wrapped(BINARY, words)
    }

    /// A program that runs the binary on the store.
    pub fn wrapped(&self, program: &str, words: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path()).env_clear().envs(self.settings.iter().cloned()).args(words);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("FILES_URL", format!("file://{}", self.files().display()));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Changes the database directly, bypassing servers.
    #[cfg(feature = "postgres")]
    pub async fn damage(&self, statement: &str) {
        let StorePlace::Postgres(place) = &self.place else { panic!("a PostgreSQL store") };
        postgres::shared().await.expect("the server").execute_in(place, statement).await;
    }

    /// A container of the account, to change documents directly.
    #[cfg(feature = "cosmos")]
    pub async fn container(&self, name: &str) -> azure_data_cosmos::clients::ContainerClient {
        let StorePlace::Cosmos(account) = &self.place else { panic!("a Cosmos store") };
        let client = pichat::store::cosmos::connect(account).await.expect("the account");
        let database = client.database_client(account.database.clone());
        database.container_client(name.to_owned(), None).await.expect("the container")
    }

    pub fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// The real server on the store.
    pub async fn serve(&self) -> Process {
        let files = format!("file://{}", self.files().display());
        let mut own: Vec<(&str, &str)> = self.settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        own.push(("FILES_URL", &files));
        Process::start(self.folder.path(), &own).await
    }

    /// Runs the binary to completion.
    pub async fn run(&self, words: &[&str], input: &[u8]) -> Output {
        finished(self.command(words), input.to_vec()).await
    }

    /// The standard output of a run that succeeds.
    pub async fn said(&self, words: &[&str], input: &[u8]) -> String {
        let output = self.run(words, input).await;
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// The one line of a failing run on standard error.
    pub async fn complained(&self, words: &[&str], input: &[u8]) -> String {
        let output = self.run(words, input).await;
        let error = String::from_utf8(output.stderr).expect("text");
        assert!(!output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(error.trim_end().lines().count(), 1, "one line: {error}");
        error
    }

    pub async fn export(&self) -> Exported {
        let output = self.run(&["export"], b"").await;
        let told = String::from_utf8(output.stderr).expect("text");
        assert!(output.status.success(), "{told}");
        Exported { bytes: output.stdout, told }
    }
}

/// Runs a command to completion.
pub async fn finished(mut command: Command, input: Vec<u8>) -> Output {
    let run = move || {
        let mut child = command.stdin(Stdio::piped()).spawn().expect("the binary starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let feeding = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("an end");
        feeding.join().expect("the input was written");
        output
    };
    tokio::task::spawn_blocking(run).await.expect("an end")
}

impl Exported {
    /// The lines without the first, which differs between archives of the same data.
    pub fn lines(&self) -> Vec<String> {
        lines(&self.bytes)[1..].to_vec()
    }
}

pub fn lines(archive: &[u8]) -> Vec<String> {
    let text = zstd::stream::decode_all(archive).expect("Zstandard");
    String::from_utf8(text).expect("text").lines().map(str::to_owned).collect()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_767_300_000_000 + 1000 * seconds)
}

/// Puts every kind of record into a store. The result keeps the store open.
pub async fn fill(store: &Store) -> Arc<dyn Repository> {
    let repository = store.open().await;
    let mut users = vec![];
    for name in ["ann", "ben", "cem", "dan"] {
        users.push(user(&*repository, name).await);
    }
    accounts(&*repository, &users).await;
    log_ins(&*repository, &users).await;
    random::histories(&*repository, &users, &["one", "two", "thr\u{e9}e"]).await;
    chats(&*repository, &users).await;
    let entry = |reason: Option<&str>| AuditEntry {
        id: uuid::Uuid::now_v7().to_string().into(),
        at: at(9),
        actor_id: users[0].id.clone(),
        command: "BAN_USER".into(),
        target_id: Some(users[3].id.to_string()),
        chat_id: None,
        reason: reason.map(str::to_owned),
    };
    repository.append_audit(&[entry(Some("sp\u{e4}m\n")), entry(None)]).await.expect("an audit log");
    let whole = (0..SEGMENT + 5).map(|place| (place * 31 % 251) as u8).collect();
    file(&*repository, &store.files(), &users[0], whole).await;
    avatar(&*repository, &store.files(), &users[0]).await;
    repository
}

async fn accounts(repository: &dyn Repository, users: &[User]) {
    let bot = User { id: "a-bot".into(), kind: UserKind::Bot, ..person("helper") };
    let bot = Account { owner: Some(users[1].id.clone()), ..Account::new(bot) };
    repository.create_account(&bot).await.expect("a bot");
    let ann = repository.account(&AccountName::Id(users[0].id.clone())).await.expect("an answer").expect("ann");
    let ann = Account {
        email: Some("Ann@Example.org".into()),
        email_unconfirmed: true,
        password: Some(PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into())),
        ended_tokens: vec![EndedToken { jti: "t".into(), until: at(1) }],
        tokens_valid_from: Some(at(0)),
        ..ann
    };
    assert!(repository.update_account(&ann).await.expect("an answer"));
    let dan = repository.account(&AccountName::Id(users[3].id.clone())).await.expect("an answer").expect("dan");
    let ban = Ban { by: users[0].id.clone(), at: at(2), reason: Some("\u{0}".into()), until: Some(at(3)) };
    assert!(repository.update_account(&Account { ban: Some(ban), ..dan }).await.expect("an answer"));
    let seen = [(users[0].id.clone(), at(4)), (users[1].id.clone(), at(5))];
    repository.note_seen(&seen).await.expect("times");
    for place in ["settings:id-of-ann", "secret"] {
        let first = Document { version: 1, text: "{}".into() };
        assert!(repository.save_document(place, &first).await.expect("an answer"));
        let second = Document { version: 2, text: "{\"n\":1.10}".into() };
        assert!(repository.save_document(place, &second).await.expect("an answer"));
    }
}

async fn log_ins(repository: &dyn Repository, users: &[User]) {
    for (id, previous) in [("s1", None), ("s2", Some(PreviousRefresh { refresh: [7; 32], at: at(6) }))] {
        let session = StoredSession {
            id: id.into(),
            user_id: users[0].id.clone(),
            device_id: Some("phone \u{ffff}".into()),
            created_at: at(1),
            last_seen_at: at(2),
            expires_at: at(900),
            family: [1; 32],
            refresh: [2; 32],
            previous,
        };
        repository.create_session(&session).await.expect("a session");
    }
    for (number, user) in [users[1].id.clone(), UserId::from("a-bot")].into_iter().enumerate() {
        let token = Token {
            id: format!("token{number}").into(),
            name: "t\u{f6}ken".into(),
            scopes: vec![Scope::Read, Scope::Write],
            user_id: user,
            created_at: at(3),
            expires_at: (number == 1).then(|| at(800)),
            last_used_at: None,
        };
        let stored = StoredToken { token, maker: users[1].id.clone(), hash: [number as u8; 32] };
        repository.create_token(&stored).await.expect("a token");
    }
}

async fn chats(repository: &dyn Repository, users: &[User]) {
    let [ann, ben, cem, _] = users else { panic!("four") };
    commit(repository, create(ann, "den", ChatKind::Group, &[ben, cem])).await.expect("a chat");
    // The random histories may have deleted every channel.
    commit(repository, create(ann, "hall", ChatKind::Channel, &[])).await.expect("a chat");
    commit(repository, create(ann, "gone", ChatKind::Group, &[ben])).await.expect("a chat");
    commit(repository, delete(ann, "gone")).await.expect("no chat");
    let mut rich = draft("rich", "see @ben \u{0} and \u{ffff}");
    rich.metadata = serde_json::from_str("{\"big\":12345678901234567890.10,\"a\":[null]}").ok();
    commit(repository, change(ben, "den", Action::Send(rich))).await.expect("a message");
    talk(repository, "den", &[ann, ben], 300).await;
    all(
        repository,
        [
            say(cem, "den", "m-edited", "hello"),
            edit(cem, "den", "m-edited", "hello @ann"),
            say(cem, "den", "m-erased", "bye @ann"),
            react(ann, "den", "m-erased", "\u{1f44d}", true),
            erase(cem, "den", "m-erased"),
            react(ben, "den", "m-edited", "\u{1f980}", true),
            react(ann, "den", "m-edited", "\u{1f980}", true),
            react(ann, "den", "m-edited", "\u{1f44d}", true),
            pin(ann, "den", "m-edited", true),
        ],
    )
    .await;
    let den = "den".into();
    let mark =
        Advance { chat: "den".into(), user: ben.id.clone(), read: 9, delivered: 20, at: at(7), clears_unread: false };
    repository.mark(&[mark]).await.expect("marks");
    repository.mute(&den, &ben.id, Mute::Until(at(700))).await.expect("a mute");
    repository.mute(&den, &cem.id, Mute::Always).await.expect("a mute");
}

/// An upload that has just begun.
fn begun(owner: &User, unique: &str, size: u64) -> StoredFile {
    StoredFile {
        id: file_id(&owner.id, unique),
        chat_id: Some("den".into()),
        owner_id: owner.id.clone(),
        name: "pic\u{ffff}.png".into(),
        size,
        mime_type: "image/png".into(),
        width: Some(1),
        height: None,
        state: FileState::Uploading,
        created_at: at(1),
        expires_at: at(2),
        // No server treats it as an orphan.
        due_at: at(400_000_000),
        received: 0,
        writers: 0,
        segments: vec![],
        sha256: None,
        image: None,
        message_id: None,
        attached_at: None,
        version: 1,
    }
}

/// Stores a file of two segments.
pub async fn file(repository: &dyn Repository, folder: &Path, owner: &User, whole: Vec<u8>) -> FileId {
    let size = whole.len() as u64;
    let begun = begun(owner, &uuid::Uuid::new_v4().simple().to_string(), size);
    let done = StoredFile {
        state: FileState::Complete,
        received: size,
        writers: 3,
        segments: vec![1, 3],
        sha256: Some(data_encoding::HEXLOWER.encode(&pichat::ops::crypto::sha256(&whole))),
        message_id: Some(MessageId::from("m0")),
        ..begun.next()
    };
    complete(repository, folder, &begun, &done, &whole).await;
    done.id
}

/// A file without a chat, which is its owner's picture. Its id follows that of the other file.
async fn avatar(repository: &dyn Repository, folder: &Path, owner: &User) {
    let begun = StoredFile { chat_id: None, ..begun(owner, &"f".repeat(32), 3) };
    let done = StoredFile {
        state: FileState::Complete,
        received: 3,
        writers: 1,
        segments: vec![1],
        sha256: Some(data_encoding::HEXLOWER.encode(&pichat::ops::crypto::sha256(b"pic"))),
        image: Some("image/png".into()),
        attached_at: Some(at(1)),
        ..begun.next()
    };
    complete(repository, folder, &begun, &done, b"pic").await;
    let mut account = repository.account(&AccountName::Id(owner.id.clone())).await.expect("an answer").expect("ann");
    account.user.avatar_url = Some(done.path());
    assert!(repository.update_account(&account).await.expect("an answer"));
}

/// Stores the record of a file, first unfinished, and its bytes.
async fn complete(repository: &dyn Repository, folder: &Path, begun: &StoredFile, done: &StoredFile, whole: &[u8]) {
    let allowance = FileAllowance { bytes: u64::MAX, unfinished: 100, now: at(0) };
    repository.add_file(begun, allowance).await.expect("a file");
    assert!(repository.save_file(done).await.expect("an answer"));
    let store = files::open(&FileLocation::Folder(folder.to_owned())).expect("a folder").expect("a store");
    for (index, bytes) in whole.chunks(SEGMENT as usize).enumerate() {
        let key = SegmentKey { file: &done.id, index, writer: done.segments[index] };
        store.put(key, bytes.to_vec().into()).await.expect("a segment");
    }
}

/// Everything below a folder, by path, without the database marker of a files folder.
pub fn tree(folder: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with(MARK) {
                let name = path.strip_prefix(folder).expect("below it").to_owned();
                found.insert(name, std::fs::read(path).expect("a file"));
            }
        }
    }
    found
}
