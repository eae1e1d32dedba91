//! The connection to a server: TCP, or TLS over TCP for `wss://`.

use std::fmt::Debug;
use std::io;
use std::sync::Arc;

use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::{TlsConnector, rustls};
use tokio_tungstenite::tungstenite;
use tokio_tungstenite::tungstenite::http::Uri;
use tokio_tungstenite::tungstenite::http::uri::Authority;

use crate::cli::Failure;
use crate::ops::crypto;

/// A byte stream to a server.
pub(in crate::cli) trait Way: AsyncRead + AsyncWrite + Unpin + Send + Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Way for T {}

/// The required format of an address.
const FORM: &str = "write it as ws://127.0.0.1:8080/ws or wss://chat.example/ws";

/// Checks a server's address from the command line.
pub(in crate::cli) fn checked(url: &str) -> Result<String, &'static str> {
    let address: Uri = url.parse().map_err(|_| FORM)?;
    let has_bad_port = |authority: &Authority| {
        let named = authority.as_str().rsplit('@').next().unwrap_or_default();
        named.len() > authority.host().len() && authority.port_u16().is_none_or(|port| port == 0)
    };
    if address.authority().is_some_and(has_bad_port) {
        return Err("the port must be a number from 1 to 65535");
    }
    let is_right = matches!(address.scheme_str(), Some("ws" | "wss")) && address.host().is_some();
    if is_right { Ok(url.to_owned()) } else { Err(FORM) }
}

/// The reason why a handshake failed, and how to fix it.
pub(in crate::cli) fn refusal(url: &str, error: &tungstenite::Error) -> String {
    let tungstenite::Error::Http(response) = error else {
        return format!("{url} does not answer as a WebSocket server: {error}; if it speaks TLS, use wss://");
    };
    match response.status().as_u16() {
        401 | 403 => format!("{url} refused the connection ({}); check the token (--token)", response.status()),
        200 | 404 | 405 | 426 => {
            format!("there is no WebSocket at {url} ({}); the address must end in /ws", response.status())
        }
        _ => format!("{url} refused the connection: {}", response.status()),
    }
}

/// Opens a connection to this address.
pub(in crate::cli) async fn open(address: &Uri) -> Result<Box<dyn Way>, Failure> {
    let is_secure = address.scheme_str() == Some("wss");
    let usual_port = if is_secure { 443 } else { 80 };
    let host = address.host().ok_or_else(|| format!("{address} has no host; {FORM}"))?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let stream = TcpStream::connect((host, address.port_u16().unwrap_or(usual_port))).await;
    let stream = stream.map_err(|error| format!("cannot connect to {address}: {error}; is the server running?"))?;
    if !is_secure {
        return Ok(Box::new(stream));
    }
    let secured = secure(host, stream).await;
    Ok(Box::new(secured.map_err(|error| untrusted(address, &error))?))
}

/// The reason why TLS failed, and how to fix it.
fn untrusted(address: &Uri, error: &Failure) -> String {
    let inner = error.downcast_ref::<io::Error>().and_then(|error| error.get_ref()?.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidMessage(_)) => format!("the port of {address} does not speak TLS; use ws://"),
        Some(rustls::Error::InvalidCertificate(_)) => format!(
            "the certificate of {address} is not trusted: {error}; to trust other certificates, name their file in \
             SSL_CERT_FILE"
        ),
        // Before the connection: there are no certificates to trust.
        None if error.is::<rustls::Error>() => {
            format!("cannot read the certificates that this system trusts: {error}; name their file in SSL_CERT_FILE")
        }
        _ => format!("TLS with {address} failed: {error}"),
    }
}

async fn secure(host: &str, stream: TcpStream) -> Result<TlsStream<TcpStream>, Failure> {
    let name = ServerName::try_from(host.to_owned())?;
    Ok(connector()?.connect(name, stream).await?)
}

/// Trusts the certificates that the system trusts.
fn connector() -> Result<TlsConnector, Failure> {
    let provider = crypto::tls_provider();
    let verifier = Arc::new(Verifier::new(provider.clone())?);
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let config = builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
