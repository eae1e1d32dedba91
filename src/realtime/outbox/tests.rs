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

#[test]
fn durable_events_collapse_into_one_lagged_and_go_on_after_it() {
    let (outbox, chat) = (Outbox::new(3 * (FRAME_OVERHEAD + 1)), ChatId::from("c"));
    (1..=6).for_each(|seq| push(&outbox, &chat, seq));
    let lagged = r#"{"type":"LAGGED","chatId":"c","fromSeq":4,"toSeq":6}"#;
    assert_eq!(drain(&outbox), ["1", "2", "3", lagged]);
    push(&outbox, &chat, 7);
    assert_eq!(drain(&outbox), ["7"]);
    assert_eq!(outbox.take_losses(), (0, 1));
}

#[test]
fn a_reply_is_never_dropped_and_the_gap_before_it_is_told_first() {
    let (outbox, chat) = (Outbox::new(FRAME_OVERHEAD + 1), ChatId::from("c"));
    (1..=3).for_each(|seq| push(&outbox, &chat, seq));
    drop(outbox.push_vital("reply".into(), Some(&chat)));
    push(&outbox, &chat, 5);
    let lagged = |from, to| format!(r#"{{"type":"LAGGED","chatId":"c","fromSeq":{from},"toSeq":{to}}}"#);
    assert_eq!(drain(&outbox), ["1".to_owned(), lagged(2, 3), "reply".into(), lagged(5, 5)]);
}

#[test]
fn what_is_never_stored_is_shed_first() {
    let (outbox, chat) = (Outbox::new(3 * (FRAME_OVERHEAD + 1)), ChatId::from("c"));
    push(&outbox, &chat, 1);
    drop(outbox.push_ephemeral(&"t".into()));
    drop(outbox.push_ephemeral(&"u".into()));
    drop(outbox.push_ephemeral(&"v".into()));
    push(&outbox, &chat, 2);
    push(&outbox, &chat, 3);
    assert_eq!(drain(&outbox), ["1", "2", "3"]);
    assert_eq!(outbox.take_losses(), (3, 0));
}
