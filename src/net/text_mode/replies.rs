//! Lines for replies.

use serde_json::Value;

use super::{Purpose, TextMode};

/// A field as text; empty if it is missing.
pub(super) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

fn items<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    value[field].as_array().into_iter().flatten()
}

/// The name of a chat.
pub(super) fn name(chat: &Value) -> String {
    match (text(chat, "kind"), text(chat, "name")) {
        ("direct", _) => text(&chat["peer"], "username").to_owned(),
        ("channel", name) => format!("#{name}"),
        (_, name) => name.to_owned(),
    }
}

/// The line for an ERROR.
pub(super) fn refusal(error: &Value) -> String {
    match error["retryAfterMs"].as_u64() {
        Some(wait) => format!("! {} ({} s)", text(error, "error"), wait.div_ceil(1000)),
        None => format!("! {}", text(error, "error")),
    }
}

impl TextMode {
    /// The line for the reply to a typed line.
    pub(super) fn reply(&mut self, purpose: Purpose, reply: &Value) -> String {
        if reply["type"] == "ERROR" {
            if let Purpose::Open(before) = purpose {
                self.current = before;
            }
            return refusal(reply);
        }
        match purpose {
            Purpose::LogIn => format!("* you are {}; /chats lists your chats", text(&reply["user"], "username")),
            Purpose::Chats => chats(reply),
            Purpose::Open(_) => self.opened(&reply["chat"]),
            Purpose::Members => items(reply, "members").map(member).collect::<Vec<_>>().join(", "),
            Purpose::History => self.history(reply),
            Purpose::Send => self.said(text(reply, "chatId"), &reply["message"], ""),
        }
    }

    fn opened(&mut self, chat: &Value) -> String {
        let (id, name) = (text(chat, "id").to_owned(), name(chat));
        let label = name.trim_start_matches('#').to_owned();
        self.open.insert(id.clone(), label);
        self.current = Some(id);
        let (members, unread) = (&chat["memberCount"], &chat["unreadCount"]);
        let members = if *members == 1 { "you alone".to_owned() } else { format!("{members} members") };
        format!("* {name} is open ({members}, {unread} unread); type to speak, /history shows what was said")
    }

    fn history(&self, page: &Value) -> String {
        let chat = text(page, "chatId");
        let lines: Vec<String> = items(page, "messages").map(|message| self.said(chat, message, "")).collect();
        if lines.is_empty() { "* nothing has been said here".into() } else { lines.join("\n") }
    }

    /// A message; `how` follows its sender.
    pub(super) fn said(&self, chat: &str, message: &Value, how: &str) -> String {
        let (label, sender) = (self.label(chat), text(&message["sender"], "username"));
        if message.get("deletedAt").is_some() {
            return format!("[{label}] * a message of {sender} was deleted");
        }
        let files = match items(message, "attachments").count() {
            0 => String::new(),
            count => format!(" [files: {count}]"),
        };
        format!("[{label}] {sender}{how}: {}{files}", text(message, "content"))
    }

    /// The label of a chat's lines.
    pub(super) fn label<'a>(&'a self, chat: &'a str) -> &'a str {
        self.open.get(chat).map_or(chat, String::as_str)
    }
}

fn chats(list: &Value) -> String {
    let line = |chat: &Value| {
        let open = if text(chat, "kind") == "channel" { name(chat) } else { text(chat, "id").to_owned() };
        let unread = chat["unreadCount"].as_u64().unwrap_or(0);
        format!(
            "{} ({}, {} members, {unread} unread) – /open {open}",
            name(chat),
            text(chat, "kind"),
            chat["memberCount"]
        )
    };
    let lines: Vec<String> = items(list, "chats").map(line).collect();
    match lines.is_empty() {
        true => "* there are none; /new NAME makes one, /chats all lists all channels".into(),
        false => lines.join("\n"),
    }
}

fn member(member: &Value) -> String {
    let user = &member["user"];
    let role = match text(member, "role") {
        "member" => String::new(),
        role => format!("{role}, "),
    };
    format!("{} ({role}{})", text(user, "username"), text(user, "status"))
}
