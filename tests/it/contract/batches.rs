//! Batches of changes, and concurrent writers.

use std::collections::HashSet;

use pichat::domain::Change;
use pichat::protocol::error::Code;
use pichat::protocol::{ChatEvent, ChatId, ChatKind, Seq};
use pichat::store::repository::{Repository, Window};

use super::scene::*;

pub async fn a_refused_change_does_not_affect_its_batch(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    let batch = [send(&ann, "c", "a"), send(&cem, "c", "b"), leave(&ann, "c"), send(&ben, "c", "d")];
    let results = repository.commit(batch_of(&batch), now()).await;
    let codes: Vec<_> = results.into_iter().map(|result| result.is_err().then(|| code(result))).collect();
    assert_eq!(codes, [None, Some(Code::NotFound), Some(Code::Conflict), None]);
    let messages = history(repository, query("c", Window::Newest, 9)).await.messages;
    assert_eq!(seqs(&messages), [2, 3]);
}

pub async fn a_duplicate_within_a_batch_is_stored_once(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    let batch = [send(&ann, "c", "a"), send(&ann, "c", "a"), send(&ben, "c", "a"), send(&ben, "c", "b")];
    let results = repository.commit(batch_of(&batch), now()).await;
    let [first, again, others, last] = results.try_into().expect("four answers");
    let first = first.expect("new");
    let again = again.expect("the same");
    assert_eq!((first.duplicate, again.duplicate), (false, true));
    assert_eq!(message(&first), message(&again));
    assert_eq!(code(others), Code::Conflict);
    assert_eq!(message(&last.expect("new")).seq, 3);
}

pub async fn changes_see_earlier_changes_of_their_batch(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let batch = [
        create(&ann, "c", ChatKind::Channel, &[&ben]),
        join(&cem, "c"),
        send(&cem, "c", "m"),
        leave(&ben, "c"),
        send(&ben, "c", "n"),
        rename(&ann, "c", "new"),
        create(&ann, "c", ChatKind::Group, &[]),
    ];
    let results = repository.commit(batch_of(&batch), now()).await;
    let told: Vec<_> = results.iter().map(|result| result.as_ref().ok().and_then(|done| done.event.seq())).collect();
    assert_eq!(told, [Some(1), Some(2), Some(3), Some(4), None, Some(5), Some(5)]);
    let Some(Ok(again)) = results.into_iter().next_back() else { panic!("refused") };
    let ChatEvent::NewChat(event) = again.event else { panic!("not NEW_CHAT") };
    assert_eq!(Some(event.chat), chat(repository, "c", &ann).await);
}

pub async fn chat_ids_are_never_reused(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 4).await;
    let batch = [
        send(&ann, "c", "x"),
        delete(&ann, "c"),
        create(&ann, "c", ChatKind::Group, &[]),
        create(&cem, "d", ChatKind::Group, &[&ben]),
        send(&ben, "d", "m"),
        delete(&cem, "d"),
        create(&cem, "d", ChatKind::Group, &[]),
        send(&cem, "d", "n"),
    ];
    let results = repository.commit(batch_of(&batch), now()).await;
    let told = results.into_iter().map(|result| result.map(|done| done.event.seq()));
    let told: Vec<_> = told.map(|result| result.map_err(|error| refusal::<()>(Err(error)).code)).collect();
    let [conflict, not_found] = [Err(Code::Conflict), Err(Code::NotFound)];
    assert_eq!(told, [Ok(Some(6)), Ok(None), conflict, Ok(Some(1)), Ok(Some(2)), Ok(None), conflict, not_found]);
    for (id, user) in [("c", &ann), ("c", &cem), ("d", &cem), ("d", &ann)] {
        let error = commit(repository, create(user, id, ChatKind::Channel, &[])).await.expect_err("it was given");
        assert_eq!((error.code, error.field.as_deref()), (Code::Conflict, Some("id")));
        assert!(repository.has_ended(&id.into()).await.expect("an answer"));
        assert_eq!(repository.memberships(&user.id).await.expect("an answer"), vec![]);
    }
    // Neither takes the name it would have had.
    all(repository, [named(&ben, "e", ChatKind::Channel, "name of c", &[])]).await;
}

pub async fn deleting_a_channel_frees_its_name_in_the_same_batch(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [named(&ann, "a", ChatKind::Channel, "name", &[])]).await;
    let batch = [delete(&ann, "a"), named(&ben, "b", ChatKind::Channel, "NAME", &[]), leave(&ben, "b")];
    let results = repository.commit(batch_of(&batch), now()).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(repository.channel_named("name").await.expect("an answer"), None);
}

