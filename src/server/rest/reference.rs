//! The description of the API as two pages: `/docs`, to try it (Swagger UI), and `/redoc`, to read it (Redoc).
//!
//! Both are files of the site, `public/reference`, so that they need no network; `bin/reference` renews them.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// What the pages may do: run and load what is here, as all pages of Salon. Two styles may stand in the page, by their
/// SHA-256: the empty one, which Redoc fills with rules afterwards, and that of its scroll bars.
const POLICY: &str = "default-src 'none'; script-src 'self'; \
                      style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' \
                      'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='; \
                      img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// `/docs`.
pub async fn docs() -> Response {
    page(
        r#"<link rel="stylesheet" href="/reference/swagger-ui.css">"#,
        ["swagger-ui-bundle.js", "swagger.js"],
    )
}

/// `/redoc`.
pub async fn redoc() -> Response {
    page("", ["redoc.standalone.js", "redoc.js"])
}

fn page(head: &str, scripts: [&str; 2]) -> Response {
    let [first, second] = scripts.map(|name| format!(r#"<script src="/reference/{name}"></script>"#));
    let page = format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Salon: the API</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/reference/page.css">
{head}
</head>
<body>
<div id="reference"><noscript>The whole description is at <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</noscript></div>
{first}
{second}
</body>
</html>
"#
    );
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)];
    (headers, page).into_response()
}
