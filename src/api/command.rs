//! What a command is, and the row that erases its types.

use std::borrow::Cow;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio_tungstenite::tungstenite::Utf8Bytes;

mod field;
mod secret;

pub use field::Field;
pub use secret::Secret;

use crate::api::context::Context;
use crate::auth::Identity;
use crate::domain::Change;
use crate::protocol::error::{Error, Result};
use crate::protocol::wire::{self, Fields};
use crate::protocol::{ChatId, Scope, Seq, ServerRole, User};
use crate::realtime::hub::Revocation;
use crate::realtime::outbox::Close;

/// Who may send a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, authenticated or not.
    Open,
    /// Users whose credentials have this scope.
    Scope(Scope),
    /// Users of at least this role on the server, whose credentials may be used for it.
    Authority(ServerRole),
}

impl Access {
    /// For commands that only look.
    pub const READ: Access = Access::Scope(Scope::Read);
    /// For commands that change something.
    pub const WRITE: Access = Access::Scope(Scope::Write);
    /// For commands by which moderators keep order.
    pub const MODERATOR: Access = Access::Authority(ServerRole::Moderator);
}

/// Another name that a command is known by in the field.
#[derive(Debug)]
pub struct Alias {
    /// The other name.
    pub name: &'static str,
    /// Fields that have another name there, and what they are called here.
    pub fields: &'static [(&'static str, &'static str)],
}

/// One command: its parameters are its fields.
pub trait Command: DeserializeOwned + JsonSchema + Send + 'static {
    /// What it is called.
    const NAME: &'static str;
    /// What it is called elsewhere.
    const ALIASES: &'static [Alias] = &[];
    /// One line for HELP and the reference.
    const SUMMARY: &'static str;
    /// Who may send it.
    const ACCESS: Access;
    /// It is about the connection it comes by, so there must be one.
    const NEEDS_CONNECTION: bool = false;
    /// A command as one would type it, without its type.
    const EXAMPLE: &'static str;
    /// What it is answered with.
    type Reply: Serialize + JsonSchema;

    /// The chat in whose lane the command may follow another without waiting for its answer.
    fn pipeline(&self) -> Option<&str> {
        None
    }

    /// Checks, does, and says what to answer.
    fn run(self, context: &Context) -> impl Future<Output = Result<Reply>> + Send;
}

/// What a command that went well is answered with.
#[derive(Debug)]
pub enum Reply {
    /// This frame.
    Now(Utf8Bytes),
    /// Whatever comes of the change; its lane answers.
    Change(Box<Change>),
    /// This frame, which the caller's other connections get too.
    Own {
        /// What is answered.
        text: Utf8Bytes,
        /// Credentials that end with it, once it is answered.
        revoked: Option<Revocation>,
    },
    /// This frame, which everybody gets who shares one of these chats with the user, and the user's other connections.
    Around {
        /// What is answered.
        text: Utf8Bytes,
        /// The user as they are now.
        user: Arc<User>,
        /// Where it is heard.
        chats: Vec<ChatId>,
        /// Credentials that end with it.
        revoked: Vec<Revocation>,
    },
    /// This frame, for the caller alone, whose connection ends with it.
    Ended {
        /// What is answered.
        text: Utf8Bytes,
        /// Credentials that end with it.
        revoked: Vec<Revocation>,
        /// What the connection is told.
        close: Close,
    },
    /// This frame; from here on the connection is the user's and hears these chats.
    Entered {
        /// Whose the connection is.
        identity: Arc<Identity>,
        /// What is answered.
        text: Utf8Bytes,
        /// What is heard, and from where on.
        chats: Vec<(ChatId, Seq)>,
    },
}

impl Reply {
    /// A frame with this content.
    pub fn now(frame: &impl Serialize) -> Reply {
        Reply::Now(wire::encode(frame))
    }
}

/// A command whose fields have been read.
pub trait Prepared: Send {
    /// See [`Command::pipeline`].
    fn pipeline(&self) -> Option<&str>;
    /// See [`Command::run`]; a panic becomes INTERNAL.
    fn run(self: Box<Self>, context: Context) -> BoxFuture<'static, Result<Reply>>;
}

struct Typed<T>(T);

impl<T: Command> Prepared for Typed<T> {
    fn pipeline(&self) -> Option<&str> {
        self.0.pipeline()
    }

    fn run(self: Box<Self>, context: Context) -> BoxFuture<'static, Result<Reply>> {
        let command = async move { self.0.run(&context).await };
        let caught = std::panic::AssertUnwindSafe(command).catch_unwind();
        Box::pin(async move { caught.await.unwrap_or_else(|_| Err(Error::internal("the command panicked"))) })
    }
}

/// A command in the table.
#[derive(Debug)]
pub struct Row {
    /// What it is called.
    pub name: &'static str,
    /// What it is called elsewhere.
    pub aliases: &'static [Alias],
    /// One line about it.
    pub summary: &'static str,
    /// Who may send it.
    pub access: Access,
    /// Whether it must come by a connection.
    pub needs_connection: bool,
    /// Reads its fields.
    pub prepare: fn(&Fields<'_>) -> Result<Box<dyn Prepared>>,
    /// The schema of its fields.
    pub fields: fn(&mut SchemaGenerator) -> Schema,
    /// The type of its reply.
    pub reply_type: fn() -> Cow<'static, str>,
    /// The schema of its reply, but for its type.
    pub reply: fn(&mut SchemaGenerator) -> Schema,
    example: &'static str,
}

impl Row {
    /// The row of a command.
    pub const fn of<T: Command>() -> Row {
        Row {
            name: T::NAME,
            aliases: T::ALIASES,
            summary: T::SUMMARY,
            access: T::ACCESS,
            needs_connection: T::NEEDS_CONNECTION,
            prepare: |fields| Ok(Box::new(Typed(wire::params::<T>(fields)?))),
            fields: |generator| T::json_schema(generator),
            reply_type: T::Reply::schema_name,
            reply: |generator| T::Reply::json_schema(generator),
            example: T::EXAMPLE,
        }
    }

    /// Its fields in words, in the order they are declared in.
    pub fn fields_in_words(&self) -> Vec<Field> {
        field::of_row(self)
    }

    /// A whole command that can be pasted into a client.
    pub fn example(&self) -> Value {
        let fields = serde_json::from_str(self.example).expect("a test reads every example");
        let Value::Object(fields) = fields else { return Value::Null };
        let kind = ("type".to_owned(), Value::from(self.name));
        Value::Object(std::iter::once(kind).chain(fields).collect())
    }
}
