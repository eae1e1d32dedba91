use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::Hash;

use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;

use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::ops::traceparent::Traceparent;
use crate::protocol::error::{Code, Error, Result};

use super::explain::{explain, shown};
use super::object::{CommandObject, Fields, Key, MAX_FIELDS};
use super::raw;

/// The deepest nesting of a frame.
pub const MAX_DEPTH: usize = 32;

/// A client's id for a command: a string of 1–64 characters or an integer, kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Box<str>);

impl RequestId {
    /// Reads a JSON string of 1–64 characters or a JSON integer.
    pub fn from_json(json: &str) -> Option<RequestId> {
        let good = match serde_json::from_str::<Cow<'_, str>>(json) {
            Ok(text) => (1..=64).contains(&text.chars().count()),
            Err(_) => {
                let digits = json.strip_prefix('-').unwrap_or(json);
                (1..=64).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
            }
        };
        good.then(|| RequestId(json.into()))
    }

    /// The id as JSON, as it was written.
    pub fn json(&self) -> &str {
        &self.0
    }
}

/// A command whose fields have not been parsed yet.
#[derive(Debug)]
pub struct Request<'a> {
    /// The command's name, as it was given.
    pub kind: Cow<'a, str>,
    /// Echoed in the reply.
    pub request_id: Option<RequestId>,
    /// The `opId`, not yet validated.
    pub op_id: Option<&'a RawValue>,
    /// The client's trace.
    pub traceparent: Option<Traceparent>,
    /// The other fields.
    pub fields: Fields<'a>,
}

/// A command whose envelope cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The `requestId`, if it could be read.
    pub request_id: Option<RequestId>,
    /// The reply.
    pub error: Error,
}

/// Splits a frame into commands: an object is one command, an array one per element.
pub fn split(frame: &str, max: usize) -> Result<Option<Vec<&RawValue>>> {
    if too_deep(frame) {
        return Err(Error::new(Code::InvalidJson, format!("the JSON is nested deeper than {MAX_DEPTH} levels")));
    }
    match frame.trim_start().bytes().next() {
        Some(b'{') => Ok(None),
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(frame).map_err(|error| not_json(&error))?;
            match elements.len() {
                0 => Err(Error::new(Code::InvalidArgument, "an array of commands must have at least one element")),
                n if n > max => Err(Error::new(Code::TooLarge, format!("{n} commands in one frame; at most {max}"))),
                _ => Ok(Some(elements)),
            }
        }
        _ => Err(Error::new(Code::InvalidJson, "a frame must be a JSON object such as {\"type\":\"HELP\"}")),
    }
}

fn not_json(error: &serde_json::Error) -> Error {
    let place = format!("line {}, column {}", error.line(), error.column());
    let sentence = match error.classify() {
        Category::Eof => format!("not JSON: the text ends too early, at {place}"),
        _ => {
            let words = error.to_string();
            let words = words.rfind(" at line ").map_or(&*words, |end| &words[..end]);
            format!("not JSON: {words} at {place}")
        }
    };
    Error::new(Code::InvalidJson, sentence)
}

