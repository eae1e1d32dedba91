//! Credentials other than account tokens: signed tickets and METRICS_TOKEN.

use std::net::IpAddr;

use crate::api::context::Services;
use crate::auth::security_log;
use crate::ops::crypto;
use crate::protocol::Timestamp;
use crate::protocol::error::{Code, Result};

/// Counts and logs a wrong credential.
///
/// # Errors
/// `RATE_LIMITED` for an address that has presented too many.
pub fn count(services: &Services, credential: &str, address: IpAddr) -> Result<()> {
    services.rate_limits.token(&crypto::sha256(credential.as_bytes()), address)?;
    services.bus.share_attempt(&services.rate_limits.token_failed(address));
    security_log::token_refused(address, Code::Unauthenticated);
    Ok(())
}

/// The subject of a ticket; none once it has expired. A forged ticket counts as a wrong credential; an expired one does
/// not, because old pages contain many.
///
/// # Errors
/// `RATE_LIMITED` for an address that has presented too many.
pub fn redeem(services: &Services, ticket: &str, address: IpAddr) -> Result<Option<String>> {
    let subject = services.export_links.redeem(ticket, services.clock.now());
    if subject.is_none() && services.export_links.redeem(ticket, Timestamp::from_millis(0)).is_none() {
        count(services, ticket, address)?;
    }
    Ok(subject)
}
