//! Text mode: translates the lines that people type at a terminal into commands, and frames into lines.
//!
//! It begins with the first line that starts with `/`. The session hands over lines and frames; it gets commands or
//! lines back. No other part of the server knows text mode.

use std::collections::{BTreeMap, HashMap, VecDeque};

use serde_json::{Value, json};

use crate::net::websocket::Rendering;

mod events;
mod line;
mod replies;

use line::Line;

/// Names of users and chats that are remembered.
const MAX_NAMES: usize = 10_000;

/// The meaning of a typed line.
#[derive(Debug)]
pub(super) enum Interpretation {
    /// A command in JSON.
    Command(String),
    /// A line that is answered at once, without a command.
    Answer(String),
    Quit,
}

/// The purpose of a command, which decides how its reply is shown.
#[derive(Debug)]
enum Purpose {
    LogIn,
    Chats,
    /// Opens or makes a chat; holds the chat that was open before.
    Open(Option<String>),
    Members,
    History,
    Send,
}

/// A command of text mode that has no reply yet.
#[derive(Debug)]
struct PendingLine {
    request_id: String,
    /// None for a command that the person wrote as JSON.
    purpose: Option<Purpose>,
}

/// The person's side of the conversation.
#[derive(Debug, Default)]
pub(super) struct TextMode {
    count: u64,
    /// Commands without a reply yet.
    pending: VecDeque<PendingLine>,
    /// Labels of the chats whose events are shown, by chat id.
    open: BTreeMap<String, String>,
    /// The chat that plain text goes to: an id, or the name of a chat that is being opened.
    current: Option<String>,
    /// Usernames by user id.
    users: HashMap<String, String>,
    /// Chat ids by chat name.
    chats: HashMap<String, String>,
    /// Frames are shown unchanged.
    exact: bool,
}

impl Rendering for TextMode {
    fn render(&mut self, frame: &str) -> Option<String> {
        self.show(frame)
    }
}

impl TextMode {
    /// Translates a typed line.
    pub(super) fn interpret(&mut self, text: &str) -> Interpretation {
        if text.trim_start().starts_with(['{', '[']) {
            return self.pass_on(text);
        }
        match Line::read(text) {
            Err(wrong) => Interpretation::Answer(format!("! {wrong}")),
            Ok(Line::Help) => Interpretation::Answer(line::help()),
            Ok(Line::Quit) => Interpretation::Quit,
            Ok(Line::Exact(exact)) => {
                self.exact = exact;
                let shown = if exact { "frames are shown as they are" } else { "frames are shown as lines" };
                Interpretation::Answer(format!("* {shown} from here on"))
            }
            Ok(Line::Login { name, password }) => {
                let field = if name.contains('@') { "email" } else { "username" };
                self.request(Purpose::LogIn, json!({"type":"LOG_IN", field:name, "password":password}))
            }
            Ok(Line::Token(token)) => self.request(Purpose::LogIn, json!({"type":"AUTHENTICATE","token":token})),
            Ok(Line::Chats(scope)) => self.request(Purpose::Chats, json!({"type":"GET_CHATS","scope":scope})),
            Ok(Line::New(name)) => {
                let name = name.trim_start_matches('#');
                let before = self.current.replace(format!("#{name}"));
                self.request(Purpose::Open(before), json!({"type":"CREATE_CHAT","kind":"channel","name":name}))
            }
            Ok(Line::Open(given)) => {
                let chat = self.chats.get(&given.to_lowercase()).cloned().unwrap_or_else(|| given.to_owned());
                let before = self.current.replace(chat.clone());
                self.request(Purpose::Open(before), json!({"type":"JOIN_CHAT","chatId":chat}))
            }
            Ok(Line::Who) => self.request_here(Purpose::Members, json!({"type":"GET_MEMBERS","limit":200})),
            Ok(Line::History(limit)) => {
                self.request_here(Purpose::History, json!({"type":"GET_CHAT_HISTORY","limit":limit}))
            }
            Ok(Line::Text(text)) => self.request_here(Purpose::Send, json!({"type":"SEND_MESSAGE","content":text})),
        }
    }

    /// A command that was typed as JSON; it gets a `requestId` by which its reply is recognised.
    fn pass_on(&mut self, text: &str) -> Interpretation {
        match serde_json::from_str(text) {
            Ok(Value::Object(command)) if !text.contains("\"requestId\"") => self.send(None, command.into()),
            _ => Interpretation::Command(text.to_owned()),
        }
    }

    fn request(&mut self, purpose: Purpose, command: Value) -> Interpretation {
        self.send(Some(purpose), command)
    }

    fn send(&mut self, purpose: Option<Purpose>, mut command: Value) -> Interpretation {
        self.count += 1;
        let id = format!("line-{}", self.count);
        command["requestId"] = Value::from(id.as_str());
        let request_id = id;
        self.pending.push_back(PendingLine { request_id, purpose });
        Interpretation::Command(command.to_string())
    }

    fn request_here(&mut self, purpose: Purpose, mut command: Value) -> Interpretation {
        let Some(chat) = &self.current else {
            return Interpretation::Answer(
                "! nothing is open; /open #general opens a chat, /new NAME makes one".into(),
            );
        };
        command["chatId"] = Value::from(chat.as_str());
        self.request(purpose, command)
    }

    /// The line that shows a frame; none if it is not shown.
    fn show(&mut self, frame: &str) -> Option<String> {
        if !frame.starts_with('{') {
            return Some(frame.to_owned());
        }
        let value: Value = serde_json::from_str(frame).unwrap_or_default();
        self.learn(&value);
        let id = value["requestId"].as_str().unwrap_or_default();
        let line = match self.take_pending(id).map(|pending| pending.purpose) {
            Some(None) => return Some(frame.replacen(&format!(",\"requestId\":\"{id}\""), "", 1)),
            Some(Some(purpose)) => Some(self.reply(purpose, &value)),
            None if value.get("requestId").is_some() => Some(frame.to_owned()),
            None => self.event(&value, frame),
        };
        let line = if self.exact { Some(frame.to_owned()) } else { line.map(|line| printable(&line)) };
        self.forget();
        line
    }

    fn take_pending(&mut self, request_id: &str) -> Option<PendingLine> {
        let place = self.pending.iter().position(|pending| pending.request_id == request_id)?;
        self.pending.remove(place)
    }

    /// Remembers the names of users and chats.
    fn learn(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                if let (Some(id), Some(name)) = (value["id"].as_str(), value["username"].as_str()) {
                    self.users.insert(id.to_owned(), name.to_owned());
                }
                if let (Some(id), Some(name), Some(_)) =
                    (value["id"].as_str(), value["name"].as_str(), value.get("kind"))
                {
                    self.chats.insert(name.to_lowercase(), id.to_owned());
                }
                fields
                    .values()
                    .filter(|value| value.is_object() || value.is_array())
                    .for_each(|value| self.learn(value));
            }
            Value::Array(items) => items.iter().for_each(|value| self.learn(value)),
            _ => {}
        }
    }

    fn forget(&mut self) {
        if self.users.len() + self.chats.len() > MAX_NAMES {
            self.users.clear();
            self.chats.clear();
        }
    }
}

/// Replaces control characters, so that nobody's text moves another's cursor.
fn printable(line: &str) -> String {
    let shown = |character: char| if character.is_control() && character != '\n' { '\u{fffd}' } else { character };
    line.chars().map(shown).collect()
}
