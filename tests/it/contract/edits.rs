//! Editing and deleting messages.

use pichat::domain::{Action, Draft};
use pichat::protocol::error::Code;
use pichat::protocol::{ChatKind, ClientJson, Message, ServerRole, User};
use pichat::store::repository::{Repository, Window};
use serde_json::json;

use super::scene::*;

pub async fn an_edit_keeps_the_messages_position_and_takes_a_tick(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    let before = stored(repository, "c", "m2").await;
    let edited = commit(repository, edit(&ann, "c", "m2", "Öther")).await.expect("the sender");
    let after = message(&edited).clone();
    assert_eq!((edited.event.seq(), after.seq, after.updated_seq), (Some(5), 2, 5));
    assert_eq!((after.content.as_str(), after.created_at), ("Öther", before.created_at));
    assert!(after.edited_at.is_some_and(|at| at > before.created_at));
    assert_eq!(stored(repository, "c", "m2").await, after);
    let page = history(repository, query("c", Window::Newest, 9)).await;
    assert_eq!((page.messages[0].clone(), page.seq), (after, 5));
    assert_eq!(seqs(&page.messages), [2, 3, 4]);
}

pub async fn an_unchanged_edit_is_a_no_op(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    let again = commit(repository, edit(&ann, "c", "m2", "text of m2")).await.expect("nothing to do");
    assert!(again.duplicate);
    assert_eq!((again.event.seq(), clock(repository, "c").await), (Some(3), 3));
    assert_eq!(message(&again).edited_at, None);
}

pub async fn an_edit_replaces_metadata_only_if_given(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    let metadata = |value: serde_json::Value| value.as_object().cloned().map(ClientJson::from);
    let first = Draft { metadata: metadata(json!({"a":1})), ..draft("m", "one") };
    all(repository, [change(&ann, "c", Action::Send(first)), edit(&ann, "c", "m", "two")]).await;
    assert_eq!(stored(repository, "c", "m").await.metadata, metadata(json!({"a":1})));
    let other = Action::Edit {
        message: "m".into(),
        content: "two".to_owned(),
        group: vec![],
        attachments: None,
        metadata: metadata(json!({"b":[18446744073709551615_u64]})),
    };
    let edited = commit(repository, change(&ann, "c", other)).await.expect("the sender");
    assert!(!edited.duplicate);
    let kept = stored(repository, "c", "m").await;
    assert_eq!(kept.metadata, metadata(json!({"b":[18446744073709551615_u64]})));
    assert_eq!(&kept, message(&edited));
}

pub async fn only_the_sender_can_edit(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    assert_eq!(code(commit(repository, edit(&ann, "c", "m3", "x")).await), Code::Forbidden);
    let outside = commit(repository, edit(&cem, "c", "m3", "x")).await.expect_err("outside");
    assert_eq!((outside.code, outside.field.as_deref()), (Code::NotFound, Some("chatId")));
    let missing = commit(repository, edit(&ben, "c", "none", "x")).await.expect_err("no such message");
    assert_eq!((missing.code, missing.field.as_deref()), (Code::NotFound, Some("messageId")));
    all(repository, [activate(&ann, "c", false)]).await;
    assert_eq!(code(commit(repository, edit(&ben, "c", "m3", "x")).await), Code::Conflict);
    assert_eq!(code(commit(repository, erase(&ben, "c", "m3")).await), Code::Conflict);
}

