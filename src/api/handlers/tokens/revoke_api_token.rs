use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::protocol::TokenId;
use crate::protocol::error::{Error, Result};
use crate::realtime::hub::{Credential, Revocation, Which};
use crate::realtime::outbox::Close;

/// Revokes a token.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeApiToken {
    /// The token's id, not its secret.
    token_id: TokenId,
}

/// The token is revoked; its sockets close with 4401.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "API_TOKEN_REVOKED", rename_all = "camelCase")]
pub struct ApiTokenRevoked {
    /// The token's id.
    token_id: TokenId,
}

impl Command for RevokeApiToken {
    const NAME: &'static str = "REVOKE_API_TOKEN";
    const SUMMARY: &'static str = "Revokes an API token of yours; its sockets close.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r#"{"tokenId":"018f2b6e-6a00-7000-8000-000000000001"}"#;
    type Reply = ApiTokenRevoked;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let caller = context.user()?;
        let tokens = services.repository.tokens(&caller.id).await?;
        let token = tokens.into_iter().find(|token| token.id == self.token_id);
        let revoked = services.repository.revoke_token(&caller.id, &self.token_id).await?;
        let (Some(token), true) = (token, revoked) else {
            return Err(Error::not_found("tokenId", "no such token of yours"));
        };
        let close = Close { code: 4401, reason: "token revoked" };
        let which = Which::One(Credential::Token(token.id.clone()));
        let revoked = Revocation { user: token.user_id, which, close };
        Ok(Response::to_own_connections(ApiTokenRevoked { token_id: token.id }).revoking([revoked]))
    }
}
