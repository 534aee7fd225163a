//! Pårørende: relatives on the citizen's terms (standard, section 4.3).

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Fsiii, RelativeAnswer};
use crate::facts::{CourseFacts, Intervention, Relative};
use crate::outcome::Verdict;
use crate::rules::delivered::{Delivered, before_second_session, filled};

pub(super) const RULES: &[Rule] = &[Rule { requirement: "KS-4.3-07", decide: Decide::Intervention(asked) }];

/// KS-4.3-07, section 4.3: before the second session the citizen is asked whether and how relatives take part.
fn asked(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let coping = matches!(of.fsiii_code, Some(Fsiii::Sygdomshaandtering | Fsiii::MentalHaandtering));
    let Some(started_on) = at.in_period(of.started_on).filter(|_| coping) else { return Verdict::OUTSIDE };
    let answers = |one: &Relative| match one.citizen_answer {
        Some(RelativeAnswer::Yes) => filled(one.role.as_ref()),
        Some(RelativeAnswer::No | RelativeAnswer::HasNone) => true,
        Some(RelativeAnswer::Later) | None => false,
    };
    let about = course.relatives.iter().filter(|one| one.intervention.as_ref().is_none_or(|id| *id == of.id));
    let told = about.min_by_key(|one| (!answers(one), one.asked_on.is_none(), one.asked_on));
    let answered = told.is_some_and(answers);
    let asked_on = told.and_then(|one| one.asked_on);
    let case = Case::on(started_on)
        .needs("relative.asked_on", !answered || asked_on.is_some())
        .done("relative.asked_on", asked_on)
        .recorded("relative.citizen_answer", answered);
    before_second_session(case, &Delivered::of(course, of, at), of).decide(at)
}
