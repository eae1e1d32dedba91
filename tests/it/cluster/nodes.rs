//! Nodes as processes over PostgreSQL and Redis. Clients connect to each through a proxy, whose port survives restarts
//! of the node; each node connects to Redis through another.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command};

use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::support::client::PATIENCE;
use crate::support::postgres::{self, Server};
use crate::support::process::{BINARY, Process, command};
use crate::support::proxy::Proxy;
use crate::support::redis::{self, Redis};
use crate::support::{ADMIN_TOKEN, http};

pub struct Nodes {
    // Nodes are dropped before their dependencies.
    pub processes: Vec<Process>,
    settings: Vec<Vec<(String, String)>>,
    /// In front of each node.
    pub fronts: Vec<Proxy>,
    /// Between each node and Redis.
    pub ways: Vec<Proxy>,
    pub redis: Redis,
    folder: TempDir,
}

impl Nodes {
    /// A number of nodes with these additional settings; none if Redis or PostgreSQL is not installed.
    pub async fn start(nodes: usize, own: &[(&str, &str)]) -> Option<Nodes> {
        Nodes::over(postgres::shared().await?, nodes, own).await
    }

    /// That many nodes over that PostgreSQL.
    pub async fn over(server: &Server, count: usize, own: &[(&str, &str)]) -> Option<Nodes> {
        Nodes::over_database(&server.url_of(&server.place().await), count, own).await
    }

    /// That many nodes over the database at that address.
    pub async fn over_database(database: &str, count: usize, own: &[(&str, &str)]) -> Option<Nodes> {
        let redis = Redis::start().await?;
        let folder = tempfile::tempdir().expect("a folder for the nodes");
        let mut nodes = Nodes { processes: vec![], settings: vec![], fronts: vec![], ways: vec![], redis, folder };
        for node in 0..count {
            let way = Proxy::before(nodes.redis.port).await;
            let redis = redis::url(way.port);
            let needed = [("REDIS_URL", &*redis), ("DATABASE_URL", database), ("POSTGRES_CONNECTIONS", "8")];
            let all = needed.iter().chain(own).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            nodes.settings.push(all.collect());
            nodes.ways.push(way);
            let process = nodes.process(node).await;
            nodes.fronts.push(Proxy::before(process.port()).await);
            nodes.processes.push(process);
        }
        for node in 0..count {
            nodes.until_bus(node, "ok").await;
        }
        Some(nodes)
    }

    async fn process(&self, node: usize) -> Process {
        let own: Vec<_> = self.settings[node].iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Process::start(self.folder.path(), &own).await
    }

    /// Kills a node without warning.
    pub fn kill(&mut self, node: usize) {
        self.processes[node].kill();
    }

    /// Restarts a node that has exited.
    pub async fn resume(&mut self, node: usize) {
        self.processes[node] = self.process(node).await;
        self.fronts[node].aim(self.processes[node].port());
    }

    /// Stops a node gracefully and restarts it.
    pub async fn restart(&mut self, node: usize) {
        self.processes[node].terminate();
        assert!(self.processes[node].ended(PATIENCE).await.success(), "it exits successfully");
        self.resume(node).await;
        self.until_bus(node, "ok").await;
    }

    /// Waits until a node reports that bus status.
    pub async fn until_bus(&self, node: usize, state: &str) {
        let address = self.processes[node].address.parse().expect("an address");
        let said = format!(r#""bus":"{state}""#);
        let waiting = async {
            while !http::send(address, "GET /ready", &[], b"").await.body.contains(&said) {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, waiting).await.expect("a bus in time");
    }

    /// Starts `pichat check` against all nodes; returns once its clients are busy.
    pub async fn check(&self, words: &str) -> Checking {
        let mut check = command(self.folder.path(), BINARY, &[]);
        check.arg("check").args(["--token", ADMIN_TOKEN, "--seconds", "0"]).args(words.split(' '));
        for front in &self.fronts {
            check.args(["--url", &format!("ws://127.0.0.1:{}/ws", front.port)]);
        }
        let mut child = check.spawn().expect("it runs");
        let (sender, said) = mpsc::unbounded_channel();
        let output = BufReader::new(child.stdout.take().expect("its output"));
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut checking = Checking { child, said, all: String::new() };
        checking.until(|line| line.contains(" are running")).await;
        checking
    }
}

/// A run of `pichat check`.
pub struct Checking {
    child: Child,
    said: mpsc::UnboundedReceiver<String>,
    all: String,
}

impl Checking {
    async fn until(&mut self, fits: impl Fn(&str) -> bool) -> String {
        loop {
            let line = timeout(PATIENCE, self.said.recv()).await.expect("a line in time");
            let Some(line) = line else { panic!("it has exited: {}", self.everything()) };
            self.all.push_str(&line);
            self.all.push('\n');
            if fits(&line) {
                return line;
            }
        }
    }

    /// The output of a node that has exited.
    fn everything(&mut self) -> String {
        self.child.stderr.take().expect("its errors").read_to_string(&mut self.all).expect("text");
        std::mem::take(&mut self.all)
    }

    /// Waits until a number of further messages of its clients are acknowledged.
    pub async fn has_said(&mut self, more: u64) {
        let acknowledged = |line: &str| -> Option<u64> {
            let (before, _) = line.split_once(" messages acknowledged, ")?;
            before.rsplit(' ').next()?.parse().ok()
        };
        let first = self.until(|line| acknowledged(line).is_some()).await;
        let enough = acknowledged(&first).unwrap_or(0) + more;
        self.until(|line| acknowledged(line).is_some_and(|now| now >= enough)).await;
    }

    /// Waits for it to finish; returns whether every guarantee held, and its output.
    pub async fn end(mut self) -> (bool, String) {
        let asked = Command::new("sh").arg("-c").arg(format!("kill -INT {}", self.child.id())).status();
        assert!(asked.expect("a shell").success());
        while let Some(line) = timeout(PATIENCE, self.said.recv()).await.expect("a line in time") {
            self.all.push_str(&line);
            self.all.push('\n');
        }
        (self.child.wait().expect("an end").success(), self.everything())
    }

    /// Waits for it to finish and asserts that every guarantee held.
    pub async fn end_well(self) -> String {
        let (kept, said) = self.end().await;
        assert!(kept && said.contains("KEPT: "), "{said}");
        said
    }
}

impl Drop for Checking {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
