//! An account of Azure Cosmos DB: the one that `COSMOS_ENDPOINT` and `COSMOS_KEY` name, else an emulator that is built
//! here and shared by all tests of this process. Every test has its own database.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use pichat::ops::config::{CosmosAccount, CosmosCredential};

/// The key that every emulator has; it protects nothing.
const KEY: &str = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

/// A running emulator, stopped on drop, at the latest with this process.
pub struct Emulator {
    process: Child,
    pub endpoint: String,
}

impl Emulator {
    /// Starts one on this port; 0: any free one. Blocks.
    pub fn start(port: u16) -> Emulator {
        let mut process = Command::new(program())
            .args(["--port", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the emulator starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output is a pipe");
        BufReader::new(output).read_line(&mut line).expect("a line from the emulator");
        let endpoint = line.trim().strip_prefix("ready ").expect("the emulator is ready").to_owned();
        Emulator { process, endpoint }
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        let port = self.endpoint.trim_end_matches('/').rsplit(':').next().expect("a port");
        port.parse().expect("a port")
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The emulator's program, built once in a separate workspace and folder.
fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cosmos-emulator/Cargo.toml");
        let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cosmos-emulator");
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "--manifest-path", manifest, "--target-dir"])
            .arg(&target)
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the emulator could not be built");
        target.join("debug/cosmos-emulator")
    })
}

/// An account with an empty database for one test.
pub fn account() -> CosmosAccount {
    let given = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (given("COSMOS_ENDPOINT"), given("COSMOS_KEY")) {
        (Some(endpoint), Some(key)) => account_at(&endpoint, &key),
        _ => {
            static EMULATOR: OnceLock<Emulator> = OnceLock::new();
            account_at(&EMULATOR.get_or_init(|| Emulator::start(0)).endpoint, KEY)
        }
    }
}

/// An account of that emulator with an empty database for one test.
pub fn account_of(emulator: &Emulator) -> CosmosAccount {
    account_at(&emulator.endpoint, KEY)
}

fn account_at(endpoint: &str, key: &str) -> CosmosAccount {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    CosmosAccount {
        endpoint: endpoint.to_owned(),
        credential: CosmosCredential::Key(key.to_owned().into()),
        database: format!("pichat-test-{}-{number}", std::process::id()),
        chats: "chats".to_owned(),
        messages: "messages".to_owned(),
        users: "users".to_owned(),
        settings: "settings".to_owned(),
    }
}

/// The number of requests about documents that the emulator received for the account's database.
pub fn requests(account: &CosmosAccount) -> u64 {
    let address = account.endpoint.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).expect("the emulator listens");
    let path = format!("/_requests/{}", account.database);
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer.rsplit("\r\n").next().and_then(|body| body.trim().parse().ok()).expect("a number")
}
