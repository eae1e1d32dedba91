//! The way to a server: TCP, and for `wss://` TLS over it.

use std::fmt::Debug;
use std::sync::Arc;

use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_tungstenite::tungstenite::http::Uri;

use crate::cli::Failure;
use crate::ops::crypto;

/// A byte stream to a server.
pub(in crate::cli) trait Way: AsyncRead + AsyncWrite + Unpin + Send + Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Way for T {}

/// Opens the way to that address; none if it is not of a WebSocket.
pub(in crate::cli) async fn open(address: &Uri) -> Result<Option<Box<dyn Way>>, Failure> {
    let (is_secure, usual_port) = match address.scheme_str() {
        Some("ws") => (false, 80),
        Some("wss") => (true, 443),
        _ => return Ok(None),
    };
    let Some(host) = address.host() else { return Ok(None) };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let stream = TcpStream::connect((host, address.port_u16().unwrap_or(usual_port))).await;
    let stream = stream.map_err(|error| format!("cannot connect to {address}: {error}; is the server running?"))?;
    if !is_secure {
        return Ok(Some(Box::new(stream)));
    }
    let secured = secure(host, stream).await;
    let problem = |error| {
        format!("TLS with {address} failed: {error}; to trust other certificates, name their file in SSL_CERT_FILE")
    };
    Ok(Some(Box::new(secured.map_err(problem)?)))
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
