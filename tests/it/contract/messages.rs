//! Sending.

use pichat::domain::{Action, Draft};
use pichat::protocol::error::Code;
use pichat::protocol::{Attachment, ChatId, ChatKind, ClientJson, Message, MessageRole, Sender};
use pichat::store::repository::Repository;
use serde_json::json;

use super::scene::*;

pub async fn messages_are_stored_unchanged(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 1).await;
    let attachment = Attachment {
        id: Some("f".to_owned()),
        url: "https://example.org/a.png".to_owned(),
        name: "a.png".to_owned(),
        size: u64::from(u32::MAX) + 1,
        mime_type: "image/png".to_owned(),
        width: Some(640),
        height: Some(480),
    };
    let full = Draft {
        within: "",
        role: MessageRole::Assistant,
        group: vec![],
        attachments: vec![attachment],
        reply_to: Some("m2".into()),
        metadata: json!({"a": [1, {"b": null}], "null \0": "\0"}).as_object().cloned().map(ClientJson::from),
        ..draft("full", "tabs\t, quotes \"', a null \0, no character \u{FFFF}0, emoji 🦀 and Ω")
    };
    let sent = commit(repository, change(&ben, "c", Action::Send(full))).await.expect("a member");
    let found = repository.message(&ChatId::from("c"), &"full".into()).await.expect("an answer").expect("the message");
    assert_eq!(&found, message(&sent));
    assert_eq!((found.seq, found.updated_seq, found.sender.clone()), (3, 3, Sender::from(&ben)));
    let newest = history(repository, query("c", pichat::store::repository::Window::Newest, 1)).await.messages;
    assert_eq!(newest, std::slice::from_ref(&found));
    assert_eq!(chat(repository, "c", &ann).await.and_then(|chat| chat.last_message), Some(Box::new(found)));
    assert_eq!(repository.message(&ChatId::from("c"), &"none".into()).await.expect("an answer"), None);
}

pub async fn a_repeated_message_id_is_stored_once(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    let other = Action::Send(draft("m2", "another text"));
    let again = commit(repository, change(&ann, "c", other)).await.expect("the same message");
    assert!(again.duplicate);
    let Message { seq, content, .. } = message(&again);
    assert_eq!((*seq, content.as_str()), (2, "text of m2"));
    assert_eq!(clock(repository, "c").await, 4);
    all(repository, [activate(&ann, "c", false)]).await;
    assert!(commit(repository, send(&ann, "c", "m2")).await.expect("also when archived").duplicate);
}

pub async fn another_senders_message_id_is_a_conflict(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 1).await;
    let error = commit(repository, send(&ben, "c", "m2")).await.expect_err("a conflict");
    assert_eq!((error.code, error.field.as_deref()), (Code::Conflict, Some("message.id")));
    assert_eq!(clock(repository, "c").await, 2);
}

pub async fn message_ids_are_unique_per_chat(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 1).await;
    talk(repository, "d", &[&ben, &ann], 1).await;
    for (chat, sender) in [("c", &ann), ("d", &ben)] {
        let found = repository.message(&ChatId::from(chat), &"m2".into()).await.expect("an answer").expect("it");
        assert_eq!(found.sender.id, sender.id);
    }
}

pub async fn only_members_can_send(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "g", ChatKind::Group, &[]), create(&ann, "c", ChatKind::Channel, &[])]).await;
    assert_eq!(code(commit(repository, send(&ben, "g", "m")).await), Code::NotFound);
    assert_eq!(code(commit(repository, send(&ben, "c", "m")).await), Code::Forbidden);
    assert_eq!(code(commit(repository, send(&ben, "none", "m")).await), Code::NotFound);
    assert_eq!(repository.message(&ChatId::from("c"), &"m".into()).await.expect("an answer"), None);
}

pub async fn a_reply_requires_an_existing_message(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 1).await;
    talk(repository, "d", &[&ann, &ben], 9).await;
    let reply =
        |id: &str, to: &str| change(&ben, "c", Action::Send(Draft { reply_to: Some(to.into()), ..draft(id, "yes") }));
    let error = commit(repository, reply("r", "m9")).await.expect_err("the message of another chat");
    assert_eq!((error.code, error.field.as_deref()), (Code::NotFound, Some("message.replyTo")));
    let batch = [reply("r", "m2"), reply("s", "r")];
    let results = repository.commit(batch_of(&batch), now()).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
}

pub async fn sending_advances_the_chats_clock(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    let before = chat(repository, "c", &ann).await.expect("the chat");
    let at = now();
    let sent = repository.commit(batch_of(&[send(&ben, "c", "x")]), at).await.remove(0).expect("a member");
    let after = chat(repository, "c", &ann).await.expect("the chat");
    assert_eq!((after.seq, after.message_count, after.updated_at), (before.seq + 1, before.message_count + 1, at));
    assert_eq!(after.last_message.as_deref(), Some(message(&sent)));
    assert_eq!((message(&sent).created_at, after.created_at), (at, before.created_at));
}

pub async fn messages_of_others_are_unread_until_read(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 5).await;
    all(repository, [add(&ann, "c", &[&cem]), send(&ann, "c", "last")]).await;
    for (user, unread, read) in [(&ann, 2, 0), (&ben, 4, 0), (&cem, 1, 7)] {
        let viewer = chat(repository, "c", user).await.and_then(|chat| chat.viewer).expect("a viewer");
        assert_eq!((viewer.unread_count, viewer.read_seq), (unread, read), "{}", user.username);
    }
}
