use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::protocol::TokenId;
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::realtime::hub::{Credential, Revocation, RevokedCredentials};
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
    const SUMMARY: &'static str = "Ends an API token you have made; its sockets close.";
    const ACCESS: Access = Access::WRITE;
    const EXAMPLE: &'static str = r#"{"tokenId":"018f2b6e-6a00-7000-8000-000000000001"}"#;
    type Reply = ApiTokenRevoked;

    async fn run(self, context: &Context) -> Result<Reply> {
        let (services, caller) = (&context.services, context.user()?);
        let tokens = services.repository.tokens(&caller.id).await?;
        let token = tokens.into_iter().find(|token| token.id == self.token_id);
        let revoked = services.repository.revoke_token(&caller.id, &self.token_id).await?;
        let (Some(token), true) = (token, revoked) else {
            return Err(Error::not_found("tokenId", "you have made no token with this id"));
        };
        let text = wire::encode(&ApiTokenRevoked { token_id: token.id.clone() });
        let close = Close { code: 4401, reason: "token revoked" };
        let which = RevokedCredentials::One(Credential::Token(token.id));
        Ok(Reply::Own { text, revoked: Some(Revocation { user: token.user_id, which, close }) })
    }
}
