//! The commands to measure.

use serde_json::{Value, json};

/// The chat, the size and the repetition for which a command is built.
pub(super) struct At<'a> {
    pub(super) chat: &'a str,
    pub(super) size: u64,
    pub(super) turn: u64,
}

/// A command to measure.
pub(super) struct Step {
    pub(super) name: &'static str,
    /// The command sent before it, which is not measured.
    pub(super) before: Option<fn(&At<'_>) -> Value>,
    pub(super) command: fn(&At<'_>) -> Value,
}

const fn step(name: &'static str, command: fn(&At<'_>) -> Value) -> Step {
    Step { name, before: None, command }
}

fn say(at: &At<'_>) -> Value {
    json!({"type":"SEND_MESSAGE","chatId":at.chat,"content":format!("said in turn {}", at.turn)})
}

/// MARK_READ of a message that was just sent, because a mark that does not move is not written.
const MARK_READ: Step =
    Step { name: "MARK_READ", before: Some(say), command: |at| json!({"type":"MARK_READ","chatId":at.chat}) };

fn page_of(at: &At<'_>, filter: Value) -> Value {
    let mut command = json!({"type":"GET_CHAT_HISTORY","chatId":at.chat,"limit":50});
    if let (Value::Object(command), Value::Object(filter)) = (&mut command, filter) {
        command.extend(filter);
    }
    command
}

/// Commands in a chat with a growing number of messages.
pub(super) const OF_MESSAGES: &[Step] = &[
    step("GET_CHAT", |at| json!({"type":"GET_CHAT","chatId":at.chat})),
    step("GET_CHATS", |_| json!({"type":"GET_CHATS","limit":10})),
    step("GET_MESSAGE", |at| json!({"type":"GET_MESSAGE","chatId":at.chat,"messageId":"m0"})),
    step("GET_READ_STATE", |at| json!({"type":"GET_READ_STATE","chatId":at.chat,"messageId":"m1"})),
    step("history, newest", |at| page_of(at, json!({}))),
    step("history, before", |at| page_of(at, json!({"before":at.size / 2}))),
    step("history, after", |at| page_of(at, json!({"after":at.size / 2}))),
    step("history, page 2", |at| json!({"type":"GET_CHAT_HISTORY","chatId":at.chat,"size":50,"page":2})),
    step("history, last page", |at| json!({"type":"GET_CHAT_HISTORY","chatId":at.chat,"size":50,"page":at.size / 50})),
    step("history, a sender", |at| page_of(at, json!({"senderId":"quiet"}))),
    step("history, search", |at| page_of(at, json!({"search":"message7"}))),
    step("SEARCH_MESSAGES", |at| json!({"type":"SEARCH_MESSAGES","chatId":at.chat,"query":"message7","limit":10})),
    step("search, 2 letters", |at| json!({"type":"SEARCH_MESSAGES","chatId":at.chat,"query":"me","limit":10})),
    step("GET_MENTIONS", |_| json!({"type":"GET_MENTIONS","limit":10})),
    step("SYNC", |at| json!({"type":"SYNC","chats":{at.chat:at.size}})),
    step(
        "EDIT_MESSAGE",
        |at| json!({"type":"EDIT_MESSAGE","chatId":at.chat,"messageId":"m1","content":format!("edited in turn {}", at.turn)}),
    ),
    step(
        "ADD_REACTION",
        |at| json!({"type":if at.turn.is_multiple_of(2) { "ADD_REACTION" } else { "REMOVE_REACTION" },"chatId":at.chat,"messageId":"m2","emoji":"👍"}),
    ),
    Step {
        name: "DELETE_MESSAGE",
        before: Some(
            |at| json!({"type":"SEND_MESSAGE","chatId":at.chat,"message":{"id":format!("gone-{}", at.turn),"content":"soon gone"}}),
        ),
        command: |at| json!({"type":"DELETE_MESSAGE","chatId":at.chat,"messageId":format!("gone-{}", at.turn)}),
    },
    step("SEND_MESSAGE", say),
    MARK_READ,
];

/// Two ends of a mute, so that each command changes something.
const MUTES: [&str; 2] = ["2100-01-01T00:00:00.000Z", "2101-01-01T00:00:00.000Z"];

/// Commands in a chat with a growing number of members.
pub(super) const OF_MEMBERS: &[Step] = &[
    step("GET_CHAT", |at| json!({"type":"GET_CHAT","chatId":at.chat})),
    step("GET_MEMBERS", |at| json!({"type":"GET_MEMBERS","chatId":at.chat,"limit":10})),
    step("GET_PRESENCE", |at| json!({"type":"GET_PRESENCE","chatId":at.chat,"limit":10})),
    step("GET_READ_STATE", |at| json!({"type":"GET_READ_STATE","chatId":at.chat,"messageId":"m0"})),
    step("history, newest", |at| page_of(at, json!({}))),
    step("SYNC", |at| json!({"type":"SYNC","chats":{at.chat:2}})),
    step("UPDATE_CHAT", |at| json!({"type":"UPDATE_CHAT","chatId":at.chat,"description":format!("turn {}", at.turn)})),
    step("SET_TYPING", |at| json!({"type":"SET_TYPING","chatId":at.chat,"typing":at.turn.is_multiple_of(2)})),
    step(
        "MUTE_CHAT",
        |at| json!({"type":"MUTE_CHAT","chatId":at.chat,"until":MUTES[usize::from(at.turn.is_multiple_of(2))]}),
    ),
    step("SEND_MESSAGE", say),
    MARK_READ,
];

/// Commands of a user with a growing number of chats.
pub(super) const OF_CHATS: &[Step] = &[
    step("GET_ME", |_| json!({"type":"GET_ME"})),
    step("GET_CHATS", |_| json!({"type":"GET_CHATS","limit":10})),
    step("GET_CHAT", |at| json!({"type":"GET_CHAT","chatId":at.chat})),
    step("SEARCH_MESSAGES", |_| json!({"type":"SEARCH_MESSAGES","query":"said","limit":10})),
    step("GET_MENTIONS", |_| json!({"type":"GET_MENTIONS","limit":10})),
    step(
        "SET_PRESENCE",
        |at| json!({"type":"SET_PRESENCE","status":if at.turn.is_multiple_of(2) { "away" } else { "online" }}),
    ),
    step("SEND_MESSAGE", say),
    MARK_READ,
];
