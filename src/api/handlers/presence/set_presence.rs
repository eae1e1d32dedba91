use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::PresenceChanged;
use crate::protocol::error::Result;

/// Sets the status of this connection.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetPresence {
    /// `away` while this connection is inactive. You are online while any of your connections is.
    status: OwnStatus,
}

/// The statuses that a client can set.
#[derive(Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum OwnStatus {
    /// Connected.
    Online,
    /// Connected but inactive.
    Away,
}

impl Command for SetPresence {
    const NAME: &'static str = "SET_PRESENCE";
    const SUMMARY: &'static str = "Sets whether you are online or away.";
    const ACCESS: Access = Access::WRITE;
    const TAKES_OP_ID: bool = false;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const NEEDS_CONNECTION: bool = true;
    const EXAMPLE: &'static str = r#"{"status":"away"}"#;
    type Reply = PresenceChanged;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let connection = context.connection()?;
        let user = context.user()?;
        Ok(Response::reply(context.services.features.set_away(connection, user, self.status == OwnStatus::Away)))
    }
}
