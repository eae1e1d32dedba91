//! The chat page and the reference, embedded in the binary.
//!
//! They are compressed once, by hand: the compression of tower-http would do it again for every request.

use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use data_encoding::{BASE64, HEXLOWER};
use flate2::Compression;
use flate2::write::GzEncoder;
use headers::{ETag, HeaderMapExt, IfNoneMatch};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{StatusCode, Uri};
use include_dir::{Dir, File, include_dir};

use super::response::empty;
use super::site::Site;
use crate::ops::crypto;

/// Headers of every page.
const GUARDS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// The file may change with the server; revalidation costs one round trip.
const ASK_FIRST: HeaderValue = HeaderValue::from_static("no-cache");

/// The file's name changes with its content.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The folder of files whose names contain a hash of their content.
const CHUNKS: &str = "chunks";

const HTML: &str = "text/html; charset=utf-8";

/// A page and its encodings.
#[derive(Debug)]
struct StaticPage {
    path: String,
    kind: &'static str,
    plain: Bytes,
    zipped: Bytes,
    /// A hash of the content.
    tag: ETag,
    /// The content that the page may load.
    policy: HeaderValue,
    /// The time for which a browser may cache it.
    keeping: HeaderValue,
}

const REFERENCE_PATH: &str = "/docs";

/// The reference, rendered at the first request.
static REFERENCE: OnceLock<StaticPage> = OnceLock::new();

static DIST: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web/dist");

/// The chat page and its assets.
static PAGES: LazyLock<Vec<StaticPage>> = LazyLock::new(|| {
    let named = |file: &'static File<'_>| {
        let name = file.path().to_str().expect("the build gives its files ASCII names");
        page(path_of(name), kind_of(name), file.contents().into())
    };
    let chunks = DIST.get_dir(CHUNKS).into_iter().flat_map(Dir::files);
    DIST.files().chain(chunks).map(named).collect()
});

fn path_of(name: &str) -> String {
    match name.strip_suffix(".html") {
        Some("index") => "/".to_owned(),
        Some(guide) => format!("/docs/{guide}"),
        // A service worker controls the folder it is served from and everything below it.
        None if name == "sw.js" => "/sw.js".to_owned(),
        None => format!("/assets/{name}"),
    }
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => HTML,
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn page(path: String, kind: &'static str, plain: Bytes) -> StaticPage {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zipped = encoder.write_all(&plain).and_then(|()| encoder.finish()).expect("memory takes every byte");
    let hash = crypto::sha256(&plain);
    let tag = format!("\"{}\"", HEXLOWER.encode(&hash[..12]));
    let tag = tag.parse().expect("hexadecimal digits in quotes");
    let policy = policy(&plain);
    let keeping = if path.starts_with("/assets/chunks/") { KEEP } else { ASK_FIRST };
    StaticPage { path, kind, plain, zipped: zipped.into(), tag, policy, keeping }
}

/// The policy of a page: it may load from and connect to its own server only, and run only the scripts it contains.
fn policy(page: &[u8]) -> HeaderValue {
    let scripts = hashes(page, "<script>", "</script>");
    let styles = hashes(page, "<style>", "</style>");
    let policy = format!(
        "default-src 'none'; script-src 'self'{scripts}; style-src 'self'{styles}; img-src 'self'; connect-src 'self'; \
         manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    );
    policy.try_into().expect("directives and Base64 are ASCII")
}

/// The hashes of the elements of one kind, as sources of a policy.
fn hashes(page: &[u8], begin: &str, end: &str) -> String {
    let text = str::from_utf8(page).unwrap_or_default();
    let inside = text.split(begin).skip(1).filter_map(|rest| rest.split_once(end));
    inside.map(|(content, _)| format!(" 'sha256-{}'", BASE64.encode(&crypto::sha256(content.as_bytes())))).collect()
}

/// The paths of all pages.
pub(super) fn paths() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|page| &*page.path).chain([REFERENCE_PATH])
}

/// Sends the page at a path; without a body if the browser's cached copy is current.
pub(super) async fn answer(State(site): State<Site>, uri: Uri, headers: HeaderMap) -> Response {
    let page = PAGES
        .iter()
        .find(|page| page.path == uri.path())
        .unwrap_or_else(|| REFERENCE.get_or_init(|| page(REFERENCE_PATH.to_owned(), HTML, (site.reference)().into())));
    let known = headers.typed_get::<IfNoneMatch>().is_some_and(|known| !known.precondition_passes(&page.tag));
    let zips = headers.get(header::ACCEPT_ENCODING).is_some_and(takes_gzip);
    let body = match (known, zips) {
        (true, _) => Bytes::new(),
        (false, true) => page.zipped.clone(),
        (false, false) => page.plain.clone(),
    };
    let mut response = Response::new(Body::from(body));
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let fields = response.headers_mut();
    if zips && !known {
        fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.kind));
    fields.typed_insert(page.tag.clone());
    fields.insert(header::CACHE_CONTROL, page.keeping.clone());
    fields.insert(header::CONTENT_SECURITY_POLICY, page.policy.clone());
    fields.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    for (name, value) in GUARDS {
        fields.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Redirects the old path of the chat page.
pub(super) async fn former_path() -> Response {
    let mut response = empty(StatusCode::FOUND);
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/"));
    response
}

fn takes_gzip(accepted: &HeaderValue) -> bool {
    let Ok(accepted) = accepted.to_str() else { return false };
    accepted.split(',').map(str::trim).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, "q=1"));
        name.trim() == "gzip" && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}
