use crate::protocol::{ChatEvent, FileId, UserId};

/// The outcome of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The event that other members receive.
    pub event: ChatEvent,
    /// The caller's reply, if it differs from the event.
    pub reply: Option<ChatEvent>,
    /// Users who begin to hear the chat with this event.
    pub joined: Vec<UserId>,
    /// Users for whom this event is the last.
    pub left: Vec<UserId>,
    /// The event that new members receive instead.
    pub welcome: Option<ChatEvent>,
    /// Members whom its message names, and did not name before.
    pub mentioned: Vec<UserId>,
    /// The chat is gone, and so many messages with it.
    pub ended: Option<u64>,
    /// Files that its message had and has no more.
    pub freed: Vec<FileId>,
    /// The actor's role on the server allowed it, and not the one in the chat.
    pub by_authority: bool,
    /// The wish was already fulfilled: nobody but the caller hears of it.
    pub duplicate: bool,
    /// An outcome that precedes this one by a tick; it has no reply.
    pub first: Option<Box<Outcome>>,
}

impl Outcome {
    /// An event that the caller and all others get alike.
    pub(super) fn event(event: ChatEvent) -> Self {
        Outcome {
            event,
            reply: None,
            joined: vec![],
            left: vec![],
            welcome: None,
            mentioned: vec![],
            ended: None,
            freed: vec![],
            by_authority: false,
            duplicate: false,
            first: None,
        }
    }

    /// A wish that was already fulfilled.
    pub(super) fn duplicate(event: ChatEvent) -> Self {
        Outcome { duplicate: true, ..Outcome::event(event) }
    }
}
