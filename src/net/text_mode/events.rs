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
                Some(format!("* your token expires at {at}; /login NAME or /token renews it"))
            }
            "TYPING" | "PRESENCE" | "MESSAGE_CHUNK" | "STREAM_STARTED" | "MESSAGE_DELIVERED" | "MESSAGE_READ"
            | "STOP_REQUESTED" => None,
            "LAGGED" if chat.is_empty() => Some("* some events were skipped; /history shows the messages".into()),
            "MENTION" if self.open.is_open(chat) => None,
            "MENTION" => Some(format!("* you are mentioned: {}", self.message(chat, &event["message"], ""))),
            _ if !chat.is_empty() && !self.open.is_open(chat) => None,
            "NEW_MESSAGE" => Some(self.message(chat, &event["message"], "")),
            "MESSAGE_EDITED" => Some(self.message(chat, &event["message"], " (edited)")),
            _ if chat.is_empty() => {
                Some(self.change_of_user(event).map_or_else(|| display::json(frame), |change| format!("* {change}")))
            }
            _ => Some(match self.change(chat, event) {
                Some(change) => format!("[{}] * {change}", self.open.label(chat)),
                None => display::json(frame),
            }),
        }
    }

    /// A description of a change to a user or to the person's own account; none if it is not described.
    fn change_of_user(self, event: &Value) -> Option<String> {
        let user = || self.user(text(event, "userId"));
        Some(match text(event, "type") {
            "USER_UPDATED" => format!("{} changed their profile", display::inline(text(&event["user"], "username"))),
            "ACCOUNT_DELETED" => format!("{} deleted their account", user()),
            "BOT_DELETED" => format!("the bot {} was deleted", user()),
            "API_TOKEN_REVOKED" => "one of your tokens was revoked".into(),
            "PASSWORD_CHANGED" => "your password was changed".into(),
            "SESSION_REVOKED" => "one of your sessions was ended".into(),
            "SETTINGS" => "your settings were changed on another device".into(),
            "USER_BANNED" => format!("{} was banned from the server", user()),
            "USER_UNBANNED" => format!("{} is no longer banned from the server", user()),
            "USER_ROLE_CHANGED" => format!("{} is now {} of the server", user(), display::inline(text(event, "role"))),
            "USER_DISCONNECTED" => format!("{} was disconnected", user()),
            _ => return None,
        })
    }

    /// A description of a change to an open chat; none if it is not described.
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
                let members = || items(event, "members").map(|member| &member["user"]);
                let names: Vec<String> = members().map(|user| display::inline(text(user, "username"))).collect();
                let names = names.join(", ");
                let is_own_doing = members().all(|user| text(user, "id") == text(event, "by"));
                if is_own_doing { format!("{names} joined") } else { format!("{by} added {names}") }
            }
            "MEMBERS_REMOVED" => {
                let ids = || items(event, "userIds").filter_map(Value::as_str);
                let names = ids().map(|id| self.user(id)).collect::<Vec<_>>().join(", ");
                let is_own_doing = ids().all(|id| id == text(event, "by"));
                if is_own_doing { format!("{names} left") } else { format!("{by} removed {names}") }
            }
            "MEMBER_BANNED" => format!("{} is banned", user()),
            "MEMBER_UNBANNED" => format!("{} is no longer banned", user()),
            "MEMBER_UPDATED" => format!("{} is now {}", user(), display::inline(text(event, "role"))),
            "CHAT_UPDATED" => format!("{by} changed the chat; its name is {}", chat_name(&event["chat"])),
            "CHAT_DELETED" => format!("{by} deleted the chat"),
            "MESSAGE_DELETED" => format!("{by} deleted a message"),
            "REACTION_ADDED" => format!("{} reacted with {}", reacting(), emoji()),
            "REACTION_REMOVED" => format!("{} removed {}", reacting(), emoji()),
            "MESSAGE_PINNED" => format!("{by} pinned a message"),
            "MESSAGE_UNPINNED" => format!("{by} unpinned a message"),
            "HISTORY_TRIMMED" => "old messages were removed".into(),
            "HOLD_CHANGED" if event["hold"] == true => format!("{by} put the chat on hold"),
            "HOLD_CHANGED" => format!("{by} ended the hold"),
            "CHAT_MUTED" if event["muted"] == true => "you muted it on another device".into(),
            "CHAT_MUTED" => "you unmuted it on another device".into(),
            "CHAT_MARKED_UNREAD" => "you marked it unread on another device".into(),
            "STREAM_STOPPED" => "an answer was stopped".into(),
            "LAGGED" => "some events were skipped; /history shows the messages".into(),
            _ => return None,
        })
    }

    fn user(self, id: &str) -> String {
        display::inline(self.names.user(id))
    }
}

/// The name of a new chat; events do not name the peer of a direct chat.
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
