//! Field types with rules: a value of such a type has been validated.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// The number of items on a page: 1 to 200, by default 50.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageLimit(usize);

impl PageLimit {
    /// The largest page.
    pub const MAX: usize = 200;

    /// The number of items.
    pub fn get(self) -> usize {
        self.0
    }
}

impl Default for PageLimit {
    fn default() -> Self {
        PageLimit(50)
    }
}

impl<'de> Deserialize<'de> for PageLimit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let limit = u64::deserialize(deserializer)?;
        let limit = usize::try_from(limit).ok().filter(|limit| (1..=PageLimit::MAX).contains(limit));
        limit.map(PageLimit).ok_or_else(|| D::Error::custom(format!("must be from 1 to {}", PageLimit::MAX)))
    }
}

impl JsonSchema for PageLimit {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "PageLimit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": PageLimit::MAX })
    }
}

/// An id chosen by a client: 1 to 128 characters of `A-Z a-z 0-9 _ . : -`.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientId(String);

impl ClientId {
    /// True for a valid id; `.` and `..` are refused because a path would treat them as folders.
    pub fn is_valid(text: &str) -> bool {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte);
        (1..=128).contains(&text.len()) && text.bytes().all(fits) && !matches!(text, "." | "..")
    }
}

impl Deref for ClientId {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClientId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl From<ClientId> for String {
    fn from(id: ClientId) -> String {
        id.0
    }
}

impl<'de> Deserialize<'de> for ClientId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if ClientId::is_valid(&text) {
            return Ok(ClientId(text));
        }
        Err(D::Error::custom("must have 1 to 128 characters of A-Z a-z 0-9 _ . : -"))
    }
}

impl JsonSchema for ClientId {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ClientId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,128}$" })
    }
}

/// A change to an optional property: an absent field keeps it, null removes it.
///
/// Written by hand: neither the type nor the schema of `serde_with`'s double option says what null means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    #[default]
    Keep,
    Remove,
    Set(T),
}

impl<T> Patch<T> {
    /// The new value, if the patch sets one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Patch::Set(value) => Some(value),
            Patch::Keep | Patch::Remove => None,
        }
    }

    /// Applies the patch to the property.
    pub fn apply(&self, property: &mut Option<T>)
    where
        T: Clone,
    {
        match self {
            Patch::Keep => {}
            Patch::Remove => *property = None,
            Patch::Set(value) => *property = Some(value.clone()),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Patch::Remove, Patch::Set))
    }
}

impl<T: JsonSchema> JsonSchema for Patch<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Fields {
        limit: Option<PageLimit>,
        id: Option<ClientId>,
        #[serde(default)]
        patch: Patch<String>,
    }

    fn read(text: &str) -> Result<Fields, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn fields_are_validated_when_parsed() {
        let limit = |text: &str| read(text).map(|fields| fields.limit.unwrap_or_default().get());
        assert_eq!((limit("{}").expect("none"), limit(r#"{"limit":200}"#).expect("the largest")), (50, 200));
        for bad in [r#"{"limit":0}"#, r#"{"limit":201}"#, r#"{"limit":-1}"#, r#"{"limit":18446744073709551615}"#] {
            limit(bad).expect_err(bad);
        }
        assert_eq!(read(r#"{"id":"a_.:-9"}"#).expect("an id").id.as_deref(), Some("a_.:-9"));
        for bad in ["", "a b", "é", &"x".repeat(129)] {
            read(&format!(r#"{{"id":"{bad}"}}"#)).expect_err(bad);
        }
    }

    #[test]
    fn null_differs_from_absent() {
        let patched = |text: &str| {
            let mut property = Some("old".to_owned());
            read(text).expect("fields").patch.apply(&mut property);
            property
        };
        assert_eq!(patched("{}").as_deref(), Some("old"));
        assert_eq!(patched(r#"{"patch":null}"#), None);
        assert_eq!(patched(r#"{"patch":"new"}"#).as_deref(), Some("new"));
    }
}
