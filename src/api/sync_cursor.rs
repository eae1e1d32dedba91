//! The cursor of SYNC: a client's position in the changes that belong to no chat.

use std::time::Duration;

use crate::api::context::Services;
use crate::api::user_settings;
use crate::ops::crypto::sha256;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Timestamp, UserId};

/// An upper bound on the time from a change's timestamp until it can be read, including clock skew. Changes this long
/// before a cursor are sent again.
const OVERLAP: Duration = Duration::from_secs(120);

/// No version of settings.
const UNKNOWN: u64 = u64::MAX;

/// A moment, and the settings that the client knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncCursor {
    at: Timestamp,
    /// The version of the settings; 0 if there are none.
    pub settings: u64,
    /// A tag of the cursor's user; none in cursors of earlier versions.
    tag: Option<u32>,
}

fn tag_of(user: &UserId) -> Option<u32> {
    sha256(user.as_bytes()).first_chunk().copied().map(u32::from_be_bytes)
}

impl SyncCursor {
    /// The cursor of a client that receives every change from now on. Read it before the state that it stands for.
    pub async fn now(services: &Services, user: &UserId) -> Result<Self> {
        let at = services.clock.look();
        let settings = user_settings::version(services, user).await?;
        Ok(SyncCursor { at, settings, tag: tag_of(user) })
    }

    /// The cursor as the user's own at that time. One of somebody else, or from a future in which the server's clock was
    /// wrong, tells nothing of what the client knows: it counts as the very first.
    pub fn valid_for(self, user: &UserId, now: SyncCursor) -> Self {
        let is_own = self.tag.is_none() || self.tag == tag_of(user);
        if is_own && self.at <= now.at.plus(OVERLAP) {
            return self;
        }
        SyncCursor { at: Timestamp::from_millis(0), settings: UNKNOWN, tag: now.tag }
    }

    /// Reads a cursor of this server.
    ///
    /// # Errors
    /// INVALID_ARGUMENT at `cursor` for any other text.
    pub fn parse(text: &str) -> Result<Self> {
        let read = || {
            let mut parts = text.strip_prefix("s1-")?.split('-');
            let at = Timestamp::from_millis(parts.next()?.parse().ok()?);
            let settings = parts.next()?.parse().ok()?;
            let tag = match parts.next() {
                Some(tag) => Some(u32::from_str_radix(tag, 16).ok()?),
                None => None,
            };
            parts.next().is_none().then_some(SyncCursor { at, settings, tag })
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
        let tag = self.tag.map(|tag| format!("-{tag:08x}")).unwrap_or_default();
        format!("s1-{}-{}{tag}", self.at.millis(), self.settings)
    }
}
