//! Fuzz target: the first bytes of a connection.

use tokio::io::AsyncWriteExt;

use super::server;
use crate::support::client::PATIENCE;
use crate::support::mutator::{Target, fingerprint};
use crate::support::{Client, Raw};

const WORDS: &[&str] = &[
    "\r\n",
    "\r\n\r\n",
    "GET ",
    "PUT ",
    "POST ",
    " HTTP/1.1\r\n",
    "Host: x\r\n",
    "Content-Length: 5\r\n",
    "Expect: 100-continue\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Connection: Upgrade\r\n",
    "Upgrade: websocket\r\n",
    "Authorization: Bearer x\r\n",
    "/ws",
    "/command",
    "/files/",
    "/uploads/",
    "/export/",
    "/metrics",
    "%00",
    "..",
    "?token=",
    "ffffffffffffffff\r\n",
];

#[tokio::test]
async fn every_fuzzed_request_head_is_answered_or_closed() {
    let server = server(&[]).await;
    let address = server.address.to_string();
    let mut inputs = Target { name: "heads", words: WORDS, longest: 20_000, runs: 400 }.inputs();
    while inputs.advance() {
        let mut raw = Raw::connect(&address).await;
        // The server may close before everything is written.
        let _ = raw.stream.write_all(inputs.current()).await;
        let _ = raw.stream.shutdown().await;
        let answer = raw.rest().await;
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1."), "{}", answer.escape_ascii());
        let status = answer.get(9..12).unwrap_or_default();
        assert!(!status.starts_with(b"5"), "{}", answer.escape_ascii());
        inputs.learn(fingerprint((status, answer.len() / 64)));
    }
    let gone = async {
        let mut left = 1;
        while left > 0 {
            tokio::task::yield_now().await;
            left = 0;
            server.services.hub.each_connection(|_| left += 1);
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.expect("no connection is left");
    let mut client = Client::connect(&server.url()).await;
    client.next().await;
    client.hears_nothing().await;
}
