//! The canonical order of records.

use super::record::ArchiveRecord;
use crate::protocol::{AuditId, ChatId, FileId, MessageId, Seq, SessionId, TokenId, UserId};

/// The position of a record in the canonical order, which is also the order of the variants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RecordKey {
    /// Users without an owner come first.
    User {
        is_owned: bool,
        id: UserId,
    },
    Session {
        user: UserId,
        id: SessionId,
    },
    Token {
        maker: UserId,
        id: TokenId,
    },
    Document(String),
    Chat {
        id: ChatId,
        part: ChatPart,
    },
    EndedChat(ChatId),
    File {
        id: FileId,
        segment: Option<usize>,
    },
    Audit(AuditId),
}

/// A record of a chat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ChatPart {
    Chat,
    Member(UserId),
    Message { seq: Seq, id: MessageId },
}

impl RecordKey {
    /// The position of a record.
    pub(super) fn of(record: &ArchiveRecord) -> RecordKey {
        match record {
            ArchiveRecord::User(user) => RecordKey::User { is_owned: user.owner_id.is_some(), id: user.id.clone() },
            ArchiveRecord::Session(session) => {
                RecordKey::Session { user: session.user_id.clone(), id: session.id.clone() }
            }
            ArchiveRecord::Token(token) => RecordKey::Token { maker: token.maker_id.clone(), id: token.id.clone() },
            ArchiveRecord::Document(document) => RecordKey::Document(document.place.clone()),
            ArchiveRecord::Chat(chat) => RecordKey::Chat { id: chat.id.clone(), part: ChatPart::Chat },
            ArchiveRecord::Member(member) => {
                RecordKey::Chat { id: member.chat_id.clone(), part: ChatPart::Member(member.user_id.clone()) }
            }
            ArchiveRecord::Message(message) => {
                let part = ChatPart::Message { seq: message.seq, id: message.id.clone() };
                RecordKey::Chat { id: message.chat_id.clone(), part }
            }
            ArchiveRecord::EndedChat(ended) => RecordKey::EndedChat(ended.id.clone()),
            ArchiveRecord::File(file) => RecordKey::File { id: file.id.clone(), segment: None },
            ArchiveRecord::Segment(segment) => {
                RecordKey::File { id: segment.file_id.clone(), segment: Some(segment.index) }
            }
            ArchiveRecord::Audit(entry) => RecordKey::Audit(entry.id.clone()),
        }
    }

    /// Checks that a record comes after another one.
    ///
    /// # Errors
    /// Names the record if it repeats the other one or should precede it.
    pub(super) fn require_after(&self, last: &RecordKey) -> Result<(), String> {
        if self.is_same(last) {
            return Err(format!("{self}: it is repeated"));
        }
        if self < last {
            return Err(format!("{self}: it is out of order, after {last}"));
        }
        Ok(())
    }

    /// True if both have the same key in a store. Two messages cannot share a position.
    fn is_same(&self, last: &RecordKey) -> bool {
        match (self, last) {
            (
                RecordKey::Chat { id, part: ChatPart::Message { seq, .. } },
                RecordKey::Chat { id: other, part: ChatPart::Message { seq: same, .. } },
            ) => id == other && seq == same,
            _ => self == last,
        }
    }
}

impl std::fmt::Display for RecordKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RecordKey::User { id, .. } => write!(formatter, "user {id}"),
            RecordKey::Session { user, id } => write!(formatter, "session {id} of user {user}"),
            RecordKey::Token { id, .. } => write!(formatter, "token {id}"),
            RecordKey::Document(place) => write!(formatter, "document {place}"),
            RecordKey::Chat { id, part: ChatPart::Chat } => write!(formatter, "chat {id}"),
            RecordKey::Chat { id, part: ChatPart::Member(user) } => write!(formatter, "chat {id}: member {user}"),
            RecordKey::Chat { id, part: ChatPart::Message { id: message, .. } } => {
                write!(formatter, "chat {id}: message {message}")
            }
            RecordKey::EndedChat(id) => write!(formatter, "deleted chat {id}"),
            RecordKey::File { id, segment: None } => write!(formatter, "file {id}"),
            RecordKey::File { id, segment: Some(index) } => write!(formatter, "file {id}: segment {index}"),
            RecordKey::Audit(id) => write!(formatter, "audit entry {id}"),
        }
    }
}
