use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::protocol::error::Result;
use crate::protocol::{MessageEdited, MessageId};

/// Changes the text of a message that you have sent.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EditMessage {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
    /// The new text, at most `limits.contentChars` characters and not only white space.
    #[schemars(length(min = 1))]
    content: String,
    /// Whatever your program keeps with it from now on; what is there stays where this is left out.
    metadata: Option<Map<String, Value>>,
}

impl Command for EditMessage {
    const NAME: &'static str = "EDIT_MESSAGE";
    const SUMMARY: &'static str = "Changes the text of a message that you have sent.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1","content":"Hello, wide world!"}"##;
    type Reply = MessageEdited;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        validate::content("content", &self.content, context.services.config.limits.content_chars)?;
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        context.commit(chat, changes::edit(self.message_id, self.content, self.metadata))
    }
}
