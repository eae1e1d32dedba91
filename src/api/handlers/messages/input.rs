//! A message as its sender writes it: in an object `message`, or in the command's own fields.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::context::Context;
use crate::api::files;
use crate::api::streams;
use crate::api::validate;
use crate::domain::Draft;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Attachment, ChatId, ClientId, ClientJson, MessageId, MessageRole, UserKind};

use super::attachment::AttachmentInput;

/// Files of one message.
const ATTACHMENTS: usize = 20;

/// A message as its sender writes it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Written")]
pub struct MessageInput {
    /// An id chosen by the client, so that repeating the command returns the message already sent.
    pub(super) id: Option<ClientId>,
    /// The text: at most `limits.contentChars` characters, not only white space. May be empty or absent if there are
    /// attachments.
    pub(super) content: Option<String>,
    /// `user` by default; bots may also use `assistant` or `system`.
    pub(super) role: Option<MessageRole>,
    /// Attached files.
    #[schemars(length(max = 20))]
    pub(super) attachments: Option<Vec<AttachmentInput>>,
    /// The message this one replies to.
    pub(super) reply_to: Option<MessageId>,
    /// Application-specific data.
    pub(super) metadata: Option<ClientJson>,
}

/// A message whose fields are in `message` or in the command itself, each in one place only.
pub(super) struct NestedOrFlat {
    pub(super) nested: Option<MessageInput>,
    pub(super) flat: MessageInput,
}

impl NestedOrFlat {
    /// The validated message.
    pub(super) fn draft(self, context: &Context) -> Result<Draft> {
        let within = if self.nested.is_some() { "message." } else { "" };
        let mut input = self.nested.unwrap_or_default();
        let flat = self.flat;
        merge("id", &mut input.id, flat.id)?;
        merge("content", &mut input.content, flat.content)?;
        merge("role", &mut input.role, flat.role)?;
        merge("attachments", &mut input.attachments, flat.attachments)?;
        merge("replyTo", &mut input.reply_to, flat.reply_to)?;
        merge("metadata", &mut input.metadata, flat.metadata)?;
        input.draft(context, within)
    }
}

/// Refuses the id of a message that is being streamed, and attaches the files of a new message.
pub(super) async fn complete(context: &Context, chat: &ChatId, draft: &mut Draft) -> Result<()> {
    streams::refuse_streamed_id(context, chat, draft).await?;
    let to = files::Attaching { chat, message: &draft.id, within: draft.within, is_new: true };
    files::attach(context, to, &mut draft.attachments).await
}

fn merge<T>(field: &'static str, inner: &mut Option<T>, flat: Option<T>) -> Result<()> {
    match flat {
        Some(_) if inner.is_some() => {
            Err(Error::invalid(field, format!("{field} is given both in message and in the command")))
        }
        Some(value) => {
            *inner = Some(value);
            Ok(())
        }
        None => Ok(()),
    }
}

impl MessageInput {
    /// The validated message; errors prefix its field names with `within`.
    fn draft(self, context: &Context, within: &'static str) -> Result<Draft> {
        let field = |name: &str| format!("{within}{name}");
        let attachments = attachments(&field("attachments"), self.attachments.unwrap_or_default())?;
        let missing = || Error::invalid(field("content"), format!("{within}content is missing"));
        let has_files = !attachments.is_empty();
        let content = self.content.or_else(|| has_files.then(String::new)).ok_or_else(missing)?;
        if !(has_files && content.is_empty()) {
            validate::content(field("content"), &content, context.services.config.limits.content_chars)?;
        }
        let role = self.role.unwrap_or_default();
        if role != MessageRole::User && context.user()?.kind != UserKind::Bot {
            return Err(Error::forbidden("only bots may use the roles assistant and system").at(field("role")));
        }
        validate::metadata(field("metadata"), self.metadata.as_ref())?;
        // A command with an `opId` finds the id of its first attempt again.
        let has_new_id = self.id.is_none() && context.operation.is_none();
        let id = match self.id {
            Some(id) => MessageId::from(String::from(id)),
            None => MessageId::from(context.new_id()),
        };
        let MessageInput { reply_to, metadata, .. } = self;
        let group = vec![];
        Ok(Draft { within, id, has_new_id, role, content, group, attachments, reply_to, metadata, peer: None })
    }
}

/// The validated attachments; see [`AttachmentInput::attachment`].
pub(super) fn attachments(field: &str, given: Vec<AttachmentInput>) -> Result<Vec<Attachment>> {
    if given.len() > ATTACHMENTS {
        return Err(Error::invalid(field.to_owned(), format!("a message may have at most {ATTACHMENTS} attachments")));
    }
    let places = given.into_iter().enumerate();
    places.map(|(place, one)| one.attachment(&format!("{field}[{place}]"))).collect()
}
