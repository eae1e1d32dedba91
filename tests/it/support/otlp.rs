//! A receiver of traces and log lines on a free local port.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use data_encoding::{BASE64, HEXLOWER};
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::absent;
use super::client::PATIENCE;
use crate::protocol::project;

/// A running receiver, stopped on drop.
pub struct OtlpReceiver {
    process: Child,
    /// The address to send to.
    pub endpoint: String,
    lines: mpsc::UnboundedReceiver<String>,
    /// The spans so far.
    pub spans: Vec<Value>,
    /// The log lines so far.
    pub logs: Vec<Value>,
    /// The requests so far: their headers, and the resource they describe.
    pub requests: Vec<Value>,
}

impl OtlpReceiver {
    /// A receiver; none if oteltest is not installed, and then the test is reported as skipped.
    pub async fn start() -> Option<OtlpReceiver> {
        let known = Command::new("python3").args(["-c", "import oteltest.sink"]).stderr(Stdio::null()).status();
        if !known.is_ok_and(|status| status.success()) {
            absent::skip("oteltest is not installed (pip install oteltest)");
            return None;
        }
        let mut process = Command::new("python3")
            .arg(project("tests/it/support/otlp_receiver.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the receiver starts");
        let output = process.stdout.take().expect("its output");
        let (sender, mut lines) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            let mut read = BufReader::new(output).lines().map_while(Result::ok);
            read.try_for_each(|line| sender.send(line))
        });
        let port = timeout(PATIENCE, lines.recv()).await.expect("a start in time").expect("its port");
        let endpoint = format!("http://127.0.0.1:{port}");
        Some(OtlpReceiver { process, endpoint, lines, spans: vec![], logs: vec![], requests: vec![] })
    }

    /// Waits until the received data match.
    pub async fn until(&mut self, fits: impl Fn(&OtlpReceiver) -> bool) {
        while !fits(self) {
            let line = match timeout(PATIENCE, self.lines.recv()).await {
                Ok(line) => line.expect("the receiver runs"),
                Err(_) => panic!("it did not arrive; spans: {:#?}; logs: {:#?}", self.spans, self.logs),
            };
            self.note(serde_json::from_str(&line).expect("JSON"));
        }
    }

    fn note(&mut self, told: Value) {
        let lists = [("resourceSpans", "scopeSpans", "spans"), ("resourceLogs", "scopeLogs", "logRecords")];
        for (resources, scopes, records) in lists {
            for resource in items(&told["request"][resources]) {
                let mut request = resource["resource"].clone();
                request["headers"] = told["headers"].clone();
                self.requests.push(request);
                let found = items(&resource[scopes]).flat_map(|scope| items(&scope[records]));
                let kept = if records == "spans" { &mut self.spans } else { &mut self.logs };
                kept.extend(found.cloned());
            }
        }
    }

    /// The spans of that name.
    pub fn named(&self, name: &str) -> Vec<&Value> {
        self.spans.iter().filter(|span| span["name"] == name).collect()
    }
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// The value of an attribute of a span, a log line or a resource; null if there is none.
pub fn attribute(of: &Value, name: &str) -> Value {
    let value = items(&of["attributes"]).find(|attribute| attribute["key"] == name).map(|found| &found["value"]);
    let fields = value.and_then(Value::as_object);
    fields.and_then(|kinds| kinds.values().next().cloned()).unwrap_or_default()
}

/// An id of a trace or span in hexadecimal.
pub fn id(of: &Value, field: &str) -> String {
    let text = of[field].as_str().unwrap_or_default();
    HEXLOWER.encode(&BASE64.decode(text.as_bytes()).expect("Base64"))
}

impl Drop for OtlpReceiver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
