//! Diagnoses of a letter, and how they fold into the citizen's focus conditions.

use serde::{Deserialize, Serialize};

use crate::{
    codes::{DiagnoseDescriptionCode, DiagnoseTypeCode},
    cursor::Cursor,
    fault::{Read, Reason},
    party::open,
};

/// `Refer` or the common part of `ReferralAdditional`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// Code as received, 1–17 characters.
    pub code: Option<String>,
    /// Code system as the letter names it.
    pub kind: DiagnoseTypeCode,
    /// The words, 1–70 characters.
    pub text: String,
}

/// `ReferralAdditional`: a further diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdditionalDiagnosis {
    /// What it is to the letter.
    pub description: DiagnoseDescriptionCode,
    /// The diagnosis.
    pub diagnosis: Diagnosis,
}

/// Code system of a focus condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CodeSystem {
    /// SKS, urn:oid:1.2.208.176.2.4.12
    Sks,
    /// ICPC, urn:oid:1.2.208.176.2.31
    Icpc,
    /// No code system: only the text counts, even if there is a code.
    Text,
}

/// One condition that the letter is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FocusCode {
    /// Where the code is from.
    pub system: CodeSystem,
    /// The code, add-on codes joined with a plus (`DM171+TUL1`); `None` for text only.
    pub code: Option<String>,
    /// The words; those of add-on codes after a comma.
    pub text: String,
}

impl Diagnosis {
    /// The system whose code counts: an unknown kind, or no code, leaves the text only.
    pub fn system(&self) -> CodeSystem {
        match (&self.kind, &self.code) {
            (DiagnoseTypeCode::Sks, Some(_)) => CodeSystem::Sks,
            (DiagnoseTypeCode::Icpc, Some(_)) => CodeSystem::Icpc,
            _ => CodeSystem::Text,
        }
    }

    fn focus_code(&self) -> FocusCode {
        let system = self.system();
        let code = self.code.clone().filter(|_| system != CodeSystem::Text);
        FocusCode { system, code, text: self.text.clone() }
    }
}

/// Folds the diagnoses as KL's mapping to the gateway has them: an add-on code joins the nearest code before it, the same
/// code of the same system counts once, and free text is a condition of its own.
pub fn focus_codes(main: Option<&Diagnosis>, additional: &[AdditionalDiagnosis]) -> Vec<FocusCode> {
    let mut found: Vec<FocusCode> = main.map(Diagnosis::focus_code).into_iter().collect();
    for further in additional {
        let next = further.diagnosis.focus_code();
        match found.last_mut() {
            Some(before) if is_add_on_to(further, &next, before) => add(before, &next),
            _ => found.push(next),
        }
    }
    let mut once: Vec<FocusCode> = Vec::with_capacity(found.len());
    for code in found {
        if !once.iter().any(|held| same(held, &code)) {
            once.push(code);
        }
    }
    once
}

/// An add-on needs a code on both sides, of the same system; otherwise it stands alone and loses nothing.
fn is_add_on_to(further: &AdditionalDiagnosis, next: &FocusCode, before: &FocusCode) -> bool {
    further.description == DiagnoseDescriptionCode::AddOn && next.code.is_some() && next.system == before.system
}

fn add(before: &mut FocusCode, next: &FocusCode) {
    if let (Some(code), Some(more)) = (&mut before.code, &next.code) {
        code.push('+');
        code.push_str(more);
    }
    before.text.push_str(", ");
    before.text.push_str(&next.text);
}

/// Coded conditions are the same by code, the others by their words.
fn same(a: &FocusCode, b: &FocusCode) -> bool {
    a.system == b.system && a.code == b.code && (a.code.is_some() || a.text == b.text)
}

/// `DiagnoseCode`, `DiagnoseTypeCode`, `DiagnoseText` of the element the cursor is in.
pub(crate) fn diagnosis(c: &mut Cursor<'_>, code_required: bool) -> Read<Diagnosis> {
    let code = if code_required { Some(c.text("DiagnoseCode", 17)?) } else { c.optional_text("DiagnoseCode", 17)? };
    let kind = open(c, "DiagnoseTypeCode", DiagnoseTypeCode::from_code)?;
    Ok(Diagnosis { code, kind, text: c.text("DiagnoseText", 70)? })
}

/// `Refer` 0..1 (1 when a code is required) and `ReferralAdditional` 0..5.
pub(crate) fn diagnoses(c: &mut Cursor<'_>, newer: bool) -> Read<(Option<Diagnosis>, Vec<AdditionalDiagnosis>)> {
    let mut main = None;
    if newer || c.at("Refer")? {
        c.enter("Refer")?;
        main = Some(diagnosis(c, newer)?);
        c.leave()?;
    }
    let mut additional = Vec::new();
    while c.at("ReferralAdditional")? {
        if additional.len() == 5 {
            return Err(c.rule(Reason::Unexpected { element: "ReferralAdditional".to_owned() }));
        }
        c.enter("ReferralAdditional")?;
        let description = open(c, "DiagnoseDescriptionCode", DiagnoseDescriptionCode::from_code)?;
        additional.push(AdditionalDiagnosis { description, diagnosis: diagnosis(c, false)? });
        c.leave()?;
    }
    Ok((main, additional))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(code: &str, kind: DiagnoseTypeCode) -> Diagnosis {
        Diagnosis { code: Some(code.to_owned()), kind, text: format!("tekst {code}") }
    }

    fn further(description: DiagnoseDescriptionCode, diagnosis: Diagnosis) -> AdditionalDiagnosis {
        AdditionalDiagnosis { description, diagnosis }
    }

    fn codes(found: &[FocusCode]) -> Vec<&str> {
        found.iter().map(|f| f.code.as_deref().unwrap_or(&f.text)).collect()
    }

    #[test]
    fn an_add_on_code_joins_the_code_before_it() {
        let all = [
            further(DiagnoseDescriptionCode::AddOn, coded("TUL1", DiagnoseTypeCode::Sks)),
            further(DiagnoseDescriptionCode::Secondary, coded("DE119", DiagnoseTypeCode::Sks)),
            further(DiagnoseDescriptionCode::AddOn, coded("TUL2", DiagnoseTypeCode::Sks)),
        ];
        let found = focus_codes(Some(&coded("DM171", DiagnoseTypeCode::Sks)), &all);
        assert_eq!(codes(&found), ["DM171+TUL1", "DE119+TUL2"]);
        assert_eq!(found[0].text, "tekst DM171, tekst TUL1");
    }

    #[test]
    fn the_same_code_in_two_systems_is_two_conditions() {
        let all = [further(DiagnoseDescriptionCode::Secondary, coded("K86", DiagnoseTypeCode::Sks))];
        assert_eq!(focus_codes(Some(&coded("K86", DiagnoseTypeCode::Icpc)), &all).len(), 2);
    }

    #[test]
    fn a_code_without_a_known_system_is_text() {
        let unknown = coded("X1", DiagnoseTypeCode::Other("snomed".to_owned()));
        let found = focus_codes(Some(&unknown), &[]);
        assert_eq!(found, [FocusCode { system: CodeSystem::Text, code: None, text: "tekst X1".to_owned() }]);
    }

    #[test]
    fn an_add_on_without_a_code_before_it_stands_alone() {
        let all = [further(DiagnoseDescriptionCode::AddOn, coded("TUL1", DiagnoseTypeCode::Sks))];
        assert_eq!(codes(&focus_codes(None, &all)), ["TUL1"]);
    }
}
