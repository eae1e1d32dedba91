use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::command::{Access, Alias, Command, Reply};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::{Attachment, MessageId, MessageRole, NewMessage, UserKind};
use crate::rules::{Action, Draft};
use crate::service::{chats, check};

/// Says something in a chat. The fields of `message` may also stand beside `chatId`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendMessage {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The message.
    message: Option<Written>,
    /// As in `message`.
    #[schemars(regex(pattern = "^[A-Za-z0-9_.:-]{1,128}$"))]
    id: Option<String>,
    /// As in `message`.
    #[schemars(length(min = 1))]
    content: Option<String>,
    /// As in `message`.
    role: Option<MessageRole>,
    /// As in `message`.
    #[schemars(length(max = 20))]
    attachments: Option<Vec<Attachment>>,
    /// As in `message`.
    reply_to: Option<MessageId>,
    /// As in `message`.
    metadata: Option<Map<String, Value>>,
}

/// A message as its sender writes it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Written {
    /// Your own id for it: the same command again then finds the message that was sent.
    #[schemars(regex(pattern = "^[A-Za-z0-9_.:-]{1,128}$"))]
    id: Option<String>,
    /// The text, at most `limits.contentChars` characters and not only white space.
    #[schemars(length(min = 1))]
    content: Option<String>,
    /// `user`; bots may also speak as `assistant` or `system`.
    role: Option<MessageRole>,
    /// Files.
    #[schemars(length(max = 20))]
    attachments: Option<Vec<Attachment>>,
    /// The message it answers.
    reply_to: Option<MessageId>,
    /// Whatever your program keeps with it.
    metadata: Option<Map<String, Value>>,
}

impl Command for SendMessage {
    const NAME: &'static str = "SEND_MESSAGE";
    const ALIASES: &'static [Alias] = &[Alias { name: "SEND_GROUP_MESSAGE", fields: &[("roomId", "chatId")] }];
    const SUMMARY: &'static str = "Says something in a chat.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","message":{"id":"hello-1","content":"Hello, world!"}}"##;
    type Reply = NewMessage;

    fn pipeline(&self) -> Option<&str> {
        (!self.chat_id.starts_with('#')).then_some(&*self.chat_id)
    }

    async fn run(self, context: &Context) -> Result<Reply> {
        let chat = chats::resolve(context, &self.chat_id).await?;
        let within = if self.message.is_some() { "message." } else { "" };
        let draft = self.written()?.draft(context, within)?;
        Ok(Reply::Change(context.change(chat, Action::Send(draft))?))
    }
}

impl SendMessage {
    /// The one message of both forms.
    fn written(self) -> Result<Written> {
        let mut written = self.message.unwrap_or_default();
        merge("id", &mut written.id, self.id)?;
        merge("content", &mut written.content, self.content)?;
        merge("role", &mut written.role, self.role)?;
        merge("attachments", &mut written.attachments, self.attachments)?;
        merge("replyTo", &mut written.reply_to, self.reply_to)?;
        merge("metadata", &mut written.metadata, self.metadata)?;
        Ok(written)
    }
}

fn merge<T>(field: &'static str, inner: &mut Option<T>, flat: Option<T>) -> Result<()> {
    match flat {
        Some(_) if inner.is_some() => {
            Err(Error::invalid(field, format!("{field} is given twice: in message and beside it")))
        }
        Some(value) => {
            *inner = Some(value);
            Ok(())
        }
        None => Ok(()),
    }
}

impl Written {
    /// The message, if it is right; errors name its fields with `within` before them.
    fn draft(self, context: &Context, within: &'static str) -> Result<Draft> {
        let field = |name: &str| format!("{within}{name}");
        let missing = || Error::invalid(field("content"), format!("{within}content is missing"));
        let content = self.content.ok_or_else(missing)?;
        check::content(field("content"), &content, context.services.config.limits.content_chars)?;
        let role = self.role.unwrap_or_default();
        if role != MessageRole::User && context.user()?.kind != UserKind::Bot {
            return Err(Error::forbidden("only bots may speak as assistant or system").at(field("role")));
        }
        let attachments = self.attachments.unwrap_or_default();
        check::attachments(&field("attachments"), &attachments)?;
        let id = match self.id {
            Some(id) => check::id(field("id"), &id).map(|()| MessageId::from(id))?,
            None => MessageId::from(context.services.clock.id()),
        };
        Ok(Draft { within, id, role, content, attachments, reply_to: self.reply_to, metadata: self.metadata })
    }
}
