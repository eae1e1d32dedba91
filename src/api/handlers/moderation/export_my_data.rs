use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::export;
use crate::protocol::Timestamp;
use crate::protocol::error::Result;

/// Lifetime of the address in milliseconds.
const GOOD_FOR: i64 = 15 * 60_000;

/// Exports the caller's data.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportMyData {}

/// The address of an export, sent to the caller only.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "EXPORT_READY", rename_all = "camelCase")]
pub struct ExportReady {
    /// The address to download from; anyone who has it can use it.
    url: String,
    /// Time at which the address expires.
    expires_at: Timestamp,
}

impl Command for ExportMyData {
    const NAME: &'static str = "EXPORT_MY_DATA";
    const SUMMARY: &'static str =
        "Exports your profile, chats, messages, reactions, sessions and tokens as JSON lines to download.";
    const ACCESS: Access = Access::READ;
    const EXAMPLE: &'static str = "{}";
    type Reply = ExportReady;

    fn cost(&self) -> u32 {
        10
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        export::record_once_a_day(context, Self::NAME).await?;
        let expires_at = Timestamp::from_millis(services.clock.now().millis() + GOOD_FOR);
        let url = format!("{}/export/{}", context.origin.site, export::issue(context, expires_at).await?);
        Ok(Response::reply(ExportReady { url, expires_at }))
    }
}
