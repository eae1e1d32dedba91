use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::paged_list::PagedList;
use crate::protocol::error::Result;
use crate::protocol::{SessionId, Timestamp};
use crate::realtime::hub::Credential;

/// Lists the caller's sessions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetSessions {
    /// The `nextCursor` of the previous page.
    cursor: Option<String>,
}

/// Your sessions, newest first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "SESSION_LIST", rename_all = "camelCase")]
pub struct SessionList {
    /// The sessions.
    sessions: Vec<ListedSession>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// A session and its tokens.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Session")]
struct ListedSession {
    /// The session's id, which REVOKE_SESSION takes.
    id: SessionId,
    /// The client's name for its device.
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<String>,
    /// Time of the log-in.
    created_at: Timestamp,
    /// Time of last use, rounded to the minute.
    last_seen_at: Timestamp,
    /// True for the session of this connection.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    current: bool,
}

impl Command for GetSessions {
    const NAME: &'static str = "GET_SESSIONS";
    const SUMMARY: &'static str = "Lists your sessions.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = SessionList;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let identity = context.identity()?;
        let now = services.clock.now();
        let found = services.repository.sessions(&identity.user.id).await?;
        let shown = |session: crate::store::repository::StoredSession| ListedSession {
            current: identity.credential == Credential::Session(session.id.clone()),
            id: session.id,
            device_id: session.device_id,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
        };
        let sessions = found.into_iter().filter(|session| session.expires_at > now).map(shown).collect();
        let key = |session: &ListedSession| PagedList::key_of_age(session.created_at, &session.id);
        let page = PagedList::Sessions.page(sessions, self.cursor.as_deref(), key)?;
        Ok(Response::reply(SessionList { sessions: page.items, next_cursor: page.next_cursor }))
    }
}
