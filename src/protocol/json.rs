//! JSON that belongs to clients, kept as they wrote it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::wire::Object;

/// A JSON object as a client wrote it, without white space between tokens. Numbers keep every digit, however long; no
/// key occurs twice.
#[derive(Clone)]
pub struct ClientJson(Box<RawValue>);

impl ClientJson {
    /// The object as text.
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// True if the object has no keys.
    pub fn is_empty(&self) -> bool {
        self.text() == "{}"
    }

    /// The object after a JSON Merge Patch (RFC 7396).
    pub fn merged(&self, patch: &ClientJson) -> ClientJson {
        ClientJson(raw(merged(self.text(), patch.text())))
    }
}

impl Default for ClientJson {
    fn default() -> Self {
        ClientJson(raw("{}".to_owned()))
    }
}

impl PartialEq for ClientJson {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl fmt::Debug for ClientJson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text())
    }
}

impl From<Map<String, Value>> for ClientJson {
    fn from(map: Map<String, Value>) -> Self {
        ClientJson(raw(Value::Object(map).to_string()))
    }
}

impl Serialize for ClientJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ClientJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Box::<RawValue>::deserialize(deserializer)?;
        let text = given.get().trim();
        if !text.starts_with('{') {
            return Err(D::Error::invalid_type(unexpected(text), &"an object"));
        }
        match repeated(text) {
            Some(key) => Err(D::Error::custom(format!("the key {key:?} is given twice"))),
            None => Ok(ClientJson(raw(compact(text)))),
        }
    }
}

impl JsonSchema for ClientJson {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ClientJson".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": true })
    }
}

fn raw(json: String) -> Box<RawValue> {
    RawValue::from_string(json).expect("it is assembled from values parsed as JSON")
}

fn unexpected(json: &str) -> Unexpected<'static> {
    match json.bytes().next() {
        Some(b'[') => Unexpected::Seq,
        Some(b'"') => Unexpected::Other("a string"),
        Some(b't' | b'f') => Unexpected::Other("a boolean"),
        Some(b'n') => Unexpected::Unit,
        _ => Unexpected::Other("a number"),
    }
}

/// The first key that occurs twice in an object, at most 64 characters of it.
fn repeated(json: &str) -> Option<String> {
    match json.bytes().next()? {
        b'{' => {
            let Object(fields) = serde_json::from_str(json).ok()?;
            let mut seen = HashSet::with_capacity(fields.len());
            if let Some((name, _)) = fields.iter().find(|(name, _)| !seen.insert(&**name)) {
                return Some(name.chars().take(64).collect());
            }
            fields.iter().find_map(|(_, value)| repeated(value.get()))
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
            items.iter().find_map(|item| repeated(item.get()))
        }
        _ => None,
    }
}

/// The same without white space outside strings.
fn compact(json: &str) -> String {
    let mut in_string = false;
    let mut is_escaped = false;
    let is_kept = |character: &char| {
        let is_space = !in_string && matches!(character, ' ' | '\t' | '\n' | '\r');
        if in_string {
            in_string = is_escaped || *character != '"';
            is_escaped = !is_escaped && *character == '\\';
        } else {
            in_string = *character == '"';
        }
        !is_space
    };
    json.chars().filter(is_kept).collect()
}

/// An object with a patch applied; a target that is not an object counts as empty.
fn merged(target: &str, patch: &str) -> String {
    let mut fields: Vec<(String, String)> = fields(target);
    for (name, value) in self::fields(patch) {
        let place = fields.iter().position(|(known, _)| *known == name);
        if value == "null" {
            fields.retain(|(known, _)| *known != name);
            continue;
        }
        let value = match (value.bytes().next(), place) {
            (Some(b'{'), Some(place)) => merged(&fields[place].1, &value),
            (Some(b'{'), None) => merged("{}", &value),
            _ => value,
        };
        match place {
            Some(place) => fields[place].1 = value,
            None => fields.push((name, value)),
        }
    }
    let field = |(name, value): &(String, String)| format!("{}:{value}", Value::from(name.as_str()));
    format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(","))
}

fn fields(json: &str) -> Vec<(String, String)> {
    match serde_json::from_str(json) {
        Ok(Object(fields)) => {
            fields.into_iter().map(|(name, value)| (name.into_owned(), value.get().to_owned())).collect()
        }
        Err(_) => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::ClientJson;

    fn read(json: &str) -> Result<ClientJson, String> {
        serde_json::from_str(json).map_err(|error: serde_json::Error| error.to_string())
    }

    #[test]
    fn numbers_keep_their_precision_and_whitespace_is_removed() {
        let given = r#" { "a" : [ 1.0 , 1e400, 123456789012345678901234567890, -0 ], "b c" : " \" } " } "#;
        let kept = r#"{"a":[1.0,1e400,123456789012345678901234567890,-0],"b c":" \" } "}"#;
        let object = read(given).expect("an object");
        assert_eq!(object.text(), kept);
        assert_eq!(serde_json::to_string(&object).expect("JSON"), kept);
        assert_eq!(read(kept), Ok(object));
    }

    #[test]
    fn non_objects_and_duplicate_keys_are_refused() {
        for (json, error) in [
            ("[1]", "expected an object"),
            ("5", "expected an object"),
            (r#"{"a":1,"a":2}"#, r#"the key "a" is given twice"#),
            (r#"{"a":[{"b":{"c":1,"\u0063":2}}]}"#, r#"the key "c" is given twice"#),
        ] {
            let refusal = read(json).expect_err("refused");
            assert!(refusal.contains(error), "{json}: {refusal}");
        }
    }

    #[test]
    fn patches_merge_as_in_rfc_7396() {
        for (target, patch, merged) in [
            (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
            (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
            (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"c"}"#, r#"{"a":["b"]}"#, r#"{"a":["b"]}"#),
            (r#"{"a":{"b":"c"}}"#, r#"{"a":{"b":"d","c":null}}"#, r#"{"a":{"b":"d"}}"#),
            (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
            (r#"{"e":null}"#, r#"{"a":1.0}"#, r#"{"e":null,"a":1.0}"#),
            ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
            (r#"{"n":12345678901234567890123}"#, r#"{"m":1e400}"#, r#"{"n":12345678901234567890123,"m":1e400}"#),
        ] {
            let [target, patch] = [target, patch].map(|json| read(json).expect("an object"));
            assert_eq!(target.merged(&patch).text(), merged, "{target:?} and {patch:?}");
        }
    }
}
