//! Lines for events.

use serde_json::Value;

use super::TextMode;
use super::replies::{name, refusal, text};

impl TextMode {
    /// The line for an event; none if it is not shown.
    pub(super) fn event(&mut self, event: &Value, frame: &str) -> Option<String> {
        let chat = text(event, "chatId");
        match text(event, "type") {
            "ERROR" => Some(refusal(event)),
            "NEW_CHAT" | "CHANNEL_LISTED" => Some(format!("* new: {}; {}", name(&event["chat"]), how(&event["chat"]))),
            "TOKEN_EXPIRING" => Some(format!("* your token ends at {}", text(event, "expiresAt"))),
            "TYPING" | "PRESENCE" | "MESSAGE_CHUNK" | "STREAM_STARTED" | "MESSAGE_DELIVERED" | "MESSAGE_READ" => None,
            "MENTION" if self.open.contains_key(chat) => None,
            "MENTION" => Some(format!("* you are mentioned: {}", self.said(chat, &event["message"], ""))),
            _ if !chat.is_empty() && !self.open.contains_key(chat) => None,
            "NEW_MESSAGE" => Some(self.said(chat, &event["message"], "")),
            "MESSAGE_EDITED" => Some(self.said(chat, &event["message"], " (edited)")),
            _ => self.happened(chat, event).map_or_else(
                || Some(frame.to_owned()),
                |what| {
                    let line = format!("[{}] * {what}", self.label(chat));
                    self.note(chat, event);
                    Some(line)
                },
            ),
        }
    }

    /// A change of an open chat in words; none if there are no words for it.
    fn happened(&self, chat: &str, event: &Value) -> Option<String> {
        if chat.is_empty() {
            return None;
        }
        let by = self.user(text(event, "by"));
        let users = |field: &str| {
            let ids = event[field].as_array().into_iter().flatten().filter_map(Value::as_str);
            ids.map(|id| self.user(id)).collect::<Vec<_>>().join(", ")
        };
        Some(match text(event, "type") {
            "MEMBERS_ADDED" => {
                let members = event["members"].as_array().into_iter().flatten();
                let names: Vec<&str> = members.map(|member| text(&member["user"], "username")).collect();
                format!("{} came in", names.join(", "))
            }
            "MEMBERS_REMOVED" => format!("{} went out", users("userIds")),
            "MEMBER_BANNED" => format!("{} is banned", self.user(text(event, "userId"))),
            "MEMBER_UNBANNED" => format!("{} is no longer banned", self.user(text(event, "userId"))),
            "MEMBER_UPDATED" => format!("{} is {} now", self.user(text(event, "userId")), text(event, "role")),
            "CHAT_UPDATED" => format!("{by} changed the chat; it is called {}", name(&event["chat"])),
            "CHAT_DELETED" => format!("{by} deleted the chat"),
            "MESSAGE_DELETED" => format!("{by} deleted a message"),
            "REACTION_ADDED" => format!("{} reacts {}", text(&event["user"], "username"), text(event, "emoji")),
            "REACTION_REMOVED" => format!("{} takes {} back", text(&event["user"], "username"), text(event, "emoji")),
            "MESSAGE_PINNED" => format!("{by} pinned a message"),
            "MESSAGE_UNPINNED" => format!("{by} unpinned a message"),
            "STREAM_STOPPED" => "an answer was given up".into(),
            "LAGGED" => "some of it was left out; /history shows what was said".into(),
            _ => return None,
        })
    }

    /// Follows the renaming and the deletion of open chats.
    fn note(&mut self, chat: &str, event: &Value) {
        match text(event, "type") {
            "CHAT_UPDATED" => {
                let label = name(&event["chat"]).trim_start_matches('#').to_owned();
                self.open.insert(chat.to_owned(), label);
            }
            "CHAT_DELETED" => {
                self.open.remove(chat);
                self.current = self.current.take().filter(|current| current != chat);
            }
            _ => {}
        }
    }

    fn user<'a>(&'a self, id: &'a str) -> &'a str {
        self.users.get(id).map_or(id, String::as_str)
    }
}

/// The line that opens a chat.
fn how(chat: &Value) -> String {
    match text(chat, "kind") {
        "channel" => format!("/open {} comes in", name(chat)),
        _ => format!("/open {} opens it", text(chat, "id")),
    }
}
