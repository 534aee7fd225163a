//! Invented referrals in any number, for tests and load runs. Official test persons and GLNs of the test set-up only.

use domain::identifiers::Cpr;
use jiff::civil::{DateTime, date};

use crate::{
    codes::{DiagnoseDescriptionCode, DiagnoseTypeCode, IdentifierCode, RelationCode, TelephoneCode},
    diagnosis::{AdditionalDiagnosis, Diagnosis},
    formatted_text::{FormattedText, Inline},
    letter::{Envelope, EpisodeOfCare, Identifier, LetterHead, LetterStatus},
    party::{Address, Ean, Party, PatientId, Relative, Telephone, Unit},
    referral_letter::{ReferralLetter, ReferralPatient, ReferralSender, Referrer},
    version::LetterVersion,
};

mod texts;

/// The bytes of a valid XREF15 (XH1530R, UTF-8) of about 5 kB. The same seed gives the same letter; each seed has its own
/// envelope, letter and course ids.
pub fn sample_letter(seed: u64) -> Vec<u8> {
    let (envelope, letter) = sample_referral(seed);
    letter.write(&envelope).unwrap_or_default()
}

/// The same letter as typed values, to be changed before it is written.
pub fn sample_referral(seed: u64) -> (Envelope, ReferralLetter) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
    let sent = sent_at(&mut dice);
    let envelope = Envelope { sent, identifier: id("K", seed), wants_positive_receipt: true };
    let person = dice.pick(&texts::PERSONS);
    let letter = ReferralLetter {
        version: LetterVersion::Xh1530r,
        head: LetterHead {
            identifier: id("B", seed),
            statistical_code: "XREF15".to_owned(),
            authorised: sent,
            status: LetterStatus::New,
        },
        episode_of_care: EpisodeOfCare(format!("{:016x}{seed:016x}", dice.next())),
        sender: sender(&mut dice),
        receiver: receiver(),
        answer_cc: None,
        patient: patient(&mut dice, person),
        relative: Some(relative(&mut dice)),
        diagnosis: Some(diagnosis(dice.pick(&texts::DIAGNOSES))),
        additional_diagnoses: additional(&mut dice),
        category: None,
        anamnesis: Some(anamnesis(&mut dice)),
        references: Vec::new(),
        visitations: Vec::new(),
    };
    (envelope, letter)
}

/// SplitMix64 (public domain): small, seeded and good enough for invented letters.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let most = u64::try_from(all.len()).unwrap_or(1);
        &all[usize::try_from(self.below(most)).unwrap_or(0)]
    }
}

fn id(prefix: &str, seed: u64) -> Identifier {
    // 13 digits in base 36 hold every 64-bit number.
    Identifier::ours(prefix, seed).unwrap_or_else(|_| unreachable!("a prefix of one letter leaves room"))
}

fn sent_at(dice: &mut Dice) -> DateTime {
    let day = date(2025, 1, 1).saturating_add(jiff::Span::new().days(i32::try_from(dice.below(300)).unwrap_or(0)));
    let clock = |n: u64| i8::try_from(n).unwrap_or(0);
    day.at(clock(8 + dice.below(9)), clock(dice.below(60)), 0, 0)
}

#[expect(clippy::unnecessary_wraps, reason = "every use is an optional element")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn address(street: String) -> Address {
    Address { street: Some(street), suburb: None, district: text("Testby"), post_code: text("9998") }
}

fn sender(dice: &mut Dice) -> ReferralSender {
    let (ean, number, name) = *dice.pick(&texts::SENDERS);
    let kind = if number.len() == 6 { IdentifierCode::Ydernummer } else { IdentifierCode::Sygehusafdelingsnummer };
    ReferralSender {
        ean: Ean(ean.to_owned()),
        unit: Unit {
            identifier: number.to_owned(),
            identifier_code: kind.clone(),
            organisation_name: text(name),
            department_name: text("Henvisningskontoret"),
            unit_name: None,
            address: address(format!("Prøvegade {}", 1 + dice.below(90))),
            telephone: text("70000001"),
        },
        speciality: text("almen_medicin"),
        referrer: Referrer {
            identifier: text(number),
            identifier_code: Some(kind),
            name: (*dice.pick(&texts::REFERRERS)).to_owned(),
            title: text("Speciallæge"),
        },
    }
}

fn receiver() -> Party {
    Party {
        ean: Ean("5790009999003".to_owned()),
        unit: Unit {
            identifier: "999".to_owned(),
            identifier_code: IdentifierCode::Kommunenummer,
            organisation_name: text("Testby Kommune"),
            department_name: text("Forebyggelse og Sundhed"),
            unit_name: text("Sundhedscentret"),
            address: address("Rådhuspladsen 1".to_owned()),
            telephone: None,
        },
    }
}

fn patient(dice: &mut Dice, person: &(&str, &str, &str)) -> ReferralPatient {
    let (cpr, given, surname) = person;
    let cpr = Cpr::parse(cpr).unwrap_or_else(|_| unreachable!("official test persons have possible numbers"));
    let telephone = |number: u64, kind| Telephone { number: format!("7000{number:04}"), kind };
    ReferralPatient {
        id: PatientId::Cpr(cpr),
        surname: (*surname).to_owned(),
        given_name: text(given),
        occupation: text(dice.pick::<&str>(&texts::OCCUPATIONS)),
        address: address(format!("{} {}", dice.pick(&texts::STREETS), 1 + dice.below(120))),
        telephones: vec![
            telephone(dice.below(10_000), TelephoneCode::Mobile),
            telephone(dice.below(10_000), TelephoneCode::Landline),
        ],
        email: text("borger@example.invalid"),
    }
}

fn relative(dice: &mut Dice) -> Relative {
    let (_, given, surname) = dice.pick(&texts::PERSONS);
    Relative {
        relation: RelationCode::Unspecified,
        identifier: None,
        surname: (*surname).to_owned(),
        given_name: text(given),
        address: Address::default(),
    }
}

fn diagnosis(row: &(&str, &str, &str)) -> Diagnosis {
    let (code, kind, words) = row;
    Diagnosis { code: text(code), kind: DiagnoseTypeCode::from_code(kind), text: (*words).to_owned() }
}

fn additional(dice: &mut Dice) -> Vec<AdditionalDiagnosis> {
    let count = 1 + dice.below(4);
    (0..count)
        .map(|_| AdditionalDiagnosis {
            description: DiagnoseDescriptionCode::Secondary,
            diagnosis: diagnosis(dice.pick(&texts::DIAGNOSES)),
        })
        .collect()
}

/// A heading in bold, then some sentences, five times.
fn anamnesis(dice: &mut Dice) -> FormattedText {
    let mut out = Vec::new();
    for (number, heading) in texts::HEADINGS.iter().enumerate() {
        if number > 0 {
            out.push(Inline::Break);
        }
        out.push(Inline::Bold(vec![Inline::Text((*heading).to_owned())]));
        let sentences: Vec<&str> = (0..3 + dice.below(3)).map(|_| *dice.pick(&texts::SENTENCES)).collect();
        out.push(Inline::Text(format!(" {}", sentences.join(" "))));
    }
    FormattedText(out)
}
