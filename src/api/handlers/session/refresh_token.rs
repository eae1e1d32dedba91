use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Reply, Secret};
use crate::api::context::Context;
use crate::api::service::sessions::{self, LogIn};
use crate::auth::{self, security_log};
use crate::protocol::error::{Error, Result};

use super::authenticated::{Authenticated, entered, refuse_another};

/// Goes on with a log-in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RefreshToken {
    /// The latest refresh token; it is good once.
    #[schemars(length(max = 1024))]
    refresh_token: Secret,
}

impl Command for RefreshToken {
    const NAME: &'static str = "REFRESH_TOKEN";
    const SUMMARY: &'static str = "Gives new tokens for a refresh token; using an old one again ends the log-in.";
    const ACCESS: Access = Access::Open;
    const EXAMPLE: &'static str = r#"{"refreshToken":"pichat_refresh_…"}"#;
    type Reply = Authenticated;

    async fn run(self, context: &Context) -> Result<Reply> {
        if self.refresh_token.len() > 1024 {
            return Err(Error::invalid("refreshToken", "a refresh token has at most 1024 characters"));
        }
        let user = auth::RefreshToken::parse(&self.refresh_token).map(|token| token.user);
        user.map_or(Ok(()), |user| refuse_another(context, Some(&user), "refreshToken"))?;
        let address = context.origin.address;
        let LogIn { proved, issued } = sessions::renew(&context.services, &self.refresh_token, address).await?;
        security_log::logged_in(Self::NAME, &proved.account.user.id, address);
        entered(context, proved, Some(issued)).await
    }
}
