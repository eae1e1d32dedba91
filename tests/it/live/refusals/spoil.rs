use pichat::api::command::Row;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::support::frame::with;

/// One field of a command: its path, its schema, and whether it is required.
pub struct Field {
    /// The keys and indices that lead to it.
    pub place: Vec<String>,
    pub schema: Value,
    pub required: bool,
}

impl Field {
    /// The path that an error names.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.place {
            match step.parse::<usize>() {
                Ok(index) => path.push_str(&format!("[{index}]")),
                Err(_) if path.is_empty() => path.push_str(step),
                Err(_) => path.push_str(&format!(".{step}")),
            }
        }
        path
    }

    /// The accepted JSON types.
    pub fn types(&self) -> Vec<&str> {
        types(&self.schema)
    }
}

fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => alternatives(schema).into_iter().flat_map(types).collect(),
    }
}

/// The alternatives of a schema.
pub fn alternatives(schema: &Value) -> Vec<&Value> {
    let lists = ["anyOf", "oneOf"].iter().filter_map(|name| schema[*name].as_array());
    lists.flatten().collect()
}

/// The schema of a command's fields.
pub fn schema_of(row: &Row) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    (row.fields)(&mut settings.into_generator()).to_value()
}

/// Every field of an object, including nested ones.
fn fields(schema: &Value, place: &[String], found: &mut Vec<Field>) {
    for schema in std::iter::once(schema).chain(alternatives(schema)) {
        let step = |name: &str| [place, &[name.to_owned()]].concat();
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            let required = schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
            found.push(Field { place: step(name), schema: inner.clone(), required });
            fields(inner, &step(name), found);
        }
        let inner = [("0", &schema["items"]), ("some-id", &schema["additionalProperties"])];
        for (name, inner) in inner.into_iter().filter(|(_, inner)| inner.is_object()) {
            found.push(Field { place: step(name), schema: inner.clone(), required: true });
            fields(inner, &step(name), found);
        }
    }
}

/// The smallest valid value.
pub fn sample(schema: &Value) -> Value {
    if let Some(first) = alternatives(schema).first() {
        return sample(first);
    }
    let choice = schema["enum"].as_array().and_then(|choices| choices.first()).or_else(|| schema.get("const"));
    match (choice, types(schema).first().copied()) {
        (Some(choice), _) => choice.clone(),
        (None, Some("object")) => {
            let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let sample = |name: &str| match name {
                "url" => json!("https://example.org/a"),
                "mimeType" => json!("image/png"),
                _ => sample(&schema["properties"][name]),
            };
            Value::Object(names.map(|name| (name.to_owned(), sample(name))).collect())
        }
        (None, Some("array")) => json!([sample(&schema["items"])]),
        (None, Some("integer" | "number")) => json!(1),
        (None, Some("boolean")) => json!(true),
        _ if schema["format"] == "date-time" => json!("2999-01-01T00:00:00Z"),
        _ => json!("text"),
    }
}

/// The command with that value at the path; parent objects are created.
pub fn spoiled(command: &Value, schema: &Value, place: &[String], value: Value) -> Value {
    let Some((step, rest)) = place.split_first() else { return value };
    let schema = alternatives(schema).into_iter().find(|inner| inner["type"] != "null").unwrap_or(schema);
    let inner = match step.parse::<usize>() {
        Ok(_) => &schema["items"],
        Err(_) => schema["properties"].get(step).unwrap_or(&schema["additionalProperties"]),
    };
    let within = spoiled(&sample(inner), inner, rest, value);
    match step.parse::<usize>() {
        Ok(_) => json!([within]),
        Err(_) => with(command.clone(), json!({step.as_str():within})),
    }
}

/// The schema of a command, and every field in it.
pub fn every_field(row: &Row) -> (Value, Vec<Field>) {
    let schema = schema_of(row);
    let mut found = vec![];
    fields(&schema, &[], &mut found);
    (schema, found)
}

/// The command with only its required fields.
pub fn least(row: &Row, schema: &Value) -> Value {
    with(sample(schema), json!({"type":row.name}))
}

/// The schema at that step of a path.
pub fn within<'a>(schema: &'a Value, step: &str) -> &'a Value {
    let inner = match step.parse::<usize>() {
        Ok(_) => &schema["items"],
        Err(_) => schema["properties"].get(step).unwrap_or(&schema["additionalProperties"]),
    };
    alternatives(inner).into_iter().find(|inner| inner["type"] != "null").unwrap_or(inner)
}
