use serde_json::{Value, json};

use crate::ops::collections::HashMap;

use super::ledger::Ledger;
use super::picture::Picture;
use super::promise::Promise;

/// The state that only this client changes, as acknowledged by the server.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnState {
    chats: HashMap<String, OwnChat>,
    /// The value of the setting `check`.
    setting: Option<u64>,
    /// Chats that GET_CHATS did not list although the client believed to be a member.
    unlisted: Vec<Unlisted>,
}

/// The client's own state in a chat; it ends with the membership.
#[derive(Clone, Debug, Default)]
struct OwnChat {
    epoch: u64,
    read: u64,
    muted: Option<bool>,
}

#[derive(Clone, Debug)]
struct Unlisted {
    chat: String,
    epoch: u64,
}

impl OwnState {
    /// Applies the reply to a command sent in the given epoch of the client's membership.
    pub(super) fn take_reply(&mut self, command: &Value, reply: &Value, epoch: u64, picture: &Picture) {
        if let Some(setting) = command.pointer("/settings/check").filter(|_| reply["type"] == "SETTINGS") {
            self.setting = setting.as_u64();
        }
        let Some(chat) = reply["chatId"].as_str() else { return };
        if epoch != picture.memberships.epoch(chat) || !picture.chats.contains_key(chat) {
            return;
        }
        let own = self.chats.entry(chat.to_owned()).or_default();
        if own.epoch != epoch {
            *own = OwnChat { epoch, ..OwnChat::default() };
        }
        match reply["type"].as_str() {
            Some("MESSAGE_READ") => own.read = own.read.max(reply["seq"].as_u64().unwrap_or(0)),
            Some("CHAT_MUTED") => own.muted = reply["muted"].as_bool(),
            _ => {}
        }
    }

    /// Compares the chats of a complete list with `before`: the chats that the client was in when it began, with their
    /// epochs.
    pub(super) fn take_list(&mut self, before: &[(String, u64)], listed: &[String]) {
        let missing = before.iter().filter(|(chat, _)| !listed.contains(chat));
        self.unlisted.extend(missing.map(|(chat, epoch)| Unlisted { chat: chat.clone(), epoch: *epoch }));
    }

    /// Compares acknowledged changes with the server's final state: the latest SYNC, and the current settings.
    pub(super) fn compare(&self, picture: &Picture, settings: &Value, ledger: &Ledger) {
        let user = &picture.user;
        if self.setting.is_some() && settings["check"].as_u64() != self.setting {
            ledger.fault(Promise::Own, format!("{user} set {:?} but the server reports {settings}", self.setting));
        }
        for (chat, own) in &self.chats {
            let Some(view) = picture.chats.get(chat) else { continue };
            if own.epoch != picture.memberships.epoch(chat) {
                continue;
            }
            let viewer = &view.viewer;
            if viewer["readSeq"].as_u64().unwrap_or(0) < own.read {
                let fault = format!("{user} has read {chat} up to {} but the server reports {viewer}", own.read);
                ledger.fault(Promise::Own, fault);
            }
            if own.muted.is_some_and(|muted| viewer["muted"] != json!(muted)) {
                let fault = format!("{user} set muted to {:?} in {chat} but the server reports {viewer}", own.muted);
                ledger.fault(Promise::Own, fault);
            }
        }
        for Unlisted { chat, epoch } in &self.unlisted {
            // A departure that arrived after the list explains it.
            if picture.memberships.epoch(chat) == *epoch {
                ledger.fault(Promise::Listed, format!("{user} is a member of {chat}, which GET_CHATS did not list"));
            }
        }
        for (chat, view) in &picture.chats {
            let number = |name: &str| view.viewer[name].as_u64();
            // A chat marked as unread counts from the mark.
            let from = number("unreadFromSeq").map_or(u64::MAX, |from| from.saturating_sub(1));
            let unread = view.unread(user, number("readSeq").unwrap_or(0).min(from));
            if view.viewer["unreadCount"] != unread {
                let viewer = &view.viewer;
                ledger.fault(Promise::Same, format!("{user} counts {unread} unread in {chat}; the server: {viewer}"));
            }
        }
    }
}
