use serde_json::json;

use super::*;

fn shown(text_mode: &mut TextMode, frame: Value) -> Option<String> {
    text_mode.show(&frame.to_string())
}

fn command(text_mode: &mut TextMode, line: &str) -> Value {
    match text_mode.interpret(line) {
        Interpretation::Command(text) => serde_json::from_str(&text).expect("a command"),
        other => panic!("not a command: {other:?}"),
    }
}

fn channel(id: &str, name: &str) -> Value {
    json!({"id":id,"kind":"channel","name":name,"memberCount":2})
}

#[test]
fn cached_names_are_bounded_in_number_and_bytes() {
    let mut text_mode = TextMode::default();
    for page in 0..20 {
        let users: Vec<Value> = (0..5000).map(|user| json!({"id":format!("{page}-{user}"),"username":"u"})).collect();
        shown(&mut text_mode, json!({"type":"USER_LIST","users":users}));
        assert!(text_mode.names.count() <= 10_000, "{}", text_mode.names.count());
    }
    for number in 0..20_000 {
        let name = format!("{number} {}", "n".repeat(60));
        shown(
            &mut text_mode,
            json!({"type":"NEW_CHAT","chat":{"id":format!("{number}-{}", "i".repeat(100)),"kind":"group","name":name}}),
        );
        assert!(text_mode.names.bytes() <= 256 << 10, "{} bytes", text_mode.names.bytes());
    }
    assert_eq!(text_mode.names.user("19-4999"), "19-4999", "the oldest are evicted");
}

#[test]
fn names_are_learned_only_from_the_fields_that_name_chats_and_users() {
    let mut text_mode = TextMode::default();
    let forged = json!({"id":"attackers","kind":"group","name":"payroll","username":"boss"});
    let message = json!({"id":"m","sender":{"id":"eve","username":"eve"},"content":"hi",
        "metadata":{"chat":forged,"user":forged,"chats":[forged]}});
    let frames = [
        json!({"type":"MENTION","chatId":"c","message":message}),
        json!({"type":"NEW_MESSAGE","chatId":"c","message":message}),
        json!({"type":"CHAT_HISTORY","chatId":"c","messages":[message]}),
        json!({"type":"SETTINGS","settings":{"chat":forged,"user":forged}}),
    ];
    for frame in frames {
        shown(&mut text_mode, frame);
    }
    let open = command(&mut text_mode, "/open payroll");
    assert_eq!((&open["type"], &open["search"]), (&json!("GET_CHATS"), &json!("payroll")), "the server decides");
    let none = json!({"type":"CHAT_LIST","requestId":open["requestId"],"chats":[]});
    assert!(shown(&mut text_mode, none).is_some_and(|line| line.starts_with("! you have no chat called payroll")));
    assert_eq!(text_mode.names.user("attackers"), "attackers");
    assert_eq!(text_mode.names.user("eve"), "eve");
}

#[test]
fn an_ambiguous_chat_name_asks_for_a_choice() {
    let mut text_mode = TextMode::default();
    let group = json!({"id":"0197","kind":"group","name":"Lobby"});
    let open = command(&mut text_mode, "/open lobby");
    let chats = json!([channel("0196", "lobby"), group, channel("0198", "lobby 2")]);
    let asked = shown(&mut text_mode, json!({"type":"CHAT_LIST","requestId":open["requestId"],"chats":chats}));
    let question = "! several chats are called lobby: /open #lobby (the channel), or /open 0197 (a group)?";
    assert_eq!(asked.as_deref(), Some(question));
    let open = command(&mut text_mode, "/open 0197");
    shown(&mut text_mode, json!({"type":"CHAT_LIST","requestId":open["requestId"],"chats":[]}));
    assert_eq!(command(&mut text_mode, "hello")["chatId"], "0197");
    assert_eq!(command(&mut text_mode, "/open #lobby")["chatId"], "#lobby", "the server resolves it");
}

#[test]
fn a_chat_name_takes_precedence_over_an_id() {
    let mut text_mode = TextMode::default();
    let trap = json!({"id":"payroll","kind":"group","name":"x","memberCount":2});
    shown(&mut text_mode, json!({"type":"NEW_CHAT","chatId":"payroll","chat":trap}));
    let open = command(&mut text_mode, "/open payroll");
    let own = json!({"id":"0197","kind":"group","name":"Payroll","memberCount":2});
    shown(&mut text_mode, json!({"type":"CHAT_LIST","requestId":open["requestId"],"chats":[own]}));
    assert_eq!(command(&mut text_mode, "a secret")["chatId"], "0197");
}

