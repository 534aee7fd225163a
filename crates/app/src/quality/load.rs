//! Every course of an organization, some citizens at a time, so that a large municipality never stands in memory at once.

use domain::ids::{CitizenId, CourseId};
use jiff::civil::Date;
use standard::facts::{CourseFacts, MunicipalityFacts};
use store::Seen;
use uuid::Uuid;

use super::facts::{KeptBeside, PartnerCodes, citizen_facts, course_facts};
use super::municipality::link_offers;
use super::queries;
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, organizations};

/// Citizens in one read: some tens of megabytes at most, and few enough reads that their cost does not show.
const AT_ONCE: i64 = 250;

/// Citizens with what is kept beside their records.
pub(super) struct Batch {
    citizens: Vec<(CitizenRecord, KeptBeside)>,
    pub(super) last: CitizenId,
}

impl Batch {
    /// The facts of each citizen.
    pub(super) fn facts(
        &self,
        partners: &PartnerCodes,
        municipality: &MunicipalityFacts,
        on: Date,
    ) -> impl Iterator<Item = (CitizenId, Vec<CourseFacts>)> {
        self.citizens.iter().map(move |(record, kept)| {
            let mut courses = citizen_facts(record, kept, partners, on);
            for course in &mut courses {
                link_offers(course, municipality);
            }
            (record.citizen.value.id, courses)
        })
    }
}

/// Hands over the facts of each course of an organization, and of each request that led to none, citizen by citizen; the
/// municipality's tables say which offer a group delivers.
///
/// Each read is one of its own: who changes while the others are read shows as before or as after. No record is shown to
/// anybody by it, and the access log names none.
///
/// # Errors
///
/// The store cannot be read.
pub async fn each_course(
    app: &App,
    who: &Caller,
    municipality: &MunicipalityFacts,
    on: Date,
    mut each: impl FnMut(CourseFacts) + Send,
) -> Result<(), AppError> {
    let partners = partners(app, who).await?;
    let mut after = CitizenId(Uuid::nil());
    while let Some(batch) = batch(app, who, after).await? {
        after = batch.last;
        batch.facts(&partners, municipality, on).for_each(|(_, courses)| courses.into_iter().for_each(&mut each));
    }
    Ok(())
}

/// The facts of one course, for whoever looks at it: the access log says so.
///
/// # Errors
///
/// There is no such course.
pub async fn course_of(
    app: &App,
    who: &Caller,
    municipality: &MunicipalityFacts,
    course: CourseId,
    on: Date,
) -> Result<CourseFacts, AppError> {
    let partners = partners(app, who).await?;
    let limits = app.message_limits;
    let mut facts = app
        .store
        .view(who.scope("quality.course", app.now()), move |tx| {
            let citizen = records::citizen_of(tx, "course", course.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let before = CitizenId(before(citizen.0));
            let kept = queries::beside(tx, before, citizen, &limits)?.remove(&citizen).unwrap_or_default();
            Ok::<_, AppError>(Seen::record(citizen.0, course_facts(&record, course, &kept, &partners, on)?))
        })
        .await?;
    link_offers(&mut facts, municipality);
    Ok(facts)
}

pub(super) async fn partners(app: &App, who: &Caller) -> Result<PartnerCodes, AppError> {
    app.store
        .view(who.scope("quality.partners", app.now()), |tx| {
            Ok::<_, AppError>(Seen::nothing(PartnerCodes::of(&organizations::partners(tx)?)))
        })
        .await
}

/// The next citizens of an organization; none after the last.
pub(super) async fn batch(app: &App, who: &Caller, after: CitizenId) -> Result<Option<Batch>, AppError> {
    let limits = app.message_limits;
    app.store
        .view(who.scope("quality.evaluate", app.now()), move |tx| {
            let Some(last) = queries::next(tx, after, AT_ONCE)?.pop() else { return Ok(Seen::nothing(None)) };
            let records = records::citizen_records(tx, after, last)?;
            let mut beside = queries::beside(tx, after, last, &limits)?;
            let with = |record: CitizenRecord| {
                let kept = beside.remove(&record.citizen.value.id).unwrap_or_default();
                (record, kept)
            };
            Ok(Seen::nothing(Some(Batch { citizens: records.into_iter().map(with).collect(), last })))
        })
        .await
}

/// Some citizens; one that is no longer there is left out.
pub(super) async fn some(app: &App, who: &Caller, citizens: Vec<Uuid>) -> Result<Batch, AppError> {
    let limits = app.message_limits;
    app.store
        .view(who.scope("quality.evaluate", app.now()), move |tx| {
            let mut found = Vec::new();
            for citizen in citizens {
                let (before, until) = (CitizenId(before(citizen)), CitizenId(citizen));
                let mut beside = queries::beside(tx, before, until, &limits)?;
                let kept = beside.remove(&until).unwrap_or_default();
                found.extend(
                    records::citizen_records(tx, before, until)?.into_iter().map(|record| (record, kept.clone())),
                );
            }
            Ok::<_, AppError>(Seen::nothing(Batch { citizens: found, last: CitizenId(Uuid::nil()) }))
        })
        .await
}

/// The id just before an id.
const fn before(id: Uuid) -> Uuid {
    Uuid::from_u128(id.as_u128().saturating_sub(1))
}
