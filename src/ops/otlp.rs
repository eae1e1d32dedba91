//! Traces and log lines over OTLP/HTTP, if a receiver is set.
//!
//! Records are put into bounded queues, each with a task that sends them. A record that does not fit, or cannot be
//! sent, is counted and dropped: the server neither waits for the receiver nor fails with it.

mod queue;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::global::BoxedTracer;
use opentelemetry::trace::TracerProvider;
use opentelemetry_appender_tracing::layer::{OpenTelemetryTracingBridge, TracingSpanAttributes};
use opentelemetry_http::HttpClient;
use opentelemetry_otlp::{ExporterBuildError, LogExporter, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use secrecy::ExposeSecret;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::{Layer, Registry};

use crate::ops::config::{BadSetting, OtlpSampler, OtlpSettings};
use crate::ops::{crypto, exported_span};
use queue::{LogQueue, SendTask, SpanQueue};

/// Time limit for sending the remaining records at the end.
const FLUSH_WITHIN: Duration = Duration::from_secs(3);

/// A layer of the process's log.
pub(super) type LogLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// The tasks that send records.
#[derive(Debug, Default)]
pub struct Exports {
    waiting: Vec<SendTask>,
    running: Vec<JoinHandle<()>>,
    stop: CancellationToken,
}

impl Exports {
    /// Creates the queues, and the layer that passes log lines to theirs.
    ///
    /// # Errors
    /// Fails if the receiver's address or a header is invalid.
    pub(super) fn prepare(settings: &OtlpSettings) -> Result<(Exports, Option<LogLayer>), BadSetting> {
        crypto::install();
        let client = reqwest::Client::builder().timeout(settings.timeout).build();
        let client: Arc<dyn HttpClient> = Arc::new(client.map_err(|error| refused(&error))?);
        let resource = resource(settings);
        let mut exports = Exports::default();
        if settings.traces {
            let mut exporter = span_exporter(settings, client.clone()).map_err(|error| refused(&error))?;
            opentelemetry_sdk::trace::SpanExporter::set_resource(&mut exporter, &resource);
            let (queue, task) = SpanQueue::new(exporter, settings.timeout);
            let provider = SdkTracerProvider::builder()
                .with_resource(resource.clone())
                .with_sampler(sampler(settings.sampler))
                .with_span_processor(queue)
                .build();
            exported_span::record_with(BoxedTracer::new(Box::new(provider.tracer("pichat"))));
            exports.waiting.push(task);
        }
        if !settings.logs {
            return Ok((exports, None));
        }
        let mut exporter = log_exporter(settings, client).map_err(|error| refused(&error))?;
        opentelemetry_sdk::logs::LogExporter::set_resource(&mut exporter, &resource);
        let (queue, task) = LogQueue::new(exporter, settings.timeout);
        let provider = SdkLoggerProvider::builder().with_resource(resource).with_log_processor(queue).build();
        let lines = OpenTelemetryTracingBridge::builder(&provider)
            .with_tracing_span_attributes(TracingSpanAttributes::all())
            .build();
        exports.waiting.push(task);
        Ok((exports, Some(lines.boxed())))
    }

    /// Starts the tasks on the caller's runtime.
    pub fn start(&mut self) {
        let tasks = std::mem::take(&mut self.waiting);
        self.running.extend(tasks.into_iter().map(|task| tokio::spawn(task.run(self.stop.clone()))));
    }

    /// Sends the remaining records, within a bounded time.
    pub async fn finish(self) {
        self.stop.cancel();
        let all = futures_util::future::join_all(self.running);
        if tokio::time::timeout(FLUSH_WITHIN, all).await.is_err() {
            tracing::warn!("the last traces and log lines were not sent in time");
        }
    }
}

fn refused(error: &dyn std::error::Error) -> BadSetting {
    BadSetting { name: "OTEL_EXPORTER_OTLP_ENDPOINT".into(), problem: error.to_string() }
}

fn span_exporter(settings: &OtlpSettings, client: Arc<dyn HttpClient>) -> Result<SpanExporter, ExporterBuildError> {
    let exporter = SpanExporter::builder().with_http().with_shared_http_client(client).with_headers(headers(settings));
    exporter.with_endpoint(format!("{}/v1/traces", settings.endpoint)).with_timeout(settings.timeout).build()
}

fn log_exporter(settings: &OtlpSettings, client: Arc<dyn HttpClient>) -> Result<LogExporter, ExporterBuildError> {
    let exporter = LogExporter::builder().with_http().with_shared_http_client(client).with_headers(headers(settings));
    exporter.with_endpoint(format!("{}/v1/logs", settings.endpoint)).with_timeout(settings.timeout).build()
}

fn headers(settings: &OtlpSettings) -> HashMap<String, String> {
    let header =
        |header: &crate::ops::config::OtlpHeader| (header.name.clone(), header.value.expose_secret().to_owned());
    settings.headers.iter().map(header).collect()
}

fn resource(settings: &OtlpSettings) -> Resource {
    let own = settings.attributes.iter().map(|own| KeyValue::new(own.name.clone(), own.value.clone()));
    let resource =
        Resource::builder_empty().with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
    resource.with_attributes(own).with_service_name(settings.service.clone()).build()
}

fn sampler(choice: OtlpSampler) -> Sampler {
    let own = Sampler::TraceIdRatioBased(choice.ratio);
    if choice.follows_parent { Sampler::ParentBased(Box::new(own)) } else { own }
}
