use crate::protocol::error::{Error, Result};
use crate::protocol::{Ban, ChatEvent, ChatRole, MemberBanned, MemberUnbanned, Seq, Timestamp, UserId};

use super::membership::end_membership;
use super::{Change, MemberRecord, Outcome, State, refuse_direct, require_active, require_role};

pub(super) fn ban(
    state: &mut State,
    change: &Change,
    at: Timestamp,
    user: &UserId,
    reason: Option<&str>,
    until: Option<Timestamp>,
) -> Result<Outcome> {
    require_role(state, change, ChatRole::Admin)?;
    refuse_direct(state, change)?;
    require_active(state, change)?;
    let role = |user: &UserId| state.member(&change.chat_id, user).and_then(|member| member.role);
    if *user == change.actor.id {
        return Err(Error::forbidden("you cannot ban yourself; use LEAVE_CHAT to leave the chat").at("userId"));
    }
    if role(&change.actor.id) != Some(ChatRole::Owner) && role(user) > Some(ChatRole::Member) {
        return Err(Error::forbidden("only an owner may ban owners and admins").at("userId"));
    }
    let is_in = role(user).is_some();
    let running = state.member(&change.chat_id, user).and_then(|member| member.running_ban(at));
    if !is_in && running.is_some_and(|ban| ban.reason.as_deref() == reason && ban.until == until) {
        return Ok(Outcome::duplicate(banned(
            change,
            &ban_of(change, at, reason, until),
            user,
            current_seq(state, change),
            true,
        )));
    }
    let seq = if is_in { end_membership(state, change, std::slice::from_ref(user)) } else { tick(state, change) };
    let member = state.member(&change.chat_id, user).cloned().unwrap_or_else(|| MemberRecord::stranger(at));
    let ban = ban_of(change, at, reason, until);
    let event = banned(change, &ban, user, seq, false);
    state.put_member(&change.chat_id, user, MemberRecord { ban: Some(ban), ..member });
    let left = if is_in { vec![user.clone()] } else { vec![] };
    Ok(Outcome { left, ..Outcome::event(event) })
}

fn ban_of(change: &Change, at: Timestamp, reason: Option<&str>, until: Option<Timestamp>) -> Ban {
    Ban { by: change.actor.id.clone(), at, reason: reason.map(str::to_owned), until }
}

fn banned(change: &Change, ban: &Ban, user: &UserId, seq: Seq, duplicate: bool) -> ChatEvent {
    ChatEvent::MemberBanned(MemberBanned {
        chat_id: change.chat_id.clone(),
        seq,
        user_id: user.clone(),
        by: ban.by.clone(),
        reason: ban.reason.clone(),
        until: ban.until,
        duplicate,
    })
}

pub(super) fn unban(
    state: &mut State,
    change: &Change,
    at: Timestamp,
    user: &UserId,
    reason: Option<&str>,
) -> Result<Outcome> {
    require_role(state, change, ChatRole::Admin)?;
    refuse_direct(state, change)?;
    require_active(state, change)?;
    let member = state.member(&change.chat_id, user).filter(|member| member.running_ban(at).is_some()).cloned();
    let duplicate = member.is_none();
    let seq = match member {
        None => current_seq(state, change),
        Some(member) => {
            state.put_member(&change.chat_id, user, MemberRecord { ban: None, ..member });
            tick(state, change)
        }
    };
    let event = ChatEvent::MemberUnbanned(MemberUnbanned {
        chat_id: change.chat_id.clone(),
        seq,
        user_id: user.clone(),
        by: change.actor.id.clone(),
        reason: reason.map(str::to_owned),
        duplicate,
    });
    Ok(Outcome { duplicate, ..Outcome::event(event) })
}

fn current_seq(state: &State, change: &Change) -> Seq {
    state.chat(&change.chat_id).map_or(0, |record| record.chat.seq)
}

/// Advances the chat's clock without a change of membership.
fn tick(state: &mut State, change: &Change) -> Seq {
    let record = state.tick(&change.chat_id);
    record.changed_seq = record.chat.seq;
    record.chat.seq
}
