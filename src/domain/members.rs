use crate::protocol::error::{Error, Result};
use crate::protocol::{
    Ban, Chat, ChatEvent, ChatKind, ChatRole, Member, MemberUpdated, MembersAdded, MembersRemoved, Seq, Timestamp,
    User, UserId, Viewer,
};

use super::chats::new_chat;
use super::membership::{distinct, end_membership, refuse_banned};
use super::{Change, MemberRecord, Outcome, State, refuse_direct, require_active, require_role, role_in, unknown_chat};

pub(super) fn join(state: &mut State, change: &Change, at: Timestamp, owners: &[UserId]) -> Result<Outcome> {
    let record = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    if role_in(state, change).is_ok() {
        let viewer = state.viewer(&change.chat_id, &change.actor.id).map(|viewer| viewer.clone().at(at));
        let chat = Chat { viewer, ..record.chat.clone() };
        let event = added(change, chat.seq, vec![], Some(chat));
        return Ok(Outcome::duplicate(event));
    }
    if record.chat.kind != ChatKind::Channel {
        return Err(unknown_chat(&change.chat_id));
    }
    refuse_banned(state, change, at)?;
    // Decided here and not earlier: a ban of the owner may be committed while the bot's command waits in the queue.
    let owner_ban = |owner| state.member(&change.chat_id, owner).and_then(|member| member.running_ban(at));
    if let Some(ban) = owners.iter().find_map(owner_ban) {
        return Err(owner_banned(&change.actor, ban).at("chatId"));
    }
    require_active(state, change)?;
    let mut outcome = admit(state, change, at, &[&*change.actor]);
    let seq = state.chat(&change.chat_id).map_or(0, |record| record.chat.seq);
    if let (ChatEvent::MembersAdded(event), Some(record)) = (&outcome.event, state.chat(&change.chat_id)) {
        let role = state.member(&change.chat_id, &change.actor.id).and_then(|member| member.role);
        let viewer = Some(Viewer::newcomer(role, seq));
        let chat = Some(Chat { viewer, ..record.chat.clone() });
        outcome.reply = Some(ChatEvent::MembersAdded(MembersAdded { chat, ..event.clone() }));
    }
    Ok(outcome)
}

/// The refusal of a bot whose owner is banned from the chat.
pub fn owner_banned(bot: &User, ban: &Ban) -> Error {
    Error::forbidden(format!("the owner of {} is banned from this chat {}", bot.username, ban.term()))
}

pub(super) fn add(state: &mut State, change: &Change, at: Timestamp, users: &[User]) -> Result<Outcome> {
    require_role(state, change, ChatRole::Admin)?;
    refuse_direct(state, change)?;
    require_active(state, change)?;
    let is_in = |user: &User| state.member(&change.chat_id, &user.id).is_some_and(|member| member.role.is_some());
    let new = distinct(users.iter().filter(|user| !is_in(user)), |user| &user.id);
    if new.is_empty() {
        let seq = state.chat(&change.chat_id).map_or(0, |record| record.chat.seq);
        return Ok(Outcome::duplicate(added(change, seq, vec![], None)));
    }
    let ban = |user: &User| state.member(&change.chat_id, &user.id).and_then(|member| member.running_ban(at));
    if let Some((user, ban)) = new.iter().find_map(|user| Some((user, ban(user)?))) {
        let sentence = format!("{} is banned from this chat {}; UNBAN_MEMBER first", user.username, ban.term());
        return Err(Error::forbidden(sentence).at("members"));
    }
    Ok(admit(state, change, at, &new))
}

/// Adds users with one tick: they receive NEW_CHAT, the other members MEMBERS_ADDED. The first user to join a channel
/// without an owner becomes its owner.
fn admit(state: &mut State, change: &Change, at: Timestamp, users: &[&User]) -> Outcome {
    let record = state.tick(&change.chat_id);
    let role = if record.owners == 0 { ChatRole::Owner } else { ChatRole::Member };
    record.owners += if role == ChatRole::Owner { users.len() as u64 } else { 0 };
    record.chat.member_count += users.len() as u64;
    let seq = record.chat.seq;
    record.changed_seq = seq;
    record.members_seq = seq;
    let welcome = new_chat(&record.chat, None, false);
    for user in users {
        state.put_member(&change.chat_id, &user.id, MemberRecord::new(role, at, seq));
    }
    let member =
        |user: &&User| Member { user: (*user).clone(), role, joined_at: at, read_seq: seq, delivered_seq: seq };
    let event = added(change, seq, users.iter().map(member).collect(), None);
    let joined = users.iter().map(|user| user.id.clone()).collect();
    Outcome { joined, welcome: Some(welcome), ..Outcome::event(event) }
}

fn added(change: &Change, seq: Seq, members: Vec<Member>, chat: Option<Chat>) -> ChatEvent {
    let duplicate = members.is_empty();
    let by = change.actor.id.clone();
    ChatEvent::MembersAdded(MembersAdded { chat_id: change.chat_id.clone(), seq, members, by, chat, duplicate })
}

