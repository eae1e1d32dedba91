//! Text mode: translates lines typed at a terminal into commands, and frames into lines.
//!
//! It starts with the first line that begins with `/`. The session passes it lines and frames, and gets commands or
//! lines back. No other part of the server knows text mode.
//!
//! A terminal shows one stream of text, so no text may look like a line of the server or of another user, and no name
//! may lead a person's messages elsewhere:
//!
//! - names are learned only from the fields that name chats and users, never from content, metadata or settings;
//! - `#name` is always resolved by the server; any other name is looked up among the person's own chats before it is
//!   treated as an id, because the creator of a chat chooses its id; if several chats have the name, the person must
//!   choose;
//! - a secret is prompted for until it is accepted, cancelled with an empty line or followed by another command, so
//!   that a repeated password never becomes a message;
//! - text is sent only to a chat that was opened successfully: the session interprets a line after every earlier answer
//!   was shown, and a failed attempt to open a chat closes the previous one.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use crate::net::websocket::Rendering;

mod display;
mod events;
mod line;
mod names;
mod open_chats;
mod opening;
mod prompt;
mod replies;

use line::TypedLine;
use names::NameBook;
use open_chats::OpenChats;
use prompt::Prompt;
use replies::{PersonView, ReplyPurpose};

const NOTHING_OPEN: &str = "! no chat is open; use /open #general or /new NAME";
const LOG_IN_FIRST: &str = "! log in first: /login NAME, /signup NAME or /token";

/// The meaning of a typed line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Interpretation {
    /// A command in JSON.
    Command(String),
    /// The line is an array of commands.
    Batch,
    /// A line that is answered directly, without a command.
    Answer(String),
    Quit,
}

/// A command whose reply is outstanding.
#[derive(Debug)]
struct PendingLine {
    request_id: String,
    /// None for a command that the person typed as JSON.
    purpose: Option<ReplyPurpose>,
}

/// The person's side of the conversation.
#[derive(Debug, Default)]
pub(super) struct TextMode {
    count: u64,
    pending: VecDeque<PendingLine>,
    /// True before the person has authenticated.
    is_anonymous: bool,
    prompt: Option<Prompt>,
    /// The user of the latest direct message.
    recipient: String,
    /// The name of the chat that is being looked up.
    sought: String,
    open: OpenChats,
    names: NameBook,
    /// True if frames are shown unchanged.
    exact: bool,
}

impl Rendering for TextMode {
    fn render(&mut self, frame: &str) -> Option<String> {
        self.show(frame)
    }
}

impl TextMode {
    /// Records whether the person has authenticated.
    pub(super) fn note_identity(&mut self, is_known: bool) {
        self.is_anonymous = !is_known;
    }

    /// Translates a typed line. Every earlier command has been answered.
    pub(super) fn interpret(&mut self, text: &str) -> Interpretation {
        self.pending.clear();
        if let Some(prompt) = self.prompt.clone()
            && !self.gives_up(text)
        {
            return self.present(prompt, text.trim_end_matches(['\r', '\n']));
        }
        if text.trim_start().starts_with('{') {
            return self.pass_on(text);
        }
        if is_batch(text) {
            return Interpretation::Batch;
        }
        match TypedLine::read(text) {
            Ok(line) => self.carry_out(line),
            Err(problem) => answer(format!("! {problem}")),
        }
    }

