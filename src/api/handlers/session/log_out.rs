use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::{accounts, sessions};
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::protocol::{Scope, Timestamp};
use crate::realtime::hub::{Credential, Revocation, Which};
use crate::realtime::outbox::Close;
use crate::store::repository::EndedToken;

const CLOSE: Close = Close { code: 4401, reason: "logged out" };
/// Single tokens of other services that are remembered to have ended; the oldest end is forgotten first.
const ENDED_TOKENS: usize = 100;

/// Ends a log-in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogOut {
    /// Ends all of your log-ins, and not only the one you call with. API tokens stay.
    #[serde(default)]
    everywhere: Option<bool>,
}

/// The log-in has ended, and with it its tokens; its sockets close with 4401.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "LOGGED_OUT", rename_all = "camelCase")]
pub struct LoggedOut {
    /// Whether all of your log-ins have ended.
    everywhere: bool,
}

impl Command for LogOut {
    const NAME: &'static str = "LOG_OUT";
    const SUMMARY: &'static str = "Ends the log-in you call with, or all of yours; their sockets close.";
    const ACCESS: Access = Access::READ;
    const EXAMPLE: &'static str = r#"{"everywhere":true}"#;
    type Reply = LoggedOut;

    async fn run(self, context: &Context) -> Result<Reply> {
        let (services, identity) = (&context.services, context.identity()?);
        let (user, now) = (&identity.user.id, services.clock.now());
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
            true => Some(Which::LogIns { but: None }),
            false => is_log_in.then(|| Which::One(identity.credential.clone())),
        };
        let revoked = which.map(|which| Revocation { user: user.clone(), which, close: CLOSE });
        let text = wire::encode(&LoggedOut { everywhere });
        Ok(Reply::Ended { text, revoked: revoked.into_iter().collect(), close: CLOSE })
    }
}

/// An API token is not a log-in: only its connection ends.
async fn end_one(context: &Context, now: Timestamp) -> Result<()> {
    let (services, identity) = (&context.services, context.identity()?);
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
