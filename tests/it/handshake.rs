//! Handshakes: credentials, origins and limits.

use pichat::protocol::Timestamp;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;

use crate::contract::backends;
use crate::support::{self, ADMIN_TOKEN, Client, Process, Raw, Server, http};

async fn server(own: &[(&str, &str)]) -> Server {
    support::start_with(backends::sqlite().await.expect("a new file"), own).await
}

/// The status and the ERROR of a refused handshake.
async fn refused(url: &str, headers: &[(&str, &str)]) -> (u16, Value) {
    match Client::try_connect(url, headers).await.map_err(|error| *error) {
        Err(Error::Http(response)) => {
            let body = response.body().as_deref().unwrap_or_default();
            let error: Value = serde_json::from_slice(body).expect("the ERROR object");
            assert_eq!(error["type"], "ERROR");
            (response.status().as_u16(), error["code"].clone())
        }
        Err(other) => panic!("not a refusal: {other}"),
        Ok(_) => panic!("accepted"),
    }
}

#[tokio::test]
async fn tokens_are_accepted_in_every_documented_place() {
    let server = server(&[]).await;
    let url = server.url();
    let forms = [
        (url.clone(), "authorization", format!("Bearer {ADMIN_TOKEN}")),
        (url.clone(), "authorization", format!("bearer {ADMIN_TOKEN}")),
        (url.clone(), "x-api-key", ADMIN_TOKEN.to_owned()),
        (url.clone(), "sec-websocket-protocol", format!("pichat.v1, bearer.{ADMIN_TOKEN}")),
        (format!("{url}?token={ADMIN_TOKEN}"), "x-nothing", String::new()),
        (format!("{url}?a=b&token={}", ADMIN_TOKEN.replace('-', "%2D")), "x-nothing", String::new()),
    ];
    for (url, name, value) in forms {
        let connected = Client::connect_with(&url, &[(name, &value)]).await.next().await;
        assert_eq!((&connected["type"], &connected["authenticated"]), (&json!("CONNECTED"), &json!(true)));
        assert_eq!(connected["user"]["username"], "admin");
    }
    let mut in_band = Client::connect(&url).await;
    assert_eq!(in_band.next().await["authenticated"], false);
    assert_eq!(in_band.command(json!({"type":"AUTHENTICATE","token":"wrong"})).await["code"], "UNAUTHENTICATED");
    let authenticated = in_band.command(json!({"type":"AUTHENTICATE","token":ADMIN_TOKEN})).await;
    assert_eq!(authenticated["type"], "AUTHENTICATED");
    assert_eq!(in_band.command(json!({"type":"GET_ME"})).await["type"], "USER");
}

#[tokio::test]
async fn only_the_pichat_subprotocol_is_echoed() {
    let server = server(&[]).await;
    let offers = [
        (format!("Sec-WebSocket-Protocol: pichat.v1, bearer.{ADMIN_TOKEN}"), Some("pichat.v1")),
        ("Sec-WebSocket-Protocol: other, pichat.v1".to_owned(), Some("pichat.v1")),
        ("Sec-WebSocket-Protocol: other".to_owned(), None),
        ("X-Nothing: none".to_owned(), None),
    ];
    for (offer, echoed) in offers {
        let mut raw = Raw::connect(&server.address.to_string()).await;
        let head = raw.shake_hands("/ws", &[&offer]).await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        let line = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("sec-websocket-protocol: ").map(str::to_owned));
        assert_eq!(line.as_deref(), echoed, "{head}");
        assert!(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{head}");
        assert!(!head.contains(ADMIN_TOKEN), "{head}");
    }
}

#[tokio::test]
async fn non_browsers_get_a_status_for_bad_credentials() {
    let server = server(&[]).await;
    let url = server.url();
    let none = ("x-nothing", "");
    let wrong = format!("pichat_{}", "x".repeat(43));
    let bearer = format!("Bearer {wrong}");
    let offered = format!("pichat.v1, bearer.{wrong}");
    let forms = [
        (url.clone(), ("authorization", "Bearer nonsense")),
        (url.clone(), ("authorization", "Bearer")),
        (url.clone(), ("authorization", "Basic YWRtaW46YWRtaW4=")),
        (url.clone(), ("authorization", &*bearer)),
        (url.clone(), ("x-api-key", &*wrong)),
        (url.clone(), ("sec-websocket-protocol", &*offered)),
        (format!("{url}?token={wrong}"), none),
        (format!("{url}?token="), none),
    ];
    for (url, header) in forms {
        assert_eq!(refused(&url, &[header]).await, (401, json!("UNAUTHENTICATED")), "{url} {header:?}");
    }
}

