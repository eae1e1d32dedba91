//! Spans for the trace exporter that the feature `otlp` installs; without one they cost nothing.

use std::sync::OnceLock;

use opentelemetry::global::BoxedTracer;
use opentelemetry::trace::{
    FutureExt, SpanContext, SpanId, SpanKind, Status, TraceContextExt, TraceFlags, TraceId, TraceState, Tracer,
};
use opentelemetry::{Context, KeyValue, Value};

use crate::ops::traceparent::Traceparent;

/// The tracer belongs to the process, as its log does.
static TRACER: OnceLock<BoxedTracer> = OnceLock::new();

/// Records spans from now on; a second call has no effect.
#[cfg(feature = "otlp")]
pub(super) fn record_with(tracer: BoxedTracer) {
    let _ = TRACER.set(tracer);
}

/// The exported span of a command; none if there is no receiver, or if its trace is not recorded.
#[derive(Debug)]
pub struct ExportedSpan(Option<Context>);

impl ExportedSpan {
    /// No span.
    pub fn none() -> ExportedSpan {
        ExportedSpan(None)
    }

    /// Begins a span in the client's trace, or in a new one.
    pub fn begin(name: &'static str, parent: Option<Traceparent>) -> ExportedSpan {
        let Some(tracer) = TRACER.get() else { return ExportedSpan(None) };
        let above = match parent {
            Some(parent) => Context::new().with_remote_span_context(remote(parent)),
            None => Context::new(),
        };
        let span = tracer.span_builder(name).with_kind(SpanKind::Server).start_with_context(tracer, &above);
        let context = above.with_span(span);
        context.span().set_attribute(KeyValue::new("pichat.command", name));
        ExportedSpan(Some(context))
    }

    /// Adds an attribute.
    pub fn note(&self, name: &'static str, value: Option<impl Into<OwnedValue>>) {
        if let (Some(context), Some(value)) = (&self.0, value) {
            context.span().set_attribute(KeyValue::new(name, value.into().0));
        }
    }

    /// Runs work whose log lines and parts belong to the span.
    pub fn run<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
        work.with_context(self.0.clone().unwrap_or_default())
    }

    /// Logs lines that belong to the span.
    pub fn log(&self, lines: impl FnOnce()) {
        let _in_span = self.0.clone().map(Context::attach);
        lines();
    }

    /// Begins a part of the span.
    pub fn part(&self, name: &'static str) -> PartSpan {
        self.0.as_ref().map_or(PartSpan(None), |context| PartSpan::of(context, name))
    }

    /// Ends the span.
    pub fn end(&self, code: &'static str, is_fault: bool) {
        let Some(context) = &self.0 else { return };
        let span = context.span();
        span.set_attribute(KeyValue::new("pichat.code", code));
        if is_fault {
            span.set_status(Status::error(code));
        }
        span.end();
    }
}

/// An attribute value, which is copied only when it is exported.
#[derive(Debug)]
pub struct OwnedValue(Value);

impl From<&str> for OwnedValue {
    fn from(text: &str) -> Self {
        OwnedValue(Value::from(text.to_owned()))
    }
}

impl From<i64> for OwnedValue {
    fn from(number: i64) -> Self {
        OwnedValue(Value::from(number))
    }
}

/// A part of a command, which ends when this value is dropped.
#[derive(Debug)]
pub struct PartSpan(Option<Context>);

impl PartSpan {
    /// Starts a part of the command that runs on this task; none if no command runs.
    pub fn here(name: &'static str) -> PartSpan {
        match TRACER.get() {
            Some(_) => PartSpan::of(&Context::current(), name),
            None => PartSpan(None),
        }
    }

    fn of(context: &Context, name: &'static str) -> PartSpan {
        let tracer = TRACER.get().filter(|_| context.span().is_recording());
        PartSpan(tracer.map(|tracer| {
            let span = tracer.span_builder(name).with_kind(SpanKind::Internal).start_with_context(tracer, context);
            context.with_span(span)
        }))
    }

    /// Adds a number.
    pub fn note(&self, name: &'static str, number: usize) {
        if let Some(context) = &self.0 {
            context.span().set_attribute(KeyValue::new(name, number as i64));
        }
    }
}

impl Drop for PartSpan {
    fn drop(&mut self) {
        if let Some(context) = &self.0 {
            context.span().end();
        }
    }
}

fn remote(parent: Traceparent) -> SpanContext {
    let flags = if parent.is_sampled { TraceFlags::SAMPLED } else { TraceFlags::NOT_SAMPLED };
    let trace = TraceId::from_bytes(parent.trace);
    SpanContext::new(trace, SpanId::from_bytes(parent.span), flags, true, TraceState::default())
}
