use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::streams;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ClientId, Message, MessageId, MessageRole, Sender, StreamStarted, UserKind};

/// Starts a message that is streamed piece by piece.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartStream {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// Properties of the message that are known in advance.
    message: Option<StreamInput>,
}

/// Properties of a streamed message that are known in advance.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Streamed")]
pub struct StreamInput {
    /// An id chosen by the client.
    id: Option<ClientId>,
    /// By default `assistant`.
    role: Option<MessageRole>,
    /// The message this one replies to.
    reply_to: Option<MessageId>,
}

impl Command for StartStream {
    const NAME: &'static str = "START_STREAM";
    const SUMMARY: &'static str = "Starts a message that others can read while it is being written; for bots.";
    const ACCESS: Access = Access::WRITE;
    const TAKES_OP_ID: bool = false;
    const NEEDS_CONNECTION: bool = true;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","message":{"id":"answer-1","role":"assistant"}}"##;
    type Reply = StreamStarted;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let user = context.user()?;
        if user.kind != UserKind::Bot {
            return Err(Error::forbidden("only bots can stream; use SEND_MESSAGE"));
        }
        let message = self.message.unwrap_or_default();
        let chat_id = chat_access::require_subscribed(context, &self.chat_id).await?;
        let at = context.services.clock.now();
        let message = Message {
            id: message.id.map_or_else(|| context.services.clock.id().into(), |id| MessageId::from(String::from(id))),
            chat_id,
            seq: 0,
            updated_seq: 0,
            sender: Sender::from(&**user),
            role: message.role.unwrap_or(MessageRole::Assistant),
            content: String::new(),
            attachments: vec![],
            reply_to: message.reply_to,
            mentions: vec![],
            reactions: vec![],
            metadata: None,
            created_at: at,
            edited_at: None,
            deleted_at: None,
        };
        streams::require_startable(context, &message).await?;
        Ok(Response::reply(context.services.features.streams.start(message, streams::author(context)?)?))
    }
}
