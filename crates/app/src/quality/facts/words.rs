//! The words of a talk: its journal note has a line for each heading, and here they are found again.

use domain::codes::InterventionCode;
use domain::course::{RiskFactor, TalkArea, WheelTheme};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::ids::PlannedInterventionId;

use super::CourseView;
use super::codes::said;

/// Heading of how it is kept up.
const MAINTENANCE: &str = "Fastholdelse";

/// The note of a talk.
#[derive(Debug, Clone, Copy)]
pub(super) struct TalkWords<'a>(&'a str);

impl<'a> TalkWords<'a> {
    /// The note of a contact.
    pub(super) fn of(contact: &'a Encounter) -> Self {
        Self(contact.note.as_deref().unwrap_or_default())
    }

    /// What was said about an area.
    pub(super) fn area(self, area: TalkArea) -> Option<String> {
        self.under(area.label())
    }

    /// What was answered about a risk factor.
    pub(super) fn risk(self, factor: RiskFactor) -> Option<String> {
        self.under(factor.label())
    }

    /// How the citizen will keep it up.
    pub(super) fn maintenance(self) -> Option<String> {
        self.under(MAINTENANCE)
    }

    /// A heading's words run over the lines until the next heading.
    fn under(self, heading: &str) -> Option<String> {
        let mut lines = self.0.lines().skip_while(|line| after(line, heading).is_none());
        let first = after(lines.next()?, heading)?;
        let rest = lines.take_while(|line| !begins_with_a_heading(line));
        let words: Vec<&str> = std::iter::once(first).chain(rest).collect();
        said(&words.join("\n"))
    }
}

fn after<'a>(line: &'a str, heading: &str) -> Option<&'a str> {
    line.strip_prefix(heading)?.strip_prefix(": ")
}

fn begins_with_a_heading(line: &str) -> bool {
    let areas = TalkArea::ALL.iter().map(|area| area.label());
    let factors = RiskFactor::ALL.iter().map(|factor| factor.label());
    let mut all = areas.chain(factors).chain([MAINTENANCE]);
    all.any(|heading| after(line, heading).is_some()) || line.starts_with("Samtalehjul (0-10): ") && wheel(line)
}

fn wheel(line: &str) -> bool {
    WheelTheme::ALL.iter().any(|theme| line.contains(theme.label()))
}

/// The first contact that was held of a talk.
pub(super) fn held<'a>(view: &CourseView<'a>, talk: PlannedInterventionId) -> Option<&'a Encounter> {
    let all = view.record.encounters.iter().map(|it| &it.value);
    let mine = all.filter(|it| it.status == EncounterStatus::Finished);
    mine.filter(|it| it.based_on == EncounterBasis::Intervention(talk)).min_by_key(|it| it.start)
}

/// Clarifying and needs talks of the course that were held, the oldest first.
pub(super) fn talks_held<'a>(view: &CourseView<'a>) -> Vec<(PlannedInterventionId, &'a Encounter)> {
    let planned = view.record.interventions.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    let talks = planned.filter(|it| matches!(it.code, InterventionCode::ClarifyingTalk | InterventionCode::NeedsTalk));
    let mut all: Vec<_> = talks.filter_map(|talk| Some((talk.id, held(view, talk.id)?))).collect();
    all.sort_by_key(|(_, contact)| contact.start);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_under_their_headings_over_several_lines() {
        let note = "Funktionsevne: Går 500 m\nTager trappen langsomt\nRygning: 10 om dagen\nFastholdelse: Går med naboen\n\
                    Samtalehjul (0-10): Søvn 4";
        let words = TalkWords(note);
        assert_eq!(words.area(TalkArea::Functioning).as_deref(), Some("Går 500 m\nTager trappen langsomt"));
        assert_eq!(words.area(TalkArea::Disease), None);
        assert_eq!(words.risk(RiskFactor::Smoking).as_deref(), Some("10 om dagen"));
        assert_eq!(words.maintenance().as_deref(), Some("Går med naboen"));
    }
}
