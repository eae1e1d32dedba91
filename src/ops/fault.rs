//! Faults injected by tests, to prove that `pichat check` finds them. Only debug builds can inject them; a release
//! build refuses to start if asked to.

use std::sync::OnceLock;

/// The environment variable that selects a fault.
pub const NAME: &str = "PICHAT_FAULT";

/// The environment variable that misadjusts the clock by a number of seconds.
pub const CLOCK_SKEW: &str = "PICHAT_CLOCK_SKEW_SECONDS";

/// Milliseconds by which the clock is misadjusted on purpose.
///
/// # Errors
/// The reason why the clock cannot be misadjusted.
pub fn clock_skew() -> Result<i64, String> {
    match std::env::var(CLOCK_SKEW).ok().as_deref() {
        None | Some("") => Ok(0),
        Some(_) if !cfg!(debug_assertions) => Err(format!("{CLOCK_SKEW}: only debug builds can misadjust their clock")),
        Some(seconds) => match seconds.parse::<i64>() {
            Ok(seconds) => Ok(seconds.saturating_mul(1000)),
            Err(_) => Err(format!("{CLOCK_SKEW}: {seconds:?} is not a whole number of seconds")),
        },
    }
}

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A message is acknowledged but not committed.
    AckBeforeCommit,
    /// A message is published but not committed.
    PublishBeforeCommit,
    /// SYNC starts one position too late.
    CursorOffByOne,
    /// SYNC reports that there is more when there is not.
    EndlessSync,
    /// Events that are lost between nodes are not recovered.
    NoRepair,
    /// A repeated message is stored again.
    DoubleOnRetry,
    /// Users who leave a chat still receive its events.
    DeliverToRemoved,
    /// A read mark is acknowledged and not stored.
    LoseMarks,
    /// Settings are acknowledged but not stored.
    LoseSettings,
    /// Connections of revoked tokens stay open.
    KeepRevoked,
    /// The outcomes of operations are forgotten.
    ForgetOperations,
    /// Changed profiles are not published.
    HideProfiles,
    /// Lists of chats omit one.
    SkipChats,
    /// Chats that could not be read after a loss wait for the next slow pass.
    ForgetUnreadChats,
}

/// Every fault, by name.
const NAMES: &[(&str, Fault)] = &[
    ("ack-before-commit", Fault::AckBeforeCommit),
    ("publish-before-commit", Fault::PublishBeforeCommit),
    ("cursor-off-by-one", Fault::CursorOffByOne),
    ("endless-sync", Fault::EndlessSync),
    ("no-repair", Fault::NoRepair),
    ("double-on-retry", Fault::DoubleOnRetry),
    ("deliver-to-removed", Fault::DeliverToRemoved),
    ("lose-marks", Fault::LoseMarks),
    ("lose-settings", Fault::LoseSettings),
    ("keep-revoked", Fault::KeepRevoked),
    ("forget-operations", Fault::ForgetOperations),
    ("hide-profiles", Fault::HideProfiles),
    ("skip-chats", Fault::SkipChats),
    ("forget-unread-chats", Fault::ForgetUnreadChats),
];

static CURRENT: OnceLock<Fault> = OnceLock::new();

/// Injects the fault that the environment selects, from now on.
///
/// # Errors
/// The reason why the fault cannot be injected.
pub fn begin(asked: Option<&str>) -> Result<(), String> {
    if let Some(fault) = chosen(asked, cfg!(debug_assertions))? {
        CURRENT.get_or_init(|| fault);
    }
    Ok(())
}

fn chosen(asked: Option<&str>, possible: bool) -> Result<Option<Fault>, String> {
    match asked {
        None | Some("") => Ok(None),
        Some(_) if !possible => Err("only debug builds can inject faults, and this is not one; unset it".into()),
        Some(name) => match NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, fault)) => Ok(Some(*fault)),
            None => {
                let known: Vec<&str> = NAMES.iter().map(|(known, _)| *known).collect();
                Err(format!("{name:?} is none of {}", known.join(", ")))
            }
        },
    }
}

/// True if this fault is injected.
pub fn is(fault: Fault) -> bool {
    cfg!(debug_assertions) && current() == Some(fault)
}

/// True if any fault is injected.
pub fn any() -> bool {
    cfg!(debug_assertions) && current().is_some()
}

fn current() -> Option<Fault> {
    #[cfg(test)]
    if let Some(fault) = of_thread::FAULT.get() {
        return Some(fault);
    }
    CURRENT.get().copied()
}

/// The faults of one thread, because several tests in one process inject different ones.
#[cfg(test)]
pub mod of_thread {
    use std::cell::Cell;

    use super::Fault;

    thread_local! {
        pub(super) static FAULT: Cell<Option<Fault>> = const { Cell::new(None) };
    }

    /// Injects a fault into code on this thread, until called with none.
    pub fn inject(fault: Option<Fault>) {
        FAULT.set(fault);
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, chosen};

    #[test]
    fn only_debug_builds_inject_only_known_faults() {
        assert_eq!(chosen(Some("no-repair"), true), Ok(Some(Fault::NoRepair)));
        assert_eq!(chosen(None, false), Ok(None));
        assert!(chosen(Some("no-repair"), false).is_err_and(|problem| problem.contains("debug build")));
        assert!(chosen(Some("no-repairs"), true).is_err_and(|problem| problem.contains("no-repair,")));
    }
}
