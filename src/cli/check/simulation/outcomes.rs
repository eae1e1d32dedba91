//! Single faults on simulated nodes, each with the outcome that clients must see.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::super::simulated_nodes::{self, ADMIN_TOKEN, World};
use super::super::socket::NodeSocket;
use crate::cli::check::Result;
use crate::cluster::NodeReach;

/// The frames that a connection gets when it first uses a chat whose NEW_CHAT has not reached its node.
async fn uses_an_unheard_chat(command: Value) -> Result<Vec<Value>> {
    let world = World::start(9, 2).await?;
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"ben","botUsername":"ben"})).await?;
    let mut ben = NodeSocket::connect("simulation://1", made["secret"].as_str().ok_or("no token")?).await?;
    world.set_reach(1, NodeReach { speaks: true, hears: false });
    let members = [&made["token"]["userId"]];
    let make = json!({"type":"CREATE_CHAT","kind":"group","id":"both","name":"both","members":members});
    ann.command(make).await?;
    ann.command(json!({"type":"SEND_MESSAGE","chatId":"both","message":{"content":"first"}})).await?;
    let mut frames = vec![];
    ben.ask(&[command], |frame| frames.push(frame.clone())).await?;
    frames.retain(|frame| frame["type"] != "PRESENCE");
    simulated_nodes::end();
    Ok(frames)
}

#[tokio::test(start_paused = true)]
async fn a_connection_is_subscribed_to_a_chat_before_anything_else_shows_it() {
    let sync = json!({"type":"SYNC","chats":{}});
    let say = json!({"type":"SEND_MESSAGE","chatId":"both","message":{"content":"second"}});
    for (command, reply, seq) in [(sync, "SYNCED", Value::Null), (say, "NEW_MESSAGE", json!(3))] {
        let frames = uses_an_unheard_chat(command).await.expect("a run");
        let is_gap = |frame: &&Value| frame["type"] == "LAGGED";
        let shown: Vec<[&Value; 2]> =
            frames.iter().filter(|frame| !is_gap(frame)).map(|frame| [&frame["type"], &frame["seq"]]).collect();
        assert_eq!(shown, [[&json!("NEW_CHAT"), &json!(1)], [&json!(reply), &seq]], "{frames:#?}");
        // The message from before was missed, and has to be known before the next one.
        let gap = frames.iter().find(is_gap).map(|gap| [&gap["fromSeq"], &gap["toSeq"]]);
        assert!(gap == Some([&json!(2), &json!(2)]) || seq.is_null() && gap.is_none(), "{frames:#?}");
    }
}

/// The frames of a connection whose SYNC shows that its user was removed, and of which the user is then a member again,
/// while its node hears nothing.
async fn returns_unheard() -> Result<Vec<Value>> {
    let world = World::start(17, 2).await?;
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"ben","botUsername":"ben"})).await?;
    let ben_id = &made["token"]["userId"];
    ann.command(json!({"type":"CREATE_CHAT","kind":"group","id":"both","name":"both","members":[ben_id]})).await?;
    let mut ben = NodeSocket::connect("simulation://1", made["secret"].as_str().ok_or("no token")?).await?;
    world.set_reach(1, NodeReach { speaks: true, hears: false });
    ann.command(json!({"type":"REMOVE_MEMBERS","chatId":"both","userIds":[ben_id]})).await?;
    let sync = ben.command(json!({"type":"SYNC","chats":{"both":1}})).await?;
    assert_eq!(sync["removedChatIds"], json!(["both"]), "{sync}");
    ann.command(json!({"type":"ADD_MEMBERS","chatId":"both","members":[ben_id]})).await?;
    ann.command(json!({"type":"SEND_MESSAGE","chatId":"both","message":{"content":"again"}})).await?;
    // Long enough for the node to drop its connection, and what has not arrived on it.
    sleep(Duration::from_secs(10)).await;
    world.set_reach(1, NodeReach::FULL);
    let mut frames = vec![];
    while let Some(frame) = ben.next_within(Duration::from_secs(10)).await? {
        frames.extend((frame["chatId"] == "both").then_some(frame));
    }
    simulated_nodes::end();
    Ok(frames)
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_sync_told_of_its_removal_gets_new_chat_when_it_returns() {
    let frames = returns_unheard().await.expect("a run");
    let welcome = frames.iter().find(|frame| frame["type"] == "NEW_CHAT").map(|frame| &frame["seq"]);
    assert_eq!(welcome, Some(&json!(3)), "{frames:#?}");
}

