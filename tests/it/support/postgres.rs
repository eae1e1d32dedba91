//! A PostgreSQL server on a free port and in a temporary folder, shared by all tests of this process. Every test has
//! its own schema. Tests that stop a server start their own.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use pichat::ops::config::PostgresServer;
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

use super::absent;

/// The certificate of the server.
pub const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/certificate.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/key.pem");

/// Creates a server, reports that it is ready, and stops it when the pipe from the test process closes.
const KEEPER: &str = r#"
trap '' INT HUP TERM
bin=$1 data=$2 port=$3
make() { "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --no-sync --locale=C "$@" >"$data.init" 2>&1; }
# Where it can be had, an order in which no id may be sorted.
make --locale-provider=icu --icu-locale=en-US || { rm -rf "$data"; make; } || { cat "$data.init"; exit 1; }
cat >>"$data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
fsync = off
max_connections = 300
wal_level = minimal
max_wal_senders = 0
shared_buffers = 64MB
ssl = on
END
umask 077
echo "$CERTIFICATE" >"$data/server.crt"
echo "$KEY" >"$data/server.key"
"$bin/pg_ctl" -D "$data" -l "$data.log" -w start >/dev/null && echo ready || cat "$data.log"
cat >/dev/null
"$bin/pg_ctl" -D "$data" -m immediate stop >/dev/null 2>&1
cd / && rm -rf "${data%/data}"
"#;

/// A running server, stopped on drop, at the latest with this process.
pub struct Server {
    keeper: Child,
    pub control: Control,
    pub port: u16,
    _folder: TempDir,
}

impl Server {
    /// Starts one; none where PostgreSQL is not installed. Blocks.
    pub fn start() -> Option<Server> {
        let programs = programs()?;
        let folder = tempfile::tempdir().expect("a folder for the server");
        if let Some((user, group)) = account() {
            chown(folder.path(), Some(user), Some(group)).expect("the folder can be given away");
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let control = Control { programs, data: folder.path().join("data") };
        let mut keeper = control.command("sh");
        keeper.args(["-c", KEEPER, "sh"]).arg(programs).arg(&control.data).arg(port.to_string());
        // The server's user may lack permission to read them here.
        keeper.env("CERTIFICATE", std::fs::read_to_string(CERTIFICATE).expect("a certificate"));
        keeper.env("KEY", std::fs::read_to_string(KEY).expect("a key"));
        let mut keeper = keeper.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
        let mut said = BufReader::new(keeper.stdout.take().expect("its output is a pipe")).lines();
        let first = said.next().expect("a line from the server").expect("text");
        assert_eq!(first, "ready", "PostgreSQL did not start");
        Some(Server { keeper, control, port, _folder: folder })
    }

    /// A separate schema for one test.
    pub async fn place(&self) -> PostgresServer {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let schema = format!("test{}", NEXT.fetch_add(1, Ordering::Relaxed));
        connected(&self.url()).await.batch_execute(&format!("CREATE SCHEMA {schema}")).await.expect("a new schema");
        address(&self.url(), &schema)
    }

    /// The address of the server.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres?sslmode=disable", self.port)
    }

    /// The address of a schema on the server.
    pub fn url_of(&self, place: &PostgresServer) -> String {
        format!("{}&options=-csearch_path%3D{}", self.url(), schema(place))
    }

    /// The address of a schema on it, through another port.
    pub fn url_by(&self, place: &PostgresServer, port: u16) -> String {
        self.url_of(place).replace(&format!(":{}/", self.port), &format!(":{port}/"))
    }

    /// A schema on it, through another port.
    pub fn through(&self, place: &PostgresServer, port: u16) -> PostgresServer {
        address(&self.url().replace(&self.port.to_string(), &port.to_string()), schema(place))
    }

    /// A connection that bypasses the server under test.
    pub async fn connect_in(&self, place: &PostgresServer) -> Client {
        connected(&self.url_of(place)).await
    }

    /// Runs SQL directly, bypassing the server under test.
    pub async fn execute_in(&self, place: &PostgresServer, statement: &str) {
        self.connect_in(place).await.batch_execute(statement).await.expect(statement);
    }
}

fn address(url: &str, schema: &str) -> PostgresServer {
    PostgresServer::from_url(&format!("{url}&options=-csearch_path%3D{schema}"), 16).expect("a valid address")
}

fn schema(place: &PostgresServer) -> &str {
    place.address.get_options().and_then(|options| options.rsplit('=').next()).expect("a schema")
}

async fn connected(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the server");
    tokio::spawn(connection);
    client
}

/// Starts or stops an existing server.
#[derive(Clone)]
pub struct Control {
    programs: &'static Path,
    data: PathBuf,
}

impl Control {
    /// `start`, `stop -m fast`, `restart -m immediate`. Blocks until it is done.
    pub fn run(&self, words: &str) {
        let mut control = self.command(self.programs.join("pg_ctl"));
        control.arg("-D").arg(&self.data).args(["-w", "-l"]).arg(self.data.with_extension("log"));
        let done = control.args(words.split(' ')).stdin(Stdio::null()).stdout(Stdio::null()).status();
        assert!(done.expect("pg_ctl").success(), "pg_ctl {words}");
    }

    /// A command run as the user of the server, which refuses to run as root.
    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env("LC_ALL", "C").current_dir(self.data.parent().expect("a folder around it"));
        if let Some((user, group)) = account() {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The account that runs the server, which refuses to run as root.
fn account() -> Option<(u32, u32)> {
    let ask = |arguments: &[&str]| -> Option<u32> {
        let output = Command::new("id").args(arguments).output().ok()?;
        String::from_utf8_lossy(&output.stdout).trim().parse().ok()
    };
    if ask(&["-u"]) != Some(0) {
        return None;
    }
    let of = |name: &str| Some((ask(&["-u", name])?, ask(&["-g", name])?));
    Some(of("postgres").or_else(|| of("nobody")).expect("PostgreSQL needs a user who is not root"))
}

/// The folder of the server's programs.
fn programs() -> Option<&'static Path> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOUND.get_or_init(find).as_deref()
}

fn find() -> Option<PathBuf> {
    let has_server = |folder: &PathBuf| folder.join("initdb").exists() && folder.join("postgres").exists();
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<PathBuf> = std::env::split_paths(&path).chain(told).collect();
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    versions.sort();
    places.extend(versions.into_iter().rev());
    places.into_iter().find(has_server)
}

/// The server of this process; none if PostgreSQL is not installed, and then the test is reported as skipped.
pub async fn shared() -> Option<&'static Server> {
    static SHARED: OnceLock<Option<Server>> = OnceLock::new();
    let started = tokio::task::spawn_blocking(|| SHARED.get_or_init(Server::start).as_ref());
    let server = started.await.expect("a try");
    if server.is_none() {
        absent::skip("PostgreSQL is not installed (Debian: postgresql)");
    }
    server
}

/// A server that the test may stop.
pub async fn own() -> Option<Server> {
    shared().await?;
    tokio::task::spawn_blocking(Server::start).await.expect("a try")
}
