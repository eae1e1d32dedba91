//! The proxy configurations in `docs/cluster.md`, run by the real proxies.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use super::nodes::Nodes;
use crate::support::absent::is_installed;
use crate::support::client::PATIENCE;
use crate::support::{ADMIN_TOKEN, Client, Process, http};

/// Attempts to start a proxy.
const ATTEMPTS: usize = 5;

/// A proxy in front of all nodes.
struct Front {
    process: Child,
    port: u16,
    _folder: TempDir,
}

/// A supported proxy program.
struct Program {
    name: &'static str,
    version: &'static str,
    /// Starts it with its documented configuration on this port, in front of these nodes.
    start: fn(&Path, u16, &[u16]) -> Command,
}

const NGINX: Program = Program { name: "nginx", version: "-v", start: nginx };
const CADDY: Program = Program { name: "caddy", version: "version", start: caddy };

impl Front {
    /// Runs a proxy in front of these ports; none if it is not installed.
    async fn start(program: &Program, ports: &[u16]) -> Option<Front> {
        if !is_installed(program.name, program.version, program.name) {
            return None;
        }
        for _ in 0..ATTEMPTS {
            let mut front = Front::try_start(program, ports);
            if front.is_ready().await {
                return Some(front);
            }
        }
        panic!("{} does not start", program.name);
    }

    fn try_start(program: &Program, ports: &[u16]) -> Front {
        // The program cannot report a free port; if another process takes the port first, it exits.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let folder = tempfile::tempdir().expect("a folder for the proxy");
        let process = (program.start)(folder.path(), port, ports).stdin(Stdio::null()).spawn().expect("it starts");
        Front { process, port, _folder: folder }
    }

    /// Waits until it listens; false if it exits instead.
    async fn is_ready(&mut self) -> bool {
        let waiting = async {
            loop {
                if self.process.try_wait().expect("its state").is_some() {
                    return false;
                }
                if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                    return self.process.try_wait().expect("its state").is_none();
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("the proxy in time")
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A documented configuration in front of other nodes.
fn documented(name: &str, language: &str, nodes: &[u16]) -> String {
    let page = include_str!("../../../docs/cluster.md");
    let begin = format!("<!-- test: {name} -->\n```{language}\n");
    let (_, rest) = page.split_once(&begin).expect("a configuration");
    let (text, _) = rest.split_once("```").expect("its end");
    let mut text = text.to_owned();
    for (number, node) in nodes.iter().enumerate() {
        let shown = format!("10.0.0.{}:8080", number + 1);
        assert!(text.contains(&shown), "{shown} is in the configuration");
        text = text.replace(&shown, &format!("127.0.0.1:{node}"));
    }
    text
}

/// nginx with folders that an ordinary user can write.
fn nginx(folder: &Path, port: u16, nodes: &[u16]) -> Command {
    let text = documented("nginx", "nginx", nodes).replace("listen 8080;", &format!("listen 127.0.0.1:{port};"));
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let places: String = kinds.iter().map(|kind| format!("{kind}_temp_path {kind};\n")).collect();
    let text = text.replacen("http {\n", &format!("http {{\naccess_log off;\n{places}"), 1);
    std::fs::write(folder.join("nginx.conf"), text).expect("a file");
    let mut command = Command::new("nginx");
    command.arg("-p").arg(folder);
    command.args(["-c", "nginx.conf", "-g", "daemon off; master_process off; pid nginx.pid; error_log stderr crit;"]);
    command
}

/// Caddy without TLS, which would need a public name, and without its admin port.
fn caddy(folder: &Path, port: u16, nodes: &[u16]) -> Command {
    let text = documented("caddy", "caddy", nodes).replace("chat.example {", &format!("http://127.0.0.1:{port} {{"));
    std::fs::write(folder.join("Caddyfile"), format!("{{\n\tadmin off\n}}\n\n{text}")).expect("a file");
    let mut command = Command::new("caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile"));
    command.env("HOME", folder).env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME").stderr(Stdio::null());
    command
}

/// Clients reach all live nodes only; private endpoints are not exposed.
async fn serves(program: &Program) {
    let Some(mut nodes) = Nodes::start(3, &[("TRUSTED_PROXIES", "127.0.0.1")]).await else { return };
    let ports: Vec<u16> = nodes.processes.iter().map(Process::port).collect();
    let Some(front) = Front::start(program, &ports).await else { return };
    let url = format!("ws://127.0.0.1:{}/ws", front.port);
    let address = ([127, 0, 0, 1], front.port).into();
    let mut admin = Client::greeted(&url, ADMIN_TOKEN).await;
    let token = admin.token_of("ann").await;
    let mut people = vec![];
    for _ in 0..6 {
        people.push(Client::greeted(&url, &token).await);
    }
    let made = admin.reply(json!({"type":"CREATE_CHAT","members":["ann"]})).await;
    for client in &mut people {
        assert_eq!(client.next_of("NEW_CHAT").await["chatId"], made["chatId"]);
    }
    // A browser's origin is the address of the proxy.
    let origin = format!("http://127.0.0.1:{}", front.port);
    let bearer = format!("Bearer {token}");
    let page = Client::try_connect(&url, &[("authorization", &bearer), ("origin", &origin)]).await;
    assert_eq!(page.expect("its own origin").next().await["authenticated"], true);
    nodes.kill(1);
    for _ in 0..6 {
        Client::greeted(&url, &token).await.reply(json!({"type":"GET_ME"})).await;
    }
    assert_eq!(http::send(address, "GET /ready", &[], b"").await.status, 200);
    assert_eq!(http::send(address, "GET /metrics", &[], b"").await.status, 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nginx_balances_clients_over_live_nodes() {
    serves(&NGINX).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn caddy_balances_clients_over_live_nodes() {
    serves(&CADDY).await;
}
