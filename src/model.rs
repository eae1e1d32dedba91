//! What the protocol speaks of: users, chats, members, messages, and the events that tell of their changes.
//!
//! Every type here serializes to exactly what the protocol says of it.

mod audit;
mod ban;
mod chat;
mod ephemeral;
mod event;
mod id;
mod message;
mod receipt;
mod stream;
mod timestamp;
mod token;
mod user;

pub use audit::AuditEntry;
pub use ban::Ban;
pub use chat::{Chat, ChatKind, ChatRole, Mark, Member, Mute, Viewer};
pub use ephemeral::{Presence, PresenceChanged, Typing};
pub use event::{
    ChannelListed, ChatDeleted, ChatEvent, ChatUpdated, MemberBanned, MemberUnbanned, MemberUpdated, MembersAdded,
    MembersRemoved, Mention, MessageDeleted, MessageEdited, MessagePinned, MessageUnpinned, NewChat, NewMessage,
    ReactionAdded, ReactionRemoved,
};
pub use id::{AuditId, ChatId, MessageId, SessionId, TokenId, UserId};
pub use message::{Attachment, Message, MessageRole, Reaction, Sender};
pub use receipt::{ChatMuted, MessageDelivered, MessageRead};
pub use stream::{MessageChunk, StopRequested, StreamAppended, StreamStarted, StreamStopped, StreamedMessage};
pub use timestamp::Timestamp;
pub use token::{Scope, Token};
pub use user::{PresenceStatus, ServerRole, User, UserKind};

/// A position on a chat's clock: 1, 2, 3, … without gaps.
pub type Seq = u64;
