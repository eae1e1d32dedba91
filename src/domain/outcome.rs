use crate::protocol::{ChatEvent, FileId, LargeChats, User, UserId};

/// The outcome of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The event that other members receive.
    pub event: ChatEvent,
    /// The caller's reply, if it differs from the event.
    pub reply: Option<ChatEvent>,
    /// Users who begin to receive the chat's events with this one.
    pub joined: Vec<UserId>,
    /// Users for whom this event is the last.
    pub left: Vec<UserId>,
    /// The number of members afterwards, if somebody joined or left.
    pub members: Option<u64>,
    /// The event that new members receive instead.
    pub welcome: Option<ChatEvent>,
    /// Members that the message mentions and did not mention before.
    pub mentioned: Vec<UserId>,
    /// The number of messages the chat had, if it was deleted.
    pub ended: Option<u64>,
    /// Files that the message no longer has.
    pub freed: Vec<FileId>,
    /// True if the actor's server role permitted the change and the chat role did not.
    pub by_authority: bool,
    /// True if the request changed nothing; only the caller gets a reply.
    pub duplicate: bool,
    /// An outcome one tick before this one; it has no reply.
    pub first: Option<Box<Outcome>>,
}

impl Outcome {
    /// An event that the caller and all other members receive in the same form.
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

    /// The profiles of new members as others are told of them, also in the outcome before this one.
    pub fn shown_newcomers(&self) -> Vec<&User> {
        let mut shown = self.first.as_ref().map_or_else(Vec::new, |first| first.shown_newcomers());
        if !self.joined.is_empty() {
            // The event of a new direct chat shows nobody, because its peer depends on who reads it.
            let event = Some(&self.event).filter(|event| !event.shown_members().is_empty()).or(self.reply.as_ref());
            shown.extend(event.map_or_else(Vec::new, ChatEvent::shown_members));
        }
        shown
    }

    /// Records the number of members afterwards, and which of the chats in the events are large.
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

    /// The outcome of a request that changed nothing.
    pub(super) fn duplicate(event: ChatEvent) -> Self {
        Outcome { duplicate: true, ..Outcome::event(event) }
    }
}
