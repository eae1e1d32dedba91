use std::cmp::Reverse;

use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatKind, ChatRole, UserId};

use super::members::{appoint, expel};
use super::{Change, Outcome, State, refuse_direct, role_in, unknown_chat};

/// One whose account ends goes out of groups and channels, of archived ones too. A group that is left empty is gone; a
/// channel stays for those who read it, and the next who comes in owns it.
pub(super) fn depart(state: &mut State, change: &Change, heirs: &[UserId]) -> Result<Outcome> {
    let role = role_in(state, change)?;
    refuse_direct(state, change)?;
    let record = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    let is_alone = record.chat.member_count == 1;
    let is_last_owner = role == ChatRole::Owner && record.owners == 1;
    let ended = (is_alone && record.chat.kind == ChatKind::Group).then_some(record.chat.message_count);
    let first = match is_last_owner && !is_alone {
        true => Some(Box::new(hand_over(state, change, heirs)?)),
        false => None,
    };
    let outcome = expel(state, change, vec![change.actor.id.clone()], None);
    if ended.is_some() {
        state.remove_chat(&change.chat_id);
    }
    Ok(Outcome { first, ended, ..outcome })
}

/// The admin who came in first becomes an owner; where none is an admin, the member who came in first.
fn hand_over(state: &mut State, change: &Change, heirs: &[UserId]) -> Result<Outcome> {
    let others = heirs.iter().filter(|user| **user != change.actor.id);
    let present = others.filter_map(|user| {
        let member = state.member(&change.chat_id, user)?;
        Some(((Reverse(member.role?), member.joined_at, user), member))
    });
    let eldest = present.min_by(|(one, _), (other, _)| one.cmp(other));
    let Some(((_, _, user), member)) = eldest else {
        return Err(Error::conflict("none of those who might own the chat is in it any more"));
    };
    let member = member.clone();
    Ok(appoint(state, change, (user, member), ChatRole::Owner))
}
