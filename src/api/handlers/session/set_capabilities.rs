use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::error::Result;

/// Tells the server which optional frames this connection's client understands.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetCapabilities {
    /// True to get simultaneous presence changes in one PRESENCE with `users`; by default unchanged.
    presence_batches: Option<bool>,
}

/// The optional forms of frames that this connection's client understands.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "CAPABILITIES", rename_all = "camelCase")]
pub struct Capabilities {
    /// True if PRESENCE may have `users`.
    presence_batches: bool,
}

impl Command for SetCapabilities {
    const NAME: &'static str = "SET_CAPABILITIES";
    const SUMMARY: &'static str = "Tells the server which optional frames this connection's client understands.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const NEEDS_CONNECTION: bool = true;
    const EXAMPLE: &'static str = r#"{"presenceBatches":true}"#;
    type Reply = Capabilities;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let connection = context.connection()?;
        if let Some(batches) = self.presence_batches {
            connection.take_presence_batches(batches);
        }
        Ok(Response::reply(Capabilities { presence_batches: connection.takes_presence_batches() }))
    }
}
