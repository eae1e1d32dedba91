use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::api::user_settings;
use crate::domain::unknown_chat;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatMarkedUnread, Seq};
use crate::store::own_changes::OwnPart;

/// Marks a chat as unread from a message on, on the caller's own devices.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkUnread {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// The first message to be shown as unread: 1 to the chat's `seq`.
    seq: Seq,
}

impl Command for MarkUnread {
    const NAME: &'static str = "MARK_UNREAD";
    const SUMMARY: &'static str =
        "Marks a chat as unread from a message on, for yourself only, until MARK_READ reaches that message.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::WithMembership;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","seq":12}"##;
    type Reply = ChatMarkedUnread;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::require_member(context, &self.chat_id).await?;
        if !(1..=chat.seq).contains(&self.seq) {
            let sentence = format!("seq must be between 1 and {}, the chat's seq", chat.seq);
            return Err(Error::invalid("seq", sentence));
        }
        // Retention may have removed the message.
        let from = self.seq.max(chat.first_seq);
        let user = &context.user()?.id;
        let turn = context.services.own_turns.wait(user, Some(&chat.id)).await;
        user_settings::note_change(&context.services, user, OwnPart::Chat(&chat.id)).await?;
        let repository = &context.services.repository;
        let marked = match &context.claim {
            Some(held) => repository.mark_unread_once(&chat.id, user, from, held.claim()).await?,
            None => repository.mark_unread(&chat.id, user, from).await?,
        };
        let duplicate = !marked.ok_or_else(|| unknown_chat(&chat.id))?;
        context.claim.iter().for_each(|held| held.end());
        let marked = ChatMarkedUnread { chat_id: chat.id.clone(), unread_from_seq: from, duplicate };
        let response =
            if duplicate { Response::reply(marked) } else { Response::to_own_connections_in(chat.id, marked) };
        Ok(response.holding(turn))
    }

    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::require_member(context, &self.chat_id).await?;
        let unread_from_seq = self.seq.max(chat.first_seq);
        Ok(Response::reply(ChatMarkedUnread { chat_id: chat.id, unread_from_seq, duplicate: true }))
    }
}
