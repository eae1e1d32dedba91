//! The objects of the protocol: ids, users, chats, members, messages, events, errors and frames.
//!
//! Every type here serializes to exactly what the published contract says. This room knows nothing of storage, networks
//! or permissions. Begin reading at [`ChatEvent`], then [`error`] and [`wire`].

mod audit;
mod ban;
mod chat;
mod close;
pub mod digest;
mod ephemeral;
pub mod error;
mod event;
mod field;
mod file;
mod id;
mod json;
mod message;
mod receipt;
mod session;
mod stream;
pub mod text;
mod token;
mod user;
pub mod wire;

pub use crate::ops::timestamp::Timestamp;
pub use audit::AuditEntry;
pub use ban::Ban;
pub use chat::{Chat, ChatKind, ChatRole, LargeChats, Mark, Member, Mute, Posting, Viewer};
pub use close::Close;
pub use ephemeral::{Presence, PresenceChanged, PresenceUpdate, Typing};
pub use event::{
    ChannelListed, ChatDeleted, ChatEvent, ChatUpdated, HistoryTrimmed, HoldChanged, MemberBanned, MemberUnbanned,
    MemberUpdated, MembersAdded, MembersRemoved, Mention, MessageDeleted, MessageEdited, MessagePinned,
    MessageUnpinned, NewChat, NewMessage, ReactionAdded, ReactionRemoved,
};
pub use field::{ClientId, PageLimit, Patch};
pub use file::StoredAttachment;
pub use id::{AuditId, ChatId, FileId, MessageId, OperationId, SessionId, TokenId, UserId};
pub use json::ClientJson;
pub use message::{Attachment, Message, MessageRole, Reaction, Sender};
pub use receipt::{ChatMarkedUnread, ChatMuted, MessageDelivered, MessageRead};
pub use session::TokenExpiring;
pub use stream::{MessageChunk, StopRequested, StreamAppended, StreamStarted, StreamStopped, StreamedMessage};
pub use token::{Scope, Token};
pub use user::{BUILT_IN_ADMIN, PresenceStatus, ServerRole, User, UserKind};

/// A position on a chat's clock: 1, 2, 3, … without gaps.
pub type Seq = u64;
