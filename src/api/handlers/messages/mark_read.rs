use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::chats;
use crate::domain::unknown_chat;
use crate::protocol::error::Result;
use crate::protocol::wire;
use crate::protocol::{MessageRead, Seq};
use crate::realtime::hub::Wakers;
use crate::store::repository::Advance;

/// Says how far one has read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkRead {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// Up to where; to the newest where this is left out or beyond it.
    seq: Option<Seq>,
}

impl Command for MarkRead {
    const NAME: &'static str = "MARK_READ";
    const SUMMARY: &'static str = "Says how far you have read in a chat; the mark never goes back.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","seq":12}"##;
    type Reply = MessageRead;

    async fn run(self, context: &Context) -> Result<Reply> {
        let (services, user) = (&context.services, context.user()?);
        let chat = chats::inside(context, &self.chat_id).await?;
        let read = self.seq.unwrap_or(Seq::MAX).min(chat.seq);
        let (chat, user, at) = (chat.id, user.id.clone(), services.clock.now());
        let step = Advance { chat: chat.clone(), user: user.clone(), read, delivered: read, at };
        let marked = services.receipts.mark(&step).await?.ok_or_else(|| unknown_chat(&chat))?;
        let event = MessageRead {
            chat_id: chat.clone(),
            user_id: user,
            seq: marked.now.read,
            at: marked.now.read_at,
            read_by_all_seq: services.receipts.read_by_all(&chat).await?,
            duplicate: read <= marked.read_before,
        };
        let text = wire::encode(&event);
        if !event.duplicate {
            let mut wakers = Wakers::default();
            services.bus.publish_ephemeral(&chat, &text, context.connection.as_deref(), &mut wakers);
            wakers.wake();
        }
        Ok(Reply::Now(text))
    }
}