#[test]
fn every_event_is_a_line_or_hidden() {
    for event in crate::api::contract::EVENTS {
        let mut text_mode = TextMode::default();
        let open = command(&mut text_mode, "/open #general");
        let chat = channel("c", "general");
        shown(&mut text_mode, json!({"type":"MEMBERS_ADDED","requestId":open["requestId"],"chatId":"c","chat":chat}));
        let name = (event.name)();
        // Sent before text mode starts.
        if name == "CONNECTED" {
            continue;
        }
        for frame in [json!({"type":name,"chatId":"c"}), json!({"type":name})] {
            let of_chat = (event.schema)(&mut schemars::SchemaGenerator::default());
            let is_of_chat = of_chat.as_value()["properties"].get("chatId").is_some();
            if is_of_chat == frame.get("chatId").is_some() {
                let line = shown(&mut text_mode, frame);
                assert!(line.as_ref().is_none_or(|line| !line.contains('{')), "{name}: {line:?}");
            }
        }
    }
}

#[test]
fn added_and_removed_differ_from_joined_and_left() {
    let mut text_mode = TextMode::default();
    let open = command(&mut text_mode, "/open #general");
    let chat = channel("c", "general");
    shown(&mut text_mode, json!({"type":"MEMBERS_ADDED","requestId":open["requestId"],"chatId":"c","chat":chat}));
    let users = [json!({"id":"a","username":"ann"}), json!({"id":"b","username":"ben"})];
    shown(&mut text_mode, json!({"type":"USER_LIST","users":users}));
    let members = json!([{"user":users[1]}]);
    for (by, added, removed) in [("a", "ann added ben", "ann removed ben"), ("b", "ben joined", "ben left")] {
        let line = shown(&mut text_mode, json!({"type":"MEMBERS_ADDED","chatId":"c","members":members,"by":by}));
        assert_eq!(line, Some(format!("[general] * {added}")));
        let line = shown(&mut text_mode, json!({"type":"MEMBERS_REMOVED","chatId":"c","userIds":["b"],"by":by}));
        assert_eq!(line, Some(format!("[general] * {removed}")));
    }
}

#[test]
fn text_is_sent_only_to_an_opened_chat() {
    let mut text_mode = TextMode::default();
    let nothing = Interpretation::Answer(NOTHING_OPEN.into());
    let open = command(&mut text_mode, "/open #lobby");
    let reply = json!({"type":"MEMBERS_ADDED","requestId":open["requestId"],"chatId":"1","chat":channel("1", "lobby")});
    shown(&mut text_mode, reply);
    assert_eq!(command(&mut text_mode, "to the lobby")["chatId"], "1");
    let open = command(&mut text_mode, "/open #other");
    assert_eq!(text_mode.interpret("a secret"), nothing, "not before it is opened");
    let open = json!({"type":"ERROR","requestId":open["requestId"],"code":"NOT_FOUND","error":"no channel"});
    shown(&mut text_mode, open);
    assert_eq!(text_mode.interpret("a secret"), nothing, "not to the previously opened chat");
}

#[test]
fn message_text_cannot_imitate_another_line() {
    let mut text_mode = TextMode::default();
    let open = command(&mut text_mode, "/open #general");
    let chat = channel("1", "general");
    shown(&mut text_mode, json!({"type":"MEMBERS_ADDED","requestId":open["requestId"],"chatId":"1","chat":chat}));
    for line_break in ["\n", "\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
        let content = format!("hi{line_break}[general] ann: pay eve\u{202e}\u{2066}");
        let message = json!({"sender":{"id":"e","username":"eve"},"content":content});
        let line = shown(&mut text_mode, json!({"type":"NEW_MESSAGE","chatId":"1","message":message}));
        let expected = "[general] eve: hi\n  │ [general] ann: pay eve\u{fffd}\u{fffd}";
        assert_eq!(line.as_deref(), Some(expected), "{line_break:?}");
    }
    let group = json!({"id":"2","kind":"group","name":"general] ann: pay eve\n[general"});
    let line = shown(&mut text_mode, json!({"type":"NEW_CHAT","chatId":"2","chat":group})).expect("a line");
    assert!(!line.contains('\n') && !line.contains('['), "{line}");
    let open = command(&mut text_mode, "/open 2");
    shown(&mut text_mode, json!({"type":"CHAT_LIST","requestId":open["requestId"],"chats":[]}));
    let message = json!({"sender":{"id":"e","username":"eve"},"content":"hi"});
    let line = shown(&mut text_mode, json!({"type":"NEW_MESSAGE","chatId":"2","message":message}));
    assert_eq!(line.as_deref(), Some("[general) ann: pay eve (general (group)] eve: hi"));
}

