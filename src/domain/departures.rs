use std::cmp::Reverse;

use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatKind, ChatRole, Timestamp, UserId};

use super::members::{appoint, remove_all, updated};
use super::{Change, MemberRecord, Outcome, State, refuse_direct, role_in, unknown_chat};

/// Removes a user whose account is deleted from a group or channel, even if it is archived. An empty group is deleted,
/// unless it is on hold; an empty channel stays readable, and the next user to join it becomes its owner.
pub(super) fn remove_deleted_account(state: &mut State, change: &Change, successors: &[UserId]) -> Result<Outcome> {
    let role = role_in(state, change)?;
    refuse_direct(state, change)?;
    let record = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    let is_alone = record.chat.member_count == 1;
    let is_last_owner = role == ChatRole::Owner && record.owners == 1;
    let ends = is_alone && record.chat.kind == ChatKind::Group && !record.chat.hold;
    let ended = ends.then_some(record.chat.message_count);
    let hands_over = is_last_owner && !is_alone;
    let first = if hands_over { Some(Box::new(hand_over(state, change, &change.actor.id, successors)?)) } else { None };
    let outcome = remove_all(state, change, vec![change.actor.id.clone()], None);
    if ended.is_some() {
        state.remove_chat(&change.chat_id);
    }
    Ok(Outcome { first, ended, ..outcome })
}

/// Hands over a group or channel whose only owner is banned from the server, even if it is archived: another member
/// becomes the owner, and the former owner a member. Changes nothing if there is another owner, or no other member.
pub(super) fn replace_owner(
    state: &mut State,
    change: &Change,
    owner: &UserId,
    successors: &[UserId],
) -> Result<Outcome> {
    if !change.by_moderator() {
        return Err(Error::forbidden("only moderators may hand over another user's chats"));
    }
    refuse_direct(state, change)?;
    let record = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    let role = state.member(&change.chat_id, owner).and_then(|member| member.role);
    if role != Some(ChatRole::Owner) || record.owners > 1 || record.chat.member_count == 1 {
        let event = updated(change, record.chat.seq, owner, role.unwrap_or(ChatRole::Member), true);
        return Ok(Outcome::duplicate(event));
    }
    let first = Some(Box::new(hand_over(state, change, owner, successors)?));
    let member = state.member(&change.chat_id, owner).cloned().ok_or_else(|| unknown_chat(&change.chat_id))?;
    Ok(Outcome { first, ..appoint(state, change, owner, member, ChatRole::Member) })
}

/// Makes the admin who joined first an owner, or the member who joined first if there is no admin.
fn hand_over(state: &mut State, change: &Change, owner: &UserId, successors: &[UserId]) -> Result<Outcome> {
    let others = successors.iter().filter(|user| *user != owner);
    let present = others.filter_map(|user| {
        let member = state.member(&change.chat_id, user)?;
        member.role.map(|role| Successor { rank: (Reverse(role), member.joined_at, user), member })
    });
    let Some(Successor { rank: (_, _, user), member }) = present.min_by(|one, other| one.rank.cmp(&other.rank)) else {
        return Err(Error::conflict("none of the possible new owners is still in the chat"));
    };
    let successor = user.clone();
    let member = member.clone();
    Ok(appoint(state, change, &successor, member, ChatRole::Owner))
}

/// A candidate for ownership, ranked by role, then by the time of joining.
struct Successor<'a> {
    rank: (Reverse<ChatRole>, Timestamp, &'a UserId),
    member: &'a MemberRecord,
}
