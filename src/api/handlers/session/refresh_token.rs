use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Response, Secret};
use crate::api::context::Context;
use crate::api::sessions::{self, BegunSession};
use crate::auth::{self, security_log};
use crate::protocol::error::{Error, Result};

use super::authenticated::{Authenticated, authenticate, refuse_another};

/// Refreshes the tokens of a session.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RefreshLogIn {
    /// The latest refresh token, valid once.
    #[schemars(length(max = 1024))]
    refresh_token: Secret,
}

impl Command for RefreshLogIn {
    const NAME: &'static str = "REFRESH_TOKEN";
    const SUMMARY: &'static str = "Exchanges a refresh token for new tokens; reusing an old one ends the session.";
    const ACCESS: Access = Access::Open;
    const EXAMPLE: &'static str = r#"{"refreshToken":"pichat_refresh_…"}"#;
    type Reply = Authenticated;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        if self.refresh_token.len() > 1024 {
            return Err(Error::invalid("refreshToken", "refreshToken must have at most 1024 characters"));
        }
        let user = auth::RefreshToken::parse(&self.refresh_token).map(|token| token.user);
        user.map_or(Ok(()), |user| refuse_another(context, Some(&user), "refreshToken"))?;
        let address = context.origin.address;
        let BegunSession { proved, issued } =
            sessions::refresh(&context.services, &self.refresh_token, address).await?;
        security_log::logged_in(Self::NAME, &proved.account.user.id, address);
        authenticate(context, proved, Some(issued)).await
    }
}