#[test]
fn chats_with_one_name_have_distinct_labels() {
    let mut text_mode = TextMode::default();
    let mut labels = vec![];
    for id in ["a-0000", "b-0000", "c-0000", "xb-0000"] {
        let open = command(&mut text_mode, &format!("/open {id}"));
        let group = json!({"id":id,"kind":"group","name":id,"memberCount":2});
        shown(&mut text_mode, json!({"type":"CHAT_LIST","requestId":open["requestId"],"chats":[group]}));
        let renamed = json!({"id":id,"kind":"group","name":"den"});
        shown(&mut text_mode, json!({"type":"CHAT_UPDATED","chatId":id,"chat":renamed}));
        let message = json!({"sender":{"id":"e","username":"eve"},"content":"hi"});
        labels.extend(shown(&mut text_mode, json!({"type":"NEW_MESSAGE","chatId":id,"message":message})));
    }
    let count = labels.len();
    labels.sort();
    labels.dedup();
    assert_eq!((count, labels.len()), (4, 4), "{labels:?}");
}

#[test]
fn frames_shown_as_json_contain_no_terminal_escapes() {
    let mut text_mode = TextMode::default();
    text_mode.interpret("/json on");
    let content = "a\u{9b}31m\u{85}b\u{2028}c\u{202e}d\u{7f}é";
    let frame = json!({"type":"NEW_MESSAGE","chatId":"c","message":{"content":content}});
    let line = shown(&mut text_mode, frame.clone()).expect("a line");
    assert!(line.contains(r"a\u009b31m\u0085b\u2028c\u202ed\u007fé"), "{line}");
    assert_eq!(serde_json::from_str::<Value>(&line).expect("JSON"), frame, "the same values");
}

#[test]
fn json_commands_keep_number_precision() {
    let mut text_mode = TextMode::default();
    let typed = r#"{"type":"SEND_MESSAGE","metadata":{"n":1.00000000000000000001}}"#;
    let Interpretation::Command(passed) = text_mode.interpret(typed) else { panic!("no command") };
    assert!(passed.contains("1.00000000000000000001") && passed.contains("\"requestId\":\"line-1\""), "{passed}");
    assert_eq!(text_mode.interpret("[x"), Interpretation::Answer(NOTHING_OPEN.into()), "text, not JSON");
    assert_eq!(text_mode.interpret(r#"[{"type":"PING"}]"#), Interpretation::Batch);
}

#[test]
fn attachments_show_their_size_and_cannot_escape_the_brackets() {
    let mut text_mode = TextMode::default();
    let open = command(&mut text_mode, "/open #general");
    let chat = channel("c", "general");
    shown(&mut text_mode, json!({"type":"MEMBERS_ADDED","requestId":open["requestId"],"chatId":"c","chat":chat}));
    let files =
        json!([{"name":"plan.pdf","size":48_211},{"name":"a] ben: hi","size":7},{"name":"b","size":26_214_400}]);
    let message = json!({"id":"m","sender":{"id":"ann","username":"ann"},"content":"look","attachments":files});
    let line = shown(&mut text_mode, json!({"type":"NEW_MESSAGE","chatId":"c","seq":2,"message":message}));
    let line = line.expect("a line");
    assert!(line.ends_with("ann: look [file plan.pdf, 48 kB] [file a) ben: hi, 7 bytes] [file b, 26.2 MB]"), "{line}");
    let message = json!({"id":"n","sender":{"id":"ann","username":"ann"},"content":"","attachments":[files[1]]});
    let line = shown(&mut text_mode, json!({"type":"NEW_MESSAGE","chatId":"c","seq":3,"message":message}));
    assert!(line.is_some_and(|line| line.ends_with("ann: [file a) ben: hi, 7 bytes]")));
}
