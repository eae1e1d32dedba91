//! Password hashes that another server made with bcrypt. They are verified as they are and replaced at the first
//! log-in.

use std::fmt::Write;

use crate::ops::crypto::sha256;
use crate::store::repository::PasswordHash;

/// The prefix of a bcrypt hash of a password's SHA-256 in hexadecimal, which otherwise looks like the hash of a
/// password.
const OF_SHA256: &str = "$sha256-hex";
/// Characters of a bcrypt hash.
const LENGTH: usize = 60;
/// Maximum cost of an imported hash: each step doubles the time, and 14 takes a second of a core. Costlier hashes would
/// delay everybody's log-ins.
const MOST_COST: u32 = 14;

/// The input of the bcrypt hashes of another server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImportedScheme {
    /// The password in UTF-8, of which bcrypt uses the first 72 bytes.
    #[default]
    Password,
    /// The 64 lower-case hexadecimal digits of the password's SHA-256.
    HexSha256,
}

/// The stored form of another server's bcrypt hash; none if the text is not such a hash, or if it is too costly.
pub fn imported_hash(text: &str, scheme: ImportedScheme) -> Option<PasswordHash> {
    let is_bcrypt = ["$2a$", "$2b$", "$2y$"].iter().any(|version| text.starts_with(version));
    let rest = text.get(7..).filter(|_| is_bcrypt && text.len() == LENGTH && text.as_bytes()[6] == b'$')?;
    let cost = text.get(4..6).filter(|cost| cost.bytes().all(|byte| byte.is_ascii_digit()))?;
    let cost: u32 = cost.parse().ok()?;
    let is_encoded = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./".contains(&byte));
    let stored = match scheme {
        ImportedScheme::Password => text.to_owned(),
        ImportedScheme::HexSha256 => format!("{OF_SHA256}{text}"),
    };
    ((4..=MOST_COST).contains(&cost) && is_encoded).then_some(PasswordHash(stored))
}

/// True for a hash that the first log-in replaces.
pub fn is_imported(hash: &PasswordHash) -> bool {
    hash.0.starts_with("$2") || hash.0.starts_with(OF_SHA256)
}

/// True if the password matches an imported hash; none if this server made the hash.
pub(super) fn verify(hash: &str, password: &str) -> Option<bool> {
    if let Some(hash) = hash.strip_prefix(OF_SHA256) {
        let mut digits = String::with_capacity(64);
        for byte in sha256(password.as_bytes()) {
            let _ = write!(digits, "{byte:02x}");
        }
        return Some(bcrypt::verify(digits, hash).unwrap_or(false));
    }
    hash.starts_with("$2").then(|| bcrypt::verify(password, hash).unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cost 4, as test data generators use.
    const BCRYPT: &str = "$2b$04$6h9vknJ4WZzIxTATWSiPJOfUT8o70V/mC84w13bDmHZ5QWj1i56H6";
    const OF_DIGEST: &str = "$2b$12$t4Voph13D9Fn7QFqcVM6fuAT6Tz6Bh.mWedSfvEBCLaQOC/PVOPh2";

    #[test]
    fn both_schemes_verify_and_are_not_confused() {
        let stored = |text, scheme| imported_hash(text, scheme).expect("a hash").0;
        for (hash, scheme, is_right) in [
            (BCRYPT, ImportedScheme::Password, true),
            (BCRYPT, ImportedScheme::HexSha256, false),
            (OF_DIGEST, ImportedScheme::HexSha256, true),
            (OF_DIGEST, ImportedScheme::Password, false),
        ] {
            let stored = stored(hash, scheme);
            assert!(is_imported(&PasswordHash(stored.clone())));
            assert_eq!(verify(&stored, "correct-horse-7"), Some(is_right), "{hash} {scheme:?}");
            assert_eq!(verify(&stored, "correct-horse-8"), Some(false), "{hash} {scheme:?}");
        }
        assert_eq!(verify("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", "x"), None);
    }

    #[test]
    fn only_72_password_bytes_are_significant() {
        let long = "x".repeat(72);
        let hash = bcrypt::hash(&long, 4).expect("a hash");
        assert_eq!(verify(&hash, &long), Some(true));
        assert_eq!(verify(&hash, &format!("{long} and more")), Some(true));
        assert_eq!(verify(&hash, &long[..71]), Some(false));
    }

    #[test]
    fn invalid_and_too_costly_hashes_are_not_imported() {
        for text in [
            "",
            "correct-horse-7",
            "$2b$04$short",
            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
            &BCRYPT.replace("$04$", "$15$"),
            &BCRYPT.replace("$04$", "$03$"),
            &BCRYPT.replace("$04$", "$+4$"),
            &BCRYPT.replace('/', " "),
            &format!("{BCRYPT}x"),
        ] {
            assert_eq!(imported_hash(text, ImportedScheme::Password), None, "{text}");
        }
    }
}
