use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use futures_util::SinkExt;

use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_refused};
use crate::support::{self, Client, Server};

async fn ann(place: Place) -> (Server, Client) {
    let server = support::start(place).await;
    let ann = server.user("ann").await;
    (server, ann)
}

/// Sends a raw text frame and returns the reply.
async fn answer(client: &mut Client, text: &str) -> Value {
    client.send_text(text).await;
    client.next().await
}

pub async fn fields_can_be_flat_or_in_a_payload(place: Place) {
    let (_server, mut ann) = ann(place).await;
    for frame in [
        r#"{"type":"HELP","requestId":"r","command":"PING"}"#,
        r#"{"type":"HELP","requestId":"r","payload":{"command":"PING"}}"#,
        r#"{"type":"HELP","payload":{"command":"PING","requestId":"r"}}"#,
        r#"{"action":"HELP","requestId":"r","payload":{"command":"PING"}}"#,
        r#"{"event":"HELP","requestId":"r","command":"PING","payload":{}}"#,
        "\r\n\t {\"command\" : \"PING\", \"requestId\":\"r\", \"type\" : \"HELP\"} \n",
        r#"{"t\u0079pe":"H\u0045LP","requestI\u0064":"r","comm\u0061nd":"PING"}"#,
    ] {
        let help = answer(&mut ann, frame).await;
        assert_eq!((&help["command"], &help["requestId"]), (&json!("PING"), &json!("r")), "{frame} gave {help}");
    }
}

