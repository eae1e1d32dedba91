//! Lines for events.

use serde_json::Value;

use super::display;
use super::replies::{PersonView, chat_name, items, refusal, text};

impl PersonView<'_> {
    /// The line for an event; none if it is not shown.
    pub(super) fn event(self, event: &Value, frame: &str) -> Option<String> {
        let chat = text(event, "chatId");
        match text(event, "type") {
            "ERROR" => Some(refusal(event)),
            "NEW_CHAT" | "CHANNEL_LISTED" => {
                Some(format!("* new: {}; {}", new_chat(&event["chat"]), how_to_open(&event["chat"])))
            }
            "TOKEN_EXPIRING" => {
                let at = display::inline(text(event, "expiresAt"));
                Some(format!("* your token expires at {at}; /login NAME or /token T keeps you logged in"))
            }
            "TYPING" | "PRESENCE" | "MESSAGE_CHUNK" | "STREAM_STARTED" | "MESSAGE_DELIVERED" | "MESSAGE_READ" => None,
            "LAGGED" if chat.is_empty() => Some("* some events were left out; /history shows the messages".into()),
            "MENTION" if self.open.is_open(chat) => None,
            "MENTION" => Some(format!("* you are mentioned: {}", self.message(chat, &event["message"], ""))),
            _ if !chat.is_empty() && !self.open.is_open(chat) => None,
            "NEW_MESSAGE" => Some(self.message(chat, &event["message"], "")),
            "MESSAGE_EDITED" => Some(self.message(chat, &event["message"], " (edited)")),
            _ => Some(match self.change(chat, event) {
                Some(change) => format!("[{}] * {change}", self.open.label(chat)),
                None => display::json(frame),
            }),
        }
    }

    /// A change of an open chat in words; none if there are no words for it.
    fn change(self, chat: &str, event: &Value) -> Option<String> {
        if chat.is_empty() {
            return None;
        }
        let by = self.user(text(event, "by"));
        let user = || self.user(text(event, "userId"));
        let reacting = || display::inline(text(&event["user"], "username"));
        let emoji = || display::inline(text(event, "emoji"));
        Some(match text(event, "type") {
            "MEMBERS_ADDED" => {
                let names = items(event, "members").map(|member| display::inline(text(&member["user"], "username")));
                format!("{} joined", names.collect::<Vec<_>>().join(", "))
            }
            "MEMBERS_REMOVED" => {
                let names = items(event, "userIds").filter_map(Value::as_str).map(|id| self.user(id));
                format!("{} left", names.collect::<Vec<_>>().join(", "))
            }
            "MEMBER_BANNED" => format!("{} is banned", user()),
            "MEMBER_UNBANNED" => format!("{} is no longer banned", user()),
            "MEMBER_UPDATED" => format!("{} is now {}", user(), display::inline(text(event, "role"))),
            "CHAT_UPDATED" => format!("{by} changed the chat; its name is {}", chat_name(&event["chat"])),
            "CHAT_DELETED" => format!("{by} deleted the chat"),
            "MESSAGE_DELETED" => format!("{by} deleted a message"),
            "REACTION_ADDED" => format!("{} reacts {}", reacting(), emoji()),
            "REACTION_REMOVED" => format!("{} takes {} back", reacting(), emoji()),
            "MESSAGE_PINNED" => format!("{by} pinned a message"),
            "MESSAGE_UNPINNED" => format!("{by} unpinned a message"),
            "HISTORY_TRIMMED" => "old messages were removed".into(),
            "HOLD_CHANGED" if event["hold"] == true => format!("{by} put the chat on hold"),
            "HOLD_CHANGED" => format!("{by} ended the hold"),
            "CHAT_MARKED_UNREAD" => "you marked it unread on another device".into(),
            "STREAM_STOPPED" => "an answer was abandoned".into(),
            "LAGGED" => "some events were left out; /history shows the messages".into(),
            _ => return None,
        })
    }

    fn user(self, id: &str) -> String {
        display::inline(self.names.user(id))
    }
}

/// The name of a new chat; events do not tell the peer of a direct one.
fn new_chat(chat: &Value) -> String {
    if text(chat, "kind") == "direct" { "a direct chat".into() } else { chat_name(chat) }
}

/// The line that opens a chat.
fn how_to_open(chat: &Value) -> String {
    match text(chat, "kind") {
        "channel" => format!("/open {} joins it", chat_name(chat)),
        _ => format!("/open {} opens it", display::inline(text(chat, "id"))),
    }
}
