//! Detects an archive whose content a store already has.

use std::collections::HashSet;
use std::error::Error;
use std::fs::File;
use std::io::{Seek, SeekFrom};

use super::places;
use crate::ops::config::Config;
use crate::ops::crypto::sha256;
use crate::store::archive::{ArchiveReader, ArchiveRecord, record_stream};

/// Half of a digest: enough to distinguish records, and small if there are many.
type PresenceDigest = [u8; 16];

/// The message for an archive whose users, chats and messages are all in the store; none if any is missing.
pub(super) async fn told_if_present(
    config: &Config,
    mut archive: File,
    name: &str,
) -> Result<Option<String>, Box<dyn Error>> {
    archive.seek(SeekFrom::Start(0))?;
    let mut reader = ArchiveReader::new(&mut archive)?;
    let mut missing: HashSet<PresenceDigest> = HashSet::new();
    while let Some(record) = reader.next_record()? {
        missing.extend(key(&record));
    }
    let all = missing.len();
    let (sender, mut records) = record_stream();
    let dump = tokio::spawn(places::source(config).await?.dump(sender));
    while let Some(record) = records.next().await {
        key(&record?).map(|key| missing.remove(&key));
    }
    dump.await??;
    let message = format!("nothing to import: all {all} users, chats and messages of {name} are already in the store");
    Ok(missing.is_empty().then_some(message))
}

fn key(record: &ArchiveRecord) -> Option<PresenceDigest> {
    let name = match record {
        ArchiveRecord::User(user) => format!("user\n{}", user.id),
        ArchiveRecord::Chat(chat) => format!("chat\n{}", chat.id),
        ArchiveRecord::Message(message) => format!("message\n{}\n{}", message.chat_id, message.id),
        _ => return None,
    };
    let digest = sha256(name.as_bytes());
    Some(std::array::from_fn(|place| digest[place]))
}
