use crate::protocol::error::{Error, Result};
use crate::protocol::{Ban, ChatEvent, ChatRole, MemberBanned, MemberUnbanned, Seq, Timestamp, UserId};

use super::members::put_out;
use super::{Change, MemberRecord, Outcome, State, refuse_direct, require_active, require_role};

/// Refuses one whom a ban keeps out.
pub(super) fn refuse_banned(state: &State, change: &Change, at: Timestamp) -> Result<()> {
    let member = state.member(&change.chat_id, &change.actor.id);
    match member.and_then(|member| member.running_ban(at)) {
        Some(ban) => Err(Error::forbidden(format!("you are banned from this chat {}", ban.term())).at("chatId")),
        None => Ok(()),
    }
}

type Wish<'a> = (&'a UserId, Option<&'a str>, Option<Timestamp>);

pub(super) fn ban(state: &mut State, change: &Change, at: Timestamp, wish: Wish<'_>) -> Result<Outcome> {
    let (user, reason, until) = wish;
    require_role(state, change, ChatRole::Admin)?;
    refuse_direct(state, change)?;
    require_active(state, change)?;
    let role = |user: &UserId| state.member(&change.chat_id, user).and_then(|member| member.role);
    if *user == change.actor.id {
        return Err(Error::forbidden("you cannot ban yourself; LEAVE_CHAT goes out").at("userId"));
    }
    if role(&change.actor.id) != Some(ChatRole::Owner) && role(user) > Some(ChatRole::Member) {
        return Err(Error::forbidden("only an owner may ban owners and admins").at("userId"));
    }
    let is_in = role(user).is_some();
    let running = state.member(&change.chat_id, user).and_then(|member| member.running_ban(at));
    if !is_in && running.is_some_and(|ban| (ban.reason.as_deref(), ban.until) == (reason, until)) {
        return Ok(Outcome::duplicate(banned(change, wish, clock(state, change), true)));
    }
    let seq = if is_in { put_out(state, change, std::slice::from_ref(user)) } else { tick(state, change) };
    let member = state.member(&change.chat_id, user).cloned().unwrap_or_else(|| MemberRecord::stranger(at));
    let ban = Ban { by: change.actor.id.clone(), at, reason: reason.map(str::to_owned), until };
    state.put_member(&change.chat_id, user, MemberRecord { ban: Some(ban), ..member });
    let left = if is_in { vec![user.clone()] } else { vec![] };
    Ok(Outcome { left, ..Outcome::event(banned(change, wish, seq, false)) })
}

fn banned(change: &Change, (user, reason, until): Wish<'_>, seq: Seq, duplicate: bool) -> ChatEvent {
    let (chat_id, user_id, by) = (change.chat_id.clone(), user.clone(), change.actor.id.clone());
    let reason = reason.map(str::to_owned);
    ChatEvent::MemberBanned(MemberBanned { chat_id, seq, user_id, by, reason, until, duplicate })
}

type Pardon<'a> = (&'a UserId, Option<&'a str>);

pub(super) fn unban(state: &mut State, change: &Change, at: Timestamp, pardon: Pardon<'_>) -> Result<Outcome> {
    let (user, reason) = pardon;
    require_role(state, change, ChatRole::Admin)?;
    refuse_direct(state, change)?;
    require_active(state, change)?;
    let member = state.member(&change.chat_id, user).filter(|member| member.running_ban(at).is_some()).cloned();
    let (duplicate, seq) = match member {
        None => (true, clock(state, change)),
        Some(member) => {
            state.put_member(&change.chat_id, user, MemberRecord { ban: None, ..member });
            (false, tick(state, change))
        }
    };
    let (chat_id, user_id, by) = (change.chat_id.clone(), user.clone(), change.actor.id.clone());
    let reason = reason.map(str::to_owned);
    let event = ChatEvent::MemberUnbanned(MemberUnbanned { chat_id, seq, user_id, by, reason, duplicate });
    Ok(Outcome { duplicate, ..Outcome::event(event) })
}

fn clock(state: &State, change: &Change) -> Seq {
    state.chat(&change.chat_id).map_or(0, |record| record.chat.seq)
}

/// Who is in stays as it is.
fn tick(state: &mut State, change: &Change) -> Seq {
    let record = state.tick(&change.chat_id);
    record.changed_seq = record.chat.seq;
    record.chat.seq
}
