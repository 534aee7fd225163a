//! What a file is by its first bytes. A name says what somebody called it; a file that is something else is handed on
//! only as bytes to be saved, and a program never.

/// Names, words and first bytes of the kinds that MedCom names, and of what must be told from them.
const KINDS: [Kind; 12] = [
    Kind { names: &["pdf"], word: "en pdf", at: 0, bytes: b"%PDF-" },
    Kind { names: &["jpg", "jpeg"], word: "et billede (jpg)", at: 0, bytes: b"\xff\xd8\xff" },
    Kind { names: &["png"], word: "et billede (png)", at: 0, bytes: b"\x89PNG" },
    Kind { names: &["gif"], word: "et billede (gif)", at: 0, bytes: b"GIF8" },
    Kind { names: &["tif", "tiff"], word: "et billede (tiff)", at: 0, bytes: b"II*\0" },
    Kind { names: &["tif", "tiff"], word: "et billede (tiff)", at: 0, bytes: b"MM\0*" },
    Kind { names: &["bmp"], word: "et billede (bmp)", at: 0, bytes: b"BM" },
    Kind { names: &["rtf"], word: "et dokument (rtf)", at: 0, bytes: b"{\\rtf" },
    Kind { names: &["docx", "xlsx"], word: "en pakket fil (zip)", at: 0, bytes: b"PK\x03\x04" },
    Kind { names: &["doc", "xls"], word: "et ældre Office-dokument", at: 0, bytes: b"\xd0\xcf\x11\xe0" },
    Kind { names: &["dcm"], word: "et røntgenbillede (dicom)", at: 128, bytes: b"DICM" },
    Kind { names: &[], word: "en webside", at: 0, bytes: b"<" },
];

/// Kinds that are only text, and so have no first bytes of their own.
const TEXTS: [&str; 2] = ["txt", "csv"];

struct Kind {
    names: &'static [&'static str],
    word: &'static str,
    at: usize,
    bytes: &'static [u8],
}

impl Kind {
    fn fits(&self, head: &[u8]) -> bool {
        head.get(self.at..).is_some_and(|rest| rest.starts_with(self.bytes))
    }
}

/// What is wrong, when the first bytes of a file are not of the kind it is called.
pub(crate) fn mismatch(extension: &str, head: &[u8]) -> Option<String> {
    let name = extension.trim().trim_start_matches('.').to_ascii_lowercase();
    let seen = KINDS.iter().find(|kind| kind.fits(head));
    let right = match seen {
        Some(kind) if TEXTS.contains(&name.as_str()) => kind.names.is_empty(),
        Some(kind) => kind.names.contains(&name.as_str()),
        None => TEXTS.contains(&name.as_str()) || !KINDS.iter().any(|kind| kind.names.contains(&name.as_str())),
    };
    let looks = seen.map_or_else(|| "noget andet".to_owned(), |kind| kind.word.to_owned());
    (!right).then(|| {
        format!("Filen kaldes {name}, men ligner {looks}. Den kan hentes, men åbn den kun, hvis du ved, hvad den er.")
    })
}

/// Whether a file is a program: of Windows, Linux or macOS, or a script that is run as it stands.
pub(crate) fn is_program(head: &[u8]) -> bool {
    let starts: [&[u8]; 6] = [b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf", b"\xca\xfe\xba\xbe", b"#!"];
    starts.iter().any(|start| head.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        let dicom = [&[0; 128][..], b"DICM"].concat();
        for (name, head) in [
            ("pdf", &b"%PDF-1.7"[..]),
            (".PDF ", b"%PDF-1.4"),
            ("jpeg", b"\xff\xd8\xff\xe0"),
            ("png", b"\x89PNG\r\n"),
            ("docx", b"PK\x03\x04"),
            ("txt", "Høje tal".as_bytes()),
            ("csv", b"<5;>7"),
            ("dcm", &dicom),
        ] {
            assert_eq!(mismatch(name, head), None, "{name}");
        }
        let png = mismatch("pdf", b"\x89PNG\r\n").unwrap_or_default();
        assert!(png.starts_with("Filen kaldes pdf, men ligner et billede (png)."), "{png}");
        for (name, head) in
            [("pdf", &b"hello"[..]), ("pdf", b""), ("png", b"<svg onload"), ("txt", b"%PDF-1.7"), ("jpg", b"GIF89a")]
        {
            assert!(mismatch(name, head).is_some(), "{name}");
        }
    }

    #[test]
    fn a_program_is_one_under_any_name() {
        assert!(is_program(b"MZ\x90\0") && is_program(b"\x7fELF") && is_program(b"#!/bin/sh"));
        assert!(!is_program(b"%PDF-1.7") && !is_program(b""));
    }
}
