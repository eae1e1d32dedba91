use serde_json::{Value, json};

use super::super::ledger::Ledger;
use super::super::promise::Promise;
use super::Picture;

fn said(seq: u64) -> Value {
    let message = json!({"id":format!("m{seq}"),"seq":seq,"updatedSeq":seq,"content":"hi","reactions":[]});
    json!({"type":"NEW_MESSAGE","chatId":"c","seq":seq,"message":message})
}

fn synced(seq: u64, more: &Value) -> Value {
    let mut chat = json!({"chatId":"c","seq":seq,"messages":[],"more":false});
    chat.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    json!({"type":"SYNCED","chats":[chat],"newChats":[],"removedChatIds":[]})
}

/// A picture of a chat that has been synchronised up to a position.
fn picture(seq: u64) -> (Picture, Ledger) {
    let mut picture = Picture { user: "ann".into(), ..Picture::default() };
    let ledger = Ledger::default();
    let found = json!({"type":"SYNCED","chats":[],"newChats":[{"id":"c"}],"removedChatIds":[]});
    let member = json!({"user":{"id":"ann"},"role":"member"});
    see(&mut picture, &ledger, &[found, synced(seq, &json!({"members":[member]}))]);
    assert!(!picture.is_behind());
    (picture, ledger)
}

fn see(picture: &mut Picture, ledger: &Ledger, frames: &[Value]) {
    frames.iter().for_each(|frame| picture.see(frame, ledger));
}

fn broken(ledger: &Ledger) -> Vec<Promise> {
    ledger.read().1.into_keys().collect()
}

#[test]
fn only_a_clock_advancing_by_one_is_valid() {
    for (events, right) in [(&[4, 5, 6][..], true), (&[4, 6], false), (&[4, 4], false), (&[5], false), (&[3, 4], true)]
    {
        let (mut picture, ledger) = picture(3);
        events.iter().for_each(|seq| picture.see(&said(*seq), &ledger));
        assert_eq!(broken(&ledger).is_empty(), right, "{events:?}");
    }
}

#[test]
fn a_reported_gap_starts_at_the_next_seq_and_needs_a_sync() {
    let lagged = |from: u64| json!({"type":"LAGGED","chatId":"c","fromSeq":from,"toSeq":7});
    let (mut picture, ledger) = picture(3);
    see(&mut picture, &ledger, &[said(4), lagged(5)]);
    assert!(picture.is_behind() && broken(&ledger).is_empty());
    see(&mut picture, &ledger, &[synced(6, &json!({}))]);
    assert!(picture.is_behind(), "the reply is older than the gap");
    see(&mut picture, &ledger, &[synced(7, &json!({})), said(8)]);
    assert!(!picture.is_behind() && broken(&ledger).is_empty());
    see(&mut picture, &ledger, &[lagged(10)]);
    assert_eq!(broken(&ledger), [Promise::Order]);
}

#[test]
fn a_gap_without_a_chat_allows_any_event_until_the_next_sync() {
    let (mut picture, ledger) = picture(3);
    picture.sync();
    see(&mut picture, &ledger, &[said(4), json!({"type":"LAGGED"}), said(7), synced(4, &json!({}))]);
    assert!(picture.is_behind() && broken(&ledger).is_empty(), "the reply may be older than the gap");
    picture.sync();
    see(&mut picture, &ledger, &[synced(6, &json!({})), said(8)]);
    assert!(!picture.is_behind() && broken(&ledger).is_empty());
}

#[test]
fn an_own_reply_that_a_sync_has_overtaken_changes_nothing() {
    let lagged = json!({"type":"LAGGED","chatId":"c","fromSeq":4,"toSeq":6});
    let member = |user: &str| json!({"user":{"id":user},"role":"member"});
    let removed = json!({"type":"MEMBERS_REMOVED","requestId":1,"chatId":"c","seq":4,"userIds":["ben"]});
    let (mut picture, ledger) = picture(3);
    // Ben was removed at 4 and added again at 5.
    see(&mut picture, &ledger, &[lagged, synced(6, &json!({"members":[member("ann"), member("ben")]})), removed]);
    assert!(!picture.is_behind() && broken(&ledger).is_empty());
    assert!(picture.chats["c"].known.members.contains_key("ben"), "the removal is older than the list");
    assert_eq!(picture.chats["c"].position, 6);
}

