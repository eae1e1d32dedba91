use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::command::{Access, Command, Reply, Row};
use crate::commands;
use crate::context::Context;
use crate::error::Result;

/// Asks what can be done.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Help {
    /// A command to be told everything about.
    command: Option<String>,
}

/// All commands in short, or one in full.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "HELP", rename_all = "camelCase")]
pub struct HelpReply {
    /// All commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    commands: Option<Vec<Summary>>,
    /// The one asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'static str>,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'static str>,
    /// Its fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<Field>>,
    /// One that can be pasted.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<Value>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Summary {
    /// The command's name.
    name: &'static str,
    /// What it does.
    summary: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Field {
    /// The field's name.
    name: String,
    /// What kind of value it has.
    #[serde(rename = "type")]
    kind: String,
    /// Whether it must be given.
    required: bool,
    /// What it says.
    description: String,
}

impl Command for Help {
    const NAME: &'static str = "HELP";
    const SUMMARY: &'static str = "Lists the commands, or tells everything about one.";
    const ACCESS: Access = Access::Open;
    const EXAMPLE: &'static str = r#"{"command":"SEND_MESSAGE"}"#;
    type Reply = HelpReply;

    async fn run(self, _: &Context) -> Result<Reply> {
        let Some(command) = self.command else {
            let summary = |row: &Row| Summary { name: row.name, summary: row.summary };
            let commands = Some(commands::TABLE.iter().map(summary).collect());
            let reply = HelpReply { commands, command: None, summary: None, fields: None, example: None };
            return Ok(Reply::now(&reply));
        };
        let row = commands::named(&command).map_err(|error| error.at("command"))?;
        Ok(Reply::now(&HelpReply {
            commands: None,
            command: Some(row.name),
            summary: Some(row.summary),
            fields: Some(fields(row)),
            example: Some(row.example()),
        }))
    }
}

fn fields(row: &Row) -> Vec<Field> {
    let mut generator =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true).into_generator();
    let schema = (row.fields)(&mut generator).to_value();
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let properties = schema["properties"].as_object().cloned().unwrap_or_default();
    let field = |(name, schema): (String, Value)| Field {
        kind: kind(&schema),
        required: required.iter().any(|other| *other == name),
        description: schema["description"].as_str().unwrap_or_default().to_owned(),
        name,
    };
    properties.into_iter().map(field).collect()
}

/// The schema's type in a word; a choice as its values.
fn kind(schema: &Value) -> String {
    let choices =
        schema["enum"].as_array().or_else(|| schema["oneOf"].as_array()).or_else(|| schema["anyOf"].as_array());
    let words: Vec<String> = match (&schema["type"], choices) {
        (_, Some(choices)) => choices.iter().map(choice).collect(),
        (Value::Array(kinds), None) => kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        (Value::String(kind), None) => vec![kind.clone()],
        _ => vec!["any".into()],
    };
    words.into_iter().filter(|word| !matches!(word.as_str(), "null" | "")).collect::<Vec<_>>().join(" | ")
}

fn choice(schema: &Value) -> String {
    match schema {
        Value::String(value) => value.clone(),
        Value::Null => "null".into(),
        _ => schema["const"].as_str().map_or_else(|| kind(schema), str::to_owned),
    }
}