/// The events that a connection gets before its own message, of two that its node has missed, if it could be opened
/// although an answer of the storage was lost.
async fn opens_with_a_lost_answer(after: u64) -> Result<Option<Vec<Value>>> {
    let world = World::start(19, 2).await?;
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"ben","botUsername":"ben"})).await?;
    let members = [&made["token"]["userId"]];
    ann.command(json!({"type":"CREATE_CHAT","kind":"group","id":"both","name":"both","members":members})).await?;
    world.lose_answer(1, after);
    let token = made["secret"].as_str().ok_or("no token")?;
    let opens = async {
        let mut ben = NodeSocket::connect("simulation://1", token).await?;
        ben.command(json!({"type":"SYNC","chats":{}})).await?;
        Result::Ok(ben)
    };
    let Ok(mut ben) = opens.await else {
        simulated_nodes::end();
        return Ok(None);
    };
    world.set_reach(0, NodeReach { speaks: false, hears: true });
    let say = json!({"type":"SEND_MESSAGE","chatId":"both","message":{"content":"hi"}});
    ann.command(say.clone()).await?;
    ann.command(say.clone()).await?;
    let mut events = vec![];
    // The lost answer may be the one to this command.
    while ben.ask(std::slice::from_ref(&say), |frame| events.push(frame.clone())).await?[0].1["type"] == "ERROR" {}
    events.retain(|frame| frame["type"] == "LAGGED" || frame["type"] == "NEW_MESSAGE");
    simulated_nodes::end();
    Ok(Some(events))
}

#[tokio::test(start_paused = true)]
async fn a_connection_misses_no_event_whichever_answer_was_lost_when_it_opened() {
    let mut opened = 0;
    for after in 0..12 {
        let Some(events) = opens_with_a_lost_answer(after).await.expect("a run") else { continue };
        opened += 1;
        let first = events.first().and_then(|event| event["fromSeq"].as_u64().or(event["seq"].as_u64()));
        assert_eq!(first, Some(2), "after {after} answers: {events:#?}");
    }
    assert!((1..12).contains(&opened), "an answer that was lost closed the connection: {opened}");
}

/// The read positions of Ben that Ann hears of after a MARK_READ of which one answer of the storage was lost, and whether
/// it was answered with success.
async fn marks_with_a_lost_answer(after: u64, is_repeated: bool) -> Result<(Vec<Value>, bool)> {
    let world = World::start(11, 1).await?;
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"ben","botUsername":"ben"})).await?;
    let mut ben = NodeSocket::connect("simulation://0", made["secret"].as_str().ok_or("no token")?).await?;
    let members = [&made["token"]["userId"]];
    ann.command(json!({"type":"CREATE_CHAT","kind":"group","id":"both","name":"both","members":members})).await?;
    let seq =
        ann.command(json!({"type":"SEND_MESSAGE","chatId":"both","message":{"content":"hi"}})).await?["seq"].clone();
    // What the server does by itself is done.
    sleep(Duration::from_secs(10)).await;
    world.lose_answer(0, after);
    let mark = json!({"type":"MARK_READ","chatId":"both","seq":seq});
    let (_, reply) = ben.ask(std::slice::from_ref(&mark), |_| {}).await?.remove(0);
    let succeeds = reply["type"] == "MESSAGE_READ";
    if !succeeds && is_repeated {
        ben.command(mark).await?;
    }
    let mut heard = vec![];
    let read = |frame: &Value| frame["type"] == "MESSAGE_READ";
    while let Some(frame) = ann.next_within(Duration::from_secs(5)).await? {
        heard.extend(read(&frame).then(|| frame["seq"].clone()));
    }
    simulated_nodes::end();
    Ok((heard, succeeds))
}

#[tokio::test(start_paused = true)]
async fn a_read_mark_whose_answer_was_lost_is_told_repeated_or_not() {
    let mut failures = 0;
    for after in 0..8 {
        for is_repeated in [true, false] {
            let (heard, succeeds) = marks_with_a_lost_answer(after, is_repeated).await.expect("a run");
            failures += u64::from(!succeeds);
            // A mark whose write never began is of no concern.
            let is_begun = after > 0 || is_repeated || succeeds;
            assert_eq!(heard, vec![json!(2); usize::from(is_begun)], "after {after} answers, repeated: {is_repeated}");
        }
    }
    assert!(failures >= 6, "answers were lost before, at and after the write: {failures}");
}

/// The last state that each of two devices was told after both changed it at once over two nodes, and what is stored.
async fn told_after(changes: [Value; 2], kind: &str, field: &str, read: Value, path: &str) -> Result<[Value; 3]> {
    let world = World::start(13, 2).await?;
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    ann.command(json!({"type":"CREATE_CHAT","kind":"group","id":"own","name":"own"})).await?;
    for content in ["one", "two", "three"] {
        ann.command(json!({"type":"SEND_MESSAGE","chatId":"own","message":{"content":content}})).await?;
    }
    let mut phone = NodeSocket::connect("simulation://1", ADMIN_TOKEN).await?;
    // Events of one node reach the other after it has told its own.
    world.set_delay(300);
    let [one, other] = changes;
    let both = tokio::join!(ann.command(one), phone.command(other));
    let mut told = [both.0?[field].clone(), both.1?[field].clone()];
    for (device, told) in [&mut ann, &mut phone].into_iter().zip(&mut told) {
        while let Some(frame) = device.next_within(Duration::from_secs(5)).await? {
            if frame["type"] == kind {
                *told = frame[field].clone();
            }
        }
    }
    let stored = ann.command(read).await?.pointer(path).cloned().unwrap_or_default();
    simulated_nodes::end();
    let [one, other] = told;
    Ok([one, other, stored])
}

