//! The fields of the form of an offer: what was typed, what is wrong with it, and the typed value that comes of it.

use std::collections::BTreeSet;

use domain::codes::InterventionCode;
use domain::competence::Competence;
use domain::disease::DiseaseGroup;
use domain::offer::{
    Accessibility, Contact, Description, Format, Lack, Offer, OfferLanguage, Provider, TimeLimit, TimeOfDay,
};
use domain::words::UnknownWord;
use jiff::civil::Date;

use super::OfferInput;
use crate::layout::{Choice, Field, FormError};

/// What was typed, by name; a tick box stands there once for each tick.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed(Vec<(String, String)>);

impl Typed {
    pub(super) const fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// An offer as it would be typed.
    pub(super) fn of(offer: &Offer) -> Self {
        let about = &offer.description;
        let mut pairs: Vec<(&str, String)> = vec![
            ("navn", offer.name.clone()),
            ("indsats", offer.code.word().to_owned()),
            ("maalgruppe", about.target_group.clone()),
            ("hvad-sker", about.content.clone()),
            ("omfang", about.extent.clone()),
            ("vidensgrundlag", about.evidence_base.clone()),
            ("henvis", about.how_to_refer.clone()),
            ("sted", about.place.clone()),
            ("kontakt", about.contact.who.clone()),
            ("telefon", about.contact.phone.clone()),
            ("telefontid", about.contact.hours.clone()),
            ("mail", about.contact.mail.clone()),
            ("leverandoer", offer.provider.word().to_owned()),
            ("leverandoer-navn", offer.provider_name.clone().unwrap_or_default()),
            ("ventetid", offer.wait_weeks.map(|weeks| weeks.to_string()).unwrap_or_default()),
            ("ikke-offentligt", offer.not_public_reason.clone().unwrap_or_default()),
        ];
        match offer.time_limit {
            None => {}
            Some(TimeLimit::Ongoing) => pairs.push(("tidsbegraensning", "ingen".to_owned())),
            Some(TimeLimit::Until(day)) => {
                pairs.push(("tidsbegraensning", "til".to_owned()));
                pairs.push(("sidste-dag", day.to_string()));
            }
        }
        if offer.chronic_disease_only {
            pairs.push(("kronisk", "ja".to_owned()));
        }
        if offer.self_referral {
            pairs.push(("selv", "ja".to_owned()));
        }
        let mut ticks = |name: &'static str, word: &'static str| pairs.push((name, word.to_owned()));
        offer.formats.iter().for_each(|one| ticks("form", one.word()));
        offer.languages.iter().for_each(|one| ticks("sprog", one.word()));
        offer.accessibility.iter().for_each(|one| ticks("adgang", one.word()));
        offer.times.iter().for_each(|one| ticks("tid", one.word()));
        offer.competences.iter().for_each(|one| ticks("kompetence", one.word()));
        offer.diseases.iter().for_each(|one| ticks("sygdom", one.word()));
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// A field with what is wrong with it.
    pub(super) fn field(&self, name: &str, errors: &[FormError]) -> Field {
        Field { value: self.get(name).to_owned(), error: message(name, errors) }
    }

    /// The choices of a list, the typed ones chosen.
    pub(super) fn choices(&self, name: &str, all: impl Iterator<Item = (&'static str, &'static str)>) -> Vec<Choice> {
        let ticked: Vec<&str> = self.all(name).collect();
        all.map(|(word, label)| Choice {
            value: word.to_owned(),
            label: label.to_owned(),
            hint: None,
            selected: ticked.contains(&word),
        })
        .collect()
    }

    fn set<T: Ord>(&self, name: &str, parse: fn(&str) -> Result<T, UnknownWord>) -> BTreeSet<T> {
        self.all(name).filter_map(|word| parse(word).ok()).collect()
    }

    /// What is to be stored, or everything that is wrong at once.
    pub(super) fn input(&self) -> Result<OfferInput, Vec<FormError>> {
        let mut errors = Vec::new();
        let mut wrong = |field, message: &str| errors.push(FormError { field, message: message.to_owned() });
        let code = InterventionCode::parse(self.get("indsats")).ok();
        if code.is_none() {
            wrong("indsats", "Vælg, hvilken indsats tilbuddet er.");
        }
        let time_limit = match (self.get("tidsbegraensning"), self.get("sidste-dag").trim()) {
            ("til", day) => match day.parse::<Date>() {
                Ok(day) => Some(TimeLimit::Until(day)),
                Err(_) => {
                    wrong("sidste-dag", "Skriv den sidste dag.");
                    None
                }
            },
            ("ingen", _) => Some(TimeLimit::Ongoing),
            (_, "") => None,
            (_, _) => {
                wrong("tidsbegraensning", "Vælg, om tilbuddet er tidsbegrænset.");
                None
            }
        };
        let wait_weeks = match self.get("ventetid").trim() {
            "" => None,
            text => {
                let weeks = text.parse::<u8>().ok();
                if weeks.is_none() {
                    wrong("ventetid", "Skriv ventetiden i hele uger, for eksempel 2.");
                }
                weeks
            }
        };
        let text = |name: &str| self.get(name).to_owned();
        let input = OfferInput {
            name: text("navn"),
            // Without one there is an error, and the input goes nowhere.
            code: code.unwrap_or(InterventionCode::ClarifyingTalk),
            description: Description {
                target_group: text("maalgruppe"),
                content: text("hvad-sker"),
                extent: text("omfang"),
                evidence_base: text("vidensgrundlag"),
                how_to_refer: text("henvis"),
                place: text("sted").trim().to_owned(),
                contact: Contact {
                    who: text("kontakt"),
                    phone: text("telefon"),
                    hours: text("telefontid"),
                    mail: text("mail"),
                },
            },
            formats: self.set("form", Format::parse),
            languages: self.set("sprog", OfferLanguage::parse),
            accessibility: self.set("adgang", Accessibility::parse),
            times: self.set("tid", TimeOfDay::parse),
            provider: Provider::parse(self.get("leverandoer")).ok(),
            provider_name: Some(text("leverandoer-navn")),
            competences: self.set("kompetence", Competence::parse),
            chronic_disease_only: self.has("kronisk"),
            diseases: self.set("sygdom", DiseaseGroup::parse),
            narrowed: self.has("kun-sygdom"),
            self_referral: self.has("selv"),
            time_limit,
            wait_weeks,
            not_public_reason: Some(text("ikke-offentligt")),
        };
        errors
            .extend(input.wrong().into_iter().map(|(member, message)| FormError { field: field_of(member), message }));
        if errors.is_empty() { Ok(input) } else { Err(errors) }
    }
}

/// What is wrong with a field.
pub(super) fn message(name: &str, errors: &[FormError]) -> Option<String> {
    errors.iter().find(|error| error.field == name).map(|error| error.message.clone())
}

/// The field that a member of the input is typed in.
pub(super) fn field_of(member: &str) -> &'static str {
    match member {
        "target_group" => "maalgruppe",
        "content" => "hvad-sker",
        "extent" => "omfang",
        "evidence_base" => "vidensgrundlag",
        "how_to_refer" => "henvis",
        "place" => "sted",
        "contact_who" => "kontakt",
        "phone" => "telefon",
        "hours" => "telefontid",
        "mail" => "mail",
        "wait_weeks" => "ventetid",
        _ => "navn",
    }
}

