//! The span of a command: the fields of its log lines, and its exported trace.

use std::future::Future;

use tracing::{Instrument, Span};

use super::exported_span::{ExportedSpan, PartSpan};
use super::traceparent::Traceparent;

/// A command as it appears in logs and traces.
#[derive(Clone, Copy, Debug, Default)]
pub struct CommandCall<'a> {
    /// The command's name; none if there is no such command.
    pub command: Option<&'static str>,
    /// The number of the calling connection.
    pub connection: Option<u64>,
    /// The client's id for the command, as JSON.
    pub request_id: Option<&'a str>,
    /// The client's trace.
    pub parent: Option<Traceparent>,
}

/// The time from a command's arrival to its reply.
#[derive(Debug)]
pub struct CommandSpan {
    /// Adds the command to its log lines.
    lines: Span,
    exported: ExportedSpan,
}

impl CommandSpan {
    /// Begins the span of a command.
    pub fn begin(call: &CommandCall<'_>) -> CommandSpan {
        let command = call.command.unwrap_or("unknown");
        let CommandCall { connection, request_id, parent, .. } = *call;
        // At the error level, so that it is added to lines of every level.
        let lines = tracing::error_span!("command", command, connection, request_id);
        let exported = ExportedSpan::begin(command, parent);
        exported.note("pichat.connection", connection.and_then(|number| i64::try_from(number).ok()));
        exported.note("pichat.request_id", request_id);
        CommandSpan { lines, exported }
    }

    /// The span of work that the server does for itself.
    pub fn none() -> CommandSpan {
        CommandSpan { lines: Span::none(), exported: ExportedSpan::none() }
    }

    /// Runs the command's work: its log lines and its requests to the store belong to the command.
    pub fn run<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
        self.exported.run(work.instrument(self.lines.clone()))
    }

    /// Writes log lines that belong to the command.
    pub fn log(&self, lines: impl FnOnce()) {
        self.exported.log(|| self.lines.in_scope(lines));
    }

    /// Records an id that the caller may see.
    pub fn note(&self, name: &'static str, id: Option<&str>) {
        self.exported.note(name, id);
    }

    /// Begins a part of the command.
    pub fn part(&self, name: &'static str) -> PartSpan {
        self.exported.part(name)
    }

    /// Ends the span. `code` is that of the error, if any; `is_fault` is true if the server is at fault.
    pub fn end(&self, code: Option<&'static str>, is_fault: bool) {
        self.exported.end(code.unwrap_or("OK"), is_fault);
    }
}
