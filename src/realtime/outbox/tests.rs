use super::queue::FRAME_OVERHEAD;
use super::*;

fn drain(outbox: &Outbox) -> Vec<String> {
    let mut frames = VecDeque::new();
    let mut texts = vec![];
    loop {
        outbox.poll(&Context::from_waker(Waker::noop()), &mut frames, true);
        if frames.is_empty() {
            return texts;
        }
        texts.extend(frames.drain(..).map(|frame| frame.to_text().expect("text").to_owned()));
    }
}

fn push(outbox: &Outbox, chat: &ChatId, seq: Seq) {
    drop(outbox.push_event(&Utf8Bytes::from(format!("{seq}")), chat, seq));
}

/// The number of events shed and of gaps started.
fn losses(outbox: &Outbox) -> (u64, u64) {
    let state = outbox.state();
    (state.shed, state.lags)
}

#[test]
fn durable_events_collapse_into_one_lagged_and_resume_after_it() {
    let outbox = Outbox::new(6 * (FRAME_OVERHEAD + 1));
    let chat = ChatId::from("c");
    (1..=6).for_each(|seq| push(&outbox, &chat, seq));
    let lagged = r#"{"type":"LAGGED","chatId":"c","fromSeq":4,"toSeq":6}"#;
    assert_eq!(drain(&outbox), ["1", "2", "3", lagged]);
    push(&outbox, &chat, 7);
    assert_eq!(drain(&outbox), ["7"]);
    assert_eq!(losses(&outbox), (0, 1));
}