#[tokio::test]
async fn browsers_get_a_close_code_for_bad_credentials() {
    let server = server(&[]).await;
    let origin = format!("http://{}", server.address);
    let headers = [("origin", &*origin), ("authorization", "Bearer nonsense")];
    let mut browser = Client::connect_with(&server.url(), &headers).await;
    let error = browser.next().await;
    assert_eq!((&error["type"], &error["code"]), (&json!("ERROR"), &json!("UNAUTHENTICATED")));
    assert_eq!(browser.closed().await, Some((4401, "UNAUTHENTICATED".into())));
}

#[tokio::test]
async fn other_origins_can_connect_only_if_allowed() {
    let closed = server(&[]).await;
    let own = format!("http://{}", closed.address);
    let mut browser = Client::connect_with(&closed.url(), &[("origin", &own)]).await;
    assert_eq!(browser.next().await["type"], "CONNECTED");
    for other in ["https://elsewhere.example", "null", "http://127.0.0.1:1"] {
        assert_eq!(refused(&closed.url(), &[("origin", other)]).await, (403, json!("FORBIDDEN")));
    }
    let open = server(&[("ALLOWED_ORIGINS", "https://chat.example, https://two.example")]).await;
    for allowed in ["https://chat.example", "https://two.example"] {
        let mut browser = Client::connect_with(&open.url(), &[("origin", allowed)]).await;
        assert_eq!(browser.next().await["type"], "CONNECTED", "{allowed}");
    }
    assert_eq!(refused(&open.url(), &[("origin", "http://chat.example")]).await, (403, json!("FORBIDDEN")));
    let secure = format!("https://{}", closed.address);
    assert_eq!(
        refused(&closed.url(), &[("origin", &secure)]).await,
        (403, json!("FORBIDDEN")),
        "the scheme is compared"
    );
    let proxied = [("origin", &*secure), ("x-forwarded-proto", "https")];
    assert_eq!(Client::connect_with(&closed.url(), &proxied).await.next().await["type"], "CONNECTED");
    let with_port = server(&[("ALLOWED_ORIGINS", "https://chat.example:443")]).await;
    let headers = [("origin", "https://chat.example")];
    assert_eq!(Client::connect_with(&with_port.url(), &headers).await.next().await["type"], "CONNECTED");
}

#[tokio::test]
async fn a_request_with_two_host_headers_is_refused() {
    let server = server(&[]).await;
    for path in ["/ws", "/command", "/health"] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: chat.example\r\nHost: evil.example\r\n\r\n");
        let head = Raw::connect(&server.address.to_string()).await.request(&request).await;
        assert!(head.starts_with("HTTP/1.1 400 "), "{path}: {head}");
    }
}

#[tokio::test]
async fn metrics_and_readiness_details_can_require_a_token() {
    let server = server(&[("METRICS_TOKEN", "metrics-of-the-tests")]).await;
    let get = async |path: &str, token: &str| {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        http::send(server.address, &format!("GET {path}"), if token.is_empty() { &[] } else { &headers }, b"").await
    };
    assert_eq!(get("/ready", "").await.json(), json!({"status":"ready"}));
    assert_eq!(get("/ready", "metrics-of-the-tests").await.json(), json!({"status":"ready","storage":"ok"}));
    for token in ["", "wrong", "metrics-of-the-test", ADMIN_TOKEN] {
        let refused = get("/metrics", token).await;
        assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer")), "{token}");
        assert!(!refused.body.contains("pichat_"), "{}", refused.body);
    }
    let metrics = get("/metrics", "metrics-of-the-tests").await;
    assert!(metrics.status == 200 && metrics.body.contains("pichat_http_connections"), "{}", metrics.body);
}

