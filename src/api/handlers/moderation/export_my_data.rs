use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::audit;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::protocol::Timestamp;
use crate::protocol::error::Result;

/// How long the address is good, in milliseconds.
const GOOD_FOR: i64 = 15 * 60_000;

/// Asks for all that the server keeps of oneself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportMyData {}

/// Where it can be had; to the caller alone.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "EXPORT_READY", rename_all = "camelCase")]
pub struct ExportReady {
    /// Get it from here; whoever has the address can.
    url: String,
    /// Until when.
    expires_at: Timestamp,
}

impl Command for ExportMyData {
    const NAME: &'static str = "EXPORT_MY_DATA";
    const SUMMARY: &'static str = "Gives an address where all your own data can be had, as JSON lines.";
    const ACCESS: Access = Access::READ;
    const EXAMPLE: &'static str = "{}";
    type Reply = ExportReady;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let user = &context.user()?.id;
        audit::record(context, Self::NAME, None, None).await?;
        let expires_at = Timestamp::from_millis(services.clock.now().millis() + GOOD_FOR);
        let url = format!("{}/export/{}", context.origin.site, services.export_links.issue(user, expires_at));
        Ok(Response::reply(ExportReady { url, expires_at }))
    }
}
