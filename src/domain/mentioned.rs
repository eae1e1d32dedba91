use std::collections::HashSet;

use crate::protocol::UserId;

use super::mentions::candidates;
use super::{Change, State};

/// Members whom a text mentions, each once and in order, without its author: by their names, then as a group.
pub(super) fn mentioned(state: &State, change: &Change, text: &str, group: &[UserId]) -> Vec<UserId> {
    let member = |name: &str| {
        let user = state.name(&name.to_ascii_lowercase())?;
        state.member(&change.chat_id, user)?.role.map(|_| user.clone())
    };
    let mut users: Vec<UserId> = vec![];
    for candidate in candidates(text) {
        let user = candidate.names().find_map(member);
        users.extend(user.filter(|user| *user != change.actor.id && !users.contains(user)));
    }
    let mut known: HashSet<UserId> = users.iter().cloned().collect();
    known.insert(change.actor.id.clone());
    users.extend(group.iter().filter(|user| known.insert((*user).clone())).cloned());
    users
}
