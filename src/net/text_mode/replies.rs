//! Lines for replies.

use serde_json::Value;

use super::display;
use super::names::NameBook;
use super::open_chats::OpenChats;

/// The purpose of a command, which decides how its reply is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReplyPurpose {
    LogIn,
    Chats,
    Users,
    Open,
    Leave,
    Members,
    History,
    Unread,
    Send,
    PersonalMessage,
}

/// A person's view, by which frames become lines.
#[derive(Clone, Copy)]
pub(super) struct PersonView<'a> {
    pub(super) names: &'a NameBook,
    pub(super) open: &'a OpenChats,
}

/// A field as text; empty if it is missing.
pub(super) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

pub(super) fn items<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    value[field].as_array().into_iter().flatten()
}

/// The name of a chat.
pub(super) fn chat_name(chat: &Value) -> String {
    match (text(chat, "kind"), text(chat, "name")) {
        ("direct", _) => format!("@{}", display::inline(text(&chat["peer"], "username"))),
        ("channel", name) => format!("#{}", display::name(name)),
        (_, name) => display::name(name),
    }
}

/// The line for an ERROR.
pub(super) fn refusal(error: &Value) -> String {
    let sentence = display::inline(text(error, "error"));
    match error["retryAfterMs"].as_u64() {
        Some(wait) => format!("! {sentence} ({} s)", wait.div_ceil(1000)),
        None => format!("! {sentence}"),
    }
}

impl PersonView<'_> {
    /// The line for the reply to a typed line.
    pub(super) fn reply(self, purpose: ReplyPurpose, reply: &Value) -> String {
        if reply["type"] == "ERROR" {
            return refusal(reply);
        }
        match purpose {
            ReplyPurpose::LogIn => {
                let name = display::inline(text(&reply["user"], "username"));
                format!("* you are {name}; /chats lists your chats")
            }
            ReplyPurpose::Chats => chats(reply),
            ReplyPurpose::Users => users(reply),
            ReplyPurpose::Open => opened(&reply["chat"]),
            ReplyPurpose::Leave => format!("* you left {}", self.open.label(text(reply, "chatId"))),
            ReplyPurpose::Members => items(reply, "members").map(member).collect::<Vec<_>>().join(", "),
            ReplyPurpose::History => self.history(reply),
            ReplyPurpose::Unread => format!("* {} is marked unread", self.open.label(text(reply, "chatId"))),
            ReplyPurpose::Send | ReplyPurpose::PersonalMessage => {
                self.message(text(reply, "chatId"), &reply["message"], "")
            }
        }
    }

    fn history(self, page: &Value) -> String {
        let chat = text(page, "chatId");
        let lines: Vec<String> = items(page, "messages").map(|message| self.message(chat, message, "")).collect();
        if lines.is_empty() { "* nothing has been said here".into() } else { lines.join("\n") }
    }

    /// A message; `how` follows its sender.
    pub(super) fn message(self, chat: &str, message: &Value, how: &str) -> String {
        let label = self.open.label(chat);
        let sender = display::inline(text(&message["sender"], "username"));
        if message.get("deletedAt").is_some() {
            return format!("[{label}] * a message of {sender} was deleted");
        }
        let content = display::content(text(message, "content"));
        let files = items(message, "attachments").map(file);
        let parts: Vec<String> = Some(content).filter(|content| !content.is_empty()).into_iter().chain(files).collect();
        format!("[{label}] {sender}{how}: {}", parts.join(" "))
    }
}

/// An attachment: `[file plan.pdf, 48 kB]`.
fn file(attachment: &Value) -> String {
    let bytes = attachment["size"].as_u64().unwrap_or(0);
    let size = match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    };
    format!("[file {}, {size}]", display::name(text(attachment, "name")))
}

fn opened(chat: &Value) -> String {
    let name = chat_name(chat);
    let members = match chat["memberCount"].as_u64() {
        Some(1) => "you alone".to_owned(),
        count => format!("{} members", count.unwrap_or(0)),
    };
    // Events hold a chat without the fields that differ per member.
    let unread = chat["unreadCount"].as_u64().unwrap_or(0);
    format!("* {name} is open ({members}, {unread} unread); type to speak, /history shows what was said")
}

fn chats(list: &Value) -> String {
    let line = |chat: &Value| {
        let id = display::inline(text(chat, "id"));
        let open = if text(chat, "kind") == "channel" { chat_name(chat) } else { id };
        let unread = chat["unreadCount"].as_u64().unwrap_or(0);
        let members = chat["memberCount"].as_u64().unwrap_or(0);
        let kind = display::inline(text(chat, "kind"));
        format!("{} ({kind}, {members} members, {unread} unread) – /open {open}", chat_name(chat))
    };
    let lines: Vec<String> = items(list, "chats").map(line).collect();
    match lines.is_empty() {
        true => "* there are none; /new NAME makes one, /chats all lists all channels".into(),
        false => lines.join("\n"),
    }
}

fn users(list: &Value) -> String {
    let lines: Vec<String> = items(list, "users").map(user).collect();
    if lines.is_empty() { "* there are none".into() } else { lines.join(", ") }
}

fn user(user: &Value) -> String {
    format!("{} ({})", display::inline(text(user, "username")), display::inline(text(user, "status")))
}

fn member(member: &Value) -> String {
    let user = &member["user"];
    let role = match text(member, "role") {
        "member" => String::new(),
        role => format!("{}, ", display::inline(role)),
    };
    format!("{} ({role}{})", display::inline(text(user, "username")), display::inline(text(user, "status")))
}
