//! The lines that a person may type.

use crate::protocol::wire::nearest;

/// A recognised line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TypedLine<'a> {
    Help,
    Login { name: &'a str, password: Option<&'a str> },
    SignUp { name: &'a str, password: Option<&'a str> },
    Token(Option<&'a str>),
    Chats(&'static str),
    Users(Option<&'a str>),
    New(&'a str),
    Open(&'a str),
    Join(&'a str),
    Leave,
    Message { user: &'a str, text: &'a str },
    Who,
    History(u64),
    Unread,
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
    usage("/help", "/help", "shows this help"),
    usage("/signup", "/signup NAME [PASSWORD]", "creates an account; without PASSWORD, you are asked for it"),
    usage("/login", "/login NAME [PASSWORD]", "logs in; without PASSWORD, you are asked for it"),
    usage("/token", "/token [TOKEN]", "authenticates with a token; without TOKEN, you are asked for it"),
    usage("/chats", "/chats [all]", "lists your chats, or all channels"),
    usage("/users", "/users [SEARCH]", "lists users"),
    usage("/new", "/new NAME", "creates a channel and opens it"),
    usage("/open", "/open #general", "opens a chat by #name, @user, name or id; what you type is sent there"),
    usage("/join", "/join #general", "joins a channel and opens it"),
    usage("/leave", "/leave", "leaves the open chat"),
    usage("/msg", "/msg USER TEXT", "sends a direct message"),
    usage("/who", "/who", "lists the members of the open chat"),
    usage("/history", "/history [COUNT]", "shows the latest messages: 1 to 200, by default 20"),
    usage("/unread", "/unread", "marks the latest message of the open chat as unread, for yourself"),
    usage("/json", "/json on|off", "shows the raw frames, as programs see them"),
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

impl<'a> TypedLine<'a> {
    /// Parses a line.
    ///
    /// # Errors
    /// A sentence that explains how to type the line.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let text = text.trim_end();
        if let Some(escaped) = text.strip_prefix('/').filter(|rest| rest.starts_with('/')) {
            return Ok(TypedLine::Text(escaped));
        }
        if !text.starts_with('/') {
            return Ok(TypedLine::Text(text));
        }
        let Words { first, rest } = words(text);
        let command = first.to_lowercase();
        TypedLine::of_command(&command, rest).ok_or_else(|| problem(&command))
    }

    fn of_command(command: &str, rest: &'a str) -> Option<Self> {
        Some(match (command, rest) {
            ("/help", _) => TypedLine::Help,
            ("/quit", _) => TypedLine::Quit,
            ("/who", "") => TypedLine::Who,
            ("/leave", "") => TypedLine::Leave,
            ("/unread", "") => TypedLine::Unread,
            ("/chats", "") => TypedLine::Chats("mine"),
            ("/chats", "all") => TypedLine::Chats("public"),
            ("/users", "") => TypedLine::Users(None),
            ("/users", search) => TypedLine::Users(Some(search)),
            ("/json", "on") => TypedLine::Exact(true),
            ("/json", "off") => TypedLine::Exact(false),
            ("/history", "") => TypedLine::History(20),
            ("/history", count) => TypedLine::History(count.parse().ok().filter(|count| (1..=200).contains(count))?),
            ("/token", "") => TypedLine::Token(None),
            (_, "") => return None,
            ("/login", rest) => {
                let words = words(rest);
                TypedLine::Login { name: words.first, password: words.optional_rest() }
            }
            ("/signup", rest) => {
                let words = words(rest);
                TypedLine::SignUp { name: words.first, password: words.optional_rest() }
            }
            ("/msg", rest) => {
                let words = words(rest);
                TypedLine::Message { user: words.first.trim_start_matches('@'), text: words.optional_rest()? }
            }
            ("/token", token) => TypedLine::Token(Some(token)),
            ("/new", name) => TypedLine::New(name),
            ("/open", chat) => TypedLine::Open(chat),
            ("/join", channel) => TypedLine::Join(channel),
            _ => return None,
        })
    }
}

/// True if a line begins with a command, whatever follows.
pub(super) fn is_known(text: &str) -> bool {
    let command = words(text.trim_end()).first.to_lowercase();
    USAGES.iter().any(|usage| usage.command == command)
}

fn problem(command: &str) -> String {
    if let Some(usage) = USAGES.iter().find(|usage| usage.command == command) {
        return format!("{} – {}", usage.typed, usage.effect);
    }
    let shown: String = super::display::inline(command).chars().take(32).collect();
    match nearest(&shown, USAGES.iter().map(|usage| usage.command)) {
        Some(meant) => format!("unknown command {shown}; did you mean {meant}?"),
        None => format!("unknown command {shown}; /help lists the commands"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_parsed_or_explained() {
        assert_eq!(TypedLine::read("/open  #general "), Ok(TypedLine::Open("#general")));
        let login = TypedLine::Login { name: "ann", password: Some("pass word") };
        assert_eq!(TypedLine::read("/LOGIN ann pass word"), Ok(login));
        assert_eq!(TypedLine::read("/signup ann"), Ok(TypedLine::SignUp { name: "ann", password: None }));
        assert_eq!(TypedLine::read("/msg @ben see you"), Ok(TypedLine::Message { user: "ben", text: "see you" }));
        assert_eq!(TypedLine::read("/history"), Ok(TypedLine::History(20)));
        assert!(TypedLine::read("/history 0").is_err_and(|problem| problem.contains("1 to 200")));
        assert_eq!(TypedLine::read("/token"), Ok(TypedLine::Token(None)));
        assert_eq!(TypedLine::read("/unread"), Ok(TypedLine::Unread));
        assert_eq!(TypedLine::read("//open"), Ok(TypedLine::Text("/open")));
        assert_eq!(TypedLine::read("hello /you"), Ok(TypedLine::Text("hello /you")));
        assert_eq!(TypedLine::read("/hlep"), Err("unknown command /hlep; did you mean /help?".into()));
        assert_eq!(
            TypedLine::read("/json maybe"),
            Err("/json on|off – shows the raw frames, as programs see them".into())
        );
        assert!(TypedLine::read("/msg ben").is_err_and(|problem| problem.starts_with("/msg USER TEXT")));
        assert!(TypedLine::read("/xyzzy").is_err_and(|problem| problem.contains("/help lists")));
    }
}
