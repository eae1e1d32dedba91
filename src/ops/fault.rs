//! Faults that a test has the server make on purpose, to see that `pichat check` finds them. Only a debug build makes
//! any; another refuses to start when it is asked to.

use std::sync::OnceLock;

/// The variable of the environment that asks for one.
pub const NAME: &str = "PICHAT_FAULT";

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A message is acknowledged and then not committed.
    AckBeforeCommit,
    /// A message is published and then not committed.
    PublishBeforeCommit,
    /// SYNC begins one place too late.
    CursorOffByOne,
    /// What does not come over the bus is passed over.
    NoRepair,
    /// A message that is sent again is a new one.
    DoubleOnRetry,
}

/// Every fault by its name.
const NAMES: &[(&str, Fault)] = &[
    ("ack-before-commit", Fault::AckBeforeCommit),
    ("publish-before-commit", Fault::PublishBeforeCommit),
    ("cursor-off-by-one", Fault::CursorOffByOne),
    ("no-repair", Fault::NoRepair),
    ("double-on-retry", Fault::DoubleOnRetry),
];

static CURRENT: OnceLock<Fault> = OnceLock::new();

/// Makes the fault that the environment asks for, from here on; tells why it cannot.
pub fn begin(asked: Option<&str>) -> Result<(), String> {
    if let Some(fault) = chosen(asked, cfg!(debug_assertions))? {
        CURRENT.get_or_init(|| fault);
    }
    Ok(())
}

fn chosen(asked: Option<&str>, possible: bool) -> Result<Option<Fault>, String> {
    match asked {
        None | Some("") => Ok(None),
        Some(_) if !possible => Err("only a debug build makes faults on purpose, and this is none; unset it".into()),
        Some(name) => match NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, fault)) => Ok(Some(*fault)),
            None => {
                let known: Vec<&str> = NAMES.iter().map(|(known, _)| *known).collect();
                Err(format!("{name:?} is none of {}", known.join(", ")))
            }
        },
    }
}

/// Whether this goes wrong.
pub fn is(fault: Fault) -> bool {
    cfg!(debug_assertions) && CURRENT.get() == Some(&fault)
}

/// Whether anything goes wrong.
pub fn any() -> bool {
    cfg!(debug_assertions) && CURRENT.get().is_some()
}

#[cfg(test)]
mod tests {
    use super::{Fault, chosen};

    #[test]
    fn only_a_debug_build_makes_faults_and_only_those_it_knows() {
        assert_eq!(chosen(Some("no-repair"), true), Ok(Some(Fault::NoRepair)));
        assert_eq!(chosen(None, false), Ok(None));
        assert!(chosen(Some("no-repair"), false).is_err_and(|problem| problem.contains("debug build")));
        assert!(chosen(Some("no-repairs"), true).is_err_and(|problem| problem.contains("no-repair,")));
    }
}
