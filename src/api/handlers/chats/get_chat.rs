use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::digests::{self, DIGEST_COST};
use crate::api::quota_checks;
use crate::domain::unknown_chat;
use crate::protocol::digest::DIGESTED_MOST;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{Chat, ChatId};

/// Attempts to read a chat at the position of its digest.
const ATTEMPTS: usize = 4;

/// Gets a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetChat {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// True to include the digest of the chat's durable state. It costs as much as 10 commands, plus one per 1,000
    /// changes, and is refused with TOO_LARGE beyond 20,000 changes.
    #[serde(default)]
    digest: bool,
}

/// One chat.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CHAT", rename_all = "camelCase")]
pub struct ChatReply {
    /// The chat as you see it.
    chat: Chat,
    /// The digest of the chat's durable state at `chat.seq`, as 64 hexadecimal digits, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
}

impl Command for GetChat {
    const NAME: &'static str = "GET_CHAT";
    const SUMMARY: &'static str = "Gets a chat, and the digest of its state if requested.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = ChatReply;

    fn cost(&self) -> u32 {
        if self.digest { DIGEST_COST } else { 1 }
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let id = chat_access::find_chat(context, &self.chat_id).await?;
        let mut chat = read(context, &id).await?;
        if !self.digest {
            return Ok(Response::reply(ChatReply { chat, digest: None }));
        }
        if !digests::is_digested(chat.seq) {
            let sentence = format!("a digest is available only for chats with at most {DIGESTED_MOST} changes");
            return Err(Error::new(Code::TooLarge, sentence).at("digest"));
        }
        let services = &context.services;
        if services.digests.find(&chat).is_none() {
            quota_checks::spend_more(services, context.identity()?, digests::size_cost(chat.seq), DIGEST_COST)?;
        }
        for _ in 0..ATTEMPTS {
            let digest = match services.digests.find(&chat) {
                Some(known) => Some(known),
                None => services.digests.compute(&*services.repository, &chat).await?,
            };
            if let Some(digest) = digest {
                return Ok(Response::reply(ChatReply { chat, digest: Some(digest.to_string()) }));
            }
            chat = read(context, &id).await?;
        }
        Err(Error::unavailable("the chat changed during every attempt to compute its digest; try again"))
    }
}

/// Reads a chat that the caller may see.
async fn read(context: &Context, id: &ChatId) -> Result<Chat> {
    let chat = context.services.repository.chat(id, &context.user()?.id).await?;
    let is_in = |chat: &Chat| chat.viewer.as_ref().is_some_and(|viewer| viewer.my_role.is_some());
    if !chat.as_ref().is_some_and(is_in) {
        chat_access::require_readable(context, id).await?;
    }
    chat_access::with_viewer_state(context, chat.ok_or_else(|| unknown_chat(id))?).await
}
