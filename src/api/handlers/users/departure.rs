//! Leaving all chats when an account is deleted.

use futures_util::{StreamExt, TryStreamExt, stream};

use crate::api::context::{Context, Services};
use crate::domain::Action;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{ChatId, ChatKind, ChatRole, Member, UserId, UserKind};

use crate::api::partial_commit::commit_part;

/// Number of chats left concurrently.
const TOGETHER: usize = 16;
/// Attempts to leave a chat whose possible successors are leaving too.
const ATTEMPTS: usize = 5;
/// Maximum number of successors named.
const HEIRS: usize = 20;
/// Members read at a time.
const PAGE: usize = 200;

/// Removes the caller from these chats, direct chats aside, and appoints an owner where the last one leaves.
pub async fn leave_all(context: &Context, chats: &[ChatId]) -> Result<()> {
    let departures: Vec<_> = chats.iter().map(|chat| leave(context, chat)).collect();
    stream::iter(departures).buffer_unordered(TOGETHER).try_collect().await
}

async fn leave(context: &Context, chat: &ChatId) -> Result<()> {
    let services = &context.services;
    let user = &context.user()?.id;
    for _ in 0..ATTEMPTS {
        let standing = services.repository.chat_access(chat, user).await?;
        let Some(standing) = standing.filter(|standing| standing.chat.kind != ChatKind::Direct) else { return Ok(()) };
        let heirs = match standing.role {
            None => return Ok(()),
            Some(ChatRole::Owner) => heirs(services, chat, user).await?,
            Some(_) => vec![],
        };
        let change = context.change(chat.clone(), Action::Depart { heirs })?;
        match commit_part(services, "LEAVE_CHAT", context.connection.clone(), *change).await {
            // The chat was deleted, or the user put out, at the same moment.
            None | Some(Code::NotFound | Code::Forbidden) => return Ok(()),
            Some(Code::Conflict) => {}
            Some(_) => break,
        }
    }
    Err(Error::unavailable("not all chats could be left; try again"))
}

/// The members who may own the chat next: people before bots, admins before others, earlier members before later
/// ones.
async fn heirs(services: &Services, chat: &ChatId, user: &UserId) -> Result<Vec<UserId>> {
    let mut first: Vec<Member> = vec![];
    let mut after: Option<UserId> = None;
    loop {
        let page = services.repository.members(chat, after.as_ref(), PAGE).await?;
        after = page.items.last().map(|member| member.user.id.clone());
        first.extend(page.items.into_iter().filter(|member| member.user.id != *user));
        first.sort_by_key(|member| {
            (
                member.user.kind == UserKind::Bot,
                std::cmp::Reverse(member.role),
                member.joined_at,
                member.user.id.clone(),
            )
        });
        first.truncate(HEIRS);
        if !page.more {
            break;
        }
    }
    let has_people = first.iter().any(|member| member.user.kind == UserKind::Human);
    let heirs = first.into_iter().filter(|member| !has_people || member.user.kind == UserKind::Human);
    Ok(heirs.map(|member| member.user.id).collect())
}
