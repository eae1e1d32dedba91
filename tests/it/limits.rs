//! The limits of a connection.

mod digests;
mod floods;
mod heads;
mod large;
mod memory;
mod requests;
mod searches;

use futures_util::StreamExt;
use pichat::auth::new_secret;
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::contract::backends::{self, Place};
use crate::support::client::PATIENCE;
use crate::support::faulty::{Faulty, Mood};
use crate::support::server::{settings, start_over};
use crate::support::{self, Client, Server, http};

async fn server(own: &[(&str, &str)]) -> Server {
    support::start_with(backends::sqlite().await.expect("a new file"), own).await
}

fn closed(code: u16, reason: &str) -> support::Closed {
    Some((code, reason.to_owned()))
}

#[tokio::test]
async fn a_valid_command_resets_the_bad_frame_count() {
    let server = server(&[]).await;
    let mut ann = server.user("ann").await;
    for _ in 0..19 {
        ann.send_text("not json").await;
        assert_eq!(ann.next().await["code"], "INVALID_JSON");
    }
    assert_eq!(ann.command(json!({"type":"PING"})).await["type"], "PONG");
    for _ in 0..20 {
        ann.send_text("[1").await;
        assert_eq!(ann.next().await["code"], "INVALID_JSON", "the twentieth is answered too");
    }
    assert_eq!(ann.closed().await, closed(4400, "too many bad frames"));
}

