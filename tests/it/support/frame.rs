use serde_json::{Value, json};

/// Fields for the calling user only; no event may contain them.
const OWN_FIELDS: [&str; 8] = ["myRole", "unreadCount", "mentionCount", "muted", "mutedUntil", "peer", "me", "email"];

/// Asserts that a frame has a shape: the same fields and values, where `<time>`, `<id>` and `<any>` stand for values
/// that differ from run to run.
#[track_caller]
pub fn assert_frame(actual: &Value, expected: Value) {
    if let Err(difference) = compare("frame", actual, &expected) {
        panic!("{difference}\nin {actual}\nnot {expected}");
    }
}

fn compare(path: &str, actual: &Value, expected: &Value) -> Result<(), String> {
    match (actual, expected) {
        (_, Value::String(mark)) if mark == "<any>" => Ok(()),
        (Value::String(text), Value::String(mark)) if mark == "<time>" && is_time(text) => Ok(()),
        (Value::String(text), Value::String(mark)) if mark == "<id>" && !text.is_empty() => Ok(()),
        (Value::Object(fields), Value::Object(known)) => {
            if let Some(name) = fields.keys().find(|name| !known.contains_key(*name)) {
                return Err(format!("{path}.{name} should not be there"));
            }
            known.iter().try_for_each(|(name, expected)| {
                let actual = fields.get(name).ok_or_else(|| format!("{path}.{name} is missing"))?;
                compare(&format!("{path}.{name}"), actual, expected)
            })
        }
        (Value::Array(items), Value::Array(known)) if items.len() == known.len() => items
            .iter()
            .zip(known)
            .enumerate()
            .try_for_each(|(place, (item, known))| compare(&format!("{path}[{place}]"), item, known)),
        _ if actual == expected => Ok(()),
        _ => Err(format!("{path} is {actual}, not {expected}")),
    }
}

fn is_time(text: &str) -> bool {
    let pattern = b"0000-00-00T00:00:00.000Z";
    let fits = |(byte, known): (u8, &u8)| if *known == b'0' { byte.is_ascii_digit() } else { byte == *known };
    text.len() == pattern.len() && text.bytes().zip(pattern).all(fits)
}

/// Asserts that a reply is this refusal; an empty `field` means none.
#[track_caller]
pub fn assert_refused(reply: &Value, code: &str, field: &str) {
    assert_eq!(reply["type"], "ERROR", "{reply}");
    assert_eq!((reply["code"].as_str(), reply["field"].as_str().unwrap_or("")), (Some(code), field), "{reply}");
    assert!(reply["error"].as_str().is_some_and(|sentence| !sentence.is_empty()), "{reply}");
}

/// The event of a reply as everybody else receives it.
#[track_caller]
pub fn event_of(reply: &Value) -> Value {
    let mut event = reply.clone();
    assert_ne!(event["type"], "ERROR", "{reply}");
    event.as_object_mut().expect("an object").remove("requestId");
    event
}

/// Asserts that an event has no recipient-specific field.
#[track_caller]
pub fn assert_same_for_all(event: &Value) {
    assert!(event.get("requestId").is_none(), "{event}");
    assert!(event["chat"].get("readSeq").is_none(), "{event}");
    assert!(!has_own_fields(event), "{event}");
}

fn has_own_fields(value: &Value) -> bool {
    match value {
        Value::Object(fields) => {
            fields.iter().any(|(name, value)| OWN_FIELDS.contains(&name.as_str()) || has_own_fields(value))
        }
        Value::Array(items) => items.iter().any(has_own_fields),
        _ => false,
    }
}

/// The shape of a bot with that presence.
pub fn bot(id: &str, name: &str, status: &str) -> Value {
    json!({"id":id,"username":name,"displayName":name,"kind":"bot","role":"member","status":status,"createdAt":"<time>",
        "version":"<any>"})
}

/// The shape of a chat without messages, without fields of the viewer.
pub fn chat(id: &Value, kind: &str, name: &str, seq: u64, members: u64) -> Value {
    json!({"id":id,"kind":kind,"name":name,"active":true,"posting":"everyone","firstSeq":1,"createdBy":"<id>","createdAt":"<time>","updatedAt":"<time>",
        "seq":seq,"memberCount":members,"messageCount":0,"pinned":[]})
}

/// The shape with more fields, or other values.
pub fn with(mut shape: Value, more: Value) -> Value {
    let (Value::Object(fields), Value::Object(more)) = (&mut shape, more) else { panic!("two objects") };
    fields.extend(more);
    shape
}

/// The extra fields for a member without unread messages.
pub fn seen_by(shape: Value, role: &str, read_seq: u64) -> Value {
    with(shape, json!({"myRole":role,"unreadCount":0,"mentionCount":0,"readSeq":read_seq,"muted":false}))
}

/// The shape of a plain message.
pub fn message(chat: &Value, seq: u64, id: &str, name: &str, content: &str) -> Value {
    json!({"id":"<id>","chatId":chat,"seq":seq,"updatedSeq":seq,
        "sender":{"id":id,"username":name,"displayName":name,"kind":"bot","version":1},"role":"user","content":content,
        "attachments":[],"mentions":[],"reactions":[],"createdAt":"<time>"})
}
