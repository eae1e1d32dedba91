//! The cursor of SYNC: a client's position in the changes that belong to no chat.

use std::time::Duration;

use crate::api::context::Services;
use crate::api::user_settings;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Timestamp, UserId};

/// An upper bound on the time from a change's timestamp until it can be read, including clock skew. Changes this long
/// before a cursor are sent again.
const OVERLAP: Duration = Duration::from_secs(120);

/// A time, and the version of the settings that the client has.
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
            let sentence = "cursor must come from CONNECTED, AUTHENTICATED or SYNCED; omit it to start over";
            Error::invalid("cursor", sentence)
        })
    }

    /// The time after which changes of accounts may be unknown to the client.
    pub fn since(self) -> Timestamp {
        self.at.minus(OVERLAP)
    }

    /// The cursor of a client that has received only the changes before a time, and some of those at that time.
    pub fn up_to(self, changed_at: Timestamp) -> Self {
        let before = changed_at.millis() - 1;
        SyncCursor { at: Timestamp::from_millis(before).plus(OVERLAP), ..self }
    }

    /// The cursor as text.
    pub fn text(self) -> String {
        format!("s1-{}-{}", self.at.millis(), self.settings)
    }
}
