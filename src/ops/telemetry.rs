//! Metrics and logs.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use metrics::{Counter, Gauge, Histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{FilterExt, LevelFilter, filter_fn};
use tracing_subscriber::layer::{Filter, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use crate::ops::config::{BadSetting, Config, LogFormat};
#[cfg(feature = "otlp")]
use crate::ops::otlp;

/// The crate whose log lines may be written at every level.
const OWN_TARGET: &str = "pichat";

/// In seconds; a commit takes from microseconds in memory to seconds on a failing disk.
const COMMIT_BUCKETS: [f64; 12] = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];

/// In seconds; a command takes from microseconds to the seconds of a password hash on a busy machine.
const COMMAND_BUCKETS: [f64; 10] = [0.0001, 0.0005, 0.001, 0.0025, 0.01, 0.05, 0.1, 0.5, 2.5, 10.0];

/// Changes; a batch has at most the last.
const BATCH_BUCKETS: [f64; 11] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0];

/// Counts, by handles that are looked up once.
#[derive(Debug)]
pub struct Telemetry {
    /// Open connections.
    pub connections: Gauge,
    /// Users with a connection to this node.
    pub users_online: Gauge,
    /// Open HTTP connections, without those that became WebSockets.
    pub http_connections: Gauge,
    /// Frames written to clients, including replies.
    pub delivered: Counter,
    /// Bytes queued in all outboxes.
    pub outbox_bytes: Gauge,
    /// Seconds until a batch was durable.
    pub commit_seconds: Histogram,
    /// Changes in a batch.
    pub batch_changes: Histogram,
    /// 1 while the connection to other nodes is up.
    pub bus_up: Gauge,
    /// Messages published to other nodes.
    pub node_messages_sent: Counter,
    /// Messages received from Redis, including this node's own.
    pub node_messages_received: Counter,
    /// Messages dropped because a queue was full.
    pub node_messages_lost: Counter,
    missing: Counter,
    found: Counter,
    commands: HashMap<&'static str, CommandCounts>,
    process: metrics_process::Collector,
    answered: AtomicU64,
    /// The duration from which a command is logged as slow.
    slow_command: Option<Duration>,
}

/// The handles of one command.
#[derive(Debug)]
struct CommandCounts {
    succeeded: Counter,
    seconds: Histogram,
}

impl CommandCounts {
    fn new(command: &'static str) -> Self {
        for code in FAULTS {
            begin(metrics::counter!("pichat_commands_total", "command" => command, "code" => code));
        }
        CommandCounts {
            succeeded: metrics::counter!("pichat_commands_total", "command" => command, "code" => "OK"),
            seconds: metrics::histogram!("pichat_command_seconds", "command" => command),
        }
    }
}

/// The recorder belongs to the process; a second server in the process counts into the same one.
fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full("pichat_commit_seconds".into()), &COMMIT_BUCKETS)
            .and_then(|builder| {
                builder.set_buckets_for_metric(Matcher::Full("pichat_command_seconds".into()), &COMMAND_BUCKETS)
            })
            .and_then(|builder| {
                let requests = Matcher::Full("pichat_storage_request_seconds".into());
                builder.set_buckets_for_metric(requests, &COMMAND_BUCKETS)
            })
            .and_then(|builder| {
                let changes = Matcher::Full("pichat_batch_changes".into());
                builder.set_buckets_for_metric(changes, &BATCH_BUCKETS)
            })
            .expect("the buckets are not empty")
            .install_recorder()
            .expect("no other recorder is ever installed")
    })
}

/// A request to the database: counted when it begins, and timed until it is dropped.
#[derive(Debug)]
pub struct StorageRequest {
    kind: &'static str,
    since: Instant,
}

impl StorageRequest {
    /// Begins a read or a write.
    pub fn begin(is_reading: bool) -> Self {
        let kind = if is_reading { "read" } else { "write" };
        metrics::counter!("pichat_storage_requests_total", "kind" => kind).increment(1);
        StorageRequest { kind, since: Instant::now() }
    }
}

impl Drop for StorageRequest {
    fn drop(&mut self) {
        metrics::histogram!("pichat_storage_request_seconds", "kind" => self.kind).record(self.since.elapsed());
    }
}

