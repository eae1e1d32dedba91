//! When users were last there.

use pichat::model::{Timestamp, User};
use pichat::repository::Repository;

use super::scene::*;

async fn last_seen(repository: &dyn Repository, users: &[&User]) -> Vec<Option<Timestamp>> {
    let ids: Vec<&str> = users.iter().map(|user| &*user.id).collect();
    let found = repository.users(&ids).await.expect("an answer");
    found.into_iter().map(|user| user.expect("a user").last_seen_at).collect()
}

pub async fn it_is_kept_who_was_last_seen_when(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    assert_eq!(last_seen(repository, &[&ann, &ben, &cem]).await, [None, None, None]);
    let (first, second) = (now(), Timestamp::from_millis(now().millis() + 1));
    let seen = [(ann.id.clone(), first), ("nobody".into(), first), (ben.id.clone(), second)];
    repository.note_seen(&seen).await.expect("it is kept");
    assert_eq!(last_seen(repository, &[&ann, &ben, &cem]).await, [Some(first), Some(second), None]);
    repository.note_seen(&[]).await.expect("nothing to keep");
}

pub async fn the_latest_time_stays_in_whatever_order_they_are_told(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let (first, second) = (now(), Timestamp::from_millis(now().millis() + 1));
    repository.note_seen(&[(ann.id.clone(), second), (ben.id.clone(), first)]).await.expect("it is kept");
    let again = [(ann.id.clone(), first), (ben.id.clone(), second), (ben.id.clone(), second)];
    repository.note_seen(&again).await.expect("it is kept");
    assert_eq!(last_seen(repository, &[&ann, &ben]).await, [Some(second), Some(second)]);
}
