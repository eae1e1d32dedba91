//! Recent changes that concern a single user: settings, mutes and unread marks. A node that may have missed an event
//! looks up here what to read again.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::protocol::{ChatId, ClientJson, Mute, Seq, Timestamp, UserId, Viewer};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{Document, Repository};

/// Attempts to save a document while other nodes save it.
const ATTEMPTS: u32 = 12;
/// The time for which a change is remembered. After a longer outage, SYNC returns it.
const REMEMBERED: Duration = Duration::from_secs(3600);
/// Maximum number of chats remembered; the latest ones are kept.
const MOST: usize = 100;

/// A part of a user's own state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnPart<'a> {
    /// The settings.
    Settings,
    /// The mute and the unread mark of a chat.
    Chat(&'a ChatId),
}

/// The stored document, with the time just before the latest change of each part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct OwnChanges {
    settings: Option<Timestamp>,
    chats: BTreeMap<ChatId, Timestamp>,
}

/// The changed parts, as currently stored.
#[derive(Clone, Debug, Default)]
pub struct PersonalState {
    /// The settings, if they were changed.
    pub settings: Option<ClientJson>,
    /// The chats whose mute or unread mark was changed.
    pub chats: Vec<PersonalChatState>,
}

impl PersonalState {
    /// True if nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.settings.is_none() && self.chats.is_empty()
    }
}

/// The mute and the unread mark that a user has set for a chat.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonalChatState {
    /// The chat.
    pub chat_id: ChatId,
    /// The mute.
    pub mute: Mute,
    /// The message from which it is marked unread.
    pub unread_from: Option<Seq>,
    /// The last message read.
    pub read_seq: Seq,
    /// The time just before the latest change.
    pub changed_at: Timestamp,
}

fn place(user: &UserId) -> String {
    format!("own:{user}")
}

/// The name of the document with a user's settings.
pub fn settings_place(user: &UserId) -> String {
    format!("user:{user}")
}

/// Records that a user is about to change a part. Called before the change, so that no change is missed.
///
/// # Errors
/// Fails if the storage does not respond, or if other nodes keep changing the same document.
pub async fn note(repository: &dyn Repository, user: &UserId, part: OwnPart<'_>, now: Timestamp) -> Result<()> {
    update(repository, user, |changes| {
        match part {
            OwnPart::Settings => changes.settings = Some(now),
            OwnPart::Chat(chat) => drop(changes.chats.insert(chat.clone(), now)),
        }
        changes.chats.retain(|_, at| *at >= now.minus(REMEMBERED));
        while changes.chats.len() > MOST {
            let oldest = changes.chats.iter().min_by_key(|(_, at)| **at).map(|(chat, _)| chat.clone());
            oldest.and_then(|chat| changes.chats.remove(&chat));
        }
    })
    .await
}

/// Forgets all changes of a user.
///
/// # Errors
/// Like [`note`].
pub async fn clear(repository: &dyn Repository, user: &UserId) -> Result<()> {
    if repository.document(&place(user)).await?.is_none() {
        return Ok(());
    }
    update(repository, user, |changes| *changes = OwnChanges::default()).await
}

async fn update(repository: &dyn Repository, user: &UserId, change: impl Fn(&mut OwnChanges)) -> Result<()> {
    for _ in 0..ATTEMPTS {
        let stored = repository.document(&place(user)).await?;
        let version = stored.as_ref().map_or(1, |stored| stored.version + 1);
        let mut changes = parsed(stored)?;
        change(&mut changes);
        let text = serde_json::to_string(&changes).map_err(StoreError::internal)?;
        match repository.save_document(&place(user), &Document { version, text }).await {
            Ok(true) => return Ok(()),
            Ok(false) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::unavailable("other nodes are changing the same user; try again"))
}

fn parsed(stored: Option<Document>) -> Result<OwnChanges> {
    let Some(Document { text, .. }) = stored else { return Ok(OwnChanges::default()) };
    serde_json::from_str(&text).map_err(StoreError::internal)
}

/// Everything that a user has changed since `since`, as of `now`.
///
/// # Errors
/// Fails if the storage does not respond.
pub async fn state_since(
    repository: &dyn Repository,
    user: &UserId,
    since: Timestamp,
    now: Timestamp,
) -> Result<PersonalState> {
    let OwnChanges { settings, chats } = parsed(repository.document(&place(user)).await?)?;
    let mut state = PersonalState::default();
    if settings.is_some_and(|at| at >= since) {
        let stored = repository.document(&settings_place(user)).await?;
        let settings = stored.map(|stored| serde_json::from_str(&stored.text)).transpose();
        state.settings = Some(settings.map_err(StoreError::internal)?.unwrap_or_default());
    }
    for (chat_id, changed_at) in chats.into_iter().filter(|(_, at)| *at >= since) {
        let chat = repository.chat(&chat_id, user).await?;
        // A channel that the user has left is still readable.
        let viewer = chat.and_then(|chat| chat.viewer).filter(|viewer| viewer.my_role.is_some());
        let Some(viewer) = viewer.map(|viewer| viewer.at(now)) else { continue };
        let mute = match (viewer.muted, viewer.muted_until) {
            (false, _) => Mute::No,
            (true, Some(end)) => Mute::Until(end),
            (true, None) => Mute::Always,
        };
        let Viewer { unread_from_seq, read_seq, .. } = viewer;
        state.chats.push(PersonalChatState { chat_id, mute, unread_from: unread_from_seq, read_seq, changed_at });
    }
    Ok(state)
}
