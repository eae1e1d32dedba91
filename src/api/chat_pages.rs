//! Pages of chats that miss none, even if chats change between two pages.
//!
//! The first pages list chats by their latest activity, newest first. A chat that becomes active while they are read
//! moves to the top, before the current page. The last pages therefore list every chat with activity since the first
//! page by id, an order in which nothing moves.

use data_encoding::BASE64URL_NOPAD;

use crate::api::reply_budget;
use crate::ops::crypto;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Chat, ChatId, Timestamp};
use crate::store::repository::{ChatsFrom, ChatsQuery, Repository};

/// Maximum time between the timestamp of a change and its commit, on any node. A change may be timestamped this long
/// before the newest activity of the first page and still be missing from that page.
const UNDER_WAY_MILLIS: i64 = 10_000;
/// Maximum number of listed chats in a cursor.
const LISTED: usize = 200;
/// Characters of a [`Listed`] chat in a cursor.
const WIDTH: usize = 8;

/// A page of chats and the cursor of the next one.
#[derive(Debug)]
pub struct ChatPage {
    /// The chats as the caller sees them.
    pub chats: Vec<Chat>,
    /// The cursor of the next page; none on the last page.
    pub next: Option<String>,
}

/// A position in a list of chats.
#[derive(Clone, Debug, Default)]
pub(super) struct ChatCursor {
    /// Chats with activity since then may have moved between pages.
    since: i64,
    /// Chats with activity since then that were listed in their current state.
    listed: Vec<String>,
    /// The position in the order of activity; none among the chats listed by id.
    activity: Option<i64>,
    /// The last chat of the previous page; empty at the beginning.
    last: String,
}

/// Reads the page of chats after a cursor; the query selects the chats.
///
/// # Errors
/// `INVALID_ARGUMENT` if the cursor is not one of [`ChatPage::next`].
pub async fn read(repository: &dyn Repository, query: ChatsQuery, cursor: Option<&str>) -> Result<ChatPage> {
    let mut cursor = cursor.map(ChatCursor::parse).transpose()?;
    let mut chats = vec![];
    let by_activity = cursor.as_ref().is_none_or(|cursor| cursor.activity.is_some());
    if by_activity {
        let from = cursor.as_ref().map_or(ChatsFrom::Newest, ChatCursor::from);
        let mut page = repository.chats(&ChatsQuery { from, ..query.clone() }).await?;
        page.more |= reply_budget::cut(&mut page.items)?;
        if cursor.is_none() && !page.more {
            return Ok(ChatPage { chats: page.items, next: None });
        }
        let mut position = cursor.unwrap_or_else(|| ChatCursor::first(&page.items));
        position.note(&page.items);
        if page.more {
            position.move_past(page.items.last());
            return Ok(ChatPage { chats: page.items, next: Some(position.to_string()) });
        }
        chats = page.items;
        cursor = Some(ChatCursor { activity: None, last: String::new(), ..position });
    }
    let cursor = cursor.unwrap_or_default();
    read_moved(repository, query, cursor, chats).await
}

/// Fills the page with chats that became active while the earlier pages were read.
async fn read_moved(
    repository: &dyn Repository,
    query: ChatsQuery,
    cursor: ChatCursor,
    mut chats: Vec<Chat>,
) -> Result<ChatPage> {
    let room = query.limit.saturating_sub(chats.len());
    let mut moved: Vec<Chat> = vec![];
    let mut from = cursor.from();
    loop {
        let page = repository.chats(&ChatsQuery { from: from.clone(), limit: room + 1, ..query.clone() }).await?;
        let Some(last) = page.items.last() else { break };
        from = from.past(last.updated_at, &last.id);
        moved.extend(page.items.into_iter().filter(|chat| !cursor.has_listed(chat)));
        if !page.more || moved.len() > room {
            break;
        }
    }
    let fitting = match reply_budget::fitting_after(&chats, &moved)? {
        // An empty page would lead nowhere.
        0 if chats.is_empty() => 1,
        fitting => fitting.min(room),
    };
    let next = (moved.len() > fitting).then(|| {
        moved.truncate(fitting);
        let last = moved.last().map_or_else(|| cursor.last.clone(), |chat| chat.id.to_string());
        ChatCursor { last, ..cursor }.to_string()
    });
    chats.extend(moved);
    Ok(ChatPage { chats, next })
}

impl ChatCursor {
    /// The cursor of a list whose first page begins with these chats.
    fn first(chats: &[Chat]) -> Self {
        let newest = chats.first().map_or(0, |chat| chat.updated_at.millis());
        ChatCursor { since: newest.saturating_sub(UNDER_WAY_MILLIS), ..ChatCursor::default() }
    }

    fn from(&self) -> ChatsFrom {
        let last = ChatId::from(&*self.last);
        match self.activity {
            Some(at) => ChatsFrom::After { updated_at: Timestamp::from_millis(at), chat: last },
            None => ChatsFrom::Active { since: Timestamp::from_millis(self.since), after: last },
        }
    }

    fn move_past(&mut self, last: Option<&Chat>) {
        if let Some(chat) = last {
            self.activity = Some(chat.updated_at.millis());
            self.last = chat.id.to_string();
        }
    }

    /// Records chats that need not be listed again unless they change.
    fn note(&mut self, chats: &[Chat]) {
        let recent = chats.iter().filter(|chat| chat.updated_at.millis() >= self.since);
        let room = LISTED.saturating_sub(self.listed.len());
        self.listed.extend(recent.take(room).map(fingerprint));
    }

    fn has_listed(&self, chat: &Chat) -> bool {
        !self.listed.is_empty() && self.listed.contains(&fingerprint(chat))
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        let read = || {
            let mut parts = text.splitn(4, '~');
            let since = parts.next()?.parse().ok()?;
            let listed = parts.next()?;
            let is_listed =
                |text: &str| text.len().is_multiple_of(WIDTH) && BASE64URL_NOPAD.decode(text.as_bytes()).is_ok();
            let listed: Vec<String> = match is_listed(listed) {
                true => listed.as_bytes().chunks(WIDTH).map(|one| String::from_utf8_lossy(one).into_owned()).collect(),
                false => return None,
            };
            let activity = match parts.next()? {
                "" => None,
                millis => Some(millis.parse().ok()?),
            };
            Some(ChatCursor { since, listed, activity, last: parts.next()?.to_owned() })
        };
        read().ok_or_else(|| Error::invalid("cursor", "cursor must be the nextCursor of an earlier reply"))
    }
}

impl std::fmt::Display for ChatCursor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let activity = self.activity.map(|at| at.to_string()).unwrap_or_default();
        write!(formatter, "{}~{}~{activity}~{}", self.since, self.listed.concat(), self.last)
    }
}

/// A fingerprint of a chat and its clock.
fn fingerprint(chat: &Chat) -> String {
    let hash = crypto::sha256(format!("{}~{}", chat.seq, chat.id).as_bytes());
    BASE64URL_NOPAD.encode(&hash[..WIDTH * 3 / 4])
}
