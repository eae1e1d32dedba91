#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::api::contract::{EVENTS, EventClass};
use crate::ops::collections::{HashMap, HashSet};

use super::ledger::Ledger;
use super::memberships::Memberships;
use super::promise::Promise;
use super::view::{ChatGoal, Goal, View, texts, versions};

/// Events that take a position on a chat's clock.
static TICKS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let ticks = EVENTS.iter().filter(|event| event.class == EventClass::Tick);
    ticks.map(|event| (event.name)().into_owned()).collect()
});

/// The state that a client has derived from frames.
#[derive(Clone, Debug, Default)]
pub(super) struct Picture {
    pub(super) user: String,
    /// True if SYNC has returned the list of chats.
    pub(super) asked: bool,
    /// True if events of any kind were missed since the last SYNC.
    pub(super) lost: bool,
    pub(super) chats: HashMap<String, View>,
    pub(super) memberships: Memberships,
    /// The latest received version of each profile.
    pub(super) profiles: HashMap<String, u64>,
    /// Chats that the client has joined since it sent the latest SYNC, whose reply may be older.
    pub(super) joined_meanwhile: HashSet<String>,
    /// The latest cursor of SYNC.
    pub(super) cursor: Option<String>,
}

impl Picture {
    /// Starts a new connection.
    pub(super) fn begin(&mut self) {
        self.asked = false;
        self.memberships.begin();
        for view in self.chats.values_mut() {
            view.streamed = None;
            view.first = None;
            view.behind = true;
        }
    }

    /// The position in each chat.
    pub(super) fn positions(&self) -> HashMap<String, u64> {
        self.chats.iter().map(|(chat, view)| (chat.clone(), view.position)).collect()
    }

    /// The first difference from the final positions, if any.
    pub(super) fn lacks(&self, goal: &Goal) -> Option<String> {
        goal.iter().find_map(|(chat, ChatGoal { seq, members })| match self.chats.get(chat) {
            Some(_) if !members.roles.contains_key(&self.user) => Some(format!("it was removed from {chat}")),
            Some(view) if view.behind => Some(format!("SYNC of {chat}")),
            Some(view) if view.position < *seq => Some(format!("{chat} from {} to {seq}", view.position)),
            Some(_) => self.lacks_profile(&members.versions),
            None if members.roles.contains_key(&self.user) => Some(format!("it is a member of {chat}")),
            None => None,
        })
    }

    fn lacks_profile(&self, stored: &BTreeMap<String, u64>) -> Option<String> {
        stored.iter().find_map(|(user, version)| {
            let known = self.profiles.get(user).copied().unwrap_or(0);
            (known < *version).then(|| format!("the profile of {user} from version {known} to {version}"))
        })
    }

    fn take_profiles(&mut self, profiles: impl Iterator<Item = (String, u64)>) {
        for (user, version) in profiles {
            let known = self.profiles.entry(user).or_default();
            *known = version.max(*known);
        }
    }

    /// Repeats SYNC from the current positions: it must return nothing new.
    pub(super) fn ask_again(&mut self) {
        self.asked = false;
        self.chats.values_mut().for_each(|view| view.behind = true);
    }

    /// The parameters for SYNC.
    pub(super) fn sync(&mut self) -> Value {
        self.lost = false;
        self.joined_meanwhile.clear();
        let chats: serde_json::Map<_, _> =
            self.chats.iter().map(|(chat, view)| (chat.clone(), view.position.into())).collect();
        let mut sync = json!({"type":"SYNC","chats":chats});
        if let Some(cursor) = &self.cursor {
            sync["cursor"] = json!(cursor);
        }
        sync
    }

    pub(super) fn is_behind(&self) -> bool {
        !self.asked || self.lost || self.chats.values().any(|view| view.behind)
    }

    /// Applies a frame, and checks it against the order of its chat.
    pub(super) fn see(&mut self, frame: &Value, ledger: &Ledger) {
        let kind = frame["type"].as_str().unwrap_or_default();
        self.take_profiles(versions(&frame["members"]));
        let Some(chat) = frame["chatId"].as_str() else {
            match kind {
                "USER_UPDATED" => self.take_profiles(versions(&json!([frame]))),
                "SYNCED" => self.synced(frame, ledger),
                "LAGGED" => self.lost(ledger),
                _ => {}
            }
            return;
        };
        match kind {
            "CHAT_DELETED" => drop(self.chats.remove(chat)),
            _ if self.is_outside(chat, frame) => {
                ledger.fault(Promise::Excluded, format!("{} has left {chat} and received {frame}", self.user));
            }
            "LAGGED" => self.lagged(chat, frame, ledger),
            _ if frame["duplicate"] == true => {}
            _ if TICKS.contains(kind) => self.ticked(chat, frame, ledger),
            _ => {}
        }
    }

    /// True if the frame belongs to a chat that the client has left, and does not rejoin it.
    fn is_outside(&self, chat: &str, frame: &Value) -> bool {
        let invites = ["NEW_CHAT", "MEMBERS_ADDED", "CHANNEL_LISTED"];
        let is_invited = frame.get("chat").is_some() && invites.iter().any(|kind| frame["type"] == *kind);
        let is_reply = frame.get("requestId").is_some();
        self.memberships.has_left(chat) && !self.chats.contains_key(chat) && !is_invited && !is_reply
    }

