//! The bound on outcomes that are kept for a user, in number and bytes.

use crate::api::context::Context;
use crate::api::quota_checks;
use crate::protocol::error::{Error, Result};

/// Refuses another operation to a caller for whom too many outcomes are kept.
///
/// # Errors
/// CONFLICT at `opId` that names the setting.
pub async fn require_room(context: &Context) -> Result<()> {
    let services = &context.services;
    let limits = &services.config.limits;
    let most = limits.operations_per_user as u64;
    let most_bytes = limits.operation_bytes_per_user as u64;
    if (most == 0 && most_bytes == 0) || quota_checks::is_exempt(context)? {
        return Ok(());
    }
    let user = &context.user()?.id;
    let now = services.clock.look();
    let usage = match services.operation_usage.recent(user, now) {
        Some(usage) => usage,
        None => {
            let usage = services.repository.operation_usage(user).await?;
            services.operation_usage.learn(user, usage, now);
            usage
        }
    };
    let sentence = if most > 0 && usage.count >= most {
        format!(
            "the outcomes of {most} commands with an opId are kept for you, the most allowed (MAX_OPERATIONS_PER_USER)"
        )
    } else if most_bytes > 0 && usage.bytes >= most_bytes {
        format!(
            "the outcomes of your commands with an opId have {most_bytes} bytes, the most allowed (OPERATION_BYTES_PER_USER)"
        )
    } else {
        return Ok(());
    };
    Err(Error::conflict(format!("{sentence}; send the command without opId, or wait until they expire")).at("opId"))
}
