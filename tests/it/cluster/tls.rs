//! Redis over TLS, with a certificate trusted only through `SSL_CERT_FILE`.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::delivery::{group, hears_all, say};
use crate::support::postgres::{self, CERTIFICATE};
use crate::support::process::{BINARY, command};
use crate::support::redis::Redis;
use crate::support::{Process, http};

/// Waits until the log of a server contains that.
async fn until_said(log: &Path, text: &str) {
    let waiting = async {
        while !fs::read_to_string(log).expect("the log").contains(text) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::support::client::PATIENCE, waiting).await.expect("a line of the log in time");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_connect_over_tls_with_a_trusted_certificate() {
    let Some(redis) = Redis::start_with_tls().await else { return };
    let Some(server) = postgres::shared().await else { return };
    let database = server.url_of(&server.place().await);
    let url = format!("rediss://localhost:{}/0", redis.port);
    let folder = TempDir::new().expect("a folder for the test");
    let start = async |name: &str, trusted: &str| {
        let settings =
            [("DATABASE_URL", &*database), ("REDIS_URL", &*url), ("SSL_CERT_FILE", trusted), ("LOG_LEVEL", "info")];
        let mut node = command(folder.path(), BINARY, &settings);
        let log = folder.path().join(name);
        node.stderr(fs::File::create(&log).expect("a file for the log"));
        (Process::spawn_with_its_log(node).await, log)
    };
    let (one, log) = start("one", CERTIFICATE).await;
    until_said(&log, "connected to Redis").await;
    let (two, log) = start("two", CERTIFICATE).await;
    until_said(&log, "connected to Redis").await;
    let mut ann = one.user("ann").await;
    let mut ben = two.user("ben").await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    ann.reply(say(&chat, "over TLS")).await;
    assert_eq!(hears_all(&mut ben, &chat, 2..=2).await[0]["content"], "over TLS");
    // A node that does not trust the certificate runs without Redis and logs why.
    let stranger = folder.path().join("nobody.pem");
    fs::write(&stranger, "").expect("a file");
    let (three, log) = start("three", &stranger.display().to_string()).await;
    until_said(&log, "certificate").await;
    let ready = http::send(three.address.parse().expect("an address"), "GET /ready", &[], b"").await;
    assert!(ready.body.contains(r#""bus":"away""#), "{}", ready.body);
}
