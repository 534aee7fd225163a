//! The fields of a talk, by the ids that stand in form, draft and page; and what they become when the talk is ended.

use std::collections::BTreeMap;

use domain::citizen::Needs;
use domain::codes::{ConditionCode, DeliveryType, EncounterClass, InterventionCode};
use domain::consent::{ConsentForm, ConsentPurpose};
use domain::course::{RiskFactor, TalkArea, TalkNotes, WheelStep, WheelTheme};
use domain::ids::{ConditionId, TeamId};
use domain::workdays::instant;
use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::courses::{ConditionInput, ConsentInput, GoalInput, GrantInput, TalkInput};
use crate::layout::FormError;
use crate::safety::AcknowledgeInput;

/// Ids of the four areas.
pub(super) const AREAS: [(&str, TalkArea); 4] = [
    ("funktionsevne", TalkArea::Functioning),
    ("hverdagsliv", TalkArea::EverydayLife),
    ("risikofaktorer", TalkArea::RiskFactors),
    ("sygdomssituation", TalkArea::Disease),
];

/// Ids of the five risk factors.
pub(super) const FACTORS: [(&str, RiskFactor); 5] = [
    ("rygning", RiskFactor::Smoking),
    ("alkohol", RiskFactor::Alcohol),
    ("bevaegelse", RiskFactor::Inactivity),
    ("kost", RiskFactor::Diet),
    ("mentalt", RiskFactor::MentalHealth),
];

/// The three answers about a risk factor (instruments, `kram_risk`).
pub(crate) const ANSWERS: [(&str, &str); 3] =
    [("ingen", "Ingen risiko"), ("risiko", "Risiko"), ("siger-ikke", "Ønsker ikke at tale om det")];

/// Ids and labels of the needs; ticked is "ja".
pub(super) const NEEDS: [(&str, &str); 6] = [
    ("tolk", "Tolk"),
    ("transport", "Transport"),
    ("ledsager", "Har en med"),
    ("hoerelse", "Nedsat hørelse"),
    ("syn", "Nedsat syn"),
    ("digitalt", "Hjælp til det digitale"),
];

/// The purposes that a talk asks about; the others belong to what they are for.
pub(super) const PURPOSES: [(&str, ConsentPurpose); 3] = [
    ("samtykke-henviser", ConsentPurpose::ReferrerFeedback),
    ("samtykke-laege", ConsentPurpose::StatusToDoctor),
    ("samtykke-paaroerende", ConsentPurpose::Relatives),
];

/// Fields for goals.
pub(super) const GOALS: [&str; 4] = ["maal-1", "maal-2", "maal-3", "maal-4"];

const OTHERS: [&str; 9] =
    ["emner", "fastholdelse", "gennemgaaet", "bedst", "samtykke-maade", "dato", "fra", "til", "sted"];

/// Whether a form of ours has the field.
pub(super) fn known(id: &str) -> bool {
    let after = |prefix| id.strip_prefix(prefix);
    AREAS.iter().any(|(area, _)| *area == id)
        || after("kram-").is_some_and(|id| FACTORS.iter().any(|(factor, _)| *factor == id))
        || after("hjul-").is_some_and(|word| WheelTheme::parse(word).is_ok())
        || after("behov-").is_some_and(|id| NEEDS.iter().any(|(need, _)| *need == id))
        || after("tilstand-").is_some_and(|word| ConditionCode::parse(word).is_ok())
        || ["indsats-", "levering-", "valg-"]
            .iter()
            .any(|prefix| after(prefix).is_some_and(|word| InterventionCode::parse(word).is_ok_and(|c| !c.is_talk())))
        || PURPOSES.iter().any(|(purpose, _)| *purpose == id)
        || GOALS.contains(&id)
        || after("kvit-").is_some_and(|word| warning_of(word).is_some())
        || OTHERS.contains(&id)
}

