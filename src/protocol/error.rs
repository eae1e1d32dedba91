//! The error that clients see: a code from a closed list, a message for people, and a cause that never leaves the
//! process.

use std::borrow::Cow;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A result that fails with an [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error code, chosen by what the client can do about it; the list is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// The frame is not a JSON object or an array of objects, or is nested too deeply.
    InvalidJson,
    /// There is no command of that `type`.
    UnknownCommand,
    /// A field is missing, unknown, of the wrong type or out of range.
    InvalidArgument,
    /// No credentials, or wrong ones.
    Unauthenticated,
    /// The token was valid once.
    TokenExpired,
    /// The caller is known but not allowed to do this.
    Forbidden,
    /// The target does not exist, or is hidden from the caller.
    NotFound,
    /// The name is taken, the id belongs to another user, or the current state does not allow the change.
    Conflict,
    /// The frame, content or batch exceeds its limit.
    TooLarge,
    /// The client must slow down; `retryAfterMs` is the delay.
    RateLimited,
    /// The storage or the bus is not responding; safe to retry with the same ids.
    Unavailable,
    /// The server failed.
    Internal,
}

impl Code {
    /// Every code, in the order of the protocol's table.
    pub const ALL: [Code; 12] = [
        Code::InvalidJson,
        Code::UnknownCommand,
        Code::InvalidArgument,
        Code::Unauthenticated,
        Code::TokenExpired,
        Code::Forbidden,
        Code::NotFound,
        Code::Conflict,
        Code::TooLarge,
        Code::RateLimited,
        Code::Unavailable,
        Code::Internal,
    ];

    /// The code on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Code::InvalidJson => "INVALID_JSON",
            Code::UnknownCommand => "UNKNOWN_COMMAND",
            Code::InvalidArgument => "INVALID_ARGUMENT",
            Code::Unauthenticated => "UNAUTHENTICATED",
            Code::TokenExpired => "TOKEN_EXPIRED",
            Code::Forbidden => "FORBIDDEN",
            Code::NotFound => "NOT_FOUND",
            Code::Conflict => "CONFLICT",
            Code::TooLarge => "TOO_LARGE",
            Code::RateLimited => "RATE_LIMITED",
            Code::Unavailable => "UNAVAILABLE",
            Code::Internal => "INTERNAL",
        }
    }

    /// The HTTP status that `POST /command` answers with.
    pub fn http_status(self) -> u16 {
        match self {
            Code::InvalidJson | Code::UnknownCommand | Code::InvalidArgument => 400,
            Code::Unauthenticated | Code::TokenExpired => 401,
            Code::Forbidden => 403,
            Code::NotFound => 404,
            Code::Conflict => 409,
            Code::TooLarge => 413,
            Code::RateLimited => 429,
            Code::Unavailable => 503,
            Code::Internal => 500,
        }
    }
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Refuses a command.
#[derive(Debug, thiserror::Error)]
#[error("{}: {message}", code.name())]
pub struct Error {
    /// The error's code.
    pub code: Code,
    /// A message for people, without internals.
    pub message: Cow<'static, str>,
    /// The path of the field to correct: `message.content`, `members[1]`.
    pub field: Option<Cow<'static, str>>,
    /// Milliseconds to wait before trying again.
    pub retry_after: Option<Duration>,
    /// The underlying cause; logged, never sent.
    #[source]
    pub cause: Option<Cause>,
}

impl Error {
    /// An error with a code and a message.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Error { code, message: message.into(), field: None, retry_after: None, cause: None }
    }

    /// A field that is missing, unknown, of the wrong type or out of range.
    pub fn invalid(field: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Error::new(Code::InvalidArgument, message).at(field)
    }

    /// The target does not exist, or is hidden from the caller.
    pub fn not_found(field: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Error::new(Code::NotFound, message).at(field)
    }

    /// The caller is known but not allowed to do this.
    pub fn forbidden(message: impl Into<Cow<'static, str>>) -> Self {
        Error::new(Code::Forbidden, message)
    }

    /// A CONFLICT with the present state.
    pub fn conflict(message: impl Into<Cow<'static, str>>) -> Self {
        Error::new(Code::Conflict, message)
    }

    /// The storage or the bus is not responding; the command may be retried with the same ids.
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        let mut error = Error::new(Code::Unavailable, "the storage is not responding; try again with the same ids");
        error.cause = Some(cause.into());
        error
    }

    /// A temporary failure; the same command may be retried.
    pub fn passing(message: &'static str) -> Self {
        let mut error = Error::new(Code::Unavailable, message);
        error.retry_after = Some(Duration::from_millis(100));
        error
    }

    /// A fault of the server.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        let mut error = Error::new(Code::Internal, "the server failed on this command; it has been logged");
        error.cause = Some(cause.into());
        error
    }

    /// Names the field to correct.
    pub fn at(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// A copy for another caller; the cause stays with the first.
    pub fn repeated(&self) -> Self {
        Error {
            code: self.code,
            message: self.message.clone(),
            field: self.field.clone(),
            retry_after: self.retry_after,
            cause: None,
        }
    }
}
