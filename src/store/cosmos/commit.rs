//! Turns a batch of changes into one transactional batch per chat, or several if it exceeds the limits.
//!
//! Chats are written concurrently, except those whose names depend on each other.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::time::Instant;

use super::segment::Segment;
use super::{CONCURRENT, Store, weights};
use crate::domain::{Action, Change, ChatUpdate, Outcome};
use crate::protocol::{ChatId, ChatKind, Timestamp};
use crate::store::error::{Result, StoreError};

/// The time for which a change is retried here before the caller has to retry.
const PATIENCE: Duration = Duration::from_secs(10);

/// The results, in the order of the changes.
pub(super) async fn commit(store: &Arc<Store>, batch: &[Change], at: Timestamp) -> Vec<Result<Outcome>> {
    let begun = store.begin_operations(batch, at, weights::outcome_size).await;
    let is_begun = |places: Vec<usize>| places.into_iter().filter(|place| begun[*place].is_ok()).collect();
    let streams: Vec<_> = streams(batch).into_iter().map(|places| placed(store, batch, is_begun(places), at)).collect();
    let done: Vec<_> = stream::iter(streams).buffer_unordered(CONCURRENT).collect().await;
    let mut results: Vec<Option<Result<Outcome>>> = begun.into_iter().map(|begun| begun.err().map(Err)).collect();
    for (places, outcomes) in done {
        for (place, outcome) in places.into_iter().zip(outcomes) {
            results[place] = Some(outcome);
        }
    }
    results
        .into_iter()
        .map(|result| result.unwrap_or_else(|| Err(StoreError::internal("a change has no result"))))
        .collect()
}

async fn placed(
    store: &Arc<Store>,
    batch: &[Change],
    places: Vec<usize>,
    at: Timestamp,
) -> (Vec<usize>, Vec<Result<Outcome>>) {
    let changes: Vec<&Change> = places.iter().map(|place| &batch[*place]).collect();
    let results = in_order(store, &changes, at).await;
    (places, results)
}

/// The indexes of changes that must be made in order: those of one chat, and those of all chats that take or release a
/// channel's name, if any takes one.
fn streams(batch: &[Change]) -> Vec<Vec<usize>> {
    let names: HashSet<&ChatId> =
        batch.iter().filter(|change| may_name(&change.action)).map(|change| &change.chat_id).collect();
    let is_named = batch.iter().any(|change| takes_name(&change.action));
    let mut streams: Vec<Vec<usize>> = vec![];
    let mut of_chat = std::collections::HashMap::new();
    for (place, change) in batch.iter().enumerate() {
        let key = (!(is_named && names.contains(&change.chat_id))).then_some(&change.chat_id);
        let stream = *of_chat.entry(key).or_insert_with(|| {
            streams.push(vec![]);
            streams.len() - 1
        });
        streams[stream].push(place);
    }
    streams
}

fn takes_name(action: &Action) -> bool {
    matches!(action, Action::Create { kind: ChatKind::Channel, .. } | Action::Update(ChatUpdate { name: Some(_), .. }))
}

fn may_name(action: &Action) -> bool {
    takes_name(action) || matches!(action, Action::Delete | Action::Leave)
}

/// Commits changes that must be made in order; each run of one chat is committed separately.
async fn in_order(store: &Arc<Store>, changes: &[&Change], at: Timestamp) -> Vec<Result<Outcome>> {
    let mut results = Vec::with_capacity(changes.len());
    while let Some(first) = changes.get(results.len()) {
        let rest = &changes[results.len()..];
        let run = rest.iter().take_while(|change| change.chat_id == first.chat_id).count();
        results.extend(of_chat(store, &rest[..run], at).await);
    }
    results
}

async fn of_chat(store: &Arc<Store>, changes: &[&Change], at: Timestamp) -> Vec<Result<Outcome>> {
    let chat = &changes[0].chat_id;
    let slot = store.cache.slot(chat);
    let mut known = slot.lock().await;
    let mut results = Vec::with_capacity(changes.len());
    while results.len() < changes.len() {
        let mut segment = Segment::new(store, chat, at);
        let until = Instant::now() + PATIENCE;
        match segment.commit(&mut known, &changes[results.len()..], until).await {
            Ok(outcomes) => results.extend(outcomes),
            Err(error) => {
                *known = None;
                results.extend((results.len()..changes.len()).map(|_| Err(error.repeated())).collect::<Vec<_>>());
                if let Some(last) = results.last_mut() {
                    *last = Err(error);
                }
            }
        }
    }
    results
}

#[cfg(test)]
mod tests {
    use super::streams;
    use crate::domain::{Action, Change};
    use crate::protocol::{ChatKind, LargeChats, User};

    fn change(chat: &str, action: Action) -> Change {
        let user: User = serde_json::from_value(serde_json::json!({
            "id": "u", "username": "u", "displayName": "u", "kind": "human", "role": "member", "status": "offline",
            "createdAt": "2026-01-01T00:00:00.000Z",
        }))
        .expect("a user");
        let large_chats = LargeChats::default();
        Change { chat_id: chat.into(), authority: user.role, actor: user.into(), action, operation: None, large_chats }
    }

    #[test]
    fn chats_commit_separately_unless_a_name_may_be_freed() {
        let create =
            || Action::Create { kind: ChatKind::Channel, name: "n".into(), description: None, members: vec![] };
        let join = || Action::Join { owners: vec![] };
        let batch = [("a", join()), ("b", Action::Leave), ("a", join()), ("c", Action::Leave)];
        let mut batch: Vec<Change> = batch.into_iter().map(|(chat, action)| change(chat, action)).collect();
        assert_eq!(streams(&batch), [vec![0, 2], vec![1], vec![3]]);
        batch.push(change("d", create()));
        assert_eq!(streams(&batch), [vec![0, 2], vec![1, 3, 4]]);
    }
}
