//! Damaged messages of every kind: whatever comes in, the reader answers and does not panic.

use medcom::{Incoming, LetterFault, Refusal, read};
use proptest::prelude::*;

use crate::{fixture, incoming};

const NAMES: [&str; 29] = [
    "01",
    "02",
    "03",
    "04",
    "05",
    "06",
    "07",
    "08",
    "09",
    "10",
    "11",
    "12",
    "13",
    "14",
    "15",
    "16",
    "bad/bad01",
    "bad/bad02",
    "bad/bad03",
    "bad/bad04",
    "bad/bad05",
    "bad/bad06",
    "bad/bad07",
    "bad/bad08",
    "bad/bad09",
    "bad/bad10",
    "bad/bad11",
    "bad/bad12",
    "bad/bad13",
];

/// What may be put into a message: markup is worth more than other bytes.
fn junk() -> impl Strategy<Value = Vec<u8>> {
    let markup = prop::sample::select(vec![
        "<",
        ">",
        "</",
        "/>",
        "&",
        ";",
        "&#",
        "&#x0;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<!DOCTYPE x>",
        "xmlns='",
        "\"",
        "<Patient>",
        "</Patient>",
        "<Break/>",
        ":",
        "\u{FEFF}",
        "\u{FFFE}",
        "\r\n",
        "ø",
    ]);
    prop_oneof![
        2 => markup.prop_map(|m| m.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ]
}

fn check(bytes: &[u8]) {
    match incoming(bytes) {
        Ok(Incoming::Emessage(message)) => {
            assert!(!message.letters.is_empty());
            message.letters.iter().filter_map(|l| l.as_ref().err()).for_each(check_text);
        }
        Ok(Incoming::VansEnvelope(_)) => {}
        Err(Refusal::Answerable(fault)) => {
            assert!(fault.letters.iter().any(medcom::LetterIds::complete));
            assert!(fault.refuse_text("Testby Kommune").chars().count() <= 350);
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
}

fn check_text(fault: &LetterFault) {
    let shown = fault.refuse_text("Testby Kommune");
    assert!(shown.chars().count() <= 350 && !shown.contains("251248") && !shown.contains("Berggren"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_damaged_message_is_read_or_refused(
        name in prop::sample::select(&NAMES[..]),
        places in prop::collection::vec((any::<prop::sample::Index>(), 0usize..6, junk()), 1..4),
    ) {
        let mut bytes = fixture(name);
        for (place, gone, junk) in places {
            let at = place.index(bytes.len());
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, junk);
            if bytes.is_empty() {
                break;
            }
        }
        check(&bytes);
    }

    #[test]
    fn a_cut_message_is_read_or_refused(name in prop::sample::select(&NAMES[..]), place in any::<prop::sample::Index>()) {
        let bytes = fixture(name);
        check(&bytes[..place.index(bytes.len() + 1)]);
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes, &medcom::Limits::default()).is_err());
    }
}
