//! The records of chats and members.

use crate::protocol::{Ban, Chat, ChatId, ChatRole, Mute, Seq, Timestamp};

/// A chat's stored record.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatRecord {
    /// The chat without viewer fields. If its last message is `None` although it has messages, the message was not
    /// loaded, and the backend keeps the one it has.
    pub chat: Chat,
    pub owners: u64,
    /// The position of the latest change other than to messages.
    pub changed_seq: Seq,
    /// The position of the latest change of membership.
    pub members_seq: Seq,
}

/// The channel that holds one of the [keys](crate::domain::channel_keys) of a name. An archived channel keeps its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelHolder {
    pub chat: ChatId,
    /// The key of the channel's own name.
    pub name_key: String,
    pub is_archived: bool,
}

/// A user's membership of a chat; it remains after the user has left.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberRecord {
    /// None if the user has left.
    pub role: Option<ChatRole>,
    /// The time at which the user came in.
    pub joined_at: Timestamp,
    /// The position up to which the user has read.
    pub read_seq: Seq,
    /// The position up to which messages were delivered to the user.
    pub delivered_seq: Seq,
    /// The last event of a former member; 0 for a user who never joined.
    pub left_seq: Seq,
    /// A ban, in force or expired.
    pub ban: Option<Ban>,
    /// The user's notification setting.
    pub mute: Mute,
    /// The position from which the user has marked the chat unread.
    pub unread_from: Option<Seq>,
}

impl MemberRecord {
    /// A member who has just joined and has nothing to catch up on.
    pub(in crate::domain) fn new(role: ChatRole, at: Timestamp, seq: Seq) -> Self {
        MemberRecord { role: Some(role), read_seq: seq, delivered_seq: seq, ..MemberRecord::stranger(at) }
    }

    /// The record of a user who has never been a member.
    pub(in crate::domain) fn stranger(at: Timestamp) -> Self {
        MemberRecord {
            role: None,
            joined_at: at,
            read_seq: 0,
            delivered_seq: 0,
            left_seq: 0,
            ban: None,
            mute: Mute::No,
            unread_from: None,
        }
    }

    /// The position after which messages count as unread: the read position, or the one before the unread mark if that
    /// is lower.
    pub fn unread_after(&self) -> Seq {
        self.unread_from.map_or(self.read_seq, |from| self.read_seq.min(from.saturating_sub(1)))
    }

    /// The ban that is in force.
    pub(in crate::domain) fn running_ban(&self, now: Timestamp) -> Option<&Ban> {
        self.ban.as_ref().filter(|ban| ban.holds(now))
    }
}
