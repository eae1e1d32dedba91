//! The audit log: moderation actions are recorded before they are answered.

use crate::api::context::Context;
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
