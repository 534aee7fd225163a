//! From bytes to text: encoding by byte order mark and XML declaration, and no document type declaration.
//!
//! UTF-8 and ISO-8859-1 are read (MedCom's samples use both, in either case of letters). ISO-8859-1 is decoded as
//! windows-1252, which differs only in 0x80–0x9F, where sloppy senders mean the windows characters.

use std::borrow::Cow;

use encoding_rs::{UTF_8, WINDOWS_1252};

/// Why the bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncodingFault {
    /// UTF-16 or UTF-32 by byte order mark or zero bytes.
    #[error("UTF-16 or UTF-32")]
    Wide,
    /// The declaration names an encoding that is not read here.
    #[error("unknown encoding in the XML declaration")]
    UnknownLabel,
    /// A UTF-8 byte order mark before a declaration of another encoding.
    #[error("byte order mark and declaration contradict each other")]
    Contradiction,
    /// Bytes that are not UTF-8 although that is the encoding.
    #[error("byte {0} is not UTF-8")]
    NotUtf8(usize),
}

/// What is wrong before any element was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrologFault {
    /// `<!` other than a comment, at this byte.
    Forbidden(usize),
    Encoding(EncodingFault),
}

/// Refuses what must not be decoded, then decodes. Borrows when the bytes are UTF-8 (or ASCII) already.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, PrologFault> {
    if is_wide(bytes) {
        return Err(PrologFault::Encoding(EncodingFault::Wide));
    }
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let has_mark = body.is_some();
    let body = body.unwrap_or(bytes);
    if let Some(at) = doctype_in_prolog(body) {
        return Err(PrologFault::Forbidden(at));
    }
    text_of(body, has_mark).map_err(PrologFault::Encoding)
}

fn text_of(body: &[u8], has_mark: bool) -> Result<Cow<'_, str>, EncodingFault> {
    let label = declared_encoding(body);
    let encoding = match label {
        None => UTF_8,
        Some(label) => encoding_rs::Encoding::for_label(label).ok_or(EncodingFault::UnknownLabel)?,
    };
    if encoding == UTF_8 {
        return match std::str::from_utf8(body) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(error) => Err(EncodingFault::NotUtf8(error.valid_up_to())),
        };
    }
    if has_mark {
        return Err(EncodingFault::Contradiction);
    }
    if encoding == WINDOWS_1252 {
        return Ok(WINDOWS_1252.decode_without_bom_handling(body).0);
    }
    Err(EncodingFault::UnknownLabel)
}

/// A zero among the first four bytes, or a mark: no XML in UTF-8 or ISO-8859-1 begins so.
fn is_wide(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]) || bytes.iter().take(4).any(|b| *b == 0)
}

/// Where the prolog holds `<!` that opens no comment. The ASCII bytes looked at are the same in both encodings.
fn doctype_in_prolog(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|b| !b.is_ascii_whitespace())?;
        let rest = &bytes[at..];
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => return Some(at),
            _ => return None,
        };
        let skip = if end.len() == 3 { 4 } else { 2 };
        at += skip + find(&rest[skip..], end)? + end.len();
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

/// The value of `encoding` in the XML declaration, if there is one.
fn declared_encoding(bytes: &[u8]) -> Option<&[u8]> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    if !declaration.first()?.is_ascii_whitespace() {
        return None;
    }
    let declaration = &declaration[..find(declaration, b"?>")?];
    let rest = declaration[find(declaration, b"encoding")? + 8..].trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let (quote, value) = rest.split_first()?;
    let end = value.iter().position(|b| b == quote)?;
    Some(&value[..end])
}

/// The first character that XML 1.0 does not allow (control characters, U+FFFE, U+FFFF), if any.
pub(crate) fn invalid_character(text: &str) -> Option<usize> {
    let suspicious = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0xEF;
    // The fold without early exit lets the compiler look at many bytes at a time.
    if !text.as_bytes().chunks(1024).any(|c| c.iter().fold(false, |bad, b| bad | suspicious(*b))) {
        return None;
    }
    text.char_indices().find(|(_, c)| !is_xml_char(*c)).map(|(at, _)| at)
}

/// Characters of XML 1.0 (section 2.2, Char).
pub(crate) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}
