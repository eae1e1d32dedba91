//! Unique names: a reservation is a document whose partition is the name, so there can be only one. It comes before
//! what it is for, which may then fail to come: so a reservation counts only if its owner has the name, or may be
//! about to get it.

use serde::{Deserialize, Serialize};

use super::container::{Container, Written};
use super::failure::contended;
use super::now_seconds;
use super::partition::ATTEMPTS;
use crate::error::Result;

/// After how many seconds an owner without the name is not about to get it any more: no change takes so long.
const ABANDONED: i64 = 60;
const ID: &str = "name";

/// The names of one container.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) container: Container,
    /// The property that the container is divided by.
    pub(super) key: &'static str,
}

/// A name that somebody has, or wants.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Reservation {
    pub(super) owner: String,
    #[serde(rename = "_etag", default)]
    etag: String,
    #[serde(rename = "_ts", default)]
    changed_at: i64,
}

impl Reservation {
    /// Whether its owner may still be about to get the name.
    pub(super) fn is_fresh(&self) -> bool {
        now_seconds() - self.changed_at < ABANDONED
    }
}

#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    owner: &'a str,
    #[serde(flatten)]
    partition: std::collections::BTreeMap<&'a str, &'a str>,
}

impl Names {
    fn partition(name: &str) -> String {
        format!("name:{name}")
    }

    pub(super) async fn read(&self, name: &str) -> Result<Option<Reservation>> {
        if name.len() > 1000 {
            return Ok(None);
        }
        self.container.read((&Names::partition(name), ID), "name").await
    }

    /// Reserves the name, or tells who has it reserved.
    pub(super) async fn claim(&self, name: &str, owner: &str) -> Result<Option<Reservation>> {
        let partition = Names::partition(name);
        let document = Document { id: ID, owner, partition: [(self.key, &*partition)].into() };
        for _ in 0..ATTEMPTS {
            if let Written::Done(_) = self.container.create((&partition, ID), &document, "name").await? {
                return Ok(None);
            }
            let Some(found) = self.read(name).await? else { continue };
            if found.owner != owner || self.take(name, owner, &found).await? {
                return Ok(Some(found).filter(|found| found.owner != owner));
            }
        }
        Err(contended())
    }

    /// Takes a reservation over, unless it has changed since it was read.
    pub(super) async fn take(&self, name: &str, owner: &str, found: &Reservation) -> Result<bool> {
        let partition = Names::partition(name);
        let document = Document { id: ID, owner, partition: [(self.key, &*partition)].into() };
        let written = self.container.replace((&partition, ID), (&document, &found.etag), "name").await?;
        Ok(matches!(written, Written::Done(_)))
    }

    /// Gives a name back. If that fails, the reservation is one whose owner does not have the name.
    pub(super) async fn release(&self, name: &str, owner: &str) {
        let release = async {
            match self.read(name).await? {
                Some(found) if found.owner == owner => {
                    let at = Names::partition(name);
                    self.container.delete((&at, ID), Some(&found.etag), "name").await.map(drop)
                }
                _ => Ok(()),
            }
        };
        if let Err(error) = release.await {
            tracing::debug!(error = %error, "a name stays reserved for a while");
        }
    }
}
