use std::time::Duration;

use futures_util::future::BoxFuture;
use metrics::Counter;
use opentelemetry::InstrumentationScope;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::logs::{LogBatch, LogExporter, LogProcessor, SdkLogRecord};
use opentelemetry_sdk::trace::{Span, SpanData, SpanExporter, SpanProcessor};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

/// Maximum number of waiting records: about 4 MB of spans.
const WAITING: usize = 4096;
/// Maximum number of records in a request.
const TOGETHER: usize = 512;
/// Maximum time for which a record waits for others to be sent with it.
const GATHER: Duration = Duration::from_secs(1);

/// The end of a queue at which records are added.
#[derive(Debug)]
struct QueueEntrance<T> {
    records: mpsc::Sender<T>,
    signal: &'static str,
}

impl<T> QueueEntrance<T> {
    fn put(&self, record: T) {
        if self.records.try_send(record).is_err() {
            // Looked up only now, because there is no recorder yet when the queue is created.
            dropped(self.signal).increment(1);
        }
    }
}

fn dropped(signal: &'static str) -> Counter {
    metrics::counter!("pichat_otlp_dropped_total", "signal" => signal)
}

/// Spans that have ended.
#[derive(Debug)]
pub(super) struct SpanQueue(QueueEntrance<SpanData>);

impl SpanQueue {
    /// Creates a queue and the task that sends its records.
    pub(super) fn new(exporter: impl SpanExporter + 'static, within: Duration) -> (SpanQueue, SendTask) {
        let (records, queued) = mpsc::channel(WAITING);
        let sending = SendLoop { signal: "traces", exporter: SpanSender(exporter), queued, within };
        (SpanQueue(QueueEntrance { records, signal: "traces" }), SendTask::new(sending))
    }
}

impl SpanProcessor for SpanQueue {
    fn on_start(&self, _: &mut Span, _: &opentelemetry::Context) {}

    fn on_end(&self, span: SpanData) {
        if span.span_context.is_sampled() {
            self.0.put(span);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

/// A log line with the scope that the exporter needs.
#[derive(Debug)]
struct QueuedLine {
    line: SdkLogRecord,
    scope: InstrumentationScope,
}

/// Log lines.
#[derive(Debug)]
pub(super) struct LogQueue(QueueEntrance<QueuedLine>);

impl LogQueue {
    /// Creates a queue and the task that sends its records.
    pub(super) fn new(exporter: impl LogExporter + 'static, within: Duration) -> (LogQueue, SendTask) {
        let (records, queued) = mpsc::channel(WAITING);
        let sending = SendLoop { signal: "logs", exporter: LineSender(exporter), queued, within };
        (LogQueue(QueueEntrance { records, signal: "logs" }), SendTask::new(sending))
    }
}

impl LogProcessor for LogQueue {
    fn emit(&self, line: &mut SdkLogRecord, scope: &InstrumentationScope) {
        self.0.put(QueuedLine { line: line.clone(), scope: scope.clone() });
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

/// Sends records of one kind.
trait RecordExporter<R>: Send + 'static {
    /// Sends records; any that could not be sent are dropped.
    fn send(&self, records: Vec<R>) -> impl Future<Output = OTelSdkResult> + Send;
}

struct SpanSender<E>(E);

impl<E: SpanExporter + 'static> RecordExporter<SpanData> for SpanSender<E> {
    async fn send(&self, records: Vec<SpanData>) -> OTelSdkResult {
        self.0.export(records).await
    }
}

struct LineSender<E>(E);

impl<E: LogExporter + 'static> RecordExporter<QueuedLine> for LineSender<E> {
    async fn send(&self, records: Vec<QueuedLine>) -> OTelSdkResult {
        let lines: Vec<_> = records.iter().map(|queued| (&queued.line, &queued.scope)).collect();
        self.0.export(LogBatch::new(&lines)).await
    }
}

/// A task that sends queued records until it is stopped.
pub(super) struct SendTask(Box<dyn FnOnce(CancellationToken) -> BoxFuture<'static, ()> + Send + Sync>);

impl std::fmt::Debug for SendTask {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SendTask").finish_non_exhaustive()
    }
}

impl SendTask {
    fn new<E: RecordExporter<R> + Sync, R: Send + 'static>(sending: SendLoop<E, R>) -> SendTask {
        SendTask(Box::new(move |stop| Box::pin(sending.run(stop))))
    }

    pub(super) async fn run(self, stop: CancellationToken) {
        (self.0)(stop).await;
    }
}

struct SendLoop<E, R> {
    signal: &'static str,
    exporter: E,
    queued: mpsc::Receiver<R>,
    within: Duration,
}

impl<E: RecordExporter<R> + Sync, R: Send + 'static> SendLoop<E, R> {
    async fn run(mut self, stop: CancellationToken) {
        let mut is_working = true;
        while let Some(records) = self.gather(&stop).await {
            let count = records.len();
            let sent = timeout(self.within, self.exporter.send(records)).await;
            let problem = match sent {
                Ok(Ok(())) => None,
                Ok(Err(error)) => Some(error.to_string()),
                Err(_) => Some("the receiver did not respond in time".to_owned()),
            };
            if problem.is_some() {
                dropped(self.signal).increment(count as u64);
            }
            // Logged once per change, so that a receiver that is down for a day takes two lines.
            if let Some(problem) = problem.as_ref().filter(|_| is_working) {
                tracing::warn!(
                    signal = self.signal,
                    problem,
                    "the OTLP receiver accepts no records; pichat_otlp_dropped_total counts the lost ones"
                );
            } else if problem.is_none() && !is_working {
                tracing::info!(signal = self.signal, "the OTLP receiver accepts records again");
            }
            is_working = problem.is_none();
        }
    }

    /// The next records to send together; none once it is stopped and everything was taken.
    async fn gather(&mut self, stop: &CancellationToken) -> Option<Vec<R>> {
        let mut records = Vec::with_capacity(TOGETHER);
        tokio::select! {
            biased;
            count = self.queued.recv_many(&mut records, TOGETHER) => if count == 0 { return None },
            () = stop.cancelled() => self.queued.close(),
        }
        let until = Instant::now() + GATHER;
        while records.len() < TOGETHER {
            let max = TOGETHER - records.len();
            let more = tokio::select! {
                biased;
                more = timeout_at(until, self.queued.recv_many(&mut records, max)) => more,
                () = stop.cancelled(), if !self.queued.is_closed() => { self.queued.close(); continue }
            };
            // Either the time is up, or the queue is closed and empty.
            if !matches!(more, Ok(1..)) {
                break;
            }
        }
        if records.is_empty() { None } else { Some(records) }
    }
}