#[test]
fn replies_are_never_dropped_and_follow_their_lagged() {
    let outbox = Outbox::new(2 * (FRAME_OVERHEAD + 1));
    let chat = ChatId::from("c");
    (1..=3).for_each(|seq| push(&outbox, &chat, seq));
    outbox.expect_answer();
    drop(outbox.push_answer("reply".into(), Some(&chat)));
    push(&outbox, &chat, 5);
    let lagged = |from, to| format!(r#"{{"type":"LAGGED","chatId":"c","fromSeq":{from},"toSeq":{to}}}"#);
    assert_eq!(drain(&outbox), ["1".to_owned(), lagged(2, 3), "reply".into(), lagged(5, 5)]);
}

#[test]
fn ephemeral_events_are_shed_first() {
    let outbox = Outbox::new(6 * (FRAME_OVERHEAD + 1));
    let chat = ChatId::from("c");
    push(&outbox, &chat, 1);
    drop(outbox.push_ephemeral(&"t".into()));
    drop(outbox.push_ephemeral(&"u".into()));
    drop(outbox.push_ephemeral(&"v".into()));
    push(&outbox, &chat, 2);
    push(&outbox, &chat, 3);
    assert_eq!(drain(&outbox), ["1", "2", "3"]);
    assert_eq!(losses(&outbox), (3, 0));
}

#[test]
fn a_newer_state_replaces_the_queued_one() {
    let user = |id: &str, name: &str| {
        Utf8Bytes::from(format!(r#"{{"type":"USER_UPDATED","user":{{"id":"{id}","displayName":"{name}"}}}}"#))
    };
    let settings = |text: &str| Utf8Bytes::from(format!(r#"{{"type":"SETTINGS","settings":{{"id":"{text}"}}}}"#));
    let muted =
        |id: &str, muted: bool| Utf8Bytes::from(format!(r#"{{"type":"CHAT_MUTED","chatId":"{id}","muted":{muted}}}"#));
    let outbox = Outbox::new(1 << 20);
    for text in [user("a", "1"), settings("1"), muted("c", true), user("b", "1"), user("a", "2"), settings("2")] {
        drop(outbox.push_vital(text, None));
    }
    drop(outbox.push_vital(muted("c", false), None));
    drop(outbox.push_vital(muted("d", true), None));
    let expected = [user("a", "2"), settings("2"), muted("c", false), user("b", "1"), muted("d", true)];
    assert_eq!(drain(&outbox), expected.map(|text| text.to_string()));
    drop(outbox.push_vital(user("a", "3"), None));
    assert_eq!(drain(&outbox), [user("a", "3").to_string()], "a state already taken is not replaced");
}

#[test]
fn every_event_kind_is_bounded_and_losses_are_reported() {
    let outbox = Outbox::new(10_000);
    let limit = 10_000;
    let chat = ChatId::from("c");
    for number in 0..1000 {
        let text = format!(r#"{{"type":"SESSION_REVOKED","sessionId":"{number}{}"}}"#, "x".repeat(100));
        drop(outbox.push_vital(text.into(), None));
        drop(outbox.push_event(&format!("{number}").into(), &chat, number + 1));
        drop(outbox.push_vital(format!(r#"{{"type":"USER_UPDATED","user":{{"id":"{number}"}}}}"#).into(), None));
        assert!(outbox.bytes() <= limit, "{} bytes", outbox.bytes());
    }
    let texts = drain(&outbox);
    assert_eq!(texts.last().map(String::as_str), Some(r#"{"type":"LAGGED"}"#));
    assert!(!outbox.has_written(&chat), "any event may be missing");
    outbox.forget_gap(&chat);
    drain(&outbox);
    assert!(outbox.has_written(&chat) && !outbox.has_written(&ChatId::from("d")));
    push(&outbox, &chat, 1001);
    assert_eq!(drain(&outbox), ["1001"], "events continue after the gap");
}

#[test]
fn gaps_in_many_chats_collapse_into_one() {
    let limit = 32 << 10;
    let outbox = Outbox::new(limit);
    drop(outbox.push_vital("x".repeat(limit / 2 - 2 * FRAME_OVERHEAD - GAP_BYTES).into(), None));
    for number in 0..10_000 {
        push(&outbox, &ChatId::from(format!("chat-{number}")), 7);
    }
    let texts = drain(&outbox);
    let told: usize = texts[1..].iter().map(String::len).sum();
    assert!(told < limit / 2, "{told} bytes of gaps");
    assert!(texts.contains(&r#"{"type":"LAGGED"}"#.to_owned()));
}

#[test]
fn commands_in_flight_reserve_room_for_their_replies() {
    let outbox = Outbox::new(1 << 20);
    let mut in_flight = 0;
    while outbox.may_pipeline() {
        outbox.expect_answer();
        in_flight += 1;
    }
    assert_eq!(in_flight, 9, "one, plus eight whose replies take half of the limit");
    let chat = ChatId::from("c");
    (1..1000).for_each(|seq| drop(outbox.push_event(&"e".repeat(4000).into(), &chat, seq)));
    for _ in 0..in_flight {
        drop(outbox.push_answer("r".repeat(REPLY_RESERVE - FRAME_OVERHEAD).into(), None));
    }
    assert!(outbox.bytes() <= (1 << 20) + REPLY_RESERVE, "{} bytes", outbox.bytes());
    assert!(!outbox.may_pipeline());
}

#[test]
fn a_newer_state_replaces_an_older_state_but_never_a_reply() {
    let outbox = Outbox::new(1 << 20);
    let settings = |text: &str| Utf8Bytes::from(format!(r#"{{"type":"SETTINGS","settings":{{"n":{text}}}}}"#));
    drop(outbox.push_vital(settings("1"), None));
    outbox.expect_answer();
    drop(outbox.push_answer(settings("2"), None));
    drop(outbox.push_vital(settings("3"), None));
    drop(outbox.push_ephemeral(&"typing".into()));
    assert_eq!(outbox.state().queue.shed(), 1);
    drop(outbox.push_vital(settings("4"), None));
    assert_eq!(drain(&outbox), ["1", "2", "4"].map(|text| settings(text).to_string()));
}

#[test]
fn events_and_replies_do_not_shut_each_other_out() {
    let limit = 1 << 20;
    let outbox = Outbox::new(limit);
    let chat = ChatId::from("c");
    (1..1000).for_each(|seq| drop(outbox.push_event(&"e".repeat(4000).into(), &chat, seq)));
    assert!((limit / 2 - 5000..=limit / 2).contains(&outbox.bytes()), "{} bytes of events", outbox.bytes());
    assert!(!outbox.is_crowded(), "a client that cannot keep up with its events is still answered");
    let mut frames = VecDeque::new();
    outbox.poll(&Context::from_waker(Waker::noop()), &mut frames, true);
    assert!(!frames.is_empty() && outbox.bytes() > limit / 2 - 5000, "frames count until they are passed on");
    outbox.expect_answer();
    drop(outbox.push_answer("r".repeat(400_000).into(), None));
    assert!(outbox.is_crowded() && outbox.bytes() <= limit, "{} bytes", outbox.bytes());
    let before = outbox.bytes();
    push(&outbox, &chat, 1000);
    assert_eq!(outbox.bytes(), before, "no room for another event");
    drain(&outbox);
    assert_eq!((outbox.bytes(), outbox.is_crowded()), (0, false));
}