/// The rule of a warning's word, and the intervention it is about.
fn warning_of(word: &str) -> Option<(&'static str, Option<InterventionCode>)> {
    let of = |rule: &domain::safety::Rule| {
        let rest = word.strip_prefix(rule.id)?;
        if rest.is_empty() {
            return Some((rule.id, None));
        }
        Some((rule.id, Some(InterventionCode::parse(rest.strip_prefix('-')?).ok()?)))
    };
    domain::safety::RULES.iter().find_map(of)
}

/// How an intervention is delivered, and in which team when a seat was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Delivery {
    pub(super) kind: DeliveryType,
    pub(super) team: Option<TeamId>,
}

/// What stands in the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Texts(pub(super) BTreeMap<String, String>);

impl Texts {
    pub(super) fn get(&self, id: &str) -> &str {
        self.0.get(id).map_or("", |text| text.trim())
    }

    pub(super) fn is(&self, id: &str, value: &str) -> bool {
        self.get(id) == value
    }

    fn some(&self, id: &str) -> Option<String> {
        Some(self.get(id).to_owned()).filter(|text| !text.is_empty())
    }

    /// The words of areas, risk factors and wheel.
    pub(super) fn notes(&self) -> TalkNotes {
        let answer = |id: &str| {
            let value = self.get(&format!("kram-{id}"));
            ANSWERS.iter().find(|(word, _)| *word == value).map(|(_, label)| (*label).to_owned())
        };
        let wheel = |theme: &WheelTheme| {
            let step = self.get(&format!("hjul-{}", theme.word())).parse().ok().and_then(WheelStep::new)?;
            Some((*theme, step))
        };
        TalkNotes {
            topics: self.some("emner"),
            areas: AREAS.iter().filter_map(|(id, area)| Some((*area, self.some(id)?))).collect(),
            risk_factors: FACTORS.iter().filter_map(|(id, factor)| Some((*factor, answer(id)?))).collect(),
            maintenance: self.some("fastholdelse"),
            wheel: WheelTheme::ALL.iter().filter_map(wheel).collect(),
        }
    }

    pub(super) fn goals(&self) -> Vec<String> {
        GOALS.iter().filter_map(|id| self.some(id)).collect()
    }

    /// What somebody needs, when it was gone through.
    pub(super) fn needs(&self) -> Option<Needs> {
        let ticked = |id: &str| self.is(&format!("behov-{id}"), "ja");
        self.is("gennemgaaet", "ja").then(|| Needs {
            asked: true,
            interpreter: ticked("tolk"),
            transport: ticked("transport"),
            companion: ticked("ledsager"),
            sight: ticked("syn"),
            hearing: ticked("hoerelse"),
            digital: ticked("digitalt"),
            best_time: self.some("bedst"),
            // Not asked here: what was said elsewhere stands.
            notice_by: None,
            reminders: domain::reminder::ReminderWish::default(),
        })
    }

    /// The answers about consent: purpose and yes or no.
    pub(super) fn consents(&self) -> Vec<(ConsentPurpose, bool)> {
        let answered = PURPOSES.iter().filter(|(id, _)| matches!(self.get(id), "ja" | "nej"));
        answered.map(|(id, purpose)| (*purpose, self.is(id, "ja"))).collect()
    }

    /// The conditions that a person confirmed.
    pub(super) fn conditions(&self) -> Vec<ConditionCode> {
        let confirmed = |code: &&ConditionCode| self.is(&format!("tilstand-{}", code.word()), "ja");
        ConditionCode::ALL.iter().filter(confirmed).copied().collect()
    }

    /// The interventions chosen, how each is delivered, and in which team.
    pub(super) fn plan(&self) -> Vec<(InterventionCode, Delivery)> {
        let chosen = |code: &&InterventionCode| self.is(&format!("indsats-{}", code.word()), "ja");
        InterventionCode::ALL.iter().filter(chosen).map(|code| (*code, self.delivery(*code))).collect()
    }

