//! TLS for those who have no proxy in front.

use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::ops::config::{BadSetting, TlsFiles};

/// Reads the certificate and its key.
pub fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, BadSetting> {
    let bad = |name: &'static str, problem: String| BadSetting { name: name.into(), problem };
    let certificate = &files.certificate;
    let certificates = CertificateDer::pem_file_iter(certificate)
        .and_then(|chain| chain.collect::<Result<Vec<_>, _>>())
        .map_err(|error| bad("TLS_CERT", format!("{}: {error}", certificate.display())))?;
    if certificates.is_empty() {
        return Err(bad("TLS_CERT", format!("{}: no certificate in it", certificate.display())));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| bad("TLS_KEY", format!("{}: {error}", files.key.display())))?;
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .map_err(|error| bad("TLS_CERT", format!("the certificate and the key do not fit: {error}")))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
