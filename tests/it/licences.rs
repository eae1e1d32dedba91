//! The dependencies are those that `deny.toml` allows: licences, bans and sources.
//!
//! `cargo deny` reads the same file but needs a network; this does not.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::protocol::project;

/// The lists of `deny.toml`.
struct Policy {
    licences: Vec<String>,
    banned: Vec<String>,
    registries: Vec<String>,
}

impl Policy {
    fn read() -> Policy {
        let text = fs::read_to_string(project("deny.toml")).expect("deny.toml is there");
        Policy {
            licences: strings(&text, "licenses", "allow", ""),
            banned: strings(&text, "bans", "deny", "crate"),
            registries: strings(&text, "sources", "allow-registry", ""),
        }
    }

    /// True if an SPDX expression can be satisfied with allowed licences only.
    fn allows(&self, expression: &str) -> bool {
        let expression = expression.trim();
        if let Some((left, right)) = split_outside(expression, " AND ") {
            return self.allows(left) && self.allows(right);
        }
        if let Some((left, right)) = split_outside(expression, " OR ").or_else(|| split_outside(expression, "/")) {
            return self.allows(left) || self.allows(right);
        }
        match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            Some(inner) => self.allows(inner),
            None => self.licences.iter().any(|licence| licence == expression),
        }
    }
}

/// The strings of a list in a section of a TOML file; of tables, those with this key.
fn strings(text: &str, section: &str, list: &str, key: &str) -> Vec<String> {
    let (_, rest) = text.split_once(&format!("[{section}]\n")).unwrap_or_else(|| panic!("no section {section}"));
    let section = rest.split("\n[").next().unwrap_or(rest);
    let (_, rest) = section.split_once(&format!("{list} = [")).unwrap_or_else(|| panic!("no list {list}"));
    let body = rest.split("\n]").next().unwrap_or(rest).split("]\n").next().unwrap_or(rest);
    let lines = body.split('\n').filter(|line| !line.trim_start().starts_with('#'));
    let start = if key.is_empty() { "\"".to_owned() } else { format!("{key} = \"") };
    let found: Vec<String> =
        lines.filter_map(|line| line.split_once(&start)?.1.split_once('"')).map(|(text, _)| text.to_owned()).collect();
    assert!(!found.is_empty(), "nothing in {list}");
    found
}

/// Splits at the first separator that is outside parentheses.
fn split_outside<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let is_outside = |at: usize| text[..at].matches('(').count() == text[..at].matches(')').count();
    let (at, _) = text.match_indices(separator).find(|(at, _)| is_outside(*at))?;
    Some((&text[..at], &text[at + separator.len()..]))
}

/// The packages that this machine's binary is built from.
fn packages() -> Vec<Value> {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let arguments = ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", &platform];
    let output = Command::new(env!("CARGO")).args(arguments).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages").clone();
    assert!(packages.len() > 100, "only {} packages were found", packages.len());
    packages
}

/// The packages that violate a rule.
fn breaking(rule: impl Fn(&Value) -> bool) -> Vec<String> {
    let broken = packages().into_iter().filter(|package| !rule(package));
    broken.map(|package| format!("{}: {} from {}", package["name"], package["license"], package["source"])).collect()
}

#[test]
fn every_package_has_an_allowed_licence() {
    let policy = Policy::read();
    let wrong = breaking(|package| package["license"].as_str().is_some_and(|licence| policy.allows(licence)));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_package_is_banned() {
    let policy = Policy::read();
    let wrong = breaking(|package| !policy.banned.iter().any(|banned| package["name"] == banned.as_str()));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_package_comes_from_an_allowed_registry() {
    let policy = Policy::read();
    let is_allowed = |source: &str| policy.registries.iter().any(|url| source == format!("registry+{url}"));
    // The project itself has no source.
    let wrong = breaking(|package| package["source"].as_str().is_none_or(is_allowed));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_licence_expression_needs_one_allowed_alternative() {
    let policy = Policy::read();
    for allowed in ["MIT", "MIT OR GPL-3.0-only", "MIT/Apache-2.0", "(MIT OR GPL-2.0-only) AND Unicode-3.0"] {
        assert!(policy.allows(allowed), "{allowed}");
    }
    for refused in ["GPL-3.0-only", "MIT AND MPL-2.0", "MIT AND (LGPL-2.1-only OR GPL-2.0-only)", ""] {
        assert!(!policy.allows(refused), "{refused}");
    }
}

#[test]
fn policy_lists_are_parsed_completely() {
    let policy = Policy::read();
    assert!(policy.licences.len() >= 9 && policy.licences.iter().any(|licence| licence == "Zlib"));
    assert!(policy.banned.iter().any(|name| name == "openssl-sys"), "{:?}", policy.banned);
    assert_eq!(policy.registries, ["https://github.com/rust-lang/crates.io-index"]);
}
