//! The rules of notes, receipts, attachments, correspondence and envelopes.

use medcom::{Incoming, Letter, Reason, Refusal};

use crate::{fixture, incoming, letter_fault, message, refusal};

/// A model as text in UTF-8, whatever it was in.
fn utf8(name: &str) -> String {
    let bytes = fixture(name);
    let text = String::from_utf8(bytes).unwrap_or_else(|e| e.into_bytes().iter().map(|b| char::from(*b)).collect());
    text.replacen("ISO-8859-1", "UTF-8", 1)
}

/// The model with the content of the first `Parent/Element` set to something else.
fn with(model: &str, path: &str, content: &str) -> String {
    let whole = utf8(model);
    let (parent, element) = path.split_once('/').unwrap();
    let from = whole.find(&format!("<{parent}>")).unwrap();
    let tag = format!("<{element}>");
    let start = from + whole[from..].find(&tag).unwrap() + tag.len();
    let end = start + whole[start..].find("</").unwrap();
    format!("{}{content}{}", &whole[..start], &whole[end..])
}

#[test]
fn each_text_may_have_its_length_and_not_one_more() {
    for (model, path, max) in [
        ("09", "Sender/SpecialityName", 35),
        ("09", "Referral/Identifier", 35),
        ("09", "Signed/SignedBy", 70),
        ("09", "Signed/JobTitle", 70),
        ("09", "Patient/StreetName", 35),
        ("11", "Letter/StatisticalCode", 8),
        ("11", "OriginalEmessage/OriginalEnvelopeIdentifier", 14),
        ("11", "OriginalSender/EANIdentifier", 35),
        ("11", "OriginalLetter/OriginalLetterIdentifier", 14),
        ("11", "OriginalLetter/OriginalVersionCode", 7),
        ("15", "AdditionalInformation/Subject", 70),
        ("15", "Letter/EpisodeOfCareIdentifier", 35),
        ("16", "Patient/PersonSurnameName", 70),
        ("16", "Receiver/UnitName", 35),
    ] {
        assert!(message(with(model, path, &"x".repeat(max)).as_bytes()).letters[0].is_ok(), "{path}");
        let fault = letter_fault(with(model, path, &"x".repeat(max + 1)).as_bytes());
        assert_eq!((fault.reason, fault.place.path.ends_with(path)), (Reason::TooLong(max), true), "{path}");
    }
}

#[test]
fn what_the_schema_demands_is_missed() {
    for (model, gone) in [
        ("09", "<SpecialityName>Kommunal forebyggelse</SpecialityName>"),
        ("09", "<EpisodeOfCareIdentifier>1f6c0d6a9b7e4c3f8a52d0e1b3c47f90</EpisodeOfCareIdentifier>"),
        ("11", "<OriginalVersionCode>XH1599R</OriginalVersionCode>"),
        ("11", "<OriginalEnvelopeIdentifier>KUVBAD06</OriginalEnvelopeIdentifier>"),
        ("15", "<EpisodeOfCareStatusCode>inaktiv</EpisodeOfCareStatusCode>"),
        ("15", "<Priority>rutine</Priority>"),
        ("16", "<OriginalObjectSize>193</OriginalObjectSize>"),
    ] {
        let fault = letter_fault(utf8(model).replacen(gone, "", 1).as_bytes());
        assert!(matches!(fault.reason, Reason::Missing { .. }), "{gone}: {}", fault.reason);
    }
    let course = "<EpisodeOfCareIdentifier>1f6c0d6a9b7e4c3f8a52d0e1b3c47f90</EpisodeOfCareIdentifier>";
    assert!(message(utf8("15").replacen(course, "", 1).as_bytes()).letters[0].is_ok());
}

#[test]
fn a_positive_receipt_has_no_cause() {
    let caused = utf8("11").replace("NegativeReceipt", "PositiveReceipt").replace("XC0230Q", "XC0330Q");
    assert!(matches!(letter_fault(caused.as_bytes()).reason, Reason::Unexpected { .. }));
}

#[test]
fn a_file_must_be_base64_of_a_named_uuid() {
    let cases = [
        ("BinaryObject/Object_Base64Encoded", "JVBER", Reason::NotBase64),
        ("BinaryObject/ObjectIdentifier", "5d0f5a7be2a14b0b8a5d0c7c1e9f2a34", Reason::NotAUuid),
        ("BinaryObject/OriginalObjectSize", "0", Reason::NotANumber),
        ("Letter/StatusCode", "rettetbrev", Reason::UnknownCode),
    ];
    for (path, content, reason) in cases {
        assert_eq!(letter_fault(with("16", path, content).as_bytes()).reason, reason, "{path}");
    }
}

#[test]
fn a_file_may_be_about_no_citizen_and_be_unsafe_to_show() {
    let whole = utf8("16").replace("<ObjectExtensionCode>pdf", "<ObjectExtensionCode>exe");
    let (start, end) = (whole.find("    <Patient>").unwrap(), whole.find("    <BinaryObject>").unwrap());
    let system = "<SystemInformation>true</SystemInformation><Contents>log</Contents>";
    let text = format!("{}{system}{}", &whole[..start], &whole[end..]);
    let Ok(Letter::Attachment(letter)) = message(text.as_bytes()).letters.remove(0) else { panic!("no file") };
    assert_eq!(letter.subject, medcom::AttachmentSubject::SystemInformation(Some("log".to_owned())));
    assert!(!letter.objects[0].may_be_shown());
}

#[test]
fn correspondence_has_at_most_ten_parts() {
    let part = "<ClinicalInformation><Text01>x</Text01></ClinicalInformation>";
    let more = |n: usize| utf8("15").replace("  </ClinicalEmail>", &format!("{}</ClinicalEmail>", part.repeat(n)));
    assert!(message(more(9).as_bytes()).letters[0].is_ok());
    assert!(message(more(10).as_bytes()).letters[0].is_err());
}

#[test]
fn a_signature_may_have_a_time_zone() {
    for (date, ok) in
        [("2025-06-27Z", true), ("2025-06-27+02:00", true), ("2025-06-27+2", false), ("2025-06-2æ", false)]
    {
        let found = message(with("09", "Signed/Date", date).as_bytes()).letters.remove(0);
        assert_eq!(found.is_ok(), ok, "{date}");
    }
}

#[test]
fn an_envelope_that_breaks_its_rules_is_not_answered() {
    let changed = |from: &str, to: &str| utf8("13").replacen(from, to, 1);
    for text in [
        changed("EndPointType=\"EAN\"", "EndPointType=\"GLN\""),
        changed(" EndPointType=\"EAN\"", ""),
        changed("2a6f0c11-5b1e", "2a6f0c115b1e"),
        changed("<Format>XML", "<Format>JSON"),
        changed("PD94bWwg", "PD94bWw"),
        changed("2025-01-14T08:05:30", "2025-01-14"),
        changed("<Message>", "<Message><!DOCTYPE x>"),
    ] {
        assert!(matches!(refusal(text.as_bytes()), Refusal::Unidentified { .. } | Refusal::Forbidden(_)));
    }
    let zoned = changed("2025-01-14T08:05:30", "2025-01-14T08:05:30.5+01:00");
    assert!(matches!(incoming(zoned.as_bytes()), Ok(Incoming::VansEnvelope(_))));
}