    fn ticked(&mut self, chat: &str, frame: &Value, ledger: &Ledger) {
        let kind = frame["type"].as_str().unwrap_or_default();
        let seq = frame["seq"].as_u64().unwrap_or(0);
        if kind == "NEW_CHAT" || (kind == "MEMBERS_ADDED" && frame.get("chat").is_some()) {
            // Everything before is requested, from what is known: SYNC may have shown the chat before its event arrives,
            // and the answer to a SYNC in flight may be older than that event.
            let view = self.chats.entry(chat.to_owned()).or_default();
            view.streamed = Some(seq);
            view.first = None;
            view.lagged = view.lagged.max(seq);
            view.behind = true;
            self.memberships.joined(chat);
            self.joined_meanwhile.insert(chat.to_owned());
            return;
        }
        ledger.event(chat, seq, frame);
        let leaves = kind == "MEMBERS_REMOVED" && texts(&frame["userIds"], "").contains(&&*self.user);
        // SYNC may already have shown the departure.
        let Some(view) = self.chats.get_mut(chat) else {
            if leaves {
                self.memberships.left(chat);
            }
            return;
        };
        let expected = view.streamed.unwrap_or(view.position) + 1;
        // Before the SYNC result, any event may be the first; after it, events that it covered may arrive again.
        let right = match view.streamed {
            // The reply to a change whose outcome was found by reading may follow the LAGGED that covers it.
            Some(_) => seq == expected || frame.get("requestId").is_some() && seq <= view.lagged,
            None => view.behind || seq <= expected,
        };
        if !right {
            ledger.fault(
                Promise::Order,
                format!("{} expected {expected} of {chat} and received {kind} at {seq}", self.user),
            );
        }
        view.first.get_or_insert(seq);
        view.streamed = Some(view.streamed.map_or(seq, |before| before.max(seq)));
        // An own reply may be late: applied after later events, it would undo them.
        if seq <= view.position {
            return;
        }
        if !view.behind {
            view.position = seq;
        }
        view.apply(frame, seq);
        if leaves {
            self.chats.remove(chat);
            self.memberships.left(chat);
        }
    }

    fn lagged(&mut self, chat: &str, frame: &Value, ledger: &Ledger) {
        ledger.count("gaps announced by LAGGED");
        let [from, to] = ["fromSeq", "toSeq"].map(|name| frame[name].as_u64().unwrap_or(0));
        let Some(view) = self.chats.get_mut(chat) else {
            // SYNC has not shown the chat, or showed that the client was not a member; the gap may hold the joining.
            self.asked = false;
            return;
        };
        if let Some(last) = view.streamed.filter(|last| from != last + 1) {
            let expected = last + 1;
            ledger.fault(
                Promise::Order,
                format!("{} expected {expected} of {chat} and received LAGGED from {from} to {to}", self.user),
            );
        }
        view.first.get_or_insert(from);
        view.streamed = Some(to);
        view.lagged = view.lagged.max(to);
        view.behind = true;
    }

    /// Records a loss that names no chat. In every chat, any event may be next.
    fn lost(&mut self, ledger: &Ledger) {
        ledger.count("gaps announced by LAGGED");
        self.begin();
        // The reply to a running SYNC may be older than the loss.
        self.lost = true;
    }

    fn synced(&mut self, frame: &Value, ledger: &Ledger) {
        self.asked = true;
        self.cursor = frame["cursor"].as_str().map(str::to_owned);
        let changed = frame["users"].as_array().into_iter().flatten().map(|user| json!({"user":user}));
        self.take_profiles(versions(&changed.collect()));
        for gone in
            texts(&frame["removedChatIds"], "").into_iter().filter(|gone| !self.joined_meanwhile.contains(*gone))
        {
            self.chats.remove(gone);
            self.memberships.changed(gone);
        }
        for chat in texts(&frame["newChats"], "/id") {
            self.memberships.changed(chat);
            self.chats.entry(chat.to_owned()).or_insert_with(|| View { behind: true, ..View::default() });
        }
        for news in frame["chats"].as_array().into_iter().flatten() {
            self.take_news(news, ledger);
        }
    }

    fn take_news(&mut self, news: &Value, ledger: &Ledger) {
        let chat = news["chatId"].as_str().unwrap_or_default();
        let seq = news["seq"].as_u64().unwrap_or(0);
        self.take_profiles(versions(&news["members"]));
        let Some(view) = self.chats.get_mut(chat) else { return };
        if news["reset"] == true {
            ledger.fault(
                Promise::Resume,
                format!("{} was reset by SYNC, although {chat} had reached its position", self.user),
            );
            *view = View { streamed: view.streamed, ..View::default() };
        }
        // SYNC returns every chat; the events of one that misses nothing may be ahead of the reply.
        if !view.behind && seq < view.position {
            return;
        }
        view.take_news(news, seq);
        self.memberships.take_members(chat, &self.user, &news["members"]);
        view.position = seq;
        // A result may be older than a LAGGED that has arrived since.
        view.behind = news["more"] == true || seq < view.lagged || self.lost;
        if view.behind {
            return;
        }
        view.changes.clear();
        if let Some(first) = view.first.take().filter(|first| *first > seq + 1) {
            ledger.fault(
                Promise::Resume,
                format!("{} caught up to {seq} of {chat} with SYNC and received {first} next", self.user),
            );
        }
        view.position = view.position.max(view.streamed.unwrap_or(0));
    }
}
