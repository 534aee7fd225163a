//! Base64 as XML carries it: with line breaks anywhere. Decoded in pieces, so that memory holds only the result.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Characters decoded at a time; a multiple of four.
const PIECE: usize = 4096;

/// The bytes, or `None` when it is not base64 (padding is required).
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut piece = Vec::with_capacity(PIECE);
    let mut padded = false;
    for byte in text.bytes().filter(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r')) {
        if padded && byte != b'=' {
            return None;
        }
        padded |= byte == b'=';
        piece.push(byte);
        if piece.len() == PIECE {
            STANDARD.decode_vec(&piece, &mut out).ok()?;
            piece.clear();
        }
    }
    STANDARD.decode_vec(&piece, &mut out).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_are_layout() {
        assert_eq!(decode("aGVq\r\n IGRp\tZw=="), Some(b"hej dig".to_vec()));
    }

    #[test]
    fn long_texts_are_decoded_in_pieces() {
        let bytes: Vec<u8> = (0..50_000u32).map(|n| n.to_le_bytes()[0]).collect();
        let text = STANDARD.encode(&bytes);
        assert_eq!(decode(&text), Some(bytes));
    }

    #[test]
    fn broken_base64_is_refused() {
        for text in ["a", "aGVq=", "aG=q", "aG==aGVq", "å"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
