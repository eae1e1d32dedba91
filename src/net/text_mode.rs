//! Text mode: translates the lines that people type at a terminal into commands, and frames into lines.
//!
//! It begins with the first line that starts with `/`. The session hands over lines and frames; it gets commands or
//! lines back. No other part of the server knows text mode.
//!
//! A terminal shows one stream of text, so nobody's text may look like a line of the server or of somebody else, and no
//! name may lead a person's words elsewhere:
//!
//! - names are learned only from the fields that name chats and users, never from content, metadata or settings;
//! - `#name` is always resolved by the server, and a name that several chats have is asked back;
//! - what is typed goes only to a chat whose opening has succeeded: the session interprets a line after every earlier
//!   answer was shown, and a chat that cannot be opened closes the one that was open;
//! - a password goes to no chat: a refused one is asked for again until it is right or the person gives up.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use crate::net::websocket::Rendering;

mod display;
mod events;
mod line;
mod names;
mod open_chats;
mod replies;

use line::TypedLine;
use names::NameBook;
use open_chats::OpenChats;
use replies::{PersonView, ReplyPurpose};

const NOTHING_OPEN: &str = "! nothing is open; /open #general opens a chat, /new NAME makes one";

/// The meaning of a typed line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Interpretation {
    /// A command in JSON.
    Command(String),
    /// The line is an array of commands.
    Batch,
    /// A line that is answered at once, without a command.
    Answer(String),
    Quit,
}

/// A command that has no reply yet.
#[derive(Debug)]
struct PendingLine {
    request_id: String,
    /// None for a command that the person wrote as JSON.
    purpose: Option<ReplyPurpose>,
}

/// An account whose password is the next line.
#[derive(Debug)]
struct PasswordPrompt {
    command: &'static str,
    name: String,
    /// True after a password that was refused.
    is_repeated: bool,
}

impl PasswordPrompt {
    fn question(&self) -> String {
        let cancels = if self.is_repeated { "one or a /command" } else { "one" };
        format!("? the password of {} (the next line; an empty {cancels} cancels)", display::inline(&self.name))
    }
}

/// The person's side of the conversation.
#[derive(Debug, Default)]
pub(super) struct TextMode {
    count: u64,
    pending: VecDeque<PendingLine>,
    awaits_password: Option<PasswordPrompt>,
    /// The prompt whose password the server is judging.
    judged: Option<PasswordPrompt>,
    /// The user of the latest direct message.
    recipient: String,
    open: OpenChats,
    names: NameBook,
    /// Frames are shown unchanged.
    exact: bool,
}

impl Rendering for TextMode {
    fn render(&mut self, frame: &str) -> Option<String> {
        self.show(frame)
    }
}