#[tokio::test]
async fn an_oversized_frame_is_answered_and_closed_with_1009() {
    let server = server(&[("MAX_FRAME_BYTES", "8192")]).await;
    let mut ann = server.user("ann").await;
    let fits = format!(r#"{{"type":"PING","requestId":"{}"}}"#, "x".repeat(64));
    ann.send_text(&format!("{fits}{}", " ".repeat(8192 - fits.len()))).await;
    assert_eq!(ann.next().await["type"], "PONG", "exactly the limit is within it");
    ann.send(json!({"type":"PING","requestId":"before"})).await;
    ann.send_text(&format!("{fits}{}", " ".repeat(8193 - fits.len()))).await;
    assert_eq!(ann.next().await["requestId"], "before");
    assert_eq!(ann.next().await["code"], "TOO_LARGE");
    assert_eq!(ann.closed().await, closed(1009, "frame too large"));
}

#[tokio::test]
async fn anonymous_clients_can_send_only_small_open_commands() {
    let server = server(&[]).await;
    let mut stranger = Client::connect(&server.url()).await;
    assert_eq!(stranger.next().await["authenticated"], false);
    for command in ["SEND_MESSAGE", "GET_ME", "SYNC", "CREATE_CHAT"] {
        let refused = stranger.command(json!({"type":command,"requestId":1})).await;
        assert_eq!((&refused["code"], &refused["command"]), (&json!("UNAUTHENTICATED"), &json!(command)));
    }
    assert_eq!(stranger.command(json!({"type":"PING"})).await["type"], "PONG");
    let ping = r#"{"type":"PING"}"#;
    stranger.send_text(&format!("{ping}{}", " ".repeat(4096 - ping.len()))).await;
    assert_eq!(stranger.next().await["type"], "PONG");
    stranger.send_text(&format!("{ping}{}", " ".repeat(4097 - ping.len()))).await;
    assert_eq!(stranger.next().await["code"], "TOO_LARGE");
    assert_eq!(stranger.closed().await, closed(1009, "frame too large"));
}

#[tokio::test]
async fn unauthenticated_connections_are_closed_at_the_deadline() {
    let server = server(&[("AUTHENTICATE_WITHIN_SECONDS", "1")]).await;
    let mut stranger = Client::connect(&server.url()).await;
    let mut known = Client::connect(&server.url()).await;
    known.next().await;
    let authenticated = known.command(json!({"type":"AUTHENTICATE","token":support::ADMIN_TOKEN})).await;
    assert_eq!(authenticated["type"], "AUTHENTICATED");
    assert_eq!(stranger.closed().await, closed(4401, "not authenticated in time"));
    known.hears_nothing().await;
}

#[tokio::test]
async fn a_log_in_in_progress_does_not_time_out() {
    let Place { repository, keep } = backends::sqlite().await.expect("a new file");
    let faulty = Faulty::new(repository);
    let server = start_over(faulty.clone(), keep, settings(&[("AUTHENTICATE_WITHIN_SECONDS", "4")])).await;
    let (answer, mut known) = answered_late(&server, &faulty, support::ADMIN_TOKEN).await;
    assert_eq!((&answer["type"], known.next().await["type"].as_str()), (&json!("AUTHENTICATED"), Some("PONG")));
    let (answer, mut stranger) = answered_late(&server, &faulty, &new_secret().expect("random bytes")).await;
    assert_eq!(answer["code"], "UNAUTHENTICATED");
    let next = stranger.socket.next().await;
    assert!(matches!(next, Some(Ok(Message::Close(_)))), "later frames are too late: {next:?}");
    known.hears_nothing().await;
}

/// Sends AUTHENTICATE and further commands, which are answered only after the deadline.
async fn answered_late(server: &Server, faulty: &Faulty, token: &str) -> (Value, Client) {
    let mut client = kept_waiting(server, faulty, token).await;
    faulty.let_go();
    (client.next().await, client)
}

/// Sends AUTHENTICATE and gets no reply before the deadline.
async fn kept_waiting(server: &Server, faulty: &Faulty, token: &str) -> Client {
    let mut client = Client::connect(&server.url()).await;
    client.next().await;
    let mut silent = Client::connect(&server.url()).await;
    faulty.be(Mood::Waits);
    client.send(json!([{"type":"AUTHENTICATE","token":token},{"type":"PING"}])).await;
    timeout(PATIENCE, faulty.entered()).await.expect("it is asked in time");
    assert_eq!(silent.closed().await, closed(4401, "not authenticated in time"));
    client
}

#[tokio::test]
async fn a_connection_lost_after_the_deadline_is_closed() {
    let Place { repository, keep } = backends::sqlite().await.expect("a new file");
    let faulty = Faulty::new(repository);
    let server = start_over(faulty.clone(), keep, settings(&[("AUTHENTICATE_WITHIN_SECONDS", "4")])).await;
    let client = kept_waiting(&server, &faulty, &new_secret().expect("random bytes")).await;
    // Like a machine that is switched off: writes to it fail.
    client.socket.get_ref().set_zero_linger().expect("a socket");
    drop(client);
    faulty.let_go();
    let gone = async {
        let mut left = 1;
        while left > 0 {
            tokio::task::yield_now().await;
            left = 0;
            server.services.hub.each_connection(|_| left += 1);
        }
    };
    timeout(PATIENCE, gone).await.expect("nobody is left");
}

#[tokio::test]
async fn excess_commands_are_refused_with_a_retry_delay() {
    let server = server(&[("COMMANDS_PER_SECOND", "5"), ("COMMAND_BURST", "10")]).await;
    let mut admin = server.admin().await;
    for number in 0..40 {
        admin.send(json!({"type":"PING","requestId":number})).await;
    }
    let mut refused = vec![];
    for number in 0..40 {
        let reply = admin.next().await;
        assert_eq!(reply["requestId"], number, "{reply}");
        if reply["type"] == "ERROR" {
            refused.push(reply);
        } else {
            assert!(number >= 10 || refused.is_empty(), "the burst is accepted: {reply}");
        }
    }
    let last = refused.last().expect("forty are more than a burst");
    assert_eq!((&last["code"], &last["command"]), (&json!("RATE_LIMITED"), &json!("PING")));
    let wait = last["retryAfterMs"].as_u64().expect("a time to wait");
    assert!((1..=200).contains(&wait), "{last}");
    // After the announced delay a command succeeds.
    tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
    assert_eq!(admin.command(json!({"type":"PING"})).await["type"], "PONG");
}

#[tokio::test]
async fn a_thousand_consecutive_refusals_close_the_connection() {
    let server = server(&[("COMMANDS_PER_SECOND", "1"), ("COMMAND_BURST", "1")]).await;
    let mut admin = server.admin().await;
    let many: Vec<_> = (0..50).map(|_| json!({"type":"PING"})).collect();
    let many = serde_json::to_string(&many).expect("JSON");
    for _ in 0..60 {
        admin.send_text(&many).await;
    }
    assert_eq!(admin.closed().await, closed(4429, "too many commands"));
}

#[tokio::test]
async fn waiting_for_the_retry_delay_resets_the_refusal_count() {
    let server = server(&[("COMMANDS_PER_SECOND", "1"), ("COMMAND_BURST", "1")]).await;
    let mut ann = server.user("ann").await;
    let many: Vec<_> = (0..30).map(|_| json!({"type":"PING"})).collect();
    let many = serde_json::to_string(&many).expect("JSON");
    for _ in 0..3 {
        let mut wait = 0;
        for _ in 0..30 {
            ann.send_text(&many).await;
            for _ in 0..30 {
                let answer = ann.next().await;
                wait = answer["retryAfterMs"].as_u64().unwrap_or(wait);
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(wait + 1)).await;
        assert_eq!(ann.command(json!({"type":"PING"})).await["type"], "PONG", "after nine hundred refusals");
    }
}

#[tokio::test]
async fn connections_per_user_are_bounded() {
    let server = server(&[("MAX_CONNECTIONS_PER_USER", "2")]).await;
    let token = server.token_of("ann").await;
    let mut one = server.user_with(&token).await;
    let _two = server.user_with(&token).await;
    let headers = [("authorization", format!("Bearer {token}"))];
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut third = Client::connect_with(&server.url(), &headers).await;
    assert_eq!(third.closed().await.map(|(code, _)| code), Some(4429));
    let mut in_band = Client::connect(&server.url()).await;
    in_band.next().await;
    in_band.send(json!({"type":"AUTHENTICATE","token":token})).await;
    assert_eq!(in_band.closed().await.map(|(code, _)| code), Some(4429));
    one.socket.close(None).await.expect("a successful exit");
    one.closed().await;
    let mut online = server.user_with(&token).await;
    online.hears_nothing().await;
}

#[tokio::test]
async fn post_commands_are_limited_per_user() {
    let server = server(&[("COMMANDS_PER_SECOND", "1"), ("COMMAND_BURST", "5")]).await;
    let ann = server.token_of("ann").await;
    let ben = server.token_of("ben").await;
    let ping = json!({"type":"PING","requestId":"p"});
    let mut limited = None;
    for _ in 0..20 {
        let response = http::command(server.address, Some(&ann), &ping).await;
        if response.status == 429 {
            limited = Some(response.json());
            break;
        }
        assert_eq!(response.status, 200);
    }
    let limited = limited.expect("a burst of twenty is too many");
    assert_eq!((&limited["code"], &limited["requestId"]), (&json!("RATE_LIMITED"), &json!("p")));
    assert!(limited["retryAfterMs"].as_u64().is_some_and(|wait| (1..=1000).contains(&wait)), "{limited}");
    assert_eq!(http::command(server.address, Some(&ben), &ping).await.status, 200);
}

#[tokio::test]
async fn anonymous_connections_per_address_are_bounded() {
    let server = server(&[("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "2")]).await;
    let token = server.token_of("ann").await;
    let mut first = Client::connect(&server.url()).await;
    let mut second = Client::connect(&server.url()).await;
    for client in [&mut first, &mut second] {
        assert_eq!(client.next().await["type"], "CONNECTED");
    }
    let mut third = Client::connect(&server.url()).await;
    assert_eq!(third.next().await["code"], "RATE_LIMITED");
    assert_eq!(third.closed().await, closed(4429, "RATE_LIMITED"));
    let entered = first.command(json!({"type":"AUTHENTICATE","token":token})).await;
    assert_eq!(entered["type"], "AUTHENTICATED");
    assert_eq!(Client::connect(&server.url()).await.next().await["type"], "CONNECTED");
}

#[tokio::test]
async fn frames_pipelined_after_authenticate_use_the_users_limits() {
    let server = server(&[]).await;
    let token = server.token_of("ann").await;
    let mut client = Client::connect(&server.url()).await;
    client.send(json!({"type":"AUTHENTICATE","token":token})).await;
    let ping = r#"{"type":"PING"}"#;
    client.send_text(&format!("{ping}{}", " ".repeat(10_000))).await;
    let kinds = [client.next().await, client.next().await, client.next().await];
    assert_eq!(kinds.map(|frame| frame["type"].clone()), ["CONNECTED", "AUTHENTICATED", "PONG"]);
}

#[tokio::test]
async fn failed_log_ins_do_not_throttle_other_users() {
    let server = server(&[("LOGIN_ATTEMPTS_PER_MINUTE", "2")]).await;
    let mut client = Client::connect(&server.url()).await;
    client.next().await;
    let named = |kind: &str, name: &str, password: &str| json!({"type":kind,"username":name,"password":password});
    for name in ["ann", "ben"] {
        let signed_up = http::command(server.address, None, &named("SIGN_UP", name, "correct horse")).await;
        assert_eq!(signed_up.status, 200, "{}", signed_up.body);
    }
    for _ in 0..2 {
        client.refused(named("LOG_IN", "ann", "wrong horse"), "UNAUTHENTICATED", "").await;
    }
    let limited = client.refused(named("LOG_IN", "ANN", "correct horse"), "RATE_LIMITED", "").await;
    assert!(limited["retryAfterMs"].as_u64().is_some_and(|wait| (1..=30_000).contains(&wait)), "{limited}");
    assert_eq!(client.command(named("LOG_IN", "ben", "correct horse")).await["type"], "AUTHENTICATED");
}

#[tokio::test]
async fn sign_ups_per_address_and_hour_are_bounded() {
    let server = server(&[("SIGN_UPS_PER_HOUR", "1")]).await;
    let sign_up = |name: &str| json!({"type":"SIGN_UP","username":name,"password":"correct horse"});
    assert_eq!(http::command(server.address, None, &sign_up("ann")).await.status, 200);
    let limited = http::command(server.address, None, &sign_up("ben")).await;
    assert_eq!((limited.status, &limited.json()["code"]), (429, &json!("RATE_LIMITED")));
}

/// The error code of a command from that address, or the type of its reply.
async fn outcome(server: &Server, address: &str, token: Option<&str>, command: &Value) -> String {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("x-forwarded-for", address)];
    headers.extend(bearer.iter().map(|bearer| ("authorization", bearer.as_str())));
    let body = command.to_string();
    let answer = http::send(server.address, "POST /command", &headers, body.as_bytes()).await.json();
    answer["code"].as_str().or(answer["type"].as_str()).expect("a code or a type").to_owned()
}

#[tokio::test]
async fn failed_tokens_are_throttled_per_address_on_every_carrier() {
    let server = server(&[("LOGIN_ATTEMPTS_PER_MINUTE", "1"), ("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let good = server.token_of("ann").await;
    let second = server.token_of("ben").await;
    let ping = json!({"type":"PING"});
    let thief = "192.0.2.1";
    assert_eq!(outcome(&server, thief, Some(&good), &ping).await, "PONG");
    let mut guesses = 0;
    while outcome(&server, thief, Some(&format!("guess-{guesses}")), &ping).await == "UNAUTHENTICATED" {
        guesses += 1;
        // A burst of twenty, then one every three seconds.
        assert!(guesses < 200, "guesses are not throttled");
    }
    assert!(guesses >= 20, "{guesses}");
    let forwarded = ("x-forwarded-for", thief);
    let refused = Client::try_connect(&server.url(), &[forwarded, ("authorization", "Bearer guess")]).await;
    let Err(error) = refused else { panic!("a guessed token was accepted") };
    let status = |error: &tokio_tungstenite::tungstenite::Error| match error {
        tokio_tungstenite::tungstenite::Error::Http(response) => response.status().as_u16(),
        other => panic!("{other}"),
    };
    assert_eq!(status(&error), 429);
    let mut client = Client::connect_with(&server.url(), &[forwarded]).await;
    client.next().await;
    client.refused(json!({"type":"AUTHENTICATE","token":second}), "RATE_LIMITED", "").await;
    client.refused(json!({"type":"REFRESH_TOKEN","refreshToken":"guess"}), "RATE_LIMITED", "").await;
    let limited = client.refused(json!({"type":"AUTHENTICATE","token":"guess"}), "RATE_LIMITED", "").await;
    assert!(limited["retryAfterMs"].as_u64().is_some_and(|wait| (1..=3_000).contains(&wait)), "{limited}");
    assert_eq!(outcome(&server, thief, Some(&good), &ping).await, "PONG", "it was valid from there before");
    assert_eq!(outcome(&server, "192.0.2.2", Some(&second), &ping).await, "PONG", "another address");
}

/// Hashes that wait are dropped with their connections.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_hash_is_computed_for_a_client_that_has_gone() {
    const CLIENTS: u64 = 40;
    let server = server(&[]).await;
    let passwords = &server.services.authenticator.passwords;
    let mut clients = vec![];
    for number in 0..CLIENTS {
        let mut client = Client::connect(&server.url()).await;
        client.next().await;
        client.send(json!({"type":"LOG_IN","username":format!("nobody-{number}"),"password":"wrong password"})).await;
        clients.push(client);
    }
    let all_in = async {
        while passwords.computed() + (passwords.waiting() as u64) + 1 < CLIENTS {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, all_in).await.expect("every log-in waits for its hash or has it");
    let before = passwords.computed();
    assert!(before < CLIENTS / 2, "{before} computed already");
    drop(clients);
    let dropped = async {
        while passwords.waiting() > 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, dropped).await.expect("the queue empties");
    let computed = passwords.computed();
    assert!(computed < before + CLIENTS / 4, "{computed} of {CLIENTS}, {before} before the clients left");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_in_flood_delays_only_its_own_address() {
    let server = server(&[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let server = std::sync::Arc::new(server);
    let named = |kind: &str, name: &str| json!({"type":kind,"username":name,"password":"correct horse"});
    let home = "192.0.2.200";
    let elsewhere = "192.0.2.201";
    for name in ["vic", "wim"] {
        assert_eq!(outcome(&server, home, None, &named("SIGN_UP", name)).await, "AUTHENTICATED");
    }
    assert_eq!(outcome(&server, home, None, &named("LOG_IN", "vic")).await, "AUTHENTICATED");
    let mut flood = tokio::task::JoinSet::new();
    for number in 0..320 {
        let server = server.clone();
        let command = named("LOG_IN", &format!("nobody-{number}"));
        let address = format!("2001:db8:0:{:x}::1", number % 64);
        flood.spawn(async move { outcome(&server, &address, None, &command).await });
    }
    let passwords = &server.services.authenticator.passwords;
    while passwords.waiting() < 240 {
        tokio::task::yield_now().await;
    }
    for (address, name) in [(home, "vic"), (elsewhere, "wim")] {
        let before = passwords.computed();
        assert_eq!(outcome(&server, address, None, &named("LOG_IN", name)).await, "AUTHENTICATED");
        // Its own hash, those in progress, and one turn per worker; the flood is 240 longer.
        let between = passwords.computed() - before;
        assert!(between <= 12, "{name} waited for {between} hashes");
    }
    assert!(passwords.waiting() > 100, "the flood is still queued");
    flood.abort_all();
}
