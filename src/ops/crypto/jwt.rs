//! HMAC signatures of JSON Web Tokens: the part of `jsonwebtoken` that a cryptography provider implements.
//!
//! Only the HMAC family is implemented. Other algorithms and JSON Web Keys are refused, because the server uses
//! neither.

use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};
use ring::hmac;
use signature::{Signer, Verifier};

/// The provider that [`install`](super::install) makes the process's default.
pub(super) static PROVIDER: CryptoProvider =
    CryptoProvider { signer_factory: signer, verifier_factory: verifier, key_utils: KeyUtils::new_unimplemented() };

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    if key.family() != AlgorithmFamily::Hmac {
        return Err(ErrorKind::InvalidKeyFormat.into());
    }
    Ok(Box::new(Hmac::new(*algorithm, key.as_bytes())?))
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    if key.family() != AlgorithmFamily::Hmac {
        return Err(ErrorKind::InvalidKeyFormat.into());
    }
    Ok(Box::new(Hmac::new(*algorithm, key.try_get_as_bytes()?)?))
}

/// A secret key with its algorithm.
struct Hmac {
    algorithm: Algorithm,
    key: hmac::Key,
}

impl Hmac {
    fn new(algorithm: Algorithm, secret: &[u8]) -> Result<Self, Error> {
        let hash = match algorithm {
            Algorithm::HS256 => hmac::HMAC_SHA256,
            Algorithm::HS384 => hmac::HMAC_SHA384,
            Algorithm::HS512 => hmac::HMAC_SHA512,
            _ => return Err(ErrorKind::InvalidAlgorithm.into()),
        };
        Ok(Hmac { algorithm, key: hmac::Key::new(hash, secret) })
    }
}

impl Signer<Vec<u8>> for Hmac {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        Ok(hmac::sign(&self.key, message).as_ref().to_vec())
    }
}

impl JwtSigner for Hmac {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

impl Verifier<Vec<u8>> for Hmac {
    /// Compares in constant time.
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        hmac::verify(&self.key, message, signature).map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Hmac {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &[u8] = b"what do ya want for nothing?";

    /// Test case 2 of RFC 4231.
    #[test]
    fn signatures_match_the_standards_test_vectors() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let signer = signer(&Algorithm::HS256, &EncodingKey::from_secret(b"Jefe")).expect("a signer");
        let signature = signer.try_sign(MESSAGE).expect("a signature");
        let hexadecimal: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hexadecimal, expected);
    }

    #[test]
    fn a_changed_message_signature_or_algorithm_is_refused() {
        let signer = signer(&Algorithm::HS256, &EncodingKey::from_secret(b"Jefe")).expect("a signer");
        let signature = signer.try_sign(MESSAGE).expect("a signature");
        let verifier_of = |algorithm| verifier(&algorithm, &DecodingKey::from_secret(b"Jefe"));
        let verifier = verifier_of(Algorithm::HS256).expect("a verifier");
        verifier.verify(MESSAGE, &signature).expect("a valid signature");
        verifier.verify(b"another message", &signature).expect_err("another message");
        verifier.verify(MESSAGE, &signature[..31].to_vec()).expect_err("a shortened signature");
        let other = verifier_of(Algorithm::HS512).expect("a verifier");
        other.verify(MESSAGE, &signature).expect_err("another algorithm");
        for unsupported in [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA] {
            assert!(verifier_of(unsupported).is_err(), "{unsupported:?}");
        }
    }
}
