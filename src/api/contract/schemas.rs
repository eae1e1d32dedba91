use std::collections::{BTreeMap, BTreeSet};

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::api::command::{Access, OP_ID, Row, unwrapped};
use crate::api::handlers::TABLE;
use crate::protocol::ServerRole;

use super::{EVENTS, EventClass, JsonObject};

/// The schemas of every frame and of the definitions they share.
#[derive(Debug)]
pub struct Contract {
    /// The commands in the order of their table.
    pub commands: Vec<CommandSchema>,
    /// Replies and events by type.
    pub events: BTreeMap<String, EventSchema>,
    /// The definitions that schemas refer to as `#/$defs/…`.
    pub definitions: BTreeMap<String, Value>,
}

/// One command.
#[derive(Debug)]
pub struct CommandSchema {
    /// Its row.
    pub row: &'static Row,
    /// Its schema.
    pub schema: JsonObject,
}

/// One type of reply or event.
#[derive(Debug)]
pub struct EventSchema {
    /// The summary.
    pub summary: String,
    /// The class of the event if it can arrive unsolicited.
    pub class: Option<EventClass>,
    /// Its schema.
    pub schema: JsonObject,
}

impl Contract {
    /// Generates every schema.
    pub fn new() -> Self {
        let (events, mut definitions) = events();
        let mut generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
        let mut fields: Vec<Value> = TABLE.iter().map(|row| (row.fields)(&mut generator).to_value()).collect();
        let mut given: BTreeMap<String, Value> = generator.take_definitions(true).into_iter().collect();
        fields.iter_mut().chain(given.values_mut()).for_each(as_read);
        // Commands are stricter than frames of the server: unknown fields are refused only in commands.
        while let Some(name) = clash(&given, &definitions) {
            let renamed = format!("{name}Input");
            let schema = given.remove(&name).unwrap_or_default();
            given.insert(renamed.clone(), schema);
            let all = fields.iter_mut().chain(given.values_mut());
            all.for_each(|schema| point(schema, &reference(&name), &reference(&renamed)));
        }
        definitions.extend(given);
        let command = |(row, fields): (&'static Row, Value)| {
            let mut schema = frame(row.name, fields, true);
            if row.takes_op_id {
                schema["properties"]["opId"] = op_id();
            }
            schema["properties"]["traceparent"] = traceparent();
            CommandSchema { row, schema }
        };
        Contract { commands: TABLE.iter().zip(fields).map(command).collect(), events, definitions }
    }

    /// The file of a command: its schema, the definitions it uses, and its properties in the table.
    pub fn command_file(&self, command: &CommandSchema) -> Value {
        let row = command.row;
        let mut file = head(row.name, row.summary);
        file.insert("x-area".into(), row.area.name().into());
        file.insert("x-access".into(), access(row.access).into());
        file.insert("x-repeatable".into(), row.repeatable.name().into());
        if row.needs_connection {
            file.insert("x-needs-connection".into(), true.into());
        }
        let alias = |alias: &crate::api::command::Alias| {
            let fields: JsonObject = alias.fields.iter().map(|(from, to)| ((*from).to_owned(), (*to).into())).collect();
            json!({ "type": alias.name, "fields": fields })
        };
        file.insert("x-aliases".into(), row.aliases.iter().map(alias).collect());
        file.insert("x-reply".into(), (row.reply_type)().into());
        file.extend(command.schema.clone());
        file.insert("examples".into(), json!([row.example()]));
        self.with_definitions(file)
    }

    /// The file of a reply or event: its schema and the definitions it uses.
    pub fn event_file(&self, event: &EventSchema) -> Value {
        let name = event.schema["properties"]["type"]["const"].as_str().unwrap_or_default();
        let mut file = head(name, &event.summary);
        file.insert("x-unasked".into(), event.class.is_some().into());
        file.extend(event.class.map(|class| ("x-class".to_owned(), class.name().into())));
        file.extend(event.schema.clone());
        self.with_definitions(file)
    }

    fn with_definitions(&self, file: JsonObject) -> Value {
        let mut file = Value::Object(file);
        let mut wanted = BTreeSet::new();
        self.collect(&file, &mut wanted);
        if !wanted.is_empty() {
            file["$defs"] = wanted.into_iter().map(|name| (name.to_owned(), self.definitions[name].clone())).collect();
        }
        file
    }

    /// Collects the definitions that a schema uses, directly or through others.
    fn collect<'a>(&'a self, schema: &Value, wanted: &mut BTreeSet<&'a str>) {
        each_reference(schema, &mut |name| {
            if let Some((name, definition)) = self.definitions.get_key_value(name)
                && wanted.insert(name)
            {
                self.collect(definition, wanted);
            }
        });
    }
}

impl Default for Contract {
    fn default() -> Self {
        Contract::new()
    }
}

/// The value of `x-access`.
pub(super) fn access(access: Access) -> &'static str {
    match access {
        Access::Open => "open",
        Access::Scope(scope) => scope.name(),
        Access::Authority(ServerRole::Admin) => "admin",
        Access::Authority(_) => "moderator",
    }
}

