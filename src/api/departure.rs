//! Deleting accounts: of people by themselves, of bots by their owners.

use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::context::{Context, Services};
use crate::auth::security_log;
use crate::domain::{Action, Change};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire;
use crate::protocol::{ChatId, ChatKind, ChatRole, Member, ServerRole, Timestamp, User, UserId, UserKind};
use crate::realtime::hub::{Connection, Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;
use crate::store::files::ReviewHint;
use crate::store::repository::{Account, AccountName};

use super::partial_commit::commit_part;
use super::{accounts, bots, sessions, user_settings};

/// Number of chats left concurrently.
const TOGETHER: usize = 16;
/// Attempts to leave a chat whose possible successors are leaving too.
const ATTEMPTS: usize = 5;
/// Maximum number of successors named.
const SUCCESSORS: usize = 20;
/// Members read at a time.
const PAGE: usize = 200;

const CLOSE: Close = Close { code: 4401, reason: "account deleted" };

/// A deleted account.
#[derive(Debug)]
pub struct Deleted {
    /// The user as others are told.
    pub user: Arc<User>,
    /// The chats whose members are told.
    pub chats: Vec<ChatId>,
    /// The connections to end.
    pub revoked: Revocation,
}

/// A bot is deleted; its owner and everybody who shared a chat with it hear of it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "BOT_DELETED", rename_all = "camelCase")]
pub struct BotDeleted {
    /// The bot's id.
    user_id: UserId,
}

/// Deletes every bot of a user and tells those concerned. A failure leaves the rest for the next attempt.
///
/// # Errors
/// `UNAVAILABLE` if a chat could not be left.
pub async fn delete_bots_of(context: &Context, owner: &UserId) -> Result<()> {
    // The farthest first: what a deleted bot owns could not be found any more.
    for bot in bots::owned(&*context.services.repository, owner).await?.iter().rev() {
        delete_bot(context, &bot.id, None).await?;
    }
    Ok(())
}

/// Deletes a bot and tells those who shared a chat with it and the caller's connections, except the one that gets the
/// reply.
///
/// # Errors
/// `UNAVAILABLE` if a chat could not be left.
pub async fn delete_bot(context: &Context, bot: &UserId, replied: Option<&Connection>) -> Result<BotDeleted> {
    let services = &context.services;
    let found = services.repository.account(&AccountName::Id(bot.clone())).await?;
    let account = found.filter(|account| account.deleted_at.is_none());
    let account = account.ok_or_else(|| Error::not_found("userId", "the bot is deleted already"))?;
    let makers = [account.owner.clone(), Some(bot.clone())];
    let deleted = delete(services, account, None).await?;
    for maker in makers.into_iter().flatten() {
        for token in services.repository.tokens(&maker).await?.iter().filter(|token| token.user_id == *bot) {
            services.repository.revoke_token(&maker, &token.id).await?;
        }
    }
    let caller = &context.user()?.id;
    security_log::account_changed("bot_deleted", bot, caller);
    services.bus.refresh_identity(&deleted.user);
    services.bus.revoke(&deleted.revoked);
    let told = BotDeleted { user_id: bot.clone() };
    services.bus.publish_shared(caller, &deleted.chats, &wire::encode(&told), replied);
    Ok(told)
}

/// Takes an account out of its chats and erases it. The account is as it was read: a password changed since is a
/// CONFLICT.
///
/// # Errors
/// `CONFLICT`, or `UNAVAILABLE` if a chat could not be left.
pub async fn delete(services: &Services, account: Account, connection: Option<Arc<Connection>>) -> Result<Deleted> {
    let now = services.clock.now();
    let user = account.user.id.clone();
    let chats = services.repository.memberships(&user).await?;
    let departing = Departing { services, user: Arc::new(account.user), connection };
    // First: nobody could do it afterwards.
    departing.leave_all(&chats).await?;
    let changed = accounts::change(&*services.repository, &user, |present| {
        if present.password != account.password {
            return Err(Error::conflict("the password was changed at the same time"));
        }
        erase(present, now);
        Ok(())
    });
    let changed = changed.await?;
    services.stats.add_users(-1);
    services.files.reviews().hint(ReviewHint::Owner(user.clone()));
    sessions::forget_all(services, &user, None).await?;
    user_settings::clear(services, &user).await?;
    let shown = Arc::new(services.with_presence(changed.new.user));
    Ok(Deleted { user: shown, chats, revoked: Revocation { user, which: RevokedCredentials::All, close: CLOSE } })
}

/// Erases who it was, except for the username, which stays taken.
fn erase(account: &mut Account, now: Timestamp) {
    let digits: String = account.user.id.chars().rev().filter(char::is_ascii_alphanumeric).take(8).collect();
    account.user = User {
        username: format!("deleted-{digits}"),
        display_name: "Deleted account".to_owned(),
        avatar_url: None,
        role: ServerRole::Member,
        last_seen_at: None,
        ..account.user.clone()
    };
    account.email = None;
    account.password = None;
    account.deleted_at = Some(now);
    accounts::end_foreign_tokens(account, now);
}

/// A user who leaves all chats.
struct Departing<'a> {
    services: &'a Services,
    user: Arc<User>,
    /// The connection that asked for it, which is not told of each chat.
    connection: Option<Arc<Connection>>,
}

impl Departing<'_> {
    /// Leaves these chats, except direct ones; a chat whose only owner leaves gets another.
    async fn leave_all(&self, chats: &[ChatId]) -> Result<()> {
        let departures: Vec<_> = chats.iter().map(|chat| self.leave(chat)).collect();
        stream::iter(departures).buffer_unordered(TOGETHER).try_collect().await
    }

    async fn leave(&self, chat: &ChatId) -> Result<()> {
        let services = self.services;
        for _ in 0..ATTEMPTS {
            let access = services.repository.chat_access(chat, &self.user.id).await?;
            let Some(access) = access.filter(|access| access.chat.kind != ChatKind::Direct) else { return Ok(()) };
            let successors = match access.role {
                None => return Ok(()),
                Some(ChatRole::Owner) => successors(services, chat, &self.user.id).await?,
                Some(_) => vec![],
            };
            let change = Change {
                chat_id: chat.clone(),
                actor: self.user.clone(),
                authority: ServerRole::Member,
                action: Action::Depart { successors },
            };
            match commit_part(services, "LEAVE_CHAT", self.connection.clone(), change).await {
                // The chat was deleted, or the user removed, at the same moment.
                None | Some(Code::NotFound | Code::Forbidden) => return Ok(()),
                Some(Code::Conflict) => {}
                Some(_) => break,
            }
        }
        Err(Error::unavailable("not all chats could be left; try again"))
    }
}

/// The members who may own the chat next: people before bots, admins before others, earlier members before later
/// ones.
async fn successors(services: &Services, chat: &ChatId, user: &UserId) -> Result<Vec<UserId>> {
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
        first.truncate(SUCCESSORS);
        if !page.more {
            break;
        }
    }
    let has_people = first.iter().any(|member| member.user.kind == UserKind::Human);
    let successors = first.into_iter().filter(|member| !has_people || member.user.kind == UserKind::Human);
    Ok(successors.map(|member| member.user.id).collect())
}
