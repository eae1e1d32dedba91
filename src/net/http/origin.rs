//! The origins whose pages may connect.
//!
//! Written by hand: `headers::Origin` treats an invalid port as a missing one, and would let it pass as the default
//! port.

use hyper::header::{HOST, HeaderMap, ORIGIN};

use crate::ops::config::Config;

/// The origin of a browser's page; programs do not send one.
pub(super) fn of(headers: &HeaderMap) -> Option<&str> {
    headers.get(ORIGIN).map(|origin| origin.to_str().unwrap_or("?"))
}

/// True if pages of this origin may connect: those of ALLOWED_ORIGINS or, if that is not set, the server's own.
pub(super) fn is_allowed(origin: &str, headers: &HeaderMap, config: &Config) -> bool {
    let allowed = &config.allowed_origins;
    let Some(origin) = PageOrigin::parse(origin) else {
        return allowed.iter().any(|named| named == "*");
    };
    if !allowed.is_empty() {
        return allowed.iter().any(|named| named == "*" || PageOrigin::parse(named).as_ref() == Some(&origin));
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let scheme = scheme(headers, config.tls.is_some()).unwrap_or(&origin.scheme);
    host.and_then(|host| PageOrigin::parse(&format!("{scheme}://{host}"))).is_some_and(|own| own == origin)
}

/// The scheme under which the browser sees this server; none if no proxy reports it. A page of another origin cannot
/// set these headers, so the proxy need not be trusted here.
fn scheme(headers: &HeaderMap, has_tls: bool) -> Option<&str> {
    let forwarded = headers.get("x-forwarded-proto").and_then(|scheme| scheme.to_str().ok());
    let forwarded = forwarded.and_then(|list| list.split(',').next()).map(str::trim);
    let is_forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    match forwarded {
        _ if has_tls => Some("https"),
        Some(forwarded) => Some(forwarded),
        None if is_forwarded => None,
        None => Some("http"),
    }
}

#[derive(Debug, PartialEq, Eq)]
struct PageOrigin {
    scheme: String,
    host: String,
    /// The port, by default that of the scheme.
    port: Option<u16>,
}

impl PageOrigin {
    fn parse(text: &str) -> Option<PageOrigin> {
        let (scheme, authority) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        // The colons of an IPv6 address are in brackets.
        let after_address = authority.rfind(']').map_or(0, |end| end + 1);
        let (host, port) = match authority[after_address..].rfind(':') {
            Some(colon) => authority.split_at(after_address + colon),
            None => (authority, ""),
        };
        let port = match port.strip_prefix(':') {
            None | Some("") => default_port(&scheme),
            Some(port) => Some(port.parse().ok()?),
        };
        let is_host = !host.is_empty() && !host.contains(['/', '@', '?', '#']);
        is_host.then(|| PageOrigin { scheme, host: host.to_ascii_lowercase(), port })
    }
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue};

    use super::is_allowed;
    use crate::ops::config::Config;

    fn config(settings: &[(&str, &str)]) -> Config {
        let lookup =
            |name: &str| settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Config::from_lookup(&lookup).expect("valid settings")
    }

    fn headers(host: &str, more: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_str(host).expect("a host"));
        for (name, value) in more {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).expect("a value"));
        }
        headers
    }

    #[test]
    fn origins_compare_by_scheme_and_default_port() {
        let plain = config(&[]);
        let secure = config(&[("TLS_CERT", "c.pem"), ("TLS_KEY", "k.pem")]);
        for (origin, host, config, more, is_own) in [
            ("https://chat.example", "chat.example:443", &secure, &[][..], true),
            ("https://chat.example:443", "chat.example", &secure, &[], true),
            ("HTTPS://Chat.Example", "chat.example", &secure, &[], true),
            ("http://chat.example", "chat.example", &secure, &[], false),
            ("https://chat.example:8443", "chat.example", &secure, &[], false),
            ("http://chat.example", "chat.example:80", &plain, &[], true),
            ("https://chat.example", "chat.example", &plain, &[], false),
            ("http://[::1]:8080", "[::1]:8080", &plain, &[], true),
            ("http://[::1]", "[::1]:8080", &plain, &[], false),
            ("null", "chat.example", &plain, &[], false),
            ("https://chat.example", "chat.example", &plain, &[("x-forwarded-proto", "https")], true),
            ("http://chat.example", "chat.example", &plain, &[("x-forwarded-proto", "https")], false),
            ("https://chat.example", "chat.example", &plain, &[("x-forwarded-for", "192.0.2.1")], true),
        ] {
            assert_eq!(is_allowed(origin, &headers(host, more), config), is_own, "{origin} at {host} with {more:?}");
        }
    }

    #[test]
    fn a_named_origin_matches_with_and_without_its_default_port() {
        let config = config(&[("ALLOWED_ORIGINS", "https://chat.example:443, http://two.example")]);
        let own = headers("127.0.0.1:8080", &[]);
        for (origin, is_named) in [
            ("https://chat.example", true),
            ("https://chat.example:443", true),
            ("http://chat.example", false),
            ("http://chat.example:443", false),
            ("http://two.example:80", true),
            ("http://127.0.0.1:8080", false),
        ] {
            assert_eq!(is_allowed(origin, &own, &config), is_named, "{origin}");
        }
    }
}
