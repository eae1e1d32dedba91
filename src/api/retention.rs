//! Removal of messages older than their chat's retention period.
//!
//! A trim is decided in the transaction that advances the chat's clock, so any number of nodes may look for old
//! messages at the same time: each message is removed, and its removal published, only once.

use std::sync::{Arc, LazyLock};

use crate::api::context::Services;
use crate::api::partial_commit::commit_as_server;
use crate::domain::{Action, Change, RetentionPolicy};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{ChatId, PresenceStatus, ServerRole, Timestamp, User, UserKind};

/// Chats read at a time.
const PAGE: usize = 100;

/// The actor of changes that the server makes itself. No event names it.
static SERVER: LazyLock<Arc<User>> = LazyLock::new(|| {
    Arc::new(User {
        id: "server".into(),
        username: "server".to_owned(),
        display_name: "Server".to_owned(),
        avatar_url: None,
        kind: UserKind::Bot,
        role: ServerRole::Admin,
        status: PresenceStatus::Offline,
        last_seen_at: None,
        created_at: Timestamp::from_millis(0),
        email: None,
        version: 0,
    })
});

/// Removes all due messages, with as many ticks per chat as its storage needs.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond; messages removed so far stay removed.
pub async fn trim_expired(services: &Services) -> Result<()> {
    while trim_once(services).await? > 0 {}
    Ok(())
}

/// Trims every chat with due messages once, and returns the number of chats.
async fn trim_once(services: &Services) -> Result<usize> {
    let policy = RetentionPolicy { days: services.config.retention.days };
    let mut trimmed = 0;
    let mut after: Option<ChatId> = None;
    loop {
        let now = services.clock.look();
        let page = services.repository.expired_chats(policy, now, after.as_ref(), PAGE).await?;
        for chat in &page.items {
            match commit_as_server(services, change(services, chat, policy)).await {
                None => trimmed += 1,
                // The chat was deleted or put on hold at the same time.
                Some(Code::NotFound | Code::Forbidden) => {}
                Some(_) => return Err(Error::unavailable("a chat could not be trimmed")),
            }
        }
        after = page.items.last().cloned();
        if !page.more {
            return Ok(trimmed);
        }
    }
}

fn change(services: &Services, chat: &ChatId, policy: RetentionPolicy) -> Change {
    Change {
        chat_id: chat.clone(),
        actor: SERVER.clone(),
        authority: ServerRole::Admin,
        action: Action::Trim(policy),
        large_chats: services.large_chats(),
        operation: None,
    }
}