/// Counts ephemeral events dropped for a slow client.
pub fn count_shed(events: u64) {
    if events > 0 {
        metrics::counter!("pichat_shed_total").increment(events);
    }
}

/// Counts one LAGGED frame.
pub fn count_lagged() {
    metrics::counter!("pichat_lagged_total").increment(1);
}

/// Counts one connection closed by the server, with its close code.
pub fn count_close(code: u16) {
    metrics::counter!("pichat_closes_total", "code" => code.to_string()).increment(1);
}

/// Counts one response to an HTTP request. `path` is a route, not text from a client.
pub fn count_http_response(path: &'static str, status: u16) {
    metrics::counter!("pichat_http_responses_total", "path" => path, "status" => status.to_string()).increment(1);
}

/// Counts refused credentials.
pub fn count_refused_credentials(reason: &'static str) {
    metrics::counter!("pichat_refused_credentials_total", "reason" => reason).increment(1);
}

impl Telemetry {
    /// Looks up the handles, one for each of these commands. A command is slow from `slow_command` on.
    pub fn new(commands: impl Iterator<Item = &'static str>, slow_command: Option<Duration>) -> Self {
        recorder();
        describe();
        begin_at_zero();
        let process = metrics_process::Collector::default();
        process.describe();
        metrics::gauge!("pichat_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        Telemetry {
            connections: metrics::gauge!("pichat_connections"),
            users_online: metrics::gauge!("pichat_users_online"),
            http_connections: metrics::gauge!("pichat_http_connections"),
            delivered: metrics::counter!("pichat_delivered_total"),
            outbox_bytes: metrics::gauge!("pichat_outbox_bytes"),
            commit_seconds: metrics::histogram!("pichat_commit_seconds"),
            batch_changes: metrics::histogram!("pichat_batch_changes"),
            bus_up: metrics::gauge!("pichat_bus_up"),
            node_messages_sent: metrics::counter!("pichat_bus_sent_total"),
            node_messages_received: metrics::counter!("pichat_bus_received_total"),
            node_messages_lost: metrics::counter!("pichat_bus_lost_total"),
            missing: metrics::counter!("pichat_bus_missing_total"),
            found: metrics::counter!("pichat_bus_found_total"),
            commands: commands.map(|name| (name, CommandCounts::new(name))).collect(),
            process,
            answered: AtomicU64::new(0),
            slow_command,
        }
    }

    /// Counts one answered command, which arrived at `since`; `code` is none if it succeeded.
    pub fn answered(&self, command: &'static str, code: Option<&'static str>, since: Instant) {
        self.answered.fetch_add(1, Ordering::Relaxed);
        let counts = self.commands.get(command);
        match (code, counts) {
            (None, Some(counts)) => counts.succeeded.increment(1),
            (code, _) => {
                let code = code.unwrap_or("OK");
                metrics::counter!("pichat_commands_total", "command" => command, "code" => code).increment(1);
            }
        }
        if let Some(counts) = counts {
            counts.seconds.record(since.elapsed());
        }
    }

    /// The time since a command's arrival, if it is slow.
    pub fn slow(&self, since: Instant) -> Option<Duration> {
        let took = since.elapsed();
        self.slow_command.filter(|least| took >= *least).map(|_| took)
    }

    /// The number of commands answered by this node.
    pub fn commands(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
    }

    /// Counts one committed batch.
    pub fn committed(&self, changes: usize, took: Duration) {
        self.commit_seconds.record(took);
        self.batch_changes.record(changes as f64);
    }

    /// Counts events that did not arrive, and those of them found in the storage.
    pub fn repaired(&self, missing: u64, found: u64) {
        self.missing.increment(missing);
        self.found.increment(found);
    }

    /// All metrics in Prometheus's text format.
    pub fn render(&self) -> String {
        self.process.collect();
        recorder().render()
    }

    /// Keeps histograms from growing; must be called every few seconds.
    pub fn upkeep(&self) {
        recorder().run_upkeep();
    }
}

/// Codes of errors for which the server is at fault.
const FAULTS: [&str; 2] = ["INTERNAL", "UNAVAILABLE"];
/// Reasons for which credentials are refused.
const REFUSALS: [&str; 4] = ["wrong password", "unknown account", "account refused", "token refused"];
/// Codes with which the server closes connections.
const CLOSES: [&str; 10] = ["1000", "1002", "1007", "1009", "1012", "1013", "4400", "4401", "4403", "4429"];

