//! The bound on a reply in bytes, the same for every list: what does not fit is on the next page.
//!
//! Stores bound their pages by what is stored; a reply has names, reactions and escapes beside.

use serde::Serialize;

use crate::protocol::error::{Error, Result};

/// Approximate greatest size of a reply in bytes.
pub const REPLY_BYTES: usize = 512 << 10;

/// The number of leading items that fit in a reply; at least one, so that paging goes on.
///
/// # Errors
/// `INTERNAL` if an item cannot be encoded.
pub fn fitting<T: Serialize>(items: &[T]) -> Result<usize> {
    fitting_in(REPLY_BYTES, items)
}

/// The number of trailing items that fit in a reply; at least one.
///
/// # Errors
/// `INTERNAL` if an item cannot be encoded.
pub fn fitting_last<T: Serialize>(items: &[T]) -> Result<usize> {
    count_fitting(REPLY_BYTES, items.iter().rev())
}

/// The number of leading items that fit in a reply behind others; none if there is no room left.
///
/// # Errors
/// `INTERNAL` if an item cannot be encoded.
pub fn fitting_after<T: Serialize>(others: &[T], items: &[T]) -> Result<usize> {
    let mut room = REPLY_BYTES;
    for other in others {
        room = room.saturating_sub(size(other)? + 1);
    }
    match items.first() {
        Some(first) if size(first)? < room || others.is_empty() => fitting_in(room, items),
        _ => Ok(0),
    }
}

/// Drops the items that do not fit in a reply; true if there were any.
///
/// # Errors
/// `INTERNAL` if an item cannot be encoded.
pub fn cut<T: Serialize>(items: &mut Vec<T>) -> Result<bool> {
    let fitting = fitting(items)?;
    let is_cut = fitting < items.len();
    items.truncate(fitting);
    Ok(is_cut)
}

/// Bytes of a value as JSON.
///
/// # Errors
/// `INTERNAL` if it cannot be encoded.
pub fn size(value: &impl Serialize) -> Result<usize> {
    serde_json::to_vec(value).map(|text| text.len()).map_err(Error::internal)
}

/// The number of leading items that fit in this many bytes; at least one.
///
/// # Errors
/// `INTERNAL` if an item cannot be encoded.
pub fn fitting_in<T: Serialize>(room: usize, items: &[T]) -> Result<usize> {
    count_fitting(room, items.iter())
}

fn count_fitting<'a, T: Serialize + 'a>(mut room: usize, items: impl Iterator<Item = &'a T>) -> Result<usize> {
    let mut count = 0;
    for item in items {
        // With the comma behind it.
        let bytes = size(item)? + 1;
        if bytes > room && count > 0 {
            break;
        }
        room = room.saturating_sub(bytes);
        count += 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_item_fits_always_and_others_while_there_is_room() {
        let text = |bytes: usize| "x".repeat(bytes - 3);
        let half = REPLY_BYTES / 2;
        assert_eq!(fitting(&[text(half), text(half), text(3)]).ok(), Some(2));
        assert_eq!(fitting(&[text(half), text(half + 1)]).ok(), Some(1));
        assert_eq!(fitting(&[text(2 * REPLY_BYTES), text(3)]).ok(), Some(1));
        assert_eq!(fitting_last(&[text(half), text(half), text(half)]).ok(), Some(2));
        // As it is encoded: each of these takes six bytes.
        assert_eq!(fitting(&vec!["\u{1}".repeat(1000); 200]).ok(), Some(87));
        assert_eq!(fitting::<String>(&[]).ok(), Some(0));
    }
}
