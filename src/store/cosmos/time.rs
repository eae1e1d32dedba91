//! The time of the account: that of a document just written to it.

use serde::{Deserialize, Serialize};

use super::Store;
use crate::protocol::Timestamp;
use crate::store::error::{Result, StoreError};
use crate::store::repository::StorageTime;

const SCOPE: &str = "clock";
const ID: &str = "clock";

#[derive(Debug, Serialize, Deserialize)]
struct ClockDocument {
    id: String,
    scope: String,
    /// Seconds since 1970.
    #[serde(rename = "_ts", default, skip_serializing)]
    written: i64,
}

impl Store {
    /// The account's time, with a precision of one second.
    pub(super) async fn time(&self) -> Result<StorageTime> {
        let document = ClockDocument { id: ID.to_owned(), scope: SCOPE.to_owned(), written: 0 };
        self.settings.upsert(SCOPE, ID, &document, "time").await?;
        let found: Option<ClockDocument> = self.settings.read(SCOPE, ID, "time").await?;
        let written = found.map(|found| found.written).filter(|written| *written > 0);
        let written = written.ok_or_else(|| StoreError::unavailable("a document was written without a time"))?;
        // Somewhere within that second, and slightly later by now.
        Ok(StorageTime { at: Timestamp::from_millis(written * 1000 + 500), precision: 2000 })
    }
}
