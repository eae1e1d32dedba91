use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Repeatable, Response, Secret};
use crate::api::context::Context;
use crate::api::sessions;
use crate::protocol::error::Result;
use crate::protocol::text::DeviceName;

use super::authenticated::{Authenticated, authenticate, refuse_another};

/// Authenticates the connection.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Authenticate {
    /// An access token (a JWT) or an API token.
    token: Secret,
    /// The client's name for its device.
    #[schemars(length(min = 1, max = 128))]
    device_id: Option<String>,
}

impl Command for Authenticate {
    const NAME: &'static str = "AUTHENTICATE";
    const SUMMARY: &'static str = "Authenticates the connection, or renews it, with an access token or API token.";
    const ACCESS: Access = Access::Open;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const NEEDS_CONNECTION: bool = true;
    const EXAMPLE: &'static str = r#"{"token":"pichat_…"}"#;
    type Reply = Authenticated;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        self.device_id.iter().try_for_each(|device| DeviceName::parse("deviceId", device).map(drop))?;
        let address = context.origin.address;
        let proved = sessions::authenticate_connection(&context.services, &self.token, address).await?;
        refuse_another(context, Some(&proved.identity.user.id), "token")?;
        authenticate(context, proved, None).await
    }
}
