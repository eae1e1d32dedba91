//! The cursor of a list in the order of one text, such as a name or an id: that text of the last item of a page.

use data_encoding::BASE64URL_NOPAD;

use crate::ops::crypto::sha256;
use crate::protocol::error::{Error, Result};

/// Bytes of the digest before the text. They tell a cursor of this list from anything else, which would otherwise be
/// taken for a place in it; they are no secret.
const DIGEST: usize = 6;

/// The cursors of one list, which has a name.
#[derive(Clone, Copy, Debug)]
pub struct ListCursor(pub &'static str);

impl ListCursor {
    /// The cursor of the page after this item.
    pub fn after(self, last: &str) -> String {
        BASE64URL_NOPAD.encode(&[&self.digest(last)[..], last.as_bytes()].concat())
    }

    /// The text of the last item before the page.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` if the cursor is not one of this list.
    pub fn read(self, cursor: &str) -> Result<String> {
        let read = || {
            let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?;
            let (digest, last) = bytes.split_at_checked(DIGEST)?;
            let last = str::from_utf8(last).ok()?;
            (digest == self.digest(last)).then(|| last.to_owned())
        };
        read().ok_or_else(|| Error::invalid("cursor", "cursor must be the nextCursor of an earlier reply"))
    }

    fn digest(self, last: &str) -> [u8; DIGEST] {
        let digest = sha256(format!("{}\n{last}", self.0).as_bytes());
        std::array::from_fn(|place| digest[place])
    }
}

#[cfg(test)]
mod tests {
    use super::ListCursor;

    #[test]
    fn a_cursor_is_good_for_its_own_list_only() {
        let users = ListCursor("users");
        for last in ["ann", "j\u{f8}rgen", ""] {
            assert_eq!(users.read(&users.after(last)).expect("its own"), last);
            ListCursor("members").read(&users.after(last)).expect_err("another list's");
        }
        for wrong in ["", "zzz", "1", "eyJhIjoxfQ", "ann", &users.after("ann")[1..]] {
            let error = users.read(wrong).expect_err(wrong);
            assert_eq!(error.field.as_deref(), Some("cursor"));
        }
    }
}
