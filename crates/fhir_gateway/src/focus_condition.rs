//! A referral diagnosis: Condition, profile klgateway-119-focus-condition. Told as it came, never translated.

use domain::service_request::{FocusCode, FocusCondition};
use serde::Serialize;

use crate::condition::{clinical, verification};
use crate::elements::{Coding, Concept, Reference};
use crate::kind::ResourceKind;
use crate::records::WithdrawnCondition;
use crate::report::{BuildError, Sheet};
use crate::scope::Scope;
use crate::systems::{ICPC2, SKS};

#[derive(Serialize)]
struct Told<'a> {
    #[serde(rename = "clinicalStatus")]
    clinical_status: Concept<'static>,
    #[serde(rename = "verificationStatus", skip_serializing_if = "Option::is_none")]
    verification_status: Option<Concept<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code<'a>>,
    subject: Reference,
}

/// A code, or the words of the referral when there is none.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Code<'a> {
    Coding([Coding<'a>; 1]),
    Text(&'a str),
}

/// Writes a diagnosis. Absent verification means confirmed.
pub fn write(focus: &FocusCondition, scope: &Scope<'_>, sheet: &mut Sheet) -> Result<(), BuildError> {
    let as_error = focus.entered_in_error && scope.options.withdrawn_condition == WithdrawnCondition::EnteredInError;
    let active = focus.active && (as_error || !focus.entered_in_error);
    let subject = sheet.refer(ResourceKind::Citizen, focus.citizen.0);
    let told = Told {
        clinical_status: clinical(active),
        verification_status: as_error.then(|| verification("entered-in-error")),
        code: code(focus),
        subject,
    };
    sheet.write((ResourceKind::FocusCondition, focus.id.0), &told)
}

fn code(focus: &FocusCondition) -> Option<Code<'_>> {
    let coding = |system, code| {
        let coding = if focus.text.trim().is_empty() {
            Coding::bare(system, code)
        } else {
            Coding::new(system, code, &focus.text)
        };
        Some(Code::Coding([coding]))
    };
    match &focus.code {
        FocusCode::Sks(code) => coding(SKS, code),
        FocusCode::Icpc(code) => coding(ICPC2, code),
        FocusCode::Text => (!focus.text.trim().is_empty()).then_some(Code::Text(&focus.text)),
    }
}