/// The field that says what the template lacks.
pub(super) const fn field_of_lack(lack: Lack) -> &'static str {
    match lack {
        Lack::TargetGroup => "maalgruppe",
        Lack::Content => "hvad-sker",
        Lack::EvidenceBase => "vidensgrundlag",
        Lack::TimeLimit => "tidsbegraensning",
        Lack::HowToRefer => "henvis",
        Lack::Contact => "telefon",
        Lack::Place => "sted",
        Lack::Format => "form",
        Lack::Language => "sprog",
        Lack::Time => "tid",
        Lack::ProviderName => "leverandoer-navn",
        Lack::Competence => "kompetence",
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let form = [("tidsbegraensning", "til"), ("ventetid", "to"), ("telefon", "12"), ("mail", "nix")];
        let errors = typed(&form).input().unwrap_err();
        let mut fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["indsats", "mail", "navn", "sidste-dag", "telefon", "ventetid"]);
    }

    #[test]
    fn what_is_stored_comes_back_into_the_form_and_out_again() {
        let form = typed(&[
            ("navn", "KOL-skole"),
            ("indsats", "disease_management"),
            ("form", "group"),
            ("form", "outdoors"),
            ("sprog", "da"),
            ("tidsbegraensning", "til"),
            ("sidste-dag", "2027-06-30"),
            ("kronisk", "ja"),
            ("kompetence", "disease_coping"),
        ]);
        let input = form.input().unwrap();
        let mut offer =
            Offer::draft(uuid::Uuid::nil().into(), "KOL-skole".into(), input.code, jiff::civil::date(2026, 11, 24));
        offer.formats = input.formats;
        offer.languages = input.languages;
        offer.time_limit = input.time_limit;
        offer.chronic_disease_only = input.chronic_disease_only;
        let again = Typed::of(&offer).input().unwrap();
        assert_eq!(again.formats, offer.formats);
        assert_eq!(again.time_limit, offer.time_limit);
        assert!(again.chronic_disease_only && !again.self_referral);
        assert_eq!(again.competences, offer.competences);
    }
}
