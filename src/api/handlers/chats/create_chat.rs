use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::quota_checks;
use crate::api::user_lookup;
use crate::domain::DIRECT;
use crate::protocol::error::{Error, Result};
use crate::protocol::text::{Name, Prose};
use crate::protocol::{ChatId, ChatKind, ClientId, NewChat, Timestamp};

/// Creates a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateChat {
    /// The name; by default `Chat YYYY-MM-DD HH:MM`. A direct chat has no name.
    #[schemars(length(min = 1))]
    name: Option<String>,
    /// A private group (the default), a public channel, or a direct chat with one other user.
    #[serde(default)]
    kind: Option<NewChatKind>,
    /// The description.
    description: Option<String>,
    /// Initial members, by id or username; for a direct chat, the other user.
    #[schemars(length(max = 200))]
    members: Option<Vec<String>>,
    /// An id chosen by the client, so that repeating the command returns the chat already created. The id of a deleted
    /// chat cannot be used again.
    id: Option<ClientId>,
}

/// The kinds of chat.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum NewChatKind {
    /// Between two users; each pair has at most one.
    Direct,
    /// Private: members are added by owners and admins.
    Group,
    /// Public: anyone can list, read and join it.
    Channel,
}

impl Command for CreateChat {
    const NAME: &'static str = "CREATE_CHAT";
    const SUMMARY: &'static str = "Creates a group or channel that you own, or finds or creates a direct chat.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::WithId;
    const EXAMPLE: &'static str = r#"{"name":"general","kind":"channel"}"#;
    type Reply = NewChat;

    fn cost(&self) -> u32 {
        1 + quota_checks::cost_of(self.members.as_ref().map_or(0, Vec::len))
    }

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
            Some(name) => Name::parse("name", name, limits.name_chars)?,
            None => Name::parse("name", &default_name(services.clock.now()), limits.name_chars)?,
        };
        if kind == ChatKind::Channel {
            chat_access::require_channel_name(&name)?;
        }
        let description = self.description.as_deref();
        let description =
            description.map(|text| Prose::parse("description", text, limits.description_chars)).transpose()?;
        let chat_id = match self.id {
            Some(id) => chosen_id(id)?,
            None => ChatId::from(context.new_id()),
        };
        let mut members = user_lookup::find_users(context, "members", &self.members.unwrap_or_default()).await?;
        members.retain(|member| member.id != caller.id);
        if quota_checks::require_room_unless_exists(context, &chat_id).await? {
            quota_checks::require_contacts(context, &members).await?;
        }
        context.commit(chat_id, changes::create(kind, name, description, members))
    }
}

impl CreateChat {
    /// Finds or creates the direct chat of the caller and the other user.
    async fn direct(self, context: &Context) -> Result<Response<NewChat>> {
        let caller = context.user()?;
        for (field, given) in [("name", self.name), ("description", self.description)] {
            if given.is_some_and(|text| !text.is_empty()) {
                return Err(Error::invalid(field, format!("a direct chat has no {field}")));
            }
        }
        if self.id.is_some() {
            return Err(Error::invalid("id", "the id of a direct chat cannot be chosen"));
        }
        let mut members = user_lookup::find_users(context, "members", &self.members.unwrap_or_default()).await?;
        members.retain(|member| member.id != caller.id);
        let [peer] = &members[..] else {
            return Err(Error::invalid("members", "members must name exactly one other user"));
        };
        let chat_id = chat_access::direct_chat_id(context, &peer.id).await?;
        quota_checks::require_room_unless_exists(context, &chat_id).await?;
        context.commit(chat_id, changes::create_direct(peer.clone()))
    }
}

/// Validates an id chosen by the caller, which must not be that of a direct chat.
fn chosen_id(id: ClientId) -> Result<ChatId> {
    if id.starts_with(DIRECT) {
        return Err(Error::invalid("id", format!("ids that begin with {DIRECT} are reserved for direct chats")));
    }
    Ok(ChatId::from(String::from(id)))
}

fn default_name(now: Timestamp) -> String {
    let text = now.to_string();
    format!("Chat {} {}", &text[..10], &text[11..16])
}