/// Makes a counter appear in the metrics before its first event: Prometheus sees no increase in a series that begins
/// with it.
fn begin(counter: Counter) {
    counter.increment(0);
}

fn begin_at_zero() {
    begin(metrics::counter!("pichat_shed_total"));
    begin(metrics::counter!("pichat_lagged_total"));
    for kind in ["read", "write"] {
        begin(metrics::counter!("pichat_storage_requests_total", "kind" => kind));
    }
    for reason in REFUSALS {
        begin(metrics::counter!("pichat_refused_credentials_total", "reason" => reason));
    }
    for code in CLOSES {
        begin(metrics::counter!("pichat_closes_total", "code" => code));
    }
}

/// Makes the counters of these jobs appear before their first run.
pub fn expect_jobs(jobs: impl Iterator<Item = &'static str>) {
    begin(metrics::counter!("pichat_scrub_records_total"));
    begin(metrics::counter!("pichat_scrub_problems_total"));
    for job in jobs {
        for outcome in ["ok", "failed"] {
            begin(metrics::counter!("pichat_job_runs_total", "job" => job, "outcome" => outcome));
        }
    }
}

/// Makes the counters of a route's responses appear before its first request: of those that succeed with this status,
/// and of those for which the server is at fault or at a limit.
pub fn expect_responses(path: &'static str, success: u16) {
    for status in [success, 429, 500, 503] {
        begin(metrics::counter!("pichat_http_responses_total", "path" => path, "status" => status.to_string()));
    }
}

