//! A command's fields as people read them, derived from the schema of its parameters.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use super::Row;

/// A field of a command, as people read it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Field {
    /// The field's name.
    pub name: String,
    /// The kind of value in words.
    #[serde(rename = "type")]
    pub kind: String,
    /// True if the field is required.
    pub required: bool,
    /// The field's meaning.
    pub description: String,
    /// The fields of the object that the field holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// The description of `opId`.
pub const OP_ID: &str = "Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key \
    returns the first result with duplicate:true and has no further effect.";

/// The field that every command with a durable change may have.
pub(super) fn op_id() -> Field {
    Field {
        name: "opId".into(),
        kind: "string, 1 to 64 characters".into(),
        required: false,
        description: OP_ID.into(),
        fields: vec![],
    }
}

/// The fields in the order of their declaration.
pub(super) fn of_row(row: &Row) -> Vec<Field> {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    within((row.fields)(&mut settings.into_generator()).as_value())
}

/// A description without the line breaks of the source; paragraphs stay separate.
pub fn unwrapped(description: &str) -> String {
    let paragraphs = description.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// A pattern in words.
fn of_pattern(pattern: &str) -> String {
    match pattern {
        "/" => "media type such as image/png".into(),
        "^[A-Za-z0-9_.-]{3,32}$" => "string, 3 to 32 characters of A-Z a-z 0-9 _ . -".into(),
        "^[A-Za-z0-9_.:-]{1,128}$" => "string, 1 to 128 characters of A-Z a-z 0-9 _ . : -".into(),
        "^(https?://|/files/)" => "http or https URL, or the path of a file of this server".into(),
        other => format!("string that matches {other}"),
    }
}

fn within(schema: &Value) -> Vec<Field> {
    let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
    let field = |(name, schema): (&String, &Value)| Field {
        name: name.clone(),
        kind: kind(schema),
        required: required.iter().any(|other| other == name),
        description: unwrapped(schema["description"].as_str().unwrap_or_default()),
        fields: inner(schema).map(within).unwrap_or_default(),
    };
    schema["properties"].as_object().into_iter().flatten().map(field).collect()
}

/// The object that a field holds, directly or in a list.
fn inner(schema: &Value) -> Option<&Value> {
    let choices = schema["anyOf"].as_array().into_iter().flatten();
    let mut candidates = [schema, &schema["items"]].into_iter().chain(choices);
    candidates.find(|candidate| candidate["properties"].is_object())
}

fn kind(schema: &Value) -> String {
    let choices = ["enum", "oneOf", "anyOf"].into_iter().find_map(|name| schema[name].as_array());
    if let Some(choices) = choices {
        let words: Vec<String> = choices.iter().map(choice).filter(|word| word != "null").collect();
        return words.join(" | ");
    }
    let kinds = schema["type"].as_array().map_or(std::slice::from_ref(&schema["type"]), Vec::as_slice);
    match kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null" || kinds.len() == 1) {
        Some("string") if schema["format"] == "date-time" => "time such as 2026-01-02T03:04:05.678Z".into(),
        Some("string") if schema["pattern"].is_string() => of_pattern(schema["pattern"].as_str().unwrap_or_default()),
        Some("string") => "string".to_owned() + &bounds(schema, "minLength", "maxLength", " characters"),
        Some("integer") => "whole number".to_owned() + &bounds(schema, "minimum", "maximum", ""),
        Some("boolean") => "true | false".into(),
        Some("array") => format!("list of {}", kind(&schema["items"])),
        Some("object") if schema["additionalProperties"].is_object() => {
            format!("object of {}", kind(&schema["additionalProperties"]))
        }
        Some(other) => other.to_owned(),
        None => "anything".into(),
    }
}

fn choice(schema: &Value) -> String {
    let value = schema.as_str().or_else(|| schema["const"].as_str());
    value.map_or_else(|| if schema.is_null() { "null".into() } else { kind(schema) }, str::to_owned)
}

/// The range of a number or length.
fn bounds(schema: &Value, least: &str, max: &str, unit: &str) -> String {
    match (schema[least].as_u64().unwrap_or(0), schema[max].as_u64()) {
        (least, Some(max)) => format!(", {least} to {max}{unit}"),
        (0, None) => String::new(),
        (least, None) => format!(", at least {least}{unit}"),
    }
}
