use crate::protocol::UserId;

use super::mentions::candidates;
use super::{Change, State};

/// Members whom a text mentions, each once and in order, without its author.
pub(super) fn mentioned(state: &State, change: &Change, text: &str) -> Vec<UserId> {
    let member = |name: &str| {
        let user = state.name(&name.to_ascii_lowercase())?;
        state.member(&change.chat_id, user)?.role.map(|_| user.clone())
    };
    let mut users: Vec<UserId> = vec![];
    for candidate in candidates(text) {
        let user = candidate.names().find_map(member);
        users.extend(user.filter(|user| *user != change.actor.id && !users.contains(user)));
    }
    users
}
