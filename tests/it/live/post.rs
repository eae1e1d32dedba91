use pichat::protocol::Timestamp;
use pichat::protocol::error::Code;
use serde_json::{Value, json};

use super::chats::made;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_refused, event_of};
use crate::support::{self, ADMIN_TOKEN, http};

pub async fn every_code_has_its_status(place: Place) {
    let known = [400, 400, 400, 401, 401, 403, 404, 409, 413, 429, 503, 500];
    assert_eq!(Code::ALL.map(Code::http_status), known);
    let server = support::start(place).await;
    let person = crate::contract::scene::user(&*server.services.repository, "ann").await;
    let expired = server.token_for(&person.id, Some(Timestamp::from_millis(1))).await;
    let good = server.token_for(&person.id, None).await;
    let chat = json!({"type":"CREATE_CHAT","kind":"channel","name":"news"});
    assert_eq!(http::command(server.address, Some(ADMIN_TOKEN), &chat).await.status, 200);
    for (token, command, status, code) in [
        (Some(&good), json!(7), 400, "INVALID_JSON"),
        (Some(&good), json!([]), 400, "INVALID_JSON"),
        (Some(&good), json!([{"type":"PING"}]), 400, "INVALID_JSON"),
        (Some(&good), json!(vec![json!({"type":"PING"}); 51]), 400, "INVALID_JSON"),
        (Some(&good), json!({"type":"NOPE"}), 400, "UNKNOWN_COMMAND"),
        (Some(&good), json!({"type":"GET_CHAT"}), 400, "INVALID_ARGUMENT"),
        (None, json!({"type":"GET_ME"}), 401, "UNAUTHENTICATED"),
        (Some(&expired), json!({"type":"PING"}), 401, "TOKEN_EXPIRED"),
        (Some(&good), json!({"type":"DELETE_CHAT","chatId":"#news"}), 403, "FORBIDDEN"),
        (Some(&good), json!({"type":"GET_CHAT","chatId":"none"}), 404, "NOT_FOUND"),
        (Some(&good), chat, 409, "CONFLICT"),
        (Some(&good), json!({"type":"AUTHENTICATE","token":good}), 409, "CONFLICT"),
        (None, json!({"type":"AUTHENTICATE","token":good}), 409, "CONFLICT"),
        (Some(&good), json!({"type":"SEND_MESSAGE","chatId":"#news","content":"x".repeat(4097)}), 413, "TOO_LARGE"),
    ] {
        let answer = http::command(server.address, token.map(String::as_str), &command).await;
        assert_eq!((answer.status, &answer.json()["code"]), (status, &json!(code)), "{command}: {}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
}

pub async fn post_commands_are_answered_in_the_body(place: Place) {
    let server = support::start(place).await;
    let pong = http::command(server.address, None, &json!({"type":"PING","requestId":"p"})).await;
    assert_eq!((pong.status, pong.header("cache-control")), (200, Some("no-store")));
    assert_frame(&pong.json(), json!({"type":"PONG","requestId":"p","serverTime":"<time>"}));
    let error = http::command(server.address, None, &json!({"type":"HELP","requestId":7,"x":1})).await;
    assert_refused(&error.json(), "INVALID_ARGUMENT", "x");
    assert_eq!((&error.json()["requestId"], &error.json()["command"]), (&json!(7), &json!("HELP")));
    let nested = json!({"action":"HELP","payload":{"command":"PING","requestId":"n"}});
    assert_eq!(http::command(server.address, None, &nested).await.json()["requestId"], "n");
    let help =
        http::send(server.address, "POST /command", &[("x-api-key", ADMIN_TOKEN)], br#"{"type":"GET_ME"}"#).await;
    assert_eq!(help.json()["user"]["id"], "admin");
}

pub async fn invalid_credentials_are_refused_for_every_command(place: Place) {
    let server = support::start(place).await;
    let ping = br#"{"type":"PING"}"#;
    for header in [
        ("authorization", "Bearer nonsense"),
        ("authorization", "Basic YWRtaW46YWRtaW4="),
        ("authorization", "Bearer"),
        ("x-api-key", "nonsense"),
    ] {
        let answer = http::send(server.address, "POST /command", &[header], ping).await;
        assert_eq!(answer.status, 401, "{header:?}: {}", answer.body);
        assert_refused(&answer.json(), "UNAUTHENTICATED", "");
    }
}

pub async fn bodies_without_a_command_are_refused(place: Place) {
    let server = support::start(place).await;
    for body in [&b""[..], b"nonsense", b"{\"type\":\"\xff\"}", b"{", b"\"PING\""] {
        let answer = http::send(server.address, "POST /command", &[], body).await;
        assert_eq!(answer.status, 400, "{body:?}: {}", answer.body);
        assert_refused(&answer.json(), "INVALID_JSON", "");
    }
    let limit = server.services.config.limits.frame_bytes;
    let padded = |length: usize| format!("{{\"type\":\"PING\"{}}}", " ".repeat(length - 15));
    for (headers, limit) in [(&[("x-api-key", ADMIN_TOKEN)][..], limit), (&[], 4096)] {
        let fits = http::send(server.address, "POST /command", headers, padded(limit).as_bytes()).await;
        assert_eq!(fits.status, 200, "{}", fits.body);
        let answer = http::send(server.address, "POST /command", headers, padded(limit + 1).as_bytes()).await;
        assert_eq!(answer.status, 413, "{}", answer.body);
        assert_refused(&answer.json(), "TOO_LARGE", "");
    }
}

pub async fn post_commands_are_published_to_the_callers_connections(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.user("ben").await;
    let mut device = server.device(&ann).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    device.next_of("NEW_CHAT").await;
    let command = json!({"type":"SEND_MESSAGE","requestId":"m","chatId":id,"id":"one","content":"by post"});
    let sent = http::command(server.address, Some(&ann.token), &command).await.json();
    assert_eq!((&sent["type"], &sent["requestId"]), (&json!("NEW_MESSAGE"), &json!("m")));
    for client in [&mut ann, &mut device, &mut ben] {
        assert_eq!(client.next().await, event_of(&sent));
    }
    let again = http::command(server.address, Some(&ann.token), &command).await.json();
    assert_eq!(again["duplicate"], true);
    for client in [&mut ann, &mut device, &mut ben] {
        client.hears_nothing().await;
    }
    let made = json!({"type":"CREATE_API_TOKEN","name":"t"});
    let made = http::command(server.address, Some(&ann.token), &made).await.json();
    let revoke = json!({"type":"REVOKE_API_TOKEN","tokenId":made["token"]["id"]});
    let revoked = http::command(server.address, Some(&ann.token), &revoke).await.json();
    assert_eq!((ann.next().await, device.next().await), (revoked.clone(), revoked));
    let joined = json!({"type":"CREATE_CHAT","kind":"channel","name":"news"});
    let joined = http::command(server.address, Some(&ann.token), &joined).await.json();
    let heard = ann.next().await;
    assert_eq!((&heard["type"], &heard["chatId"]), (&json!("NEW_CHAT"), &joined["chatId"]));
    assert!(heard["chat"].get("myRole").is_none() && joined["chat"]["myRole"] == "owner");
    assert_eq!(ben.next().await["type"], "CHANNEL_LISTED");
}

pub async fn other_origins_cannot_send_commands(place: Place) {
    let server = support::start_with(place, &[("ALLOWED_ORIGINS", "https://chat.example.org/")]).await;
    let ping = br#"{"type":"PING"}"#;
    for (origin, status) in [
        ("https://chat.example.org", 200),
        ("HTTPS://CHAT.example.org", 200),
        ("https://evil.example.org", 403),
        ("null", 403),
        ("http://chat.example.org", 403),
    ] {
        let answer = http::send(server.address, "POST /command", &[("origin", origin)], ping).await;
        assert_eq!(answer.status, status, "{origin}: {}", answer.body);
        let allowed = answer.header("access-control-allow-origin");
        assert_eq!(allowed, (status == 200).then_some(origin));
        if status == 403 {
            assert_refused(&answer.json(), "FORBIDDEN", "");
        }
        let preflight = http::send(server.address, "OPTIONS /command", &[("origin", origin)], b"").await;
        assert_eq!(preflight.status, if status == 200 { 204 } else { 403 }, "{origin}");
    }
    let own = format!("http://{}", server.address);
    let answer = http::send(server.address, "POST /command", &[("origin", &own)], ping).await;
    assert_eq!(answer.status, 403, "a list of origins replaces the server's own");
}

pub async fn allowed_origins_can_upload_and_download_files(place: Place) {
    let server = support::start_with(place, &[("ALLOWED_ORIGINS", "https://chat.example.org")]).await;
    for (path, methods, fields) in [
        ("/uploads/t", ["PUT", "DELETE"], ["content-range", "repr-digest"]),
        ("/files/f", ["GET", "HEAD"], ["range", "if-none-match"]),
    ] {
        for (origin, is_allowed) in [("https://chat.example.org", true), ("https://evil.example.org", false)] {
            let sent = [("origin", origin)];
            let preflight = http::send(server.address, &format!("OPTIONS {path}"), &sent, b"").await;
            assert_eq!((preflight.status, preflight.body.as_str()), (204, ""), "{path} from {origin}");
            assert_eq!(preflight.header("access-control-allow-origin"), is_allowed.then_some(origin), "{path}");
            let allowed = preflight.header("access-control-allow-methods").expect("the methods");
            assert!(methods.iter().all(|method| allowed.contains(method)), "{path}: {allowed}");
            let allowed = preflight.header("access-control-allow-headers").expect("the header fields");
            assert!(fields.iter().all(|field| allowed.contains(field)), "{path}: {allowed}");
            let refused = http::send(server.address, &format!("{} {path}", methods[0]), &sent, b"").await;
            assert_eq!(refused.header("access-control-allow-origin"), is_allowed.then_some(origin), "{path}");
            assert!(refused.header("access-control-expose-headers").is_some_and(|all| all.contains("etag")), "{path}");
            assert_eq!(refused.json()["type"], "ERROR");
        }
    }
}

pub async fn cached_pages_are_answered_with_304(place: Place) {
    let server = support::start(place).await;
    for path in ["/", "/docs", "/sw.js", "/assets/docs.css"] {
        let request = format!("GET {path}");
        let page = http::send(server.address, &request, &[], b"").await;
        let tag = page.header("etag").expect("an entity tag").to_owned();
        let weak = format!("\"x\", W/{tag}");
        for (known, status) in [(tag.as_str(), 304), (&weak, 304), ("*", 304), ("\"x\"", 200), ("x", 200)] {
            let answer = http::send(server.address, &request, &[("if-none-match", known)], b"").await;
            assert_eq!((answer.status, answer.body.is_empty()), (status, status == 304), "{path} with {known}");
            assert_eq!(answer.header("etag"), Some(&*tag), "{path} with {known}");
        }
    }
}

pub async fn the_servers_own_origin_can_send_commands(place: Place) {
    let server = support::start(place).await;
    let own = format!("http://{}", server.address);
    let ping = br#"{"type":"PING"}"#;
    let answer = http::send(server.address, "POST /command", &[("origin", &own)], ping).await;
    assert_eq!((answer.status, answer.header("vary")), (200, Some("origin")));
    let answer = http::send(server.address, "POST /command", &[("origin", "http://other.example")], ping).await;
    assert_eq!(answer.status, 403);
    let preflight = http::send(server.address, "OPTIONS /command", &[("origin", &own)], b"").await;
    assert_eq!((preflight.status, preflight.body.as_str()), (204, ""));
    assert_eq!(preflight.header("access-control-allow-origin"), Some(&*own));
    assert_eq!(preflight.header("access-control-allow-methods"), Some("POST"));
    let headers = preflight.header("access-control-allow-headers").expect("the header fields");
    assert!(["authorization", "content-type", "x-api-key"].iter().all(|name| headers.contains(name)), "{headers}");
}

pub async fn auxiliary_endpoints_respond(place: Place) {
    let server = support::start(place).await;
    let get = async |path: &str| http::send(server.address, &format!("GET {path}"), &[], b"").await;
    let health = get("/health").await;
    assert_eq!((health.status, health.json()), (200, json!({"status":"alive"})));
    let ready = get("/ready").await;
    assert_eq!((ready.status, &ready.json()["status"]), (200, &json!("ready")));
    let metrics = get("/metrics").await;
    assert_eq!(metrics.status, 200);
    assert!(metrics.header("content-type").is_some_and(|kind| kind.starts_with("text/plain; version=0.0.4")));
    assert!(metrics.body.contains("# TYPE"), "{}", metrics.body);
    for (path, format) in [("/asyncapi.json", "asyncapi"), ("/openapi.json", "openapi")] {
        let described = get(path).await;
        assert_eq!((described.status, described.header("content-type")), (200, Some("application/json")), "{path}");
        assert!(described.json()[format].is_string(), "{path}");
    }
    let missing = get("/nothing").await;
    assert_eq!(missing.status, 404);
    assert_refused(&missing.json(), "NOT_FOUND", "");
    assert_eq!(get("/health?x=1").await.status, 200);
    let head = http::send(server.address, "HEAD /health", &[], b"").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(get("/ws").await.status, 426);
}

pub async fn other_methods_are_refused_with_the_allowed_ones(place: Place) {
    let server = support::start(place).await;
    for (request, allowed) in [
        ("GET /command", "POST, OPTIONS"),
        ("DELETE /command", "POST, OPTIONS"),
        ("POST /ws", "GET"),
        ("POST /health", "GET"),
        ("PUT /ready", "GET"),
        ("POST /metrics", "GET"),
        ("POST /asyncapi.json", "GET"),
        ("POST /openapi.json", "GET"),
        ("POST /", "GET"),
        ("PUT /docs", "GET"),
        ("POST /export/t", "GET"),
        ("POST /files/f", "GET, HEAD, OPTIONS"),
        ("GET /uploads/t", "PUT, DELETE, OPTIONS"),
    ] {
        let answer = http::send(server.address, request, &[], b"").await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some(allowed)), "{request}");
        assert_eq!(answer.json()["type"], Value::from("ERROR"));
    }
}
