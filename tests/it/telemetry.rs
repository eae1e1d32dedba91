//! Traces and log lines, in the receiver and in the log.

use std::net::SocketAddr;
#[cfg(feature = "otlp")]
use std::net::TcpListener;

use serde_json::{Value, json};

use crate::support::client::PATIENCE;
#[cfg(feature = "otlp")]
use crate::support::otlp::{OtlpReceiver, attribute, id};
use crate::support::process::{BINARY, command};
use crate::support::{ADMIN_TOKEN, Client, Process, http};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const SPAN: &str = "b7ad6b7169203331";

fn traceparent() -> String {
    format!("00-{TRACE}-{SPAN}-01")
}

fn at(server: &Process) -> SocketAddr {
    server.address.parse().expect("an address")
}

#[cfg(feature = "otlp")]
/// The value of this metric in `/metrics`; 0 if it is missing.
async fn metric(server: &Process, line: &str) -> u64 {
    let served = http::send(at(server), "GET /metrics", &[], b"").await.body;
    let found = served.lines().find_map(|one| one.strip_prefix(line)?.trim().parse().ok());
    found.unwrap_or(0)
}

#[cfg(feature = "otlp")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_and_logs_reach_otlp_in_the_clients_trace() {
    let Some(mut receiver) = OtlpReceiver::start().await else { return };
    let folder = tempfile::tempdir().expect("a folder for the test");
    let settings = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &*receiver.endpoint),
        ("OTEL_EXPORTER_OTLP_HEADERS", "x-team=chat%20team"),
        ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"),
        ("OTEL_SERVICE_NAME", "chat"),
        ("LOG_LEVEL", "debug"),
    ];
    let mut server = Process::start(folder.path(), &settings).await;
    let mut client = Client::greeted(&server.url(), ADMIN_TOKEN).await;
    client.command(json!({"type":"CREATE_CHAT","id":"room","kind":"group","name":"Room"})).await;
    let message = json!({"id":"m1","content":"whispered"});
    let send =
        json!({"type":"SEND_MESSAGE","requestId":"r-7","chatId":"room","message":message,"traceparent":traceparent()});
    client.send(send).await;
    client.until(|frame| frame["requestId"] == "r-7").await;
    let read = json!({"type":"GET_CHAT_HISTORY","chatId":"room","traceparent":traceparent()});
    client.command(read).await;
    client
        .refused(
            json!({"type":"GET_CHAT","requestId":"r-8","chatId":"nowhere","traceparent":traceparent()}),
            "NOT_FOUND",
            "chatId",
        )
        .await;
    let bearer = format!("Bearer {ADMIN_TOKEN}");
    let other = "00-0af7651916cd43dd8448eb211c803190-00f067aa0ba902b7-01";
    let headers = [("authorization", &*bearer), ("traceparent", other)];
    let got = http::send(at(&server), "POST /command", &headers, br#"{"type":"GET_ME"}"#).await;
    assert_eq!(got.status, 200, "{}", got.body);
    // The exporter flushes at shutdown.
    server.terminate();
    assert!(server.ended(PATIENCE).await.success());
    receiver.until(|so_far| !so_far.named("GET_ME").is_empty()).await;
    receiver
        .until(|so_far| so_far.logs.iter().any(|line| line["body"]["stringValue"] == "a command was refused"))
        .await;

    let sent = receiver.named("SEND_MESSAGE")[0];
    assert_eq!([id(sent, "traceId"), id(sent, "parentSpanId")], [TRACE, SPAN]);
    assert_eq!(sent["kind"], "SPAN_KIND_SERVER");
    for (name, value) in [
        ("pichat.command", "SEND_MESSAGE"),
        ("pichat.code", "OK"),
        ("pichat.chat_id", "room"),
        ("pichat.request_id", "\"r-7\""),
        ("user.id", "admin"),
    ] {
        assert_eq!(attribute(sent, name), value, "{name} in {sent:#}");
    }
    assert!(attribute(sent, "pichat.connection").is_string(), "{sent:#}");
    let part = |name: &str, of: &Value| {
        let parts = receiver.named(name);
        let found = parts.into_iter().find(|part| id(part, "parentSpanId") == id(of, "spanId"));
        found.unwrap_or_else(|| panic!("no {name} of {of:#}")).clone()
    };
    let commit = part("commit", sent);
    assert_eq!(id(&commit, "traceId"), TRACE);
    assert_eq!(attribute(&commit, "pichat.batch_changes"), "1");
    part("read", receiver.named("GET_CHAT_HISTORY")[0]);
    let refused = receiver.named("GET_CHAT")[0];
    assert_eq!(attribute(refused, "pichat.code"), "NOT_FOUND");
    let posted = receiver.named("GET_ME").into_iter().find(|span| id(span, "parentSpanId") == "00f067aa0ba902b7");
    assert_eq!(id(posted.expect("a span of the request"), "traceId"), "0af7651916cd43dd8448eb211c803190");
    // A command without a trace starts one.
    let created = receiver.named("CREATE_CHAT")[0];
    assert!(created.get("parentSpanId").is_none() && id(created, "traceId").len() == 32, "{created:#}");

    let is_refusal = |line: &&Value| {
        line["body"]["stringValue"] == "a command was refused" && id(line, "spanId") == id(refused, "spanId")
    };
    let line = receiver.logs.iter().find(is_refusal).expect("the log line of the refusal");
    assert_eq!(id(line, "traceId"), TRACE);
    assert_eq!(attribute(line, "command"), "GET_CHAT");
    assert!(!attribute(line, "request_id").is_null() && !attribute(line, "connection").is_null(), "{line:#}");
    for request in &receiver.requests {
        assert_eq!(attribute(request, "service.name"), "chat");
        assert_eq!(attribute(request, "deployment.environment.name"), "test");
        assert_eq!(request["headers"]["x-team"], "chat team", "{request:#}");
    }
    let everything = format!("{:?}{:?}", receiver.spans, receiver.logs);
    for secret in ["whispered", ADMIN_TOKEN] {
        assert!(!everything.contains(secret), "{secret} was exported");
    }
}

