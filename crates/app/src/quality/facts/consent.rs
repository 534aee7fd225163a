//! Consents, the newest answer for each purpose.

use domain::consent::{Consent as OurConsent, ConsentPurpose};
use domain::coordination::{ShareConsent, Shared};
use domain::workdays::local_date;
use standard::facts::{Consent, Consents};

use super::CourseView;

/// The answers of the citizen; none when nobody has asked about anything. Coordination is asked department by department:
/// the newest answer stands for it, and one to tell nothing is a no.
pub(super) fn of(view: &CourseView<'_>) -> Option<Consents> {
    let consents = Consents {
        feedback: newest(view, ConsentPurpose::ReferrerFeedback),
        gp_status: newest(view, ConsentPurpose::StatusToDoctor),
        treating_doctor: newest(view, ConsentPurpose::TreatingDoctor),
        referral: newest(view, ConsentPurpose::TreatmentReferral),
        coordination: coordination(view),
    };
    (consents != Consents::default()).then_some(consents)
}

/// The newest answer about a purpose.
pub(super) fn newest(view: &CourseView<'_>, purpose: ConsentPurpose) -> Option<Consent> {
    let mine = view.record.consents.iter().map(|it| &it.value).filter(|it| it.purpose == purpose);
    mine.max_by_key(|it| (it.on, it.id)).map(one)
}

fn one(consent: &OurConsent) -> Consent {
    Consent {
        id: Some(consent.id.to_string()),
        answer: consent.given,
        on: Some(consent.on),
        withdrawn_on: consent.withdrawn_at.map(local_date),
    }
}

fn coordination(view: &CourseView<'_>) -> Option<Consent> {
    let mine = view.record.coordinations.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    let asked = mine.filter_map(|it| Some((it.id, it.consent.as_ref()?)));
    let (id, said): (_, &ShareConsent) = asked.max_by_key(|(id, said)| (said.on, *id))?;
    Some(Consent {
        id: Some(id.to_string()),
        answer: said.upto != Shared::Nothing,
        on: Some(said.on),
        withdrawn_on: said.withdrawn_at.map(local_date),
    })
}
