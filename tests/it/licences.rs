//! What the server is built from may be given away with it.

use std::process::Command;

use serde_json::Value;

const GOOD: [&str; 9] =
    ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "Unicode-3.0", "BSL-1.0", "CC0-1.0"];

/// Whether an SPDX expression can be met with good licences alone.
fn is_good(expression: &str) -> bool {
    let expression = expression.trim();
    if let Some((left, right)) = split_outside(expression, " AND ") {
        return is_good(left) && is_good(right);
    }
    if let Some((left, right)) = split_outside(expression, " OR ").or_else(|| split_outside(expression, "/")) {
        return is_good(left) || is_good(right);
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_good(inner),
        None => GOOD.contains(&expression),
    }
}

/// Splits at the first separator that stands in no parentheses.
fn split_outside<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let is_outside = |at: usize| text[..at].matches('(').count() == text[..at].matches(')').count();
    let (at, _) = text.match_indices(separator).find(|(at, _)| is_outside(*at))?;
    Some((&text[..at], &text[at + separator.len()..]))
}

fn packages() -> Vec<Value> {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let asked = ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", &platform];
    let output = Command::new(env!("CARGO")).args(asked).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

#[test]
fn every_package_has_a_permissive_licence() {
    let packages = packages();
    assert!(packages.len() > 100, "only {} packages were looked at", packages.len());
    let bad: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_good))
        .map(|package| format!("{}: {}", package["name"], package["license"]))
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn a_licence_is_good_when_one_choice_of_each_part_is() {
    for good in ["MIT", "MIT OR GPL-3.0-only", "MIT/Apache-2.0", "(MIT OR GPL-2.0-only) AND Unicode-3.0"] {
        assert!(is_good(good), "{good}");
    }
    for bad in ["GPL-3.0-only", "MIT AND MPL-2.0", "MIT AND (LGPL-2.1-only OR GPL-2.0-only)", ""] {
        assert!(!is_good(bad), "{bad}");
    }
}
