//! Events that a node builds from the storage, because it may have missed the published ones.

use serde::Serialize;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::protocol::{
    ChatMarkedUnread, ChatMuted, ClientJson, MessageDelivered, MessageRead, Mute, Seq, User, UserId, wire,
};
use crate::store::own_changes::PersonalChatState;
use crate::store::repository::MovedMark;

use super::hub::OwnFrame;

/// USER_UPDATED for a change that this node may have missed.
#[derive(Serialize)]
#[serde(tag = "type", rename = "USER_UPDATED")]
pub(super) struct CorrectedUser {
    pub(super) user: User,
}

/// ACCOUNT_DELETED for a deletion that this node may have missed.
#[derive(Serialize)]
#[serde(tag = "type", rename = "ACCOUNT_DELETED", rename_all = "camelCase")]
pub(super) struct DeletedUser {
    pub(super) user_id: UserId,
}

/// SETTINGS for a change that this node may have missed.
#[derive(Serialize)]
#[serde(tag = "type", rename = "SETTINGS")]
pub(super) struct ChangedSettings<'a> {
    pub(super) settings: &'a ClientJson,
}

/// MESSAGE_READ for a member whose mark may have moved unnoticed.
pub(super) fn message_read(mark: &MovedMark, read_by_all: Seq) -> MessageRead {
    MessageRead {
        chat_id: mark.chat.clone(),
        user_id: mark.user.clone(),
        seq: mark.now.read,
        at: mark.now.read_at,
        read_by_all_seq: Some(read_by_all),
        duplicate: false,
    }
}

/// MESSAGE_DELIVERED for the authors of messages whose delivery may have gone unnoticed.
pub(super) fn message_delivered(mark: &MovedMark) -> MessageDelivered {
    MessageDelivered {
        chat_id: mark.chat.clone(),
        user_id: mark.user.clone(),
        seq: mark.now.delivered,
        at: mark.now.delivered_at,
        duplicate: false,
    }
}

/// The events with the mute and the unread mark of a chat, for a user's own connections.
pub(super) fn own_frames(user: &UserId, own: &PersonalChatState) -> [OwnFrame; 2] {
    let chat_id = own.chat_id.clone();
    let muted = ChatMuted { chat_id, muted: own.mute != Mute::No, until: own.mute.until(), duplicate: false };
    let chat_id = own.chat_id.clone();
    let read = match own.unread_from {
        Some(unread_from_seq) => wire::encode(&ChatMarkedUnread { chat_id, unread_from_seq, duplicate: false }),
        None => wire::encode(&MessageRead {
            chat_id,
            user_id: user.clone(),
            seq: own.read_seq,
            at: own.changed_at,
            read_by_all_seq: None,
            duplicate: false,
        }),
    };
    let own_frame = |text: Utf8Bytes| OwnFrame { chat: Some(own.chat_id.clone()), text };
    [own_frame(wire::encode(&muted)), own_frame(read)]
}
