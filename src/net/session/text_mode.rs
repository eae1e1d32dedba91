//! TextMode mode: lines that people type become commands, and frames become lines for people.
//!
//! It begins with the first line that begins with `/`. The commands go the way of all commands; nothing else of the
//! server knows of this.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::net::websocket::Rendering;
use crate::realtime::outbox::Close;

use super::{Ending, Session};

mod events;
mod line;
mod replies;

use line::Line;

/// How many names of users and chats are remembered.
const NAMES: usize = 10_000;

/// What a person meant by a line.
#[derive(Debug)]
enum Meant {
    /// This command.
    Command(String),
    /// Something that is answered with this line, without a command.
    Say(String),
    /// To go.
    Quit,
}

/// What a command was sent for.
#[derive(Debug)]
enum Asked {
    Enter,
    Chats,
    /// Opening a chat, which may have to be made; and what was open before.
    Open(Option<String>),
    Who,
    History,
    Say,
}

/// What is known of the person's side of the conversation.
#[derive(Debug, Default)]
pub(super) struct TextMode {
    count: u64,
    /// Commands under way by their `requestId`; those that the person wrote as JSON were sent for nothing else.
    asked: VecDeque<(String, Option<Asked>)>,
    /// The chats whose events are shown, by their ids, and what they are called.
    open: BTreeMap<String, String>,
    /// Where plain text goes: an id, or a name that is being opened.
    current: Option<String>,
    /// Usernames by user id, and ids of chats by their names.
    users: HashMap<String, String>,
    chats: HashMap<String, String>,
    /// Frames are shown as they are.
    exact: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Session<S> {
    /// Takes in what may be a command or a line of a person.
    pub(super) fn receive_text(&mut self, text: Utf8Bytes) {
        let limits = self.services.clone();
        let (limits, anonymous) = (&limits.config.limits, self.identity.is_none());
        if self.human.is_none() && !text.starts_with('/') {
            return self.inbox.receive(text, anonymous, limits);
        }
        let human = self.human.get_or_insert_with(Arc::default).clone();
        self.socket.render_with(&human);
        let meant = human.lock().unwrap_or_else(PoisonError::into_inner).take(&text);
        match meant {
            Meant::Command(command) => self.inbox.receive(command.into(), anonymous, limits),
            Meant::Say(line) => self.push(&line.into()),
            Meant::Quit => {
                let close = Close { code: 1000, reason: "goodbye" };
                self.ending.get_or_insert(Ending::Gently(Some(close)));
            }
        }
    }
}

impl Rendering for Mutex<TextMode> {
    fn render(&self, frame: &str) -> Option<String> {
        self.lock().unwrap_or_else(PoisonError::into_inner).show(frame)
    }
}

impl TextMode {
    fn take(&mut self, text: &str) -> Meant {
        if text.trim_start().starts_with(['{', '[']) {
            return self.pass_on(text);
        }
        match Line::read(text) {
            Err(wrong) => Meant::Say(format!("! {wrong}")),
            Ok(Line::Help) => Meant::Say(line::help()),
            Ok(Line::Quit) => Meant::Quit,
            Ok(Line::Exact(exact)) => {
                self.exact = exact;
                let shown = if exact { "frames are shown as they are" } else { "frames are shown as lines" };
                Meant::Say(format!("* {shown} from here on"))
            }
            Ok(Line::Login { name, password }) => {
                let field = if name.contains('@') { "email" } else { "username" };
                self.ask(Asked::Enter, json!({"type":"LOG_IN", field:name, "password":password}))
            }
            Ok(Line::Token(token)) => self.ask(Asked::Enter, json!({"type":"AUTHENTICATE","token":token})),
            Ok(Line::Chats(scope)) => self.ask(Asked::Chats, json!({"type":"GET_CHATS","scope":scope})),
            Ok(Line::New(name)) => {
                let name = name.trim_start_matches('#');
                let before = self.current.replace(format!("#{name}"));
                self.ask(Asked::Open(before), json!({"type":"CREATE_CHAT","kind":"channel","name":name}))
            }
            Ok(Line::Open(given)) => {
                let chat = self.chats.get(&given.to_lowercase()).cloned().unwrap_or_else(|| given.to_owned());
                let before = self.current.replace(chat.clone());
                self.ask(Asked::Open(before), json!({"type":"JOIN_CHAT","chatId":chat}))
            }
            Ok(Line::Who) => self.ask_here(Asked::Who, json!({"type":"GET_MEMBERS","limit":200})),
            Ok(Line::History(limit)) => self.ask_here(Asked::History, json!({"type":"GET_CHAT_HISTORY","limit":limit})),
            Ok(Line::Text(text)) => self.ask_here(Asked::Say, json!({"type":"SEND_MESSAGE","content":text})),
        }
    }

    /// A command as programs write it; it gets a name by which its answer is known.
    fn pass_on(&mut self, text: &str) -> Meant {
        match serde_json::from_str(text) {
            Ok(Value::Object(command)) if !text.contains("\"requestId\"") => self.send(None, command.into()),
            _ => Meant::Command(text.to_owned()),
        }
    }

    fn ask(&mut self, asked: Asked, command: Value) -> Meant {
        self.send(Some(asked), command)
    }

    fn send(&mut self, asked: Option<Asked>, mut command: Value) -> Meant {
        self.count += 1;
        let id = format!("line-{}", self.count);
        command["requestId"] = Value::from(id.as_str());
        self.asked.push_back((id, asked));
        Meant::Command(command.to_string())
    }

    fn ask_here(&mut self, asked: Asked, mut command: Value) -> Meant {
        let Some(chat) = &self.current else {
            return Meant::Say("! nothing is open; /open #general opens a chat, /new NAME makes one".into());
        };
        command["chatId"] = Value::from(chat.as_str());
        self.ask(asked, command)
    }

    /// The line for a frame; none if it is not shown.
    fn show(&mut self, frame: &str) -> Option<String> {
        if !frame.starts_with('{') {
            return Some(frame.to_owned());
        }
        let value: Value = serde_json::from_str(frame).unwrap_or_default();
        self.learn(&value);
        let id = value["requestId"].as_str().unwrap_or_default();
        let line = match self.answered(id) {
            Some(None) => return Some(frame.replacen(&format!(",\"requestId\":\"{id}\""), "", 1)),
            Some(Some(asked)) => Some(self.reply(asked, &value)),
            None if value.get("requestId").is_some() => Some(frame.to_owned()),
            None => self.event(&value, frame),
        };
        let line = if self.exact { Some(frame.to_owned()) } else { line.map(|line| printable(&line)) };
        self.forget();
        line
    }

    fn answered(&mut self, id: &str) -> Option<Option<Asked>> {
        let place = self.asked.iter().position(|(other, _)| other == id)?;
        self.asked.remove(place).map(|(_, asked)| asked)
    }

    /// Remembers who and what has which name, wherever in a frame that stands.
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
        if self.users.len() + self.chats.len() > NAMES {
            self.users.clear();
            self.chats.clear();
        }
    }
}

/// What others wrote must not move the cursor of a terminal.
fn printable(line: &str) -> String {
    let shown = |character: char| if character.is_control() && character != '\n' { '\u{fffd}' } else { character };
    line.chars().map(shown).collect()
}
