use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::command::{Access, Command, Field, Repeatable, Response, Row};
use crate::api::context::Context;
use crate::api::handlers;
use crate::protocol::error::Result;

/// Describes the commands.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Help {
    /// The command to describe.
    command: Option<String>,
}

/// A summary of all commands, or one command in full.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "HELP", rename_all = "camelCase")]
pub struct HelpReply {
    /// All commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    commands: Option<Vec<CommandSummary>>,
    /// The requested command.
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'static str>,
    /// A summary of the command.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'static str>,
    /// Its fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<Field>>,
    /// An example ready to paste.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<Value>,
}

/// A command's name and summary.
#[derive(Debug, Serialize, JsonSchema)]
struct CommandSummary {
    /// The command's name.
    name: &'static str,
    /// A summary of the command.
    summary: &'static str,
}

impl Command for Help {
    const NAME: &'static str = "HELP";
    const SUMMARY: &'static str = "Lists all commands, or describes one.";
    const ACCESS: Access = Access::Open;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"command":"SEND_MESSAGE"}"#;
    type Reply = HelpReply;

    async fn run(self, _: &Context) -> Result<Response<Self::Reply>> {
        let Some(command) = self.command else {
            let summary = |row: &Row| CommandSummary { name: row.name, summary: row.summary };
            let commands = Some(handlers::TABLE.iter().map(summary).collect());
            let reply = HelpReply { commands, command: None, summary: None, fields: None, example: None };
            return Ok(Response::reply(reply));
        };
        let row = handlers::named(&command).map_err(|error| error.at("command"))?;
        Ok(Response::reply(HelpReply {
            commands: None,
            command: Some(row.name),
            summary: Some(row.summary),
            fields: Some(row.fields_in_words()),
            example: Some(row.example()),
        }))
    }
}
