//! The rules of the schema, one by one, on model messages that are changed in one place.

use medcom::{CategoryCode, DiagnoseTypeCode, Reason, RefuseCode, RelationCode};

use crate::{fixture, letter_fault, message, referral, refusal, text};

/// Element inside its parent, the most characters it may have, and the model it stands in.
const LENGTHS: [(&str, &str, usize); 42] = [
    ("01", "Letter/Identifier", 14),
    ("01", "Letter/StatisticalCode", 8),
    ("01", "Letter/EpisodeOfCareIdentifier", 35),
    ("01", "Sender/EANIdentifier", 35),
    ("01", "Sender/Identifier", 17),
    ("02", "Sender/OrganisationName", 35),
    ("02", "Sender/DepartmentName", 35),
    ("02", "Sender/UnitName", 35),
    ("02", "Sender/StreetName", 35),
    ("02", "Sender/DistrictName", 35),
    ("02", "Sender/PostCodeIdentifier", 9),
    ("02", "Sender/TelephoneSubscriberIdentifier", 25),
    ("02", "Referrer/Identifier", 17),
    ("01", "Referrer/PersonName", 35),
    ("01", "Referrer/PersonTitle", 35),
    ("02", "Receiver/EANIdentifier", 35),
    ("02", "Receiver/Identifier", 17),
    ("02", "Receiver/OrganisationName", 35),
    ("02", "Receiver/UnitName", 35),
    ("02", "Receiver/StreetName", 35),
    ("02", "Receiver/PostCodeIdentifier", 9),
    ("02", "AnswerCCReceiver/Identifier", 17),
    ("02", "AnswerCCReceiver/OrganisationName", 35),
    ("02", "AnswerCCReceiver/TelephoneSubscriberIdentifier", 25),
    ("02", "Patient/PersonSurnameName", 70),
    ("02", "Patient/PersonGivenName", 70),
    ("02", "Patient/PersonTitle", 35),
    ("02", "Patient/StreetName", 35),
    ("02", "Patient/SuburbName", 35),
    ("02", "Patient/DistrictName", 35),
    ("02", "Patient/PostCodeIdentifier", 9),
    ("02", "TelephoneSubscriber/TelephoneSubscriberIdentifier", 25),
    ("01", "Patient/EmailIdentifier", 70),
    ("01", "Relative/PersonIdentifier", 10),
    ("01", "Relative/PersonSurnameName", 70),
    ("01", "Relative/PersonGivenName", 70),
    ("01", "Refer/DiagnoseCode", 17),
    ("01", "Refer/DiagnoseText", 70),
    ("01", "ReferralAdditional/DiagnoseCode", 17),
    ("01", "ReferralAdditional/DiagnoseText", 70),
    ("02", "Reference/RefDescription", 70),
    ("02", "BIN/ObjectIdentifier", 35),
];

/// The model with the content of `Parent/Element` (its first) set to something else.
fn with(model: &str, path: &str, content: &str) -> String {
    let whole = text(model);
    let (parent, element) = path.split_once('/').unwrap();
    let from = whole.find(&format!("<{parent}>")).unwrap();
    let tag = format!("<{element}>");
    let start = from + whole[from..].find(&tag).unwrap() + tag.len();
    let end = start + whole[start..].find("</").unwrap();
    format!("{}{content}{}", &whole[..start], &whole[end..])
}

#[test]
fn each_text_may_have_its_length_and_not_one_more() {
    for (model, path, max) in LENGTHS {
        let full = with(model, path, &"ø".repeat(max));
        assert!(message(full.as_bytes()).letters[0].is_ok(), "{path}");
        let fault = letter_fault(with(model, path, &"ø".repeat(max + 1)).as_bytes());
        assert_eq!(fault.reason, Reason::TooLong(max), "{path}");
        assert_eq!(fault.place.short(), path, "{path}");
    }
}

#[test]
fn an_empty_element_breaks_the_rules_except_the_postcode() {
    for (model, path, _) in LENGTHS {
        let found = message(with(model, path, "").as_bytes()).letters.remove(0);
        assert_eq!(found.is_ok(), path.ends_with("PostCodeIdentifier"), "{path}");
    }
    let closed = text("01").replace("<DepartmentName>Forebyggelse og Sundhed</DepartmentName>", "<DepartmentName/>");
    assert_eq!(letter_fault(closed.as_bytes()).reason, Reason::Empty);
}

