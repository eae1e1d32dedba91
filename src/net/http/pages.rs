use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::Full;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use super::response::Answer;
use crate::ops::crypto;

/// A page loads from and talks to its own server only.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every page.
const GUARDS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const MANIFEST: &str = "application/manifest+json";

/// A page and its encodings.
#[derive(Debug)]
struct StaticPage {
    path: &'static str,
    kind: &'static str,
    plain: Bytes,
    zipped: Bytes,
    /// A hash of the content.
    tag: HeaderValue,
}

const REFERENCE_PATH: &str = "/docs";

/// The reference, rendered at the first request.
static REFERENCE: OnceLock<StaticPage> = OnceLock::new();

/// The chat page and the assets, compiled into the binary.
static PAGES: LazyLock<Vec<StaticPage>> = LazyLock::new(|| {
    vec![
        page("/", HTML, include_bytes!("../../../web/dist/index.html").as_slice().into()),
        page("/assets/app.js", SCRIPT, include_bytes!("../../../web/dist/app.js").as_slice().into()),
        page("/assets/app.css", STYLE, include_bytes!("../../../web/dist/app.css").as_slice().into()),
        page("/docs/client", HTML, include_bytes!("../../../web/dist/client.html").as_slice().into()),
        page("/docs/coming-from", HTML, include_bytes!("../../../web/dist/coming-from.html").as_slice().into()),
        page("/assets/docs.js", SCRIPT, include_bytes!("../../../web/dist/docs.js").as_slice().into()),
        page("/assets/docs.css", STYLE, include_bytes!("../../../web/dist/docs.css").as_slice().into()),
        page(
            "/assets/manifest.webmanifest",
            MANIFEST,
            include_bytes!("../../../web/dist/manifest.webmanifest").as_slice().into(),
        ),
        // A service worker controls the folder it comes from and what is below.
        page("/sw.js", SCRIPT, include_bytes!("../../../web/dist/sw.js").as_slice().into()),
        page("/assets/icon.svg", "image/svg+xml", include_bytes!("../../../web/dist/icon.svg").as_slice().into()),
    ]
});

fn page(path: &'static str, kind: &'static str, plain: Bytes) -> StaticPage {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zipped = encoder.write_all(&plain).and_then(|()| encoder.finish()).expect("memory takes every byte");
    let hash = crypto::sha256(&plain);
    let tag: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = HeaderValue::from_str(&format!("\"{tag}\"")).expect("hexadecimal digits in quotes");
    StaticPage { path, kind, plain, zipped: zipped.into(), tag }
}

/// True if there is a page at the path.
pub(super) fn exists(path: &str) -> bool {
    path == REFERENCE_PATH || PAGES.iter().any(|page| page.path == path)
}

/// The page at the path; without a body if the browser's copy is current.
pub(super) fn answer(path: &str, headers: &HeaderMap, reference: fn() -> String) -> Option<Answer> {
    let page = match path {
        REFERENCE_PATH => REFERENCE.get_or_init(|| page(REFERENCE_PATH, HTML, reference().into())),
        _ => PAGES.iter().find(|page| page.path == path)?,
    };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tag| mentions(tag, &page.tag));
    let zips = headers.get(header::ACCEPT_ENCODING).is_some_and(takes_gzip);
    let body = match (known, zips) {
        (true, _) => Bytes::new(),
        (false, true) => page.zipped.clone(),
        (false, false) => page.plain.clone(),
    };
    let mut response = Response::new(Full::new(body));
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let fields = response.headers_mut();
    if zips && !known {
        fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.kind));
    fields.insert(header::ETAG, page.tag.clone());
    // A new version of the server brings a new page; asking costs one round trip.
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    fields.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    for (name, value) in GUARDS {
        fields.insert(name, HeaderValue::from_static(value));
    }
    Some(response)
}

/// A redirect.
pub(super) fn redirect(to: &'static str) -> Answer {
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::FOUND;
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static(to));
    response
}

fn mentions(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(tags), Ok(tag)) = (tags.to_str(), tag.to_str()) else { return false };
    tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

fn takes_gzip(accepted: &HeaderValue) -> bool {
    let Ok(accepted) = accepted.to_str() else { return false };
    accepted.split(',').map(str::trim).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, "q=1"));
        name.trim() == "gzip" && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}
