use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;

/// Maximum number of fields of a command. No command has as many; the work of looking at them must not grow with what a
/// client sends.
pub(super) const MAX_FIELDS: usize = 1000;

/// A command's fields in the order they were written.
pub type Fields<'a> = Vec<(Cow<'a, str>, &'a RawValue)>;

/// The name of a field, or that of a command.
pub(super) struct Key<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }
            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// The fields of a JSON object, each as it was written.
pub(in crate::protocol) struct Object<'a>(pub(in crate::protocol) Fields<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = deserializer.deserialize_map(ObjectVisitor { max_fields: usize::MAX })?;
        Ok(Object(object.fields))
    }
}

/// The first fields of a command, each as it was written, and the number of those after them.
#[derive(Default)]
pub(super) struct CommandObject<'a> {
    pub(super) fields: Fields<'a>,
    pub(super) omitted: usize,
}

impl<'de: 'a, 'a> Deserialize<'de> for CommandObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor { max_fields: MAX_FIELDS })
    }
}

struct ObjectVisitor {
    max_fields: usize,
}

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = CommandObject<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CommandObject<'de>, A::Error> {
        let mut fields = Fields::with_capacity(6);
        while fields.len() < self.max_fields {
            let Some(Key(name)) = map.next_key()? else { return Ok(CommandObject { fields, omitted: 0 }) };
            fields.push((name, map.next_value()?));
        }
        let mut omitted = 0;
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            omitted += 1;
        }
        Ok(CommandObject { fields, omitted })
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<CommandObject<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Err(de::Error::custom("expected an object, not an array"))
    }
}
