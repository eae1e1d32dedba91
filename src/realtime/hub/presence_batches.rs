use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::cluster::Wakers;
use crate::ops::collections::HashMap;
use crate::protocol::UserId;
use crate::protocol::wire;
use crate::realtime::connection::Connection;

use super::Hub;

/// Maximum number of users in one frame.
const USERS: usize = 100;

/// The changes waiting for one connection, the latest of each user.
#[derive(Debug)]
struct WaitingChanges {
    connection: Arc<Connection>,
    /// The user that the connection was bound to; if it is bound to another one, the changes are dropped.
    reader: Option<UserId>,
    changes: BTreeMap<UserId, Utf8Bytes>,
}

/// Presence changes for connections that accept several in one frame.
#[derive(Debug, Default)]
pub(super) struct PresenceBatches(Mutex<HashMap<u64, WaitingChanges>>);

impl PresenceBatches {
    /// Keeps a user's PRESENCE for the connection's next batch.
    pub(super) fn add(&self, connection: &Arc<Connection>, user: &UserId, text: &Utf8Bytes) {
        let mut waiting = self.0.lock();
        let waiting = waiting.entry(connection.number).or_insert_with(|| WaitingChanges {
            connection: connection.clone(),
            reader: connection.user(),
            changes: BTreeMap::new(),
        });
        waiting.changes.insert(user.clone(), text.clone());
    }
}

impl Hub {
    /// Sends the presence changes collected since the last call.
    pub fn send_presence_batches(&self) {
        let waiting = std::mem::take(&mut *self.presence_batches.0.lock());
        let mut wakers = Wakers::default();
        for WaitingChanges { connection, reader, changes } in waiting.into_values() {
            if connection.user() != reader {
                continue;
            }
            let changes: Vec<Utf8Bytes> = changes.into_values().collect();
            for changes in changes.chunks(USERS) {
                wakers.keep(connection.outbox.push_ephemeral(&batch(changes)));
            }
        }
        wakers.wake();
    }
}

/// One frame with several PRESENCE. Their texts are shared by all readers, so they are copied and not encoded again.
fn batch(changes: &[Utf8Bytes]) -> Utf8Bytes {
    let changes: Vec<String> = changes.iter().map(wire::without_type).collect();
    format!(r#"{{"type":"PRESENCE","users":[{}]}}"#, changes.join(",")).into()
}
