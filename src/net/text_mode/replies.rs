//! Lines for replies.

use serde_json::Value;

use super::LOG_IN_FIRST;
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
    /// Opens a direct chat.
    OpenDirect,
    /// Looks up a chat to be opened.
    Find,
    Leave,
    Members,
    History,
    Unread,
    Send,
    PersonalMessage,
}

/// A person's view, which turns frames into lines.
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

/// The line for an ERROR that answers a typed line, in terms of the line syntax.
pub(super) fn refusal_of(purpose: ReplyPurpose, error: &Value) -> String {
    match (purpose, text(error, "code")) {
        (ReplyPurpose::LogIn, _) => refusal(error),
        (_, "UNAUTHENTICATED") => LOG_IN_FIRST.into(),
        (ReplyPurpose::OpenDirect, "INVALID_ARGUMENT") => "! a direct chat needs another user than yourself".into(),
        _ => refusal(error),
    }
}

/// The line to type to open exactly this chat.
pub(super) fn choice(chat: &Value) -> String {
    match text(chat, "kind") {
        "channel" => format!("/open #{} (the channel)", display::inline(text(chat, "name"))),
        _ => format!("/open {} (a group)", display::inline(text(chat, "id"))),
    }
}

impl PersonView<'_> {
    /// The line for the reply to a typed line.
    pub(super) fn reply(self, purpose: ReplyPurpose, reply: &Value) -> String {
        match purpose {
            ReplyPurpose::LogIn => {
                let name = display::inline(text(&reply["user"], "username"));
                format!("* you are {name}; /chats lists your chats")
            }
            ReplyPurpose::Chats | ReplyPurpose::Find => chats(reply),
            ReplyPurpose::Users => users(reply),
            ReplyPurpose::Open | ReplyPurpose::OpenDirect => opened(&reply["chat"]),
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

    /// A message; `how` follows the sender's name.
    pub(super) fn message(self, chat: &str, message: &Value, how: &str) -> String {
        let label = self.open.label(chat);
        let sender = display::inline(text(&message["sender"], "username"));
        if message.get("deletedAt").is_some() {
            return format!("[{label}] * a message from {sender} was deleted");
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

pub(super) fn opened(chat: &Value) -> String {
    let members = match chat["memberCount"].as_u64() {
        Some(1) => Some("only you".to_owned()),
        Some(count) => Some(member_count(count)),
        None => None,
    };
    // Events hold a chat without the fields that differ per member.
    let unread = chat["unreadCount"].as_u64().unwrap_or(0);
    let counts = members.map(|members| format!(" ({members}, {unread} unread)")).unwrap_or_default();
    format!("* {} is open{counts}. Type a message, or /history for earlier ones", chat_name(chat))
}

fn member_count(count: u64) -> String {
    format!("{count} {}", if count == 1 { "member" } else { "members" })
}

fn chats(list: &Value) -> String {
    let line = |chat: &Value| {
        let open = match text(chat, "kind") {
            "group" => display::inline(text(chat, "id")),
            _ => chat_name(chat),
        };
        let unread = chat["unreadCount"].as_u64().unwrap_or(0);
        let members = member_count(chat["memberCount"].as_u64().unwrap_or(0));
        let kind = display::inline(text(chat, "kind"));
        format!("{} ({kind}, {members}, {unread} unread) – /open {open}", chat_name(chat))
    };
    let lines: Vec<String> = items(list, "chats").map(line).collect();
    match lines.is_empty() {
        true => "* there are none; /new NAME creates one, /chats all lists all channels".into(),
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
