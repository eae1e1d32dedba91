//! Look-alike keys of channels whose names were reserved before such keys existed, or by an older rule.

use azure_data_cosmos::Query;
use serde::Deserialize;

use super::names::{Names, Owner};
use super::{Store, queries};
use crate::domain::look_alike_key;
use crate::store::error::Result;

/// The name that records that all look-alike keys are reserved. It changes with the rule that makes them.
const DONE: &str = "look-alikes-2";

/// A reserved name of a channel.
#[derive(Debug, Deserialize)]
struct ReservedName {
    name: String,
    owner: String,
}

impl Store {
    /// Reserves the look-alike keys of the existing channels, once per account. Of channels that already looked alike,
    /// one gets the key.
    pub(super) async fn reserve_looks(&self) -> Result<()> {
        self.looks_reserved.get_or_try_init(|| self.reserve_missing_looks()).await.copied()
    }

    async fn reserve_missing_looks(&self) -> Result<()> {
        let done = Names { prefix: "done", ..self.channel_names.clone() };
        if done.read(DONE).await?.is_some() {
            return Ok(());
        }
        let reserved: Vec<ReservedName> = self.chats.query_all(Query::from(queries::EVERY_NAME), "name").await?;
        let prefix = format!("{}:", self.channel_names.prefix);
        for ReservedName { name, owner } in &reserved {
            let Some(key) = name.strip_prefix(&prefix) else { continue };
            let look_key = look_alike_key(key);
            if look_key != key {
                self.channel_names.claim(&look_key, Owner { id: owner, version: 0 }).await?;
            }
        }
        done.claim(DONE, Owner { id: DONE, version: 0 }).await.map(drop)
    }
}
