use serde_json::{Value, json};

use super::JsonObject;
use super::schemas::{CommandSchema, Contract, point};

/// The path of shared schemas in AsyncAPI and OpenAPI documents.
const PLACE: &str = "#/components/schemas/";

/// The name of a command's schema.
pub(super) fn command_key(command: &CommandSchema) -> String {
    format!("command.{}", command.row.name)
}

/// The name of the schema of a reply or event.
pub(super) fn event_key(name: &str) -> String {
    format!("event.{name}")
}

/// A reference to a schema.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("{PLACE}{name}") })
}

/// Every schema of the contract by its name.
pub(super) fn schemas(contract: &Contract) -> JsonObject {
    let commands = contract.commands.iter().map(|command| (command_key(command), command.schema.clone().into()));
    let events = contract.events.iter().map(|(name, event)| (event_key(name), event.schema.clone().into()));
    let definitions = contract.definitions.iter().map(|(name, schema)| (name.clone(), schema.clone()));
    let mut schemas: JsonObject = commands.chain(events).chain(definitions).collect();
    let mut inner = JsonObject::new();
    schemas.iter_mut().for_each(|(name, schema)| name_inner(name, schema, &mut inner));
    schemas.extend(inner);
    schemas.values_mut().for_each(|schema| point(schema, "#/$defs/", PLACE));
    schemas
}

/// Moves nested choices and objects to named schemas of their own. Code generators make a type of each and would
/// otherwise invent its name.
fn name_inner(name: &str, schema: &mut Value, named: &mut JsonObject) {
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (field, value) in properties {
        let name = if field == "requestId" { "RequestId".to_owned() } else { format!("{name}.{field}") };
        name_inner(&name, value, named);
        if ["anyOf", "oneOf", "enum", "properties"].iter().any(|word| value.get(word).is_some()) {
            let inner = std::mem::replace(value, reference(&name));
            named.insert(name, inner);
        }
    }
}
