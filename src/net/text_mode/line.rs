//! The lines that a person may type.

use crate::protocol::wire::nearest;

/// A line that is understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    Help,
    Login { name: &'a str, password: Option<&'a str> },
    SignUp { name: &'a str, password: Option<&'a str> },
    Token(&'a str),
    Chats(&'static str),
    Users(Option<&'a str>),
    New(&'a str),
    Open(&'a str),
    Join(&'a str),
    Leave,
    Message { user: &'a str, text: &'a str },
    Who,
    History(u64),
    Quit,
    Exact(bool),
    Text(&'a str),
}

struct Usage {
    command: &'static str,
    typed: &'static str,
    effect: &'static str,
}

const fn usage(command: &'static str, typed: &'static str, effect: &'static str) -> Usage {
    Usage { command, typed, effect }
}

const USAGES: &[Usage] = &[
    usage("/help", "/help", "shows this"),
    usage("/signup", "/signup NAME [PASSWORD]", "makes an account; without a password, the next line is it"),
    usage("/login", "/login NAME [PASSWORD]", "logs in; without a password, the next line is it"),
    usage("/token", "/token T", "authenticates with a token"),
    usage("/chats", "/chats [all]", "lists your chats, or all channels"),
    usage("/users", "/users [SEARCH]", "lists users"),
    usage("/new", "/new NAME", "makes a channel and opens it"),
    usage("/open", "/open #general", "opens a chat by #name, @user or id: what you type goes there"),
    usage("/join", "/join #general", "joins a channel and opens it"),
    usage("/leave", "/leave", "leaves the open chat"),
    usage("/msg", "/msg USER TEXT", "sends a direct message"),
    usage("/who", "/who", "lists the members of the open chat"),
    usage("/history", "/history 20", "shows the latest messages"),
    usage("/json", "/json on|off", "shows the frames themselves, as programs see them"),
    usage("/quit", "/quit", "ends the connection"),
];

/// Every line and its effect.
pub(super) fn help() -> String {
    let lines = USAGES.iter().map(|usage| format!("{:<26}{}\n", usage.typed, usage.effect));
    lines.chain(["Anything else is sent to the open chat (//x sends /x); JSON commands work too.".into()]).collect()
}

/// The first word and the rest.
struct Words<'a> {
    first: &'a str,
    rest: &'a str,
}

fn words(text: &str) -> Words<'_> {
    match text.split_once(char::is_whitespace) {
        Some((first, rest)) => Words { first, rest: rest.trim() },
        None => Words { first: text, rest: "" },
    }
}

impl<'a> Words<'a> {
    fn optional_rest(&self) -> Option<&'a str> {
        Some(self.rest).filter(|rest| !rest.is_empty())
    }
}

impl<'a> Line<'a> {
    /// Reads a line.
    ///
    /// # Errors
    /// A sentence that says how the line must be typed.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let text = text.trim_end();
        if let Some(escaped) = text.strip_prefix('/').filter(|rest| rest.starts_with('/')) {
            return Ok(Line::Text(escaped));
        }
        if !text.starts_with('/') {
            return Ok(Line::Text(text));
        }
        let Words { first, rest } = words(text);
        let command = first.to_lowercase();
        Line::of_command(&command, rest).ok_or_else(|| problem(&command))
    }

    fn of_command(command: &str, rest: &'a str) -> Option<Self> {
        Some(match (command, rest) {
            ("/help", _) => Line::Help,
            ("/quit", _) => Line::Quit,
            ("/who", "") => Line::Who,
            ("/leave", "") => Line::Leave,
            ("/chats", "") => Line::Chats("mine"),
            ("/chats", "all") => Line::Chats("public"),
            ("/users", "") => Line::Users(None),
            ("/users", search) => Line::Users(Some(search)),
            ("/json", "on") => Line::Exact(true),
            ("/json", "off") => Line::Exact(false),
            ("/history", "") => Line::History(20),
            ("/history", count) => Line::History(count.parse().ok()?),
            (_, "") => return None,
            ("/login", rest) => {
                let words = words(rest);
                Line::Login { name: words.first, password: words.optional_rest() }
            }
            ("/signup", rest) => {
                let words = words(rest);
                Line::SignUp { name: words.first, password: words.optional_rest() }
            }
            ("/msg", rest) => {
                let words = words(rest);
                Line::Message { user: words.first.trim_start_matches('@'), text: words.optional_rest()? }
            }
            ("/token", token) => Line::Token(token),
            ("/new", name) => Line::New(name),
            ("/open", chat) => Line::Open(chat),
            ("/join", channel) => Line::Join(channel),
            _ => return None,
        })
    }
}

fn problem(command: &str) -> String {
    if let Some(usage) = USAGES.iter().find(|usage| usage.command == command) {
        return format!("{} – {}", usage.typed, usage.effect);
    }
    let shown: String = super::display::inline(command).chars().take(32).collect();
    match nearest(&shown, USAGES.iter().map(|usage| usage.command)) {
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
        let login = Line::Login { name: "ann", password: Some("pass word") };
        assert_eq!(Line::read("/LOGIN ann pass word"), Ok(login));
        assert_eq!(Line::read("/signup ann"), Ok(Line::SignUp { name: "ann", password: None }));
        assert_eq!(Line::read("/msg @ben see you"), Ok(Line::Message { user: "ben", text: "see you" }));
        assert_eq!(Line::read("/history"), Ok(Line::History(20)));
        assert_eq!(Line::read("//open"), Ok(Line::Text("/open")));
        assert_eq!(Line::read("hello /you"), Ok(Line::Text("hello /you")));
        assert_eq!(Line::read("/hlep"), Err("there is no /hlep; did you mean /help?".into()));
        assert_eq!(
            Line::read("/json maybe"),
            Err("/json on|off – shows the frames themselves, as programs see them".into())
        );
        assert!(Line::read("/msg ben").is_err_and(|problem| problem.starts_with("/msg USER TEXT")));
        assert!(Line::read("/xyzzy").is_err_and(|problem| problem.contains("/help lists")));
    }
}
