//! Floods: every frame counts against the rate limit, and the close code is delivered.

use std::time::{Duration, Instant};

use pichat::protocol::ChatKind;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use super::{closed, server};
use crate::contract::scene;
use crate::support::raw::{CLOSE, PING, TEXT, whole};
use crate::support::{ADMIN_TOKEN, Client, Raw, Server, http};

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
    let long: Vec<Value> = vec![serde_json::json!({}); 51];
    let long = serde_json::to_string(&long).expect("JSON");
    for frame in
        [r#"{"a":1}"#, "[]", r#"{"type":"PING","a":1,"a":2}"#, &long, r#"{"type":"HELP"}"#, r#"{"type":"NOPE"}"#]
    {
        // Strangers of one address also share a bucket, so each kind of frame has a server of its own. A slow machine may
        // refill the bucket by a few.
        let refused = refusals(&server(SLOW).await, frame, 100).await;
        assert!(refused >= 60, "{refused} of 100 refused: {frame}");
    }
    // Nineteen, because the twentieth bad frame closes the connection.
    let refused = refusals(&server(SLOW).await, "not json", 19).await;
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

/// What a bucket of that size and rate may have let through since then.
fn most(burst: u64, per_second: u64, since: Instant) -> u64 {
    burst + per_second * (since.elapsed().as_secs() + 1)
}

#[tokio::test]
async fn strangers_of_one_address_share_a_bucket_whatever_connection_they_use() {
    let server = server(SLOW).await;
    let begun = Instant::now();
    let mut served = 0;
    for _ in 0..40 {
        let Ok(mut stranger) = Client::try_connect(&server.url(), &[]).await else { continue };
        assert_eq!(stranger.next().await["type"], "CONNECTED");
        served += 1;
        for _ in 0..5 {
            stranger.send_text(r#"{"type":"PING"}"#).await;
        }
        for _ in 0..5 {
            served += u64::from(stranger.next().await["type"] == "PONG");
        }
    }
    for _ in 0..40 {
        let answer = http::command(server.address, None, &json!({"type":"PING"})).await;
        served += u64::from(answer.status == 200);
    }
    // Five times what one connection has. Without a common bucket, forty handshakes, two hundred frames and five
    // requests are served.
    let bound = most(25, 5, begun);
    assert!(served <= bound, "{served} of at most {bound}");
    assert!(served >= 25, "{served} of 25 were served");
    let refused = Client::try_connect(&server.url(), &[]).await.err().map(|error| error.to_string());
    assert!(refused.is_none_or(|error| error.contains("429")));
}

const SLOW_USER: &[(&str, &str)] = &[("COMMANDS_PER_SECOND_PER_USER", "2")];

#[tokio::test]
async fn every_kind_of_frame_takes_from_its_users_bucket() {
    let server = server(SLOW_USER).await;
    for (number, frame) in
        [r#"{"a":1}"#, "[]", r#"{"type":"PING","a":1,"a":2}"#, r#"{"type":"NOPE"}"#, "not json"].into_iter().enumerate()
    {
        let mut ann = server.person(&format!("user{number}")).await;
        let mut phone = server.device(&ann).await;
        let begun = Instant::now();
        // Nineteen of each, because the twentieth bad frame in a row ends a connection.
        for _ in 0..19 {
            ann.send_text(frame).await;
            phone.send_text(frame).await;
        }
        let mut served = 0;
        for _ in 0..19 {
            for client in [&mut ann, &mut phone] {
                served += u64::from(client.next().await["code"] != "RATE_LIMITED");
            }
        }
        let bound = most(6, 2, begun);
        assert!(served <= bound, "{served} of at most {bound}: {frame}");
    }
}

/// A large frame is read before anybody knows what it asks for.
#[tokio::test]
async fn a_large_frame_takes_from_its_users_bucket_before_it_is_read() {
    let server = server(SLOW_USER).await;
    let large = " ".repeat(200_000);
    for (number, frame) in [r#"{"type":"PING"}"#, "[1", r#"{"type":"NOPE"}"#].into_iter().enumerate() {
        let mut ann = server.person(&format!("user{number}")).await;
        let begun = Instant::now();
        let mut served = 0;
        for _ in 0..19 {
            ann.send_text(&format!("{frame}{large}")).await;
            served += u64::from(ann.next().await["code"] != "RATE_LIMITED");
        }
        // One for reading it, and one for the command or its refusal.
        let bound = most(6, 2, begun).div_ceil(2);
        assert!(served <= bound, "{served} of at most {bound}: {frame}");
    }
}

/// A command costs more for each member that is looked up.
#[tokio::test]
async fn commands_with_many_members_cost_more() {
    let server = server(SLOW_USER).await;
    let names: Vec<String> = (0..200).map(|number| format!("nobody-{number}")).collect();
    for command in [
        json!({"type":"ADD_MEMBERS","chatId":"den","members":names}),
        json!({"type":"CREATE_CHAT","name":"x","members":names}),
        json!({"type":"REMOVE_MEMBERS","chatId":"den","userIds":names}),
    ] {
        let mut ann = server.person(&format!("user-of-{}", command["type"].as_str().expect("a type"))).await;
        let begun = Instant::now();
        let mut served = 0;
        for _ in 0..20 {
            served += u64::from(ann.command(command.clone()).await["code"] != "RATE_LIMITED");
        }
        let bound = most(6, 2, begun).div_ceil(5);
        assert!(served <= bound, "{served} of at most {bound}: {}", command["type"]);
    }
}

#[tokio::test]
async fn lines_of_text_mode_take_from_their_users_bucket() {
    let server = server(SLOW_USER).await;
    let token = server.person("ann").await.token;
    let mut raw = Raw::connect(&server.address.to_string()).await;
    raw.shake_hands("/ws", &[&format!("Authorization: Bearer {token}")]).await;
    raw.frame().await.expect("CONNECTED");
    let begun = Instant::now();
    let mut served = 0;
    for _ in 0..60 {
        raw.write(&whole(TEXT, b"/help")).await;
        let (_, _, line) = raw.frame().await.expect("a line");
        served += u64::from(!line.starts_with(b"! too many commands"));
    }
    let bound = most(6, 2, begun);
    assert!(served <= bound, "{served} of at most {bound}");
}

/// Connects so often, and counts the connections that get in.
async fn connections(server: &Server, token: &str, count: usize) -> u64 {
    let bearer = format!("Bearer {token}");
    let mut connected = 0;
    for _ in 0..count {
        let mut client = Client::connect_with(&server.url(), &[("authorization", &bearer)]).await;
        let first = client.next().await;
        let is_refused = first["code"] == "RATE_LIMITED";
        assert!(is_refused || first["type"] == "CONNECTED", "{first}");
        connected += u64::from(!is_refused);
        if is_refused {
            assert_eq!(client.closed().await, closed(4429, "RATE_LIMITED"));
        }
    }
    connected
}

#[tokio::test]
async fn handshakes_take_from_their_users_bucket_by_the_number_of_chats() {
    let server = server(SLOW_USER).await;
    let token = server.person("ann").await.token;
    let begun = Instant::now();
    let connected = connections(&server, &token, 40).await;
    let bound = most(6, 2, begun);
    assert!(connected <= bound, "{connected} of at most {bound}");
    // In a hundred chats, a handshake costs three.
    let ben = scene::user(&*server.services.repository, "ben").await;
    for number in 0..100 {
        let chat = scene::create(&ben, &format!("c{number}"), ChatKind::Group, &[]);
        scene::all(&*server.services.repository, [chat]).await;
    }
    let token = server.token_for(&ben.id, None).await;
    let begun = Instant::now();
    let connected = connections(&server, &token, 40).await;
    let bound = most(6, 2, begun).div_ceil(3);
    assert!(connected <= bound, "{connected} of at most {bound}");
}

#[tokio::test]
async fn a_sync_of_nothing_costs_as_much_as_the_chats_that_it_reads() {
    let server = server(SLOW_USER).await;
    let ben = scene::user(&*server.services.repository, "ben").await;
    for number in 0..200 {
        let chat = scene::create(&ben, &format!("c{number}"), ChatKind::Group, &[]);
        scene::all(&*server.services.repository, [chat]).await;
    }
    let token = server.token_for(&ben.id, None).await;
    let begun = Instant::now();
    let post = async |command: Value| http::command(server.address, Some(&token), &command).await;
    let mut synced = 0;
    let mut wait = 0;
    for _ in 0..20 {
        let answer = post(json!({"type":"SYNC","chats":{}})).await;
        synced += u64::from(answer.status == 200);
        wait = answer.json()["retryAfterMs"].as_u64().unwrap_or(wait);
    }
    // One and four for the chats.
    let bound = most(6, 2, begun).div_ceil(5);
    assert!(synced <= bound, "{synced} of at most {bound}");
    assert!(synced >= 1, "a full bucket is enough for any command");
    // A first refusal may be of the command alone, and the next also counts the chats. After that time it is served.
    let mut waits = 0;
    loop {
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let answer = post(json!({"type":"SYNC","chats":{}})).await;
        if answer.status == 200 {
            break;
        }
        waits += 1;
        assert!(waits < 4, "what is announced is kept: {}", answer.body);
        wait = answer.json()["retryAfterMs"].as_u64().expect("a time to wait");
    }
    let mut listed = 0;
    for _ in 0..20 {
        listed += u64::from(post(json!({"type":"GET_CHATS","limit":200})).await.status == 200);
    }
    let bound = most(6, 2, begun).div_ceil(5);
    assert!(listed <= bound, "{listed} of at most {bound}");
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