    fn carry_out(&mut self, line: TypedLine<'_>) -> Interpretation {
        match line {
            TypedLine::Help => answer(line::help()),
            TypedLine::Quit => Interpretation::Quit,
            TypedLine::Exact(exact) => {
                self.exact = exact;
                let shown = if exact { "unchanged" } else { "as lines" };
                answer(format!("* frames are now shown {shown}"))
            }
            TypedLine::Login { name, password } => {
                self.identify(Prompt::Password { command: "LOG_IN", name: name.to_owned() }, password)
            }
            TypedLine::SignUp { name, password } => {
                self.identify(Prompt::Password { command: "SIGN_UP", name: name.to_owned() }, password)
            }
            TypedLine::Token(token) => self.identify(Prompt::Token, token),
            TypedLine::Chats(scope) => self.request(ReplyPurpose::Chats, json!({"type":"GET_CHATS","scope":scope})),
            TypedLine::Users(None) => self.request(ReplyPurpose::Users, json!({"type":"GET_USERS"})),
            TypedLine::Users(Some(search)) => {
                self.request(ReplyPurpose::Users, json!({"type":"GET_USERS","search":search}))
            }
            TypedLine::New(name) => {
                self.open.close_current();
                let name = name.trim_start_matches('#');
                self.request(ReplyPurpose::Open, json!({"type":"CREATE_CHAT","kind":"channel","name":name}))
            }
            TypedLine::Open(given) => self.open_chat(given),
            TypedLine::Join(channel) => {
                self.open.close_current();
                let channel = format!("#{}", channel.trim_start_matches('#'));
                self.request(ReplyPurpose::Open, json!({"type":"JOIN_CHAT","chatId":channel}))
            }
            TypedLine::Leave => self.request_here(ReplyPurpose::Leave, json!({"type":"LEAVE_CHAT"})),
            TypedLine::Message { user, text } => {
                self.recipient = user.to_owned();
                let command = json!({"type":"SEND_PERSONAL_MESSAGE","to":user,"content":text});
                self.request(ReplyPurpose::PersonalMessage, command)
            }
            TypedLine::Who => self.request_here(ReplyPurpose::Members, json!({"type":"GET_MEMBERS","limit":200})),
            TypedLine::History(limit) => {
                self.request_here(ReplyPurpose::History, json!({"type":"GET_CHAT_HISTORY","limit":limit}))
            }
            TypedLine::Unread => self.mark_unread(),
            TypedLine::Text(text) => {
                self.request_here(ReplyPurpose::Send, json!({"type":"SEND_MESSAGE","content":text}))
            }
        }
    }

    fn mark_unread(&mut self) -> Interpretation {
        if self.open.current().is_none() {
            return answer(self.nothing_open().into());
        }
        match self.open.latest() {
            Some(seq) => self.request_here(ReplyPurpose::Unread, json!({"type":"MARK_UNREAD","seq":seq})),
            None => answer("! no message of this chat has been shown yet; /history shows the latest".into()),
        }
    }

    fn identify(&mut self, prompt: Prompt, secret: Option<&str>) -> Interpretation {
        match secret {
            Some(secret) => self.present(prompt, secret),
            None => answer(self.prompt.insert(prompt).question()),
        }
    }

    /// Submits the typed text as the secret; the prompt stays until it is accepted.
    fn present(&mut self, prompt: Prompt, secret: &str) -> Interpretation {
        if secret.is_empty() {
            self.prompt = None;
            return answer("* cancelled".into());
        }
        let command = prompt.command(secret);
        self.prompt = Some(prompt);
        self.request(ReplyPurpose::LogIn, command)
    }

    /// True if a line is another command and not a secret. A mistyped command, and a request for help, keep the prompt.
    fn gives_up(&mut self, text: &str) -> bool {
        match TypedLine::read(text) {
            Ok(TypedLine::Text(_)) => false,
            Ok(TypedLine::Help) => true,
            Ok(_) => {
                self.prompt = None;
                true
            }
            Err(_) => line::is_known(text),
        }
    }

    /// A command typed as JSON; it gets a `requestId` that identifies its reply.
    fn pass_on(&mut self, text: &str) -> Interpretation {
        let Ok(Value::Object(command)) = serde_json::from_str(text) else {
            return Interpretation::Command(text.to_owned());
        };
        let payload = command.get("payload").and_then(Value::as_object);
        if command.contains_key("requestId") || payload.is_some_and(|payload| payload.contains_key("requestId")) {
            return Interpretation::Command(text.to_owned());
        }
        let request_id = self.expect(None);
        // Inserted into the text, because encoding the value again would lose digits and duplicate keys.
        let rest = text.trim_start().trim_start_matches('{');
        let comma = if command.is_empty() { "" } else { "," };
        Interpretation::Command(format!("{{\"requestId\":\"{request_id}\"{comma}{rest}"))
    }

