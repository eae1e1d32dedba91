use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::changes;
use crate::api::chat_access;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::protocol::error::Result;
use crate::protocol::{HoldChanged, ServerRole};

/// Puts a chat on hold, or releases it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetHold {
    /// Its id, or `#name` of a channel; you need not be a member.
    chat_id: String,
    /// True protects everything in the chat from edits, deletion and retention; false ends the protection.
    hold: bool,
}

impl Command for SetHold {
    const NAME: &'static str = "SET_HOLD";
    const SUMMARY: &'static str =
        "Puts a chat on hold, so that nothing in it is edited, deleted or removed by retention; for admins.";
    const ACCESS: Access = Access::Authority(ServerRole::Admin);
    const EXAMPLE: &'static str = r##"{"chatId":"#general","hold":true}"##;
    type Reply = HoldChanged;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let chat = chat_access::find_chat(context, &self.chat_id).await?;
        context.commit(chat, changes::hold(self.hold))
    }
}
