//! The definition of a command, and its row in the table, which erases its types.

use std::borrow::Cow;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

mod field;
mod response;
mod secret;

pub use field::{Field, OP_ID, unwrapped};
pub use response::{Effects, Encoded, EncodedReply, NewBinding, ReplyAudience, Response};
pub use secret::Secret;

use crate::api::context::Context;
use crate::domain::Operation;
use crate::protocol::error::{Error, Result};
use crate::protocol::wire::{self, Fields};
use crate::protocol::{Scope, ServerRole};

/// The credentials that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, authenticated or not.
    Open,
    /// Users whose credentials have this scope.
    Scope(Scope),
    /// Users with at least this role on the server, whose credentials permit its use.
    Authority(ServerRole),
}

impl Access {
    /// For commands that only read.
    pub const READ: Access = Access::Scope(Scope::Read);
    /// For commands that write.
    pub const WRITE: Access = Access::Scope(Scope::Write);
    /// For commands of moderators.
    pub const MODERATOR: Access = Access::Authority(ServerRole::Moderator);
}

/// The area of the protocol that a command belongs to; its commands are in the folder of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    Session,
    Users,
    Tokens,
    Chats,
    Messages,
    Files,
    Streams,
    Presence,
    Moderation,
}

impl Area {
    /// The value of `x-area` in the published contract.
    pub const fn name(self) -> &'static str {
        match self {
            Area::Session => "session",
            Area::Users => "users",
            Area::Tokens => "tokens",
            Area::Chats => "chats",
            Area::Messages => "messages",
            Area::Files => "files",
            Area::Streams => "streams",
            Area::Presence => "presence",
            Area::Moderation => "moderation",
        }
    }
}

/// The conditions under which a client that lost the reply may repeat a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeatable {
    /// A repetition would act twice, or fail.
    Never,
    /// A repetition has no effect if the client chose the id of what the command creates.
    WithId,
    /// The command only reads, or a repetition is a no-op.
    Always,
}

impl Repeatable {
    /// The value of `x-repeatable` in the published contract.
    pub const fn name(self) -> &'static str {
        match self {
            Repeatable::Never => "never",
            Repeatable::WithId => "withId",
            Repeatable::Always => "always",
        }
    }
}

/// The way in which a command with an `opId` is done once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repetition {
    /// The outcome is kept in the transaction of the change to a chat.
    WithChange,
    /// The command claims its `opId`; its one write that counts ends the claim in the same transaction, if the storage has
    /// transactions that reach so far. It writes through [`Context::claim`].
    WithWrite,
    /// The command claims its `opId`; every storage makes its change of the caller's membership once per `opId`, however
    /// often it runs. It writes through [`Context::claim`].
    WithMembership,
    /// The command claims its `opId`; running it again after a crash does no harm.
    Harmless,
    /// The command claims its `opId`; after a crash a repetition is refused, because it could overwrite later changes.
    Doubtful,
}

/// Another name of a command, common in other servers.
#[derive(Debug)]
pub struct Alias {
    /// The other name.
    pub name: &'static str,
    /// Fields with different names there, with their names here.
    pub fields: &'static [(&'static str, &'static str)],
}

/// A command; its parameters are the fields of the type.
pub trait Command: DeserializeOwned + JsonSchema + Send + 'static {
    /// The name.
    const NAME: &'static str;
    /// Other names of the command.
    const ALIASES: &'static [Alias] = &[];
    /// One sentence for HELP and the reference.
    const SUMMARY: &'static str;
    /// The credentials that the command needs.
    const ACCESS: Access;
    /// The conditions under which a client that lost the reply may repeat the command.
    const REPEATABLE: Repeatable = Repeatable::Never;
    /// True if the command concerns its connection, so that it cannot be sent by POST.
    const NEEDS_CONNECTION: bool = false;
    /// True if the command may carry an `opId`: it makes a durable change in a user's name.
    const TAKES_OP_ID: bool = matches!(Self::ACCESS, Access::Scope(Scope::Write) | Access::Authority(_));
    /// The way in which it is done once.
    const REPETITION: Repetition = Repetition::WithChange;
    /// An example without its `type`.
    const EXAMPLE: &'static str;
    /// The type of the reply.
    type Reply: Serialize + JsonSchema;

    /// The chat whose commit queue lets the command follow another one without waiting for its reply.
    fn pipeline(&self) -> Option<&str> {
        None
    }

    /// The command's cost in the caller's budget: 1, or more if it may read much.
    fn cost(&self) -> u32 {
        1
    }

    /// Checks the fields, makes one call, and returns the response.
    ///
    /// # Errors
    ///
    /// The error that is sent as the reply; its `field` names the field to correct.
    fn run(self, context: &Context) -> impl Future<Output = Result<Response<Self::Reply>>> + Send;

    /// Answers a repetition whose first outcome was not kept, because it is large or because the server stopped too early.
    /// Where that changes something, it MUST be replaced by an answer from the fields and the present state.
    ///
    /// # Errors
    /// As [`Command::run`].
    fn repeat(self, context: &Context) -> impl Future<Output = Result<Response<Self::Reply>>> + Send {
        self.run(context)
    }

    /// The error for a repetition of a command whose reply has a secret, from what its response
    /// [keeps](Response::keeping) of it.
    fn refuse_again(_kept: &str) -> Option<Error> {
        None
    }
}

