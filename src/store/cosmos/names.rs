//! Unique names: a reservation is a document whose partition is the name, so there can be only one. It is made before
//! the owner is written, which may then fail, so a reservation counts only if its owner has the name, or may be about
//! to take it.

use serde::{Deserialize, Serialize};

use super::container::{Container, WriteResult};
use super::failure::contended;
use super::now_seconds;
use super::partition::ATTEMPTS;
use crate::protocol::ChatId;
use crate::store::error::Result;

/// Seconds after which an owner without the name is no longer about to take it, because no change takes that long.
const ABANDONED: i64 = 60;
const ID: &str = "name";

/// The names of one container.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) container: Container,
    /// The partition key of the container.
    pub(super) key: &'static str,
    /// The kind of name.
    pub(super) prefix: &'static str,
}

/// The owner of a name, with an increasing version, so that a released name is not confused with a later claim.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner<'a> {
    pub(super) id: &'a str,
    pub(super) version: u64,
}

impl<'a> Owner<'a> {
    /// A chat as owner, whose changes are made in order.
    pub(super) fn of_chat(chat: &'a ChatId) -> Self {
        Owner { id: chat, version: 0 }
    }
}

/// A name that is taken or reserved.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Reservation {
    pub(super) owner: String,
    #[serde(default)]
    pub(super) version: u64,
    #[serde(rename = "_etag", default)]
    etag: String,
    #[serde(rename = "_ts", default)]
    changed_at: i64,
}

impl Reservation {
    /// True if the owner may still be about to take the name.
    pub(super) fn is_fresh(&self) -> bool {
        now_seconds() - self.changed_at < ABANDONED
    }
}

#[derive(Serialize)]
pub(super) struct NameDocument<'a> {
    pub(super) id: &'a str,
    pub(super) owner: &'a str,
    pub(super) version: u64,
    #[serde(flatten)]
    pub(super) partition: std::collections::BTreeMap<&'a str, &'a str>,
}

impl Names {
    fn partition(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    fn document<'a>(&self, partition: &'a str, owner: Owner<'a>) -> NameDocument<'a> {
        NameDocument { id: ID, owner: owner.id, version: owner.version, partition: [(self.key, partition)].into() }
    }

    pub(super) async fn read(&self, name: &str) -> Result<Option<Reservation>> {
        if name.len() > 1000 {
            return Ok(None);
        }
        self.container.read(&self.partition(name), ID, "name").await
    }

    /// Reserves the name, or returns the reservation of another owner.
    pub(super) async fn claim(&self, name: &str, owner: Owner<'_>) -> Result<Option<Reservation>> {
        let partition = self.partition(name);
        let document = self.document(&partition, owner);
        for _ in 0..ATTEMPTS {
            if let WriteResult::Done(_) = self.container.create(&partition, ID, &document, "name").await? {
                return Ok(None);
            }
            let Some(found) = self.read(name).await? else { continue };
            if found.owner != owner.id || self.take(name, owner, &found).await? {
                return Ok(Some(found).filter(|found| found.owner != owner.id));
            }
        }
        Err(contended())
    }

    /// Takes over a reservation, unless it has changed since it was read.
    pub(super) async fn take(&self, name: &str, owner: Owner<'_>, found: &Reservation) -> Result<bool> {
        let partition = self.partition(name);
        let document = self.document(&partition, owner);
        let written = self.container.replace(&partition, ID, &document, &found.etag, "name").await?;
        Ok(matches!(written, WriteResult::Done(_)))
    }

    /// Releases a name, unless it was reserved again since. If that fails, the reservation is one whose owner does not
    /// have the name.
    pub(super) async fn release(&self, name: &str, owner: Owner<'_>) {
        let release = async {
            match self.read(name).await? {
                Some(found) if found.owner == owner.id && found.version <= owner.version => {
                    let at = self.partition(name);
                    self.container.delete(&at, ID, Some(&found.etag), "name").await.map(drop)
                }
                _ => Ok(()),
            }
        };
        if let Err(error) = release.await {
            tracing::debug!(error = %error, "a name could not be released; it stays reserved for a while");
        }
    }
}