fn too_deep(frame: &str) -> bool {
    let mut depth = 0usize;
    let mut in_string = false;
    let mut escaped = false;
    for byte in frame.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

impl<'a> Request<'a> {
    /// Reads the envelope of one command: `type`, `requestId`, and the fields, either at the top level or in `payload`.
    pub fn parse(text: &'a str) -> Result<Request<'a>, Unreadable> {
        let unaddressed = |error| Unreadable { request_id: None, error };
        if !text.trim_start().starts_with('{') {
            return Err(unaddressed(Error::new(Code::InvalidJson, "a command must be a JSON object")));
        }
        let outer: CommandObject<'a> = serde_json::from_str(text).map_err(|error| unaddressed(not_json(&error)))?;
        let mut fields = outer.fields;
        let payload = take_payload(&mut fields).map_err(unaddressed)?;
        fields.extend(payload.fields);
        let request_id = take_request_id(&mut fields).map_err(unaddressed)?;
        let total = fields.len() + outer.omitted + payload.omitted;
        if total > MAX_FIELDS {
            let sentence = format!("the command has {total} fields; at most {MAX_FIELDS}");
            return Err(Unreadable { request_id, error: Error::new(Code::InvalidArgument, sentence) });
        }
        let kind = take_kind(&mut fields);
        let whole = kind.and_then(|kind| {
            refuse_twice(&fields)?;
            raw::refuse_halves(&fields)?;
            raw::refuse_infinite(&fields)?;
            let op_id = take(&mut fields, "opId");
            let traceparent = take_traceparent(&mut fields)?;
            Ok((kind, op_id, traceparent))
        });
        match whole {
            Ok((kind, op_id, traceparent)) => Ok(Request { kind, request_id, op_id, traceparent, fields }),
            Err(error) => Err(Unreadable { request_id, error }),
        }
    }
}

/// W3C Trace Context lets a server ignore a malformed `traceparent`. Here it is a field of a command like any other, so
/// a malformed one is refused.
fn take_traceparent(fields: &mut Fields<'_>) -> Result<Option<Traceparent>> {
    let Some(json) = take(fields, "traceparent") else { return Ok(None) };
    let text = serde_json::from_str::<Cow<'_, str>>(json.get()).ok();
    let bad = || {
        let sentence = "traceparent must be 00-TRACE-SPAN-FLAGS with 32, 16 and 2 lower-case hexadecimal digits, \
            as in W3C Trace Context";
        Error::invalid("traceparent", sentence)
    };
    text.and_then(|text| Traceparent::parse(&text)).map(Some).ok_or_else(bad)
}

fn take<'a>(fields: &mut Fields<'a>, name: &str) -> Option<&'a RawValue> {
    let place = fields.iter().position(|(field, _)| field == name)?;
    Some(fields.remove(place).1)
}

fn take_payload<'a>(fields: &mut Fields<'a>) -> Result<CommandObject<'a>> {
    let Some(payload) = take(fields, "payload") else { return Ok(CommandObject::default()) };
    let is_outer = |name: &str| matches!(name, "type" | "action" | "event" | "payload");
    match serde_json::from_str::<CommandObject<'a>>(payload.get()) {
        Ok(object) if object.fields.iter().any(|(name, _)| is_outer(name)) => {
            Err(Error::invalid("payload", "type belongs beside payload, not in it"))
        }
        Ok(object) => Ok(object),
        Err(_) => Err(Error::invalid("payload", "payload must be an object")),
    }
}

fn take_request_id(fields: &mut Fields<'_>) -> Result<Option<RequestId>> {
    let Some(json) = take(fields, "requestId") else { return Ok(None) };
    let bad = || Error::invalid("requestId", "requestId must be a string of 1 to 64 characters or an integer");
    if take(fields, "requestId").is_some() {
        return Err(Error::invalid("requestId", "requestId is given twice"));
    }
    RequestId::from_json(json.get()).map(Some).ok_or_else(bad)
}

fn take_kind<'a>(fields: &mut Fields<'a>) -> Result<Cow<'a, str>> {
    let mut found = None;
    for name in ["type", "action", "event"] {
        if let Some(json) = take(fields, name)
            && found.replace((name, json)).is_some()
        {
            return Err(Error::invalid(name, "the command's name is given twice"));
        }
    }
    let (name, json) = found.ok_or_else(|| {
        Error::invalid("type", "type is missing; it names the command, for instance {\"type\":\"HELP\"}")
    })?;
    let text: Key<'a> = serde_json::from_str(json.get())
        .map_err(|_| Error::invalid(name, format!("{name} must be a string: the name of a command")))?;
    Ok(text.0)
}

fn refuse_twice(fields: &Fields<'_>) -> Result<()> {
    match first_duplicate(fields.iter().map(|(name, _)| &**name)) {
        None => Ok(()),
        Some(name) => {
            let name = shown(name);
            Err(Error::invalid(name.clone(), format!("{name} is given twice")))
        }
    }
}

/// The first repeated name, found in time linear in the number of names, which the client controls.
fn first_duplicate<T: Copy + Eq + Hash>(mut names: impl ExactSizeIterator<Item = T>) -> Option<T> {
    let mut seen = HashSet::with_capacity(names.len());
    names.find(|name| !seen.insert(*name))
}

