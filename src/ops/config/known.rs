//! Misspelt settings: an unknown name would otherwise silently leave the default in force.

use std::collections::HashSet;

use strsim::osa_distance;

use super::file::{FileEntries, bad_line};
use super::{BadSetting, SETTINGS};
use crate::ops::fault;

/// The setting that lists names belonging to other programs.
const IGNORED: &str = "IGNORED_SETTINGS";

/// Settings of other chat servers, and their equivalents here.
const FOREIGN: [(&[&str], &str); 7] = [
    (&["JWT_SECRET_KEY", "JWT_SECRET", "SECRET", "JWT_KEY"], "use SECRET_KEY instead"),
    (&["BACKEND_CORS_ORIGINS", "ALLOWED_HOSTS", "CORS_ALLOWED_ORIGINS"], "use ALLOWED_ORIGINS instead"),
    (
        &["SQLALCHEMY_DATABASE_URI", "SQLALCHEMY_DATABASE_URL", "DB_URL", "POSTGRES_URL", "DB_HOST", "POSTGRES_SERVER"],
        "use DATABASE_URL instead",
    ),
    (
        &["POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"],
        "it is part of DATABASE_URL: postgres://USER:PASSWORD@HOST/DATABASE",
    ),
    (&["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD"], "it is part of REDIS_URL: redis://:PASSWORD@HOST:PORT"),
    (&["JWT_EXPIRE_MINUTES", "ACCESS_TOKEN_EXPIRE", "JWT_EXPIRATION"], "use ACCESS_TOKEN_EXPIRE_MINUTES instead"),
    (&["ALGORITHM", "JWT_ALGORITHM"], "access tokens are always signed with HS256, so remove it"),
];

/// The advice for another chat server's setting.
fn foreign(name: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(names, _)| names.contains(&name)).map(|(_, advice)| *advice)
}

/// Refuses a name in `.env` that is not a setting, and an environment variable that is one letter or one swap away from
/// one: other programs share the environment, but not the file.
///
/// # Errors
/// The first misspelt name, with the most likely intended one.
pub(super) fn refuse_unknown(
    entries: &FileEntries,
    environment: impl Iterator<Item = String>,
    ignored: &str,
) -> Result<(), BadSetting> {
    let ignored: HashSet<&str> = ignored.split(',').map(str::trim).collect();
    let is_foreign = |name: &str| !is_known(name) && !ignored.contains(name);
    let mut unknown: Vec<_> = entries.iter().filter(|(name, _)| is_foreign(name)).collect();
    unknown.sort_by_key(|(_, entry)| entry.line);
    if let Some((name, entry)) = unknown.first() {
        let near = || nearest(name, 2).map(|meant| format!("did you mean {meant}? "));
        let hint = foreign(name).map(|advice| format!("{advice}. ")).or_else(near).unwrap_or_default();
        let begin = if hint.is_empty() { "if" } else { "If" };
        let problem =
            format!("{name} is not a setting; {hint}{begin} it belongs to another program, add it to {IGNORED}");
        return Err(bad_line(entry.line, &problem));
    }
    let mut misspelt: Vec<String> = environment.filter(|name| is_foreign(name) && name != fault::NAME).collect();
    misspelt.sort();
    for name in misspelt {
        if let Some(meant) = nearest(&name, 1) {
            let problem = format!("is not a setting; did you mean {meant}? If not, add it to {IGNORED}");
            return Err(BadSetting { name: name.into(), problem });
        }
    }
    Ok(())
}

fn names() -> impl Iterator<Item = &'static str> {
    SETTINGS.iter().flat_map(|setting| std::iter::once(setting.name).chain(setting.other_name))
}

fn is_known(name: &str) -> bool {
    names().any(|known| known == name)
}

/// The known name with the smallest number of insertions, deletions, replacements and swaps, up to a maximum.
fn nearest(name: &str, max: usize) -> Option<&'static str> {
    let near = names().map(|known| (osa_distance(known, name), known)).filter(|(distance, _)| *distance <= max);
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::super::file::FileEntry;
    use super::*;

    fn refusal(file: &[&str], environment: &[&str], ignored: &str) -> Option<String> {
        let entry =
            |(line, name): (usize, &&str)| ((*name).to_owned(), FileEntry { value: "x".into(), line: line + 1 });
        let entries = file.iter().enumerate().map(entry).collect();
        let environment = environment.iter().map(|name| (*name).to_owned());
        refuse_unknown(&entries, environment, ignored).err().map(|error| error.to_string())
    }

    #[test]
    fn advice_for_foreign_settings_names_a_known_setting() {
        for (theirs, advice) in FOREIGN {
            let leads = names().any(|known| advice.contains(known)) || advice.contains("remove it");
            assert!(leads, "{theirs:?}: {advice}");
            assert!(theirs.iter().all(|name| !is_known(name)), "{theirs:?}");
        }
    }

    #[test]
    fn a_misspelled_name_is_refused_with_a_suggestion() {
        assert_eq!(refusal(&["PORT", "CORS_ORIGINS"], &["PATH", "HOME", "SERVER_PORT"], ""), None);
        let file = refusal(&["PORT", "COMPOSE_PROJECT"], &[], "").expect("unknown in the file");
        assert!(file.starts_with(".env: line 2: COMPOSE_PROJECT is not a setting"), "{file}");
        let far = refusal(&["FOO"], &[], "").expect("unknown in the file");
        assert!(
            far.ends_with("FOO is not a setting; if it belongs to another program, add it to IGNORED_SETTINGS"),
            "{far}"
        );
        let file = refusal(&["JWT_SECRET_KEY"], &[], "").expect("another server's name");
        assert!(
            file.contains("JWT_SECRET_KEY is not a setting; use SECRET_KEY instead. If it belongs to another"),
            "{file}"
        );
        for name in ["ALOW_SIGN_UP", "ALLOW_SING_UP", "ALLOW_SIGN_UPS", "API_TOKEM"] {
            let error = refusal(&[], &[name], "").expect(name);
            assert!(error.starts_with(&format!("{name}: is not a setting; did you mean A")), "{error}");
        }
        assert_eq!(refusal(&["COMPOSE_PROJECT"], &["POST"], "COMPOSE_PROJECT, POST"), None);
        assert_eq!(refusal(&[], &["ALLOW_ANY_SIGN_UP"], ""), None);
    }
}
