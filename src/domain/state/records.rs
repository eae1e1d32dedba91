//! The records of chats and members.

use crate::protocol::{Ban, Chat, ChatId, ChatRole, Mute, Seq, Timestamp};

/// A chat as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatRecord {
    /// The chat without a viewer. If its last message is `None` although there are messages, nobody asked for it, and a
    /// backend keeps the one it has.
    pub chat: Chat,
    pub owners: u64,
    /// The place of the latest change to anything but messages.
    pub changed_seq: Seq,
    /// The place of the latest change to who is in.
    pub members_seq: Seq,
}

/// The channel that holds one of the [keys](crate::domain::channel_keys) of a name. An archived one keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelHolder {
    pub chat: ChatId,
    /// The key of its own name.
    pub name_key: String,
    pub is_archived: bool,
}

/// A user's membership of a chat; it remains after the user has left.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberRecord {
    /// None: the user has been in and is out.
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

    /// One who has never been in.
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
