use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Repetition, Response};
use crate::api::context::Context;
use crate::api::user_settings;
use crate::domain::unknown_chat;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatMuted, Mute, Patch, Timestamp};
use crate::store::own_changes::OwnPart;

/// Mutes the notifications of a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MuteChat {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// Time at which the mute ends; permanent by default; `null` unmutes.
    #[serde(default)]
    until: Patch<Timestamp>,
}

impl Command for MuteChat {
    const NAME: &'static str = "MUTE_CHAT";
    const SUMMARY: &'static str = "Mutes or unmutes a chat on your own devices, permanently or until a time.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const REPETITION: Repetition = Repetition::WithMembership;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","until":"2999-01-01T00:00:00Z"}"##;
    type Reply = ChatMuted;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let user = context.user()?;
        let now = services.clock.now();
        if matches!(self.until, Patch::Set(end) if end <= now) {
            return Err(Error::invalid("until", "until must be in the future, or null"));
        }
        let mute = self.wished();
        let chat_id = chat_access::require_member_id(context, &self.chat_id).await?;
        let turn = services.own_turns.wait(&user.id, Some(&chat_id)).await;
        user_settings::note_change(services, &user.id, OwnPart::Chat(&chat_id)).await?;
        let old = match &context.claim {
            Some(held) => services.repository.mute_once(&chat_id, &user.id, mute, held.claim()).await?,
            None => services.repository.mute(&chat_id, &user.id, mute).await?,
        };
        let old = old.ok_or_else(|| unknown_chat(&chat_id))?;
        context.claim.iter().for_each(|held| held.end());
        let duplicate = old.at(now) == mute;
        let muted = ChatMuted { chat_id: chat_id.clone(), muted: mute != Mute::No, until: mute.until(), duplicate };
        let response = if duplicate { Response::reply(muted) } else { Response::to_own_connections_in(chat_id, muted) };
        Ok(response.holding(turn))
    }

    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat_id = chat_access::require_member_id(context, &self.chat_id).await?;
        let mute = self.wished();
        Ok(Response::reply(ChatMuted { chat_id, muted: mute != Mute::No, until: mute.until(), duplicate: true }))
    }
}

impl MuteChat {
    fn wished(&self) -> Mute {
        match self.until {
            Patch::Keep => Mute::Always,
            Patch::Remove => Mute::No,
            Patch::Set(end) => Mute::Until(end),
        }
    }
}
