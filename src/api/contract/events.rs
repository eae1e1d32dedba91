use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::api::departure::BotDeleted;
use crate::api::handlers::welcome::Connected;
use crate::api::handlers::{
    AccountDeleted, ApiTokenRevoked, PasswordChanged, SessionRevoked, Settings, UserBanned, UserDisconnected,
    UserRoleChanged, UserUnbanned, UserUpdated,
};
use crate::protocol::TokenExpiring;
use crate::protocol::wire::ErrorFrame;
use crate::protocol::{
    ChannelListed, ChatDeleted, ChatMarkedUnread, ChatMuted, ChatUpdated, HistoryTrimmed, HoldChanged, MemberBanned,
    MemberUnbanned, MemberUpdated, MembersAdded, MembersRemoved, Mention, MessageChunk, MessageDeleted,
    MessageDelivered, MessageEdited, MessagePinned, MessageRead, MessageUnpinned, NewChat, NewMessage, PresenceChanged,
    ReactionAdded, ReactionRemoved, StopRequested, StreamStarted, StreamStopped, Typing,
};
use crate::realtime::outbox::Lagged;

/// A frame that a client may receive unsolicited. Its summary is in its schema.
#[derive(Debug)]
pub struct Event {
    /// The frame's `type`.
    pub name: fn() -> Cow<'static, str>,
    /// The schema of the frame without its `type`.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// The event's relation to a chat's clock and to storage.
    pub class: EventClass,
    /// True if the event can answer a command that does not name it as its reply.
    pub answers: bool,
}

/// An event's relation to a chat's clock and to storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventClass {
    /// Concerns the connection itself.
    Connection,
    /// Durable; takes the next `seq` of its chat.
    Tick,
    /// Durable; ends the chat's sequence.
    EndOfChat,
    /// A monotonic position in a chat; the latest value wins.
    Watermark,
    /// Never stored; the first to be dropped for a slow reader.
    Ephemeral,
    /// A changed user, sent to everybody who shares a chat with them.
    Profile,
    /// A change to the user's own account, settings or credentials, sent to the user's connections.
    Account,
}

impl EventClass {
    /// The value of `x-class` in the published contract.
    pub const fn name(self) -> &'static str {
        match self {
            EventClass::Connection => "connection",
            EventClass::Tick => "tick",
            EventClass::EndOfChat => "endOfChat",
            EventClass::Watermark => "watermark",
            EventClass::Ephemeral => "ephemeral",
            EventClass::Profile => "profile",
            EventClass::Account => "account",
        }
    }
}

impl Event {
    const fn of<T: JsonSchema>(class: EventClass) -> Event {
        Event { name: T::schema_name, schema: |generator| T::json_schema(generator), class, answers: false }
    }
}

/// Every unsolicited frame, by class. Frames that only answer a command are in the table of commands.
pub const EVENTS: &[Event] = &[
    Event::of::<Connected>(EventClass::Connection),
    Event { answers: true, ..Event::of::<ErrorFrame<'_>>(EventClass::Connection) },
    Event::of::<Lagged>(EventClass::Connection),
    Event::of::<TokenExpiring>(EventClass::Connection),
    Event::of::<NewChat>(EventClass::Tick),
    Event::of::<ChatUpdated>(EventClass::Tick),
    Event::of::<ChatDeleted>(EventClass::EndOfChat),
    Event::of::<MembersAdded>(EventClass::Tick),
    Event::of::<MembersRemoved>(EventClass::Tick),
    Event::of::<MemberUpdated>(EventClass::Tick),
    Event::of::<MemberBanned>(EventClass::Tick),
    Event::of::<MemberUnbanned>(EventClass::Tick),
    Event::of::<NewMessage>(EventClass::Tick),
    Event::of::<MessageEdited>(EventClass::Tick),
    Event::of::<MessageDeleted>(EventClass::Tick),
    Event::of::<ReactionAdded>(EventClass::Tick),
    Event::of::<ReactionRemoved>(EventClass::Tick),
    Event::of::<MessagePinned>(EventClass::Tick),
    Event::of::<MessageUnpinned>(EventClass::Tick),
    Event::of::<HistoryTrimmed>(EventClass::Tick),
    Event::of::<HoldChanged>(EventClass::Tick),
    Event::of::<MessageRead>(EventClass::Watermark),
    Event::of::<MessageDelivered>(EventClass::Watermark),
    Event::of::<ChannelListed>(EventClass::Ephemeral),
    Event::of::<PresenceChanged>(EventClass::Ephemeral),
    Event::of::<Typing>(EventClass::Ephemeral),
    Event::of::<StreamStarted>(EventClass::Ephemeral),
    Event::of::<MessageChunk>(EventClass::Ephemeral),
    Event::of::<StreamStopped>(EventClass::Ephemeral),
    Event::of::<StopRequested>(EventClass::Ephemeral),
    Event::of::<UserUpdated>(EventClass::Profile),
    Event::of::<AccountDeleted>(EventClass::Profile),
    Event::of::<BotDeleted>(EventClass::Profile),
    Event::of::<Mention>(EventClass::Ephemeral),
    Event::of::<ApiTokenRevoked>(EventClass::Account),
    Event::of::<ChatMarkedUnread>(EventClass::Account),
    Event::of::<ChatMuted>(EventClass::Account),
    Event::of::<PasswordChanged>(EventClass::Account),
    Event::of::<SessionRevoked>(EventClass::Account),
    Event::of::<Settings>(EventClass::Account),
    Event::of::<UserBanned>(EventClass::Account),
    Event::of::<UserUnbanned>(EventClass::Account),
    Event::of::<UserRoleChanged>(EventClass::Account),
    Event::of::<UserDisconnected>(EventClass::Account),
];
