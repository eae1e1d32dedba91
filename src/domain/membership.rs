//! Rules shared by joining, leaving, removing and banning.

use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatRole, Seq, Timestamp, UserId};

use super::{Change, MemberRecord, State};

/// Refuses an actor who is banned from the chat.
pub(super) fn refuse_banned(state: &State, change: &Change, at: Timestamp) -> Result<()> {
    let member = state.member(&change.chat_id, &change.actor.id);
    match member.and_then(|member| member.running_ban(at)) {
        Some(ban) => Err(Error::forbidden(format!("you are banned from this chat {}", ban.term())).at("chatId")),
        None => Ok(()),
    }
}

/// Drops duplicates: a user listed twice must not be counted twice.
pub(super) fn distinct<'a, T>(all: impl Iterator<Item = &'a T>, id: impl Fn(&T) -> &UserId) -> Vec<&'a T> {
    let mut distinct: Vec<&T> = vec![];
    for one in all {
        if !distinct.iter().any(|other| id(other) == id(one)) {
            distinct.push(one);
        }
    }
    distinct
}

/// Ends the membership of these users with one tick and returns its position.
pub(super) fn end_membership(state: &mut State, change: &Change, users: &[UserId]) -> Seq {
    let is_owner =
        |user: &&UserId| state.member(&change.chat_id, user).is_some_and(|member| member.role == Some(ChatRole::Owner));
    let owners = users.iter().filter(is_owner).count() as u64;
    let record = state.tick(&change.chat_id);
    record.chat.member_count -= users.len() as u64;
    record.owners -= owners;
    let seq = record.chat.seq;
    record.changed_seq = seq;
    record.members_seq = seq;
    for user in users {
        if let Some(member) = state.member(&change.chat_id, user).cloned() {
            state.put_member(
                &change.chat_id,
                user,
                MemberRecord { role: None, left_seq: seq, unread_from: None, ..member },
            );
        }
    }
    seq
}
