//! The bad model messages: each with its answer, or with none.

use medcom::{LetterIds, OriginalMessage, Reason, Refusal, RefuseCode};

use crate::{fixture, letter_fault, message, refusal, text};

#[test]
fn a_bad_letter_gets_its_code_and_place() {
    let cases = [
        ("bad03", RefuseCode::Syntaksfejl, "MunicipalityReferral/Patient", "CivilRegistrationNumber mangler"),
        ("bad04", RefuseCode::IkkeSpecificeret, "Patient/CivilRegistrationNumber", "ikke et muligt personnummer"),
        ("bad06", RefuseCode::ProblemMedVersion, "Letter/VersionCode", "versionen XH1599R understøttes ikke"),
        ("bad10", RefuseCode::Syntaksfejl, "Patient/CivilRegistrationNumber", "ti cifre uden bindestreg"),
        ("bad11", RefuseCode::Syntaksfejl, "Emessage/MunicipalityReferral", "Sender mangler"),
        ("bad12", RefuseCode::Syntaksfejl, "Refer/DiagnoseText", "længere end 70 tegn"),
    ];
    for (name, code, place, words) in cases {
        let fault = letter_fault(&fixture(&format!("bad/{name}")));
        assert_eq!(fault.refuse_code(), code, "{name}");
        assert!(fault.place.path.ends_with(place), "{name}: {}", fault.place);
        assert!(fault.place.line > 10, "{name}");
        let shown = fault.refuse_text("Testby Kommune");
        assert!(shown.contains(words), "{name}: {shown}");
        assert!(shown.chars().count() <= 350 && !shown.contains("Berggren") && !shown.contains("251248"));
        assert!(fault.can_be_answered(), "{name}");
        assert_eq!(fault.envelope.as_deref(), Some(&*format!("KUV{}", name.to_uppercase())));
        assert_eq!(fault.ids, ids(name, if name == "bad06" { "XH1599R" } else { "XH1530R" }));
    }
}

fn ids(name: &str, version: &str) -> LetterIds {
    LetterIds {
        element: "MunicipalityReferral".to_owned(),
        letter: Some(format!("BRV{}", name.to_uppercase())),
        version: Some(version.to_owned()),
        sender_ean: Some("5790009999010".to_owned()),
        receiver_ean: Some("5790009999003".to_owned()),
    }
}

#[test]
fn a_message_that_is_bad_as_a_whole_is_answered_when_its_ids_are_known() {
    for (name, code) in [("bad01", RefuseCode::Syntaksfejl), ("bad02", RefuseCode::ProblemMedVersion)] {
        let Refusal::Answerable(fault) = refusal(&fixture(&format!("bad/{name}"))) else { panic!("{name}") };
        assert_eq!(fault.refuse_code(), code, "{name}");
        assert_eq!(fault.letters, [ids(name, "XH1530R")]);
        let original = OriginalMessage::of_message_fault(&fault, "Testby Kommune").unwrap();
        assert_eq!(original.refusal.code, Some(code));
        assert_eq!(original.letters[0].identifier, format!("BRV{}", name.to_uppercase()));
    }
}

#[test]
fn entities_are_refused_at_the_doctype() {
    for name in ["bad/bad07", "bad/bad08"] {
        let Refusal::Forbidden(place) = refusal(&fixture(name)) else { panic!("{name}") };
        assert_eq!((place.line, place.offset), (2, 39));
    }
}

#[test]
fn bytes_that_are_not_the_declared_encoding_are_not_answered() {
    assert!(matches!(refusal(&fixture("bad/bad09")), Refusal::Undecodable(_)));
}

#[test]
fn a_broken_message_without_ids_is_not_answered() {
    let whole = text("01");
    for end in ["<Receiver>", "<Sender>", "<Letter>", "<Envelope>"] {
        let cut = &whole[..whole.find(end).unwrap()];
        assert!(matches!(refusal(cut.as_bytes()), Refusal::Unidentified { .. }), "{end}");
    }
    let cut = &whole[..whole.find("<Patient>").unwrap()];
    assert!(matches!(refusal(cut.as_bytes()), Refusal::Answerable(_)));
}

