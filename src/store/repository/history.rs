use super::ReadBudget;
use crate::protocol::{ChatId, Message, Seq, UserId};

/// Maximum number of messages that a numbered page may skip in one step.
const NEAR: u64 = 2000;

/// The section of a chat's history that a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The newest.
    Newest,
    /// The newest before a position.
    Before(Seq),
    /// The oldest after a position.
    After(Seq),
    /// Half before a position, half from it on.
    Around(Seq),
    /// All but a given number of the newest; also counts the total.
    Skip(u64),
    /// All before a position except a given number of the newest.
    SkipBefore { before: Seq, skip: u64 },
}

/// A query for a page of history.
#[derive(Clone, Debug)]
pub struct HistoryQuery {
    pub chat: ChatId,
    pub window: Window,
    /// Maximum number of messages; fewer are returned if they would exceed the page's size in bytes.
    pub limit: usize,
    /// Only messages of this sender.
    pub sender: Option<UserId>,
    /// Only messages whose text contains this, ignoring case.
    pub search: Option<String>,
    /// The work that may be done for a page that is filtered or numbered.
    pub budget: ReadBudget,
}

impl HistoryQuery {
    /// True if the page may be far from where reading begins: reading is then done step by step, within the budget. One
    /// sender's messages are found with an index, but must be counted for a numbered page.
    pub fn is_walked(&self) -> bool {
        let is_far = match self.window {
            Window::Skip(skip) => skip > NEAR || self.sender.is_some(),
            Window::SkipBefore { .. } => true,
            _ => false,
        };
        is_far || self.search.is_some()
    }

    /// True if the query is for all messages of one sender.
    pub fn is_of_sender(&self) -> bool {
        self.sender.is_some() && self.search.is_none()
    }

    /// True if not all messages are wanted.
    pub fn is_filtered(&self) -> bool {
        self.sender.is_some() || self.search.is_some()
    }
}

/// A page of history.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// True if more messages follow in reading direction.
    pub more: bool,
    /// The chat's clock.
    pub seq: Seq,
    /// The number of matching messages, if requested and counted within the budget.
    pub total: Option<u64>,
    /// The position to continue from if the budget was spent before the page was full, or before all was counted.
    pub stopped: Option<Window>,
}
