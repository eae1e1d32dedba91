//! A Redis server on a free port and in a temporary folder, which tests can stop and start.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::absent::is_installed;

/// The certificate and key of the server.
const TLS: [&str; 4] = [
    "--tls-cert-file",
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/certificate.pem"),
    "--tls-key-file",
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/key.pem"),
];

/// A running server, stopped on drop.
pub struct Redis {
    process: Option<Child>,
    folder: TempDir,
    pub port: u16,
    by_tls: bool,
}

impl Redis {
    /// Starts one; none if Redis is not installed, and then the test is reported as skipped.
    pub async fn start() -> Option<Redis> {
        Redis::start_by(false).await
    }

    /// Starts one with TLS only, with the certificate of the tests.
    pub async fn start_with_tls() -> Option<Redis> {
        Redis::start_by(true).await
    }

    async fn start_by(by_tls: bool) -> Option<Redis> {
        if !is_installed("redis-server", "--version", "redis-server") {
            return None;
        }
        Some(tokio::task::spawn_blocking(move || Redis::started(by_tls)).await.expect("a start"))
    }

    fn started(by_tls: bool) -> Redis {
        let folder = tempfile::tempdir().expect("a folder for the server");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let mut redis = Redis { process: None, folder, port, by_tls };
        redis.resume();
        redis
    }

    /// Kills it.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("a process to end");
            process.wait().expect("its end");
        }
    }

    /// Closes the connections of all clients; they may reconnect.
    pub async fn disconnect_clients(&self) {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).await.expect("redis-server listens");
        for kind in ["pubsub", "normal"] {
            let command = format!("CLIENT KILL TYPE {kind}\r\n");
            socket.write_all(command.as_bytes()).await.expect("a connection");
            let mut answer = [0; 64];
            let count = socket.read(&mut answer).await.expect("an answer");
            assert_eq!(answer[..count].first(), Some(&b':'), "the number of closed connections");
        }
    }

    /// Restarts it empty on the same port. Blocks.
    pub fn resume(&mut self) {
        let port = self.port.to_string();
        let mut started = Command::new("redis-server");
        started.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        match self.by_tls {
            true => started.args(["--port", "0", "--tls-port", &port, "--tls-auth-clients", "no"]).args(TLS),
            false => started.args(["--port", &port]),
        };
        started.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::piped());
        let process = self.process.insert(started.spawn().expect("redis-server starts"));
        let output = BufReader::new(process.stdout.take().expect("its output is a pipe"));
        let ready = output.lines().map_while(Result::ok).any(|line| line.contains("Ready to accept connections"));
        assert!(ready, "redis-server did not start");
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The address of a Redis on that port of this machine.
pub fn url(port: u16) -> String {
    format!("redis://127.0.0.1:{port}/0")
}
