//! Recently deleted accounts, so that steps lost to a crash or a failure are repeated.
//!
//! An account is listed here before it is erased. Every few seconds, every node removes the listed accounts from the
//! chats that they are still in. An account stays listed for a while after that, because somebody may have been adding
//! it to a chat at the time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::api::context::Services;
use crate::ops::clock::Clock;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Timestamp, UserId};
use crate::store::repository::Document;

/// The key of the list among the stored documents.
const DOCUMENT: &str = "departures";
/// The time for which an account stays listed, longer than any command takes to commit.
const WATCHED_MILLIS: i64 = 120_000;
/// Attempts to save the list while other nodes save it.
const ATTEMPTS: u32 = 12;

/// Deletion times of accounts, by user.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct PendingDepartures {
    users: BTreeMap<UserId, Timestamp>,
}

/// Adds an account to the list.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn note(services: &Services, user: &UserId) -> Result<()> {
    // The times of the list are never visible to clients, and reading it must not advance a clock that a test has set.
    let now = Clock::System.now();
    change(services, |pending| {
        pending.users.insert(user.clone(), now);
    })
    .await
}

/// Every listed account, with the time of its deletion.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn all(services: &Services) -> Result<BTreeMap<UserId, Timestamp>> {
    Ok(read(services).await?.pending.users)
}

/// Removes accounts that have been listed long enough.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn forget_old(services: &Services) -> Result<()> {
    let now = Clock::System.now();
    let is_new = |since: &Timestamp| now.millis() - since.millis() <= WATCHED_MILLIS;
    if all(services).await?.values().all(is_new) {
        return Ok(());
    }
    change(services, |pending| pending.users.retain(|_, since| is_new(since))).await
}

/// The list, and the version of the document that holds it.
struct StoredDepartures {
    pending: PendingDepartures,
    version: u64,
}

async fn read(services: &Services) -> Result<StoredDepartures> {
    let Some(found) = services.repository.document(DOCUMENT).await? else {
        return Ok(StoredDepartures { pending: PendingDepartures::default(), version: 0 });
    };
    let pending = serde_json::from_str(&found.text).map_err(Error::internal)?;
    Ok(StoredDepartures { pending, version: found.version })
}

async fn change(services: &Services, change: impl Fn(&mut PendingDepartures)) -> Result<()> {
    for _ in 0..ATTEMPTS {
        let StoredDepartures { mut pending, version } = read(services).await?;
        change(&mut pending);
        let text = serde_json::to_string(&pending).map_err(Error::internal)?;
        if services.repository.save_document(DOCUMENT, &Document { version: version + 1, text }).await? {
            return Ok(());
        }
    }
    Err(Error::unavailable("other accounts are being deleted concurrently; try again"))
}
