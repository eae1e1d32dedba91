//! Cursors of lists that are sorted by a key.

use data_encoding::BASE64URL_NOPAD;

use crate::protocol::error::{Error, Result};

/// A list of users, in pages.
#[derive(Clone, Copy, Debug)]
pub enum PagedList {
    /// Users, sorted by username key.
    Users,
    /// Members of a chat, sorted by id.
    Members,
}

/// Maximum number of bytes of a key.
const KEY_BYTES: usize = 256;

impl PagedList {
    const fn mark(self) -> &'static str {
        match self {
            PagedList::Users => "users:",
            PagedList::Members => "members:",
        }
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
