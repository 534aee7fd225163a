//! X1: a referral letter into a checked record, beside a loop that only puts every leaf's text into a map.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::hint::black_box;

use benches::{goal, rate};
use quick_xml::Reader;
use quick_xml::events::Event;

fn main() {
    let letters: Vec<Vec<u8>> = (0..2000).map(medcom::sample::sample_letter).collect();
    let limits = medcom::Limits::default();
    for letter in &letters {
        assert!(matches!(medcom::read(letter, &limits), Ok(medcom::Incoming::Emessage(m)) if m.letters[0].is_ok()));
    }
    let floor = rate("path map (floor)", "messages/s", letters.len(), || {
        for letter in &letters {
            assert!(black_box(path_map(letter)).len() > 20);
        }
    });
    let ours = rate("medcom::read", "messages/s", letters.len(), || {
        for letter in &letters {
            assert!(black_box(medcom::read(letter, &limits)).is_ok());
        }
    });
    goal("X1", "referral letters against the path map", ours / floor, 0.7);
}

/// Every leaf's text, unescaped and owned, by its path: the least that any mapper must do.
fn path_map(message: &[u8]) -> BTreeMap<String, Vec<String>> {
    let mut reader = Reader::from_str(std::str::from_utf8(message).unwrap());
    let (mut path, mut text, mut found) = (Vec::<String>::new(), String::new(), BTreeMap::<String, Vec<String>>::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(start) => {
                path.push(start.local_name().as_ref().to_owned());
                text.clear();
            }
            Event::Text(piece) => text.push_str(&piece.into_inner()),
            Event::GeneralRef(name) => text.push_str(&name),
            Event::End(_) => {
                let trimmed = text.trim();
                if !trimmed.is_empty() {
                    found.entry(path.join("/")).or_default().push(trimmed.to_owned());
                }
                text.clear();
                path.pop();
            }
            _ => {}
        }
    }
}
