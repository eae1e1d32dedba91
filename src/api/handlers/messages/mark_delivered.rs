use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Repetition, Response};
use crate::api::context::Context;
use crate::domain::unknown_chat;
use crate::protocol::error::Result;
use crate::protocol::{MessageDelivered, Seq};
use crate::realtime::hub::Wakers;
use crate::store::repository::Advance;

/// Marks messages as delivered.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkDelivered {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// The last message received; at most the newest.
    seq: Seq,
}

impl Command for MarkDelivered {
    const NAME: &'static str = "MARK_DELIVERED";
    const SUMMARY: &'static str = "Marks messages as delivered; the server does this itself for messages it sends.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::Harmless;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","seq":12}"##;
    type Reply = MessageDelivered;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let user = context.user()?;
        let chat = chat_access::require_member(context, &self.chat_id).await?;
        let delivered = self.seq.min(chat.seq);
        let is_large = services.large_chats().include(chat.member_count);
        let chat = chat.id;
        let user = user.id.clone();
        let at = services.clock.now();
        let step = Advance { chat: chat.clone(), user: user.clone(), read: 0, delivered, at, clears_unread: false };
        let marked = services.receipts.mark(&step).await?.ok_or_else(|| unknown_chat(&chat))?;
        let seq = marked.now.delivered;
        let at = marked.now.delivered_at;
        let duplicate = delivered <= marked.delivered_before;
        let event = MessageDelivered { chat_id: chat.clone(), user_id: user, seq, at, duplicate };
        if is_large && !duplicate {
            return Ok(Response::to_own_connections(event));
        }
        if !duplicate {
            let authors = services.repository.authors(&chat, marked.delivered_before, seq).await;
            let authors = authors.inspect_err(|_| services.receipts.owe(&step, &marked))?;
            let mut wakers = Wakers::default();
            services.receipts.publish_delivered(&event, &authors, &mut wakers);
            wakers.wake();
        }
        Ok(Response::reply(event))
    }
}