pub async fn a_deleted_message_leaves_a_tombstone(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    all(repository, [pin(&ann, "c", "m2", true), pin(&ann, "c", "m3", true)]).await;
    let action = Action::Erase { message: "m3".into(), reason: Some("because".to_owned()) };
    let deleted = commit(repository, change(&ann, "c", action)).await.expect("an owner");
    let found = stored(repository, "c", "m3").await;
    assert_eq!(&found, message(&deleted));
    let Message { seq, updated_seq, content, sender, .. } = &found;
    assert_eq!((*seq, *updated_seq, content.as_str(), &sender.id), (3, 7, "", &ben.id));
    assert!(found.deleted_at.is_some() && found.attachments.is_empty() && found.metadata.is_none());
    let kept = chat(repository, "c", &ann).await.expect("the chat");
    assert_eq!((kept.message_count, kept.pinned.clone(), kept.seq), (2, vec!["m2".into()], 7));
    let again = commit(repository, erase(&ben, "c", "m3")).await.expect("nothing to do");
    assert!(again.duplicate);
    assert_eq!((again.event.seq(), message(&again)), (Some(7), &found));
    assert_eq!(code(commit(repository, edit(&ben, "c", "m3", "x")).await), Code::Conflict);
    let sent = commit(repository, send(&ben, "c", "m3")).await.expect("the message as it is now");
    assert_eq!((sent.duplicate, message(&sent)), (true, &found));
    let page = history(repository, query("c", Window::Skip(0), 2)).await;
    assert_eq!((seqs(&page.messages), page.total), (vec![3, 4], Some(3)));
}

pub async fn only_the_sender_and_moderators_can_delete(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben, &cem], 6).await;
    assert_eq!(code(commit(repository, erase(&ben, "c", "m4")).await), Code::Forbidden);
    let dan = user(repository, "dan").await;
    assert_eq!(code(commit(repository, erase(&dan, "c", "m4")).await), Code::NotFound);
    all(repository, [erase(&cem, "c", "m4"), erase(&ann, "c", "m3")]).await;
    let keeper = User { role: ServerRole::Moderator, ..dan };
    all(repository, [erase(&keeper, "c", "m5")]).await;
    let missing = commit(repository, erase(&keeper, "none", "m5")).await.expect_err("no such chat");
    assert_eq!((missing.code, missing.field.as_deref()), (Code::NotFound, Some("chatId")));
    assert_eq!(chat(repository, "c", &ann).await.expect("the chat").message_count, 3);
}

pub async fn the_last_message_is_the_newest_remaining_one(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 5).await;
    all(repository, [erase(&ann, "c", "m5"), edit(&ann, "c", "m6", "last")]).await;
    let last = |chat: pichat::protocol::Chat| chat.last_message.map(|message| (message.seq, message.content));
    let seen = || async { last(chat(repository, "c", &ben).await.expect("the chat")) };
    assert_eq!(seen().await, Some((6, "last".to_owned())));
    all(repository, [erase(&ann, "c", "m6")]).await;
    assert_eq!(seen().await, Some((4, "text of m4".to_owned())));
    let batch = [erase(&ann, "c", "m4"), erase(&ann, "c", "m3"), send(&ben, "c", "new"), erase(&ann, "c", "new")];
    for result in repository.commit(batch_of(&batch), now()).await {
        result.expect("an owner");
    }
    assert_eq!(seen().await, Some((2, "text of m2".to_owned())));
    let batch = [erase(&ann, "c", "m2"), rename(&ann, "c", "quiet")];
    let results = repository.commit(batch_of(&batch), now()).await;
    assert!(
        matches!(&results[1], Ok(outcome) if matches!(&outcome.event,
        pichat::protocol::ChatEvent::ChatUpdated(event) if event.chat.last_message.is_none())),
        "{results:?}"
    );
    let empty = chat(repository, "c", &ben).await.expect("the chat");
    assert_eq!((empty.message_count, last(empty)), (0, None));
    all(repository, [send(&ann, "c", "again")]).await;
    assert_eq!(seen().await, Some((16, "text of again".to_owned())));
}

pub async fn a_deleted_message_is_not_unread(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 4).await;
    all(repository, [erase(&ann, "c", "m2"), edit(&ann, "c", "m4", "x")]).await;
    let viewer = chat(repository, "c", &ben).await.and_then(|chat| chat.viewer).expect("a viewer");
    assert_eq!((viewer.unread_count, viewer.read_seq), (1, 0));
}