    /// How an intervention is to be delivered; alone until something else is said.
    pub(super) fn delivery(&self, code: InterventionCode) -> Delivery {
        let said = self.get(&format!("levering-{}", code.word()));
        let (kind, team) = said.split_once(':').map_or((said, None), |(kind, team)| (kind, team.parse().ok()));
        let kind = DeliveryType::parse(kind).unwrap_or(DeliveryType::Individual);
        Delivery { kind, team: team.map(TeamId) }
    }

    /// The warnings that were set aside, with why.
    fn acknowledged(&self) -> Vec<AcknowledgeInput> {
        let one = |(id, reason): (&String, &String)| {
            let (rule, about) = warning_of(id.strip_prefix("kvit-")?)?;
            let reason = reason.trim().to_owned();
            (!reason.is_empty()).then(|| AcknowledgeInput { rule: rule.to_owned(), about, reason })
        };
        self.0.iter().filter_map(one).collect()
    }

    /// All of it as what ends the talk; `focus` are the conditions in focus already, and the consents that stand.
    pub(super) fn input(
        &self,
        focus: &[(ConditionCode, ConditionId)],
        stands: &[(ConsentPurpose, bool)],
    ) -> Result<TalkInput, Vec<FormError>> {
        let (start, end) = self.times()?;
        let form = ConsentForm::parse(self.get("samtykke-maade")).unwrap_or(ConsentForm::Oral);
        let consents = self.consents().into_iter().filter(|answer| !stands.contains(answer));
        let confirmed = self.conditions();
        let reasons: Vec<_> = focus.iter().filter(|(code, _)| confirmed.contains(code)).map(|(_, id)| *id).collect();
        let grant = |(code, delivery): (InterventionCode, Delivery)| GrantInput {
            code,
            delivery: delivery.kind,
            team: delivery.team,
            reasons: reasons.clone(),
            choice_reason: self.some(&format!("valg-{}", code.word())),
            care_plan: None,
            planned_end_on: None,
            performer: None,
            service_request: None,
        };
        let known = |code: &ConditionCode| focus.iter().any(|(known, _)| known == code);
        let conditions = confirmed.iter().copied().filter(|code| !known(code));
        Ok(TalkInput {
            start,
            end,
            class: EncounterClass::parse(self.get("sted")).unwrap_or_default(),
            notes: self.notes(),
            needs: self.needs(),
            goals: self.goals().into_iter().map(|words| GoalInput { words }).collect(),
            consents: consents.map(|(purpose, given)| ConsentInput { purpose, given, form }).collect(),
            conditions: conditions.map(|code| ConditionInput { code, note: None }).collect(),
            interventions: self.plan().into_iter().map(grant).collect(),
            acknowledged: self.acknowledged(),
        })
    }

    /// When it was held, on Danish clocks.
    fn times(&self) -> Result<(Timestamp, Timestamp), Vec<FormError>> {
        let mut errors = Vec::new();
        let mut wrong = |field, message: &str| errors.push(FormError { field, message: message.to_owned() });
        let day = self.get("dato").parse::<Date>().ok();
        if day.is_none() {
            wrong("dato", "Skriv datoen for samtalen.");
        }
        let clock = |id| self.get(id).parse::<Time>().ok();
        let (from, until) = (clock("fra"), clock("til"));
        if from.is_none() {
            wrong("fra", "Skriv, hvornår samtalen begyndte.");
        }
        if until.is_none() {
            wrong("til", "Skriv, hvornår samtalen sluttede.");
        }
        let (Some(day), Some(from), Some(until)) = (day, from, until) else { return Err(errors) };
        match (instant(day, from), instant(day, until)) {
            (Some(start), Some(end)) if start < end => Ok((start, end)),
            _ => {
                wrong("til", "Samtalen skal slutte, efter at den begyndte.");
                Err(errors)
            }
        }
    }
}