#[tokio::test]
async fn metrics_can_be_served_on_a_separate_port() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let process = Process::start(folder.path(), &[("METRICS_PORT", &free.port().to_string())]).await;
    let chat = process.address.parse().expect("an address");
    let get = async |address, path: &str| http::send(address, &format!("GET {path}"), &[], b"").await;
    assert_eq!(get(chat, "/metrics").await.status, 404);
    assert_eq!(get(chat, "/ready").await.json(), json!({"status":"ready"}));
    assert_eq!(get(chat, "/health").await.status, 200);
    assert!(get(free, "/metrics").await.body.contains("# TYPE"));
    assert_eq!(get(free, "/ready").await.json(), json!({"status":"ready","storage":"ok"}));
    for path in ["/", "/ws", "/command", "/asyncapi.json"] {
        assert_eq!(get(free, path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_revoked_token_cannot_connect_or_stay_connected() {
    let server = server(&[]).await;
    let mut admin = server.admin().await;
    let made = admin.command(json!({"type":"CREATE_API_TOKEN","name":"gone soon","botUsername":"bot"})).await;
    let secret = made["secret"].as_str().expect("a secret");
    let mut bot = server.user_with(secret).await;
    let mut other = server.user("bot").await;
    let revoked = admin.command(json!({"type":"REVOKE_API_TOKEN","tokenId":made["token"]["id"]})).await;
    assert_eq!(revoked["type"], "API_TOKEN_REVOKED", "{revoked}");
    assert_eq!(bot.closed().await.map(|(code, _)| code), Some(4401));
    other.hears_nothing().await;
    let bearer = format!("Bearer {secret}");
    assert_eq!(refused(&server.url(), &[("authorization", &bearer)]).await, (401, json!("UNAUTHENTICATED")));
}

#[tokio::test]
async fn an_expiring_token_warns_then_closes_its_connections() {
    let server = server(&[]).await;
    let mut admin = server.admin().await;
    let soon = Timestamp::from_millis(server.services.clock.now().millis() + 1500);
    let command = json!({"type":"CREATE_API_TOKEN","name":"short","botUsername":"bot","expiresAt":soon});
    let made = admin.command(command).await;
    let secret = made["secret"].as_str().unwrap_or_else(|| panic!("no secret: {made}"));
    let mut bot = server.user_with(secret).await;
    let expiring = bot.next().await;
    assert_eq!((&expiring["type"], &expiring["expiresAt"]), (&json!("TOKEN_EXPIRING"), &json!(soon)));
    assert_eq!(bot.closed().await, Some((4401, "token expired".into())));
    let bearer = format!("Bearer {secret}");
    assert_eq!(refused(&server.url(), &[("authorization", &bearer)]).await, (401, json!("TOKEN_EXPIRED")));
}

#[tokio::test]
async fn plain_requests_to_the_socket_are_explained() {
    let server = server(&[]).await;
    let address = server.address.to_string();
    let cases = [
        ("GET /ws HTTP/1.1\r\nHost: x\r\n\r\n", "426"),
        ("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", "426"),
        ("POST /ws HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "405"),
        ("GET /health HTTP/1.1\r\nHost: x\r\n\r\n", "200"),
        ("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", "404"),
        ("NONSENSE\r\n\r\n", "400"),
    ];
    for (request, status) in cases {
        let head = Raw::connect(&address).await.request(request).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {head}");
    }
}

#[tokio::test]
async fn oversized_and_slow_request_heads_are_refused() {
    let server = server(&[]).await;
    let address = server.address.to_string();
    let long = format!("GET /ws HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "x".repeat(9000));
    assert!(Raw::connect(&address).await.request(&long).await.starts_with("HTTP/1.1 431 "));
    let many: String = (0..200).map(|number| format!("X-{number}: y\r\n")).collect();
    let many = format!("GET /ws HTTP/1.1\r\nHost: x\r\n{many}\r\n");
    assert!(Raw::connect(&address).await.request(&many).await.starts_with("HTTP/1.1 431 "));
    let mut slow = Raw::connect(&address).await;
    slow.write(b"GET /ws HTTP/1.1\r\nHost:").await;
    let rest = slow.rest().await;
    assert!(!rest.starts_with(b"HTTP/1.1 101"), "closed without a handshake");
}
