use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::api::handlers::welcome::Connected;
use crate::api::handlers::{
    AccountDeleted, ApiTokenRevoked, PasswordChanged, SessionRevoked, Settings, UserBanned, UserDisconnected,
    UserRoleChanged, UserUnbanned, UserUpdated,
};
use crate::api::service::departure::BotDeleted;
use crate::protocol::TokenExpiring;
use crate::protocol::wire::ErrorFrame;
use crate::protocol::{
    ChannelListed, ChatDeleted, ChatMuted, ChatUpdated, MemberBanned, MemberUnbanned, MemberUpdated, MembersAdded,
    MembersRemoved, Mention, MessageChunk, MessageDeleted, MessageDelivered, MessageEdited, MessagePinned, MessageRead,
    MessageUnpinned, NewChat, NewMessage, PresenceChanged, ReactionAdded, ReactionRemoved, StopRequested,
    StreamStarted, StreamStopped, Typing,
};
use crate::realtime::outbox::Lagged;

/// A frame that a client may get without having asked for it. The one line about it stands in its schema.
#[derive(Debug)]
pub struct Event {
    /// The type of the frame.
    pub name: fn() -> Cow<'static, str>,
    /// The schema of the frame, but for its type.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// Whether it may answer a command although no command names it as its reply.
    pub answers: bool,
}

impl Event {
    const fn of<T: JsonSchema>() -> Event {
        Event { name: T::schema_name, schema: |generator| T::json_schema(generator), answers: false }
    }
}

/// Everything that arrives unasked. What only answers a command stands in the table of commands.
pub const EVENTS: &[Event] = &[
    // About the connection
    Event::of::<Connected>(),
    Event { answers: true, ..Event::of::<ErrorFrame<'_>>() },
    Event::of::<Lagged>(),
    Event::of::<TokenExpiring>(),
    // With a place on a chat's clock, and the end of the clock
    Event::of::<NewChat>(),
    Event::of::<ChatUpdated>(),
    Event::of::<ChatDeleted>(),
    Event::of::<MembersAdded>(),
    Event::of::<MembersRemoved>(),
    Event::of::<MemberUpdated>(),
    Event::of::<MemberBanned>(),
    Event::of::<MemberUnbanned>(),
    Event::of::<NewMessage>(),
    Event::of::<MessageEdited>(),
    Event::of::<MessageDeleted>(),
    Event::of::<ReactionAdded>(),
    Event::of::<ReactionRemoved>(),
    Event::of::<MessagePinned>(),
    Event::of::<MessageUnpinned>(),
    // How far members have come
    Event::of::<MessageRead>(),
    Event::of::<MessageDelivered>(),
    // Never stored
    Event::of::<ChannelListed>(),
    Event::of::<PresenceChanged>(),
    Event::of::<Typing>(),
    Event::of::<StreamStarted>(),
    Event::of::<MessageChunk>(),
    Event::of::<StreamStopped>(),
    Event::of::<StopRequested>(),
    // About users one shares a chat with
    Event::of::<UserUpdated>(),
    Event::of::<AccountDeleted>(),
    Event::of::<Mention>(),
    // What one's own other connections did, or what moderators did to oneself
    Event::of::<ApiTokenRevoked>(),
    Event::of::<BotDeleted>(),
    Event::of::<ChatMuted>(),
    Event::of::<PasswordChanged>(),
    Event::of::<SessionRevoked>(),
    Event::of::<Settings>(),
    Event::of::<UserBanned>(),
    Event::of::<UserUnbanned>(),
    Event::of::<UserRoleChanged>(),
    Event::of::<UserDisconnected>(),
];
