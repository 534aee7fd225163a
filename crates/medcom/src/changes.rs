//! What a corrected referral changes, field by field, for the person who has to see it.

use crate::{
    diagnosis::{AdditionalDiagnosis, Diagnosis},
    party::{Address, Party, Relative, Telephone, Unit},
    reference::{Reference, ReferenceTarget},
    referral_letter::{ReferralLetter, Visitation},
};

/// One field that differs. A text that is `None` was, or is now, not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Danish name of the field.
    pub field: &'static str,
    /// Before the correction.
    pub before: Option<String>,
    /// After the correction.
    pub after: Option<String>,
}

/// The fields that differ between two versions of a referral, in the order of the letter. Ids and times of the letter
/// itself always differ and are left out.
pub fn changes(old: &ReferralLetter, new: &ReferralLetter) -> Vec<Change> {
    let pairs = fields(old).into_iter().zip(fields(new));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| Change { field, before, after })
        .collect()
}

type Field = (&'static str, Option<String>);

fn fields(letter: &ReferralLetter) -> Vec<Field> {
    let mut out = party_fields(letter);
    out.extend(patient_fields(letter));
    out.extend([
        ("Pårørende", letter.relative.as_ref().map(relative)),
        ("Hoveddiagnose", letter.diagnosis.as_ref().map(diagnosis)),
        ("Øvrige diagnoser", lines(&letter.additional_diagnoses, additional)),
        ("Kategori", letter.category.as_ref().map(|c| c.danish().to_owned())),
        ("Kliniske oplysninger", letter.anamnesis.as_ref().map(crate::FormattedText::to_plain_text)),
        ("Henvisninger til bilag", lines(&letter.references, reference)),
        ("Visitation", lines(&letter.visitations, visitation)),
    ]);
    out
}

fn party_fields(letter: &ReferralLetter) -> Vec<Field> {
    let sender = &letter.sender;
    let referrer = [Some(sender.referrer.name.clone()), sender.referrer.title.clone()];
    vec![
        ("Afsender", Some(unit(&sender.unit))),
        ("Afsenders lokationsnummer", Some(sender.ean.0.clone())),
        ("Afsenders speciale", sender.speciality.clone()),
        ("Henviser", joined(referrer, ", ")),
        ("Modtager", Some(receiver(&letter.receiver))),
        ("Svarkopimodtager", letter.answer_cc.as_ref().map(unit)),
    ]
}

fn patient_fields(letter: &ReferralLetter) -> Vec<Field> {
    let patient = &letter.patient;
    vec![
        ("Personnummer", Some(patient.id.as_str().to_owned())),
        ("Efternavn", Some(patient.surname.clone())),
        ("Fornavn", patient.given_name.clone()),
        ("Stilling", patient.occupation.clone()),
        ("Adresse", address(&patient.address)),
        ("Telefon", lines(&patient.telephones, telephone)),
        ("E-mail", patient.email.clone()),
    ]
}

fn joined(parts: impl IntoIterator<Item = Option<String>>, between: &str) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { None } else { Some(parts.join(between)) }
}

fn lines<T>(items: &[T], line: fn(&T) -> String) -> Option<String> {
    joined(items.iter().map(|item| Some(line(item))), "\n")
}

fn address(a: &Address) -> Option<String> {
    let town = joined([a.post_code.clone(), a.district.clone()], " ");
    joined([a.street.clone(), a.suburb.clone(), town], ", ")
}

fn unit(unit: &Unit) -> String {
    let number = format!("{} {}", unit.identifier_code.danish(), unit.identifier);
    let name = Some(unit.name()).filter(|n| !n.is_empty());
    let telephone = unit.telephone.as_ref().map(|t| format!("tlf. {t}"));
    joined([name, Some(number), address(&unit.address), telephone], ", ").unwrap_or_default()
}

fn receiver(party: &Party) -> String {
    format!("{}, {}", party.ean, unit(&party.unit))
}

fn telephone(telephone: &Telephone) -> String {
    format!("{} ({})", telephone.number, telephone.kind.danish())
}

fn relative(r: &Relative) -> String {
    let name = joined([r.given_name.clone(), Some(r.surname.clone())], " ").unwrap_or_default();
    let number = r.identifier.as_ref().map_or_else(String::new, |id| format!(", {id}"));
    format!("{name} ({}){number}", r.relation.danish())
}

fn diagnosis(d: &Diagnosis) -> String {
    match &d.code {
        Some(code) => format!("{} {code}: {}", d.kind.danish(), d.text),
        None => d.text.clone(),
    }
}

fn additional(a: &AdditionalDiagnosis) -> String {
    format!("{} ({})", diagnosis(&a.diagnosis), a.description.danish())
}

fn reference(r: &Reference) -> String {
    match &r.target {
        ReferenceTarget::Url(url) => format!("{}: {url}", r.description),
        ReferenceTarget::SentSeparately => format!("{} (sendes særskilt)", r.description),
        ReferenceTarget::Attachment(bin) => format!("{} ({})", r.description, bin.extension),
    }
}

fn visitation(v: &Visitation) -> String {
    format!("{}: {}", v.code.danish(), v.information.to_plain_text())
}
