//! The signature of a request by the account's key, as the REST API of Cosmos documents it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use hyper::Request;

/// The key that every Cosmos emulator has; it protects nothing.
const KEY: &str = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

/// True if the request was signed with the key.
pub fn is_good<T>(request: &Request<T>) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    let authorization = decoded(header("authorization"));
    let signature = authorization.strip_prefix("type=master&ver=1.0&sig=").and_then(|text| STANDARD.decode(text).ok());
    let Some(signature) = signature else { return false };
    let path = decoded(request.uri().path().trim_matches('/'));
    let (kind, link) = resource(&path);
    let method = request.method().as_str().to_lowercase();
    let text = format!("{method}\n{}\n{link}\n{}\n\n", kind.to_lowercase(), header("x-ms-date").to_lowercase());
    let key = STANDARD.decode(KEY).expect("the key is Base64");
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).expect("a key may have any length");
    mac.update(text.as_bytes());
    mac.verify_slice(&signature).is_ok()
}

/// The resource type and link to sign: a path of odd length names a list, and its link is the parent.
fn resource(path: &str) -> (&str, String) {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.len() {
        0 => ("", String::new()),
        odd if odd % 2 == 1 => (parts[odd - 1], parts[..odd - 1].join("/")),
        even => (parts[even - 2], parts.join("/")),
    }
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
