//! Who takes part beside the demo municipality: a supplier that has a citizen, another department, a relative.

use std::collections::BTreeSet;

use app::access;
use app::coordination::{self, CoordinationInput};
use app::courses::{self, GrantInput};
use app::relatives::{self, TermsInput};
use app::suppliers::{self, AgreementInput, GiveInput};
use domain::codes::{DeliveryType, InterventionCode};
use domain::competence::Competence;
use domain::consent::ConsentForm;
use domain::coordination::{Department, Shared};
use domain::ids::CourseId;
use domain::permission::Role;
use domain::relatives::{RelativePart, RelativesAnswer, TakingPart};
use domain::supplier::SupplierKind;
use jiff::ToSpan;

use super::stage::Stage;

/// Schwendlund wants to stop smoking with the supplier, is known at the job centre, and brings his wife.
pub async fn play(stage: &Stage, course: CourseId) -> anyhow::Result<()> {
    let leader = stage.who(Role::Leader)?;
    let app = &stage.at(20, 9).app;
    let agreement = AgreementInput {
        name: "Røgfri Rådgivning".to_owned(),
        kind: SupplierKind::Outside,
        contact: Some("Rikke Lund".to_owned()),
        phone: Some("70000031".to_owned()),
        competences: BTreeSet::from([Competence::NicotineIndividual, Competence::NicotineGroup]),
        data: "Navn, telefon, behov og det, der skal til for at levere. Fremmøde, målinger, indhold og afslutning sendes tilbage."
            .to_owned(),
        response_days: 14,
        own_responsibility: false,
        from: stage.day(200),
        to: Some(stage.day(0).saturating_add(300.days())),
    };
    let supplier = suppliers::add_supplier(app, &leader, agreement).await?;
    access::add_demo_supplier(app, leader.organization, supplier).await?;
    let grant = GrantInput {
        team: None,
        code: InterventionCode::NicotineCessation,
        delivery: DeliveryType::Individual,
        reasons: Vec::new(),
        choice_reason: Some("Vil stoppe nu og kan bedst om aftenen.".to_owned()),
        care_plan: None,
        planned_end_on: Some(stage.day(0).saturating_add(60.days())),
        performer: None,
        service_request: None,
    };
    let granted = courses::grant(app, &leader, course, grant).await?;
    let told = "Vil helst have tid efter kl. 16. Bruger cigaretter og snus.".to_owned();
    let input = GiveInput { supplier, told, planned_end_on: stage.day(0).saturating_add(60.days()) };
    suppliers::give(app, &leader, granted.intervention, input).await?;
    let job_centre = CoordinationInput {
        department: Department::JobCentre,
        what: Some("Er i praktik to formiddage om ugen".to_owned()),
        contact: Some("Lone Holm".to_owned()),
        phone: Some("70000032".to_owned()),
        since: Some(stage.day(40)),
        until: None,
        consent: Some((Shared::Times, ConsentForm::Oral)),
        next_on: Some(stage.day(0).saturating_add(30.days())),
    };
    coordination::add(app, &leader, course, job_centre).await?;
    let wife = TakingPart {
        name: "Karen".to_owned(),
        relation: "kone".to_owned(),
        parts: BTreeSet::from([RelativePart::Teaching]),
        until: None,
        interprets_because: None,
    };
    let (answer, people) = (RelativesAnswer::Yes, vec![wife]);
    let terms = TermsInput { answer, people, harm: None, strain: None, help_named: None };
    Ok(relatives::set_terms(app, &leader, course, 0, terms).await?)
}