/// A command whose fields have been parsed.
pub trait Prepared: Send {
    /// See [`Command::pipeline`].
    fn pipeline(&self) -> Option<&str>;
    /// See [`Command::cost`].
    fn cost(&self) -> u32;
    /// The command's `opId`, if it has one.
    fn operation(&self) -> Option<&Operation> {
        None
    }
    /// See [`Command::REPETITION`].
    fn repetition(&self) -> Repetition;
    /// The same command once more, if it has an `opId`.
    fn take_again(&mut self) -> Option<Box<dyn Prepared>> {
        None
    }
    /// See [`Command::refuse_again`].
    fn refuse_again(&self, _kept: &str) -> Option<Error> {
        None
    }
    /// See [`Command::run`]; a panic becomes INTERNAL.
    fn run(self: Box<Self>, context: Context) -> BoxFuture<'static, Result<Encoded>>;
    /// See [`Command::repeat`].
    fn repeat(self: Box<Self>, context: Context) -> BoxFuture<'static, Result<Encoded>>;
}

struct Typed<T>(T);

impl<T: Command> Prepared for Typed<T> {
    fn pipeline(&self) -> Option<&str> {
        self.0.pipeline()
    }

    fn cost(&self) -> u32 {
        self.0.cost()
    }

    fn repetition(&self) -> Repetition {
        T::REPETITION
    }

    fn refuse_again(&self, kept: &str) -> Option<Error> {
        T::refuse_again(kept)
    }

    fn run(self: Box<Self>, context: Context) -> BoxFuture<'static, Result<Encoded>> {
        caught(async move { self.0.run(&context).await.map(Response::encode) })
    }

    fn repeat(self: Box<Self>, context: Context) -> BoxFuture<'static, Result<Encoded>> {
        caught(async move { self.0.repeat(&context).await.map(Response::encode) })
    }
}

/// The command, whose panic becomes INTERNAL.
fn caught(command: impl Future<Output = Result<Encoded>> + Send + 'static) -> BoxFuture<'static, Result<Encoded>> {
    let caught = std::panic::AssertUnwindSafe(command).catch_unwind();
    Box::pin(async move { caught.await.unwrap_or_else(|_| Err(Error::internal("the command panicked"))) })
}

/// A command that carries an `opId`.
pub struct WithOperation {
    /// The command.
    pub command: Box<dyn Prepared>,
    /// The same command, to answer a repetition.
    pub again: Option<Box<dyn Prepared>>,
    /// Its `opId`.
    pub operation: Operation,
}

impl Prepared for WithOperation {
    fn pipeline(&self) -> Option<&str> {
        self.command.pipeline()
    }

    fn cost(&self) -> u32 {
        self.command.cost()
    }

    fn operation(&self) -> Option<&Operation> {
        Some(&self.operation)
    }

    fn repetition(&self) -> Repetition {
        self.command.repetition()
    }

    fn take_again(&mut self) -> Option<Box<dyn Prepared>> {
        self.again.take()
    }

    fn run(self: Box<Self>, context: Context) -> BoxFuture<'static, Result<Encoded>> {
        self.command.run(context)
    }

    fn repeat(self: Box<Self>, context: Context) -> BoxFuture<'static, Result<Encoded>> {
        self.command.repeat(context)
    }
}

/// A command in the table.
#[derive(Debug)]
pub struct Row {
    /// The name.
    pub name: &'static str,
    /// Other names of the command.
    pub aliases: &'static [Alias],
    /// The summary.
    pub summary: &'static str,
    /// The area of the protocol that the command belongs to.
    pub area: Area,
    /// The credentials that the command needs.
    pub access: Access,
    /// The conditions under which a client may repeat the command after a lost reply.
    pub repeatable: Repeatable,
    /// True if the command cannot be sent by POST.
    pub needs_connection: bool,
    /// True if the command may carry an `opId`.
    pub takes_op_id: bool,
    /// Parses the command's fields.
    pub prepare: fn(&Fields<'_>) -> Result<Box<dyn Prepared>>,
    /// The schema of the command's fields.
    pub fields: fn(&mut SchemaGenerator) -> Schema,
    /// The type of the command's reply.
    pub reply_type: fn() -> Cow<'static, str>,
    /// The schema of the command's reply without the `type`.
    pub reply: fn(&mut SchemaGenerator) -> Schema,
    example: &'static str,
}

impl Row {
    /// The row of a command.
    pub const fn of<T: Command>(area: Area) -> Row {
        Row {
            name: T::NAME,
            aliases: T::ALIASES,
            summary: T::SUMMARY,
            area,
            access: T::ACCESS,
            repeatable: T::REPEATABLE,
            needs_connection: T::NEEDS_CONNECTION,
            takes_op_id: T::TAKES_OP_ID,
            prepare: |fields| Ok(Box::new(Typed(wire::params::<T>(fields)?))),
            fields: |generator| T::json_schema(generator),
            reply_type: T::Reply::schema_name,
            reply: |generator| T::Reply::json_schema(generator),
            example: T::EXAMPLE,
        }
    }

    /// The fields as people read them, in declaration order.
    pub fn fields_in_words(&self) -> Vec<Field> {
        let mut fields = field::of_row(self);
        if self.takes_op_id {
            fields.push(field::op_id());
        }
        fields
    }

    /// A complete example, ready to paste.
    pub fn example(&self) -> Value {
        let fields = serde_json::from_str(self.example).expect("a test reads every example");
        let Value::Object(fields) = fields else { return Value::Null };
        let kind = ("type".to_owned(), Value::from(self.name));
        Value::Object(std::iter::once(kind).chain(fields).collect())
    }
}
