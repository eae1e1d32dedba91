use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::user_settings;
use crate::protocol::ClientJson;
use crate::protocol::error::Result;

/// Gets the caller's settings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetSettings {}

/// Your settings: a document that only your clients interpret.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "SETTINGS", rename_all = "camelCase")]
pub struct Settings {
    /// The settings.
    pub settings: ClientJson,
}

impl Command for GetSettings {
    const NAME: &'static str = "GET_SETTINGS";
    const SUMMARY: &'static str = "Gets your settings.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = Settings;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let (settings, _) = user_settings::read(&context.services, &context.user()?.id).await?;
        Ok(Response::reply(Settings { settings }))
    }
}
