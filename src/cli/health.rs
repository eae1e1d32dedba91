//! A health check for containers without a shell: asks a running server whether it is ready.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::http::Uri;

use super::Failure;
use super::remote::{own_url, way};
use crate::ops::config;

/// Time limit; a slower server is not ready.
const PATIENCE: Duration = Duration::from_secs(3);
/// Maximum number of bytes read from the reply, which has about a hundred.
const REPLY_BYTES: u64 = 16 * 1024;

/// Succeeds if `GET /ready` returns 200.
///
/// # Errors
/// The server cannot be reached, does not respond in time, or reports that it is not ready.
pub(super) fn main(url: Option<&str>) -> Result<(), Failure> {
    let environment = config::environment()?;
    let look = |name: &str| environment(name).filter(|value| !value.is_empty());
    let url = match url {
        Some(url) => url.to_owned(),
        None if look("TLS_CERT").is_some() => {
            return Err(
                "TLS_CERT is set: give the address in the certificate, as in --url wss://chat.example/ws".into()
            );
        }
        None => own_url(&look),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let asked = runtime.block_on(async { tokio::time::timeout(PATIENCE, ask(&url)).await });
    let head = asked.map_err(|_| format!("{url} did not respond within {} s", PATIENCE.as_secs()))??;
    let status = head.split(' ').nth(1).unwrap_or_default();
    if status != "200" {
        return Err(format!("{url} is not ready: {}", head.lines().next().unwrap_or_default()).into());
    }
    outln!("ready")?;
    Ok(())
}

async fn ask(url: &str) -> Result<String, Failure> {
    let address: Uri = url.parse()?;
    let above = address.path().strip_suffix("/ws").ok_or_else(|| format!("{url} must end in /ws"))?;
    let mut stream = way::open(&address).await?;
    let host = address.authority().map_or("localhost", |authority| authority.as_str());
    let request = format!("GET {above}/ready HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut reply = vec![];
    stream.take(REPLY_BYTES).read_to_end(&mut reply).await?;
    Ok(String::from_utf8_lossy(&reply).into_owned())
}
