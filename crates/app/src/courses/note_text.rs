//! The words of a closing note, from what the record knows: what the practice must do first, then course, outcome, the
//! citizen's own view and agreements. At most a page.

use domain::care_plan::PlanStatus;
use domain::encounter::{EncounterBasis, EncounterStatus};
use domain::ids::CourseId;
use domain::planned_intervention::PlannedIntervention;
use domain::workdays::{full_day, local_date};
use medcom::{FormattedText, Inline};

use super::NoteInput;
use crate::records::CitizenRecord;

/// What the practice reads when there is nothing to do.
const NOTHING_TO_DO: &str = "Ingen handling.";

/// Puts the note together.
pub(super) fn compose(record: &CitizenRecord, course: CourseId, input: &NoteInput) -> FormattedText {
    let mut text = Vec::new();
    for (heading, words) in sections(record, course, input) {
        if !text.is_empty() {
            text.push(Inline::Break);
        }
        text.push(Inline::Bold(vec![Inline::Text(format!("{heading}:"))]));
        text.push(Inline::Text(" ".into()));
        text.extend(FormattedText::from_plain(&words).0);
    }
    FormattedText(text)
}

/// The sections of the note, each with its heading: what the practice must do comes first.
pub(super) fn sections(record: &CitizenRecord, course: CourseId, input: &NoteInput) -> Vec<(&'static str, String)> {
    let said = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let action = said(&input.action_for_doctor).unwrap_or_else(|| NOTHING_TO_DO.into());
    let all = [
        ("Egen læge bedes", Some(action)),
        ("Forløb", Some(course_text(record, course))),
        ("Udbytte", said(&input.outcome)),
        ("Borgerens egen vurdering", said(&input.own_view).or_else(|| goals_text(record, course))),
        ("Aftaler og opfølgning", said(&input.agreements).or_else(|| follow_up_text(record, course))),
    ];
    all.into_iter().filter_map(|(heading, words)| Some((heading, words?))).collect()
}

/// What somebody wrote in a note of ours, without what the record knows by itself.
pub(super) fn read_back(text: &FormattedText) -> NoteInput {
    let mut note = NoteInput::default();
    for (heading, words) in written(text) {
        put(&mut note, &heading, &words);
    }
    note
}

/// The sections of a note of ours, each by its heading.
pub(crate) fn written(text: &FormattedText) -> Vec<(String, String)> {
    let mut sections = Vec::new();
    let (mut heading, mut words) = (String::new(), String::new());
    for piece in text.0.iter().chain([&Inline::Bold(Vec::new())]) {
        match piece {
            Inline::Bold(inside) => {
                sections.push((heading.trim_end_matches(':').to_owned(), words.trim().to_owned()));
                (heading, words) = (plain(inside), String::new());
            }
            Inline::Text(text) => words.push_str(text),
            Inline::Break => words.push('\n'),
            _ => words.push(' '),
        }
    }
    sections
}

fn put(note: &mut NoteInput, heading: &str, words: &str) {
    let field = match heading {
        "Egen læge bedes" if words != NOTHING_TO_DO => &mut note.action_for_doctor,
        "Udbytte" => &mut note.outcome,
        "Borgerens egen vurdering" => &mut note.own_view,
        "Aftaler og opfølgning" => &mut note.agreements,
        _ => return,
    };
    *field = Some(words.to_owned());
}

fn plain(inside: &[Inline]) -> String {
    let text = |piece: &Inline| match piece {
        Inline::Text(text) => text.clone(),
        _ => String::new(),
    };
    inside.iter().map(text).collect()
}

/// What was offered and how it ended, with attendance.
fn course_text(record: &CitizenRecord, course: CourseId) -> String {
    let of_course = record.interventions.iter().map(|i| &i.value).filter(|i| i.course == course);
    let lines: Vec<String> = of_course.filter(|i| reported(i)).map(|i| intervention_text(record, i)).collect();
    if lines.is_empty() { "Ingen indsatser.".into() } else { format!("{}.", lines.join("; ")) }
}

/// A follow-up belongs under agreements; what was registered by mistake belongs nowhere.
fn reported(intervention: &PlannedIntervention) -> bool {
    intervention.code != domain::codes::InterventionCode::FollowUp
        && !matches!(intervention.status, PlanStatus::EnteredInError { .. })
}

fn intervention_text(record: &CitizenRecord, intervention: &PlannedIntervention) -> String {
    let name = intervention.code.label();
    let contacts = record.encounters.iter().map(|e| &e.value).filter(|e| e.status == EncounterStatus::Finished);
    if intervention.code.is_talk() {
        let held =
            contacts.filter(|e| e.based_on == EncounterBasis::Intervention(intervention.id)).map(|e| e.start).min();
        return held.map_or_else(|| format!("{name} ikke holdt"), |at| format!("{name} {}", full_day(local_date(at))));
    }
    let came =
        contacts.filter(|e| intervention.care_plan.is_some_and(|p| e.based_on == EncounterBasis::CarePlan(p))).count();
    let times = if came == 1 { "1 fremmøde".to_owned() } else { format!("{came} fremmøder") };
    let end = match intervention.status {
        PlanStatus::Completed { ended_on } => format!("gennemført {}", full_day(ended_on)),
        PlanStatus::Stopped { ended_on, .. } => format!("stoppet {}", full_day(ended_on)),
        PlanStatus::Cancelled { .. } => "ikke begyndt".into(),
        PlanStatus::Granted
        | PlanStatus::Active { .. }
        | PlanStatus::Paused { .. }
        | PlanStatus::EnteredInError { .. } => "i gang".into(),
    };
    format!("{name} fra {}, {times}, {end}", full_day(intervention.granted_on))
}

fn goals_text(record: &CitizenRecord, course: CourseId) -> Option<String> {
    let goals = record.goals.iter().map(|g| &g.value).filter(|g| g.course == course);
    let lines: Vec<String> = goals
        .filter_map(|goal| {
            let evaluation = goal.evaluation.as_ref()?;
            let words = evaluation.words.as_deref().map(|w| format!(" {w}")).unwrap_or_default();
            Some(format!("”{}”: {}.{words}", goal.words, evaluation.outcome.label()))
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn follow_up_text(record: &CitizenRecord, course: CourseId) -> Option<String> {
    let days = record.follow_ups.iter().map(|f| &f.value).filter(|f| f.course == course);
    let days: Vec<String> = days.map(|f| full_day(f.due_on)).collect();
    (!days.is_empty()).then(|| format!("Kommunen følger op {}.", days.join(" og ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back_from_a_note() {
        let mut text = Vec::new();
        for (heading, words) in [
            ("Egen læge bedes", "Kontrol af HbA1c.\nRing ved tvivl: 70 00 00 99."),
            ("Forløb", "Kostvejledning, 2 fremmøder."),
            ("Udbytte", "Går længere"),
        ] {
            if !text.is_empty() {
                text.push(Inline::Break);
            }
            text.push(Inline::Bold(vec![Inline::Text(format!("{heading}:"))]));
            text.push(Inline::Text(" ".into()));
            text.extend(FormattedText::from_plain(words).0);
        }
        let note = read_back(&FormattedText(text));
        assert_eq!(note.action_for_doctor.as_deref(), Some("Kontrol af HbA1c.\nRing ved tvivl: 70 00 00 99."));
        assert_eq!((note.outcome.as_deref(), note.own_view), (Some("Går længere"), None));
    }
}
