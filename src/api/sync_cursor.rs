//! The cursor of SYNC: a client's position in the changes that belong to no chat's clock.

use std::time::Duration;

use crate::api::context::Services;
use crate::api::user_settings;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Timestamp, UserId};

/// Bound on the time from a change's time stamp until it can be read, and on the difference of clocks. Changes this
/// long before a cursor are sent again.
const OVERLAP: Duration = Duration::from_secs(120);

/// A moment, and the settings that the client knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncCursor {
    at: Timestamp,
    /// The version of the settings; 0 if there are none.
    pub settings: u64,
}

impl SyncCursor {
    /// The cursor of a client that receives every change from now on. Read it before the state that it stands for.
    pub async fn now(services: &Services, user: &UserId) -> Result<Self> {
        let at = services.clock.look();
        let settings = user_settings::version(services, user).await?;
        Ok(SyncCursor { at, settings })
    }

    /// Reads a cursor of this server.
    ///
    /// # Errors
    /// INVALID_ARGUMENT at `cursor` for any other text.
    pub fn parse(text: &str) -> Result<Self> {
        let read = || {
            let (at, settings) = text.strip_prefix("s1-")?.split_once('-')?;
            Some(SyncCursor { at: Timestamp::from_millis(at.parse().ok()?), settings: settings.parse().ok()? })
        };
        read().ok_or_else(|| {
            let sentence =
                "cursor must be one that CONNECTED, AUTHENTICATED or SYNCED gave; leave it out to start anew";
            Error::invalid("cursor", sentence)
        })
    }

    /// Accounts changed after this may be unknown to the client.
    pub fn since(self) -> Timestamp {
        self.at.minus(OVERLAP)
    }

    /// The cursor of a client that received only the changes before a time, and some at it.
    pub fn up_to(self, changed_at: Timestamp) -> Self {
        let before = changed_at.millis() - 1;
        SyncCursor { at: Timestamp::from_millis(before).plus(OVERLAP), ..self }
    }

    /// The cursor as clients keep it.
    pub fn text(self) -> String {
        format!("s1-{}-{}", self.at.millis(), self.settings)
    }
}
