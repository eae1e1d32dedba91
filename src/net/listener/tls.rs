//! TLS for servers without a proxy in front of them.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use parking_lot::Mutex;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::ops::config::{BadSetting, TlsFiles};

/// The certificate and its key, which are reloaded when their files change.
pub struct Certificates {
    files: TlsFiles,
    current: Mutex<Current>,
}

struct Current {
    acceptor: TlsAcceptor,
    /// The files as last read, successfully or not.
    stamps: Stamps,
}

/// The identity of both files.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamps {
    certificate: Option<Stamp>,
    key: Option<Stamp>,
}

/// The identity of a file's content, as far as its metadata shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    inode: u64,
}

impl Stamps {
    fn of(files: &TlsFiles) -> Self {
        Stamps { certificate: stamp(&files.certificate), key: stamp(&files.key) }
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = std::fs::metadata(path).ok()?;
    Some(Stamp { modified: metadata.modified().ok(), length: metadata.len(), inode: metadata.ino() })
}

impl Certificates {
    /// Reads the files.
    ///
    /// # Errors
    /// Names the setting whose file is not a certificate or key.
    pub fn read(files: &TlsFiles) -> Result<Self, BadSetting> {
        // Stamped before it is read, so that a change in between is noticed next time.
        let stamps = Stamps::of(files);
        let acceptor = acceptor(files)?;
        Ok(Certificates { files: files.clone(), current: Mutex::new(Current { acceptor, stamps }) })
    }

    /// Accepts TLS with the latest certificate.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.current.lock().acceptor.clone()
    }

    /// Reloads the files if they have changed. If they are unusable, for example because only one of them has been
    /// replaced so far, the current certificate stays.
    pub fn reload_if_changed(&self) {
        let stamps = Stamps::of(&self.files);
        if self.current.lock().stamps == stamps {
            return;
        }
        let read = acceptor(&self.files);
        let mut current = self.current.lock();
        current.stamps = stamps;
        match read {
            Ok(acceptor) => {
                current.acceptor = acceptor;
                tracing::info!("TLS certificate reloaded");
            }
            Err(error) => tracing::warn!(error = %error, "TLS certificate not reloaded; keeping the current one"),
        }
    }
}

fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, BadSetting> {
    let bad = |name: &'static str, problem: String| BadSetting { name: name.into(), problem };
    let certificate = &files.certificate;
    let certificates = CertificateDer::pem_file_iter(certificate)
        .and_then(|chain| chain.collect::<Result<Vec<_>, _>>())
        .map_err(|error| bad("TLS_CERT", format!("{}: {error}", certificate.display())))?;
    if certificates.is_empty() {
        return Err(bad("TLS_CERT", format!("{}: contains no certificate", certificate.display())));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| bad("TLS_KEY", format!("{}: {error}", files.key.display())))?;
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .map_err(|error| bad("TLS_CERT", format!("the certificate and the key do not belong together: {error}")))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
