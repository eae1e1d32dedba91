//! Numbered pages: one row more than the page holds is read, to know whether more follow.

use crate::store::repository::Page;

/// The LIMIT that also shows whether more rows follow the page.
pub(in crate::store) fn one_more(limit: usize) -> i64 {
    sql_limit(limit).saturating_add(1)
}

/// A LIMIT.
pub(in crate::store) fn sql_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// Cuts the items read with [`one_more`] to a page.
pub(in crate::store) fn page<T>(mut items: Vec<T>, limit: usize) -> Page<T> {
    let more = items.len() > limit;
    items.truncate(limit);
    Page { items, more }
}
