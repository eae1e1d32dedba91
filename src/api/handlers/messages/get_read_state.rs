use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::domain::unknown_message;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, MessageId};

/// Counts the members who have read a message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetReadState {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The id of a message of yours.
    message_id: MessageId,
}

/// The number of members that a message has reached.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "READ_STATE", rename_all = "camelCase")]
pub struct ReadState {
    /// The chat's id.
    chat_id: ChatId,
    /// The message's id.
    message_id: MessageId,
    /// Number of members other than its author who have read it.
    read_count: u64,
    /// Number of members other than its author to whom it was delivered.
    delivered_count: u64,
    /// Number of members, its author included.
    member_count: u64,
}

impl Command for GetReadState {
    const NAME: &'static str = "GET_READ_STATE";
    const SUMMARY: &'static str = "Counts the members who have read a message of yours.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","messageId":"hello-1"}"##;
    type Reply = ReadState;

    /// The marks of all members are counted.
    fn cost(&self) -> u32 {
        5
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let user = &context.user()?.id;
        let chat = chat_access::require_member(context, &self.chat_id).await?;
        let message = services.repository.message(&chat.id, &self.message_id).await?;
        let message = message.ok_or_else(|| unknown_message(&self.message_id))?;
        if message.sender.id != *user {
            return Err(Error::forbidden("only the author of a message can see how many have read it").at("messageId"));
        }
        let reached = services.receipts.reach(&chat.id, message.seq, user).await?;
        Ok(Response::reply(ReadState {
            chat_id: chat.id,
            message_id: message.id,
            read_count: reached.read,
            delivered_count: reached.delivered,
            member_count: chat.member_count,
        }))
    }
}
