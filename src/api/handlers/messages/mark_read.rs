use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Repetition, ReplyAudience, Response};
use crate::api::context::Context;
use crate::api::user_settings;
use crate::domain::unknown_chat;
use crate::protocol::error::Result;
use crate::protocol::{MessageRead, Seq};
use crate::store::own_changes::OwnPart;
use crate::store::repository::{Advance, ChatAccess};

/// Marks messages as read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkRead {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// The last message read; by default, and at most, the newest.
    seq: Option<Seq>,
}

impl Command for MarkRead {
    const NAME: &'static str = "MARK_READ";
    const SUMMARY: &'static str = "Marks messages as read; the position never moves back.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::Harmless;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","seq":12}"##;
    type Reply = MessageRead;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let user = context.user()?;
        // The unread mark that is looked at here is the one that is there when this mark is published.
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        let turn = services.own_turns.wait(&user.id, Some(&chat)).await;
        let ChatAccess { chat, unread_from, .. } = chat_access::require_membership(context, &chat).await?;
        let read = self.seq.unwrap_or(Seq::MAX).min(chat.seq);
        let is_large = services.large_chats().include(chat.member_count);
        let chat = chat.id;
        let user = user.id.clone();
        let at = services.clock.now();
        let clears_unread = unread_from.is_some_and(|from| from <= read);
        if clears_unread {
            user_settings::note_change(services, &user, OwnPart::Chat(&chat)).await?;
        }
        let step = Advance { chat: chat.clone(), user: user.clone(), read, delivered: read, at, clears_unread };
        let marked = services.receipts.mark(&step).await?.ok_or_else(|| unknown_chat(&chat))?;
        let rest = finish(context, &step, marked.cleared, is_large).await;
        // The mark is stored: whatever fails from here on, it is told.
        let FinishedRead { cleared, read_by_all_seq } = rest.inspect_err(|_| services.receipts.owe(&step, &marked))?;
        let moved = read > marked.read_before;
        let event = MessageRead {
            chat_id: chat.clone(),
            user_id: user,
            seq: marked.now.read,
            at: marked.now.read_at,
            read_by_all_seq,
            duplicate: !moved && !cleared,
        };
        let response = Response::reply(event).holding(turn);
        Ok(if moved && !is_large {
            response.also_to(ReplyAudience::Chat(chat))
        } else if moved || cleared {
            // Nobody else is affected: the read position is unchanged, or the chat is large.
            response.also_to(ReplyAudience::OwnConnectionsIn(chat))
        } else {
            response
        })
    }
}

/// The fields of a mark's event other than the mark.
struct FinishedRead {
    /// True if an unread mark was cleared.
    cleared: bool,
    read_by_all_seq: Option<Seq>,
}

async fn finish(context: &Context, step: &Advance, cleared: Option<bool>, is_large: bool) -> Result<FinishedRead> {
    let services = &context.services;
    let Advance { chat, user, read, .. } = step;
    let cleared = match cleared {
        Some(cleared) => cleared,
        // The position was stored before: this is the only write.
        None if step.clears_unread => services.repository.clear_unread(chat, user, *read).await?,
        None => false,
    };
    let read_by_all_seq = if is_large { None } else { Some(services.receipts.read_by_all(chat).await?) };
    Ok(FinishedRead { cleared, read_by_all_seq })
}
