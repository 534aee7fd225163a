//! What we write is byte for byte what the models say, and texts that do not fit are refused, not cut.

use medcom::{
    Encoding, Envelope, FormattedText, Identifier, Incoming, Inline, Letter, OriginalMessage, Receipt, ReceiptKind,
    WriteError,
};

use crate::{fixture, incoming, letter_fault, message};

fn written(bytes: &[u8]) -> Vec<u8> {
    let message = message(bytes);
    let envelope = &message.envelope;
    let result = match message.letters[0].as_ref().unwrap() {
        Letter::Referral(letter) => letter.write(envelope),
        Letter::FinalNote(letter) => letter.write(envelope),
        Letter::Receipt(letter) => letter.write(envelope),
        Letter::Correspondence(letter) => letter.write(envelope),
        Letter::Attachment(_) => panic!("attachments are not written"),
    };
    result.unwrap()
}

#[test]
fn letters_read_from_the_models_are_written_as_the_models() {
    for name in ["01", "02", "03", "04", "05", "07", "08", "09", "10", "11", "12", "15", "bad/bad13"] {
        let model = fixture(name);
        assert!(written(&model) == model, "{name}");
    }
}

#[test]
fn envelopes_are_written_as_the_models() {
    for name in ["13", "14"] {
        let model = fixture(name);
        let Ok(Incoming::VansEnvelope(envelope)) = incoming(&model) else { panic!("{name}") };
        assert!(envelope.write().unwrap() == model, "{name}");
    }
}

#[test]
fn the_receipt_for_an_unsupported_version_is_the_model() {
    let fault = letter_fault(&fixture("bad/bad06"));
    let original = OriginalMessage::of_letter_faults([&fault], "Testby Kommune").unwrap();
    let receipt = Receipt {
        kind: ReceiptKind::Negative,
        identifier: Identifier::parse("TL250311000002").unwrap(),
        sender: original.receiver.clone(),
        receiver: original.sender.clone(),
        original,
    };
    let envelope = Envelope {
        sent: "2025-03-11T08:01".parse().unwrap(),
        identifier: Identifier::parse("TK250311000002").unwrap(),
        wants_positive_receipt: true,
    };
    assert!(receipt.write(&envelope).unwrap() == fixture("11"));
}

fn note() -> (Envelope, medcom::FinalNote) {
    let message = message(&fixture("09"));
    match message.letters.into_iter().next() {
        Some(Ok(Letter::FinalNote(note))) => (message.envelope, *note),
        _ => panic!("no note"),
    }
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let (envelope, mut note) = note();
    note.sender.speciality_name = "x".repeat(36);
    assert_eq!(note.write(&envelope), Err(WriteError::TooLong { element: "SpecialityName", max: 35 }));
    note.sender.speciality_name = " ".to_owned();
    assert_eq!(note.write(&envelope), Err(WriteError::Empty { element: "SpecialityName" }));
}

#[test]
fn a_style_inside_a_style_is_refused() {
    let (envelope, mut note) = note();
    let inner = vec![Inline::Italic(vec![Inline::Text("x".to_owned())])];
    note.clinical.as_mut().unwrap().text = FormattedText(vec![Inline::Bold(inner)]);
    assert_eq!(note.write(&envelope), Err(WriteError::Nesting { element: "Italic" }));
}

#[test]
fn a_category_belongs_to_the_newer_note() {
    let (envelope, mut note) = note();
    note.version = medcom::LetterVersion::Xd1531l;
    assert_eq!(note.write(&envelope), Err(WriteError::Version { element: "CategoryCode" }));
    note.clinical.as_mut().unwrap().category = Some(medcom::CategoryCode::Social);
    note.receiver.unit.department_name = Some("Klinikken".to_owned());
    let bytes = note.write(&envelope).unwrap();
    let Ok(Letter::FinalNote(again)) = message(&bytes).letters.remove(0) else { panic!("no note") };
    assert!(*again == note);
}

#[test]
fn characters_outside_latin1_become_references_and_are_read_back() {
    let message = message(&fixture("15"));
    let Ok(Letter::Correspondence(mut letter)) = message.letters[0].clone() else { panic!("no letter") };
    letter.parts = vec![FormattedText::from_plain("€ ≥ 5 \u{2013} \u{201C}ja\u{201D}\u{85}")];
    letter.about.as_mut().unwrap().priority = medcom::Priority::High;
    let bytes = letter.write(&message.envelope).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("&#8364; &#8805; 5 - \"ja\"&#133;"));
    let high = b"<Priority>h\xF8j_prioritet</Priority>";
    assert!(bytes.windows(high.len()).any(|w| w == high));
    let Ok(Letter::Correspondence(again)) = crate::message(&bytes).letters.remove(0) else { panic!("no letter") };
    assert_eq!(again.text().to_plain_text(), "€ ≥ 5 - \"ja\"\u{85}");
    let utf8 = letter.write_as(&message.envelope, Encoding::Utf8).unwrap();
    assert!(String::from_utf8(utf8).unwrap().contains('€'));
}

#[test]
fn long_correspondence_is_split_and_put_together_again() {
    let message = message(&fixture("15"));
    let Ok(Letter::Correspondence(mut letter)) = message.letters[0].clone() else { panic!("no letter") };
    let long = "Borgeren går på hold hver uge. ".repeat(600).trim_end().to_owned();
    letter.parts = vec![FormattedText::from_plain(&long)];
    let bytes = letter.write(&message.envelope).unwrap();
    let Ok(Letter::Correspondence(again)) = crate::message(&bytes).letters.remove(0) else { panic!("no letter") };
    assert!(again.parts.len() > 5 && again.parts.iter().all(|p| p.length() <= medcom::PART_LENGTH));
    assert!(again.text().to_plain_text() == long);
    letter.parts = vec![FormattedText::from_plain(&long.repeat(2))];
    let refused = letter.write(&message.envelope);
    assert_eq!(refused, Err(WriteError::TooMany { element: "ClinicalInformation", max: 10 }));
}

#[test]
fn a_message_fault_text_stays_short_whatever_came_in() {
    for name in ["bad/bad03", "bad/bad04", "bad/bad06", "bad/bad10", "bad/bad11", "bad/bad12"] {
        let shown = letter_fault(&fixture(name)).refuse_text(&"Kommune ".repeat(100));
        assert!(shown.chars().count() <= 350, "{name}");
    }
}
