//! The settings of a user: one document that is changed by merging patches.

use std::time::Duration;

use serde_json::{Map, Value};
use tokio::time::sleep;

use crate::api::context::Services;
use crate::protocol::UserId;
use crate::protocol::error::{Code, Error, Result};
use crate::store::error::StoreError;
use crate::store::repository::Document;

/// Maximum size of a user's settings in bytes.
const MOST: usize = 16 << 10;
/// Attempts to make a change while others change the same.
const ATTEMPTS: usize = 20;
/// The pause after a write that was not answered and is not there.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(100);

fn place(user: &UserId) -> String {
    format!("user:{user}")
}

/// The settings and their version.
pub async fn read(services: &Services, user: &UserId) -> Result<(Map<String, Value>, u64)> {
    let Some(Document { version, text }) = services.repository.document(&place(user)).await? else {
        return Ok((Map::new(), 0));
    };
    Ok((serde_json::from_str(&text).map_err(Error::internal)?, version))
}

/// The version of the settings; 0 if there are none.
pub async fn version(services: &Services, user: &UserId) -> Result<u64> {
    Ok(services.repository.document(&place(user)).await?.map_or(0, |document| document.version))
}

/// Merges a patch into the settings; returns the result, and true if it differs from before.
pub async fn merge(
    services: &Services,
    user: &UserId,
    patch: &Map<String, Value>,
) -> Result<(Map<String, Value>, bool)> {
    for _ in 0..ATTEMPTS {
        let (old, version) = read(services, user).await?;
        let mut new = old.clone();
        apply(&mut new, patch);
        if new == old {
            return Ok((new, false));
        }
        let text = serde_json::to_string(&new).map_err(Error::internal)?;
        if text.len() > MOST {
            let sentence = format!("settings may have at most {MOST} bytes in all");
            return Err(Error::new(Code::TooLarge, sentence).at("settings"));
        }
        match services.repository.save_document(&place(user), &Document { version: version + 1, text }).await {
            Ok(true) => return Ok((new, true)),
            Ok(false) => {}
            // It may have been written all the same.
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
        if old.is_empty() || services.repository.save_document(&place(user), &empty).await? {
            return Ok(());
        }
    }
    Err(Error::unavailable("the settings are being changed concurrently; try again"))
}

/// JSON Merge Patch (RFC 7396).
fn apply(target: &mut Map<String, Value>, patch: &Map<String, Value>) {
    for (name, value) in patch {
        match value {
            Value::Null => drop(target.shift_remove(name)),
            Value::Object(inner) => {
                let place = target.entry(name.clone()).or_insert(Value::Null);
                if !place.is_object() {
                    *place = Value::Object(Map::new());
                }
                if let Value::Object(place) = place {
                    apply(place, inner);
                }
            }
            value => drop(target.insert(name.clone(), value.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_patch_is_merged_as_rfc_7396_has_it() {
        for (target, patch, merged) in [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (json!({"a":"b","b":"c"}), json!({"a":null}), json!({"b":"c"})),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"c"}), json!({"a":["b"]}), json!({"a":["b"]})),
            (json!({"a":{"b":"c"}}), json!({"a":{"b":"d","c":null}}), json!({"a":{"b":"d"}})),
            (json!({"a":[{"b":"c"}]}), json!({"a":[1]}), json!({"a":[1]})),
            (json!({"e":null}), json!({"a":1}), json!({"e":null,"a":1})),
            (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
        ] {
            let mut result = target.as_object().expect("an object").clone();
            apply(&mut result, patch.as_object().expect("an object"));
            assert_eq!(Value::Object(result), merged, "{target} and {patch}");
        }
    }
}
