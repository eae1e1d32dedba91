use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::files;
use crate::api::group_mentions;
use crate::api::streams;
use crate::api::validate;
use crate::protocol::error::Result;
use crate::protocol::{ClientJson, MessageEdited, MessageId, UserKind};

use super::attachment::AttachmentInput;
use super::input::attachments;

/// Edits one of your messages.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EditMessage {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message's id.
    message_id: MessageId,
    /// The new text: at most `limits.contentChars` characters (a bot's: 65,536 bytes, like a stream), not only white space.
    /// May be empty if the message has attachments.
    content: String,
    /// The new list of files; by default the files stay.
    #[schemars(length(max = 20))]
    attachments: Option<Vec<AttachmentInput>>,
    /// New application data; by default the current data stays.
    metadata: Option<ClientJson>,
}

impl Command for EditMessage {
    const NAME: &'static str = "EDIT_MESSAGE";
    const SUMMARY: &'static str = "Edits one of your messages.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1","content":"Hello, wide world!"}"##;
    type Reply = MessageEdited;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        // A bot may have streamed the message that it edits.
        let max = match context.user()?.kind {
            UserKind::Bot => {
                streams::require_length(&self.content)?;
                usize::MAX
            }
            UserKind::Human => context.services.config.limits.content_chars,
        };
        // An empty text is allowed only if the message has files, which the domain checks.
        if !self.content.is_empty() {
            validate::content("content", &self.content, max)?;
        }
        let mut attachments = self.attachments.map(|given| attachments("attachments", given)).transpose()?;
        validate::metadata("metadata", self.metadata.as_ref())?;
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        let group = group_mentions::find(context, &chat, &self.content).await?;
        if let Some(attachments) = &mut attachments {
            let to = files::Attaching { chat: &chat, message: &self.message_id, within: "", is_new: false };
            files::attach(context, to, attachments).await?;
        }
        context.commit(chat, changes::edit(self.message_id, self.content, group, attachments, self.metadata))
    }
}
