//! Checks records against each other: counts, positions on clocks, and references.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Arguments;
use std::sync::Arc;

use serde::de::IgnoredAny;

mod chat;

use super::file_digest::FileDigest;
use super::format::RecordCounts;
use super::record::{ArchiveRecord, ArchivedDocument, ArchivedUser};
use super::unreadable::UnreadableRecord;
use crate::domain::name_key;
use crate::protocol::FileId;
use crate::store::files::{FileStore, SEGMENT, SegmentKey};
use crate::store::repository::{StoredFile, uploaded_avatar};
use chat::VerifiedChat;

/// Takes the records of a store in order and collects inconsistencies.
#[derive(Debug, Default)]
pub struct RecordVerifier {
    files: Option<Arc<dyn FileStore>>,
    counts: RecordCounts,
    findings: Vec<String>,
    users: HashSet<Box<str>>,
    chats: HashSet<Box<str>>,
    /// The ids of deleted chats.
    ended: HashSet<Box<str>>,
    /// Files that messages refer to and that have not appeared yet.
    attached: BTreeSet<Box<str>>,
    /// Uploaded avatars that have not appeared yet.
    avatars: BTreeSet<FileId>,
    chat: Option<VerifiedChat>,
}

impl RecordVerifier {
    /// A verifier that also reads the bytes of files, if there is a file store.
    pub fn new(files: Option<Arc<dyn FileStore>>) -> Self {
        RecordVerifier { files, ..RecordVerifier::default() }
    }

    /// Takes the findings collected since the last call.
    pub fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.findings)
    }

    /// The number of records so far.
    pub fn counts(&self) -> RecordCounts {
        self.counts
    }

    /// Checks the next record, and the bytes of a file.
    pub async fn follow(&mut self, record: ArchiveRecord) {
        self.note(&record);
        if let ArchiveRecord::File(file) = record {
            self.bytes(&file).await;
        }
    }

    /// Reports a record that cannot be read. What refers to it is not reported again.
    pub fn skip(&mut self, unreadable: &UnreadableRecord) {
        self.findings.push(unreadable.to_string());
        let Some(key) = unreadable.key.first() else { return };
        match unreadable.kind {
            "user" => drop(self.users.insert((&**key).into())),
            "chat" => {
                self.end_chat();
                self.chats.insert((&**key).into());
            }
            "file" => drop(self.attached.remove(&**key)),
            _ => {}
        }
    }

    /// Checks the next record, but no bytes.
    pub(super) fn note(&mut self, record: &ArchiveRecord) {
        self.counts.add(record);
        match record {
            ArchiveRecord::User(user) => self.account(user),
            ArchiveRecord::Session(session) => self.user(&session.user_id, format_args!("session {}", session.id)),
            ArchiveRecord::Token(token) => {
                self.user(&token.user_id, format_args!("token {}", token.id));
                self.user(&token.maker_id, format_args!("token {}", token.id));
            }
            ArchiveRecord::Document(document) => self.document(document),
            ArchiveRecord::Chat(chat) => {
                self.end_chat();
                self.begin_chat(chat);
            }
            ArchiveRecord::Member(member) => self.member(member),
            ArchiveRecord::Message(message) => self.message(message),
            ArchiveRecord::EndedChat(ended) => {
                self.end_chat();
                if self.chats.contains(&*ended.id) {
                    self.findings.push(format!("chat {}: it exists and is recorded as deleted", ended.id));
                }
                self.ended.insert((&*ended.id).into());
            }
            ArchiveRecord::File(file) => {
                self.end_chat();
                self.file(file);
            }
            ArchiveRecord::Audit(entry) => {
                self.end_chat();
                self.user(&entry.actor_id, format_args!("audit entry {}: the actor", entry.id));
            }
            ArchiveRecord::Segment(_) => {}
        }
    }

    /// Reports references to records that never appeared.
    pub fn end(&mut self) {
        self.end_chat();
        for file in std::mem::take(&mut self.attached) {
            self.findings.push(format!("file {file}: it is attached to a message but has no record"));
        }
        for file in std::mem::take(&mut self.avatars) {
            self.findings.push(format!("file {file}: it is the avatar of a user but has no record"));
        }
    }

    fn user(&mut self, user: &str, of: Arguments<'_>) {
        if !self.users.contains(user) {
            self.findings.push(format!("{of}: the user {user} does not exist"));
        }
    }

    fn account(&mut self, user: &ArchivedUser) {
        let ArchivedUser { id, username, username_key, .. } = user;
        if let Some(owner) = user.owner_id.as_ref().filter(|owner| !self.users.contains(&***owner)) {
            self.findings.push(format!("user {id}: the owner {owner} does not exist"));
        }
        // A deleted account keeps its key, so that nobody else can take the name.
        if user.deleted_at.is_none() && name_key(username) != *username_key {
            self.findings.push(format!("user {id}: {username} cannot be found by the key {username_key}"));
        }
        self.avatars.extend(user.avatar_url.as_deref().and_then(uploaded_avatar));
        self.users.insert((&**id).into());
    }

    fn document(&mut self, ArchivedDocument { place, text, .. }: &ArchivedDocument) {
        let Some(user) = place.strip_prefix("settings:") else { return };
        self.user(user, format_args!("settings of {user}"));
        if !is_json(text) {
            self.findings.push(format!("settings of {user}: they are not JSON"));
        }
    }

    fn file(&mut self, file: &StoredFile) {
        self.attached.remove(&*file.id);
        self.avatars.remove(&file.id);
        self.user(&file.owner_id, format_args!("file {}: the owner", file.id));
        // The files of a deleted chat are deleted a little later.
        if let Some(chat) = file.chat_id.as_ref()
            && !self.chats.contains(&**chat)
            && !self.ended.contains(&**chat)
        {
            self.findings.push(format!("file {}: the chat {chat} does not exist", file.id));
        }
    }

    /// Checks the bytes of a file.
    pub async fn bytes(&mut self, file: &StoredFile) {
        let Some(files) = &self.files else { return };
        let mut whole = FileDigest::new(file);
        for (index, writer) in file.segments.iter().enumerate() {
            let length = file.size.saturating_sub(index as u64 * SEGMENT).min(SEGMENT);
            let key = SegmentKey { file: &file.id, index, writer: *writer };
            let read = files.get(key, 0..length).await.map_err(|_| whole.missing());
            if let Err(finding) = read.and_then(|bytes| whole.add(index, &bytes)) {
                return self.findings.push(finding);
            }
        }
        self.findings.extend(whole.end().err());
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}