pub async fn a_malformed_envelope_is_reported_and_keeps_the_connection(place: Place) {
    let (_server, mut ann) = ann(place).await;
    for (frame, field) in [
        (r#"{}"#, "type"),
        (r#"{"requestId":"r"}"#, "type"),
        (r#"{"type":7}"#, "type"),
        (r#"{"type":null}"#, "type"),
        (r#"{"action":["HELP"]}"#, "action"),
        (r#"{"type":"HELP","action":"HELP"}"#, "action"),
        (r#"{"action":"HELP","event":"HELP"}"#, "event"),
        (r#"{"type":"HELP","type":"HELP"}"#, "type"),
        (r#"{"type":"HELP","payload":7}"#, "payload"),
        (r#"{"type":"HELP","payload":null}"#, "payload"),
        (r#"{"type":"HELP","payload":[]}"#, "payload"),
        (r#"{"type":"HELP","payload":{"type":"HELP"}}"#, "payload"),
        (r#"{"type":"HELP","payload":{"payload":{}}}"#, "payload"),
        (r#"{"type":"HELP","payload":{},"payload":{}}"#, "payload"),
        (r#"{"type":"HELP","command":"PING","payload":{"command":"PING"}}"#, "command"),
        (r#"{"type":"HELP","command":"PING","command":"PING"}"#, "command"),
        (r#"{"type":"HELP","payload":{"command":"PING","command":"PING"}}"#, "command"),
        (r#"{"type":"HELP","comand":"PING"}"#, "comand"),
        (r#"{"type":"HELP","":1}"#, ""),
    ] {
        assert_refused(&answer(&mut ann, frame).await, "INVALID_ARGUMENT", field);
    }
    let twice = r#"{"type":"HELP","requestId":"r","command":"PING","payload":{"command":"PING"}}"#;
    assert_eq!(answer(&mut ann, twice).await["requestId"], "r");
    ann.hears_nothing().await;
}

pub async fn request_ids_are_echoed_verbatim(place: Place) {
    let (_server, mut ann) = ann(place).await;
    let longest = format!("\"{}\"", "ü".repeat(64));
    for id in ["\"7\"", "7", "-7", "0", "123456789012345678901234567890", "\"a,b}\\\"\\u0041\"", "\" \"", &longest] {
        ann.send_text(&format!(r#"{{"type":"PING","requestId":{id}}}"#)).await;
        assert_eq!(
            raw(&mut ann).await.split_once(",\"serverTime\"").map(|(head, _)| head.to_owned()),
            Some(format!(r#"{{"type":"PONG","requestId":{id}"#))
        );
        let error = answer(&mut ann, &format!(r#"{{"type":"NOPE","requestId":{id}}}"#)).await;
        assert_refused(&error, "UNKNOWN_COMMAND", "type");
        assert_eq!(error["requestId"], serde_json::from_str::<Value>(id).expect("JSON"));
    }
}

async fn raw(client: &mut Client) -> String {
    use futures_util::StreamExt;
    let frame = tokio::time::timeout(support::client::PATIENCE, client.socket.next()).await.expect("a frame in time");
    frame.expect("a frame").expect("a good frame").into_text().expect("a text").to_string()
}

pub async fn invalid_request_ids_are_refused_and_not_echoed(place: Place) {
    let (_server, mut ann) = ann(place).await;
    let long = format!("\"{}\"", "r".repeat(65));
    for id in ["\"\"", &long, "1.5", "1e3", "null", "true", "[1]", "{}"] {
        for frame in [
            format!(r#"{{"type":"PING","requestId":{id}}}"#),
            format!(r#"{{"type":"PING","payload":{{"requestId":{id}}}}}"#),
        ] {
            let error = answer(&mut ann, &frame).await;
            assert_refused(&error, "INVALID_ARGUMENT", "requestId");
            assert!(error.get("requestId").is_none(), "{frame} gave {error}");
        }
    }
    for frame in [
        r#"{"type":"PING","requestId":"a","requestId":"a"}"#,
        r#"{"type":"PING","requestId":"a","payload":{"requestId":"a"}}"#,
    ] {
        assert_refused(&answer(&mut ann, frame).await, "INVALID_ARGUMENT", "requestId");
    }
}

pub async fn a_misspelled_command_gets_a_suggestion(place: Place) {
    let (_server, mut ann) = ann(place).await;
    for (command, code, field, hint) in [
        (json!({"type":"SEND_MESAGE"}), "UNKNOWN_COMMAND", "type", "did you mean SEND_MESSAGE?"),
        (json!({"type":"send_message"}), "UNKNOWN_COMMAND", "type", "did you mean SEND_MESSAGE?"),
        (json!({"type":"GetChats"}), "UNKNOWN_COMMAND", "type", "did you mean GET_CHATS?"),
        (json!({"type":"XYZZY"}), "UNKNOWN_COMMAND", "type", "HELP"),
        (json!({"type":""}), "UNKNOWN_COMMAND", "type", "HELP"),
        // Names from other chat servers.
        (json!({"type":"message","text":"hi"}), "UNKNOWN_COMMAND", "type", "did you mean SEND_MESSAGE?"),
        (json!({"type":"REGISTER"}), "UNKNOWN_COMMAND", "type", "did you mean SIGN_UP?"),
        (json!({"type":"SUBSCRIBE"}), "UNKNOWN_COMMAND", "type", "did you mean SYNC?"),
        (json!({"type":"CREATE_GROUP"}), "UNKNOWN_COMMAND", "type", "did you mean CREATE_CHAT?"),
        (json!({"type":"SEND_MESSAGE","text":"hi"}), "INVALID_ARGUMENT", "text", "did you mean content?"),
        (json!({"type":"GET_CHATS","psize":5}), "INVALID_ARGUMENT", "psize", "did you mean limit?"),
        (json!({"type":"LOG_IN","name":"ann"}), "INVALID_ARGUMENT", "name", "did you mean username?"),
        (
            json!({"type":"AUTHENTICATE","authorization":"x"}),
            "INVALID_ARGUMENT",
            "authorization",
            "did you mean token?",
        ),
        (json!({"type":"CREATE_CHAT","kind":"private"}), "INVALID_ARGUMENT", "kind", "did you mean group?"),
        (json!({"type":"GET_CHATS","limt":5}), "INVALID_ARGUMENT", "limt", "did you mean limit?"),
        (json!({"type":"GET_CHAT","chat_id":"x"}), "INVALID_ARGUMENT", "chat_id", "did you mean chatId?"),
        (json!({"type":"PING","bogus":1}), "INVALID_ARGUMENT", "bogus", "no fields"),
        (
            json!({"type":"SEND_MESSAGE","chatId":"x","message":{"contnet":"hi"}}),
            "INVALID_ARGUMENT",
            "message.contnet",
            "did you mean content?",
        ),
    ] {
        let error = ann.refused(command, code, field).await;
        assert!(error["error"].as_str().is_some_and(|sentence| sentence.contains(hint)), "{error}");
    }
    let long = ann.refused(json!({"type":"X".repeat(5000)}), "UNKNOWN_COMMAND", "type").await;
    assert!(long.to_string().len() < 300, "{long}");
}

pub async fn errors_have_exactly_the_documented_fields(place: Place) {
    let (_server, mut ann) = ann(place).await;
    let error = ann.command(json!({"type":"GET_CHAT","requestId":7,"chatId":"42"})).await;
    assert_frame(
        &error,
        json!({"type":"ERROR","requestId":7,"command":"GET_CHAT","code":"NOT_FOUND","error":"no chat with id 42",
            "field":"chatId"}),
    );
    let error = ann.command(json!({"type":"SEND_GROUP_MESSAGE","roomId":"42","content":"hi"})).await;
    assert_eq!(error["command"], "SEND_MESSAGE");
    let error = ann.command(json!({"type":"NOPE"})).await;
    assert_frame(&error, json!({"type":"ERROR","code":"UNKNOWN_COMMAND","error":"<id>","field":"type"}));
    let error = answer(&mut ann, "nonsense").await;
    assert_frame(&error, json!({"type":"ERROR","code":"INVALID_JSON","error":"<id>"}));
}

pub async fn non_json_frames_are_refused(place: Place) {
    let (_server, mut ann) = ann(place).await;
    for frame in [
        "",
        " ",
        "nonsense",
        "7",
        "null",
        "true",
        "\"HELP\"",
        "{",
        "{\"type\":\"PING\"",
        "{\"type\":\"PING\"}}",
        "{\"type\":\"PING\"} {\"type\":\"PING\"}",
        "{'type':'PING'}",
        "{\"type\":\"PING\",}",
        "{\"type\":PING}",
        "{7:\"PING\"}",
        "{\"type\":\"\\ud800\"}",
        "[{\"type\":\"PING\"}",
        "[{\"type\":\"PING\"},]",
        "]",
    ] {
        let error = answer(&mut ann, frame).await;
        let is_string = frame.contains("ud800");
        assert_refused(
            &error,
            if is_string { "INVALID_ARGUMENT" } else { "INVALID_JSON" },
            if is_string { "type" } else { "" },
        );
        ann.hears_nothing().await;
    }
}

pub async fn binary_frames_are_accepted_as_text_frames(place: Place) {
    let (_server, mut ann) = ann(place).await;
    for (bytes, kind, code) in [
        (&br#"{"type":"PING","requestId":"b"}"#[..], "PONG", Value::Null),
        (br#"[{"type":"PING"}]"#, "PONG", Value::Null),
        (b"{\"type\":\"\xff\"}", "ERROR", json!("INVALID_JSON")),
        (b"", "ERROR", json!("INVALID_JSON")),
    ] {
        ann.socket.send(Message::binary(bytes.to_vec())).await.expect("the server reads");
        let answer = ann.next().await;
        assert_eq!((&answer["type"], &answer["code"]), (&json!(kind), &code), "{answer}");
    }
}

pub async fn frames_can_be_nested_32_levels_deep(place: Place) {
    let (_server, mut ann) = ann(place).await;
    let nested = |depth: usize| format!(r#"{{"type":"PING","x":{}{}}}"#, "[".repeat(depth - 1), "]".repeat(depth - 1));
    assert_refused(&answer(&mut ann, &nested(32)).await, "INVALID_ARGUMENT", "x");
    assert_refused(&answer(&mut ann, &nested(33)).await, "INVALID_JSON", "");
    assert_refused(&answer(&mut ann, &format!("[{}]", nested(32))).await, "INVALID_JSON", "");
    assert_refused(&answer(&mut ann, &"[".repeat(100_000)).await, "INVALID_JSON", "");
    let quoted = json!({"type":"PING","requestId":"[".repeat(60)});
    assert_eq!(ann.command(quoted).await["type"], "PONG");
}

pub async fn an_array_runs_its_commands_in_order(place: Place) {
    let (_server, mut ann) = ann(place).await;
    ann.send(json!([{"type":"PING"}])).await;
    assert_eq!(ann.next().await["type"], "PONG");
    let ping = |number: u64| json!({"type":"PING","requestId":number});
    ann.send((0..50).map(ping).collect()).await;
    for number in 0..50 {
        assert_eq!(ann.next().await["requestId"], number);
    }
    ann.send((0..51).map(ping).collect()).await;
    assert_refused(&ann.next().await, "TOO_LARGE", "");
    assert_refused(&answer(&mut ann, "[]").await, "INVALID_ARGUMENT", "");
    ann.hears_nothing().await;
    ann.send(json!([ping(1), 7, [ping(2)], "PING", null, {"type":"NOPE"}, ping(3)])).await;
    assert_eq!(ann.next().await["requestId"], 1);
    for code in ["INVALID_JSON", "INVALID_JSON", "INVALID_JSON", "INVALID_JSON", "UNKNOWN_COMMAND"] {
        assert_eq!(ann.next().await["code"], code);
    }
    assert_eq!(ann.next().await["requestId"], 3);
    ann.hears_nothing().await;
}

pub async fn replies_follow_the_order_of_the_commands(place: Place) {
    let (_server, mut ann) = ann(place).await;
    let id = ann.command(json!({"type":"CREATE_CHAT"})).await["chatId"].clone();
    let mut sent = vec![];
    for round in 0..20 {
        for command in [
            json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi"}),
            json!({"type":"SEND_MESSAGE","chatId":id,"content":" "}),
            json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi"}),
            json!({"type":"GET_CHAT","chatId":id}),
            json!({"type":"NOPE"}),
            json!({"type":"UPDATE_CHAT","chatId":id,"name":round.to_string()}),
            json!(7),
        ] {
            sent.push(command);
        }
        for number in 0..6 {
            sent[round * 7 + number]["requestId"] = json!(round * 7 + number);
        }
    }
    for frame in &sent {
        ann.send(frame.clone()).await;
    }
    let mut clock = 1;
    for (number, command) in sent.iter().enumerate() {
        let reply = ann.next().await;
        assert_eq!(reply.get("requestId"), command.get("requestId"), "{reply} answers {number}: {command}");
        if let Some(seq) = reply["seq"].as_u64() {
            clock += 1;
            assert_eq!(seq, clock, "{reply}");
        }
        if reply["type"] == "CHAT" {
            assert_eq!(reply["chat"]["seq"], clock, "{reply}");
        }
    }
    ann.hears_nothing().await;
}
