use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::protocol::SessionId;
use crate::protocol::error::{Error, Result};
use crate::realtime::hub::{Credential, Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;

/// Ends one of your sessions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeSession {
    /// The session's id, from GET_SESSIONS.
    session_id: SessionId,
}

/// The session and its tokens are revoked; its sockets close with 4401.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "SESSION_REVOKED", rename_all = "camelCase")]
pub struct SessionRevoked {
    /// The session's id.
    session_id: SessionId,
}

impl Command for RevokeSession {
    const NAME: &'static str = "REVOKE_SESSION";
    const SUMMARY: &'static str = "Ends one of your sessions; its sockets close.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::Harmless;
    const EXAMPLE: &'static str = r#"{"sessionId":"018f2b6e-6a00-7000-8000-000000000001"}"#;
    type Reply = SessionRevoked;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let user = &context.user()?.id;
        if !services.repository.end_session(user, &self.session_id).await? {
            return Err(Error::not_found("sessionId", "you have no session with this id"));
        }
        let which = RevokedCredentials::One(Credential::Session(self.session_id.clone()));
        let close = Close { code: 4401, reason: "session revoked" };
        let revoked = Revocation { user: user.clone(), which, close };
        Ok(Response::to_own_connections(SessionRevoked { session_id: self.session_id }).revoking([revoked]))
    }

    /// The session is gone already.
    async fn repeat(self, _: &Context) -> Result<Response<Self::Reply>> {
        Ok(Response::reply(SessionRevoked { session_id: self.session_id }))
    }
}
