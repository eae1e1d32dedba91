use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::api::audit;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::validate;
use crate::protocol::error::{Error, Result};
use crate::protocol::{AuditEntry, AuditId, PageLimit, UserId};
use crate::store::repository::AuditQuery;

/// Lists entries of the audit log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetAuditLog {
    /// Maximum number of items: 1 to 200, by default 50.
    limit: Option<PageLimit>,
    /// The `nextCursor` of the previous page.
    cursor: Option<String>,
    /// Only entries by this user.
    actor_id: Option<UserId>,
    /// Only entries about this user, message or chat.
    target_id: Option<String>,
}

/// Entries of the audit log, newest first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "AUDIT_LOG", rename_all = "camelCase")]
pub struct AuditLog {
    /// The entries.
    entries: Vec<AuditEntry>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetAuditLog {
    const NAME: &'static str = "GET_AUDIT_LOG";
    const SUMMARY: &'static str = "Lists moderation actions, newest first; for moderators.";
    const ACCESS: Access = Access::MODERATOR;
    const TAKES_OP_ID: bool = false;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"limit":20}"#;
    type Reply = AuditLog;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let limit = self.limit.unwrap_or_default().get();
        self.actor_id.as_deref().map_or(Ok(()), |id| validate::id("actorId", id))?;
        self.target_id.as_deref().map_or(Ok(()), |id| validate::id("targetId", id))?;
        let before = self.cursor.as_deref().map(read_cursor).transpose()?;
        let query = AuditQuery { actor: self.actor_id, target: self.target_id, before, limit };
        let page = context.services.repository.audit_log(&query).await?;
        // Recorded after the read, so that the log does not list this read itself.
        audit::record(context, Self::NAME, query.target.as_deref(), None).await?;
        let next_cursor = page.items.last().filter(|_| page.more).map(|entry| entry.id.to_string());
        Ok(Response::reply(AuditLog { entries: page.items, next_cursor }))
    }
}

fn read_cursor(cursor: &str) -> Result<AuditId> {
    let id = Uuid::try_parse(cursor).ok().filter(|id| id.get_version_num() == 7);
    let id = id.ok_or_else(|| Error::invalid("cursor", "cursor must be the nextCursor of an earlier reply"))?;
    Ok(AuditId::from(id.to_string()))
}
