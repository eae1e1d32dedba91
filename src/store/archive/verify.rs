//! Checks records against each other: counts, positions on clocks, and references.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use ring::digest;
use serde::de::IgnoredAny;

use super::format::RecordCounts;
use super::record::{ArchiveRecord, ArchivedChat, ArchivedDocument, ArchivedMember, ArchivedMessage, ArchivedUser};
use crate::domain::name_key;
use crate::protocol::{ChatRole, FileId, MessageId, Seq};
use crate::store::files::{FileStore, SEGMENT, SegmentKey};
use crate::store::repository::{StoredFile, uploaded_avatar};

/// Takes the records of a store in order and collects inconsistencies.
#[derive(Debug)]
pub struct RecordVerifier {
    files: Option<Arc<dyn FileStore>>,
    counts: RecordCounts,
    findings: Vec<String>,
    users: HashSet<Box<str>>,
    chats: HashSet<Box<str>>,
    /// Files that messages refer to and that have not appeared yet.
    attached: BTreeSet<Box<str>>,
    /// Uploaded avatars that have not appeared yet.
    avatars: BTreeSet<FileId>,
    chat: Option<VerifiedChat>,
}

/// A chat, and the totals of its members and messages.
#[derive(Debug)]
struct VerifiedChat {
    chat: ArchivedChat,
    members: u64,
    owners: u64,
    messages: u64,
    latest: Seq,
    /// The latest position that anything in the chat has.
    ticked: Seq,
    last: Option<Seq>,
    pinned: BTreeSet<MessageId>,
}

impl RecordVerifier {
    /// A verifier that also reads the bytes of files, if there is a file store.
    pub fn new(files: Option<Arc<dyn FileStore>>) -> Self {
        RecordVerifier {
            files,
            counts: RecordCounts::default(),
            findings: vec![],
            users: HashSet::new(),
            chats: HashSet::new(),
            attached: BTreeSet::new(),
            avatars: BTreeSet::new(),
            chat: None,
        }
    }