#[test]
fn ids_of_the_envelope_have_at_most_fourteen_characters() {
    let long = with("01", "Envelope/Identifier", "123456789012345");
    assert!(matches!(refusal(long.as_bytes()), medcom::Refusal::Unidentified { .. }));
}

#[test]
fn closed_codes_reject_and_open_codes_are_kept() {
    for (path, reason) in [
        ("Letter/StatusCode", Reason::UnknownCode),
        ("Letter/TypeCode", Reason::UnsupportedType),
        ("Letter/VersionCode", Reason::UnsupportedVersion { found: "nyt".to_owned() }),
    ] {
        assert_eq!(letter_fault(with("01", path, "nyt").as_bytes()).reason, reason, "{path}");
    }
    let open = ["Sender/IdentifierCode", "Sender/MedicalSpecialityCode", "TelephoneSubscriber/TelephoneSubscriberCode"];
    for path in open {
        assert!(message(with("01", path, "nyt").as_bytes()).letters[0].is_ok(), "{path}");
    }
    let relation = referral(with("01", "Relative/RelationCode", "nabo").as_bytes()).relative.unwrap().relation;
    assert_eq!(relation, RelationCode::Other("nabo".to_owned()));
    let letter = referral(with("01", "Refer/DiagnoseTypeCode", "snomed").as_bytes());
    assert_eq!(letter.diagnosis.as_ref().unwrap().kind, DiagnoseTypeCode::Other("snomed".to_owned()));
    assert_eq!(letter.focus_codes()[0].code, None);
    let category = with("08", "RelevantClinicalInformation/CategoryCode", "andet");
    assert_eq!(referral(category.as_bytes()).category, Some(CategoryCode::Other("andet".to_owned())));
    let wrong = with("01", "Envelope/AcknowledgementCode", "maaske");
    assert!(
        matches!(refusal(wrong.as_bytes()), medcom::Refusal::Answerable(f) if f.refuse_code() == RefuseCode::Syntaksfejl)
    );
}

#[test]
fn dates_and_times_are_of_the_calendar_and_without_zone() {
    for date in ["2025-02-30", "2025-3-10", "10-03-2025", "2025-03-10Z", "i går"] {
        assert_eq!(letter_fault(with("01", "Authorisation/Date", date).as_bytes()).reason, Reason::NotADate, "{date}");
    }
    for time in ["24:00", "9:12", "09:12:00", "09.12"] {
        assert_eq!(letter_fault(with("01", "Authorisation/Time", time).as_bytes()).reason, Reason::NotATime, "{time}");
    }
}

#[test]
fn every_required_element_is_missed() {
    let whole = text("01");
    for element in [
        "Letter",
        "VersionCode",
        "StatisticalCode",
        "Authorisation",
        "TypeCode",
        "StatusCode",
        "EpisodeOfCareIdentifier",
        "Sender",
        "IdentifierCode",
        "OrganisationName",
        "Referrer",
        "PersonName",
        "Receiver",
        "Patient",
        "CivilRegistrationNumber",
        "PersonSurnameName",
        "TelephoneSubscriberCode",
        "RelationCode",
        "DiagnoseTypeCode",
        "DiagnoseText",
        "DiagnoseDescriptionCode",
    ] {
        let after = whole.find("<MunicipalityReferral>").unwrap();
        let start = after + whole[after..].find(&format!("<{element}>")).unwrap();
        let close = format!("</{element}>");
        let end = start + whole[start..].find(&close).unwrap() + close.len();
        let fault = letter_fault(format!("{}{}", &whole[..start], &whole[end..]).as_bytes());
        assert!(matches!(fault.reason, Reason::Missing { .. }), "{element}: {}", fault.reason);
        assert_eq!(fault.refuse_code(), RefuseCode::Syntaksfejl);
    }
}

#[test]
fn each_element_may_stand_only_so_often() {
    let repeated = |model: &str, element: &str, n: usize| {
        let whole = text(model);
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        let start = whole.find(&open).unwrap();
        let end = start + whole[start..].find(&close).unwrap() + close.len();
        let others = whole[end..].matches(&open).count();
        format!("{}{}{}", &whole[..start], whole[start..end].repeat(n - others), &whole[end..])
    };
    for (model, element, max) in [
        ("01", "TelephoneSubscriber", 3),
        ("01", "Relative", 1),
        ("01", "ReferralAdditional", 5),
        ("01", "Refer", 1),
        ("02", "Reference", 10),
        ("04", "MunicipalityVisitation", 9),
        ("02", "AnswerCCReceiver", 1),
        ("01", "Patient", 1),
    ] {
        assert!(message(repeated(model, element, max).as_bytes()).letters[0].is_ok(), "{element}");
        assert!(message(repeated(model, element, max + 1).as_bytes()).letters[0].is_err(), "{element}");
    }
}

