//! Frames: decoding and encoding of their JSON.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::IgnoredAny;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::protocol::error::{Code, Error};

mod explain;
mod foreign;
mod object;
mod raw;
mod request;

pub use explain::nearest;
pub use foreign::{command as foreign_command, suggested_commands};
pub use object::Fields;
pub(super) use object::Object;
pub use request::{MAX_DEPTH, Request, RequestId, Unreadable, params, split};

/// Unused bytes that a queued frame may keep; a string that grows has up to as many as it has used ones.
const MAX_SLACK: usize = 4 << 10;

/// Encodes a reply or an event, which must be an object whose first field is `type`.
pub fn encode<T: Serialize + ?Sized>(frame: &T) -> Utf8Bytes {
    let mut text = serde_json::to_string(frame).expect("replies and events have only string keys");
    if text.capacity() - text.len() > MAX_SLACK {
        text.shrink_to_fit();
    }
    text.into()
}

/// The same frame with the caller's `requestId` after its `type`.
pub fn with_request_id(frame: &Utf8Bytes, request_id: Option<&RequestId>) -> Utf8Bytes {
    let Some(request_id) = request_id else { return frame.clone() };
    let Some(place) = frame.find(',').or_else(|| frame.find('}')) else { return frame.clone() };
    let (head, rest) = frame.split_at(place);
    let mut text = String::with_capacity(frame.len() + request_id.json().len() + 16);
    text.push_str(head);
    text.push_str(",\"requestId\":");
    text.push_str(request_id.json());
    text.push_str(rest);
    text.into()
}

/// The fields of a frame without its `type`, as an object.
pub fn without_type(frame: &Utf8Bytes) -> String {
    frame.split_once(',').map_or_else(|| "{}".into(), |(_, fields)| format!("{{{fields}"))
}

/// The reply with `duplicate:true`, for a command whose event was already published.
pub fn as_duplicate(reply: &Utf8Bytes) -> Utf8Bytes {
    match reply.strip_suffix('}') {
        Some(rest) => format!(r#"{rest},"duplicate":true}}"#).into(),
        None => reply.clone(),
    }
}

/// An error reply, or the reason why the connection ends.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "ERROR", rename_all = "camelCase")]
pub struct ErrorFrame<'a> {
    /// The command.
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'a str>,
    /// The error's code.
    code: Code,
    /// A message for people.
    error: &'a str,
    /// The path of the field to correct, for example `message.content`.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// Milliseconds to wait before trying again.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
}

/// Encodes an error without its cause.
pub fn encode_error(error: &Error, command: Option<&str>) -> Utf8Bytes {
    encode(&ErrorFrame {
        command,
        code: error.code,
        error: &error.message,
        field: error.field.as_deref(),
        retry_after_ms: error.retry_after.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).max(1)),
    })
}

/// The reply that a repeated command gets: with `duplicate:true`.
pub fn repeated(reply: &Utf8Bytes) -> Utf8Bytes {
    let fields: Result<HashMap<String, IgnoredAny>, _> = serde_json::from_str(reply);
    if fields.is_ok_and(|fields| fields.contains_key("duplicate")) { reply.clone() } else { as_duplicate(reply) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_id_follows_the_type() {
        let id = |json: &str| RequestId::from_json(json).expect(json);
        let frame = Utf8Bytes::from_static(r#"{"type":"PONG","serverTime":"x"}"#);
        assert_eq!(
            with_request_id(&frame, Some(&id("7"))).as_str(),
            r#"{"type":"PONG","requestId":7,"serverTime":"x"}"#
        );
        let bare = Utf8Bytes::from_static(r#"{"type":"PONG"}"#);
        assert_eq!(with_request_id(&bare, Some(&id(r#""a,b""#))).as_str(), r#"{"type":"PONG","requestId":"a,b"}"#);
    }
}