pub async fn a_message_deleted_in_its_own_batch_is_a_tombstone(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 1).await;
    let batch = [
        send(&ben, "c", "x"),
        edit(&ben, "c", "x", "y"),
        edit(&ben, "c", "m2", "no"),
        erase(&ben, "c", "x"),
        create(&ann, "c", ChatKind::Group, &[]),
        send(&ben, "c", "x"),
    ];
    let results = repository.commit(batch_of(&batch), now()).await;
    let told: Vec<_> = results.iter().map(|result| result.as_ref().ok().and_then(|done| done.event.seq())).collect();
    assert_eq!(told, [Some(3), Some(4), None, Some(5), Some(5), Some(3)]);
    let found = stored(repository, "c", "x").await;
    assert_eq!((found.seq, found.updated_seq, found.deleted_at.is_some()), (3, 5, true));
    assert_eq!(message(results[5].as_ref().expect("the same")), &found);
}

pub async fn changes_are_folded_to_the_latest_state(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 4).await;
    all(repository, [edit(&ann, "c", "m2", "a"), edit(&ben, "c", "m3", "b"), edit(&ann, "c", "m2", "c")]).await;
    all(repository, [erase(&ben, "c", "m5")]).await;
    let found = repository.changes(&"c".into(), &ben.id, 3, 9).await.expect("an answer").expect("a member");
    let told: Vec<_> = found.messages.iter().map(|message| (message.seq, message.updated_seq)).collect();
    assert_eq!((told, found.seq), (vec![(4, 4), (3, 7), (2, 8), (5, 9)], 9));
    assert!(found.chat.is_none(), "only messages have changed");
}

pub async fn pins_are_unique_and_listed_oldest_first(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 4).await;
    let outcomes =
        all(repository, [pin(&ann, "c", "m4", true), pin(&ann, "c", "m2", true), pin(&ann, "c", "m4", true)]).await;
    let told: Vec<_> = outcomes.iter().map(|outcome| (outcome.event.seq(), outcome.duplicate)).collect();
    assert_eq!(told, [(Some(6), false), (Some(7), false), (Some(7), true)]);
    let pinned = || async { chat(repository, "c", &ben).await.expect("the chat").pinned };
    assert_eq!(pinned().await, ["m4".into(), "m2".into()]);
    let found = repository.changes(&"c".into(), &ben.id, 5, 9).await.expect("an answer").expect("a member");
    assert_eq!(found.chat.expect("it has changed").pinned, ["m4".into(), "m2".into()]);
    let outcomes = all(repository, [pin(&ann, "c", "m4", false), pin(&ann, "c", "m4", false)]).await;
    assert_eq!((outcomes[0].duplicate, outcomes[1].duplicate), (false, true));
    assert_eq!(pinned().await, ["m2".into()]);
}

pub async fn unauthorized_pins_are_refused(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    assert_eq!(code(commit(repository, pin(&ben, "c", "m2", true)).await), Code::Forbidden);
    assert_eq!(code(commit(repository, pin(&cem, "c", "m2", true)).await), Code::NotFound);
    assert_eq!(code(commit(repository, pin(&ann, "c", "none", true)).await), Code::NotFound);
    all(repository, [erase(&ann, "c", "m2")]).await;
    assert_eq!(code(commit(repository, pin(&ann, "c", "m2", true)).await), Code::Conflict);
    assert!(commit(repository, pin(&ann, "c", "m2", false)).await.expect("it is not").duplicate);
    all(repository, [activate(&ann, "c", false)]).await;
    assert_eq!(code(commit(repository, pin(&ann, "c", "m3", true)).await), Code::Conflict);
}

pub async fn pins_per_chat_are_limited(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 51).await;
    let pins: Vec<_> = (2..53).map(|seq| pin(&ann, "c", &format!("m{seq}"), true)).collect();
    let results = repository.commit(batch_of(&pins), now()).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 50);
    assert_eq!(code(results.into_iter().next_back().expect("the last")), Code::Conflict);
    all(repository, [pin(&ann, "c", "m2", false), pin(&ann, "c", "m52", true)]).await;
}