    /// Takes the findings collected since the last call.
    pub fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.findings)
    }

    /// The number of records so far.
    pub fn counts(&self) -> RecordCounts {
        self.counts
    }

    /// Checks the next record.
    pub async fn follow(&mut self, record: ArchiveRecord) {
        self.counts.add(&record);
        match record {
            ArchiveRecord::User(user) => {
                if let Some(owner) = user.owner_id.as_ref().filter(|owner| !self.users.contains(&***owner)) {
                    self.findings.push(format!("user {}: the owner {owner} does not exist", user.id));
                }
                // A deleted account keeps its key, so that nobody else can take the name.
                if user.deleted_at.is_none() && name_key(&user.username) != user.username_key {
                    let ArchivedUser { id, username, username_key, .. } = &*user;
                    self.findings.push(format!("user {id}: {username} cannot be found by the key {username_key}"));
                }
                self.avatars.extend(user.avatar_url.as_deref().and_then(uploaded_avatar));
                self.users.insert((&*user.id).into());
            }
            ArchiveRecord::Session(session) => self.user(&session.user_id, &format!("session {}", session.id)),
            ArchiveRecord::Token(token) => {
                self.user(&token.user_id, &format!("token {}", token.id));
                self.user(&token.maker_id, &format!("token {}", token.id));
            }
            ArchiveRecord::Chat(chat) => {
                self.end_chat();
                self.begin_chat(*chat);
            }
            ArchiveRecord::Member(member) => self.member(&member),
            ArchiveRecord::Message(message) => self.message(&message),
            ArchiveRecord::File(file) => {
                self.end_chat();
                self.attached.remove(&*file.id);
                self.avatars.remove(&file.id);
                self.file(&file).await;
            }
            ArchiveRecord::EndedChat(ended) => {
                self.end_chat();
                if self.chats.contains(&*ended.id) {
                    self.findings.push(format!("chat {}: it exists and is recorded as deleted", ended.id));
                }
            }
            ArchiveRecord::Audit(_) => self.end_chat(),
            ArchiveRecord::Document(document) => self.document(&document),
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

    fn user(&mut self, user: &str, of: &str) {
        if !self.users.contains(user) {
            self.findings.push(format!("{of}: the user {user} does not exist"));
        }
    }

    fn document(&mut self, ArchivedDocument { place, text, .. }: &ArchivedDocument) {
        let Some(user) = place.strip_prefix("settings:") else { return };
        self.user(user, &format!("settings of {user}"));
        if !is_json(text) {
            self.findings.push(format!("settings of {user}: they are not JSON"));
        }
    }

    fn begin_chat(&mut self, chat: ArchivedChat) {
        self.chats.insert((&*chat.id).into());
        if chat.first_seq > chat.seq + 1 {
            self.findings
                .push(format!("chat {}: firstSeq {} is beyond its clock {}", chat.id, chat.first_seq, chat.seq));
        }
        for (name, seq) in [("changedSeq", chat.changed_seq), ("membersSeq", chat.members_seq)] {
            if seq > chat.seq {
                self.findings.push(format!("chat {}: {name} {seq} is beyond its clock {}", chat.id, chat.seq));
            }
        }
        let pinned = chat.pinned.iter().cloned().collect();
        let ticked = chat.changed_seq.max(chat.members_seq);
        self.chat =
            Some(VerifiedChat { chat, members: 0, owners: 0, messages: 0, latest: 0, ticked, last: None, pinned });
    }

    fn member(&mut self, member: &ArchivedMember) {
        self.user(&member.user_id, &format!("chat {}: member", member.chat_id));
        let Some(chat) = &mut self.chat else { return };
        chat.members += u64::from(member.role.is_some());
        chat.owners += u64::from(member.role == Some(ChatRole::Owner));
        let clock = chat.chat.seq;
        let positions = [
            ("readSeq", member.read_seq),
            ("deliveredSeq", member.delivered_seq),
            ("leftSeq", member.left_seq),
            ("unreadFromSeq", member.unread_from.unwrap_or(0)),
        ];
        for (name, seq) in positions.into_iter().filter(|(_, seq)| *seq > clock) {
            let ArchivedMember { chat_id, user_id, .. } = member;
            self.findings.push(format!("chat {chat_id}: {name} {seq} of {user_id} is beyond its clock {clock}"));
        }
    }

    fn message(&mut self, message: &ArchivedMessage) {
        let of = format!("chat {}: message {}", message.chat_id, message.id);
        self.user(&message.sender_id, &format!("{of}: the sender"));
        let Some(chat) = &mut self.chat else { return };
        let clock = chat.chat.seq;
        if message.seq > clock || message.updated_seq > clock {
            let seq = message.seq.max(message.updated_seq);
            self.findings.push(format!("{of}: its position {seq} is beyond the clock {clock}"));
        }
        if message.seq <= chat.latest || message.updated_seq < message.seq {
            self.findings
                .push(format!("{of}: its positions {} and {} are out of order", message.seq, message.updated_seq));
        }
        if message.seq < chat.chat.first_seq {
            let first = chat.chat.first_seq;
            self.findings.push(format!("{of}: its position {} is before the chat's first {first}", message.seq));
        }
        chat.latest = message.seq;
        chat.ticked = chat.ticked.max(message.updated_seq);
        if message.deleted_at.is_none() {
            chat.messages += 1;
            chat.last = Some(message.seq);
            chat.pinned.remove(&message.id);
            self.attached.extend(message.attachments.iter().filter_map(|file| file.id.as_deref().map(Into::into)));
        } else if !message.content.is_empty() {
            self.findings.push(format!("{of}: it is deleted but still has its text"));
        }
        if message.metadata.as_ref().is_some_and(|metadata| !is_json(metadata)) {
            self.findings.push(format!("{of}: its metadata is not JSON"));
        }
        self.reactions(message, &of, clock);
    }

    fn reactions(&mut self, message: &ArchivedMessage, of: &str, clock: Seq) {
        let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
        for reactor in &message.reactors {
            *counted.entry(&reactor.emoji).or_default() += 1;
            self.user(&reactor.user_id, &format!("{of}: a reaction"));
            if reactor.seq > clock {
                let position = reactor.seq;
                self.findings.push(format!("{of}: a reaction's position {position} is beyond the clock {clock}"));
            }
        }
        let shown: BTreeMap<&str, u64> =
            message.reactions.iter().map(|reaction| (&*reaction.emoji, reaction.count)).collect();
        if counted != shown {
            self.findings.push(format!("{of}: it lists the reactions {shown:?}, but there are {counted:?}"));
        }
    }

    fn end_chat(&mut self) {
        let Some(VerifiedChat { chat, members, owners, messages, ticked, last, pinned, .. }) = self.chat.take() else {
            return;
        };
        if ticked < chat.seq {
            let clock = chat.seq;
            self.findings
                .push(format!("chat {}: its clock is {clock}, and nothing in it is later than {ticked}", chat.id));
        }
        let counts = [
            ("members", chat.member_count, members),
            ("owners", chat.owners, owners),
            ("messages", chat.message_count, messages),
            ("for its last position", chat.last_seq.unwrap_or(0), last.unwrap_or(0)),
        ];
        for (what, said, found) in counts.into_iter().filter(|(_, said, found)| said != found) {
            self.findings.push(format!("chat {}: it has {said} {what}, and there are {found}", chat.id));
        }
        for message in pinned {
            self.findings.push(format!("chat {}: the pinned message {message} does not exist", chat.id));
        }
    }

    async fn file(&mut self, file: &StoredFile) {
        let Some(files) = &self.files else { return };
        let mut whole = digest::Context::new(&digest::SHA256);
        for (index, writer) in file.segments.iter().enumerate() {
            let length = file.size.saturating_sub(index as u64 * SEGMENT).min(SEGMENT);
            let key = SegmentKey { file: &file.id, index, writer: *writer };
            match files.get(key, 0..length).await {
                Ok(bytes) => whole.update(&bytes),
                Err(_) => {
                    return self.findings.push(format!(
                        "file {}: bytes from offset {} are missing",
                        file.id,
                        index as u64 * SEGMENT
                    ));
                }
            }
        }
        let found = HEXLOWER.encode(whole.finish().as_ref());
        if file.sha256.as_ref().is_some_and(|sha256| *sha256 != found) {
            self.findings.push(format!("file {}: its bytes do not match its SHA-256", file.id));
        }
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}
