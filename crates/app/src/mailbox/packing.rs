//! How the bytes of a message lie in the database: deflated, when that makes them smaller. What comes out is byte for
//! byte what came in.

use std::cell::RefCell;
use std::io::Read;

use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};
use store::{Row, StoreError};

/// Larger ones are mostly attachments, which are packed by themselves, and would keep a thread busy.
const PACKED_UP_TO: usize = 256 * 1024;

/// The bytes of a message as its row holds them: columns `body` and `packed`.
pub(super) struct Body {
    pub bytes: Vec<u8>,
    pub packed: bool,
}

impl Body {
    /// Packs the bytes of a message.
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        match packed(&bytes) {
            Some(smaller) => Self { bytes: smaller, packed: true },
            None => Self { bytes, packed: false },
        }
    }
}

fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() > PACKED_UP_TO {
        return None;
    }
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        // There is room for as much as came: what does not fit is not smaller.
        let mut smaller = Vec::with_capacity(bytes.len());
        let status = packer.compress_vec(bytes, &mut smaller, FlushCompress::Finish).ok()?;
        (status == Status::StreamEnd && smaller.len() < bytes.len()).then_some(smaller)
    })
}

thread_local! {
    /// Its tables take a hundred kilobytes: they are made once, not with each message.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), false));
}

/// Reads the columns `body` and `packed` of a message: its bytes as they came.
pub fn take_body(row: &mut Row<'_>) -> Result<Vec<u8>, StoreError> {
    let (bytes, packed) = (row.take::<Vec<u8>>()?, row.take()?);
    if packed { unpacked(&bytes) } else { Ok(bytes) }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut whole = Vec::with_capacity(bytes.len() * 4);
    // What was packed was no larger; more than that is not what we wrote.
    let read = DeflateDecoder::new(bytes).take(PACKED_UP_TO as u64 + 1).read_to_end(&mut whole);
    match read {
        Ok(length) if length <= PACKED_UP_TO => Ok(whole),
        _ => Err(StoreError::Unreadable { what: "body of a message" }),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::write::DeflateEncoder;

    use super::*;

    #[test]
    fn a_letter_comes_out_as_it_went_in_and_takes_less_room() {
        let letter = medcom_letter();
        let body = Body::of(letter.clone());
        assert!(body.packed);
        assert!(body.bytes.len() * 2 < letter.len(), "{} of {}", body.bytes.len(), letter.len());
        assert_eq!(unpacked(&body.bytes).expect("it was packed"), letter);
    }

    #[test]
    fn what_does_not_get_smaller_or_is_large_stays_as_it_is() {
        for bytes in [Vec::new(), b"x".to_vec(), vec![7; PACKED_UP_TO + 1]] {
            let body = Body::of(bytes.clone());
            assert!(!body.packed);
            assert_eq!(body.bytes, bytes);
        }
        assert!(Body::of(vec![7; PACKED_UP_TO]).packed);
    }

    #[test]
    fn a_damaged_body_is_an_error_not_a_wrong_letter() {
        assert!(unpacked(b"\xff\xff\xff").is_err());
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&vec![0; PACKED_UP_TO + 2]).expect("memory");
        assert!(unpacked(&encoder.finish().expect("memory")).is_err());
    }

    fn medcom_letter() -> Vec<u8> {
        include_bytes!("../../../../fixtures/medcom/06-xref15-iso-8859-1.xml").to_vec()
    }
}
