//! The format of API tokens: `pichat_`, 64 random hexadecimal digits, and an 8-digit checksum.
//!
//! The prefix lets secret scanners find a leaked token; the checksum lets the server refuse a mistyped one without
//! querying the storage.

use data_encoding::HEXLOWER;

use crate::ops::crypto;
use crate::protocol::error::{Error, Result};

const PREFIX: &str = "pichat_";
const SECRET_DIGITS: usize = 2 * SECRET_BYTES;
const SECRET_BYTES: usize = 32;
const CHECK_DIGITS: usize = 8;

/// A new secret.
pub fn new_secret() -> Result<String> {
    let body = format!("{PREFIX}{}", random::<SECRET_BYTES>()?);
    let check = checksum(&body);
    Ok(body + &check)
}

/// Returns a number of random bytes as hexadecimal digits.
pub(super) fn random<const BYTES: usize>() -> Result<String> {
    Ok(hexadecimal(&crypto::random::<BYTES>().map_err(Error::internal)?))
}

/// The hash under which a secret is stored. A secret has 256 random bits, so no slow hash is needed.
pub fn hash(secret: &str) -> [u8; 32] {
    crypto::sha256(secret.as_bytes())
}

/// True if the text has the format of an API token.
pub fn is_well_formed(text: &str) -> bool {
    text.is_ascii()
        && text.starts_with(PREFIX)
        && text.len() == PREFIX.len() + SECRET_DIGITS + CHECK_DIGITS
        && checksum(&text[..text.len() - CHECK_DIGITS]) == text[text.len() - CHECK_DIGITS..]
}

pub(super) fn checksum(body: &str) -> String {
    hexadecimal(&crypto::sha256(body.as_bytes())[..CHECK_DIGITS / 2])
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_token_fails_its_checksum() {
        let secret = new_secret().expect("random bytes");
        assert!(is_well_formed(&secret));
        assert!(!is_well_formed(&secret.replace(char::is_alphabetic, "0")));
        assert!(!is_well_formed(&secret[..secret.len() - 1]));
    }
}
