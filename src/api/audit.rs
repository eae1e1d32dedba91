//! The audit log: moderation actions are recorded before they are answered.

use std::time::Duration;

use crate::api::context::{Context, Services};
use crate::protocol::error::Result;
use crate::protocol::{AuditEntry, AuditId};

/// Records a command of the caller, with its target and reason if it has them.
pub async fn record(context: &Context, command: &str, target: Option<&str>, reason: Option<&str>) -> Result<()> {
    let services = &context.services;
    let entry = AuditEntry {
        id: AuditId::from(services.clock.id()),
        at: services.clock.now(),
        actor_id: context.user()?.id.clone(),
        command: command.to_owned(),
        target_id: target.map(str::to_owned),
        chat_id: None,
        reason: reason.map(str::to_owned),
    };
    Ok(services.repository.append_audit(&[entry]).await?)
}

/// Entries removed at a time.
const BATCH: usize = 500;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes entries older than the setting allows.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond; entries removed so far stay removed.
pub async fn forget_expired(services: &Services) -> Result<()> {
    let days = services.config.retention.audit_days;
    if days > 0 {
        let before = services.clock.look().minus(DAY * days);
        while services.repository.forget_audit(before, BATCH).await? == BATCH {}
    }
    Ok(())
}
