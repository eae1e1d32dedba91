use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::streams;
use crate::protocol::error::Result;
use crate::protocol::{MessageId, NewMessage};

/// Ends a stream, which becomes a message. A stream without visible text ends with STREAM_STOPPED instead, and leaves no
/// message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndStream {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The id of the streamed message.
    message_id: MessageId,
    /// The final text, if it differs from the pieces; at most 65,536 bytes.
    content: Option<String>,
}

impl Command for EndStream {
    const NAME: &'static str = "END_STREAM";
    const SUMMARY: &'static str = "Ends a stream and stores its text as one message.";
    const ACCESS: Access = Access::WRITE;
    const NEEDS_CONNECTION: bool = true;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"answer-1"}"##;
    type Reply = NewMessage;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::require_subscribed(context, &self.chat_id).await?;
        streams::end(context, &chat, &self.message_id, self.content).await
    }
}
