//! Emoji on messages.

use pichat::domain::Change;
use pichat::protocol::error::Code;
use pichat::protocol::{ChatKind, Message, Reaction, User};
use pichat::store::repository::{Reacted, Repository};

use super::scene::*;

/// The reactions of a message: the emoji, the count, and the first users.
fn told(message: &Message) -> Vec<(&str, u64, Vec<&str>)> {
    let mut told = vec![];
    for Reaction { emoji, count, user_ids, .. } in &message.reactions {
        told.push((emoji.as_str(), *count, user_ids.iter().map(|user| &**user).collect()));
    }
    told
}

pub async fn a_reaction_takes_one_tick_and_counts_once(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    let changes = [
        react(&ben, "c", "m2", "👍", true),
        react(&ann, "c", "m2", "👍", true),
        react(&ben, "c", "m2", "👍", true),
        react(&ben, "c", "m2", "🦀", true),
    ];
    let outcomes = all(repository, changes).await;
    let ticks: Vec<_> = outcomes.iter().map(|outcome| (outcome.event.seq(), outcome.duplicate)).collect();
    assert_eq!(ticks, [(Some(4), false), (Some(5), false), (Some(5), true), (Some(6), false)]);
    let found = stored(repository, "c", "m2").await;
    assert_eq!(told(&found), [("👍", 2, vec!["id-of-ben", "id-of-ann"]), ("🦀", 1, vec!["id-of-ben"])]);
    assert_eq!((found.updated_seq, found.edited_at), (6, None));
    let outcomes = all(repository, [react(&ben, "c", "m2", "👍", false), react(&ben, "c", "m2", "👍", false)]).await;
    assert_eq!((outcomes[0].duplicate, outcomes[1].duplicate), (false, true));
    all(repository, [react(&ben, "c", "m2", "🦀", false)]).await;
    assert_eq!(told(&stored(repository, "c", "m2").await), [("👍", 1, vec!["id-of-ann"])]);
    let changes = repository.changes(&"c".into(), &ann.id, 3, 9).await.expect("an answer").expect("a member");
    assert_eq!(changes.messages, [stored(repository, "c", "m2").await]);
}

pub async fn unauthorized_reactions_are_refused(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    all(repository, [create(&ann, "open", ChatKind::Channel, &[]), send(&ann, "open", "m")]).await;
    assert_eq!(code(commit(repository, react(&cem, "c", "m2", "x", true)).await), Code::NotFound);
    assert_eq!(code(commit(repository, react(&cem, "open", "m", "x", true)).await), Code::Forbidden);
    assert_eq!(code(commit(repository, react(&ben, "c", "none", "x", true)).await), Code::NotFound);
    all(repository, [erase(&ann, "c", "m2")]).await;
    assert_eq!(code(commit(repository, react(&ben, "c", "m2", "x", true)).await), Code::Conflict);
    all(repository, [activate(&ann, "c", false)]).await;
    assert_eq!(code(commit(repository, react(&ben, "c", "m3", "x", true)).await), Code::Conflict);
}

pub async fn distinct_emoji_per_message_are_bounded(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 1).await;
    let many: Vec<Change> = (0..101).map(|number| react(&ben, "c", "m2", &format!("e{number}"), true)).collect();
    let results = repository.commit(batch_of(&many), now()).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 100);
    assert_eq!(code(results.into_iter().next_back().expect("the last")), Code::Conflict);
    all(repository, [react(&ann, "c", "m2", "e7", true)]).await;
}

async fn crowd(repository: &dyn Repository, count: usize) -> Vec<User> {
    let mut users = vec![];
    for number in 0..count {
        users.push(user(repository, &format!("user{number:03}")).await);
    }
    users
}

pub async fn the_first_fifty_reacting_users_are_listed(repository: &dyn Repository) {
    let users = crowd(repository, 56).await;
    let all_of_them: Vec<&User> = users.iter().collect();
    talk(repository, "c", &all_of_them, 1).await;
    let changes: Vec<Change> = users.iter().map(|user| react(user, "c", "m2", "👍", true)).collect();
    for result in repository.commit(batch_of(&changes), now()).await {
        result.expect("a member");
    }
    let named = || async { stored(repository, "c", "m2").await.reactions.remove(0) };
    let of = |range: std::ops::Range<usize>| users[range].iter().map(|user| user.id.clone()).collect::<Vec<_>>();
    let first = named().await;
    assert_eq!((first.count, first.user_ids), (56, of(0..50)));
    let again = commit(repository, react(&users[53], "c", "m2", "👍", true)).await.expect("it is there");
    assert!(again.duplicate, "a user beyond the listed ones has reacted too");
    let out = [react(&users[51], "c", "m2", "👍", false), react(&users[3], "c", "m2", "👍", false)];
    for result in repository.commit(batch_of(&out), now()).await {
        assert!(!result.expect("a member").duplicate);
    }
    let expected = [of(0..3), of(4..50), of(50..51)].concat();
    assert_eq!((named().await.count, named().await.user_ids), (54, expected));
    let out: Vec<Change> = [0, 1, 2, 50].map(|place| react(&users[place], "c", "m2", "👍", false)).into();
    for result in repository.commit(batch_of(&out), now()).await {
        assert!(!result.expect("a member").duplicate);
    }
    let expected = [of(4..50), of(52..56)].concat();
    assert_eq!((named().await.count, named().await.user_ids), (50, expected));
    let asked = |chat: &str, emoji: &str| Reacted { chat: chat.into(), message: "m2".into(), emoji: emoji.to_owned() };
    let asked = [asked("c", "👍"), asked("c", "🦀"), asked("none", "👍")];
    assert_eq!(repository.reacted(&users[55].id, &asked).await.expect("an answer"), [true, false, false]);
    assert_eq!(repository.reacted(&users[51].id, &asked[..1]).await.expect("an answer"), [false]);
}

pub async fn deleting_a_message_or_chat_deletes_its_reactions(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    all(repository, [react(&ben, "c", "m2", "👍", true), react(&ben, "c", "m3", "👍", true)]).await;
    let deleted = commit(repository, erase(&ann, "c", "m2")).await.expect("an owner");
    assert!(message(&deleted).reactions.is_empty());
    let asked = [Reacted { chat: "c".into(), message: "m3".into(), emoji: "👍".into() }];
    assert_eq!(repository.reacted(&ben.id, &asked).await.expect("an answer"), [true]);
    all(repository, [delete(&ann, "c")]).await;
    // A store may delete hidden data in the background.
    while repository.reacted(&ben.id, &asked).await.expect("an answer") == [true] {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

pub async fn reactions_in_one_batch_are_counted_in_order(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    let batch = [
        send(&ann, "c", "m"),
        react(&ben, "c", "m", "👍", true),
        react(&ann, "c", "m", "👍", true),
        react(&ben, "c", "m", "👍", false),
        edit(&ann, "c", "m", "better"),
        react(&ben, "c", "m", "🦀", true),
    ];
    for result in repository.commit(batch_of(&batch), now()).await {
        assert!(!result.expect("a member").duplicate);
    }
    let found = stored(repository, "c", "m").await;
    assert_eq!(told(&found), [("👍", 1, vec!["id-of-ann"]), ("🦀", 1, vec!["id-of-ben"])]);
    assert_eq!((found.content.as_str(), found.seq, found.updated_seq), ("better", 2, 7));
}
