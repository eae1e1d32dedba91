use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::bots::{self, MadeToken};
use crate::auth::security_log;
use crate::protocol::TokenId;
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::realtime::hub::{Credential, Revocation, Which};
use crate::realtime::outbox::Close;

/// Ends a token.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeApiToken {
    /// The token's id, not its secret.
    token_id: TokenId,
}

/// The token no longer works; its sockets close with 4401.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "API_TOKEN_REVOKED", rename_all = "camelCase")]
pub struct ApiTokenRevoked {
    /// The token's id.
    token_id: TokenId,
}

impl Command for RevokeApiToken {
    const NAME: &'static str = "REVOKE_API_TOKEN";
    const SUMMARY: &'static str = "Ends an API token of you or your bots; its sockets close.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r#"{"tokenId":"018f2b6e-6a00-7000-8000-000000000001"}"#;
    type Reply = ApiTokenRevoked;

    async fn run(self, context: &Context) -> Result<Reply> {
        let (services, caller) = (&context.services, context.user()?);
        let unknown = || Error::not_found("tokenId", "neither you nor your bots have a token with this id");
        let tokens = bots::tokens(&*services.repository, &caller.id).await?;
        let found = tokens.into_iter().find(|made| made.token.id == self.token_id);
        let MadeToken { token, maker } = found.ok_or_else(unknown)?;
        if !services.repository.revoke_token(&maker, &self.token_id).await? {
            return Err(unknown());
        }
        security_log::token_changed("token_revoked", &token.id, &token.user_id, &caller.id);
        let text = wire::encode(&ApiTokenRevoked { token_id: token.id.clone() });
        let close = Close { code: 4401, reason: "token revoked" };
        let which = Which::One(Credential::Token(token.id));
        Ok(Reply::Own { text, revoked: Some(Revocation { user: token.user_id, which, close }) })
    }
}
