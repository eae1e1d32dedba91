//! The rules of RFC 6455 over raw TCP, on the echo endpoint and on the chat endpoint.

use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::contract::backends;
use crate::support::process::{BINARY, command};
use crate::support::raw::{self, CLOSE, CONTINUATION, PING, PONG, TEXT, frame, whole};
use crate::support::{self, Process, Raw};

mod closing;
mod echoes;
mod framing;
mod text;

/// The real binary with its echo endpoint, as conformance suites use it.
struct Echo {
    process: Process,
    _folder: TempDir,
}

impl Echo {
    async fn start() -> Echo {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let mut echo: Command = command(folder.path(), BINARY, &[("MAX_FRAME_BYTES", "33554432")]);
        echo.arg("echo");
        Echo { process: Process::spawn(echo).await, _folder: folder }
    }

    async fn connect(&self) -> Raw {
        let mut raw = Raw::connect(&self.process.address).await;
        let head = raw.shake_hands("/ws", &[]).await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        raw
    }

    /// Writes these bytes on a new connection in pieces of that size and expects these frames; after a close frame, the
    /// end of the stream.
    async fn answers(&self, bytes: &[u8], piece: usize, expected: &[Expected]) {
        let mut raw = self.connect().await;
        for piece in bytes.chunks(piece) {
            raw.write(piece).await;
        }
        for expected in expected {
            raw.expect(expected).await;
        }
        if matches!(expected.last(), Some(Expected::Closed(_))) {
            assert_eq!(raw.frame().await, None, "no frame follows a close");
        }
    }
}

/// The expected output of the server.
#[derive(Clone, Debug)]
enum Expected {
    Frame(u8, Vec<u8>),
    /// A close frame with that code; 0: with none.
    Closed(u16),
}

fn echo(opcode: u8, payload: impl AsRef<[u8]>) -> Expected {
    Expected::Frame(opcode, payload.as_ref().to_vec())
}

impl Raw {
    async fn expect(&mut self, expected: &Expected) {
        let (last, opcode, payload) = self.frame().await.unwrap_or_else(|| panic!("no frame, expected {expected:?}"));
        assert!(last, "a server that does not split its messages");
        match expected {
            Expected::Frame(kind, content) => {
                assert_eq!(opcode, *kind, "{payload:?}");
                assert!(payload == *content, "{} bytes for {}", payload.len(), content.len());
            }
            Expected::Closed(0) => assert_eq!((opcode, payload), (CLOSE, vec![])),
            Expected::Closed(code) => {
                assert_eq!(opcode, CLOSE, "{payload:?}");
                assert_eq!(payload.get(..2), Some(&code.to_be_bytes()[..]), "{payload:?}");
            }
        }
    }

    async fn json(&mut self) -> Value {
        let (_, opcode, payload) = self.frame().await.expect("a frame");
        assert_eq!(opcode, TEXT);
        serde_json::from_slice(&payload).expect("frames are JSON")
    }
}

#[tokio::test]
async fn the_chat_endpoint_follows_the_websocket_rules() {
    let server = support::start(backends::sqlite().await.expect("a new file")).await;
    let address = server.address.to_string();
    let pong = json!("PONG");
    let command = br#"{"type":"PING","requestId":"\u00fc"}"#;
    let (begin, end) = command.split_at(9);
    let in_pieces = [frame(TEXT, begin), whole(PING, b"?"), frame(0x80 | CONTINUATION, end)].concat();
    let cases: [(Vec<u8>, u16); 7] = [
        (whole(8, &[]), 0),
        (raw::close(1000, b"bye"), 1000),
        (raw::close(1005, b""), 1002),
        (whole(3, b"?"), 1002),
        (frame(0xc0 | TEXT, command), 1002),
        ([raw::head(0x80 | TEXT, 0, 4), b"null".to_vec()].concat(), 1002),
        (whole(TEXT, b"{\"type\":\"PING\",\"requestId\":\"\xff\"}"), 1007),
    ];
    for (bytes, code) in cases {
        let mut client = Raw::connect(&address).await;
        client.shake_hands("/ws", &[]).await;
        assert_eq!(client.json().await["type"], "CONNECTED");
        client.write(&in_pieces).await;
        client.expect(&echo(PONG, "?")).await;
        assert_eq!(client.json().await["type"], pong);
        client.write(&bytes).await;
        client.expect(&Expected::Closed(code)).await;
        assert_eq!(client.frame().await, None);
    }
}
