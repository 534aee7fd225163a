//! The copy sheet: an offer as the fields of SOFT's form, in its order, and the text that its hash is taken of.
//!
//! Waiting time and free seats are left out: they change every day, and SOFT is for what stays.

use super::{Offer, TimeLimit};
use crate::workdays::full_day;

/// Where a letter about an offer goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entrance {
    /// The municipality.
    pub municipality: String,
    /// The department as it stands in messages.
    pub department: String,
    /// Location number that MedCom letters go to.
    pub gln: Option<String>,
}

/// A field of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetField {
    /// Stable word.
    pub key: &'static str,
    /// What the field is called.
    pub label: &'static str,
    /// What to put there; empty when the offer does not say.
    pub text: String,
}

/// The fields in their order.
pub fn sheet(offer: &Offer, entrance: &Entrance) -> Vec<SheetField> {
    let about = &offer.description;
    let field = |key, label, text: String| SheetField { key, label, text: tidy(&text) };
    let labels = |all: Vec<&'static str>| all.join(", ");
    let limit = match offer.time_limit {
        None => String::new(),
        Some(TimeLimit::Ongoing) => "Ingen tidsbegrænsning".to_owned(),
        Some(TimeLimit::Until(day)) => format!("Til og med {}", full_day(day)),
    };
    vec![
        field("name", "Tilbuddets navn", offer.name.clone()),
        field("intervention", "Type (FSIII)", offer.code.label().to_owned()),
        field("target_group", "Målgruppe", target_group(offer)),
        field("content", "Indhold", about.content.clone()),
        field("extent", "Omfang", about.extent.clone()),
        field("evidence_base", "Dokumentation (vidensgrundlag)", about.evidence_base.clone()),
        field("how_to_refer", "Henvisning", how_to_refer(offer, entrance)),
        field("place", "Sted", about.place.clone()),
        field("format", "Form", labels(offer.formats.iter().map(|one| one.label()).collect())),
        field("times", "Tid på dagen", labels(offer.times.iter().map(|one| one.label()).collect())),
        field("languages", "Sprog", labels(offer.languages.iter().map(|one| one.label()).collect())),
        field("accessibility", "Tilgængelighed", labels(offer.accessibility.iter().map(|one| one.label()).collect())),
        field("provider", "Leverandør", provider(offer, entrance)),
        field("contact", "Kontakt", contact(offer)),
        field("time_limit", "Tidsbegrænsning", limit),
    ]
}

/// The text that the hash is taken of: key and text of every field, each with its length before it, so that no two sheets
/// give the same.
pub fn canonical(sheet: &[SheetField]) -> String {
    use std::fmt::Write as _;
    let mut text = String::from("forebyg-offer-1\n");
    for field in sheet {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{} {} {}", field.key, field.text.len(), field.text);
    }
    text
}

/// Lines without blanks at their ends, none empty at the beginning or the end; browsers send other line ends than we keep.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn target_group(offer: &Offer) -> String {
    let only = if offer.chronic_disease_only { "Kun for borgere med kronisk sygdom." } else { "" };
    let diseases: Vec<&str> = offer.diseases.iter().map(|one| one.label()).collect();
    let narrowed =
        if diseases.is_empty() { String::new() } else { format!("Kun for borgere med {}.", diseases.join(" eller ")) };
    lines([offer.description.target_group.as_str(), only, &narrowed])
}

fn how_to_refer(offer: &Offer, entrance: &Entrance) -> String {
    let letter = entrance.gln.as_ref().map_or_else(String::new, |gln| {
        format!(
            "Send en MedCom-henvisning (REF15) til {}, {}, lokationsnummer {gln}.",
            entrance.municipality, entrance.department
        )
    });
    let own = if offer.self_referral { "Borgere kan selv henvende sig." } else { "" };
    lines([offer.description.how_to_refer.as_str(), &letter, own])
}

fn provider(offer: &Offer, entrance: &Entrance) -> String {
    use super::Provider as P;
    let name = offer.provider_name.as_deref().unwrap_or_default();
    match offer.provider {
        P::Own => entrance.municipality.clone(),
        P::Shared => format!("{} sammen med {name}", entrance.municipality),
        P::Bought => format!("{name} for {}", entrance.municipality),
    }
}

fn contact(offer: &Offer) -> String {
    let contact = &offer.description.contact;
    let phone = [contact.phone.trim(), contact.hours.trim()].into_iter().filter(|text| !text.is_empty());
    let phone: Vec<&str> = phone.collect();
    lines([contact.who.as_str(), &phone.join(", "), &contact.mail])
}

fn lines<const N: usize>(all: [&str; N]) -> String {
    let said: Vec<&str> = all.into_iter().map(str::trim).filter(|text| !text.is_empty()).collect();
    said.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::InterventionCode;
    use crate::ids::OfferId;
    use jiff::civil::date;
    use uuid::Uuid;

    fn offer() -> Offer {
        let (id, today) = (OfferId(Uuid::from_u128(1)), date(2026, 11, 24));
        Offer::draft(id, "KOL-skole".into(), InterventionCode::DiseaseManagement, today)
    }

    fn entrance() -> Entrance {
        let gln = Some("5790009999003".to_owned());
        Entrance { municipality: "Testby Kommune".into(), department: "Forebyggelse".into(), gln }
    }

    fn text(offer: &Offer, key: &str) -> String {
        sheet(offer, &entrance()).into_iter().find(|field| field.key == key).unwrap().text
    }

    #[test]
    fn the_sheet_says_where_a_letter_goes_and_who_may_come_by_themselves() {
        let mut offer = Offer { self_referral: true, ..offer() };
        offer.description.how_to_refer = "Skriv diagnosen. \r\n".into();
        let expected = "Skriv diagnosen.\nSend en MedCom-henvisning (REF15) til Testby Kommune, Forebyggelse, \
                        lokationsnummer 5790009999003.\nBorgere kan selv henvende sig.";
        assert_eq!(text(&offer, "how_to_refer"), expected);
        let limited = Offer { time_limit: Some(TimeLimit::Until(date(2026, 12, 31))), ..offer };
        assert_eq!(text(&limited, "time_limit"), "Til og med 31. december 2026");
    }

    #[test]
    fn what_changes_daily_or_is_for_staff_only_changes_no_hash() {
        let before = canonical(&sheet(&offer(), &entrance()));
        let other = Offer { wait_weeks: Some(4), ..offer() };
        assert_eq!(canonical(&sheet(&other, &entrance())), before);
        let renamed = Offer { name: "KOL-skolen".into(), ..offer() };
        assert_ne!(canonical(&sheet(&renamed, &entrance())), before);
    }

    #[test]
    fn a_text_that_looks_like_the_next_field_is_not_mistaken_for_it() {
        let mut one = offer();
        one.description.content = "a\nextent 1 b".into();
        let mut two = offer();
        two.description.content = "a".into();
        two.description.extent = "b".into();
        assert_ne!(canonical(&sheet(&one, &entrance())), canonical(&sheet(&two, &entrance())));
    }
}
