//! The lines that a person may type.

use crate::protocol::wire::nearest;

/// A line that is understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    Help,
    Login { name: &'a str, password: &'a str },
    Token(&'a str),
    Chats(&'static str),
    New(&'a str),
    Open(&'a str),
    Who,
    History(u64),
    Quit,
    Exact(bool),
    Text(&'a str),
}

/// The command of each line, its usage and its effect.
const LINES: &[(&str, &str, &str)] = &[
    ("/help", "/help", "shows this"),
    ("/login", "/login NAME PASSWORD", "says who you are"),
    ("/token", "/token T", "says who you are, by a token"),
    ("/chats", "/chats [all]", "lists your chats, or all channels"),
    ("/new", "/new NAME", "makes a channel and opens it"),
    ("/open", "/open #general", "opens a chat by #name or id: what you type goes there"),
    ("/who", "/who", "lists who is in the open chat"),
    ("/history", "/history 20", "shows what was said last"),
    ("/json", "/json on|off", "shows the frames themselves, as programs see them"),
    ("/quit", "/quit", "ends the connection"),
];

/// Every line and its effect.
pub(super) fn help() -> String {
    let lines = LINES.iter().map(|(_, typed, what)| format!("{typed:<22}{what}\n"));
    lines.chain(["Anything else is said in the open chat (//x says /x); JSON commands work too.".into()]).collect()
}

impl<'a> Line<'a> {
    /// Reads a line.
    ///
    /// # Errors
    /// A sentence that says how the line must be typed.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let text = text.trim_end();
        if let Some(said) = text.strip_prefix('/').filter(|rest| rest.starts_with('/')) {
            return Ok(Line::Text(said));
        }
        if !text.starts_with('/') {
            return Ok(Line::Text(text));
        }
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let (name, rest) = (name.to_lowercase(), rest.trim());
        let line = match (name.as_str(), rest) {
            ("/help", _) => Some(Line::Help),
            ("/quit", _) => Some(Line::Quit),
            ("/who", "") => Some(Line::Who),
            ("/chats", "") => Some(Line::Chats("mine")),
            ("/chats", "all") => Some(Line::Chats("public")),
            ("/json", "on") => Some(Line::Exact(true)),
            ("/json", "off") => Some(Line::Exact(false)),
            ("/history", "") => Some(Line::History(20)),
            ("/history", count) => count.parse().ok().map(Line::History),
            ("/login", rest) => rest
                .split_once(char::is_whitespace)
                .map(|(name, password)| Line::Login { name, password: password.trim_start() }),
            (_, "") => None,
            ("/token", token) => Some(Line::Token(token)),
            ("/new", name) => Some(Line::New(name)),
            ("/open", chat) => Some(Line::Open(chat)),
            _ => None,
        };
        line.ok_or_else(|| wrong(&name))
    }
}

fn wrong(name: &str) -> String {
    if let Some((_, typed, what)) = LINES.iter().find(|(known, ..)| *known == name) {
        return format!("{typed} – {what}");
    }
    let shown: String = name.chars().take(32).collect();
    match nearest(&shown, LINES.iter().map(|(known, ..)| *known)) {
        Some(meant) => format!("there is no {shown}; did you mean {meant}?"),
        None => format!("there is no {shown}; /help lists what there is"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_or_explained() {
        assert_eq!(Line::read("/open  #general "), Ok(Line::Open("#general")));
        assert_eq!(Line::read("/LOGIN ann pass word"), Ok(Line::Login { name: "ann", password: "pass word" }));
        assert_eq!(Line::read("/history"), Ok(Line::History(20)));
        assert_eq!(Line::read("//open"), Ok(Line::Text("/open")));
        assert_eq!(Line::read("hello /you"), Ok(Line::Text("hello /you")));
        assert_eq!(Line::read("/hlep"), Err("there is no /hlep; did you mean /help?".into()));
        assert_eq!(
            Line::read("/json maybe"),
            Err("/json on|off – shows the frames themselves, as programs see them".into())
        );
        assert!(Line::read("/xyzzy").is_err_and(|wrong| wrong.contains("/help lists")));
    }
}