#[test]
fn a_sync_that_leaves_a_gap_is_detected() {
    let (mut picture, ledger) = picture(3);
    picture.begin();
    see(&mut picture, &ledger, &[said(7), synced(5, &json!({}))]);
    assert_eq!(broken(&ledger), [Promise::Resume]);
}

#[test]
fn events_during_a_sync_outlive_an_older_reply() {
    let (mut picture, ledger) = picture(3);
    picture.begin();
    let reactions = json!([{"emoji":"x","count":1,"userIds":["ben"]}]);
    let reacted = json!({"type":"REACTION_ADDED","chatId":"c","seq":8,"messageId":"m5","reactions":reactions});
    let added = json!({"type":"MEMBERS_ADDED","chatId":"c","seq":9,"members":[{"user":{"id":"ben"},"role":"member"}]});
    let members = json!([{"user":{"id":"ann"},"role":"owner"}]);
    let old = synced(7, &json!({"messages":[said(5)["message"]],"members":members}));
    see(&mut picture, &ledger, &[reacted, added, old]);
    let view = &picture.chats["c"];
    let line = &view.known.messages["m5"];
    assert_eq!((line.updated, &line.reactions), (8, &reactions));
    assert_eq!(view.known.members.get("ann").map(String::as_str), Some("owner"));
    assert!(view.known.members.contains_key("ben"));
    assert_eq!((view.position, picture.is_behind()), (9, false));
    assert!(broken(&ledger).is_empty());
}

#[test]
fn events_of_a_chat_that_misses_nothing_outlive_an_older_reply() {
    let (mut picture, ledger) = picture(3);
    // SYNC was sent for another chat, with the positions of all.
    picture.sync();
    let added = json!({"type":"MEMBERS_ADDED","chatId":"c","seq":5,"members":[{"user":{"id":"ben"},"role":"member"}]});
    let old = synced(4, &json!({"members":[{"user":{"id":"ann"},"role":"owner"}]}));
    see(&mut picture, &ledger, &[said(4), added, old, said(6)]);
    let view = &picture.chats["c"];
    assert!(view.known.members.contains_key("ben"), "the addition is newer than the list");
    assert_eq!((view.position, picture.is_behind()), (6, false));
    assert_eq!(broken(&ledger), []);
}

#[test]
fn a_chat_that_is_announced_after_sync_has_shown_it_keeps_what_is_known() {
    let (mut picture, ledger) = picture(9);
    see(&mut picture, &ledger, &[said(10)]);
    picture.begin();
    let announced = |seq: u64| json!({"type":"NEW_CHAT","chatId":"c","seq":seq,"chat":{"id":"c"}});
    see(&mut picture, &ledger, &[announced(9), said(10), said(11), synced(10, &json!({}))]);
    assert!(picture.chats["c"].known.messages.contains_key("m10"), "{picture:?}");
    assert_eq!((picture.is_behind(), picture.positions()["c"]), (false, 11));
    // Left and joined again: an answer from before does not bring the chat up to date.
    picture.begin();
    see(&mut picture, &ledger, &[announced(20), synced(15, &json!({}))]);
    assert!(picture.is_behind(), "the answer is older than the event");
    see(&mut picture, &ledger, &[synced(20, &json!({})), said(21)]);
    assert_eq!((picture.is_behind(), picture.positions()["c"]), (false, 21));
    assert_eq!(broken(&ledger), []);
}

#[test]
fn diverging_events_at_one_seq_are_detected() {
    let (mut one, ledger) = picture(3);
    let (mut other, _) = picture(3);
    one.see(&said(4), &ledger);
    let mut changed = said(4);
    changed["message"]["content"] = json!("ho");
    other.see(&changed, &ledger);
    assert_eq!(broken(&ledger), [Promise::Order]);
}
