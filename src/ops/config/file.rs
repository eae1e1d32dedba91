//! The file `.env` of the working directory: `NAME=value` lines, `#` comments, values with or without quotes.
//!
//! Parsed here because the usual crate refuses unquoted blanks, reports no line numbers, and replaces `$NAME` inside
//! values, which corrupts passwords.

use std::borrow::Cow;
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

/// The settings of the file by name; the last of two equal names counts.
pub(super) type FileEntries = HashMap<String, FileEntry>;

/// Reads the file of the working directory; a missing file is an empty one. The folders above are not searched.
pub(super) fn read() -> Result<FileEntries, BadSetting> {
    match std::fs::read_to_string(FILE) {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(FileEntries::new()),
        Err(error) => Err(BadSetting { name: FILE.into(), problem: error.to_string() }),
    }
}

/// A refusal of one line, which may hold a secret and is therefore not shown.
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
        let content = content.strip_prefix("export ").unwrap_or(content).trim_start();
        let (name, value) = content.split_once('=').ok_or_else(|| bad_line(line, "must be NAME=value"))?;
        let name = name.trim_end();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(bad_line(line, "must be NAME=value, with a name of A-Z a-z 0-9 _"));
        }
        let value = unquoted(value.trim()).map_err(|problem| bad_line(line, problem))?;
        entries.insert(name.to_owned(), FileEntry { value: value.into_owned(), line });
    }
    Ok(entries)
}

/// The value without its quotes and without the comment behind it.
fn unquoted(text: &str) -> Result<Cow<'_, str>, &'static str> {
    match text.chars().next() {
        Some(quote @ ('\'' | '"')) => quoted(&text[1..], quote).map(Cow::Owned),
        Some('#') => Ok(Cow::Borrowed("")),
        _ => {
            let end = text.find(" #").or_else(|| text.find("\t#")).unwrap_or(text.len());
            Ok(Cow::Borrowed(text[..end].trim_end()))
        }
    }
}

/// The text up to the closing quote. Within double quotes, a backslash makes the next character literal.
fn quoted(text: &str, quote: char) -> Result<String, &'static str> {
    let mut value = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if quote == '"' => match characters.next() {
                Some('n') => value.push('\n'),
                Some(escaped) => value.push(escaped),
                None => break,
            },
            _ if character == quote => {
                let rest = characters.as_str().trim_start();
                let is_comment = rest.is_empty() || rest.starts_with('#');
                return if is_comment { Ok(value) } else { Err("has text after the closing quote") };
            }
            _ => value.push(character),
        }
    }
    Err("has no closing quote")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_with_and_without_quotes() {
        let text = "# a comment\n\nPLAIN=two words # aside\nexport SINGLE='it # is'\nDOUBLE=\"a \\\"b\\\" $HOME\"  # c\n\
            HASH=a#b\nEMPTY=\nURL = postgres://a:p$b@h/d?x=1\nPLAIN=last";
        let entries = parse(text).expect("a good file");
        for (name, value) in [
            ("PLAIN", "last"),
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
    fn a_bad_line_is_named_by_its_number_and_not_shown() {
        for bad in ["secret", "sec ret=1", "=secret", "A='secret", "A=\"secret\\", "A='a' secret"] {
            let error = parse(&format!("\n# fine\n{bad}\n")).expect_err(bad).to_string();
            assert!(error.starts_with(".env: line 3: ") && !error.contains("secret"), "{error}");
        }
    }
}
