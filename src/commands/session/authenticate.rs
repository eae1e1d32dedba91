use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::{Access, Command, Reply};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::{Timestamp, User};
use crate::wire;

use super::welcome;

/// Says who one is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Authenticate {
    /// An API token.
    token: String,
    /// The client's own name for the device it runs on.
    #[schemars(length(min = 1, max = 128))]
    device_id: Option<String>,
}

/// The connection is the user's from here on.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "AUTHENTICATED", rename_all = "camelCase")]
pub struct Authenticated {
    /// Who.
    user: User,
    /// A token for the next handshake.
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token: Option<String>,
    /// When it stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token_expires_at: Option<Timestamp>,
    /// A token to get new ones with.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// When it stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_expires_at: Option<Timestamp>,
}

impl Command for Authenticate {
    const NAME: &'static str = "AUTHENTICATE";
    const SUMMARY: &'static str = "Makes the connection yours, by an API token; again: renews it.";
    const ACCESS: Access = Access::Open;
    const NEEDS_CONNECTION: bool = true;
    const EXAMPLE: &'static str = r#"{"token":"pichat_…"}"#;
    type Reply = Authenticated;

    async fn run(self, context: &Context) -> Result<Reply> {
        if self.device_id.as_ref().is_some_and(|id| !(1..=128).contains(&id.chars().count())) {
            return Err(Error::invalid("deviceId", "deviceId must have 1 to 128 characters"));
        }
        let services = &context.services;
        let now = services.clock.now();
        let identity = services.authenticator.authenticate(&*services.repository, &self.token, now).await?;
        let renewed = context.identity.is_some();
        if context.identity.as_ref().is_some_and(|before| before.user.id != identity.user.id) {
            return Err(Error::conflict("the connection is another user's; open a new one").at("token"));
        }
        let connection = context.connection()?;
        let chats = if renewed { vec![] } else { welcome::enter(services, connection, &identity.user).await? };
        let text = wire::encode(&Authenticated {
            user: identity.user.as_ref().clone(),
            access_token: None,
            access_token_expires_at: None,
            refresh_token: None,
            refresh_token_expires_at: None,
        });
        Ok(Reply::Entered { identity: Arc::new(identity), text, chats })
    }
}
