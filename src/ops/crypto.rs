//! Cryptography: random bytes, SHA-256, and the provider behind TLS and access tokens, all from [`ring`].
//!
//! A single library, because each adds minutes to a first build. Crates that use TLS find it through the process's
//! default provider, so [`install`] runs before any of them connects.

use std::sync::{Arc, Once};

use ring::digest;
use ring::rand::{SecureRandom, SystemRandom};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring as tls};

mod jwt;

/// The operating system could not supply random bytes.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the operating system could not supply random bytes")]
pub struct NoRandomness;

/// Makes `ring` the process's provider for TLS and for access tokens; only the first call has an effect.
pub fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // A program that embeds this library may have chosen providers before; its choice is kept.
        let _ = tls::default_provider().install_default();
        let _ = jwt::PROVIDER.install_default();
    });
}

/// The provider for a TLS configuration.
pub fn tls_provider() -> Arc<CryptoProvider> {
    Arc::new(tls::default_provider())
}

/// Returns `N` random bytes from the operating system.
///
/// # Errors
///
/// Fails if the operating system cannot supply random bytes.
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// The SHA-256 digest of the bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    digest::digest(&digest::SHA256, bytes).as_ref().try_into().expect("SHA-256 has 32 bytes")
}
