//! `@channel` and `@here`: the members that a text mentions by a single word.

use crate::api::context::{Context, Services};
use crate::domain::{MentionedGroup, mentioned_group};
use crate::protocol::error::Result;
use crate::protocol::{ChatId, ChatKind, ChatRole, PresenceStatus, UserId};

/// The largest group in which every member may mention all members.
const SMALL: u64 = 100;
/// Maximum number of members that one text mentions.
const MOST: usize = 1000;
/// Members read at a time.
const PAGE: usize = 200;

impl MentionedGroup {
    fn includes(self, services: &Services, user: &UserId) -> bool {
        self == MentionedGroup::Everyone || services.hub.status(user) == PresenceStatus::Online
    }
}

/// The members that a text of the caller mentions as a group. In a group of at most 100 members anybody may do so, in
/// larger ones and in channels owners and admins. In texts of others these words are plain text.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn find(context: &Context, chat: &ChatId, text: &str) -> Result<Vec<UserId>> {
    find_of(&context.services, &context.user()?.id, chat, text).await
}

/// The other user of a direct chat, which may not exist yet, if a text mentions them as a group.
pub fn find_peer(context: &Context, peer: &UserId, text: &str) -> Vec<UserId> {
    let is_meant = |group: MentionedGroup| group.includes(&context.services, peer);
    mentioned_group(text).filter(|group| is_meant(*group)).map(|_| peer.clone()).into_iter().collect()
}

/// The members that a text of this user mentions as a group.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not answer.
pub async fn find_of(services: &Services, author: &UserId, chat: &ChatId, text: &str) -> Result<Vec<UserId>> {
    let Some(group) = mentioned_group(text) else { return Ok(vec![]) };
    let Some(access) = services.repository.chat_access(chat, author).await? else { return Ok(vec![]) };
    let is_small = access.chat.kind != ChatKind::Channel && access.chat.member_count <= SMALL;
    let is_allowed = access.role.is_some_and(|role| role >= ChatRole::Admin || is_small);
    if !is_allowed {
        return Ok(vec![]);
    }
    let is_meant = |user: &UserId| group.includes(services, user);
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
