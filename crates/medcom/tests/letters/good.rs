//! The good model messages.

use medcom::{
    CategoryCode, CodeSystem, Incoming, Letter, LetterStatus, ReceiptKind, ReferenceTarget, RefuseCode, VansContent,
    VisitationCode, changes,
};

use crate::{fixture, incoming, message, referral};

fn codes(name: &str) -> Vec<String> {
    let found = referral(&fixture(name)).focus_codes();
    found.into_iter().map(|f| f.code.unwrap_or(f.text)).collect()
}

#[test]
fn the_diagnoses_of_each_referral_fold_into_its_conditions() {
    assert_eq!(codes("01"), ["T90", "K86", "T82"]);
    assert_eq!(codes("02"), ["DJ449", "DE119"]);
    assert_eq!(codes("03"), ["P17"]);
    assert_eq!(codes("05"), ["Længerevarende lænderygsmerter, let forhøjet kolesterol"]);
    assert_eq!(codes("06"), ["K77", "Nedsat appetit, småtspisende"]);
    assert_eq!(codes("07"), ["DM171+TUL1", "DE119"]);
    assert_eq!(referral(&fixture("01")).focus_codes()[0].system, CodeSystem::Icpc);
    assert_eq!(referral(&fixture("05")).focus_codes()[0].system, CodeSystem::Text);
}

#[test]
fn a_gp_referral_has_its_parties_relative_and_text() {
    let letter = referral(&fixture("01"));
    assert_eq!(letter.sender.ean.gln().unwrap().as_str(), "5790009999010");
    assert_eq!(letter.sender.unit.ydernummer().unwrap().as_str(), "099901");
    assert_eq!(letter.receiver.unit.municipality().unwrap().as_str(), "999");
    assert_eq!(letter.patient.id.as_str(), "2512489996");
    assert_eq!(letter.relative.unwrap().identifier.unwrap(), "2911829996");
    assert_eq!(letter.patient.telephones[0].kind.code(), "mobil");
    let anamnesis = letter.anamnesis.unwrap();
    assert!(
        anamnesis.to_plain_text().starts_with("Henvises til: afklarende samtale, ønske om fokus på kost.\n\nAktuelt:")
    );
    assert!(anamnesis.to_html().starts_with("<b>Henvises til:</b> afklarende samtale"));
}

#[test]
fn a_hospital_referral_has_copy_receiver_and_announced_attachment() {
    let letter = referral(&fixture("02"));
    assert_eq!(letter.answer_cc.unwrap().identifier, "099901");
    assert_eq!(letter.patient.telephones.len(), 2);
    let ReferenceTarget::Attachment(announced) = &letter.references[0].target else { panic!("no attachment") };
    let Ok(Letter::Attachment(attachment)) = message(&fixture("16")).letters.remove(0) else { panic!("no file") };
    let file = &attachment.objects[0];
    assert_eq!(announced.matching_id(), file.matching_id());
    assert_eq!((file.declared_size, file.bytes.len()), (193, 193));
    assert!(file.bytes.starts_with(b"%PDF-1.4") && file.may_be_shown());
}

#[test]
fn whether_a_positive_receipt_is_wanted_is_read() {
    assert!(message(&fixture("01")).envelope.wants_positive_receipt);
    let quiet = message(&fixture("04"));
    assert!(!quiet.envelope.wants_positive_receipt);
    assert_eq!(quiet.envelope.identifier.as_str(), "K250203-0042");
    let Ok(Letter::Referral(letter)) = &quiet.letters[0] else { panic!("no referral") };
    assert_eq!(letter.visitations[0].code, VisitationCode::OwnDoctor);
}

#[test]
fn latin1_bytes_become_the_right_letters() {
    let letter = referral(&fixture("06"));
    assert_eq!(letter.patient.address.district.as_deref(), Some("Østermarie Ås"));
    assert!(letter.anamnesis.unwrap().to_plain_text().contains("½ år. Henvises til ernæringsindsats.\nVæske"));
}

#[test]
fn a_correction_names_what_it_changes() {
    let (old, new) = (referral(&fixture("01")), referral(&fixture("07")));
    assert_eq!(new.head.status, LetterStatus::Corrected);
    assert!(new.episode_of_care.same_as(&old.episode_of_care));
    let fields: Vec<&str> = changes(&old, &new).iter().map(|c| c.field).collect();
    assert_eq!(fields, ["Pårørende", "Hoveddiagnose", "Øvrige diagnoser", "Kliniske oplysninger"]);
    let main = &changes(&old, &new)[1];
    assert_eq!(main.before.as_deref(), Some("ICPC T90: Type 2-diabetes"));
    assert_eq!(main.after.as_deref(), Some("SKS DM171: Anden primær knæledsartrose"));
    assert!(changes(&old, &old).is_empty());
}

#[test]
fn the_newer_referral_has_a_category() {
    assert_eq!(referral(&fixture("08")).category, Some(CategoryCode::HealthVisitors));
}

#[test]
fn receipts_point_to_what_they_answer() {
    let receipt = |name: &str| match message(&fixture(name)).letters.remove(0) {
        Ok(Letter::Receipt(receipt)) => *receipt,
        _ => panic!("no receipt"),
    };
    let vans = receipt("12");
    assert_eq!((vans.kind, vans.original.envelope.as_str()), (ReceiptKind::NegativeVans, "TK250627000123"));
    assert_eq!(vans.original.letters[0].identifier, "TL250627000123");
    assert_eq!(vans.cause().unwrap().code, Some(RefuseCode::UkendtLokationsnummer));
    let negative = receipt("11");
    assert_eq!(negative.cause().unwrap().code, Some(RefuseCode::ProblemMedVersion));
    assert!(negative.cause().unwrap().text.as_ref().unwrap().contains("understøttes ikke.\nTestby"));
    assert_eq!(receipt("bad/bad13").cause(), None);
}

#[test]
fn the_file_inside_an_envelope_is_byte_for_byte_the_message() {
    let Ok(Incoming::VansEnvelope(envelope)) = incoming(&fixture("13")) else { panic!("no envelope") };
    let VansContent::Message { meta, data } = envelope.content else { panic!("no message") };
    assert!(data == fixture("03"));
    assert_eq!(usize::try_from(meta.document.size).unwrap(), data.len());
    assert!(meta.wants_receipt());
}

#[test]
fn a_good_letter_for_an_unknown_receiver_is_the_callers_to_refuse() {
    let letter = referral(&fixture("bad/bad05"));
    assert_eq!(letter.receiver.ean.gln().unwrap().as_str(), "5790009999904");
}

#[test]
fn letters_can_be_stored_and_fetched() {
    for name in ["01", "02", "07", "08"] {
        let letter = referral(&fixture(name));
        let stored = serde_json::to_string(&letter).unwrap();
        assert!(serde_json::from_str::<medcom::ReferralLetter>(&stored).unwrap() == letter, "{name}");
    }
}

#[test]
fn debug_output_has_no_names_numbers_or_text() {
    for name in ["01", "02", "06", "09", "15", "16"] {
        let shown = format!("{:?}", message(&fixture(name)));
        for secret in ["2512489996", "2509479989", "Berggren", "Elmer", "Nancy", "Bruno", "HbA1c", "Hindbærvej"] {
            assert!(!shown.contains(secret), "{name} shows {secret}");
        }
    }
}
