//! The questions of safety on a form, and what was answered.

use domain::safety::{AlcoholUse, PhysicalTest, Question, QuestionGroup, SafetyAnswers, TrainingPart};
use jiff::civil::Date;

use super::AnswersInput;
use crate::AppError;
use crate::layout::Choice;
use crate::web::fields::{self, Fields};

/// Questions that belong together.
pub(super) struct Group {
    pub(super) word: &'static str,
    pub(super) label: &'static str,
    pub(super) questions: Vec<Asked>,
}

/// A question with its answers.
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) label: &'static str,
    pub(super) answers: [(&'static str, &'static str, bool); 3],
}

/// The form's fields as they stand.
pub(super) struct AnswersForm {
    pub(super) groups: Vec<Group>,
    pub(super) audit: String,
    pub(super) units: String,
    /// What the units suggest; staff decides.
    pub(super) suggested: Option<&'static str>,
    pub(super) uses: Vec<Choice>,
    pub(super) training: Vec<(String, &'static str, bool)>,
    pub(super) times: String,
    pub(super) minutes: String,
    pub(super) weeks: String,
    pub(super) start_tests: Vec<Choice>,
    pub(super) end_tests: Vec<Choice>,
    pub(super) reassessed: String,
}

/// The name of a question's field.
fn id(question: Question) -> String {
    format!("svar-{}", question.word())
}

/// The name of the field of a part of training.
fn part_id(part: TrainingPart) -> String {
    format!("traening-{}", part.word())
}

/// The fields, with what was typed or what is kept.
pub(super) fn fields(kept: &SafetyAnswers, typed: Option<&Fields>) -> AnswersForm {
    let said = |name: &str, kept: Option<String>| match typed {
        Some(form) => form.get(name).cloned().unwrap_or_default(),
        None => kept.unwrap_or_default(),
    };
    let asked = |question: &Question| {
        let kept = kept.said.get(question).map(|yes| if *yes { "ja" } else { "nej" }.to_owned());
        let now = said(&id(*question), kept);
        let answers =
            [("ja", "Ja"), ("nej", "Nej"), ("", "Ikke spurgt")].map(|(word, label)| (word, label, now == word));
        Asked { id: id(*question), label: question.label(), answers }
    };
    let group = |group: &QuestionGroup| Group {
        word: group.word(),
        label: group.label(),
        questions: Question::ALL
            .iter()
            .filter(|question| question.is_asked() && question.group() == *group)
            .map(asked)
            .collect(),
    };
    let tests = |name: &str, kept: Option<PhysicalTest>| {
        let chosen = said(name, kept.map(|test| test.word().to_owned()));
        let choice = |test: &PhysicalTest| Choice {
            value: test.word().to_owned(),
            label: test.label().to_owned(),
            hint: None,
            selected: test.word() == chosen,
        };
        PhysicalTest::ALL.iter().map(choice).collect()
    };
    let number = |name: &str, kept: Option<u16>| said(name, kept.map(|n| n.to_string()));
    let units = number("genstande", kept.units_a_week);
    let judged = said("forbrug", kept.alcohol_use.map(|one| one.word().to_owned()));
    let alcohol_use = |one: &AlcoholUse| Choice {
        value: one.word().to_owned(),
        label: one.label().to_owned(),
        hint: None,
        selected: one.word() == judged,
    };
    let part = |part: &TrainingPart| {
        let id = part_id(*part);
        let kept = kept.training.contains(part).then(|| "ja".to_owned());
        let chosen = said(&id, kept) == "ja";
        (id, part.label(), chosen)
    };
    AnswersForm {
        suggested: units.parse().ok().and_then(AlcoholUse::suggested).map(AlcoholUse::label),
        units,
        uses: AlcoholUse::ALL.iter().map(alcohol_use).collect(),
        training: TrainingPart::ALL.iter().map(part).collect(),
        groups: QuestionGroup::ALL.iter().map(group).collect(),
        audit: number("audit", kept.audit_total.map(u16::from)),
        times: number("gange", kept.times_a_week),
        minutes: number("minutter", kept.minutes),
        weeks: number("uger", kept.weeks),
        start_tests: tests("starttest", kept.start_test),
        end_tests: tests("sluttest", kept.end_test),
        reassessed: said("diaet-vurderet", kept.diet_reassessed_on.map(|day| day.to_string())),
    }
}

/// What was answered.
pub(super) fn input(form: &Fields) -> Result<AnswersInput, AppError> {
    let text = |name: &str| fields::said(form, name);
    let answer = |question: &Question| match text(&id(*question)) {
        Some("ja") => Some((*question, true)),
        Some("nej") => Some((*question, false)),
        _ => None,
    };
    let number = |name: &'static str| match text(name).map(str::parse::<u16>) {
        None => Ok(None),
        Some(Ok(number)) => Ok(Some(number)),
        Some(Err(_)) => Err(AppError::field(name, "not_a_number", "Skriv et helt tal.")),
    };
    let day = match text("diaet-vurderet").map(str::parse::<Date>) {
        None => None,
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => return Err(AppError::field("diaet-vurderet", "not_a_date", "Skriv datoen.")),
    };
    let physical = |name: &str| text(name).and_then(|word| PhysicalTest::parse(word).ok());
    Ok(AnswersInput {
        said: Question::ALL.iter().filter_map(answer).collect(),
        // What is no total at all is refused by the command as what is too high.
        audit_total: number("audit")?.map(|total| u8::try_from(total).unwrap_or(u8::MAX)),
        units_a_week: number("genstande")?,
        alcohol_use: text("forbrug").and_then(|word| AlcoholUse::parse(word).ok()),
        training: TrainingPart::ALL.iter().copied().filter(|part| text(&part_id(*part)) == Some("ja")).collect(),
        times_a_week: number("gange")?,
        minutes: number("minutter")?,
        weeks: number("uger")?,
        start_test: physical("starttest"),
        end_test: physical("sluttest"),
        diet_reassessed_on: day,
    })
}
