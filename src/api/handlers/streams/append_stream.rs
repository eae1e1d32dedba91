use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::streams;
use crate::protocol::error::Result;
use crate::protocol::{MessageId, StreamAppended};
use crate::realtime::streams::StreamKey;

/// Appends to a streamed message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppendStream {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The id of the streamed message.
    message_id: MessageId,
    /// The next piece, white space included; at most 65,536 bytes in all pieces together. An empty piece changes nothing.
    content: String,
}

impl Command for AppendStream {
    const NAME: &'static str = "APPEND_STREAM";
    const SUMMARY: &'static str = "Appends a piece to a stream.";
    const ACCESS: Access = Access::WRITE;
    const TAKES_OP_ID: bool = false;
    const NEEDS_CONNECTION: bool = true;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"answer-1","content":"It "}"##;
    type Reply = StreamAppended;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::require_subscribed(context, &self.chat_id).await?;
        streams::require_length(&self.content)?;
        let features = &context.services.features;
        let author = streams::author(context)?;
        let key = StreamKey { chat, message: self.message_id };
        Ok(Response::reply(features.streams.append(&key, &author, self.content)?))
    }
}
