use std::collections::BTreeSet;

use tokio::time::Instant;

use crate::ops::collections::{HashMap, HashSet};
use crate::protocol::{ChatId, UserId};
use crate::store::repository::Advance;

use super::entry::ReceiptEntry;

/// The marks not stored yet: by chat for reads, by user for closed connections, and those that commands are waiting
/// for. A command, or the end of a connection, never scans other users' marks.
#[derive(Debug, Default)]
pub(super) struct Entries {
    chats: HashMap<ChatId, HashMap<UserId, ReceiptEntry>>,
    users: HashMap<UserId, HashSet<ChatId>>,
    /// Entries that a command has advanced, until they are taken.
    asked: BTreeSet<(ChatId, UserId)>,
}

impl Entries {
    pub(super) fn of_chat(&self, chat: &ChatId) -> Option<&HashMap<UserId, ReceiptEntry>> {
        self.chats.get(chat)
    }

    pub(super) fn get_mut(&mut self, chat: &ChatId, user: &UserId) -> Option<&mut ReceiptEntry> {
        self.chats.get_mut(chat)?.get_mut(user)
    }

    pub(super) fn each(&self) -> impl Iterator<Item = &ReceiptEntry> {
        self.chats.values().flat_map(HashMap::values)
    }

    pub(super) fn chats_mut(&mut self) -> impl Iterator<Item = (&ChatId, &mut HashMap<UserId, ReceiptEntry>)> {
        self.chats.iter_mut()
    }

    pub(super) fn insert(&mut self, chat: &ChatId, user: &UserId, entry: ReceiptEntry) {
        self.chats.entry(chat.clone()).or_default().insert(user.clone(), entry);
        self.users.entry(user.clone()).or_default().insert(chat.clone());
    }

    /// Records that a command is waiting for this entry.
    pub(super) fn ask(&mut self, chat: &ChatId, user: &UserId) {
        self.asked.insert((chat.clone(), user.clone()));
    }

    /// True if marks of a user may not be written yet.
    pub(super) fn is_ahead_of(&self, user: &UserId) -> bool {
        let mut chats = self.users.get(user).into_iter().flatten().filter_map(|chat| self.chats.get(chat)?.get(user));
        chats.any(ReceiptEntry::is_ahead)
    }

    pub(super) fn remove(&mut self, chat: &ChatId, user: &UserId) {
        if let Some(users) = self.chats.get_mut(chat) {
            users.remove(user);
            if users.is_empty() {
                self.chats.remove(chat);
            }
        }
        self.forget_chat_of(user, chat);
    }

    pub(super) fn remove_chat(&mut self, chat: &ChatId) {
        for user in self.chats.remove(chat).into_iter().flat_map(HashMap::into_keys) {
            self.forget_chat_of(&user, chat);
        }
    }

    /// Removes the entries for which `is_kept` is false.
    pub(super) fn retain(&mut self, is_kept: impl Fn(&ReceiptEntry) -> bool) {
        let mut over = vec![];
        for (chat, users) in &self.chats {
            let of_chat = users.iter().filter(|(_, entry)| !is_kept(entry));
            over.extend(of_chat.map(|(user, _)| (chat.clone(), user.clone())));
        }
        over.iter().for_each(|(chat, user)| self.remove(chat, user));
    }

    fn forget_chat_of(&mut self, user: &UserId, chat: &ChatId) {
        if let Some(chats) = self.users.get_mut(user) {
            chats.remove(chat);
            if chats.is_empty() {
                self.users.remove(user);
            }
        }
    }
}

/// Takes marks to be written.
impl Entries {
    /// Takes at most `max` marks that commands are waiting for.
    pub(super) fn take_asked(&mut self, max: usize, now: Instant) -> Vec<Advance> {
        let mut taken = vec![];
        while taken.len() < max
            && let Some((chat, user)) = self.asked.pop_first()
        {
            let entry = self.get_mut(&chat, &user).filter(|entry| entry.is_asked() && entry.is_ahead());
            taken.extend(entry.map(|entry| entry.take_advance(&chat, &user, now)));
        }
        taken
    }