    fn request(&mut self, purpose: ReplyPurpose, mut command: Value) -> Interpretation {
        command["requestId"] = Value::from(self.expect(Some(purpose)));
        Interpretation::Command(command.to_string())
    }

    fn request_here(&mut self, purpose: ReplyPurpose, mut command: Value) -> Interpretation {
        let Some(chat) = self.open.current() else { return answer(self.nothing_open().into()) };
        command["chatId"] = Value::from(chat);
        self.request(purpose, command)
    }

    fn nothing_open(&self) -> &'static str {
        if self.is_anonymous { LOG_IN_FIRST } else { NOTHING_OPEN }
    }

    fn expect(&mut self, purpose: Option<ReplyPurpose>) -> String {
        self.count += 1;
        let request_id = format!("line-{}", self.count);
        self.pending.push_back(PendingLine { request_id: request_id.clone(), purpose });
        request_id
    }

    /// The line that shows a frame; none if it is not shown.
    fn show(&mut self, frame: &str) -> Option<String> {
        if !frame.starts_with('{') {
            return Some(frame.to_owned());
        }
        let value: Value = serde_json::from_str(frame).unwrap_or_default();
        self.names.learn(&value);
        let request_id = value["requestId"].as_str().unwrap_or_default();
        let line = match self.take_pending(request_id).map(|pending| pending.purpose) {
            Some(None) => {
                let own = format!(",\"requestId\":\"{request_id}\"");
                return Some(display::json(&frame.replacen(&own, "", 1)));
            }
            Some(Some(purpose)) => Some(self.reply(purpose, &value)),
            None if value.get("requestId").is_some() => return Some(display::json(frame)),
            None => self.event(&value, frame),
        };
        if self.exact { Some(display::json(frame)) } else { line }
    }

    fn take_pending(&mut self, request_id: &str) -> Option<PendingLine> {
        let place = self.pending.iter().position(|pending| pending.request_id == request_id)?;
        self.pending.remove(place)
    }

    fn reply(&mut self, purpose: ReplyPurpose, reply: &Value) -> String {
        if reply["type"] == "ERROR" {
            let refusal = replies::refusal_of(purpose, reply);
            return match &self.prompt {
                Some(prompt) if purpose == ReplyPurpose::LogIn => prompt.again(&refusal),
                _ => refusal,
            };
        }
        self.carried_out(purpose, reply)
    }

    fn carried_out(&mut self, purpose: ReplyPurpose, reply: &Value) -> String {
        match purpose {
            ReplyPurpose::LogIn => self.prompt = None,
            ReplyPurpose::Find => return self.open_found(reply),
            ReplyPurpose::Open | ReplyPurpose::OpenDirect => self.open.open(&reply["chat"]),
            ReplyPurpose::PersonalMessage => self.show_direct_chat(replies::text(reply, "chatId")),
            ReplyPurpose::History => self.open.note_history(reply),
            _ => {}
        }
        self.open.follow(reply);
        let line = self.view().reply(purpose, reply);
        if purpose == ReplyPurpose::Leave {
            self.open.remove(replies::text(reply, "chatId"));
        }
        line
    }

    /// Shows the chat of a direct message, whose frame does not name the peer.
    fn show_direct_chat(&mut self, id: &str) {
        if !self.open.is_open(id) {
            self.open.show(&json!({"id":id,"kind":"direct","peer":{"username":self.recipient}}));
        }
    }

    fn event(&mut self, event: &Value, frame: &str) -> Option<String> {
        let line = self.view().event(event, frame);
        self.open.follow(event);
        line
    }

    fn view(&self) -> PersonView<'_> {
        PersonView { names: &self.names, open: &self.open }
    }
}

fn answer(line: String) -> Interpretation {
    Interpretation::Answer(line)
}

/// True for an array of JSON objects; anything else that begins with a bracket is text.
fn is_batch(text: &str) -> bool {
    text.trim_start().starts_with('[')
        && serde_json::from_str::<Vec<Map<String, Value>>>(text).is_ok_and(|commands| !commands.is_empty())
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;
