use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::user_lookup;
use crate::api::validate;
use crate::domain::DIRECT;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, ChatKind, NewChat, Timestamp};

/// Makes a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateChat {
    /// What it is called; `Chat YYYY-MM-DD HH:MM` where this is left out. A direct chat has no name.
    #[schemars(length(min = 1))]
    name: Option<String>,
    /// A private group (the default), a public channel, or your direct chat with one other user.
    #[serde(default)]
    kind: Option<NewChatKind>,
    /// What it is about.
    description: Option<String>,
    /// Who is in from the beginning, by id or username; of a direct chat, the one other.
    #[schemars(length(max = 200))]
    members: Option<Vec<String>>,
    /// Your own id for it: the same command again then finds the chat that was made. That of a chat which was deleted
    /// is not given again.
    #[schemars(regex(pattern = "^[A-Za-z0-9_.:-]{1,128}$"))]
    id: Option<String>,
}

/// The kinds of chat that can be made.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum NewChatKind {
    /// Of two; there is one for each pair, and it is found again.
    Direct,
    /// Private, by invitation.
    Group,
    /// Public: listed, readable and joinable by all.
    Channel,
}

impl Command for CreateChat {
    const NAME: &'static str = "CREATE_CHAT";
    const SUMMARY: &'static str =
        "Makes a group or a channel, whose owner you become, or finds or makes a direct chat.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::WithId;
    const EXAMPLE: &'static str = r#"{"name":"general","kind":"channel"}"#;
    type Reply = NewChat;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let kind = match self.kind {
            Some(NewChatKind::Direct) => return self.direct(context).await,
            None | Some(NewChatKind::Group) => ChatKind::Group,
            Some(NewChatKind::Channel) => ChatKind::Channel,
        };
        let services = &context.services;
        let caller = context.user()?;
        let limits = &services.config.limits;
        let name = match &self.name {
            Some(name) => validate::name("name", name, limits.name_chars)?,
            None => default_name(services.clock.now()),
        };
        validate::channel_name(kind, &name)?;
        let description = self.description.as_deref();
        let description =
            description.map(|text| validate::text("description", text, limits.description_chars)).transpose()?;
        let chat_id = match self.id {
            Some(id) => chosen_id(id)?,
            None => ChatId::from(services.clock.id()),
        };
        let mut members = user_lookup::find_users(context, "members", &self.members.unwrap_or_default()).await?;
        members.retain(|member| member.id != caller.id);
        context.commit(chat_id, changes::create(kind, name, description, members))
    }
}

impl CreateChat {
    /// The one direct chat of the caller and the other, made if it is not there.
    async fn direct(self, context: &Context) -> Result<Response<NewChat>> {
        let caller = context.user()?;
        for (field, given) in [("name", self.name), ("description", self.description)] {
            if given.is_some_and(|text| !text.is_empty()) {
                return Err(Error::invalid(field, format!("a direct chat has no {field}")));
            }
        }
        if self.id.is_some() {
            return Err(Error::invalid("id", "a direct chat has an id of its own, which no one chooses"));
        }
        let mut members = user_lookup::find_users(context, "members", &self.members.unwrap_or_default()).await?;
        members.retain(|member| member.id != caller.id);
        let [peer] = &members[..] else {
            return Err(Error::invalid("members", "members must name the one other user of the direct chat"));
        };
        let chat_id = chat_access::direct_chat_id(context, &peer.id).await?;
        context.commit(chat_id, changes::create(ChatKind::Direct, String::new(), None, members))
    }
}

/// An id that the caller has chosen, and that no direct chat can have.
fn chosen_id(id: String) -> Result<ChatId> {
    validate::id("id", &id)?;
    if id.starts_with(DIRECT) {
        return Err(Error::invalid("id", format!("ids that begin with {DIRECT} belong to direct chats")));
    }
    Ok(ChatId::from(id))
}

fn default_name(now: Timestamp) -> String {
    let text = now.to_string();
    format!("Chat {} {}", &text[..10], &text[11..16])
}