pub(super) fn leave(state: &mut State, change: &Change, at: Timestamp) -> Result<Outcome> {
    let record = state.chat(&change.chat_id).ok_or_else(|| unknown_chat(&change.chat_id))?;
    let Ok(role) = role_in(state, change) else {
        if record.chat.kind == ChatKind::Channel {
            refuse_banned(state, change, at)?;
        }
        return leave_again(state, change, &record.chat);
    };
    refuse_direct(state, change)?;
    let alone = record.chat.member_count == 1;
    let is_held = record.chat.hold;
    let last_owner = role == ChatRole::Owner && record.owners == 1;
    if last_owner && !alone {
        return Err(Error::conflict("you are the last owner; make another member an owner first"));
    }
    let messages = record.chat.message_count;
    let mut outcome = remove_all(state, change, vec![change.actor.id.clone()], None);
    if alone && !is_held {
        state.remove_chat(&change.chat_id);
        outcome.ended = Some(messages);
    }
    Ok(outcome)
}

/// Answers a repeated LEAVE_CHAT. In a private chat the reply has the position of the departure: former members may not
/// learn later ones.
fn leave_again(state: &State, change: &Change, chat: &Chat) -> Result<Outcome> {
    let left = state.member(&change.chat_id, &change.actor.id).map(|member| member.left_seq).filter(|seq| *seq > 0);
    let seq = match (chat.kind, left) {
        (ChatKind::Channel, _) => chat.seq,
        (_, Some(seq)) => seq,
        (_, None) => return Err(unknown_chat(&change.chat_id)),
    };
    Ok(Outcome::duplicate(removed(change, seq, vec![change.actor.id.clone()], None, true)))
}

pub(super) fn remove(state: &mut State, change: &Change, user_ids: &[UserId], reason: Option<&str>) -> Result<Outcome> {
    require_role(state, change, ChatRole::Admin)?;
    refuse_direct(state, change)?;
    require_active(state, change)?;
    let role = |user: &UserId| state.member(&change.chat_id, user).and_then(|member| member.role);
    let present = distinct(user_ids.iter().filter(|user| role(user).is_some()), |user| user);
    let present: Vec<UserId> = present.into_iter().cloned().collect();
    let (seq, owners) = state.chat(&change.chat_id).map_or((0, 0), |record| (record.chat.seq, record.owners));
    if present.is_empty() {
        return Ok(Outcome::duplicate(removed(change, seq, user_ids.to_vec(), reason, true)));
    }
    let actor_is_owner = role(&change.actor.id) == Some(ChatRole::Owner);
    if !actor_is_owner && present.iter().any(|user| *user != change.actor.id && role(user) > Some(ChatRole::Member)) {
        return Err(Error::forbidden("only an owner may remove owners and admins").at("userIds"));
    }
    let leaving_owners = present.iter().filter(|user| role(user) == Some(ChatRole::Owner)).count() as u64;
    if leaving_owners == owners {
        return Err(Error::conflict("the chat would be left without an owner").at("userIds"));
    }
    Ok(remove_all(state, change, present, reason))
}

/// Removes users with one tick, which is the last event they receive.
pub(super) fn remove_all(state: &mut State, change: &Change, users: Vec<UserId>, reason: Option<&str>) -> Outcome {
    let seq = end_membership(state, change, &users);
    let event = removed(change, seq, users.clone(), reason, false);
    Outcome { left: users, ..Outcome::event(event) }
}

/// Changes a member's role. The only owner cannot step down: a chat always has an owner.
pub(super) fn set_role(state: &mut State, change: &Change, user: &UserId, role: ChatRole) -> Result<Outcome> {
    require_role(state, change, ChatRole::Owner)?;
    refuse_direct(state, change)?;
    require_active(state, change)?;
    let member = state.member(&change.chat_id, user).filter(|member| member.role.is_some()).cloned();
    let member = member.ok_or_else(|| Error::not_found("userId", "this user is not in the chat"))?;
    let (seq, owners) = state.chat(&change.chat_id).map_or((0, 0), |record| (record.chat.seq, record.owners));
    if member.role == Some(role) {
        return Ok(Outcome::duplicate(updated(change, seq, user, role, true)));
    }
    let was_owner = member.role == Some(ChatRole::Owner);
    if was_owner && owners == 1 {
        return Err(Error::conflict("you are the last owner; make another member an owner first").at("role"));
    }
    Ok(appoint(state, change, user, member, role))
}

/// Gives a member another role with one tick.
pub(super) fn appoint(
    state: &mut State,
    change: &Change,
    user: &UserId,
    member: MemberRecord,
    role: ChatRole,
) -> Outcome {
    let was_owner = member.role == Some(ChatRole::Owner);
    let record = state.tick(&change.chat_id);
    record.owners = record.owners + u64::from(role == ChatRole::Owner) - u64::from(was_owner);
    let seq = record.chat.seq;
    record.changed_seq = seq;
    record.members_seq = seq;
    state.put_member(&change.chat_id, user, MemberRecord { role: Some(role), ..member });
    Outcome::event(updated(change, seq, user, role, false))
}

pub(super) fn updated(change: &Change, seq: Seq, user: &UserId, role: ChatRole, duplicate: bool) -> ChatEvent {
    ChatEvent::MemberUpdated(MemberUpdated {
        chat_id: change.chat_id.clone(),
        seq,
        user_id: user.clone(),
        role,
        by: change.actor.id.clone(),
        duplicate,
    })
}

fn removed(change: &Change, seq: Seq, user_ids: Vec<UserId>, reason: Option<&str>, duplicate: bool) -> ChatEvent {
    ChatEvent::MembersRemoved(MembersRemoved {
        chat_id: change.chat_id.clone(),
        seq,
        user_ids,
        by: change.actor.id.clone(),
        reason: reason.map(str::to_owned),
        duplicate,
    })
}
