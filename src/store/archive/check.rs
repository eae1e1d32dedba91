//! Checks a whole archive before an import writes anything: its records are those of one consistent store, so that no
//! target refuses one of them halfway.

use std::collections::{BTreeSet, HashSet};
use std::io::Read;

use super::file_digest::FileDigest;
use super::reading::ArchiveReader;
use super::record::{ArchiveRecord, ArchivedChat, ArchivedMessage, ArchivedUser};
use super::record_key::RecordKey;
use super::verify::RecordVerifier;
use super::writing::ArchiveSummary;
use super::{ArchiveError, ArchiveResult};
use crate::domain::name_key;
use crate::ops::crypto::sha256;
use crate::protocol::ChatKind;

/// Reads an archive completely, without a store.
///
/// # Errors
/// Fails if the archive is incomplete or damaged, or its records do not fit together.
pub fn check(input: impl Read) -> ArchiveResult<ArchiveSummary> {
    let mut reader = ArchiveReader::new(input)?;
    let mut checker = ArchiveChecker::default();
    while let Some(record) = reader.next_record()? {
        let at = reader.total();
        checker.follow(&record).map_err(|reason| ArchiveError::Damaged { record: at, reason })?;
    }
    let at = reader.total();
    checker.end().map_err(|reason| ArchiveError::Damaged { record: at, reason })?;
    reader.summary()
}

/// Follows the records of an archive; the first that does not fit is an error.
#[derive(Debug, Default)]
struct ArchiveChecker {
    last: Option<RecordKey>,
    unique: UniqueValues,
    verifier: RecordVerifier,
    file: Option<FileDigest>,
}

impl ArchiveChecker {
    fn follow(&mut self, record: &ArchiveRecord) -> Result<(), String> {
        let key = RecordKey::of(record);
        if let Some(last) = &self.last {
            key.require_after(last)?;
        }
        self.last = Some(key);
        self.bytes(record)?;
        self.unique.add(record)?;
        self.verifier.note(record);
        self.verdict()
    }

    fn bytes(&mut self, record: &ArchiveRecord) -> Result<(), String> {
        if let ArchiveRecord::Segment(segment) = record {
            let file = self.file.as_mut().filter(|file| *file.id() == segment.file_id);
            let stray = || format!("file {}: its bytes do not follow its record", segment.file_id);
            return file.ok_or_else(stray)?.add(segment.index, &segment.bytes);
        }
        let complete = self.file.take().map_or(Ok(()), FileDigest::end);
        if let ArchiveRecord::File(file) = record {
            self.file = Some(FileDigest::new(file));
        }
        complete
    }

    fn end(mut self) -> Result<(), String> {
        self.file.take().map_or(Ok(()), FileDigest::end)?;
        self.verifier.end();
        self.verdict()
    }

    fn verdict(&mut self) -> Result<(), String> {
        self.verifier.take().into_iter().next().map_or(Ok(()), Err)
    }
}

/// Half of a digest: enough to distinguish values, and small if there are many.
type HalfDigest = [u8; 16];

fn short(value: &str) -> HalfDigest {
    let digest = sha256(value.as_bytes());
    std::array::from_fn(|place| digest[place])
}

/// Values that no two records may share, although the order of the archive does not show it.
#[derive(Debug, Default)]
struct UniqueValues {
    usernames: HashSet<HalfDigest>,
    emails: HashSet<HalfDigest>,
    tokens: HashSet<[u8; 32]>,
    channels: HashSet<HalfDigest>,
    /// The ids of the current chat's messages. Twelve bytes suffice for a billion and keep a large chat small. A tree grows
    /// by nodes; a hash table would double, and be in memory twice meanwhile.
    messages: BTreeSet<[u8; 12]>,
}

impl UniqueValues {
    fn add(&mut self, record: &ArchiveRecord) -> Result<(), String> {
        match record {
            ArchiveRecord::User(user) => self.user(user),
            ArchiveRecord::Token(token) if !self.tokens.insert(token.hash) => {
                Err(format!("token {}: another token has the same secret", token.id))
            }
            ArchiveRecord::Chat(chat) => {
                self.messages = BTreeSet::new();
                self.channel(chat)
            }
            ArchiveRecord::Message(message) => self.message(message),
            _ => Ok(()),
        }
    }

    fn user(&mut self, ArchivedUser { id, username, username_key, email, .. }: &ArchivedUser) -> Result<(), String> {
        if !self.usernames.insert(short(username_key)) {
            return Err(format!("user {id}: another user has the username {username}"));
        }
        match email {
            Some(email) if !self.emails.insert(short(&name_key(email))) => {
                Err(format!("user {id}: another user has the email {email}"))
            }
            _ => Ok(()),
        }
    }

    fn channel(&mut self, ArchivedChat { id, kind, name, .. }: &ArchivedChat) -> Result<(), String> {
        if *kind == ChatKind::Channel && !self.channels.insert(short(&name_key(name))) {
            return Err(format!("chat {id}: another channel has the name {name:?}"));
        }
        Ok(())
    }

    fn message(&mut self, message: &ArchivedMessage) -> Result<(), String> {
        let ArchivedMessage { chat_id, id, mentions, reactors, .. } = message;
        let digest = sha256(id.as_bytes());
        if !self.messages.insert(std::array::from_fn(|place| digest[place])) {
            return Err(format!("chat {chat_id}: message {id}: another message has the same id"));
        }
        let mentioned: HashSet<&str> = mentions.iter().map(|user| &**user).collect();
        if mentioned.len() < mentions.len() {
            return Err(format!("chat {chat_id}: message {id}: it lists a mentioned user twice"));
        }
        let reacted: HashSet<[&str; 2]> = reactors.iter().map(|one| [&*one.emoji, &*one.user_id]).collect();
        if reacted.len() < reactors.len() {
            return Err(format!("chat {chat_id}: message {id}: it lists a reaction twice"));
        }
        Ok(())
    }
}
