//! The security log: one line per event at `info`, with the target `pichat::security` and every value as a field, for
//! fail2ban or a SIEM. It never contains a password, a token, or a name that a stranger typed, because people type
//! passwords into the wrong field.

use std::net::IpAddr;

use crate::ops::telemetry;
use crate::protocol::error::Code;
use crate::protocol::{ServerRole, TokenId, UserId};

/// The target of every line.
const TARGET: &str = "pichat::security";
/// Characters of an untrusted header field that are logged.
const SHOWN: usize = 200;

/// A successful log-in, sign-up or refresh; `method` is the command.
pub fn logged_in(method: &'static str, account: &UserId, address: IpAddr) {
    tracing::info!(target: TARGET, event = "log_in", method, %account, %address, "logged in");
}

/// A failed password check; `account` is none if no account has the given name.
pub fn password_refused(command: &'static str, account: Option<&UserId>, address: IpAddr) {
    let reason = if account.is_some() { "wrong password" } else { "unknown account" };
    telemetry::count_refused_credentials(reason);
    let account = account.map_or("-", |account| &**account);
    tracing::info!(target: TARGET, event = "log_in_failed", command, account, %address, reason, "password refused");
}

/// Credentials of an account that may not use the server.
pub fn account_refused(account: &UserId, address: IpAddr, code: Code) {
    telemetry::count_refused_credentials("account refused");
    tracing::info!(target: TARGET, event = "log_in_failed", %account, %address, reason = code.name(), "account refused");
}

/// A token that was refused.
pub fn token_refused(address: IpAddr, code: Code) {
    telemetry::count_refused_credentials("token refused");
    tracing::info!(target: TARGET, event = "token_refused", %address, reason = code.name(), "token refused");
}

/// A browser's origin outside `ALLOWED_ORIGINS`.
pub fn origin_refused(origin: &str, address: IpAddr) {
    let origin: String = origin.chars().take(SHOWN).collect();
    tracing::info!(target: TARGET, event = "origin_refused", ?origin, %address, "origin refused");
}

/// The first refusal of a series by a rate limit.
pub fn throttled(limit: &'static str, address: IpAddr) {
    tracing::info!(target: TARGET, event = "throttled", limit, %address, "throttling begins");
}

/// A user was banned or let back.
pub fn ban_changed(event: &'static str, user: &UserId, by: &UserId) {
    tracing::info!(target: TARGET, event, account = %user, %by, "a ban changed");
}

/// A connection to the administration socket; `uid` is the system's user id.
pub fn administered(event: &'static str, uid: u32) {
    tracing::info!(target: TARGET, event, uid, "the administration socket was used");
}

/// A user's role on the server changed.
pub fn role_changed(user: &UserId, role: ServerRole, by: &UserId) {
    tracing::info!(target: TARGET, event = "role_changed", account = %user, ?role, %by, "a role changed");
}

/// An API token was made or revoked.
pub fn token_changed(event: &'static str, token: &TokenId, user: &UserId, by: &UserId) {
    tracing::info!(target: TARGET, event, %token, account = %user, %by, "an API token changed");
}

/// A password was changed, or an account deleted.
pub fn account_changed(event: &'static str, user: &UserId, by: &UserId) {
    tracing::info!(target: TARGET, event, account = %user, %by, "an account changed");
}
