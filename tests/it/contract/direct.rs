//! Direct chats: one per pair, created explicitly or by a first message.

use pichat::domain::{Action, Change, Draft, direct_chat};
use pichat::protocol::error::{Code, Error};
use pichat::protocol::{ChatEvent, ChatId, ChatKind, ChatRole, User};
use pichat::store::repository::Repository;

use super::scene::*;

fn open(actor: &User, peer: &User) -> Change {
    named(actor, &first_chat(actor, peer), ChatKind::Direct, "", &[peer])
}

fn tell(actor: &User, peer: &User, draft: Draft) -> Change {
    let draft = Draft { peer: Some(Box::new(peer.clone())), ..draft };
    change(actor, &first_chat(actor, peer), Action::Send(draft))
}

fn first_chat(one: &User, other: &User) -> ChatId {
    direct_chat(&one.id, &other.id, 0)
}

pub async fn both_peers_own_one_direct_chat(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let id = first_chat(&ann, &ben);
    assert_eq!(id, first_chat(&ben, &ann));
    assert_ne!(id, first_chat(&ann, &cem));
    let made = all(repository, [open(&ann, &ben), open(&ben, &ann)]).await;
    assert_eq!((made[0].duplicate, made[1].duplicate), (false, true));
    assert_eq!(made[0].joined, ids(&[&ann, &ben]));
    for (outcome, user, peer) in [(&made[0], &ann, &ben), (&made[1], &ben, &ann)] {
        let ChatEvent::NewChat(event) = outcome.reply.as_ref().unwrap_or(&outcome.event) else { panic!("no NEW_CHAT") };
        let viewer = event.chat.viewer.as_ref().expect("a viewer");
        assert_eq!((viewer.peer.as_ref(), viewer.my_role), (Some(peer), Some(ChatRole::Owner)));
        assert_eq!(Some(&event.chat), chat(repository, &id, user).await.as_ref());
    }
    let members = repository.members(&id, None, 9).await.expect("an answer").items;
    assert!(members.len() == 2 && members.iter().all(|member| member.role == ChatRole::Owner));
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    assert_eq!(code(commit(repository, create(&ben, "c", ChatKind::Group, &[])).await), Code::Conflict);
}

pub async fn concurrent_creates_open_one_direct_chat(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let one = open(&ann, &ben);
    let other = open(&ben, &ann);
    let (one, other) = tokio::join!(commit(repository, one), commit(repository, other));
    let duplicates = [one, other].map(|outcome| outcome.expect("the chat").duplicate);
    assert_eq!(duplicates.iter().filter(|duplicate| **duplicate).count(), 1);
    assert_eq!(clock(repository, &first_chat(&ann, &ben)).await, 1);
}

pub async fn a_first_message_creates_the_direct_chat(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let id = first_chat(&ann, &ben);
    let sent = all(repository, [tell(&ann, &ben, draft("a", "hi")), tell(&ben, &ann, draft("b", "hello"))]).await;
    let first = sent[0].first.as_ref().expect("the chat comes first");
    assert_eq!((first.event.seq(), &first.joined), (Some(1), &ids(&[&ann, &ben])));
    assert_eq!((sent[0].event.seq(), sent[1].event.seq(), sent[1].first.is_none()), (Some(2), Some(3), true));
    for (outcome, count) in sent.iter().zip(1..) {
        let ChatEvent::NewMessage(event) = &outcome.event else { panic!("not NEW_MESSAGE") };
        let chat = event.chat.as_ref().expect("the chat");
        assert_eq!((chat.seq, chat.message_count, &chat.viewer), (event.seq, count, &None));
        assert_eq!(chat.last_message.as_deref(), Some(&event.message));
    }
    let again = commit(repository, tell(&ann, &ben, draft("a", "other"))).await.expect("the same");
    let ChatEvent::NewMessage(event) = &again.event else { panic!("not NEW_MESSAGE") };
    assert_eq!((again.duplicate, event.seq, event.message.content.as_str()), (true, 2, "hi"));
    let now = chat(repository, &id, &ann).await.expect("the chat");
    assert_eq!(event.chat.as_deref(), Some(&pichat::protocol::Chat { viewer: None, ..now }));
}

pub async fn a_refused_first_message_creates_no_chat(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let reply = Draft { reply_to: Some("none".into()), ..draft("a", "hi") };
    let error = commit(repository, tell(&ann, &ben, reply)).await.expect_err("nothing to answer");
    assert_eq!((error.code, error.field.as_deref()), (Code::NotFound, Some("message.replyTo")));
    assert_eq!(chat(repository, &first_chat(&ann, &ben), &ann).await, None);
    assert_eq!(repository.memberships(&ben.id).await.expect("an answer"), Vec::<ChatId>::new());
}

pub async fn concurrent_first_messages_share_one_direct_chat(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let one = tell(&ann, &ben, draft("a", "hi"));
    let other = tell(&ben, &ann, draft("b", "hello"));
    let (one, other) = tokio::join!(commit(repository, one), commit(repository, other));
    let one = one.expect("sent");
    let other = other.expect("sent");
    let mut seqs = [one.event.seq(), other.event.seq()];
    seqs.sort();
    assert_eq!(seqs, [Some(2), Some(3)]);
    assert!(one.first.is_some() != other.first.is_some());
    assert_eq!(clock(repository, &first_chat(&ann, &ben)).await, 3);
}

pub async fn a_deleted_direct_chat_can_be_replaced(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let [first, second] = [0, 1].map(|ended| direct_chat(&ann.id, &ben.id, ended));
    assert_eq!((&second, second == first), (&direct_chat(&ben.id, &ann.id, 1), false));
    all(repository, [tell(&ann, &ben, draft("a", "hi"))]).await;
    assert_eq!(ended(repository, [&first, &second]).await, [false, false]);
    let batch = [delete(&ben, &first), tell(&ann, &ben, draft("a", "late"))];
    let late = repository.commit(batch_of(&batch), now()).await.remove(1).map_err(Error::from);
    for refused in [late, commit(repository, open(&ben, &ann)).await] {
        let error = refused.expect_err("its id is not reused");
        assert_eq!((error.code, error.retry_after.is_some()), (Code::Unavailable, true));
    }
    assert_eq!(ended(repository, [&first, &second]).await, [true, false]);
    let again = Change { chat_id: second.clone(), ..tell(&ann, &ben, draft("a", "once more")) };
    let sent = all(repository, [again]).await;
    assert_eq!((sent[0].event.seq(), sent[0].duplicate, sent[0].first.is_some()), (Some(2), false, true));
    assert_eq!(chat(repository, &first, &ann).await, None);
    assert_eq!(repository.memberships(&ben.id).await.expect("an answer"), [second]);
}

async fn ended<const N: usize>(repository: &dyn Repository, chats: [&ChatId; N]) -> [bool; N] {
    let mut ended = [false; N];
    for (ended, chat) in ended.iter_mut().zip(chats) {
        *ended = repository.has_ended(chat).await.expect("an answer");
    }
    ended
}
