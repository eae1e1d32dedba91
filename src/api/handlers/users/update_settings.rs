use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Repeatable, Repetition, Response};
use crate::api::context::Context;
use crate::api::user_settings;
use crate::protocol::ClientJson;
use crate::protocol::error::Result;

use super::Settings;

/// Changes your settings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateSettings {
    /// The changes as a JSON Merge Patch: objects are merged, null removes. The whole document may have at most 16 KiB.
    settings: ClientJson,
}

impl Command for UpdateSettings {
    const NAME: &'static str = "UPDATE_SETTINGS";
    const SUMMARY: &'static str = "Changes your settings on all of your devices.";
    const ACCESS: Access = Access::WRITE;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const REPETITION: Repetition = Repetition::WithWrite;
    const EXAMPLE: &'static str = r#"{"settings":{"theme":"dark","draft":null}}"#;
    type Reply = Settings;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let user = &context.user()?.id;
        let turn = context.services.own_turns.wait(user, None).await;
        let (settings, is_new) = user_settings::merge(context, &self.settings).await?;
        let reply = Settings { settings };
        let response = if is_new { Response::to_own_connections(reply) } else { Response::reply(reply) };
        Ok(response.holding(turn))
    }

    /// The settings as they are now; the other connections may not have heard of the change.
    async fn repeat(self, context: &Context) -> Result<Response<Self::Reply>> {
        let (settings, _) = user_settings::read(&context.services, &context.user()?.id).await?;
        Ok(Response::to_own_connections(Settings { settings }))
    }
}
