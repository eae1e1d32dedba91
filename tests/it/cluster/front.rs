//! The configuration in `docs/cluster.md`, run by nginx itself.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use super::nodes::Nodes;
use crate::support::absent::is_installed;
use crate::support::client::PATIENCE;
use crate::support::{ADMIN_TOKEN, Client, Process, http};

/// How often nginx is started.
const ATTEMPTS: usize = 5;

struct Nginx {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Nginx {
    /// Runs the documented configuration in front of these ports; none if nginx is not installed.
    async fn start(ports: &[u16]) -> Option<Nginx> {
        if !is_installed("nginx", "-v", "nginx") {
            return None;
        }
        for _ in 0..ATTEMPTS {
            let mut nginx = Nginx::try_start(ports);
            if nginx.is_ready().await {
                return Some(nginx);
            }
        }
        panic!("nginx does not start");
    }

    fn try_start(ports: &[u16]) -> Nginx {
        // nginx cannot be asked which free port it has taken; where somebody else was faster, it ends.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let folder = tempfile::tempdir().expect("a folder for nginx");
        std::fs::write(folder.path().join("nginx.conf"), configuration(port, ports)).expect("a file");
        let process = Command::new("nginx")
            .arg("-p")
            .arg(folder.path())
            .args(["-c", "nginx.conf", "-g", "daemon off; master_process off; pid nginx.pid; error_log stderr crit;"])
            .stdin(Stdio::null())
            .spawn()
            .expect("nginx starts");
        Nginx { process, port, _folder: folder }
    }

    /// Waits until it listens; false if it has ended instead.
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
        tokio::time::timeout(PATIENCE, waiting).await.expect("nginx in time")
    }
}

/// The documented configuration with other ports, and with folders that an ordinary user can write.
fn configuration(port: u16, nodes: &[u16]) -> String {
    let page = include_str!("../../../docs/cluster.md");
    let (_, rest) = page.split_once("<!-- test: nginx -->\n```nginx\n").expect("a configuration");
    let (text, _) = rest.split_once("```").expect("its end");
    let mut text = text.replace("listen 8080;", &format!("listen 127.0.0.1:{port};"));
    for (number, node) in nodes.iter().enumerate() {
        let shown = format!("10.0.0.{}:8080", number + 1);
        assert!(text.contains(&shown), "{shown} is in the configuration");
        text = text.replace(&shown, &format!("127.0.0.1:{node}"));
    }
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let places: String = kinds.iter().map(|kind| format!("{kind}_temp_path {kind};\n")).collect();
    text.replacen("http {\n", &format!("http {{\naccess_log off;\n{places}"), 1)
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_come_to_all_nodes_through_nginx_and_stay_away_from_one_that_is_gone() {
    let Some(mut nodes) = Nodes::start(3, &[]).await else { return };
    let ports: Vec<u16> = nodes.processes.iter().map(Process::port).collect();
    let Some(nginx) = Nginx::start(&ports).await else { return };
    let url = format!("ws://127.0.0.1:{}/ws", nginx.port);
    let address = ([127, 0, 0, 1], nginx.port).into();
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
    nodes.kill(1);
    for _ in 0..6 {
        Client::greeted(&url, &token).await.reply(json!({"type":"GET_ME"})).await;
    }
    assert_eq!(http::send(address, "GET /ready", &[], b"").await.status, 200);
    assert_eq!(http::send(address, "GET /metrics", &[], b"").await.status, 403);
}
