//! `@channel` and `@here`: the members that a text mentions by a single word.

use crate::api::context::Context;
use crate::domain::{MentionedGroup, mentioned_group};
use crate::protocol::error::Result;
use crate::protocol::{ChatId, ChatKind, ChatRole, PresenceStatus, UserId};

/// The largest group in which every member may mention all members.
const SMALL: u64 = 100;
/// Maximum number of members that one text mentions.
const MOST: usize = 1000;
/// Members read at a time.
const PAGE: usize = 200;

/// The members that the caller's text mentions as a group. In a group of at most 100 members anyone may do so; in
/// larger ones and in channels, only owners and admins. In other users' texts these words are plain text.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn find(context: &Context, chat: &ChatId, text: &str) -> Result<Vec<UserId>> {
    let Some(group) = mentioned_group(text) else { return Ok(vec![]) };
    let services = &context.services;
    let Some(access) = services.repository.chat_access(chat, &context.user()?.id).await? else { return Ok(vec![]) };
    let is_small = access.chat.kind != ChatKind::Channel && access.chat.member_count <= SMALL;
    let is_allowed = access.role.is_some_and(|role| role >= ChatRole::Admin || is_small);
    if !is_allowed {
        return Ok(vec![]);
    }
    let is_meant =
        |user: &UserId| group == MentionedGroup::Everyone || services.hub.status(user) == PresenceStatus::Online;
    let mut users: Vec<UserId> = vec![];
    let mut after: Option<UserId> = None;
    loop {
        let page = services.repository.members(chat, after.as_ref(), PAGE).await?;
        after = page.items.last().map(|member| member.user.id.clone());
        users.extend(page.items.into_iter().map(|member| member.user.id).filter(is_meant));
        if !page.more || users.len() >= MOST {
            users.truncate(MOST);
            return Ok(users);
        }
    }
}
