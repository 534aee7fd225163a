//! Suppliers, other departments, relatives and digital courses.

use domain::codes::StopReason;
use domain::competence::Competence;
use domain::consent::ConsentForm;
use domain::coordination::{Coordination, CoordinationNote, Department, ShareConsent, Shared};
use domain::digital_course::{DigitalContact, DigitalContactKind, DigitalCourse, DigitalModule};
use domain::relatives::{RelativePart, RelativesAnswer, RelativesTerms, TakingPart};
use domain::supplier::{
    ResultsSetAside, SupplierAgreement, SupplierEnrolment, SupplierKind, SupplierOutcome, SupplierResult,
};
use proptest::collection::{btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use uuid::Uuid;

use crate::values::{day, id, maybe_text, text, word};

pub fn agreement() -> impl Strategy<Value = SupplierAgreement> {
    let who = (id(), text(), word(SupplierKind::ALL), maybe_text(), maybe_text());
    let what = (btree_set(word(Competence::ALL), 0..4), text(), 1u16..90, any::<bool>(), day(), of(day()));
    (who, what).prop_map(|((supplier, name, kind, contact, phone), what)| {
        let (competences, data, response_days, own_responsibility, from, to) = what;
        SupplierAgreement {
            supplier,
            name,
            kind,
            contact,
            phone,
            competences,
            data,
            response_days,
            own_responsibility,
            from,
            to,
        }
    })
}

fn result() -> impl Strategy<Value = SupplierResult> {
    (word(SupplierOutcome::ALL), of(word(StopReason::ALL)), day(), maybe_text(), id(), day())
        .prop_map(|(outcome, reason, on, note, by, sent_on)| SupplierResult { outcome, reason, on, note, by, sent_on })
}

pub fn enrolment() -> impl Strategy<Value = SupplierEnrolment> {
    let aside = (text(), id(), day()).prop_map(|(reason, by, on)| ResultsSetAside { reason, by, on });
    let whose = (id(), id(), id(), id(), text());
    let how = (day(), id(), text(), day(), vec(id(), 0..3), vec(id(), 0..3), of(result()), of(aside), of(day()));
    (whose, how).prop_map(|((intervention, citizen, course, supplier, supplier_name), how)| {
        let (given_on, given_by, told, results_by, contacts, tests, result, set_aside, taken_back_on) = how;
        SupplierEnrolment {
            intervention,
            citizen,
            course,
            supplier,
            supplier_name,
            given_on,
            given_by,
            told,
            results_by,
            contacts,
            tests,
            result,
            set_aside,
            taken_back_on,
        }
    })
}

pub fn coordination() -> impl Strategy<Value = Coordination> {
    let consent = (word(Shared::ALL), word(ConsentForm::ALL), day(), id())
        .prop_map(|(upto, form, on, asked_by)| ShareConsent { upto, form, on, asked_by, withdrawn_at: None });
    let note = (day(), text(), id()).prop_map(|(on, words, by)| CoordinationNote { on, words, by });
    let who = (id(), id(), id(), word(Department::ALL), maybe_text(), maybe_text(), maybe_text());
    let when = (of(day()), of(day()), of(consent), of(day()), id(), vec(note, 0..3));
    (who, when).prop_map(|((id, citizen, course, department, what, contact, phone), when)| {
        let (since, until, consent, next_on, owner, notes) = when;
        Coordination {
            id,
            citizen,
            course,
            department,
            what,
            contact,
            phone,
            since,
            until,
            consent,
            next_on,
            owner,
            notes,
        }
    })
}

pub fn relatives() -> impl Strategy<Value = RelativesTerms> {
    let one = (text(), text(), btree_set(word(RelativePart::ALL), 0..3), of(day()), maybe_text()).prop_map(
        |(name, relation, parts, until, interprets_because)| TakingPart {
            name,
            relation,
            parts,
            until,
            interprets_because,
        },
    );
    let said = (id(), id(), word(RelativesAnswer::ALL), day(), id(), vec(one, 0..3));
    (said, (maybe_text(), maybe_text(), maybe_text())).prop_map(|(said, (harm, strain, help_named))| {
        let (citizen, course, answer, asked_on, asked_by, people) = said;
        RelativesTerms { citizen, course, answer, asked_on, asked_by, people, harm, strain, help_named }
    })
}

pub fn digital_course() -> impl Strategy<Value = DigitalCourse> {
    let contact =
        (any::<u128>(), word(DigitalContactKind::ALL), day(), of(id())).prop_map(|(number, kind, agreed_on, held)| {
            DigitalContact { id: Uuid::from_u128(number), kind, agreed_on, held }
        });
    let module = (text(), of(day())).prop_map(|(name, completed_on)| DigitalModule { name, completed_on });
    (id(), id(), id(), id(), text(), vec(contact, 0..4), vec(module, 0..4)).prop_map(
        |(citizen, course, intervention, offer, offer_name, contacts, modules)| DigitalCourse {
            citizen,
            course,
            intervention,
            offer,
            offer_name,
            contacts,
            modules,
        },
    )
}
