//! Holds: while an export runs, the bytes of deleted files stay, because its archive is of an earlier moment.
//!
//! A hold is an empty file or object whose name says until when it counts, so that one left by a crash ends by itself.

use std::sync::Arc;
use std::time::Duration;

use super::FileStore;
use crate::protocol::Timestamp;
use crate::store::error::Result;

/// The time for which a hold counts unless it is renewed.
const LEASE: Duration = Duration::from_secs(15 * 60);
/// The time before its end from which a hold is renewed.
const RENEWED: Duration = Duration::from_secs(10 * 60);

/// A hold on all bytes of a store.
#[derive(Debug)]
pub struct FileHold {
    store: Arc<dyn FileStore>,
    id: String,
    until: Timestamp,
}

impl FileHold {
    /// Begins a hold. Files whose deletion begins afterwards keep their bytes.
    ///
    /// # Errors
    /// Fails if the store cannot be written.
    pub async fn begin(store: Arc<dyn FileStore>, now: Timestamp) -> Result<FileHold> {
        let hold = FileHold { store, id: uuid::Uuid::new_v4().simple().to_string(), until: now.plus(LEASE) };
        hold.store.add_hold(&hold.name()).await?;
        Ok(hold)
    }

    /// Extends the hold if it ends soon.
    ///
    /// # Errors
    /// Fails if the store cannot be written.
    pub async fn renew(&mut self, now: Timestamp) -> Result<()> {
        if now.plus(RENEWED) < self.until {
            return Ok(());
        }
        let last = self.name();
        self.until = now.plus(LEASE);
        self.store.add_hold(&self.name()).await?;
        self.store.remove_hold(&last).await
    }

    /// Ends the hold.
    ///
    /// # Errors
    /// Fails if the store cannot be written; the hold then ends by itself.
    pub async fn end(self) -> Result<()> {
        self.store.remove_hold(&self.name()).await
    }

    fn name(&self) -> String {
        format!("{}-{}", self.until.millis(), self.id)
    }
}

/// True if an export needs the bytes of deleted files. Removes holds that have ended.
pub(super) async fn is_held(store: &dyn FileStore, now: Timestamp) -> Result<bool> {
    let mut is_held = false;
    for name in store.holds().await? {
        let until = name.split('-').next().and_then(|millis| millis.parse().ok()).map(Timestamp::from_millis);
        match until {
            Some(until) if until > now => is_held = true,
            _ => store.remove_hold(&name).await?,
        }
    }
    Ok(is_held)
}
