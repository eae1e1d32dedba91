//! The share of a transactional batch that changes need.

use super::partition::BATCH;
use crate::domain::{Action, Change, Draft};

/// Maximum bytes of one batch, with room for the envelope; Cosmos accepts 2 MiB in all.
pub(super) const BYTES: usize = 1_500_000;

/// The number of changes that fit in one batch; at least one.
pub(super) fn share(changes: &[&Change]) -> usize {
    let mut documents = 0;
    let mut bytes = 0;
    let fits = |change: &&&Change| {
        documents += weight(change);
        bytes += size(change);
        documents <= BATCH && bytes <= BYTES
    };
    changes.iter().take_while(fits).count().max(1)
}

/// The number of documents that a change writes in addition to the head.
fn weight(change: &Change) -> usize {
    let operation = usize::from(change.operation.is_some());
    operation
        + match &change.action {
            Action::Create { members, .. } => 1 + members.len(),
            Action::Add { users } => users.len(),
            Action::Remove { user_ids, .. } => user_ids.len(),
            Action::Send(Draft { peer: Some(_), .. }) => 3,
            // The message, and the documents that count it.
            Action::Erase { .. } => 5,
            // The message, and the reactions added or removed.
            Action::React { .. } => 3,
            Action::Depart { .. } => 2,
            _ => 1,
        }
}

/// The approximate size of its documents in bytes. The outcome of an operation repeats the rest.
pub(super) fn size(change: &Change) -> usize {
    if change.operation.is_some() { 1024 + 2 * own_size(change) } else { own_size(change) }
}

/// About how many bytes the outcome of its operation has.
pub(super) fn outcome_size(change: &Change) -> usize {
    own_size(change)
}

fn own_size(change: &Change) -> usize {
    let draft = match &change.action {
        Action::Send(draft) => draft,
        Action::Edit { content, .. } => return 1024 + 4 * content.len(),
        _ => return 600 * weight(change),
    };
    let text = |text: &str| if text.is_ascii() { text.len() } else { 4 * text.len() };
    let metadata = draft.metadata.as_ref().map(|metadata| metadata.text());
    let attachments = serde_json::to_string(&draft.attachments).map_or(0, |text| text.len());
    1024 + text(&draft.content) + 2 * metadata.map_or(0, |text| text.len()) + attachments
}
