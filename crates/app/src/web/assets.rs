//! The built files under `/assets/`: part of the program, compressed once, kept by browsers for a year, since a changed
//! file has another name.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../assets/dist"]
struct Built;

/// A file and its compressed forms, made when they are first asked for.
struct File {
    content: Bytes,
    content_type: &'static str,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

static FILES: LazyLock<HashMap<String, File>> = LazyLock::new(|| {
    let files = Built::iter().filter(|path| path != "manifest.json");
    let files = files.filter_map(|path| Some((path.to_string(), file(&path, Built::get(&path)?.data))));
    files.collect()
});

fn file(path: &str, data: Cow<'static, [u8]>) -> File {
    let content = match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    File { content, content_type: content_type(path), brotli: OnceLock::new(), gzip: OnceLock::new() }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// One of the files.
pub(super) async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = FILES.get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (content, encoding) = file.encoded(accepted);
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

impl File {
    fn encoded(&self, accepted: &str) -> (Bytes, Option<&'static str>) {
        let accepts = |name| accepted.split(',').any(|part| part.split(';').next().is_some_and(|p| p.trim() == name));
        // Fonts and such are compressed already.
        let text = !matches!(self.content_type, "font/woff2" | "application/octet-stream");
        if text && accepts("br") {
            (self.brotli.get_or_init(|| with_brotli(&self.content)).clone(), Some("br"))
        } else if text && accepts("gzip") {
            (self.gzip.get_or_init(|| with_gzip(&self.content)).clone(), Some("gzip"))
        } else {
            (self.content.clone(), None)
        }
    }
}

fn with_brotli(content: &[u8]) -> Bytes {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    brotli::BrotliCompress(&mut &*content, &mut out, &params).expect("writing to memory cannot fail");
    out.into()
}

fn with_gzip(content: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let done = encoder.write_all(content).and_then(|()| encoder.finish());
    done.expect("writing to memory cannot fail").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_file_is_there_with_a_known_type() {
        assert!(FILES.contains_key(crate::layout::assets::FOREBYG_CSS.trim_start_matches("/assets/")));
        assert!(!FILES.contains_key("manifest.json"));
        assert!(FILES.values().all(|file| file.content_type != "application/octet-stream"));
    }

    #[test]
    fn a_file_comes_in_the_form_the_browser_accepts() {
        let file = file("a.css", Cow::Borrowed(b"p { color: inherit } p { color: inherit } p { color: inherit }"));
        assert_eq!(file.encoded("gzip, deflate, br;q=1.0").1, Some("br"));
        assert_eq!(file.encoded("gzip").1, Some("gzip"));
        assert_eq!(file.encoded(""), (file.content.clone(), None));
        assert!(file.encoded("br").0.len() < file.content.len());
    }
}
