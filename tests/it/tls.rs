//! TLS without a proxy.

use std::path::Path;
use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;

use crate::support::client::PATIENCE;
use crate::support::process::{BINARY, command};
use crate::support::{ADMIN_TOKEN, Process, Raw};

const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/certificate.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/key.pem");

fn connector() -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(CERTIFICATE).expect("a certificate")).expect("a valid one");
    TlsConnector::from(Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth()))
}

#[tokio::test]
async fn wss_is_served_with_the_configured_certificate() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let process = Process::start(folder.path(), &[("TLS_CERT", CERTIFICATE), ("TLS_KEY", KEY)]).await;
    let stream = TcpStream::connect(&process.address).await.expect("the server listens");
    let name = ServerName::try_from("localhost").expect("a name");
    let stream = connector().connect(name, stream).await.expect("TLS");
    let url = format!("wss://localhost/ws?token={ADMIN_TOKEN}");
    let (mut socket, _) = client_async(url, stream).await.expect("a valid handshake");
    let mut next = async |command: Option<&str>| -> Value {
        if let Some(command) = command {
            socket.send(Message::text(command)).await.expect("the server reads");
        }
        let frame = socket.next().await.expect("a frame").expect("a valid one");
        serde_json::from_str(frame.to_text().expect("text")).expect("frames are JSON")
    };
    assert_eq!(next(None).await["authenticated"], true);
    assert_eq!(next(Some(r#"{"type":"PING"}"#)).await["type"], "PONG");
    // A client without TLS gets no reply and does not affect others.
    let mut plain = Raw::connect(&process.address).await;
    plain.write(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(!plain.rest().await.starts_with(b"HTTP"));
    assert_eq!(next(Some(r#"{"type":"PING"}"#)).await["type"], "PONG");
}

const RENEWED_CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/renewed_certificate.pem");
const RENEWED_KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/renewed_key.pem");

/// The server's certificate, and the head of its response to `GET /health`.
async fn shown(address: &str) -> (CertificateDer<'static>, String) {
    let mut roots = RootCertStore::empty();
    for certificate in [CERTIFICATE, RENEWED_CERTIFICATE] {
        roots.add(CertificateDer::from_pem_file(certificate).expect("a certificate")).expect("a valid one");
    }
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let stream = TcpStream::connect(address).await.expect("the server listens");
    let name = ServerName::try_from("localhost").expect("a name");
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.expect("TLS");
    let request = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request).await.expect("the server reads");
    let mut answer = vec![];
    // The server may close without a TLS close_notify.
    let _ = stream.read_to_end(&mut answer).await;
    let certificates = stream.get_ref().1.peer_certificates().expect("a certificate");
    (certificates[0].clone().into_owned(), String::from_utf8(answer).expect("text"))
}

#[tokio::test]
async fn a_renewed_certificate_is_loaded_without_a_restart() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let [certificate, key] = ["certificate.pem", "key.pem"].map(|name| folder.path().join(name));
    std::fs::copy(CERTIFICATE, &certificate).expect("a copy");
    std::fs::copy(KEY, &key).expect("a copy");
    let [certificate_path, key_path] = [&certificate, &key].map(|path| path.display().to_string());
    let process = Process::start(folder.path(), &[("TLS_CERT", &certificate_path), ("TLS_KEY", &key_path)]).await;
    let (first, answer) = shown(&process.address).await;
    assert_eq!(first, CertificateDer::from_pem_file(CERTIFICATE).expect("a certificate"));
    assert!(answer.to_lowercase().contains("strict-transport-security: max-age=31536000"), "{answer}");
    // Between the two copies, the certificate and the key do not match: the old pair stays in use.
    std::fs::copy(RENEWED_CERTIFICATE, &certificate).expect("a copy");
    assert_eq!(shown(&process.address).await.0, first);
    std::fs::copy(RENEWED_KEY, &key).expect("a copy");
    let renewed = CertificateDer::from_pem_file(RENEWED_CERTIFICATE).expect("a certificate");
    let reloaded = async { while shown(&process.address).await.0 != renewed {} };
    tokio::time::timeout(PATIENCE, reloaded).await.expect("the renewed certificate");
}

/// The output and errors of `pichat stats` for an address.
async fn stats(folder: &Path, url: &str, trusted: &str) -> (String, String) {
    let mut command = command(folder, BINARY, &[("SSL_CERT_FILE", trusted)]);
    command.args(["stats", "--url", url, "--token", ADMIN_TOKEN]);
    let ended = tokio::task::spawn_blocking(move || command.output().expect("an end")).await.expect("an end");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (text(ended.stdout), text(ended.stderr))
}

#[tokio::test]
async fn the_command_line_connects_over_wss() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let process = Process::start(folder.path(), &[("TLS_CERT", CERTIFICATE), ("TLS_KEY", KEY)]).await;
    let port = process.address.rsplit(':').next().expect("a port");
    let (said, complained) = stats(folder.path(), &format!("wss://localhost:{port}/ws"), CERTIFICATE).await;
    assert!(said.contains("connections") && complained.is_empty(), "{said}{complained}");
    let strange = folder.path().join("none.pem").display().to_string();
    for (url, problem) in [
        (format!("wss://localhost:{port}/ws"), "SSL_CERT_FILE"),
        (format!("ws://localhost:{port}/ws"), "use wss://"),
        (format!("https://localhost:{port}/ws"), "wss://chat.example/ws"),
        ("localhost".to_owned(), "wss://chat.example/ws"),
    ] {
        let (said, complained) = stats(folder.path(), &url, &strange).await;
        assert!(said.is_empty() && complained.contains(problem), "{url}: {said}{complained}");
    }
}
