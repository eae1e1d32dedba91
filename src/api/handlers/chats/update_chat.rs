use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::domain::ChatUpdate;
use crate::ops::config::MOST_RETENTION_DAYS;
use crate::protocol::error::{Error, Result};
use crate::protocol::text::{Name, Prose};
use crate::protocol::{ChatKind, ChatUpdated, Patch, Posting};

/// Changes the properties that are present.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateChat {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// The name.
    #[schemars(length(min = 1))]
    name: Option<String>,
    /// The description; empty removes it.
    description: Option<String>,
    /// False archives the chat, which is then read-only; true reopens it.
    active: Option<bool>,
    /// `admins` lets only owners and admins post; everybody else still reads and reacts. `everyone` is the default.
    posting: Option<Posting>,
    /// Days after which messages are removed permanently; at most the server's `RETENTION_DAYS`, which null applies
    /// again. For owners.
    #[serde(default)]
    #[schemars(range(min = 1, max = 36_500))]
    retention_days: Patch<u32>,
}

impl Command for UpdateChat {
    const NAME: &'static str = "UPDATE_CHAT";
    const SUMMARY: &'static str =
        "Renames, describes, archives or reopens a chat, or sets who may post and how long messages are kept.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","description":"All and everything"}"##;
    type Reply = ChatUpdated;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let limits = &context.services.config.limits;
        let is_empty = self.name.is_none() && self.description.is_none() && self.active.is_none();
        if is_empty && self.posting.is_none() && self.retention_days == Patch::Keep {
            let sentence = "give at least one of name, description, active, posting and retentionDays";
            return Err(Error::invalid("name", sentence));
        }
        if let Some(days) = self.retention_days.value() {
            require_retention(*days, context.services.config.retention.days)?;
        }
        let name = self.name.as_deref().map(|name| Name::parse("name", name, limits.name_chars)).transpose()?;
        let description = self.description.as_deref();
        let description =
            description.map(|text| Prose::parse("description", text, limits.description_chars)).transpose()?;
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        if let Some(name) = &name {
            let found = chat_access::require_readable(context, &chat).await?.chat;
            if found.kind == ChatKind::Channel {
                chat_access::require_channel_name(name)?;
            }
        }
        let update = ChatUpdate {
            name: name.map(String::from),
            description: description.map(String::from),
            active: self.active,
            posting: self.posting,
            retention_days: self.retention_days,
        };
        context.commit(chat, changes::update(update))
    }
}

/// Checks that a chat keeps its messages no longer than the server allows.
fn require_retention(days: u32, server: u32) -> Result<()> {
    let max = if server == 0 { MOST_RETENTION_DAYS } else { server };
    if (1..=max).contains(&days) {
        return Ok(());
    }
    let sentence = format!("retentionDays must be from 1 to {max}, or null for the server's setting");
    Err(Error::invalid("retentionDays", sentence))
}
