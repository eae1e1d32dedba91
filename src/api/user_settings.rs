//! The settings of a user: one document, changed by merge patches.

use crate::api::context::Services;
use crate::ops::fault::{self, Fault};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{ClientJson, UserId};
use crate::store::error::StoreError;
use crate::store::own_changes::{self, OwnPart, settings_place};
use crate::store::repository::Document;
use std::time::Duration;
use tokio::time::sleep;

/// Maximum size of a user's settings in bytes.
const MOST: usize = 16 << 10;
/// Attempts to make a change that conflicts with others.
const ATTEMPTS: usize = 20;
/// The pause after a write that got no answer and was not stored.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// Records a user's upcoming change for nodes that may miss its event; skipped on a single node, which misses none.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn note_change(services: &Services, user: &UserId, part: OwnPart<'_>) -> Result<()> {
    if !services.bus.is_alone() {
        own_changes::note(&*services.repository, user, part, services.clock.now()).await?;
    }
    Ok(())
}

/// The settings and their version.
pub async fn read(services: &Services, user: &UserId) -> Result<(ClientJson, u64)> {
    let Some(Document { version, text }) = services.repository.document(&settings_place(user)).await? else {
        return Ok((ClientJson::default(), 0));
    };
    Ok((serde_json::from_str(&text).map_err(Error::internal)?, version))
}

/// The version of the settings; 0 if there are none.
pub async fn version(services: &Services, user: &UserId) -> Result<u64> {
    Ok(services.repository.document(&settings_place(user)).await?.map_or(0, |document| document.version))
}

/// Merges a patch into the settings; returns the result, and true if it changed them.
pub async fn merge(services: &Services, user: &UserId, patch: &ClientJson) -> Result<(ClientJson, bool)> {
    for _ in 0..ATTEMPTS {
        let (old, version) = read(services, user).await?;
        let new = old.merged(patch);
        if new == old {
            return Ok((new, false));
        }
        if fault::is(Fault::LoseSettings) {
            return Ok((new, true));
        }
        let text = new.text().to_owned();
        if text.len() > MOST {
            let sentence = format!("settings may have at most {MOST} bytes in all");
            return Err(Error::new(Code::TooLarge, sentence).at("settings"));
        }
        note_change(services, user, OwnPart::Settings).await?;
        match services.repository.save_document(&settings_place(user), &Document { version: version + 1, text }).await {
            Ok(true) => return Ok((new, true)),
            Ok(false) => {}
            // The write may have succeeded.
            Err(StoreError::Unavailable { .. } | StoreError::Conflict(_)) => match read(services, user).await? {
                (found, now) if now == version + 1 && found == new => return Ok((new, true)),
                _ => sleep(LOOK_AGAIN_AFTER).await,
            },
            Err(error) => return Err(error.into()),
        }
    }
    Err(Error::unavailable("the settings are being changed concurrently; try again"))
}

/// Deletes the settings.
pub async fn clear(services: &Services, user: &UserId) -> Result<()> {
    for _ in 0..ATTEMPTS {
        let (old, version) = read(services, user).await?;
        let empty = Document { version: version + 1, text: "{}".to_owned() };
        if old.is_empty() || services.repository.save_document(&settings_place(user), &empty).await? {
            return Ok(());
        }
    }
    Err(Error::unavailable("the settings are being changed concurrently; try again"))
}
