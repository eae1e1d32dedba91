//! Fuzz target for the headers of a request, one per line.

use hyper::header::{HeaderMap, HeaderName, HeaderValue};

use super::files::{RangeSelection, select};
use super::{address, credentials, origin};
use crate::api::files::ContentRange;
use crate::ops::config::Config;
use crate::ops::mutator::{Target, fingerprint};

const WORDS: &[&str] = &[
    "\nrange: ",
    "\ncontent-range: ",
    "\nx-forwarded-for: ",
    "\nauthorization: ",
    "\nsec-websocket-protocol: ",
    "\norigin: ",
    "\nhost: ",
    "bytes=",
    "bytes ",
    "-",
    "/",
    "*",
    ",",
    "[::1]",
    "10.0.0.1",
    "https://",
    "Bearer ",
    ":443",
];

fn headers(text: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in text.lines() {
        let Some((name, value)) = line.split_once(": ") else { continue };
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    headers
}

#[test]
fn fuzzed_headers_are_parsed_or_refused() {
    let lookup = |name: &str| (name == "TRUSTED_PROXIES").then(|| "10.0.0.0/8".to_owned());
    let config = Config::from_lookup(&lookup).expect("valid settings");
    let proxy = [10, 0, 0, 1].into();
    let etag = "\"e\"".parse().expect("an entity tag");
    Target { name: "headers", words: WORDS, longest: 2048, runs: 5000 }.run_text(|text| {
        let headers = headers(text);
        let mut parts = vec![];
        for size in [0, 1, 1000, u64::MAX] {
            if let RangeSelection::Part { start, end } = select(&headers, &etag, size) {
                assert!(start < end && end <= size, "{start}..{end} of {size}");
                parts.push(end - start);
            }
            let given = headers.get("content-range").and_then(|value| value.to_str().ok());
            if let Some(Ok(ContentRange::Bytes { start, end })) = given.map(|given| ContentRange::parse(given, size)) {
                assert!(start < end && end <= size, "{start}..{end} of {size}");
                parts.push(end - start);
            }
        }
        let found = address::of_request(proxy, &headers, &config);
        let is_allowed = origin::of(&headers).map(|from| origin::is_allowed(from, &headers, &config));
        let token = credentials::in_headers(&headers).map(|token| token.len());
        assert!(token.is_none_or(|length| length <= text.len()));
        fingerprint((parts, found.address == proxy, is_allowed, token, credentials::offers_protocol(&headers)))
    });
}
