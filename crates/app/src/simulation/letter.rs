//! The referral letters of simulated practices and wards: XREF15 like anybody else's, from location numbers of the test
//! set-up.

use domain::citizen::Identity;
use domain::codes::RequestedArea;
use domain::organization::ManagingOrganization;
use domain::workdays::local_time;
use jiff::Timestamp;
use medcom::{
    Address, DiagnoseTypeCode, Diagnosis, Ean, Envelope, EpisodeOfCare, FormattedText, Identifier, IdentifierCode,
    Inline, LetterHead, LetterStatus, LetterVersion, Party, PatientId, ReferralLetter, ReferralPatient, ReferralSender,
    Telephone, TelephoneCode, Unit,
};
use simulation::{ReferredBy, Request};

use crate::AppError;

/// The bytes of a request as its referrer sends it; `number` gives the letter ids of its own.
pub(super) fn letter(
    request: &Request,
    by: ReferredBy,
    home: &ManagingOrganization,
    number: u64,
    now: Timestamp,
) -> Result<Vec<u8>, AppError> {
    let unwritable = || AppError::Rule { code: "letter", message: "Den simulerede henvisning kunne ikke skrives." };
    let sent = local_time(now);
    let id =
        |prefix: &str| Identifier::ours(&format!("{prefix}{}", home.code.as_str()), number).map_err(|_| unwritable());
    let no_number =
        AppError::Rule { code: "no_gln", message: "Kommunen har intet lokationsnummer. Tilføj et først." };
    let gln = home.glns.first().ok_or(no_number)?;
    let envelope = Envelope { sent, identifier: id("K")?, wants_positive_receipt: true };
    let letter = ReferralLetter {
        version: LetterVersion::Xh1530r,
        head: LetterHead {
            identifier: id("B")?,
            statistical_code: "XREF15".to_owned(),
            authorised: sent,
            status: LetterStatus::New,
        },
        episode_of_care: EpisodeOfCare(format!("{:0>16}{number:016x}", home.code.as_str())),
        sender: sender(by),
        receiver: receiver(home, gln.as_str()),
        answer_cc: None,
        patient: patient(request).ok_or_else(unwritable)?,
        relative: None,
        diagnosis: Some(Diagnosis {
            code: None,
            kind: DiagnoseTypeCode::Unspecified,
            text: request.text.chars().take(70).collect(),
        }),
        additional_diagnoses: Vec::new(),
        category: None,
        anamnesis: Some(FormattedText(vec![Inline::Text(wish(request))])),
        references: Vec::new(),
        visitations: Vec::new(),
    };
    letter.write(&envelope).map_err(|_| unwritable())
}

fn wish(request: &Request) -> String {
    let areas: Vec<&str> = request.areas.iter().map(|area: &RequestedArea| area.label()).collect();
    format!("Henvises til: {}. {}", areas.join(", "), request.text)
}

fn sender(by: ReferredBy) -> ReferralSender {
    let (number, kind, name) = match by {
        ReferredBy::Practice(practice) => {
            let number = format!("{:06}", 990_000 + u32::from(practice));
            (number, IdentifierCode::Ydernummer, format!("Simuleret lægehus {}", practice + 1))
        }
        ReferredBy::Ward(ward) => {
            let number = format!("{:07}", 9_900_000 + u32::from(ward));
            (number, IdentifierCode::Sygehusafdelingsnummer, format!("Simuleret sygehusafdeling {}", ward + 1))
        }
    };
    let unit = Unit {
        identifier: number.clone(),
        identifier_code: kind.clone(),
        organisation_name: Some(name),
        department_name: None,
        unit_name: None,
        address: Address::default(),
        telephone: None,
    };
    let referrer = medcom::Referrer {
        identifier: Some(number),
        identifier_code: Some(kind),
        name: "Simuleret henviser".to_owned(),
        title: None,
    };
    ReferralSender { ean: Ean(gln_of(by)), unit, speciality: None, referrer }
}

/// A location number of the test set-up, with its check digit (GS1: weights 1 and 3).
fn gln_of(by: ReferredBy) -> String {
    let serial = match by {
        ReferredBy::Practice(practice) => 100 + practice % 800,
        ReferredBy::Ward(ward) => 950 + ward % 50,
    };
    let body = format!("579000999{serial:03}");
    let weighted = body.bytes().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight);
    let check = (10 - weighted.sum::<u32>() % 10) % 10;
    format!("{body}{check}")
}

fn receiver(home: &ManagingOrganization, gln: &str) -> Party {
    let unit = Unit {
        identifier: home.code.as_str().to_owned(),
        identifier_code: IdentifierCode::Kommunenummer,
        organisation_name: Some(home.name.chars().take(35).collect()),
        department_name: None,
        unit_name: None,
        address: Address::default(),
        telephone: None,
    };
    Party { ean: Ean(gln.to_owned()), unit }
}

fn patient(request: &Request) -> Option<ReferralPatient> {
    let person = &request.person;
    let id = match &person.identity {
        Identity::Cpr(cpr) => PatientId::Cpr(*cpr),
        Identity::Alternative(number) => PatientId::Alternative(number.clone()),
        Identity::Anonymous => return None,
    };
    Some(ReferralPatient {
        id,
        surname: person.name.surname.clone(),
        given_name: person.name.given.clone(),
        occupation: None,
        address: request.home.map_or_else(Address::default, |home| Address {
            post_code: Some(home.post_code.to_owned()),
            district: Some(home.name.to_owned()),
            ..Address::default()
        }),
        telephones: vec![Telephone { number: person.phone.clone(), kind: TelephoneCode::Mobile }],
        email: None,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;
    use domain::identifiers::Gln;

    #[test]
    fn every_sender_has_a_location_number_of_its_own_that_holds() {
        let practices = (0..800).map(ReferredBy::Practice);
        let numbers: std::collections::BTreeSet<String> =
            practices.chain((0..50).map(ReferredBy::Ward)).map(gln_of).collect();
        assert_eq!(numbers.len(), 850);
        for number in numbers {
            Gln::parse(&number).unwrap();
        }
    }
}
