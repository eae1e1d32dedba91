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
    /// Of membership: those outside a chat get nothing of it.
    Excluded,
    /// Of guarantee 1, for a client's own state.
    Own,
    /// Of guarantee 9.
    Revoked,
    /// Of GET_CHATS.
    Listed,
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
            Promise::Excluded => "nothing of a chat reaches those who have left it",
            Promise::Own => "marks, mutes and settings stay as they were acknowledged",
            Promise::Revoked => "a revoked token stops working on every node within 10 s",
            Promise::Listed => "paging through the chats misses none that was there throughout",
        })
    }
}