impl TextMode {
    /// Translates a typed line. Every earlier command has been answered.
    pub(super) fn interpret(&mut self, text: &str) -> Interpretation {
        self.pending.clear();
        self.judged = None;
        if let Some(prompt) = self.awaits_password.take()
            // A first password may begin with a slash.
            && !(prompt.is_repeated && text.starts_with('/'))
        {
            let command = prompt.command;
            let name = prompt.name.clone();
            self.judged = Some(prompt);
            return self.log_in(command, &name, text.trim_end_matches(['\r', '\n']));
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
                answer(format!("* frames are shown {shown} from now on"))
            }
            TypedLine::Login { name, password } => self.identify("LOG_IN", name, password),
            TypedLine::SignUp { name, password } => self.identify("SIGN_UP", name, password),
            TypedLine::Token(token) => self.request(ReplyPurpose::LogIn, json!({"type":"AUTHENTICATE","token":token})),
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
            return answer(NOTHING_OPEN.into());
        }
        match self.open.latest() {
            Some(seq) => self.request_here(ReplyPurpose::Unread, json!({"type":"MARK_UNREAD","seq":seq})),
            None => answer("! no message of this chat has been shown yet; /history shows the latest".into()),
        }
    }

    fn identify(&mut self, command: &'static str, name: &str, password: Option<&str>) -> Interpretation {
        if let Some(password) = password {
            return self.log_in(command, name, password);
        }
        let prompt = PasswordPrompt { command, name: name.to_owned(), is_repeated: false };
        let question = prompt.question();
        self.awaits_password = Some(prompt);
        answer(question)
    }

    fn log_in(&mut self, command: &'static str, name: &str, password: &str) -> Interpretation {
        if password.is_empty() {
            return answer("* cancelled".into());
        }
        let field = if command == "LOG_IN" && name.contains('@') { "email" } else { "username" };
        self.request(ReplyPurpose::LogIn, json!({"type":command, field:name, "password":password}))
    }

    fn open_chat(&mut self, given: &str) -> Interpretation {
        // Closed first: if this fails, the next line must not go to the chat that was open before.
        self.open.close_current();
        if let Some(user) = given.strip_prefix('@') {
            let command = json!({"type":"CREATE_CHAT","kind":"direct","members":[user]});
            return self.request(ReplyPurpose::Open, command);
        }
        let id = match self.names.chats_called(given) {
            _ if given.starts_with('#') => given,
            found => match found.as_slice() {
                [] => given,
                [chat] => chat.id,
                several => {
                    let choices = several.iter().map(|chat| chat.choice()).collect::<Vec<_>>().join(", or ");
                    return answer(format!("! several chats are called {}: {choices}?", display::inline(given)));
                }
            },
        };
        let command = json!({"type":"JOIN_CHAT","chatId":id});
        self.request(ReplyPurpose::Open, command)
    }

    /// A command that was typed as JSON; it gets a `requestId` by which its reply is recognised.
    fn pass_on(&mut self, text: &str) -> Interpretation {
        let Ok(Value::Object(command)) = serde_json::from_str(text) else {
            return Interpretation::Command(text.to_owned());
        };
        let payload = command.get("payload").and_then(Value::as_object);
        if command.contains_key("requestId") || payload.is_some_and(|payload| payload.contains_key("requestId")) {
            return Interpretation::Command(text.to_owned());
        }
        let request_id = self.expect(None);
        // Inserted into the text: to encode the value again would lose digits and duplicate keys.
        let rest = text.trim_start().trim_start_matches('{');
        let comma = if command.is_empty() { "" } else { "," };
        Interpretation::Command(format!("{{\"requestId\":\"{request_id}\"{comma}{rest}"))
    }

    fn request(&mut self, purpose: ReplyPurpose, mut command: Value) -> Interpretation {
        command["requestId"] = Value::from(self.expect(Some(purpose)));
        Interpretation::Command(command.to_string())
    }

    fn request_here(&mut self, purpose: ReplyPurpose, mut command: Value) -> Interpretation {
        let Some(chat) = self.open.current() else { return answer(NOTHING_OPEN.into()) };
        command["chatId"] = Value::from(chat);
        self.request(purpose, command)
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
        if reply["type"] != "ERROR" {
            match purpose {
                ReplyPurpose::Open => self.open.open(&reply["chat"]),
                ReplyPurpose::PersonalMessage => self.show_direct_chat(replies::text(reply, "chatId")),
                ReplyPurpose::History => self.open.note_history(reply),
                _ => {}
            }
        }
        self.open.follow(reply);
        let mut line = self.view().reply(purpose, reply);
        if purpose == ReplyPurpose::LogIn
            && let Some(prompt) = self.judged.take().filter(|_| may_be_repeated(reply))
        {
            let prompt = PasswordPrompt { is_repeated: true, ..prompt };
            line = format!("{line}\n{}", prompt.question());
            self.awaits_password = Some(prompt);
        }
        if purpose == ReplyPurpose::Leave && reply["type"] != "ERROR" {
            self.open.remove(replies::text(reply, "chatId"));
        }
        line
    }

    /// Shows the chat of a direct message, whose frame does not tell the peer.
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

/// True for a refusal after which another password may be right: of anything but the name.
fn may_be_repeated(reply: &Value) -> bool {
    reply["type"] == "ERROR" && !matches!(replies::text(reply, "field"), "username" | "email")
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
