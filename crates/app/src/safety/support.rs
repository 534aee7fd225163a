//! The level of support and what is done differently for a citizen. One transaction each.

use std::collections::BTreeSet;

use domain::adaptation::{Adaptation, Adaptations, Mark};
use domain::citizen::{Citizen, Needs};
use domain::ids::{CitizenId, CourseId};
use domain::safety::Question;
use domain::stratification::{Answers, Burden, Known, Stratification, StratificationError, Stratum, decide, model};
use serde::Deserialize;
use store::Tx;
use uuid::Uuid;

use super::commands::of_course;
use super::gather;
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, calendar, ids};

/// Answers to a model, and the level when it is another one.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct StratifyInput {
    /// The model's word.
    pub model: String,
    /// The model's version.
    pub version: u16,
    /// Light, middle or heavy by factor.
    #[schema(value_type = Object)]
    pub answers: Answers,
    /// Another level than the model's.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub level: Option<Stratum>,
    /// Why it is another one.
    #[serde(default)]
    pub reason: String,
}

/// What is done differently for a citizen now.
pub(crate) fn adaptations(record: &CitizenRecord) -> Adaptations {
    record.adaptations.first().map_or_else(|| Adaptations::none(record.citizen.value.id), |a| a.value.clone())
}

/// How letters to a citizen are made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LetterShape {
    /// Large type, few words, pictures.
    pub(crate) pictures: bool,
    /// It says how to have it read aloud.
    pub(crate) read_aloud: bool,
}

/// How letters to the citizen are made.
pub(crate) fn letter_shape(record: &CitizenRecord) -> LetterShape {
    let adapted = adaptations(record);
    LetterShape { pictures: adapted.has(Adaptation::PictureLetter), read_aloud: adapted.has(Adaptation::ReadAloud) }
}

/// The newest level of a course.
pub(crate) fn level(record: &CitizenRecord, course: CourseId) -> Option<&Stratification> {
    record.stratifications.iter().map(|s| &s.value).filter(|s| s.course == course).max_by_key(|s| (s.at, s.id))
}

/// What the record knows that weighs.
pub(super) fn known(record: &CitizenRecord, course: CourseId) -> Known {
    let citizen = &record.citizen.value;
    let (needs, adapted) = (&citizen.needs, adaptations(record));
    let marked = |mark| adapted.marks.contains(&mark);
    let diagnoses: BTreeSet<_> =
        record.requests.iter().flat_map(|r| &r.value.focus).map(|focus| focus.text.to_lowercase()).collect();
    let ill = gather::answers(record, course).said.get(&Question::MentalIllness) == Some(&true);
    let all = [
        (diagnoses.len() > 1, Burden::SEVERAL_DISEASES),
        (ill, Burden::MENTAL_ILLNESS),
        (needs.interpreter || marked(Mark::LanguageHard), Burden::LANGUAGE),
        (needs.sight || needs.hearing, Burden::SENSES),
        (needs.transport || marked(Mark::TravelHard), Burden::GETTING_THERE),
        (needs.digital, Burden::DIGITAL),
        (marked(Mark::WrittenHard), Burden::WRITTEN),
        (marked(Mark::AloneHard), Burden::COMPANY),
    ];
    let burdens = all.into_iter().filter(|(weighs, _)| *weighs).map(|(_, burden)| burden);
    Known { burdens: burdens.collect(), gone_through: needs.asked }
}

fn refused(error: StratificationError) -> AppError {
    let field = match error {
        StratificationError::UnknownModel => "model",
        StratificationError::AnswerMissing => "svar",
        StratificationError::ReasonMissing => "begrundelse",
    };
    AppError::field(field, "stratification", error.user_message())
}

/// Keeps a level with what it rests on; gives its id.
pub async fn stratify(app: &App, who: &Caller, course: CourseId, input: StratifyInput) -> Result<Uuid, AppError> {
    let (now, by) = (app.now(), who.user);
    let model = model(&input.model, input.version).ok_or_else(|| refused(StratificationError::UnknownModel))?;
    let scored = model.assess(&input.answers).ok_or_else(|| refused(StratificationError::AnswerMissing))?.stratum;
    let (decided, reason) = decide(scored, input.level, &input.reason).map_err(refused)?;
    app.store
        .write(who.scope_because("stratification.make", now, reason.clone()), move |tx| {
            let (citizen, _) = of_course(tx, course)?;
            let answers = model
                .factors
                .iter()
                .filter_map(|factor| input.answers.get(factor.word).map(|step| (factor.word.to_owned(), *step)));
            let made = Stratification {
                id: ids::new(now),
                citizen,
                course,
                model: model.word.to_owned(),
                version: model.version,
                answers: answers.collect(),
                scored,
                decided,
                reason,
                by,
                at: now,
            };
            records::add(tx, &made)?;
            Ok(made.id)
        })
        .await
}

/// Keeps what was marked in the talk; what it proposes is decided by [`adapt`].
pub async fn mark(
    app: &App,
    who: &Caller,
    citizen: CitizenId,
    version: Option<i64>,
    marks: BTreeSet<Mark>,
) -> Result<i64, AppError> {
    app.store
        .write(who.scope("adaptation.mark", app.now()), move |tx| {
            let record = records::citizen_record(tx, citizen)?;
            check(&record, version)?;
            store(tx, &record, Adaptations { marks, ..adaptations(&record) })
        })
        .await
}

/// Decides what is done differently from now on, all of it; what is left out is not done. Needs go onto the citizen, so that every booking asks for them, and letters
/// about times that wait become calls, or the other way round.
pub async fn adapt(
    app: &App,
    who: &Caller,
    course: CourseId,
    version: Option<i64>,
    chosen: BTreeSet<Adaptation>,
) -> Result<i64, AppError> {
    let (now, by) = (app.now(), who.user);
    app.store
        .write(who.scope("adaptation.decide", now), move |tx| {
            let (_, record) = of_course(tx, course)?;
            check(&record, version)?;
            let level = level(&record, course).map(|level| level.decided);
            let after = adaptations(&record).decide(&chosen, level, (by, now));
            let citizen = &record.citizen.value;
            let needs = needs(&citizen.needs, &after);
            records::save_if_changed(tx, &record.citizen, &Citizen { needs, ..citizen.clone() })?;
            calendar::letters_become_calls(tx, &record, after.has(Adaptation::CallInsteadOfLetter))?;
            store(tx, &record, after)
        })
        .await
}

/// The needs as they were decided: what was not chosen is not arranged any more.
fn needs(needs: &Needs, after: &Adaptations) -> Needs {
    Needs {
        interpreter: after.has(Adaptation::Interpreter),
        transport: after.has(Adaptation::Transport),
        companion: after.has(Adaptation::Companion),
        ..needs.clone()
    }
}

fn check(record: &CitizenRecord, version: Option<i64>) -> Result<(), AppError> {
    let found = record.adaptations.first().map_or(0, |a| a.version);
    records::expect(version, found)
}

fn store(tx: &mut Tx<'_>, record: &CitizenRecord, after: Adaptations) -> Result<i64, AppError> {
    Ok(match record.adaptations.first() {
        Some(before) => records::save_if_changed(tx, before, &after)?,
        None => records::add(tx, &after)?,
    })
}
