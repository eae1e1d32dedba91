use serde_json::{Value, json};

use super::display;

/// A secret that is expected on the next line.
///
/// The prompt stays until the secret is accepted, so that a repeated password never becomes a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Prompt {
    Password { command: &'static str, name: String },
    Token,
}

impl Prompt {
    /// The line that prompts for the secret.
    pub(super) fn question(&self) -> String {
        format!("? {} (the next line; an empty one cancels)", self.secret())
    }

    /// The line after the secret was refused.
    pub(super) fn again(&self, refusal: &str) -> String {
        format!("{refusal}; type {} again, or an empty line to cancel", self.secret())
    }

    fn secret(&self) -> String {
        match self {
            Prompt::Password { name, .. } => format!("the password of {}", display::inline(name)),
            Prompt::Token => "the token".into(),
        }
    }

    /// The command that submits the secret.
    pub(super) fn command(&self, secret: &str) -> Value {
        match self {
            Prompt::Token => json!({"type":"AUTHENTICATE","token":secret}),
            Prompt::Password { command, name } => {
                let field = if *command == "LOG_IN" && name.contains('@') { "email" } else { "username" };
                json!({"type":command, field:name, "password":secret})
            }
        }
    }
}