#[test]
fn attributes_stray_text_and_foreign_elements_break_the_rules() {
    let cases = [
        ("<Patient>", "<Patient id='1'>", Reason::Attribute),
        ("<MunicipalityReferral>", "<MunicipalityReferral v='1'>", Reason::Attribute),
        ("<PersonName>", "<PersonName a=''>", Reason::Attribute),
        ("<Patient>", "<Patient>hej", Reason::StrayText),
        (
            "<Patient>",
            "<Patient xmlns='urn:x'>",
            Reason::Missing { expected: "Patient", found: Some("Patient".to_owned()) },
        ),
        ("</Patient>", "<Foo/></Patient>", Reason::Unexpected { element: "Foo".to_owned() }),
        ("Type 2-diabetes", "Type <b/>", Reason::Unexpected { element: "b".to_owned() }),
        ("<Break/>", "<Break>x</Break>", Reason::StrayText),
        ("<Bold>Aktuelt:", "<Bold><Italic>x</Italic>", Reason::Unexpected { element: "Italic".to_owned() }),
    ];
    for (from, to, reason) in cases {
        assert_eq!(letter_fault(text("01").replacen(from, to, 1).as_bytes()).reason, reason, "{to}");
    }
}

#[test]
fn prefixes_comments_sections_and_instructions_change_nothing() {
    let plain = referral(&fixture("01"));
    let prefixed = text("01").replace("</", "</m:").replace('<', "<m:").replace("<m:/m:", "</m:").replace("<m:?", "<?");
    let prefixed = prefixed.replace("xmlns=", "xmlns:m=");
    assert_eq!(referral(prefixed.as_bytes()), plain);
    let commented = text("01").replace("<Patient>", "<!-- a --><Patient><?x y?>").replace("Berg", "Be<!-- b -->rg");
    assert_eq!(referral(commented.as_bytes()), plain);
    let sections = text("01").replace("Fedme", "<![CDATA[Fed]]>me").replace("Aktuelt", "<![CDATA[Akt]]>uelt");
    assert_eq!(referral(sections.as_bytes()), plain);
    let located = text("01").replacen(
        "<Emessage ",
        "<Emessage xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='a b' ",
        1,
    );
    assert_eq!(referral(located.as_bytes()), plain);
}

#[test]
fn the_newer_schema_demands_category_department_and_coded_main_diagnosis() {
    for gone in [
        "<CategoryCode>sundhedspleje</CategoryCode>",
        "<DepartmentName>Forebyggelse og Sundhed</DepartmentName>",
        "<DiagnoseCode>K86</DiagnoseCode>",
    ] {
        assert!(
            matches!(letter_fault(text("08").replace(gone, "").as_bytes()).reason, Reason::Missing { .. }),
            "{gone}"
        );
    }
    let older = text("01").replace("<Anamnesis>", "<CategoryCode>social</CategoryCode><Anamnesis>");
    assert!(matches!(letter_fault(older.as_bytes()).reason, Reason::Unexpected { .. }));
}

#[test]
fn a_minimal_letter_is_good() {
    let whole = text("03");
    let (start, end) = (whole.find("    <Referral>").unwrap(), whole.find("  </MunicipalityReferral>").unwrap());
    let minimal = format!("{}{}", &whole[..start], &whole[end..]);
    let letter = referral(minimal.as_bytes());
    assert!(letter.diagnosis.is_none() && letter.focus_codes().is_empty() && letter.anamnesis.is_none());
}

#[test]
fn a_replacement_number_has_exactly_ten_characters() {
    let with_id = |id: &str| {
        let tag = format!("<AlternativeIdentifier>{id}</AlternativeIdentifier>");
        text("03").replace("<CivilRegistrationNumber>1502779995</CivilRegistrationNumber>", &tag)
    };
    assert_eq!(referral(with_id("150277TRA1").as_bytes()).patient.id.as_str(), "150277TRA1");
    assert_eq!(letter_fault(with_id("150277TRA").as_bytes()).reason, Reason::NotExactly(10));
}

#[test]
fn a_message_without_letters_is_refused() {
    let whole = text("01");
    let start = whole.find("  <MunicipalityReferral>").unwrap();
    let none = format!("{}</Emessage>", &whole[..start]);
    assert!(matches!(refusal(none.as_bytes()), medcom::Refusal::Unidentified { .. }));
}
