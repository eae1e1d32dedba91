use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::audit;
use crate::api::bots::{self, MadeToken};
use crate::api::command::{Access, Command, Repetition, ReplyAudience, Response};
use crate::api::context::Context;
use crate::api::handlers::moderation::target;
use crate::auth::security_log;
use crate::protocol::TokenId;
use crate::protocol::error::{Error, Result};
use crate::realtime::hub::{Credential, Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;

/// Revokes a token.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeApiToken {
    /// The token's id, not its secret.
    token_id: TokenId,
    /// The owner of the token, by id, username or e-mail address; for admins. By default you.
    user_id: Option<String>,
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
    const SUMMARY: &'static str = "Revokes an API token of yours or of your bots; its sockets close.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::Harmless;
    const EXAMPLE: &'static str = r#"{"tokenId":"018f2b6e-6a00-7000-8000-000000000001"}"#;
    type Reply = ApiTokenRevoked;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let caller = context.user()?;
        let owner = target::token_owner(context, self.user_id.as_deref()).await?;
        let is_own = owner.id == caller.id;
        let sentence = match is_own {
            true => "neither you nor your bots have a token with this id",
            false => "neither the user nor the user's bots have a token with this id",
        };
        let unknown = || Error::not_found("tokenId", sentence);
        let tokens = bots::tokens(&*services.repository, &owner.id).await?;
        let found = tokens.into_iter().find(|made| made.token.id == self.token_id);
        let MadeToken { token, maker } = found.ok_or_else(unknown)?;
        if !is_own {
            audit::record(context, Self::NAME, Some(&owner.id), None).await?;
        }
        if !services.repository.revoke_token(&maker, &self.token_id).await? {
            return Err(unknown());
        }
        security_log::token_changed("token_revoked", &token.id, &token.user_id, &caller.id);
        let close = Close { code: 4401, reason: "token revoked" };
        let which = RevokedCredentials::One(Credential::Token(token.id.clone()));
        let revoked = Revocation { user: token.user_id, which, close };
        let response = Response::to_own_connections(ApiTokenRevoked { token_id: token.id }).revoking([revoked]);
        Ok(if is_own { response } else { response.also_to(ReplyAudience::User(owner.id)) })
    }

    /// The token is gone already.
    async fn repeat(self, _: &Context) -> Result<Response<Self::Reply>> {
        Ok(Response::reply(ApiTokenRevoked { token_id: self.token_id }))
    }
}
