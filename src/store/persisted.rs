//! The form in which protocol values are stored as JSON, independent of their form on the wire.
//!
//! Every type has its own shape here, which defines how its fields and words are stored. Renaming a field or word in
//! `protocol` does not compile until its shape is adapted, and the golden tests of the stores fail if the stored name
//! changes. In a document, `#[serde(with = "persisted")]` stores a field by its shape; in a column, [`StoredForm`]
//! does.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::ops::timestamp::Timestamp;
use crate::protocol::{
    Attachment, AuditId, Ban, ChatId, ClientJson, MessageId, Reaction, Scope, SessionId, TokenId, UserId,
};
use crate::store::repository::{EndedToken, StoredFile};

mod words;

/// A value with a stored form.
pub trait Persist {
    /// Writes the stored form.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads the stored form.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>
    where
        Self: Sized;
}

/// A value in its stored form.
#[derive(Debug)]
pub struct StoredForm<T>(pub T);

impl<T: Persist + ?Sized> Serialize for StoredForm<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl<'de, T: Persist> Deserialize<'de> for StoredForm<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(StoredForm)
    }
}

/// Writes a field of a document in its stored form.
pub fn serialize<T: Persist, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.write(serializer)
}

/// Reads a field of a document from its stored form.
pub fn deserialize<'de, T: Persist, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

impl<T: Persist> Persist for [T] {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(StoredForm))
    }
}

impl<T: Persist> Persist for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().write(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Vec::<StoredForm<T>>::deserialize(deserializer)?;
        Ok(list.into_iter().map(|StoredForm(item)| item).collect())
    }
}

impl<T: Persist> Persist for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&StoredForm(value)),
            None => serializer.serialize_none(),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<StoredForm<T>>::deserialize(deserializer)?.map(|StoredForm(value)| value))
    }
}

/// Types that are stored by a shape with the same fields.
macro_rules! persist {
    ($($kind:ty as $shape:ident),+ $(,)?) => {$(
        impl $crate::store::persisted::Persist for $kind {
            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $shape::serialize(self, serializer)
            }

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $shape::deserialize(deserializer)
            }
        }
    )+};
}

pub(super) use persist;

/// Types that are plain text or JSON, without names that could change.
macro_rules! persist_as_is {
    ($($kind:ty),+ $(,)?) => {$(
        impl Persist for $kind {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Deserialize::deserialize(deserializer)
            }
        }
    )+};
}

persist_as_is!(AuditId, ChatId, MessageId, SessionId, TokenId, UserId, Timestamp, Map<String, Value>);

/// The record of a file has only a stored form.
impl Persist for StoredFile {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

/// Data of a client's application is stored as it was written.
impl Persist for ClientJson {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

persist!(Attachment as AttachmentShape, Ban as BanShape, EndedToken as EndedTokenShape);
persist!(Reaction as ReactionShape, Scope as ScopeShape);

#[derive(Serialize, Deserialize)]
#[serde(remote = "Attachment", rename_all = "camelCase")]
struct AttachmentShape {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    url: String,
    name: String,
    size: u64,
    mime_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Ban", rename_all = "camelCase")]
struct BanShape {
    by: UserId,
    at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "EndedToken", rename_all = "camelCase")]
struct EndedTokenShape {
    jti: String,
    until: Timestamp,
}

/// `me` depends on the reader and is not stored.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Reaction", rename_all = "camelCase")]
struct ReactionShape {
    emoji: String,
    count: u64,
    user_ids: Vec<UserId>,
    #[serde(skip)]
    me: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Scope", rename_all = "lowercase")]
enum ScopeShape {
    Read,
    Write,
    Admin,
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde_json::json;

    use super::{Persist, StoredForm};
    use crate::protocol::{Attachment, Ban, MessageId, Reaction, Scope, Timestamp};
    use crate::store::repository::EndedToken;

    /// Asserts that the value is stored as this text and restored from it.
    fn is_kept<T: Persist + PartialEq + Debug>(value: T, text: &str) {
        assert_eq!(serde_json::to_string(&StoredForm(&value)).expect("JSON"), text);
        let StoredForm(read) = serde_json::from_str::<StoredForm<T>>(text).expect("the stored form");
        assert_eq!(read, value);
    }

    #[test]
    fn the_stored_form_of_columns_is_stable() {
        let at = Timestamp::parse("2026-01-02T03:04:05.678Z").expect("a time");
        let ban = Ban { by: "a".into(), at, reason: Some("spam".into()), until: Some(at) };
        is_kept(
            ban.clone(),
            r#"{"by":"a","at":"2026-01-02T03:04:05.678Z","reason":"spam","until":"2026-01-02T03:04:05.678Z"}"#,
        );
        is_kept(Ban { reason: None, until: None, ..ban }, r#"{"by":"a","at":"2026-01-02T03:04:05.678Z"}"#);
        let file = Attachment {
            id: Some("f".into()),
            url: "https://example.org/f".into(),
            name: "f.png".into(),
            size: 9,
            mime_type: "image/png".into(),
            width: Some(2),
            height: Some(1),
        };
        is_kept(
            vec![file.clone(), Attachment { id: None, width: None, height: None, ..file }],
            r#"[{"id":"f","url":"https://example.org/f","name":"f.png","size":9,"mimeType":"image/png","width":2,"height":1},{"url":"https://example.org/f","name":"f.png","size":9,"mimeType":"image/png"}]"#,
        );
        let reaction = Reaction { emoji: "👍".into(), count: 2, user_ids: vec!["u".into()], me: None };
        is_kept(vec![reaction], r#"[{"emoji":"👍","count":2,"userIds":["u"]}]"#);
        let ended = EndedToken { jti: "t".into(), until: at };
        is_kept(vec![ended], r#"[{"jti":"t","until":"2026-01-02T03:04:05.678Z"}]"#);
        is_kept(vec![Scope::Read, Scope::Write, Scope::Admin], r#"["read","write","admin"]"#);
        is_kept(vec![MessageId::from("m")], r#"["m"]"#);
        let metadata = json!({ "b": 1.0, "a": [null] }).as_object().expect("an object").clone();
        is_kept(metadata, r#"{"b":1.0,"a":[null]}"#);
    }

    #[test]
    fn stored_reactions_exclude_reader_specific_fields() {
        let reaction = Reaction { emoji: "👍".into(), count: 1, user_ids: vec![], me: Some(true) };
        let text = serde_json::to_string(&StoredForm(&reaction)).expect("JSON");
        assert_eq!(text, r#"{"emoji":"👍","count":1,"userIds":[]}"#);
    }
}
