use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::{Access, Command, Reply};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::{ChatId, ChatKind, NewChat, Timestamp};
use crate::rules::Action;
use crate::service::{check, users};

/// Makes a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateChat {
    /// What it is called; `Chat YYYY-MM-DD HH:MM` where this is left out.
    #[schemars(length(min = 1))]
    name: Option<String>,
    /// A private group (the default) or a public channel.
    #[serde(default)]
    kind: Option<Kind>,
    /// What it is about.
    description: Option<String>,
    /// Who is in from the beginning, by id or username.
    #[schemars(length(max = 200))]
    members: Option<Vec<String>>,
    /// Your own id for it: the same command again then finds the chat that was made.
    #[schemars(regex(pattern = "^[A-Za-z0-9_.:-]{1,128}$"))]
    id: Option<String>,
}

/// The kinds of chat that can be made.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "NewChatKind")]
enum Kind {
    /// Private, by invitation.
    Group,
    /// Public: listed, readable and joinable by all.
    Channel,
}

impl Command for CreateChat {
    const NAME: &'static str = "CREATE_CHAT";
    const SUMMARY: &'static str = "Makes a group or a channel; you become its owner.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r#"{"name":"general","kind":"channel"}"#;
    type Reply = NewChat;

    async fn run(self, context: &Context) -> Result<Reply> {
        let (services, caller) = (&context.services, context.user()?);
        let limits = &services.config.limits;
        let name = match &self.name {
            Some(name) => check::name("name", name, limits.name_chars)?,
            None => default_name(services.clock.now()),
        };
        let kind = match self.kind {
            None | Some(Kind::Group) => ChatKind::Group,
            Some(Kind::Channel) => ChatKind::Channel,
        };
        refuse_hash(kind, &name)?;
        let description = self.description.as_deref();
        let description =
            description.map(|text| check::text("description", text, limits.description_chars)).transpose()?;
        let chat_id = match self.id {
            Some(id) => check::id("id", &id).map(|()| ChatId::from(id))?,
            None => ChatId::from(services.clock.id()),
        };
        let mut members = users::resolve(context, "members", &self.members.unwrap_or_default()).await?;
        members.retain(|member| member.id != caller.id);
        Ok(Reply::Change(context.change(chat_id, Action::Create { kind, name, description, members })?))
    }
}

/// `#` is how a channel is addressed, not part of its name.
pub(super) fn refuse_hash(kind: ChatKind, name: &str) -> Result<()> {
    if kind == ChatKind::Channel && name.starts_with('#') {
        return Err(Error::invalid("name", "write the channel's name without #"));
    }
    Ok(())
}

fn default_name(now: Timestamp) -> String {
    let text = now.to_string();
    format!("Chat {} {}", &text[..10], &text[11..16])
}
