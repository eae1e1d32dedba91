use std::fmt;

/// A promise that the checker tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Promise {
    /// Guarantee 1.
    Durable,
    /// Guarantee 2.
    Committed,
    /// Guarantee 3.
    Order,
    /// Guarantee 3, within a time limit.
    Heard,
    /// Guarantee 4.
    Resume,
    /// Guarantee 5.
    Once,
    /// Section 1 of the protocol.
    Replies,
    /// All clients end in the same state.
    Same,
    /// Users outside a chat receive nothing from it.
    Excluded,
    /// Guarantee 1, for a client's own state.
    Own,
    /// Guarantee 9.
    Revoked,
    /// GET_CHATS.
    Listed,
}

impl fmt::Display for Promise {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Promise::Durable => "nothing that was acknowledged is lost",
            Promise::Committed => "nobody receives what is not stored",
            Promise::Order => "everybody receives a chat complete and in one order",
            Promise::Heard => "everybody receives everything without SYNC",
            Promise::Resume => "SYNC restores the state of a client that never left",
            Promise::Once => "nothing is duplicated",
            Promise::Replies => "every command has one reply, in order",
            Promise::Same => "all clients and all nodes agree",
            Promise::Excluded => "nothing of a chat reaches those who have left it",
            Promise::Own => "marks, mutes and settings stay as acknowledged",
            Promise::Revoked => "a revoked token stops working on every node within 10 s",
            Promise::Listed => "paging through the chats misses none that existed throughout",
        })
    }
}