pub async fn unread_counts_include_messages_of_the_same_batch(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Channel, &[&ben]), send(&ann, "c", "m")]).await;
    let results = repository.commit(batch_of(&[send(&ann, "c", "n"), join(&ben, "c")]), now()).await;
    let Some(Ok(again)) = results.into_iter().next_back() else { panic!("refused") };
    let ChatEvent::MembersAdded(event) = again.event else { panic!("not MEMBERS_ADDED") };
    assert_eq!(event.chat, chat(repository, "c", &ben).await);
    assert_eq!(event.chat.and_then(|chat| chat.viewer).map(|viewer| viewer.unread_count), Some(2));
}

pub async fn an_empty_batch_returns_no_results(repository: &dyn Repository) {
    assert!(repository.commit([].into(), now()).await.is_empty());
}

pub async fn chat_clocks_have_no_gaps_under_concurrent_writers(repository: &dyn Repository) {
    let users = three(repository).await;
    let [ann, ben, cem] = &users;
    for chat in ["c", "d"] {
        all(repository, [create(ann, chat, ChatKind::Group, &[ben, cem])]).await;
    }
    let writers = (0..16).map(|writer| async move {
        let mut told = vec![];
        for round in 0..10 {
            let batch = |chat| send([ann, ben, cem][writer % 3], chat, &format!("{writer}-{round}"));
            for result in repository.commit(batch_of(&[batch("c"), batch("d")]), now()).await {
                told.push(result.expect("a member").event.seq().expect("a place"));
            }
        }
        told
    });
    let told: Vec<Seq> = futures_util::future::join_all(writers).await.concat();
    assert_eq!(told.iter().collect::<HashSet<_>>().len(), 160, "each position is used once per chat");
    for chat in ["c", "d"] {
        let messages = history(repository, query(chat, Window::Newest, 500)).await.messages;
        assert_eq!(seqs(&messages), (2..=161).collect::<Vec<_>>());
    }
}

pub async fn a_repeated_batch_returns_the_same_messages(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    let batch: Vec<Change> = (0..100).map(|index| send(&ann, "c", &format!("x{index}"))).collect();
    let first = repository.commit(batch_of(&batch), now()).await;
    let again = repository.commit(batch_of(&batch), now()).await;
    for (first, again) in first.into_iter().zip(again) {
        let first = first.expect("new");
        let again = again.expect("the same");
        assert!(again.duplicate);
        assert_eq!(message(&first), message(&again));
    }
    assert_eq!(clock(repository, "c").await, 101);
}

pub async fn reads_are_not_blocked_by_writes_and_see_whole_batches(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    let write = async {
        for round in 0..20 {
            let batch: Vec<Change> = (0..50).map(|index| send(&ann, "c", &format!("{round}-{index}"))).collect();
            for result in repository.commit(batch_of(&batch), now()).await {
                result.expect("a member");
            }
        }
    };
    let read = async {
        while clock(repository, "c").await < 1001 {
            let seen = repository.changes(&ChatId::from("c"), &ben.id, 0, 2000).await.expect("an answer").expect("in");
            assert_eq!(seen.seq % 50, 1, "part of a batch was visible");
            assert_eq!(seqs(&seen.messages), (2..=seen.seq).collect::<Vec<_>>());
            assert_eq!(seen.chat.map(|chat| chat.message_count), Some(seen.seq - 1));
        }
    };
    futures_util::future::join(write, read).await;
}

pub async fn unread_counts_are_exact_with_edits_in_the_same_batch(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben, &cem], 3).await;
    let before = chat(repository, "c", &cem).await.and_then(|chat| chat.viewer).expect("a member").unread_count;
    let batch = [
        edit(&ann, "c", "m2", "other words"),
        send(&ann, "c", "new0"),
        send(&cem, "c", "new1"),
        edit(&ann, "c", "new0", "other words"),
        erase(&ann, "c", "m2"),
        send(&ben, "c", "new2"),
        send(&ann, "c", "new3"),
    ];
    assert!(repository.commit(batch_of(&batch), now()).await.iter().all(Result::is_ok));
    all(repository, [send(&ann, "c", "new4"), send(&cem, "c", "new5")]).await;
    let viewer = chat(repository, "c", &cem).await.and_then(|chat| chat.viewer).expect("a member");
    assert_eq!(viewer.unread_count, before + 4 - 1);
    let anew = [delete(&ann, "c"), create(&ann, "d", ChatKind::Group, &[&cem]), send(&ann, "d", "m")];
    assert!(repository.commit(batch_of(&anew), now()).await.iter().all(Result::is_ok));
    all(repository, [send(&ann, "d", "n")]).await;
    let viewer = chat(repository, "d", &cem).await.and_then(|chat| chat.viewer).expect("a member");
    assert_eq!(viewer.unread_count, 2);
}