#[tokio::test(start_paused = true)]
async fn what_two_nodes_tell_at_once_ends_with_what_is_stored() {
    let settings = |theme: &str| json!({"type":"UPDATE_SETTINGS","settings":{"theme":theme}});
    let read = json!({"type":"GET_SETTINGS"});
    let ends = told_after([settings("dark"), settings("light")], "SETTINGS", "settings", read, "/settings").await;
    let ends = ends.expect("a run");
    assert!(ends[0] == ends[2] && ends[1] == ends[2] && ends[2].is_object(), "{ends:?}");
    let chat = || json!({"type":"GET_CHAT","chatId":"own"});
    let mutes = [
        json!({"type":"MUTE_CHAT","chatId":"own"}),
        json!({"type":"MUTE_CHAT","chatId":"own","until":"2999-01-01T00:00:00Z"}),
    ];
    let ends = told_after(mutes, "CHAT_MUTED", "until", chat(), "/chat/mutedUntil").await.expect("a run");
    assert!(ends[0] == ends[2] && ends[1] == ends[2], "{ends:?}");
    let unread = |seq: u64| json!({"type":"MARK_UNREAD","chatId":"own","seq":seq});
    let field = "unreadFromSeq";
    let ends = told_after([unread(2), unread(3)], "CHAT_MARKED_UNREAD", field, chat(), "/chat/unreadFromSeq").await;
    let ends = ends.expect("a run");
    assert!(ends[0] == ends[2] && ends[1] == ends[2] && ends[2].is_u64(), "{ends:?}");
}

/// A device's unread mark after a frame.
fn unread_after(before: Value, frame: &Value) -> Value {
    match frame["type"].as_str() {
        Some("CHAT_MARKED_UNREAD") => frame["unreadFromSeq"].clone(),
        Some("MESSAGE_READ") if frame["seq"].as_u64() >= before.as_u64() => Value::Null,
        _ => before,
    }
}

/// The unread marks of two devices after one marked a chat as read while the other marked it as unread, and the stored one.
/// The chat is marked as read so many milliseconds later.
async fn marks_after_crossing(seed: u64, later: u64) -> Result<[Value; 3]> {
    let world = World::start(seed, 2).await?;
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    ann.command(json!({"type":"CREATE_CHAT","kind":"group","id":"own","name":"own"})).await?;
    let say = json!({"type":"SEND_MESSAGE","chatId":"own","message":{"content":"hi"}});
    for _ in 0..3 {
        ann.command(say.clone()).await?;
    }
    let mut phone = NodeSocket::connect("simulation://1", ADMIN_TOKEN).await?;
    world.set_delay(300);
    world.set_link(0, 20, 0);
    world.set_link(1, 20, 0);
    let unread = [json!({"type":"MARK_UNREAD","chatId":"own","seq":2})];
    let read = [json!({"type":"MARK_READ","chatId":"own","seq":4})];
    let mut views = [Value::Null, Value::Null];
    let [one, other] = &mut views;
    let asked = tokio::join!(ann.ask(&unread, |frame| *one = unread_after(one.take(), frame)), async {
        sleep(Duration::from_millis(later)).await;
        phone.ask(&read, |frame| *other = unread_after(other.take(), frame)).await
    },);
    assert!(asked.0?[0].1["type"] == "CHAT_MARKED_UNREAD" && asked.1?[0].1["type"] == "MESSAGE_READ");
    for (device, view) in [&mut ann, &mut phone].into_iter().zip(&mut views) {
        while let Some(frame) = device.next_within(Duration::from_secs(5)).await? {
            *view = unread_after(view.take(), &frame);
        }
    }
    let stored = ann.command(json!({"type":"GET_CHAT","chatId":"own"})).await?["chat"]["unreadFromSeq"].take();
    simulated_nodes::end();
    let [one, other] = views;
    Ok([one, other, stored])
}

#[tokio::test(start_paused = true)]
async fn read_and_unread_marks_of_two_nodes_at_once_end_with_what_is_stored() {
    let mut cleared = 0;
    for seed in 0..40 {
        let ends = marks_after_crossing(seed, 4 * seed).await.expect("a run");
        assert!(ends[0] == ends[2] && ends[1] == ends[2], "seed {seed}: {ends:?}");
        cleared += u64::from(ends[2].is_null());
    }
    assert!((1..40).contains(&cleared), "both orders occurred: {cleared}");
}
