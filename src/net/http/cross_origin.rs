//! Requests that pages of other origins send with `fetch` (CORS).

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::MethodRouter;
use hyper::header::ORIGIN;
use hyper::{Method, StatusCode};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::origin;
use super::site::Site;

/// Time for which a browser may cache the answer to a preflight.
const MAX_AGE: Duration = Duration::from_secs(600);

/// Allows pages of the allowed origins; the methods and header fields are the route's.
pub(super) fn allowed_pages(site: &Site) -> CorsLayer {
    let services = site.services.clone();
    let allowed = AllowOrigin::predicate(move |origin, request| {
        origin::is_allowed(origin.to_str().unwrap_or("?"), &request.headers, &services.config)
    });
    CorsLayer::new().allow_origin(allowed).max_age(MAX_AGE).vary([ORIGIN])
}

/// Opens a route to other origins. The route must already have its fallback: a layer applies only to existing handlers,
/// and a preflight is handled by the fallback.
pub(super) fn share(route: MethodRouter<Site>, cors: CorsLayer) -> MethodRouter<Site> {
    route.layer(cors).layer(from_fn(preflight_has_no_content))
}

/// Replaces the 200 with an empty body that tower-http answers a preflight with.
async fn preflight_has_no_content(request: Request, next: Next) -> Response {
    let is_preflight = request.method() == Method::OPTIONS;
    let mut response = next.run(request).await;
    if is_preflight && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    response
}
