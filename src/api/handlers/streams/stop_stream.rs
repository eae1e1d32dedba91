use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::streams;
use crate::protocol::error::Result;
use crate::protocol::{MessageId, StreamStopped};
use crate::realtime::streams::StreamKey;

/// Asks the author of a stream to stop.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StopStream {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The id of the streamed message.
    message_id: MessageId,
}

impl Command for StopStream {
    const NAME: &'static str = "STOP_STREAM";
    const SUMMARY: &'static str = "Asks the author of a stream to stop.";
    const ACCESS: Access = Access::WRITE;
    const TAKES_OP_ID: bool = false;
    const NEEDS_CONNECTION: bool = true;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"answer-1"}"##;
    type Reply = StreamStopped;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat_id = chat_access::require_subscribed(context, &self.chat_id).await?;
        let key = StreamKey { chat: chat_id.clone(), message: self.message_id.clone() };
        let streams = &context.services.features.streams;
        if let Some(stopped) = streams.request_stop(&key, &context.user()?.id, context.connection()?) {
            return Ok(Response::reply(stopped));
        }
        // If the stream has just ended, the request is fulfilled already.
        let message = context.services.repository.message(&chat_id, &self.message_id).await?;
        let message = message.ok_or_else(|| streams::unknown(&self.message_id))?;
        Ok(Response::reply(StreamStopped { chat_id, message_id: message.id, duplicate: true }))
    }
}
