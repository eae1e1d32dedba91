use hyper::header::{HOST, HeaderMap, ORIGIN};

/// The origin a browser comes from; programs send none.
pub(super) fn of(headers: &HeaderMap) -> Option<&str> {
    headers.get(ORIGIN).map(|origin| origin.to_str().unwrap_or("?"))
}

/// Whether pages of that origin may connect: those that are named, or, where none is, the server's own.
pub(super) fn is_allowed(origin: &str, headers: &HeaderMap, allowed: &[String]) -> bool {
    let named = allowed.iter().any(|one| one == "*" || one.eq_ignore_ascii_case(origin));
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let own = origin.split_once("://").zip(host).is_some_and(|((_, from), host)| from.eq_ignore_ascii_case(host));
    named || (allowed.is_empty() && own)
}
