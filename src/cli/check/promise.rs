use std::fmt;

/// A promise that the checker tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Promise {
    /// Of guarantee 1.
    Durable,
    /// Of guarantee 2.
    Committed,
    /// Of guarantee 3.
    Order,
    /// Of guarantee 3, with time.
    Heard,
    /// Of guarantee 4.
    Resume,
    /// Of guarantee 5.
    Once,
    /// Of section 1.
    Replies,
    /// All clients end in the same state.
    Same,
}

impl fmt::Display for Promise {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Promise::Durable => "nothing that was acknowledged is lost",
            Promise::Committed => "nobody receives what is not stored",
            Promise::Order => "everybody receives a chat complete and in one order",
            Promise::Heard => "everybody receives everything without asking for it",
            Promise::Resume => "SYNC restores the state of a client that never left",
            Promise::Once => "nothing is duplicated",
            Promise::Replies => "every command has one reply, in order",
            Promise::Same => "all clients and all nodes agree",
        })
    }
}
