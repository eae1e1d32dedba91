//! The settings of a user: one document, changed by merge patches.

use crate::api::context::{Context, Services};
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

/// Merges a patch into the caller's settings; returns the result, and true if it differs from before. The write ends the
/// claim of the command's `opId`, if it has one.
pub async fn merge(context: &Context, patch: &ClientJson) -> Result<(ClientJson, bool)> {
    let services = &*context.services;
    let user = &context.user()?.id;
    let held = context.claim.as_deref();
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
        let document = Document { version: version + 1, text };
        let written = match held {
            Some(held) => services.repository.save_document_once(&settings_place(user), &document, held.claim()).await,
            None => services.repository.save_document(&settings_place(user), &document).await,
        };
        let is_written = match written {
            Ok(is_written) => is_written,
            // The write may have succeeded.
            Err(StoreError::Unavailable { .. } | StoreError::Conflict(_)) => {
                let (found, now) = read(services, user).await?;
                let is_there = now == version + 1 && found == new;
                if !is_there {
                    sleep(LOOK_AGAIN_AFTER).await;
                }
                is_there
            }
            Err(error) => return Err(error.into()),
        };
        if is_written {
            held.iter().for_each(|held| held.end());
            return Ok((new, true));
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
