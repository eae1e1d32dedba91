//! A small HTTP host for Microsoft's in-memory Cosmos emulator, which is inside the crate `azure_data_cosmos_driver`.
//!
//! `cosmos-emulator [--port 8081] [--regions 2] [--throttle]`: one port per region, from that on; 0 for free ones. The
//! first line on standard output is `ready <endpoint>`. It ends when its standard input does, so never outlives the
//! tests that started it. `GET /_requests/<database>` tells how many requests about documents there were.

mod signature;

use std::collections::HashMap;
use std::convert::Infallible;
use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use azure_core::http::headers::{HeaderName, HeaderValue};
use azure_core::http::{Method, Request as EmulatorRequest, Url};
use azure_data_cosmos_driver::in_memory_emulator::{
    ConsistencyLevel, InMemoryEmulatorHttpClient, ReplicationConfig, VirtualAccountConfig, VirtualRegion,
};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

const REGIONS: [&str; 4] = ["East US", "West US", "West Europe", "Southeast Asia"];

type Answer = Response<Full<Bytes>>;

struct Host {
    emulator: InMemoryEmulatorHttpClient,
    requests: Mutex<HashMap<String, u64>>,
}

struct Arguments {
    port: u16,
    regions: usize,
    throttle: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments(std::env::args().skip(1))?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(&arguments))
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, Box<dyn Error>> {
    let mut arguments = Arguments { port: 8081, regions: 1, throttle: false };
    while let Some(name) = given.next() {
        match name.as_str() {
            "--port" => arguments.port = given.next().ok_or("--port PORT")?.parse()?,
            "--regions" => arguments.regions = given.next().ok_or("--regions COUNT")?.parse()?,
            "--throttle" => arguments.throttle = true,
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    Ok(arguments)
}

async fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let mut listeners = vec![];
    let mut regions = vec![];
    for (index, name) in REGIONS.iter().take(arguments.regions).enumerate() {
        let port = if arguments.port == 0 { 0 } else { arguments.port + u16::try_from(index)? };
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let url = Url::parse(&format!("http://127.0.0.1:{}/", listener.local_addr()?.port()))?;
        regions.push(VirtualRegion::new(name, url.clone()));
        listeners.push((listener, url));
    }
    let account = VirtualAccountConfig::new(regions)?
        .with_consistency(ConsistencyLevel::Session)
        .with_replication_config(ReplicationConfig::fixed(Duration::from_millis(30)))
        .with_throttling_enabled(arguments.throttle);
    let host = Arc::new(Host { emulator: InMemoryEmulatorHttpClient::try_new(account)?, requests: Mutex::default() });
    println!("ready {}", listeners[0].1);
    for (listener, url) in listeners {
        tokio::spawn(listen(host.clone(), listener, url));
    }
    let mut rest = [0; 64];
    while tokio::io::stdin().read(&mut rest).await? > 0 {}
    // A pending read of standard input would keep the runtime alive.
    std::process::exit(0);
}

async fn listen(host: Arc<Host>, listener: TcpListener, url: Url) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let _ = stream.set_nodelay(true);
        let host = host.clone();
        let url = url.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let host = host.clone();
                let url = url.clone();
                async move { Ok::<_, Infallible>(answer(&host, &url, request).await) }
            });
            let connection = auto::Builder::new(TokioExecutor::new());
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(host: &Host, url: &Url, request: Request<Incoming>) -> Answer {
    let path = request.uri().path().to_owned();
    if let Some(database) = path.strip_prefix("/_requests/") {
        let count = host.requests.lock().expect("never poisoned").get(database).copied().unwrap_or(0);
        return Response::new(Full::new(count.to_string().into()));
    }
    if !signature::is_good(&request) {
        return refusal(401, "Unauthorized", "The input authorization token can't serve the request.");
    }
    if let Some((database, _)) = path.strip_prefix("/dbs/").and_then(|rest| rest.split_once('/'))
        && path.contains("/docs")
    {
        *host.requests.lock().expect("never poisoned").entry(database.to_owned()).or_default() += 1;
    }
    match emulate(host, url, request).await {
        Ok(answer) => answer,
        Err(error) => refusal(503, "ServiceUnavailable", &error.to_string()),
    }
}

/// Forwards a request to the emulator and returns its response, both with all headers.
async fn emulate(host: &Host, url: &Url, request: Request<Incoming>) -> Result<Answer, Box<dyn Error + Send + Sync>> {
    let (parts, body) = request.into_parts();
    let method = match parts.method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "DELETE" => Method::Delete,
        "PATCH" => Method::Patch,
        other => return Err(format!("{other} is not emulated").into()),
    };
    let url = url.join(parts.uri.path_and_query().map_or("/", |path| path.as_str()))?;
    let mut emulated = EmulatorRequest::new(url, method);
    for (name, value) in &parts.headers {
        let name = name.as_str().to_owned();
        let value = value.to_str()?.to_owned();
        emulated.headers_mut().insert(HeaderName::from(name), HeaderValue::from(value));
    }
    emulated.set_body(with_full_text(&body.collect().await?.to_bytes()));
    let found = host.emulator.execute_request(&emulated).await?.try_into_raw_response().await?;
    let mut answer = Response::builder().status(u16::from(found.status()));
    for (name, value) in found.headers().iter() {
        answer = answer.header(name.as_str(), value.as_str());
    }
    let bytes: &[u8] = found.body().as_ref();
    Ok(answer.body(Full::new(Bytes::copy_from_slice(bytes)))?)
}

/// The emulator has no `FullTextContains(path, @word)`. This implements it for whole words between spaces, ignoring
/// case, without stemming.
fn with_full_text(body: &[u8]) -> Vec<u8> {
    const CALL: &[u8] = b"FullTextContains(";
    let mut rest = body;
    let mut written = Vec::with_capacity(body.len());
    while let Some(at) = rest.windows(CALL.len()).position(|window| window == CALL) {
        let arguments = &rest[at + CALL.len()..];
        let Some(end) = arguments.iter().position(|byte| *byte == b')') else { break };
        let Some(comma) = arguments[..end].iter().position(|byte| *byte == b',') else { break };
        written.extend_from_slice(&rest[..at]);
        written.extend_from_slice(b"CONTAINS(CONCAT(' ', ");
        written.extend_from_slice(&arguments[..comma]);
        written.extend_from_slice(b", ' '), CONCAT(' ', ");
        written.extend_from_slice(&arguments[comma + 1..end]);
        written.extend_from_slice(b", ' '), true)");
        rest = &arguments[end + 1..];
    }
    written.extend_from_slice(rest);
    written
}

fn refusal(status: u16, code: &str, message: &str) -> Answer {
    let body = format!("{{\"code\":{code:?},\"message\":{message:?}}}");
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status.try_into().expect("a status of HTTP");
    answer.headers_mut().insert("content-type", "application/json".parse().expect("a header value"));
    answer
}
