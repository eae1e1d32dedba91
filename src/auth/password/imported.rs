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
/// The greatest cost that is usual, of which an import does not warn.
const USUAL_COST: u32 = 12;
/// The cost of a hash that takes as long as one of this server's own.
const OWN_COST: u32 = 10;

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

/// The multiple of the time of one of this server's own hashes that verifying takes: bcrypt of cost 10 takes as long.
pub(super) fn weight(hash: &PasswordHash) -> u64 {
    1 << (bcrypt_cost(&hash.0).unwrap_or(0).clamp(OWN_COST, MOST_COST) - OWN_COST)
}

/// True for a hash whose log-ins take more than a second of a core on slow machines.
pub fn is_costly(hash: &PasswordHash) -> bool {
    bcrypt_cost(&hash.0).is_some_and(|cost| cost > USUAL_COST)
}

fn bcrypt_cost(hash: &str) -> Option<u32> {
    let hash = hash.strip_prefix(OF_SHA256).unwrap_or(hash);
    hash.strip_prefix("$2").and_then(|rest| rest.get(2..4)).and_then(|cost| cost.parse().ok())
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

    #[test]
    fn a_hash_weighs_what_it_costs() {
        let of_cost = |cost: &str| PasswordHash(BCRYPT.replace("$04$", &format!("${cost}$")));
        let weights = ["04", "10", "11", "12", "14"].map(|cost| weight(&of_cost(cost)));
        assert_eq!(weights, [1, 1, 2, 4, 16]);
        assert_eq!(weight(&PasswordHash(format!("{OF_SHA256}{OF_DIGEST}"))), 4);
        assert_eq!(weight(&PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into())), 1);
        assert_eq!(["12", "13"].map(|cost| is_costly(&of_cost(cost))), [false, true]);
    }
}
