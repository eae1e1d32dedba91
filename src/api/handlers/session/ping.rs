use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::Timestamp;
use crate::protocol::error::Result;

/// Checks that the server is alive.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ping {}

/// The server is alive.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "PONG", rename_all = "camelCase")]
pub struct Pong {
    /// The server's time.
    server_time: Timestamp,
}

impl Command for Ping {
    const NAME: &'static str = "PING";
    const SUMMARY: &'static str = "Checks that the server is alive and gets its time.";
    const ACCESS: Access = Access::Open;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = Pong;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        Ok(Response::reply(Pong { server_time: context.services.clock.now() }))
    }
}
