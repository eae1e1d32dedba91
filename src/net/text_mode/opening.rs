//! Opening a chat by a typed name.

use serde_json::{Value, json};

use super::replies::{self, ReplyPurpose};
use super::{Interpretation, TextMode, display};

/// Maximum number of chats with a similar name that are searched.
const FOUND_MOST: u32 = 50;

impl TextMode {
    pub(super) fn open_chat(&mut self, given: &str) -> Interpretation {
        // Closed first: if this fails, the next line must not be sent to the previously open chat.
        self.open.close_current();
        if let Some(user) = given.strip_prefix('@') {
            let command = json!({"type":"CREATE_CHAT","kind":"direct","members":[user]});
            return self.request(ReplyPurpose::OpenDirect, command);
        }
        if given.starts_with('#') || self.names.is_direct(given) {
            return self.request(ReplyPurpose::Open, json!({"type":"JOIN_CHAT","chatId":given}));
        }
        self.sought = given.to_owned();
        self.request(ReplyPurpose::Find, json!({"type":"GET_CHATS","search":given,"limit":FOUND_MOST}))
    }

    /// Opens the chat that was looked up among the person's own, and shows the result.
    pub(super) fn open_found(&mut self, page: &Value) -> String {
        let folded = self.sought.to_lowercase();
        let is_meant = |chat: &&Value| replies::text(chat, "name").to_lowercase() == folded;
        let found: Vec<&Value> = replies::items(page, "chats").filter(is_meant).collect();
        let shown = display::inline(&self.sought);
        match found.as_slice() {
            [] => match self.names.group(&self.sought) {
                Some(group) => self.open_known(&group),
                None => format!(
                    "! you have no chat called {shown}; /open #{shown} joins the channel with this name, /chats lists \
                     your chats"
                ),
            },
            [chat] if page.get("nextCursor").is_none() => self.open_known(chat),
            several => {
                let choices = several.iter().map(|chat| replies::choice(chat)).collect::<Vec<_>>().join(", or ");
                format!("! several chats are called {shown}: {choices}?")
            }
        }
    }

    fn open_known(&mut self, chat: &Value) -> String {
        self.open.open(chat);
        replies::opened(chat)
    }
}
