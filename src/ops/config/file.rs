//! The file `.env` in the working directory: `NAME=value` lines, `#` comments, values with or without quotes.
//!
//! `dotenvy` parses the lines one by one, so that an error can name its line.

use std::collections::HashMap;
use std::io::ErrorKind;

use super::BadSetting;

const FILE: &str = ".env";

/// One setting of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileEntry {
    pub(super) value: String,
    pub(super) line: usize,
}

/// The settings of the file by name.
pub(super) type FileEntries = HashMap<String, FileEntry>;

/// Reads the file in the working directory; a missing file counts as empty. Parent folders are not searched.
pub(super) fn read() -> Result<FileEntries, BadSetting> {
    match std::fs::read_to_string(FILE) {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(FileEntries::new()),
        Err(error) => {
            let problem = match error.kind() {
                ErrorKind::InvalidData => "must be UTF-8 text".to_owned(),
                ErrorKind::IsADirectory => "is a folder; it must be a file with lines NAME=value".to_owned(),
                _ => format!("cannot be read: {error}"),
            };
            Err(BadSetting { name: FILE.into(), problem })
        }
    }
}

/// The error for one line, which is not shown because it may contain a secret.
pub(super) fn bad_line(line: usize, problem: &str) -> BadSetting {
    BadSetting { name: FILE.into(), problem: format!("line {line}: {problem}") }
}

fn parse(text: &str) -> Result<FileEntries, BadSetting> {
    let mut entries = FileEntries::new();
    for (index, content) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = index + 1;
        let content = content.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        match dotenvy::from_read_iter(literal(content).as_bytes()).next() {
            Some(Ok((name, value))) => {
                if let Some(former) = entries.insert(name, FileEntry { value, line }) {
                    return Err(bad_line(line, &format!("repeats the name of line {}; keep one of them", former.line)));
                }
            }
            _ => return Err(bad_line(line, "must be NAME=value, with a name of A-Z a-z 0-9 _ and matching quotes")),
        }
    }
    Ok(entries)
}

/// The line in a form that `dotenvy` takes literally: it refuses unquoted blanks and replaces `$NAME` outside single
/// quotes, which would corrupt passwords.
fn literal(line: &str) -> String {
    let Some((name, value)) = line.split_once('=') else { return line.to_owned() };
    let value = value.trim();
    let quoted = match value.chars().next() {
        Some('\'') => value.to_owned(),
        Some('"') => value.replace('$', "\\$"),
        Some('#') => "\"\"".to_owned(),
        _ => {
            let end = value.find(" #").or_else(|| value.find("\t#")).unwrap_or(value.len());
            let value = value[..end].trim_end();
            format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$"))
        }
    };
    format!("{}={quoted}", name.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_parse_with_and_without_quotes() {
        let text = "# a comment\n\nPLAIN=two words # aside\nexport SINGLE='it # is'\nDOUBLE=\"a \\\"b\\\" $HOME\"  # c\n\
            HASH=a#b\nEMPTY=\nURL = postgres://a:p$b@h/d?x=1";
        let entries = parse(text).expect("a good file");
        for (name, value) in [
            ("PLAIN", "two words"),
            ("SINGLE", "it # is"),
            ("DOUBLE", "a \"b\" $HOME"),
            ("HASH", "a#b"),
            ("EMPTY", ""),
            ("URL", "postgres://a:p$b@h/d?x=1"),
        ] {
            assert_eq!(entries.get(name).map(|entry| &*entry.value), Some(value), "{name}");
        }
        assert_eq!(parse("A=two words # aside").expect("a good file")["A"].value, "two words");
    }

    #[test]
    fn an_invalid_line_is_reported_by_number_only() {
        for bad in ["secret", "sec ret=1", "=secret", "A='secret", "A=\"secret\\", "A='a' secret"] {
            let error = parse(&format!("\n# fine\n{bad}\n")).expect_err(bad).to_string();
            assert!(error.starts_with(".env: line 3: ") && !error.contains("secret"), "{error}");
        }
        let error = parse("PORT=1\n\nPORT=1").expect_err("one of them would count").to_string();
        assert_eq!(error, ".env: line 3: repeats the name of line 1; keep one of them");
    }
}
