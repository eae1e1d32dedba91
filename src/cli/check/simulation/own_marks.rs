//! Read marks that clear an unread mark: done whole, and by one of those who do it at once.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::super::simulated_nodes::{self, ADMIN_TOKEN, World};
use super::super::socket::NodeSocket;
use crate::cli::check::Result;

/// A user's two devices on two nodes, in a chat with messages up to position 4.
async fn two_devices(world: &World) -> Result<[NodeSocket; 2]> {
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    ann.command(json!({"type":"CREATE_CHAT","kind":"group","id":"own","name":"own"})).await?;
    for _ in 0..3 {
        ann.command(json!({"type":"SEND_MESSAGE","chatId":"own","message":{"content":"hi"}})).await?;
    }
    let phone = NodeSocket::connect("simulation://1", ADMIN_TOKEN).await?;
    world.set_delay(20);
    Ok([ann, phone])
}

fn read() -> [Value; 1] {
    [json!({"type":"MARK_READ","chatId":"own","seq":4})]
}

/// The number of two read marks, made at once over two nodes, that were answered as new.
async fn new_marks(seed: u64) -> Result<usize> {
    let world = World::start(seed, 2).await?;
    let [mut ann, mut phone] = two_devices(&world).await?;
    ann.command(json!({"type":"MARK_UNREAD","chatId":"own","seq":2})).await?;
    // Both nodes know of it.
    sleep(Duration::from_secs(2)).await;
    world.set_link(0, 20, 0);
    world.set_link(1, 20, 0);
    let [one, other] = [read(), read()];
    let both = tokio::join!(ann.ask(&one, |_| {}), phone.ask(&other, |_| {}));
    simulated_nodes::end();
    let replies = [both.0?.remove(0).1, both.1?.remove(0).1];
    if let Some(error) = replies.iter().find(|reply| reply["type"] != "MESSAGE_READ") {
        return Err(format!("refused: {error}").into());
    }
    Ok(replies.iter().filter(|reply| reply.get("duplicate").is_none()).count())
}

#[tokio::test(start_paused = true)]
async fn of_two_read_marks_at_once_one_is_new() {
    for seed in 0..60 {
        assert_eq!(new_marks(seed).await.expect("a run"), 1, "seed {seed}");
    }
}

/// The read position, the unread mark and what a device shows of it.
#[derive(Debug, PartialEq, Eq)]
struct MarksSeen {
    is_answered: bool,
    read: Value,
    unread: Value,
    shown: Value,
}

/// The marks after a MARK_READ during which calls to the storage and answers were lost.
async fn marks_after_losses(seed: u64) -> Result<MarksSeen> {
    let world = World::start(seed, 2).await?;
    let [mut ann, _phone] = two_devices(&world).await?;
    ann.command(json!({"type":"MARK_UNREAD","chatId":"own","seq":2})).await?;
    let mut shown = json!(2);
    sleep(Duration::from_secs(2)).await;
    world.set_link(0, 1, 4);
    let mut look = |frame: &Value| match frame["type"].as_str() {
        Some("CHAT_MARKED_UNREAD") => shown = frame["unreadFromSeq"].clone(),
        Some("MESSAGE_READ") if frame["seq"] == 4 => shown = Value::Null,
        _ => {}
    };
    let reply = ann.ask(&read(), &mut look).await?.remove(0).1;
    world.set_link(0, 0, 0);
    while let Some(frame) = ann.next_within(Duration::from_secs(10)).await? {
        look(&frame);
    }
    let chat = ann.command(json!({"type":"GET_CHAT","chatId":"own"})).await?["chat"].take();
    simulated_nodes::end();
    let is_answered = reply["type"] == "MESSAGE_READ";
    let [read, unread] = ["readSeq", "unreadFromSeq"].map(|field| chat[field].clone());
    Ok(MarksSeen { is_answered, read, unread, shown })
}

#[tokio::test(start_paused = true)]
async fn a_read_mark_is_made_whole_or_not_at_all() {
    let mut failed = 0;
    for seed in 0..120 {
        let marks = marks_after_losses(seed).await.expect("a run");
        assert_eq!(marks.unread, if marks.read == 4 { Value::Null } else { json!(2) }, "seed {seed}: {marks:?}");
        assert_eq!(marks.shown, marks.unread, "seed {seed}: {marks:?}");
        assert!(!marks.is_answered || marks.read == 4, "seed {seed}: {marks:?}");
        failed += u64::from(!marks.is_answered);
    }
    assert!(failed > 10, "calls were lost: {failed}");
}
