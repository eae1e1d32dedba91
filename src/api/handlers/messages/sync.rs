use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reactions;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::ops::fault::{self, Fault};
use crate::protocol::error::Result;
use crate::protocol::{Chat, ChatId, Mark, Member, Message, Seq, StreamedMessage};
use crate::store::repository::Changes;

/// About how many bytes of text one answer has at most; what is left is asked for again.
const ANSWER_BYTES: usize = 1 << 20;

/// Asks what has changed since one was last here.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sync {
    /// The last `seq` you have seen of each chat you know.
    chats: BTreeMap<String, Seq>,
    /// How many messages per chat at most: 1 to 200, 200 where this is left out.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u64>,
}

/// What has changed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "SYNCED", rename_all = "camelCase")]
pub struct Synced {
    /// The chats that were asked for.
    chats: Vec<SyncedChat>,
    /// Chats you are in and did not ask for.
    new_chats: Vec<Chat>,
    /// Chats you asked for and are not in.
    removed_chat_ids: Vec<String>,
}

/// What has changed in one chat.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SyncedChat {
    /// The chat.
    chat_id: ChatId,
    /// The position that this answer brings you to.
    seq: Seq,
    /// The chat, if anything but messages changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    chat: Option<Chat>,
    /// All its members, if membership changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<Member>>,
    /// How far members have come.
    marks: Vec<Mark>,
    /// Answers that are being streamed.
    streams: Vec<StreamedMessage>,
    /// Messages changed since, by their latest change.
    messages: Vec<Message>,
    /// Ask again from `seq`.
    more: bool,
    /// Your position is beyond the chat's: forget what you know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reset: Option<bool>,
}

impl Command for Sync {
    const NAME: &'static str = "SYNC";
    const SUMMARY: &'static str = "Catches up after a reconnect: everything that changed since the positions you give.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"chats":{"018f2b6e-6a00-7000-8000-000000000001":12}}"#;
    type Reply = Synced;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let limit = validate::limit("limit", Some(self.limit.unwrap_or(validate::PAGE_MOST as u64)))?;
        let repository = &context.services.repository;
        let user = &context.user()?.id;
        let mut synced = Synced { chats: vec![], new_chats: vec![], removed_chat_ids: vec![] };
        let mut room = ANSWER_BYTES;
        for (id, after) in &self.chats {
            let limit = if room == 0 { 0 } else { limit };
            let after = *after + u64::from(fault::is(Fault::CursorOffByOne) && *after > 0);
            match repository.changes(&ChatId::from(id.as_str()), user, after, limit).await? {
                Some(mut changes) => {
                    reactions::mark_own_reactions(context, &mut changes.messages).await?;
                    let bytes: usize = changes.messages.iter().map(|message| 512 + message.content.len()).sum();
                    room = room.saturating_sub(bytes + 96 * changes.marks.len());
                    synced.chats.push(SyncedChat::new(context, id, changes).await?);
                }
                None => synced.removed_chat_ids.push(id.clone()),
            }
        }
        let streams = &context.services.features.streams;
        streams.fetch(synced.chats.iter().map(|chat| &chat.chat_id)).await;
        for chat in &mut synced.chats {
            chat.streams = streams.running(&chat.chat_id);
        }
        for id in repository.memberships(user).await? {
            if !self.chats.contains_key(&*id) {
                let chat = repository.chat(&id, user).await?;
                if let Some(chat) = chat {
                    synced.new_chats.push(chat_access::with_viewer_state(context, chat).await?);
                }
            }
        }
        Ok(Response::reply(synced))
    }
}

impl SyncedChat {
    async fn new(context: &Context, id: &str, changes: Changes) -> Result<Self> {
        let Changes { seq, chat, members, mut marks, messages, more, reset } = changes;
        let chat_id = ChatId::from(id);
        let services = &context.services;
        let chat = match chat {
            Some(chat) => Some(chat_access::with_viewer_state(context, chat).await?),
            None => None,
        };
        let mut members = members.map(|members| -> Vec<Member> {
            let present = |member: Member| Member { user: services.with_presence(member.user), ..member };
            members.into_iter().map(present).collect()
        });
        services.receipts.ahead_of(&chat_id, &mut marks);
        services.receipts.members_ahead_of(&chat_id, members.as_deref_mut().unwrap_or_default());
        if let Some(connection) = &context.connection {
            connection.outbox.forget_gap(&chat_id);
            let user = &context.user()?.id;
            let last = messages.iter().filter(|message| message.sender.id != *user).map(|message| message.seq).max();
            if let Some(last) = last {
                services.receipts.answers(connection, &chat_id, (user, last));
            }
        }
        let reset = reset.then_some(true);
        let streams = vec![];
        Ok(SyncedChat { chat_id, seq, chat, members, marks, streams, messages, more, reset })
    }
}
