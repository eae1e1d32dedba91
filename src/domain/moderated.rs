use crate::protocol::ChatEvent;

use super::{Action, Change, Outcome};

/// A moderation action in a chat, for the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moderated {
    /// The command.
    pub command: &'static str,
    /// The user, message or chat that was acted on.
    pub target: String,
    pub reason: Option<String>,
}

impl Change {
    /// Entries for the audit log: bans, and removals and deletions of other users and their messages.
    pub fn moderated(&self, outcome: &Outcome) -> Vec<Moderated> {
        if outcome.duplicate {
            return vec![];
        }
        let one = |command, target: &str, reason: &Option<String>| {
            vec![Moderated { command, target: target.to_owned(), reason: reason.clone() }]
        };
        match (&self.action, &outcome.event) {
            (Action::Hold(hold), _) => {
                let reason = Some(if *hold { "hold" } else { "release" }.to_owned());
                one("SET_HOLD", &self.chat_id, &reason)
            }
            (Action::Ban { user_id, reason, .. }, _) => one("BAN_MEMBER", user_id, reason),
            (Action::Unban { user_id, reason }, _) => one("UNBAN_MEMBER", user_id, reason),
            (_, ChatEvent::MembersRemoved(event)) => {
                let others = event.user_ids.iter().filter(|user| **user != self.actor.id);
                others.flat_map(|user| one("REMOVE_MEMBERS", user, &event.reason)).collect()
            }
            (_, ChatEvent::MessageDeleted(event)) if event.message.sender.id != self.actor.id => {
                one("DELETE_MESSAGE", &event.message_id, &event.reason)
            }
            (_, ChatEvent::ChatDeleted(event)) if outcome.by_authority => one("DELETE_CHAT", &event.chat_id, &None),
            _ => vec![],
        }
    }
}
