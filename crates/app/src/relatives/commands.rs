//! What the citizen said about relatives in a course.

use domain::ids::CourseId;
use domain::relatives::{RelativesAnswer, RelativesTerms, TakingPart};
use domain::workdays::local_date;

use crate::{App, AppError, Caller, records};

/// What was said; what is left out is taken away.
#[derive(Debug, Clone)]
pub struct TermsInput {
    /// The citizen's answer.
    pub answer: RelativesAnswer,
    /// Who takes part.
    pub people: Vec<TakingPart>,
    /// A relation that does harm.
    pub harm: Option<String>,
    /// What strains a relative.
    pub strain: Option<String>,
    /// The help that was named.
    pub help_named: Option<String>,
}

/// Keeps it, in the version that was seen; what was said before stays in the versions.
pub async fn set_terms(
    app: &App,
    who: &Caller,
    course: CourseId,
    version: i64,
    input: TermsInput,
) -> Result<(), AppError> {
    let (now, asked_by) = (app.now(), who.user);
    app.store
        .write(who.scope("relatives.set", now), move |tx| {
            let citizen = records::citizen_of(tx, "course", course.0)?;
            let record = records::citizen_record(tx, citizen)?;
            record.course(course)?;
            let before = record.relatives_terms(course);
            let found = before.map_or(0, |it| it.version);
            records::expect(version, found)?;
            let today = local_date(now);
            let TermsInput { answer, people, harm, strain, help_named } = input;
            let terms =
                RelativesTerms { citizen, course, answer, asked_on: today, asked_by, people, harm, strain, help_named };
            let was = before.map(|it| &it.value);
            terms
                .check(was, today)
                .map_err(|error| AppError::field(error.field(), "relatives_rule", error.user_message()))?;
            records::save(tx, found, &terms)?;
            Ok(())
        })
        .await
}
