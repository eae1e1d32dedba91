use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Alias, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::group_mentions;
use crate::protocol::error::Result;
use crate::protocol::{ClientId, ClientJson, MessageId, MessageRole, NewMessage};

use super::attachment::AttachmentInput;
use super::input::{self, MessageInput, NestedOrFlat};

/// Sends a message to a chat. The fields of `message` may also be given at the top level.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendMessage {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message.
    message: Option<MessageInput>,
    /// As in `message`.
    id: Option<ClientId>,
    /// As in `message`.
    content: Option<String>,
    /// As in `message`.
    role: Option<MessageRole>,
    /// As in `message`.
    #[schemars(length(max = 20))]
    attachments: Option<Vec<AttachmentInput>>,
    /// As in `message`.
    reply_to: Option<MessageId>,
    /// As in `message`.
    metadata: Option<ClientJson>,
}

impl Command for SendMessage {
    const NAME: &'static str = "SEND_MESSAGE";
    const ALIASES: &'static [Alias] = &[Alias { name: "SEND_GROUP_MESSAGE", fields: &[("roomId", "chatId")] }];
    const SUMMARY: &'static str = "Sends a message to a chat.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::WithId;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","message":{"id":"hello-1","content":"Hello, world!"}}"##;
    type Reply = NewMessage;

    fn pipeline(&self) -> Option<&str> {
        (!self.chat_id.starts_with('#')).then_some(&*self.chat_id)
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        let mut draft = self.both().draft(context)?;
        draft.group = group_mentions::find(context, &chat, &draft.content).await?;
        input::complete(context, &chat, &mut draft).await?;
        context.commit(chat, changes::send(draft))
    }
}

impl SendMessage {
    fn both(self) -> NestedOrFlat {
        let SendMessage { message, id, content, role, attachments, reply_to, metadata, .. } = self;
        NestedOrFlat { nested: message, flat: MessageInput { id, content, role, attachments, reply_to, metadata } }
    }
}