/// Makes the counters of these operations appear before the first request to Cosmos DB.
pub fn expect_cosmos_requests(operations: &[&'static str]) {
    for operation in operations {
        for status in ["good", "429"] {
            begin(metrics::counter!("pichat_cosmos_requests_total", "operation" => *operation, "status" => status));
        }
    }
}

fn describe() {
    metrics::describe_gauge!("pichat_connections", "Open connections.");
    metrics::describe_gauge!("pichat_users_online", "Users with a connection to this node.");
    metrics::describe_gauge!(
        "pichat_http_connections",
        "Open HTTP connections, including those whose request has not fully arrived."
    );
    metrics::describe_counter!("pichat_commands_total", "Commands answered, by command and result code.");
    metrics::describe_histogram!(
        "pichat_command_seconds",
        "Seconds from a command's arrival to its reply, by command."
    );
    metrics::describe_counter!("pichat_delivered_total", "Frames written to clients, including replies.");
    metrics::describe_gauge!("pichat_files", "Complete files on all nodes, counted once a minute.");
    metrics::describe_gauge!("pichat_file_bytes", "Size of complete files in bytes.");
    metrics::describe_counter!("pichat_job_runs_total", "Runs of the server's jobs on this node, by job and outcome.");
    metrics::describe_histogram!("pichat_job_seconds", "Seconds that a run of a job took, by job.");
    metrics::describe_gauge!(
        "pichat_job_last_success_timestamp_seconds",
        "Time of the latest successful run of a job on this node, by job."
    );
    metrics::describe_counter!("pichat_scrub_records_total", "Stored records that this node has checked.");
    metrics::describe_counter!("pichat_scrub_problems_total", "Problems that this node has found in stored records.");
    metrics::describe_gauge!("pichat_outbox_bytes", "Bytes queued in all outboxes.");
    metrics::describe_histogram!("pichat_commit_seconds", "Seconds until a batch was durable.");
    metrics::describe_histogram!("pichat_batch_changes", "Changes per committed batch.");
    metrics::describe_counter!("pichat_shed_total", "Ephemeral events dropped for slow clients.");
    metrics::describe_gauge!("pichat_bus_up", "1 while the connection to other nodes is up, otherwise 0.");
    metrics::describe_counter!("pichat_bus_sent_total", "Messages published to other nodes.");
    metrics::describe_counter!("pichat_bus_received_total", "Messages received from nodes, including this one's own.");
    metrics::describe_counter!("pichat_bus_lost_total", "Messages between nodes dropped because a queue was full.");
    metrics::describe_counter!("pichat_bus_missing_total", "Events from other nodes that did not arrive in time.");
    metrics::describe_counter!("pichat_bus_found_total", "Missing events recovered from the database.");
    metrics::describe_counter!("pichat_storage_requests_total", "Requests to the database, by kind (read or write).");
    metrics::describe_histogram!(
        "pichat_storage_request_seconds",
        "Seconds that a request to the database took, waiting included, by kind (read or write)."
    );
    metrics::describe_counter!("pichat_cosmos_requests_total", "Requests to Cosmos DB, by operation and status.");
    metrics::describe_histogram!(
        "pichat_cosmos_request_units",
        "Request units per request to Cosmos DB, by operation."
    );
    metrics::describe_counter!("pichat_lagged_total", "LAGGED frames sent to slow clients instead of a chat's events.");
    metrics::describe_counter!("pichat_closes_total", "WebSocket connections closed by the server, by close code.");
    metrics::describe_counter!("pichat_http_responses_total", "HTTP responses, by path and status.");
    metrics::describe_counter!("pichat_refused_credentials_total", "Refused passwords and tokens, by reason.");
    metrics::describe_counter!(
        "pichat_otlp_dropped_total",
        "Spans and log lines that were not exported, by signal: the queue was full or the receiver did not accept them."
    );
    metrics::describe_gauge!("pichat_build_info", "1, with the version of the server as a label.");
}

/// The log of the process, and its exports.
#[derive(Debug, Default)]
pub struct Logging {
    #[cfg(feature = "otlp")]
    exports: otlp::Exports,
}

impl Logging {
    /// Starts exporting, on the caller's runtime.
    pub fn start_exports(&mut self) {
        #[cfg(feature = "otlp")]
        self.exports.start();
    }

    /// Sends the remaining records, within a bounded time.
    pub async fn finish(self) {
        #[cfg(feature = "otlp")]
        self.exports.finish().await;
    }
}

/// Writes log lines to standard error from now on, and to the OTLP receiver once exports are started; a second call in
/// one process has no effect.
///
/// # Errors
/// Fails if the receiver's address is invalid.
pub fn start_logging(config: &Config) -> Result<Logging, BadSetting> {
    let lines = fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    let lines = match config.log_format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    #[cfg_attr(not(feature = "otlp"), expect(unused_mut, reason = "only exports add one"))]
    let mut layers = vec![lines.with_filter(discreet(&config.log_level)).boxed()];
    #[cfg_attr(not(feature = "otlp"), expect(unused_mut, reason = "only exports change it"))]
    let mut logging = Logging::default();
    #[cfg(feature = "otlp")]
    if let Some(settings) = &config.otlp {
        let (exports, exported) = otlp::Exports::prepare(settings)?;
        logging.exports = exports;
        layers.extend(exported.map(|exported| exported.with_filter(discreet(&config.log_level)).boxed()));
    }
    let _ = tracing_subscriber::registry().with(layers).try_init();
    Ok(logging)
}

/// Lets the lines of a LOG_LEVEL through.
fn discreet<S: Subscriber + for<'a> LookupSpan<'a>>(level: &str) -> impl Filter<S> + use<S> {
    // A filter that names no level would count as one that needs every line: libraries would then prepare several for
    // each frame, only to have them thrown away.
    EnvFilter::new(level).and(filter_fn(is_discreet).with_max_level_hint(LevelFilter::TRACE))
}

/// True if a line may be written at all, at any LOG_LEVEL. Libraries log frames, header fields and the
/// parameters of statements at `debug` and `trace`: passwords and tokens among them.
fn is_discreet(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let is_own = target == OWN_TARGET || target.strip_prefix(OWN_TARGET).is_some_and(|rest| rest.starts_with("::"));
    is_own || *metadata.level() <= Level::INFO
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::Registry;
    use tracing_subscriber::filter::LevelFilter;
    use tracing_subscriber::layer::Filter;

    use super::discreet;

    #[test]
    fn lines_below_the_level_are_not_prepared() {
        for (setting, level) in [
            ("error", LevelFilter::ERROR),
            ("warn", LevelFilter::WARN),
            ("info", LevelFilter::INFO),
            ("warn,pichat=debug", LevelFilter::DEBUG),
        ] {
            assert_eq!(discreet::<Registry>(setting).max_level_hint(), Some(level), "{setting}");
        }
    }
}
