use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::accounts;
use crate::api::command::{Access, Command, Response};
use crate::api::context::Context;
use crate::api::sessions;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Scope, Timestamp};
use crate::realtime::hub::{Credential, Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;
use crate::store::repository::EndedToken;

const CLOSE: Close = Close { code: 4401, reason: "logged out" };
/// Maximum number of revoked tokens of other services that are remembered; the one that expires first is forgotten
/// first.
const ENDED_TOKENS: usize = 100;

/// Ends a session.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogOut {
    /// True ends all of your sessions instead of this one. API tokens still work.
    #[serde(default)]
    everywhere: Option<bool>,
}

/// The session and its tokens are revoked; its sockets close with 4401.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "LOGGED_OUT", rename_all = "camelCase")]
pub struct LoggedOut {
    /// True if all of your sessions ended.
    everywhere: bool,
}

impl Command for LogOut {
    const NAME: &'static str = "LOG_OUT";
    const SUMMARY: &'static str = "Ends this session, or all of yours; their sockets close.";
    const ACCESS: Access = Access::READ;
    const EXAMPLE: &'static str = r#"{"everywhere":true}"#;
    type Reply = LoggedOut;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let identity = context.identity()?;
        let user = &identity.user.id;
        let now = services.clock.now();
        let everywhere = self.everywhere.unwrap_or(false);
        if everywhere {
            if !identity.scopes.contains(&Scope::Write) {
                return Err(Error::forbidden("LOG_OUT with everywhere needs the scope write").at("everywhere"));
            }
            sessions::forget_all(services, user, None).await?;
            let ended = |account: &mut _| {
                accounts::end_foreign_tokens(account, now);
                Ok(())
            };
            accounts::change(&*services.repository, user, ended).await?;
        } else {
            end_one(context, now).await?;
        }
        let is_log_in = matches!(identity.credential, Credential::Session(_) | Credential::Foreign(_));
        let which = match everywhere {
            true => Some(RevokedCredentials::LogIns { but: None }),
            false => is_log_in.then(|| RevokedCredentials::One(identity.credential.clone())),
        };
        let revoked = which.map(|which| Revocation { user: user.clone(), which, close: CLOSE });
        Ok(Response::reply(LoggedOut { everywhere }).revoking(revoked).closing(CLOSE))
    }
}

/// Ends the session of this connection. An API token has no session: only its connection closes.
async fn end_one(context: &Context, now: Timestamp) -> Result<()> {
    let services = &context.services;
    let identity = context.identity()?;
    match &identity.credential {
        Credential::Session(session) => {
            services.repository.end_session(&identity.user.id, session).await?;
        }
        Credential::Foreign(jti) => {
            let until = identity.expires_at.unwrap_or(now);
            let ended = |account: &mut crate::store::repository::Account| {
                account.ended_tokens.retain(|ended| ended.until > now && ended.jti != *jti);
                account.ended_tokens.push(EndedToken { jti: jti.clone(), until });
                let surplus = account.ended_tokens.len().saturating_sub(ENDED_TOKENS);
                account.ended_tokens.sort_by_key(|ended| ended.until);
                account.ended_tokens.drain(..surplus);
                Ok(())
            };
            accounts::change(&*services.repository, &identity.user.id, ended).await?;
        }
        Credential::Administrator | Credential::Token(_) => {}
    }
    Ok(())
}
