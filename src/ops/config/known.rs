//! Misspelt settings: a name that nobody reads would otherwise leave the default in force without a word.

use std::collections::HashSet;

use strsim::osa_distance;

use super::file::{FileEntries, bad_line};
use super::{BadSetting, SETTINGS};
use crate::ops::fault;

/// The setting that lists names of other programs.
const IGNORED: &str = "IGNORED_SETTINGS";

/// Refuses a name of `.env` that is no setting, and a variable of the environment that is one letter or one swap away
/// from one: the environment is shared with other programs, the file is not.
///
/// # Errors
/// The first misspelt name, with what was probably meant.
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
        let hint = nearest(name, 3).map(|meant| format!("did you mean {meant}? ")).unwrap_or_default();
        let problem = format!("{name} is not a setting; {hint}{IGNORED} lists names of other programs");
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

/// The known name that takes the fewest insertions, deletions, replacements and swaps, if at most so many.
fn nearest(name: &str, most: usize) -> Option<&'static str> {
    let near = names().map(|known| (osa_distance(known, name), known)).filter(|(distance, _)| *distance <= most);
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
    fn a_misspelt_name_is_refused_with_what_was_meant() {
        assert_eq!(refusal(&["PORT", "CORS_ORIGINS"], &["PATH", "HOME", "SERVER_PORT"], ""), None);
        let file = refusal(&["PORT", "COMPOSE_PROJECT"], &[], "").expect("unknown in the file");
        assert!(file.starts_with(".env: line 2: COMPOSE_PROJECT is not a setting"), "{file}");
        for name in ["ALOW_SIGN_UP", "ALLOW_SING_UP", "ALLOW_SIGN_UPS", "API_TOKEM"] {
            let error = refusal(&[], &[name], "").expect(name);
            assert!(error.starts_with(&format!("{name}: is not a setting; did you mean A")), "{error}");
        }
        assert_eq!(refusal(&["COMPOSE_PROJECT"], &["POST"], "COMPOSE_PROJECT, POST"), None);
        assert_eq!(refusal(&[], &["ALLOW_ANY_SIGN_UP"], ""), None);
    }
}
