//! The profiles of new members, which may have changed while the members were being added.
//!
//! A changed profile is announced to the chats of which its user is a member at that moment. A chat to which the user is
//! just being added is not among them, and the event that shows the new member may have the old profile. So the profile
//! is read once more after that event: either it has changed by then, or its next change is announced to the chat too.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;
use tokio_util::task::TaskTracker;

use crate::ops::collections::HashMap;
use crate::protocol::error::Result;
use crate::protocol::{ChatId, User, UserId, wire};
use crate::store::repository::Repository;

use super::bus::Bus;
use super::corrections::CorrectedUser;
use super::features::RealtimeFeatures;

/// Profiles that may wait to be read; then commits wait.
const WAITING: usize = 1024;
/// Profiles that one query reads.
const BATCH: usize = 100;
/// The pause before a failed read is repeated.
const PAUSE: Duration = Duration::from_secs(1);

/// Corrects the profiles of new members.
#[derive(Clone, Debug)]
pub struct Newcomers {
    waiting: mpsc::Sender<Newcomer>,
}

/// A new member as others were told of them.
#[derive(Debug)]
pub struct Newcomer {
    user: UserId,
    chat: ChatId,
    version: u64,
}

impl Newcomer {
    /// A new member of the chat with this profile.
    pub fn new(chat: &ChatId, user: &User) -> Self {
        Newcomer { user: user.id.clone(), chat: chat.clone(), version: user.version }
    }
}

impl Newcomers {
    /// Starts reading; it ends when the last clone is dropped. Until then a failed read is repeated.
    pub fn start(
        repository: Arc<dyn Repository>,
        bus: Arc<Bus>,
        features: Arc<RealtimeFeatures>,
        tasks: &TaskTracker,
    ) -> Self {
        let (waiting, noted) = mpsc::channel(WAITING);
        let reader = ProfileReader { repository, bus, features };
        tasks.spawn(reader.run(noted));
        Newcomers { waiting }
    }

    /// Checks the profile in an event that has been published.
    pub async fn note(&self, newcomer: Newcomer) {
        // The reader does not end before its senders.
        let _ = self.waiting.send(newcomer).await;
    }
}

struct ProfileReader {
    repository: Arc<dyn Repository>,
    bus: Arc<Bus>,
    features: Arc<RealtimeFeatures>,
}

impl ProfileReader {
    async fn run(self, mut noted: mpsc::Receiver<Newcomer>) {
        let mut batch = Vec::with_capacity(BATCH);
        while noted.recv_many(&mut batch, BATCH).await > 0 {
            while let Err(error) = self.correct(&batch).await {
                tracing::debug!(error = %error, "the profiles of new members could not be read");
                if noted.is_closed() {
                    return;
                }
                sleep(PAUSE).await;
            }
            batch.clear();
        }
    }

    /// Sends the profiles that are newer than the ones in the events.
    async fn correct(&self, newcomers: &[Newcomer]) -> Result<()> {
        let mut names: Vec<&str> = newcomers.iter().map(|newcomer| &*newcomer.user).collect();
        names.sort_unstable();
        names.dedup();
        let stored = self.repository.users(&names).await?.into_iter().flatten();
        let stored: HashMap<UserId, User> = stored.map(|user| (user.id.clone(), user)).collect();
        for Newcomer { user, chat, version } in newcomers {
            if let Some(user) = stored.get(user).filter(|user| user.version > *version) {
                let user = self.features.present(user.clone());
                let text = wire::encode(&CorrectedUser { user: user.clone() });
                self.bus.publish_shared(&user.id, user.version, std::slice::from_ref(chat), &text, None);
            }
        }
        Ok(())
    }
}