    /// Takes the unwritten marks of one user.
    pub(super) fn take_of(&mut self, user: &UserId, now: Instant) -> Vec<Advance> {
        let mut taken = vec![];
        for chat in self.users.get(user).into_iter().flatten() {
            let entry = self.chats.get_mut(chat).and_then(|users| users.get_mut(user));
            if let Some(entry) = entry.filter(|entry| entry.is_ahead()) {
                taken.push(entry.take_advance(chat, user, now));
            }
        }
        taken
    }

    /// Takes at most `max` matching marks, after a scan of all entries.
    pub(super) fn take_where(
        &mut self,
        max: usize,
        now: Instant,
        fits: impl Fn(&ReceiptEntry) -> bool,
    ) -> Vec<Advance> {
        let mut taken = vec![];
        for (chat, users) in &mut self.chats {
            for (user, entry) in users.iter_mut().filter(|(_, entry)| fits(entry)) {
                if taken.len() == max {
                    return taken;
                }
                taken.push(entry.take_advance(chat, user, now));
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::work;
    use crate::protocol::Timestamp;

    fn step(chat: &str, user: &str) -> Advance {
        let at = Timestamp::from_millis(5);
        Advance { chat: chat.into(), user: user.into(), read: 3, delivered: 3, at, clears_unread: false }
    }

    fn ask(entries: &mut Entries, step: &Advance) {
        entries.insert(&step.chat, &step.user, ReceiptEntry::new(step));
        entries.ask(&step.chat, &step.user);
    }

    /// The marks of a thousand other users, in a chat shared with the user and in separate chats.
    fn crowd(entries: &mut Entries) {
        for number in 0..1000 {
            for chat in ["c".to_owned(), format!("c{number}")] {
                let other = step(&chat, &format!("u{number}"));
                entries.insert(&other.chat, &other.user, ReceiptEntry::arrived(&other));
            }
        }
    }

    #[test]
    fn marking_does_not_scan_marks_of_other_users() {
        let mut entries = Entries::default();
        let users = |taken: Vec<Advance>| taken.iter().map(|step| step.user.to_string()).collect::<Vec<_>>();
        crowd(&mut entries);
        let steps = work::steps_of(|| {
            for user in ["ann", "ben", "cem"] {
                ask(&mut entries, &step("c", user));
            }
            assert_eq!(users(entries.take_asked(2, Instant::now())), ["ann", "ben"]);
            assert_eq!(users(entries.take_asked(2, Instant::now())), ["cem"]);
            assert!(entries.take_asked(2, Instant::now()).is_empty());
        });
        assert!(steps < 50, "{steps} steps for three marks beside two thousand");
        entries.ask(&"c".into(), &"ben".into());
        assert_eq!(users(entries.take_asked(2, Instant::now())), ["ben"], "a failed write is retried");
    }

    #[test]
    fn disconnecting_does_not_scan_marks_of_other_users() {
        let mut entries = Entries::default();
        crowd(&mut entries);
        for number in 0..3 {
            ask(&mut entries, &step(&format!("own{number}"), "ann"));
        }
        let steps = work::steps_of(|| {
            assert!(entries.is_ahead_of(&"ann".into()));
            assert_eq!(entries.take_of(&"ann".into(), Instant::now()).len(), 3);
        });
        assert!(steps < 50, "{steps} steps for three marks beside two thousand");
    }

    #[test]
    fn marks_are_indexed_by_user() {
        let mut entries = Entries::default();
        for (chat, user) in [("a", "ann"), ("b", "ann"), ("a", "ben")] {
            ask(&mut entries, &step(chat, user));
        }
        let chats = |entries: &mut Entries, user: &str| {
            let taken = entries.take_of(&user.into(), Instant::now());
            taken.iter().map(|step| step.chat.to_string()).collect::<BTreeSet<_>>().into_iter().collect::<String>()
        };
        assert_eq!((chats(&mut entries, "ann"), chats(&mut entries, "ben")), ("ab".to_owned(), "a".to_owned()));
        entries.remove_chat(&"a".into());
        assert!(entries.is_ahead_of(&"ann".into()) && !entries.is_ahead_of(&"ben".into()));
        entries.remove(&"b".into(), &"ann".into());
        assert!(entries.users.is_empty() && entries.chats.is_empty(), "no leftovers");
    }
}
