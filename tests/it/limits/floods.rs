//! Floods: every frame counts against the rate limit, and the close code is delivered.

use serde_json::Value;
use tokio::io::AsyncWriteExt;

use super::{closed, server};
use crate::support::raw::{CLOSE, PING, TEXT, whole};
use crate::support::{ADMIN_TOKEN, Client, Raw, Server};

const SLOW: &[(&str, &str)] = &[("COMMANDS_PER_SECOND", "1"), ("COMMAND_BURST", "5")];

/// Sends the frame repeatedly and counts the RATE_LIMITED replies.
async fn refusals(server: &Server, frame: &str, count: usize) -> usize {
    let mut stranger = Client::connect(&server.url()).await;
    stranger.next().await;
    for _ in 0..count {
        stranger.send_text(frame).await;
    }
    let mut refused = 0;
    for _ in 0..count {
        refused += usize::from(stranger.next().await["code"] == "RATE_LIMITED");
    }
    refused
}

#[tokio::test]
async fn every_frame_kind_shares_one_rate_limit() {
    let server = server(SLOW).await;
    let long: Vec<Value> = vec![serde_json::json!({}); 51];
    let long = serde_json::to_string(&long).expect("JSON");
    for frame in
        [r#"{"a":1}"#, "[]", r#"{"type":"PING","a":1,"a":2}"#, &long, r#"{"type":"HELP"}"#, r#"{"type":"NOPE"}"#]
    {
        // On a slow machine the bucket may refill by a few commands.
        let refused = refusals(&server, frame, 100).await;
        assert!(refused >= 60, "{refused} of 100 refused: {frame}");
    }
    // Nineteen, because the twentieth bad frame closes the connection.
    let refused = refusals(&server, "not json", 19).await;
    assert!(refused >= 5, "{refused} of 19 refused");
}

#[tokio::test]
async fn text_mode_lines_share_the_rate_limit() {
    let server = server(SLOW).await;
    let mut raw = Raw::connect(&server.address.to_string()).await;
    raw.shake_hands("/ws", &[]).await;
    raw.frame().await.expect("CONNECTED");
    let mut refused = 0;
    for _ in 0..100 {
        raw.write(&whole(TEXT, b"/help")).await;
        let (_, _, line) = raw.frame().await.expect("a line");
        refused += usize::from(line.starts_with(b"! too many commands"));
    }
    assert!(refused >= 60, "{refused} of 100 refused");
}

/// Writes everything before reading, then reads up to the close code.
async fn close_after(server: &Server, flood: Vec<u8>) -> Option<u16> {
    let mut raw = Raw::connect(&server.address.to_string()).await;
    raw.shake_hands("/ws", &[&format!("Authorization: Bearer {ADMIN_TOKEN}")]).await;
    // The server may close before everything is written.
    let _ = raw.stream.write_all(&flood).await;
    while let Some((_, opcode, payload)) = raw.frame().await {
        if opcode == CLOSE {
            return payload.first_chunk().copied().map(u16::from_be_bytes);
        }
    }
    None
}

#[tokio::test]
async fn a_ping_flood_is_closed_with_a_delivered_close_code() {
    let server = server(&[("COMMANDS_PER_SECOND", "20"), ("COMMAND_BURST", "60")]).await;
    let command = whole(TEXT, br#"{"type":"PING"}"#);
    assert_eq!(close_after(&server, command.repeat(150_000)).await, Some(4429), "commands");
    assert_eq!(close_after(&server, whole(PING, b"").repeat(500_000)).await, Some(4429), "pings of RFC 6455");
}

#[tokio::test]
async fn a_large_anonymous_frame_is_refused_before_buffering() {
    let server = server(&[]).await;
    for payload in [4097_usize, 262_144] {
        let mut raw = Raw::connect(&server.address.to_string()).await;
        raw.shake_hands("/ws", &[]).await;
        raw.frame().await.expect("CONNECTED");
        // Only the frame's header and what fits into one read.
        raw.write(&whole(TEXT, &vec![b' '; payload])[..1024]).await;
        let (_, _, error) = raw.frame().await.expect("an answer");
        let error: Value = serde_json::from_slice(&error).expect("an ERROR");
        assert_eq!(error["code"], "TOO_LARGE", "{error}");
        let (_, opcode, code) = raw.frame().await.expect("a close");
        assert_eq!((opcode, &code[..2]), (CLOSE, &1009_u16.to_be_bytes()[..]));
    }
    // In fragments, each within the limit.
    let mut stranger = Client::connect(&server.url()).await;
    stranger.next().await;
    stranger.send_text(&" ".repeat(4097)).await;
    assert_eq!(stranger.next().await["code"], "TOO_LARGE");
    assert_eq!(stranger.closed().await, closed(1009, "frame too large"));
}
