//! TLS for those who have no proxy in front.

use std::path::Path;
use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;

use crate::support::process::{BINARY, command};
use crate::support::{ADMIN_TOKEN, Process, Raw};

const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/certificate.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/key.pem");

fn connector() -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(CERTIFICATE).expect("a certificate")).expect("a good one");
    TlsConnector::from(Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth()))
}

#[tokio::test]
async fn the_chat_is_served_by_wss_with_a_certificate_of_ones_own() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let process = Process::start(folder.path(), &[("TLS_CERT", CERTIFICATE), ("TLS_KEY", KEY)]).await;
    let stream = TcpStream::connect(&process.address).await.expect("the server listens");
    let name = ServerName::try_from("localhost").expect("a name");
    let stream = connector().connect(name, stream).await.expect("TLS");
    let url = format!("wss://localhost/ws?token={ADMIN_TOKEN}");
    let (mut socket, _) = client_async(url, stream).await.expect("a good handshake");
    let mut next = async |command: Option<&str>| -> Value {
        if let Some(command) = command {
            socket.send(Message::text(command)).await.expect("the server reads");
        }
        let frame = socket.next().await.expect("a frame").expect("a good one");
        serde_json::from_str(frame.to_text().expect("text")).expect("frames are JSON")
    };
    assert_eq!(next(None).await["authenticated"], true);
    assert_eq!(next(Some(r#"{"type":"PING"}"#)).await["type"], "PONG");
    // One who speaks no TLS is not answered, and harms nobody.
    let mut plain = Raw::connect(&process.address).await;
    plain.write(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(!plain.rest().await.starts_with(b"HTTP"));
    assert_eq!(next(Some(r#"{"type":"PING"}"#)).await["type"], "PONG");
}

/// What `pichat stats` says of that address, and what it complains of.
async fn stats(folder: &Path, url: &str, trusted: &str) -> (String, String) {
    let mut command = command(folder, BINARY, &[("SSL_CERT_FILE", trusted)]);
    command.args(["stats", "--url", url, "--token", ADMIN_TOKEN]);
    let ended = tokio::task::spawn_blocking(move || command.output().expect("an end")).await.expect("an end");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (text(ended.stdout), text(ended.stderr))
}

#[tokio::test]
async fn the_command_line_asks_a_server_by_wss() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let process = Process::start(folder.path(), &[("TLS_CERT", CERTIFICATE), ("TLS_KEY", KEY)]).await;
    let port = process.address.rsplit(':').next().expect("a port");
    let (said, complained) = stats(folder.path(), &format!("wss://localhost:{port}/ws"), CERTIFICATE).await;
    assert!(said.contains("connections") && complained.is_empty(), "{said}{complained}");
    let strange = folder.path().join("none.pem").display().to_string();
    for (url, problem) in [
        (format!("wss://localhost:{port}/ws"), "SSL_CERT_FILE"),
        (format!("ws://localhost:{port}/ws"), "refuses"),
        (format!("https://localhost:{port}/ws"), "wss://chat.example/ws"),
        ("localhost".to_owned(), "wss://chat.example/ws"),
    ] {
        let (said, complained) = stats(folder.path(), &url, &strange).await;
        assert!(said.is_empty() && complained.contains(problem), "{url}: {said}{complained}");
    }
}
