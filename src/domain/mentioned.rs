use std::collections::HashSet;

use crate::protocol::UserId;

use super::mentions::candidates;
use super::{Change, State};

/// Members that a text mentions, each once and in order, without its author: first by username, then as a group.
pub(super) fn mentioned(state: &State, change: &Change, text: &str, group: &[UserId]) -> Vec<UserId> {
    let member = |name: &str| {
        let user = state.name(name)?;
        state.member(&change.chat_id, user)?.role.map(|_| user.clone())
    };
    mentioned_members(text, &change.actor.id, group, member)
}

/// Members other than the author that a text mentions; `member` finds one by a lower-case username.
pub fn mentioned_members(
    text: &str,
    author: &UserId,
    group: &[UserId],
    member: impl Fn(&str) -> Option<UserId>,
) -> Vec<UserId> {
    let mut users: Vec<UserId> = vec![];
    for candidate in candidates(text) {
        let user = candidate.names().find_map(|name| member(&name.to_ascii_lowercase()));
        users.extend(user.filter(|user| user != author && !users.contains(user)));
    }
    let mut known: HashSet<UserId> = users.iter().cloned().collect();
    known.insert(author.clone());
    users.extend(group.iter().filter(|user| known.insert((*user).clone())).cloned());
    users
}
