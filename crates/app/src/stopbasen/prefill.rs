//! What is known already of STOPbasen's forms, so that nothing is typed twice. A number is the item's in the form's file.

use domain::codes::DeliveryType;
use domain::consent::{self, ConsentPurpose};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::follow_up::FollowUpState;
use domain::organization::ManagingOrganization;
use domain::planned_intervention::PlannedIntervention;
use domain::quantity::Quantity;
use domain::response::{Answer, Answers};
use domain::safety::Question;
use domain::service_request::Source;
use domain::stop_course::{StopForm, StopOutcome, is_completed};
use domain::workdays::local_date;
use jiff::civil::Date;
use store::Tx;

use super::forms;
use crate::records::CitizenRecord;
use crate::{AppError, teams};

/// The answers that are known: one query more when the intervention is delivered in a team.
pub(crate) fn prefilled(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    record: &CitizenRecord,
    form: StopForm,
    today: Date,
) -> Result<Answers, AppError> {
    let Some(it) = forms::newest(record) else { return Ok(Answers::new()) };
    let meetings = match it.team {
        Some(team) => {
            let team = teams::team(tx, team)?.value;
            Some(count(team.sessions.iter().filter(|s| s.cancelled.is_none()).count()))
        }
        None => None,
    };
    let known = Known { home, record, it, meetings, today };
    Ok(match form {
        StopForm::Baseline => known.baseline(),
        StopForm::End => known.end(),
        StopForm::SixMonths => known.six_months(),
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn number(value: u32) -> Answer {
    Answer::Value(Quantity::whole(i32::try_from(value).unwrap_or(0)))
}

fn yes_no(yes: bool) -> Answer {
    number(u32::from(yes))
}

/// "24-11-2026".
pub(super) fn day_text(day: Date) -> String {
    format!("{:02}-{:02}-{}", day.day(), day.month(), day.year())
}

/// "2 forsøg, senest 24-11-2026".
pub(super) fn attempts_text(attempts: &[Date]) -> String {
    let last = attempts.last().map(|day| format!(", senest {}", day_text(*day))).unwrap_or_default();
    format!("{} forsøg{last}", attempts.len())
}

/// What the answers are read from.
struct Known<'a> {
    home: &'a ManagingOrganization,
    record: &'a CitizenRecord,
    it: &'a PlannedIntervention,
    /// Meetings of the team that are not called off.
    meetings: Option<u32>,
    today: Date,
}

impl Known<'_> {
    fn baseline(&self) -> Answers {
        let type_of = match self.it.delivery {
            DeliveryType::Individual => 4,
            DeliveryType::Group => 5,
            DeliveryType::Digital | DeliveryType::Robot => 6,
        };
        let asked = |purpose| match consent::answer(&self.record.consent_values(), purpose) {
            consent::Answer::Given(_) => Some(yes_no(true)),
            consent::Answer::Refused => Some(yes_no(false)),
            consent::Answer::NotAsked => None,
        };
        let said = |question| self.said(question).map(yes_no);
        let all = [
            (1, asked(ConsentPurpose::Stopbasen)),
            (2, asked(ConsentPurpose::StopbasenFollowUp)),
            (3, Some(Answer::Text(format!("{}, {}", self.home.name, self.home.department)))),
            (4, Some(Answer::Many([Quantity::whole(type_of)].into()))),
            (5, Some(Answer::Text(self.start_and_stop()))),
            (6, self.meetings.map(number)),
            (7, self.sex_and_age().map(Answer::Text)),
            (10, self.use_a_day().map(Answer::Text)),
            (12, self.fagerstrom()),
            (14, self.recommended().map(yes_no)),
            (15, said(Question::Pregnant)),
            (16, self.illness().map(Answer::Text)),
        ];
        all.into_iter().filter_map(|(item, answer)| Some((item, answer?))).collect()
    }

    fn end(&self) -> Answers {
        let (attended, held) = self.attendance();
        let planned = self.meetings.unwrap_or(held);
        let mut answers: Answers = [(1, number(attended))].into();
        if planned > 0 {
            answers.insert(2, number(planned));
            answers.insert(3, yes_no(is_completed(attended, planned)));
        }
        let end = self.record.stop_courses.iter().find(|s| s.value.intervention == self.it.id);
        match end.and_then(|s| s.value.end).map(|end| end.outcome) {
            Some(StopOutcome::Stopped) => answers.insert(5, yes_no(true)),
            Some(StopOutcome::Reduced | StopOutcome::NotStopped) => answers.insert(5, yes_no(false)),
            Some(StopOutcome::Unknown) => answers.insert(5, Answer::NotStated),
            None => None,
        };
        answers
    }

    fn six_months(&self) -> Answers {
        let planned = self.record.follow_ups.iter().map(|f| &f.value);
        let planned =
            planned.filter(|f| f.stop.is_some() && f.state == FollowUpState::Planned).min_by_key(|f| f.due_on);
        // Who fills it in has reached the citizen: this time counts.
        let mut attempts = planned.map(|f| f.attempts.clone()).unwrap_or_default();
        attempts.push(self.today);
        [(1, Answer::Text(attempts_text(&attempts)))].into()
    }

    fn said(&self, question: Question) -> Option<bool> {
        let answers = self.record.safety_answers.iter().find(|a| a.value.course == self.it.course)?;
        answers.value.said.get(&question).copied()
    }

    fn start_and_stop(&self) -> String {
        let first =
            self.contacts().filter(|e| e.status == EncounterStatus::Finished).map(|e| local_date(e.start)).min();
        let start = day_text(first.unwrap_or(self.it.granted_on));
        let stop = self.record.stop_courses.iter().find(|s| s.value.intervention == self.it.id);
        match stop.and_then(|s| s.value.stop_on) {
            Some(day) => format!("Start {start}, stopdato {}", day_text(day)),
            None => format!("Start {start}"),
        }
    }

    /// The last digit of a CPR number is odd for men (CPR-kontoret, "Personnummeret i CPR").
    fn sex_and_age(&self) -> Option<String> {
        let cpr = self.record.citizen.value.identity.cpr()?;
        let man = cpr.as_str().chars().last().and_then(|digit| digit.to_digit(10))? % 2 == 1;
        Some(format!("{}, {} år", if man { "Mand" } else { "Kvinde" }, cpr.age_on(self.today)))
    }

    /// Cigarettes a day, as item 4 of the newest Fagerström test has them.
    fn use_a_day(&self) -> Option<String> {
        let test = self.newest("ftnd")?;
        let item = instruments::find(&test.instrument, test.version)?.items.iter().find(|item| item.no == 4)?;
        let Some(Answer::Value(points)) = test.answers.get(&4) else { return None };
        let label = item.options().iter().find(|(_, own)| own == points).map(|(label, _)| label)?;
        Some(format!("Cigaretter: {label} om dagen"))
    }

    fn fagerstrom(&self) -> Option<Answer> {
        Some(Answer::Value(self.newest("ftnd")?.score?))
    }

    fn newest(&self, instrument: &str) -> Option<&domain::response::Response> {
        let all = self.record.responses.iter().map(|r| &r.value).filter(|r| r.instrument == instrument && r.counts());
        all.max_by_key(|r| (r.on, r.id))
    }

    /// By who referred: only a doctor or a hospital is known to be a health professional.
    fn recommended(&self) -> Option<bool> {
        let request =
            self.record.requests.iter().map(|r| &r.value.request).find(|r| Some(r.id) == self.it.service_request);
        let request = request.or_else(|| self.record.requests.last().map(|r| &r.value.request))?;
        matches!(request.source, Source::GeneralPractice | Source::Specialist | Source::Hospital).then_some(true)
    }

    fn illness(&self) -> Option<String> {
        let mental = match self.said(Question::MentalIllness) {
            Some(true) => Some("Psykisk lidelse: ja".to_owned()),
            Some(false) => Some("Psykisk lidelse: nej".to_owned()),
            None => None,
        };
        let somatic = self.record.requests.iter().flat_map(|r| &r.value.focus).map(|focus| focus.text.clone());
        let parts: Vec<String> = mental.into_iter().chain(somatic).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Meetings that were attended, and all that were held for the citizen.
    fn attendance(&self) -> (u32, u32) {
        let attended = self.contacts().filter(|e| e.status == EncounterStatus::Finished).count();
        let held = self.contacts().filter(|e| e.status != EncounterStatus::EnteredInError).count();
        (count(attended), count(held))
    }

    /// The contacts of the intervention.
    fn contacts(&self) -> impl Iterator<Item = &Encounter> {
        let basis = |based_on| match based_on {
            EncounterBasis::CarePlan(plan) => Some(plan) == self.it.care_plan,
            EncounterBasis::Intervention(id) => id == self.it.id,
        };
        self.record.encounters.iter().map(|e| &e.value).filter(move |e| basis(e.based_on))
    }
}