/// Reads a command's fields into its parameters, naming the field at fault.
pub fn params<T: DeserializeOwned>(fields: &Fields<'_>) -> Result<T> {
    let entries = || MapDeserializer::<_, serde_json::Error>::new(fields.iter().map(|(name, value)| (&**name, *value)));
    if let Ok(params) = T::deserialize(entries()) {
        return Ok(params);
    }
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(entries(), &mut track);
    T::deserialize(tracked).map_err(|error| explain(&track.path().to_string(), &error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::hash::{Hash, Hasher};

    use super::{Request, first_duplicate};
    use crate::protocol::error::Code;

    /// A name that counts its comparisons and hashes.
    #[derive(Clone, Copy)]
    struct Counted<'a> {
        number: u32,
        work: &'a Cell<u32>,
    }

    impl PartialEq for Counted<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.work.set(self.work.get() + 1);
            self.number == other.number
        }
    }

    impl Eq for Counted<'_> {}

    impl Hash for Counted<'_> {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.work.set(self.work.get() + 1);
            self.number.hash(state);
        }
    }

    #[test]
    fn duplicate_fields_are_found_in_linear_work() {
        let work = Cell::new(0);
        let names: Vec<_> = (0..32_000).map(|number| Counted { number, work: &work }).collect();
        assert!(first_duplicate(names.into_iter()).is_none());
        assert!(work.get() <= 4 * 32_000, "{} comparisons and hashes", work.get());
    }

    #[test]
    fn lone_surrogates_are_refused_and_pairs_accepted() {
        let parse = |text: &str| Request::parse(&format!(r#"{{"type":"X","settings":{{"a":"{text}"}}}}"#)).map(drop);
        for text in
            [r"\ud83d", r"\udc4b", r"\ud83d \udc4b", r"\ud83d\n", r"\udc4b\ud83d", r"\ud83d\ud83d\udc4b", r"\\\ud83d"]
        {
            let error = parse(text).expect_err("refused").error;
            assert_eq!(error.field.as_deref(), Some("settings"), "{text}");
        }
        let long = format!(r#"{{"type":"X","{}":"\ud83d"}}"#, "a".repeat(5000));
        let error = Request::parse(&long).expect_err("refused").error;
        assert!(error.message.len() < 300, "{}", error.message);
        for text in [r"\ud83d\udc4b", r"\\ud83d", r"\u00e9", "👋", r"\ud83d\udc4b\ud83d\udc4b\n"] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn numbers_beyond_a_double_are_refused_by_field() {
        for number in ["1e400", "-1E+309", "1.5e9223372036854775807", &"9".repeat(310)] {
            for value in [number.to_owned(), format!("[[{number}]]"), format!(r#"{{"a":"\\\"","b":{number}}}"#)] {
                let text = format!(r#"{{"type":"X","settings":{value}}}"#);
                let error = Request::parse(&text).expect_err("refused").error;
                assert_eq!(error.field.as_deref(), Some("settings"), "{text}");
                assert!(error.message.len() < 200, "{}", error.message);
            }
        }
        let digits = "9".repeat(300);
        for value in ["1e308", "1e-400", "-0.0", "12345678901234567890", &digits, r#""1e400""#, r#"["\"1e400"]"#] {
            let text = format!(r#"{{"type":"X","settings":{value}}}"#);
            assert!(Request::parse(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn only_so_many_fields_are_looked_at() {
        let many = |count: usize| (0..count).map(|number| format!(",\"f{number}\":1")).collect::<String>();
        let outer = |fields: String| format!(r#"{{"type":"PING","requestId":7{fields}}}"#);
        let inner = |fields: String| format!(r#"{{"type":"PING","requestId":7,"payload":{{"a":1{fields}}}}}"#);
        assert!(Request::parse(&outer(many(999))).is_ok());
        for text in [outer(many(1001)), outer(many(32_000)), inner(many(32_000))] {
            let refused = Request::parse(&text).expect_err("refused");
            assert_eq!(refused.request_id.as_ref().map(|id| id.json()), Some("7"));
            assert!(refused.error.message.ends_with("fields; at most 1000"), "{}", refused.error.message);
        }
        let broken = Request::parse(&outer(format!("{},", many(2000)))).expect_err("refused");
        assert_eq!(broken.error.code, Code::InvalidJson, "what is not looked at must still be JSON");
    }

    #[test]
    fn a_duplicate_field_is_named() {
        let error = |text| Request::parse(text).expect_err("refused").error;
        assert_eq!(error(r#"{"type":"PING","a":1,"b":2,"a":3}"#).field.as_deref(), Some("a"));
        assert_eq!(error(r#"{"type":"PING","a":1,"payload":{"a":3}}"#).field.as_deref(), Some("a"));
    }
}
