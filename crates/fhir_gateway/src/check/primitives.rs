//! FHIR's primitive types by their regular expressions, written out.

use super::Check;
use super::json::Node;
use super::path::Path;
use super::table::Kind;
use super::time::{Moment, Precision};

/// Whether a kind is a primitive, beside which `_name` may stand.
pub const fn is_primitive(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Id
            | Kind::Text
            | Kind::Code
            | Kind::Uri
            | Kind::Boolean
            | Kind::DateTime
            | Kind::FullDateTime
            | Kind::Instant
            | Kind::Fixed(_)
            | Kind::OneOf(_)
    )
}

/// A primitive against its kind.
pub fn check(check: &mut Check<'_>, kind: &Kind, node: &Node<'_>, path: &Path<'_>) {
    match (kind, node) {
        (_, Node::Null) => check.error("ele-1", path, "Elementet har ingen værdi."),
        (Kind::Boolean, Node::Bool) => {}
        (Kind::Boolean, _) => check.error("type", path, "Her skal stå true eller false."),
        (_, Node::Text(text)) if text.is_empty() => check.error("ele-1", path, "Teksten er tom."),
        (kind, Node::Text(text)) => {
            if let Some((rule, what)) = fault(kind, text) {
                check.error(rule, path, what);
            }
        }
        _ => check.error("type", path, "Her skal stå en tekst."),
    }
}

fn fault(kind: &Kind, text: &str) -> Option<(&'static str, &'static str)> {
    match kind {
        Kind::Id => (!is_id(text)).then_some(("type", "Teksten er ikke et gyldigt id.")),
        Kind::Uri => {
            text.bytes().any(|b| b.is_ascii_whitespace()).then_some(("type", "Adressen må ikke have mellemrum."))
        }
        Kind::Code => (!is_code(text)).then_some(("type", "Koden må ikke have overflødige mellemrum.")),
        Kind::Text => text.trim().is_empty().then_some(("ele-1", "Teksten er tom.")),
        Kind::Fixed(wanted) => {
            (text != *wanted).then_some(("fixed-value", "Værdien er en anden end den, profilen kræver."))
        }
        Kind::OneOf(codes) => (!codes.contains(&text)).then_some(("binding", "Koden er ikke i det tilladte værdisæt.")),
        Kind::DateTime => moment(text, &[Precision::Day, Precision::Time]),
        Kind::FullDateTime | Kind::Instant => moment(text, &[Precision::Time]),
        _ => None,
    }
}

fn moment(text: &str, allowed: &[Precision]) -> Option<(&'static str, &'static str)> {
    match Moment::parse(text) {
        None => Some(("type", "Teksten er ikke en gyldig dato eller et tidspunkt med tidszone.")),
        Some(moment) if allowed.contains(&moment.precision()) => None,
        Some(_) => Some(("date-precision", "Datoen eller tidspunktet er ikke angivet nøjagtigt nok.")),
    }
}

/// `[^\s]+(\s[^\s]+)*`.
fn is_code(text: &str) -> bool {
    text.split(|c: char| c.is_ascii_whitespace()).all(|word| !word.is_empty())
}

/// `[A-Za-z0-9\-\.]{1,64}`.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
}

/// A UUID in lower case with hyphens.
pub fn is_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => matches!(b, b'0'..=b'9' | b'a'..=b'f'),
        })
}