#[cfg(feature = "otlp")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unresponsive_otlp_receiver_costs_only_traces() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    // It accepts connections and never reads from them.
    let deaf = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}", deaf.local_addr().expect("its address"));
    let mut server = Process::start(folder.path(), &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]).await;
    let mut client = Client::greeted(&server.url(), ADMIN_TOKEN).await;
    let commands: Vec<Value> = (0..50).map(|_| json!({"type":"PING"})).collect();
    let batch = Value::from(commands).to_string();
    // More than the queue and two requests hold.
    let mut answered = 0;
    while metric(&server, "pichat_otlp_dropped_total{signal=\"traces\"}").await == 0 {
        assert!(answered < 50_000, "no trace is dropped, so memory grows");
        for _ in 0..20 {
            client.send_text(&batch).await;
        }
        for _ in 0..1000 {
            assert_eq!(client.next().await["type"], "PONG");
            answered += 1;
        }
    }
    assert!(answered > 4096, "the queue holds {answered}");
    server.terminate();
    assert!(server.ended(PATIENCE).await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_commands_reject_a_malformed_traceparent() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let server = Process::start(folder.path(), &[]).await;
    let mut client = Client::greeted(&server.url(), ADMIN_TOKEN).await;
    for good in [json!({"traceparent":traceparent()}), json!({"payload":{"traceparent":traceparent()}})] {
        let mut ping = good;
        ping["type"] = json!("PING");
        assert_eq!(client.command(ping).await["type"], "PONG");
    }
    let zero = format!("00-{}-{SPAN}-01", "0".repeat(32));
    for bad in [json!("today"), json!(7), json!(null), json!(zero), json!(traceparent().to_uppercase())] {
        client.refused(json!({"type":"PING","traceparent":bad}), "INVALID_ARGUMENT", "traceparent").await;
    }
    let twice = format!(r#"{{"type":"PING","traceparent":"{0}","traceparent":"{0}"}}"#, traceparent());
    client.send_text(&twice).await;
    assert_eq!(client.next().await["field"], "traceparent");
    for header in ["today", &zero, &traceparent()] {
        let got = http::send(at(&server), "POST /command", &[("traceparent", header)], br#"{"type":"PING"}"#).await;
        assert_eq!(got.status, 200, "{header}: {}", got.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn log_lines_name_the_command_request_and_connection() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let log = folder.path().join("log");
    let mut server = command(folder.path(), BINARY, &[("LOG_LEVEL", "debug"), ("LOG_FORMAT", "json")]);
    server.stderr(std::fs::File::create(&log).expect("a file for the log"));
    let mut server = Process::spawn_with_its_log(server).await;
    let mut client = Client::connect(&server.url()).await;
    client.next().await;
    let wrong = json!({"type":"LOG_IN","requestId":"r-1","username":"nobody","password":"wrong horse"});
    client.send(wrong).await;
    client.until(|frame| frame["requestId"] == "r-1").await;
    server.terminate();
    server.ended(PATIENCE).await;
    let log = std::fs::read_to_string(&log).expect("the log");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    // One from the password check, and one from the reply.
    for text in ["password refused", "a command was refused"] {
        let line = lines.iter().find(|line| line["fields"]["message"] == text);
        let span = &line.unwrap_or_else(|| panic!("no line {text:?}: {log}"))["span"];
        assert_eq!([&span["command"], &span["request_id"]], [&json!("LOG_IN"), &json!("\"r-1\"")], "{text}");
        assert!(span["connection"].is_u64(), "{text}: {span}");
    }
}

/// The log lines of a server with this setting, after a log-in and a PING.
async fn slow_lines(milliseconds: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let log = folder.path().join("log");
    let settings = [("SLOW_COMMAND_MILLISECONDS", milliseconds), ("LOG_FORMAT", "json"), ("LOG_LEVEL", "info")];
    let mut server = command(folder.path(), BINARY, &settings);
    server.stderr(std::fs::File::create(&log).expect("a file for the log"));
    let mut server = Process::spawn_with_its_log(server).await;
    let mut client = Client::connect(&server.url()).await;
    client.next().await;
    // Hashing a password takes milliseconds on every machine.
    client.send(json!({"type":"SIGN_UP","requestId":"r-1","username":"ann","password":"correct horse battery"})).await;
    client.until(|frame| frame["requestId"] == "r-1").await;
    server.terminate();
    server.ended(PATIENCE).await;
    let log = std::fs::read_to_string(&log).expect("the log");
    assert!(!log.contains("correct horse"), "{log}");
    let lines = log.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    lines.filter(|line: &Value| line["fields"]["message"] == "a command was slow").collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_commands_are_logged_without_their_contents() {
    let lines = slow_lines("1").await;
    let line = lines.iter().find(|line| line["span"]["command"] == "SIGN_UP").expect("a line");
    assert_eq!([&line["level"], &line["fields"]["code"]], [&json!("WARN"), &json!("OK")]);
    assert_eq!(line["span"]["request_id"], json!("\"r-1\""));
    assert!(line["span"]["connection"].is_u64() && line["fields"]["milliseconds"].as_u64() >= Some(1), "{line}");
    assert_eq!(slow_lines("0").await, Vec::<Value>::new());
    assert_eq!(slow_lines("4000000").await, Vec::<Value>::new());
}
