use crate::protocol::{ChatEvent, FileId, LargeChats, UserId};

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
    /// The number of members after it, if somebody joined or left.
    pub members: Option<u64>,
    /// The event that new members receive instead.
    pub welcome: Option<ChatEvent>,
    /// Members that its message mentions, and did not mention before.
    pub mentioned: Vec<UserId>,
    /// The chat was deleted, with this many messages.
    pub ended: Option<u64>,
    /// Files that its message no longer has.
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
            members: None,
            welcome: None,
            mentioned: vec![],
            ended: None,
            freed: vec![],
            by_authority: false,
            duplicate: false,
            first: None,
        }
    }

    /// Notes the number of members after it, and which of the chats in its events are large.
    pub(super) fn note_size(&mut self, members: Option<u64>, large_chats: LargeChats) {
        if !self.joined.is_empty() || !self.left.is_empty() {
            self.members = members;
        }
        let events = [Some(&mut self.event), self.reply.as_mut(), self.welcome.as_mut()];
        for chat in events.into_iter().flatten().filter_map(ChatEvent::chat_mut) {
            chat.large = large_chats.include(chat.member_count);
        }
        if let Some(first) = &mut self.first {
            first.note_size(members, large_chats);
        }
    }

    /// A wish that was already fulfilled.
    pub(super) fn duplicate(event: ChatEvent) -> Self {
        Outcome { duplicate: true, ..Outcome::event(event) }
    }
}
