//! Cursors of lists that are sorted by a key.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;

use crate::api::reply_budget;
use crate::protocol::Timestamp;
use crate::protocol::error::{Error, Result};

/// A list in pages.
#[derive(Clone, Copy, Debug)]
pub enum PagedList {
    /// Users, sorted by username key.
    Users,
    /// Members of a chat, sorted by id.
    Members,
    /// Bots, sorted by username.
    Bots,
    /// API tokens, newest first.
    Tokens,
    /// Sessions, newest first.
    Sessions,
}

/// One page of a list that is read as a whole, because it is usually short.
#[derive(Debug)]
pub struct ListPage<T> {
    /// The items that fit in a reply.
    pub items: Vec<T>,
    /// The cursor of the next page; none on the last one.
    pub next_cursor: Option<String>,
}

/// Maximum number of bytes of a key.
const KEY_BYTES: usize = 256;

impl PagedList {
    const fn mark(self) -> &'static str {
        match self {
            PagedList::Users => "users:",
            PagedList::Members => "members:",
            PagedList::Bots => "bots:",
            PagedList::Tokens => "tokens:",
            PagedList::Sessions => "sessions:",
        }
    }

    /// The page after a cursor: the items in the list's order, as many as fit in a reply.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` if the cursor does not belong to this list.
    pub fn page<T: Serialize>(
        self,
        mut items: Vec<T>,
        cursor: Option<&str>,
        key: impl Fn(&T) -> String,
    ) -> Result<ListPage<T>> {
        let is_newest_first = matches!(self, PagedList::Tokens | PagedList::Sessions);
        items.sort_by_cached_key(&key);
        if is_newest_first {
            items.reverse();
        }
        if let Some(after) = self.after(cursor)? {
            items.retain(|item| if is_newest_first { key(item) < after } else { key(item) > after });
        }
        let is_cut = reply_budget::cut(&mut items)?;
        let next_cursor = items.last().filter(|_| is_cut).map(|last| self.cursor(&key(last)));
        Ok(ListPage { items, next_cursor })
    }

    /// The key of an item of a list that is sorted by age.
    pub fn key_of_age(at: Timestamp, id: &str) -> String {
        format!("{:020}:{id}", at.millis())
    }

    /// The cursor of the page after the item with this key.
    pub fn cursor(self, key: &str) -> String {
        BASE64URL_NOPAD.encode(format!("{}{key}", self.mark()).as_bytes())
    }

    /// The key after which a page begins.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` if the cursor does not belong to this list.
    pub fn after(self, cursor: Option<&str>) -> Result<Option<String>> {
        let Some(cursor) = cursor else { return Ok(None) };
        let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).unwrap_or_default();
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        let key = text.strip_prefix(self.mark()).filter(|key| (1..=KEY_BYTES).contains(&key.len()));
        match key.filter(|key| !key.contains(char::is_control)) {
            Some(key) => Ok(Some(key.to_owned())),
            None => Err(Error::invalid("cursor", "cursor must be the nextCursor of an earlier reply")),
        }
    }
}
