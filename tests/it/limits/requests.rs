//! HTTP requests that never end: bodies that do not arrive, responses that are not read.

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::server;
use crate::support::client::PATIENCE;
use crate::support::{Raw, http};

/// The status line and the body of the response, which ends the connection.
async fn response(raw: &mut Raw) -> String {
    String::from_utf8(raw.rest().await).expect("a response is text")
}

fn head(length: usize) -> String {
    format!("POST /command HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n")
}

#[tokio::test]
async fn unauthenticated_bodies_are_refused_by_content_length() {
    let server = server(&[]).await;
    let mut raw = Raw::connect(&server.address.to_string()).await;
    raw.write(head(262_144).as_bytes()).await;
    let refused = response(&mut raw).await;
    assert!(refused.starts_with("HTTP/1.1 413 ") && refused.contains("TOO_LARGE"), "{refused}");
    let fields: String = (0..32_000).map(|number| format!(",\"f{number}\":1")).collect();
    let command = format!("{{\"type\":\"PING\"{fields}}}");
    let anonymous = http::send(server.address, "POST /command", &[], &command.as_bytes()[..5000]).await;
    assert_eq!(anonymous.status, 413, "{}", anonymous.body);
    let token = format!("Bearer {}", crate::support::ADMIN_TOKEN);
    let headers = [("authorization", token.as_str())];
    let command = &command.as_bytes()[..262_000.min(command.len())];
    let known = http::send(server.address, "POST /command", &headers, command).await;
    assert_eq!(known.status, 400, "{}", known.body);
}

#[tokio::test]
async fn a_stalled_request_body_times_out() {
    let server = server(&[("AUTHENTICATE_WITHIN_SECONDS", "1")]).await;
    let mut raw = Raw::connect(&server.address.to_string()).await;
    raw.write(head(100).as_bytes()).await;
    raw.write(b"{\"type\":").await;
    let refused = response(&mut raw).await;
    assert!(refused.starts_with("HTTP/1.1 400 ") && refused.contains("did not arrive in time"), "{refused}");
}

#[tokio::test]
async fn unfinished_requests_count_as_anonymous_connections() {
    let server = server(&[("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "2")]).await;
    let address = server.address.to_string();
    let mut unfinished = vec![];
    for _ in 0..2 {
        let mut raw = Raw::connect(&address).await;
        raw.write(head(100).replace("close", "keep-alive").as_bytes()).await;
        unfinished.push(raw);
    }
    // The server reads the heads asynchronously.
    let ping = json!({"type":"PING"});
    let refused = async {
        loop {
            let answer = http::command(server.address, None, &ping).await;
            if answer.status == 429 {
                return answer;
            }
        }
    };
    let refused = tokio::time::timeout(PATIENCE, refused).await.expect("a refusal in time");
    assert_eq!(refused.json()["code"], "RATE_LIMITED");
    let shown = crate::support::Client::try_connect(&server.url(), &[]).await;
    assert!(shown.is_ok(), "handshakes are limited per session");
    drop((unfinished, shown));
    let served = async { while http::command(server.address, None, &ping).await.status != 200 {} };
    tokio::time::timeout(PATIENCE, served).await.expect("slots are free again");
}

/// The number of open connections of the server.
async fn kept(connections: &mut [Raw]) -> usize {
    let mut kept = 0;
    for raw in connections {
        let mut byte = [0];
        let read = tokio::time::timeout(std::time::Duration::from_millis(20), raw.stream.read(&mut byte)).await;
        kept += usize::from(read.is_err());
    }
    kept
}

/// Opens connections that send part of a request head, and waits until the server keeps at most `most` of them.
async fn unfinished_heads(address: &str, count: usize, most: usize) -> Vec<Raw> {
    let mut unfinished = vec![];
    for number in 0..count {
        let mut raw = Raw::connect(address).await;
        if number % 2 == 0 {
            // The server may have closed it by now.
            let _ = raw.stream.write_all(b"POST /command HTTP/1.1\r\nHost: x\r\nX-Slow: ").await;
        }
        unfinished.push(raw);
    }
    let evicting = async { while kept(&mut unfinished).await > most {} };
    tokio::time::timeout(PATIENCE, evicting).await.expect("the oldest are evicted");
    unfinished
}

#[tokio::test]
async fn unfinished_heads_are_bounded_and_evict_the_oldest() {
    let server = server(&[("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "5")]).await;
    let address = server.address.to_string();
    let mut silent = unfinished_heads(&address, 60, 5).await;
    assert_eq!(kept(&mut silent).await, 5, "as many as the limit allows");
    assert_eq!(kept(&mut silent[55..]).await, 5, "the newest");
    // Complete requests are still accepted.
    let ping = json!({"type":"PING"});
    assert_eq!(http::command(server.address, None, &ping).await.status, 200);
    let shown = crate::support::Client::try_connect(&server.url(), &[]).await.expect("a handshake");
    drop(shown);
    drop(silent);
    // With unfinished requests at the limit, one connection still has time to send a head.
    let mut bodies = vec![];
    for _ in 0..5 {
        let mut raw = Raw::connect(&address).await;
        raw.write(head(100).replace("close", "keep-alive").as_bytes()).await;
        bodies.push(raw);
    }
    let full = async { while http::command(server.address, None, &ping).await.status != 429 {} };
    tokio::time::timeout(PATIENCE, full).await.expect("all slots are taken");
    let mut silent = unfinished_heads(&address, 20, 1).await;
    assert_eq!((kept(&mut silent).await, kept(&mut bodies).await), (1, 5));
    let token = format!("Authorization: Bearer {}", crate::support::ADMIN_TOKEN);
    let mut known = Raw::connect(&address).await;
    assert!(
        known.shake_hands("/ws", &[&token]).await.starts_with("HTTP/1.1 101 "),
        "authenticated requests need no slot"
    );
}

#[tokio::test]
async fn connections_of_a_trusted_proxy_are_not_limited_by_address() {
    let one = ("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "2");
    let server = server(&[one, ("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let mut silent = unfinished_heads(&server.address.to_string(), 20, 20).await;
    assert_eq!(http::command(server.address, None, &json!({"type":"PING"})).await.status, 200);
    assert_eq!(kept(&mut silent).await, 20);
}

#[tokio::test]
async fn an_unread_response_times_out() {
    let patient = [("HEARTBEAT_SECONDS", "1"), ("HEARTBEAT_TIMEOUT_SECONDS", "2")];
    let one = ("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "1");
    let server = server(&[patient[0], patient[1], one]).await;
    let mut stalled = Raw::narrow(&server.address.to_string()).await;
    stalled.write(b"GET /asyncapi.json HTTP/1.1\r\nHost: x\r\n\r\n").await;
    let health = async || http::send(server.address, "GET /health", &[], b"").await.status;
    let refused = async { while health().await != 429 {} };
    tokio::time::timeout(PATIENCE, refused).await.expect("the unread response counts");
    let served = async { while health().await != 200 {} };
    tokio::time::timeout(PATIENCE, served).await.expect("it is given up");
    let read = stalled.rest().await.len();
    assert!(read < 300_000, "{read} bytes of a response that was cut off");
}
