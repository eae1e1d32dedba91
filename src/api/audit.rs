//! What was done to keep order is written down before it is answered.

use crate::api::context::Context;
use crate::protocol::error::Result;
use crate::protocol::{AuditEntry, AuditId};

/// Writes down that the caller gives a command; to whom and why, where it has that.
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
    services.repository.append_audit(&[entry]).await
}