#[test]
fn good_letters_stand_beside_a_bad_one() {
    let whole = text("01");
    let (start, end) = (whole.find("  <MunicipalityReferral>").unwrap(), whole.find("</Emessage>").unwrap());
    let letter = &whole[start..end];
    let bad = letter.replace("BRV20250310001", "BRVBAD").replace("<DiagnoseText>Fedme</DiagnoseText>", "");
    let third = letter.replace("BRV20250310001", "BRV3");
    let local = "<Local_Elements a='1'><x xmlns='urn:x'>hvad <y/> som helst</x></Local_Elements>";
    let all = format!("{}{letter}{local}{bad}{local}{third}</Emessage>", &whole[..start]);
    let found = message(all.as_bytes());
    assert_eq!(found.letters.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
    let faults = found.letters.iter().filter_map(|l| l.as_ref().err());
    let original = OriginalMessage::of_letter_faults(faults, "Testby Kommune").unwrap();
    assert_eq!(original.letters.len(), 1);
    assert_eq!(original.letters[0].identifier, "BRVBAD");
    assert!(original.refusal.is_empty() && !original.letters[0].refusal.is_empty());
}

#[test]
fn a_letter_of_another_type_is_a_version_problem() {
    let other = text("01").replace("MunicipalityReferral>", "HospitalReferral>");
    let fault = letter_fault(other.as_bytes());
    assert_eq!(fault.reason, Reason::UnknownLetter { element: "HospitalReferral".to_owned() });
    assert!(fault.can_be_answered());
    let other = text("01").replace("<TypeCode>XREF15", "<TypeCode>XREF22");
    assert_eq!(letter_fault(other.as_bytes()).refuse_code(), RefuseCode::ProblemMedVersion);
    let newer = text("01").replace("XH1530R", "XH1531R");
    assert_eq!(letter_fault(newer.as_bytes()).refuse_code(), RefuseCode::ProblemMedVersion);
}

#[test]
fn a_citizen_born_after_the_message_was_sent_is_refused() {
    let unborn = text("01").replacen("2512489996", "0101575000", 1);
    let fault = letter_fault(unborn.as_bytes());
    assert_eq!((fault.reason.clone(), fault.refuse_code()), (Reason::BornInTheFuture, RefuseCode::IkkeSpecificeret));
    let zeros = text("01").replacen("2512489996", "0000000000", 1);
    assert_eq!(letter_fault(zeros.as_bytes()).reason, Reason::ImpossibleCpr);
}

#[test]
fn a_broken_rule_is_reported_before_an_impossible_cpr_number() {
    let both = text("01").replacen("2512489996", "0000000000", 1).replace("<DiagnoseText>Fedme</DiagnoseText>", "");
    assert_eq!(letter_fault(both.as_bytes()).refuse_code(), RefuseCode::Syntaksfejl);
}

#[test]
fn a_receipt_is_never_answered() {
    let broken = String::from_utf8(fixture("10")).unwrap().replace("<OriginalReceiver>", "<OriginalReceiver x='1'>");
    assert!(!letter_fault(broken.as_bytes()).can_be_answered());
    let cut = broken.replace("</PositiveReceipt>", "");
    let Refusal::Answerable(fault) = refusal(cut.as_bytes()) else { panic!("ids are known") };
    assert!(!fault.can_be_answered());
    assert_eq!(OriginalMessage::of_message_fault(&fault, "Testby Kommune"), None);
}

#[test]
fn a_letter_whose_sender_has_no_usable_ean_is_good() {
    let letter = crate::referral(text("01").replacen("5790009999010", "5790009999011", 1).as_bytes());
    assert_eq!(letter.sender.ean.as_str(), "5790009999011");
    assert_eq!(letter.sender.ean.gln(), None);
}
