//! Times at which users were last seen.

use pichat::protocol::{ChatKind, Timestamp, User};
use pichat::store::repository::{Account, AccountName, Repository};

use super::scene::*;

async fn last_seen(repository: &dyn Repository, users: &[&User]) -> Vec<Option<Timestamp>> {
    let ids: Vec<&str> = users.iter().map(|user| &*user.id).collect();
    let found = repository.users(&ids).await.expect("an answer");
    found.into_iter().map(|user| user.expect("a user").last_seen_at).collect()
}

pub async fn last_seen_times_are_stored_per_user(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    assert_eq!(last_seen(repository, &[&ann, &ben, &cem]).await, [None, None, None]);
    let first = now();
    let second = Timestamp::from_millis(now().millis() + 1);
    let seen = [(ann.id.clone(), first), ("nobody".into(), first), (ben.id.clone(), second)];
    repository.note_seen(&seen).await.expect("it is kept");
    assert_eq!(last_seen(repository, &[&ann, &ben, &cem]).await, [Some(first), Some(second), None]);
    repository.note_seen(&[]).await.expect("nothing to keep");
}

pub async fn the_latest_last_seen_time_wins_in_any_order(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let first = now();
    let second = Timestamp::from_millis(now().millis() + 1);
    repository.note_seen(&[(ann.id.clone(), second), (ben.id.clone(), first)]).await.expect("it is kept");
    let again = [(ann.id.clone(), first), (ben.id.clone(), second), (ben.id.clone(), second)];
    repository.note_seen(&again).await.expect("it is kept");
    assert_eq!(last_seen(repository, &[&ann, &ben]).await, [Some(second), Some(second)]);
}

pub async fn account_updates_keep_the_last_seen_time(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    let name = AccountName::Id(ben.id.clone());
    let read = repository.account(&name).await.expect("an answer").expect("an account");
    let members = repository.members(&"c".into(), None, 9).await.expect("an answer").items;
    assert_eq!(members[1].user.last_seen_at, None);
    let seen = now();
    repository.note_seen(&[(ben.id.clone(), seen)]).await.expect("it is kept");
    let members = repository.members(&"c".into(), None, 9).await.expect("an answer").items;
    assert_eq!(members[1].user.last_seen_at, Some(seen), "at once");
    let user = User { display_name: "Benjamin".into(), ..read.user.clone() };
    assert!(repository.update_account(&Account { user, ..read }).await.expect("an answer"), "nothing else has changed");
    assert_eq!(last_seen(repository, &[&ben]).await, [Some(seen)]);
}

pub async fn deleted_accounts_have_no_last_seen_time(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    repository.note_seen(&[(ben.id.clone(), now())]).await.expect("it is kept");
    let name = AccountName::Id(ben.id.clone());
    let read = repository.account(&name).await.expect("an answer").expect("an account");
    let deleted = Account { user: ben.clone(), deleted_at: Some(now()), ..read };
    assert!(repository.update_account(&deleted).await.expect("an answer"));
    repository.note_seen(&[(ben.id.clone(), now())]).await.expect("nothing to keep");
    let kept = repository.account(&name).await.expect("an answer").expect("an account");
    assert_eq!(kept.user.last_seen_at, None);
    let members = repository.members(&"c".into(), None, 9).await.expect("an answer").items;
    assert_eq!(members[1].user.last_seen_at, None);
}
