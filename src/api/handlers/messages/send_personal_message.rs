use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::group_mentions;
use crate::api::quota_checks;
use crate::api::user_lookup;
use crate::domain::Draft;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ClientId, ClientJson, MessageId, MessageRole, NewMessage};

use super::attachment::AttachmentInput;
use super::input::{self, MessageInput, NestedOrFlat};

/// Sends a direct message. The fields of `message` may also be given at the top level.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendPersonalMessage {
    /// The recipient, by id, username or complete e-mail address.
    to: String,
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

impl Command for SendPersonalMessage {
    const NAME: &'static str = "SEND_PERSONAL_MESSAGE";
    const SUMMARY: &'static str = "Sends a message to one user, in your direct chat.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r#"{"to":"echo-bot","message":{"id":"hello-1","content":"Hello, you!"}}"#;
    type Reply = NewMessage;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let caller = context.user()?;
        let SendPersonalMessage { to, message, id, content, role, attachments, reply_to, metadata } = self;
        let both =
            NestedOrFlat { nested: message, flat: MessageInput { id, content, role, attachments, reply_to, metadata } };
        let mut draft = both.draft(context)?;
        let peer = user_lookup::find_recipient(context, "to", &to).await?;
        if peer.id == caller.id {
            return Err(Error::invalid("to", "you cannot send yourself a personal message"));
        }
        draft.group = group_mentions::find_peer(context, &peer.id, &draft.content);
        let chat = chat_access::direct_chat_id(context, &peer.id).await?;
        quota_checks::require_room_unless_exists(context, &chat).await?;
        input::complete(context, &chat, &mut draft).await?;
        let draft = Draft { peer: Some(Box::new(peer)), ..draft };
        context.commit(chat, changes::send(draft))
    }
}