/// Replies and events by name, and the definitions they use.
fn events() -> (BTreeMap<String, EventSchema>, BTreeMap<String, Value>) {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut events: BTreeMap<String, EventSchema> = BTreeMap::new();
    let replies = TABLE.iter().map(|row| (row.reply_type, row.reply, true, None));
    let unasked = EVENTS.iter().map(|event| (event.name, event.schema, event.answers, Some(event.class)));
    for (name, schema, answers, class) in replies.chain(unasked) {
        let name = name().into_owned();
        let mut schema = schema(&mut generator).to_value();
        as_sent(&mut schema);
        let summary = schema["description"].as_str().unwrap_or_default().to_owned();
        let event = || EventSchema { schema: frame(&name, schema, answers), summary, class: None };
        let event = events.entry(name.clone()).or_insert_with(event);
        event.class = event.class.or(class);
    }
    let mut definitions: BTreeMap<String, Value> = generator.take_definitions(true).into_iter().collect();
    definitions.values_mut().for_each(as_sent);
    (events, definitions)
}

/// The schema of a frame: its type, the `requestId` if it may have one, and its fields.
fn frame(name: &str, schema: Value, answers: bool) -> JsonObject {
    let Value::Object(mut schema) = schema else { return JsonObject::new() };
    let mut properties = JsonObject::new();
    properties.insert("type".into(), json!({ "type": "string", "const": name }));
    if answers {
        properties.insert("requestId".into(), request_id());
    }
    let taken = |part: Option<Value>| part.unwrap_or_default();
    if let Value::Object(fields) = taken(schema.remove("properties")) {
        properties.extend(fields.into_iter().filter(|(field, _)| field != "type"));
    }
    let mut required = vec![Value::from("type")];
    if let Value::Array(fields) = taken(schema.remove("required")) {
        required.extend(fields.into_iter().filter(|field| field != "type"));
    }
    let closed = schema.remove("additionalProperties");
    let mut frame = JsonObject::new();
    frame.insert("type".into(), "object".into());
    frame.insert("properties".into(), properties.into());
    frame.insert("required".into(), required.into());
    frame.extend(closed.map(|closed| ("additionalProperties".to_owned(), closed)));
    frame
}

fn request_id() -> Value {
    json!({
        "description": "Chosen by the client; the reply carries it unchanged.",
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 64 }, { "type": "integer" }]
    })
}

fn op_id() -> Value {
    json!({
        "description": OP_ID,
        "type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Za-z0-9_.:-]+$"
    })
}

fn traceparent() -> Value {
    json!({
        "description": "Your trace and the span that sends the command, as in W3C Trace Context.",
        "type": "string", "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"
    })
}

fn head(name: &str, summary: &str) -> JsonObject {
    let mut head = JsonObject::new();
    head.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    head.insert("title".into(), name.into());
    head.insert("description".into(), summary.into());
    head
}

fn reference(name: &str) -> String {
    format!("#/$defs/{name}")
}

fn clash(given: &BTreeMap<String, Value>, sent: &BTreeMap<String, Value>) -> Option<String> {
    let differs = |(name, schema): &(&String, &Value)| sent.get(*name).is_some_and(|other| other != *schema);
    given.iter().find(differs).map(|(name, _)| name.clone())
}

fn children(schema: &mut Value) -> Box<dyn Iterator<Item = &mut Value> + '_> {
    match schema {
        Value::Object(object) => Box::new(object.values_mut()),
        Value::Array(array) => Box::new(array.iter_mut()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Redirects references from one definition to another.
pub(super) fn point(schema: &mut Value, from: &str, to: &str) {
    if let Some(Value::String(target)) = schema.get_mut("$ref")
        && let Some(name) = target.strip_prefix(from)
        && (name.is_empty() || from.ends_with('/'))
    {
        *target = format!("{to}{name}");
    }
    children(schema).for_each(|child| point(child, from, to));
}

fn each_reference(schema: &Value, visit: &mut dyn FnMut(&str)) {
    match schema {
        Value::Object(object) => {
            let target = object.get("$ref").and_then(Value::as_str);
            if let Some(name) = target.and_then(|target| target.strip_prefix("#/$defs/")) {
                visit(name);
            }
            object.values().for_each(|child| each_reference(child, visit));
        }
        Value::Array(array) => array.iter().for_each(|child| each_reference(child, visit)),
        _ => {}
    }
}

/// Removes number formats such as `uint32`, which do not concern clients.
fn forget_widths(schema: &mut Value) {
    if let Value::Object(object) = schema
        && object.get("format").and_then(Value::as_str).is_some_and(|format| format.contains("int"))
    {
        object.remove("format");
    }
    children(schema).for_each(forget_widths);
}

/// Removes the line breaks of the source from descriptions.
fn unwrap_descriptions(schema: &mut Value) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = unwrapped(description);
    }
    children(schema).for_each(unwrap_descriptions);
}

/// Describes what a client sends.
fn as_read(schema: &mut Value) {
    forget_widths(schema);
    unwrap_descriptions(schema);
}

/// Describes what the server sends: absent fields instead of null, and objects that may gain fields.
fn as_sent(schema: &mut Value) {
    forget_widths(schema);
    unwrap_descriptions(schema);
    forget_null(schema);
    open(schema);
}

fn open(schema: &mut Value) {
    if let Value::Object(object) = schema
        && object.get("additionalProperties") == Some(&Value::Bool(false))
    {
        object.shift_remove("additionalProperties");
    }
    children(schema).for_each(open);
}

fn forget_null(schema: &mut Value) {
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            schema["type"] = kind.clone();
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| choice["type"] != "null");
        if choices.len() == 1 {
            replace_choice(schema);
        }
    }
    children(schema).for_each(forget_null);
}

/// Replaces a choice of one alternative by that alternative.
fn replace_choice(schema: &mut Value) {
    if let Value::Object(schema) = schema
        && let Some(Value::Array(choices)) = schema.shift_remove("anyOf")
    {
        schema.extend(choices.into_iter().filter_map(|choice| choice.as_object().cloned()).flatten());
    }
}
