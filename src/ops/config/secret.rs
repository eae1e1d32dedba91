//! Checks that secrets are hard to guess.

use std::collections::HashSet;

use super::BadSetting;

/// Minimum length of a secret in bytes: 256 bits, if it is random.
const LEAST: usize = 32;
/// Minimum number of distinct characters. A random secret of 32 characters has more; `aaaa…` and `01010101…` have
/// fewer.
const LEAST_DISTINCT: usize = 8;

/// Length of the pieces that are compared: in a random secret nearly all differ, in `adminadmin…` few do.
const PIECE: usize = 3;

/// Fragments of sample values, in lower case without separators.
const SAMPLES: &[&str] = &[
    "changeme",
    "changethis",
    "changein",
    "changeit",
    "replaceme",
    "replacethis",
    "yoursecret",
    "yoursupersecret",
    "yourapitoken",
    "yourapikey",
    "yourtoken",
    "yourkey",
    "your256bitsecret",
    "mysecret",
    "mysupersecret",
    "secretkeyhere",
    "supersecretkey",
    "verysecretkey",
    "defaultsecret",
    "insecuresecret",
    "djangoinsecure",
    "astringsecretatleast256bitslong",
    "notasecret",
    "examplesecret",
    "examplekey",
    "exampletoken",
    "samplesecret",
    "placeholder",
    "passwordpassword",
    "abcdefghijklmnopqrstuvwxyz",
    "thequickbrownfox",
    "qwertyuiop",
    "asdfghjkl",
    "12345678901234567890",
    "0123456789abcdef0123456789abcdef",
    // The key in the documentation of FastAPI, copied into many projects.
    "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
];

const REMEDY: &str = "generate one with: openssl rand -hex 32";

/// Refuses a secret that is short, repetitive or copied from documentation.
///
/// # Errors
/// The setting and how to generate a good value; never the value itself.
pub(super) fn require_strong(name: &'static str, secret: &str) -> Result<(), BadSetting> {
    let refuse = |problem: String| Err(BadSetting { name: name.into(), problem: format!("{problem}; {REMEDY}") });
    if secret.len() < LEAST {
        return refuse(format!("must have at least {LEAST} bytes, but has {}", secret.len()));
    }
    let plain: String = secret.chars().filter(|character| character.is_alphanumeric()).collect();
    let plain = plain.to_lowercase();
    if SAMPLES.iter().any(|sample| plain.contains(sample)) {
        return refuse("is a well-known sample value".to_owned());
    }
    let mut bytes = secret.as_bytes().to_vec();
    bytes.sort_unstable();
    bytes.dedup();
    if bytes.len() < LEAST_DISTINCT {
        return refuse(format!("has only {} different characters", bytes.len()));
    }
    let pieces = plain.as_bytes().windows(PIECE).count();
    let distinct: HashSet<&[u8]> = plain.as_bytes().windows(PIECE).collect();
    if distinct.len() * 3 < pieces * 2 {
        return refuse("repeats itself".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::require_strong;

    #[test]
    fn guessable_secrets_are_refused_and_not_shown() {
        for bad in [
            "x",
            "changeme",
            "a",
            "your-secret-key-here",
            "your-secret-key-change-in-production",
            "please-change-me-please-change-me-please",
            "a-string-secret-at-least-256-bits-long",
            "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
            "00000000000000000000000000000000",
            "abababababababababababababababababab",
            "0123456789abcdef0123456789abcdef",
            "thequickbrownfoxjumpsoverthelazydog",
            "qwertyuiopasdfghjklzxcvbnm123456",
            "iamsecretiamsecretiamsecretiamsecret",
            "adminadminadmintokentokentokenxyz",
            "django-insecure-4f8f&x0q2kz!m3p1v7c9w5e6r",
        ] {
            let error = require_strong("SECRET_KEY", bad).expect_err(bad).to_string();
            assert!(error.starts_with("SECRET_KEY: ") && error.contains("openssl rand -hex 32"), "{error}");
            assert!(bad.len() < 8 || !error.contains(bad), "{error}");
        }
        for good in [
            "dbf1bf9ac0b8a0a5b7d0f1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f506",
            "correct horse battery staple under the old bridge",
        ] {
            require_strong("SECRET_KEY", good).unwrap_or_else(|error| panic!("{good}: {error}"));
        }
    }
}
