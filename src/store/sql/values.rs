//! Column values that both databases share.

use crate::protocol::{ChatKind, ChatRole, MessageRole, Posting, ServerRole, UserKind};
use crate::store::repository::{FileState, StoredFile};

/// Calls a macro with every id that is stored as text.
macro_rules! for_each_id {
    ($implement:ident) => {
        $implement!(AuditId, ChatId, FileId, MessageId, OperationId, SessionId, UserId, TokenId);
    };
}

/// Calls a macro with every enum that is stored as a word.
macro_rules! for_each_word {
    ($implement:ident) => {
        $implement!(ChatKind, ChatRole, Posting, MessageRole, ServerRole, UserKind);
    };
}

pub(in crate::store) use {for_each_id, for_each_word};

/// An enum that is stored as a word. The word is part of the stored data and never changes with the protocol.
pub(in crate::store) trait StoredWord: Sized {
    /// The stored word.
    fn word(&self) -> &'static str;

    /// The variant of a stored word.
    fn of_word(word: &str) -> Option<Self>;
}

macro_rules! stored_words {
    ($($name:ident { $($variant:ident = $word:literal),+ })+) => {$(
        impl StoredWord for $name {
            fn word(&self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            fn of_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some($name::$variant),)+
                    _ => None,
                }
            }
        }
    )+};
}

stored_words! {
    ChatKind { Direct = "direct", Group = "group", Channel = "channel" }
    ChatRole { Member = "member", Admin = "admin", Owner = "owner" }
    Posting { Everyone = "everyone", Admins = "admins" }
    MessageRole { User = "user", Assistant = "assistant", System = "system" }
    ServerRole { Member = "member", Moderator = "moderator", Admin = "admin" }
    UserKind { Human = "human", Bot = "bot" }
}

/// A position or count as a column value; a position beyond every clock stays beyond it.
pub(in crate::store) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The state of a file as a column value.
pub(in crate::store) fn file_state(file: &StoredFile) -> i64 {
    match file.state {
        FileState::Uploading => 0,
        FileState::Complete => 1,
        FileState::Deleting => 2,
    }
}

/// The chat of a file as a column value; empty for an avatar.
pub(in crate::store) fn file_chat(file: &StoredFile) -> &str {
    file.chat_id.as_deref().unwrap_or_default()
}
