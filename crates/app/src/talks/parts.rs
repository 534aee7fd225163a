//! The parts of a talk that its page draws, and that are drawn anew after each save.

use askama::Template;
use domain::calendar::Appointment;
use domain::citizen::Needs;
use domain::codes::{ConditionCode, DeliveryType, EncounterClass, InterventionCode};
use domain::condition::{ConditionState, propose_conditions};
use domain::consent::{Answer, ConsentForm, ConsentPurpose, answer};
use domain::course::{TalkArea, TalkGap, TalkNotes};
use domain::ids::{ConditionId, CourseId, TeamId};
use domain::limits::Limits;
use domain::workdays::{local, local_date};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::before::Before;
use super::draft::Draft;
use super::fields::{self, AREAS, Delivery, FACTORS, GOALS, NEEDS, PURPOSES, Texts};
use super::page::Loaded;
use crate::layout::{Choice, Link, capitalised};
use crate::records::CitizenRecord;
use crate::safety::{self, WarningLine};
use crate::teams::FreeSeats;

/// What stands in the fields when nobody has typed there yet: what the record knows, and the time that was booked.
pub(super) fn texts(record: &CitizenRecord, draft: &Draft, time: Option<&Appointment>, now: Timestamp) -> Texts {
    let mut texts = Texts::default();
    let mut set = |id: &str, text: String| {
        texts.0.insert(id.to_owned(), text);
    };
    let needs = &record.citizen.value.needs;
    if needs.asked {
        set("gennemgaaet", "ja".to_owned());
    }
    for (id, yes) in needs_of(needs) {
        if yes {
            set(&format!("behov-{id}"), "ja".to_owned());
        }
    }
    set("bedst", needs.best_time.clone().unwrap_or_default());
    for (purpose, given) in stands(record) {
        if let Some((id, _)) = PURPOSES.iter().find(|(_, known)| *known == purpose) {
            set(id, if given { "ja" } else { "nej" }.to_owned());
        }
    }
    set("samtykke-maade", ConsentForm::Oral.word().to_owned());
    let booked = time.filter(|time| time.start <= now);
    let hour_ago = now - SignedDuration::from_hours(1);
    let (start, end) = booked.map_or((hour_ago, now), |time| (time.start, time.end));
    set("dato", local_date(start).to_string());
    set("fra", local(start).strftime("%H:%M").to_string());
    set("til", local(end).strftime("%H:%M").to_string());
    set("sted", time.map_or(EncounterClass::AtPremises, |time| time.class).word().to_owned());
    for (field, saved) in draft {
        set(field, saved.text.clone());
    }
    texts
}

fn needs_of(needs: &Needs) -> [(&'static str, bool); 6] {
    [
        ("tolk", needs.interpreter),
        ("transport", needs.transport),
        ("ledsager", needs.companion),
        ("hoerelse", needs.hearing),
        ("syn", needs.sight),
        ("digitalt", needs.digital),
    ]
}

/// The consents that stand today, of those a talk asks about.
pub(super) fn stands(record: &CitizenRecord) -> Vec<(ConsentPurpose, bool)> {
    let consents = record.consent_values();
    let answered = PURPOSES.iter().filter_map(|(_, purpose)| match answer(&consents, *purpose) {
        Answer::Given(_) => Some((*purpose, true)),
        Answer::Refused => Some((*purpose, false)),
        Answer::NotAsked => None,
    });
    answered.collect()
}

/// The conditions in focus already.
pub(super) fn in_focus(record: &CitizenRecord, course: CourseId) -> Vec<(ConditionCode, ConditionId)> {
    let of_course = record.conditions.iter().map(|c| &c.value).filter(|c| c.course == course);
    of_course.filter(|c| c.state == ConditionState::InFocus).map(|c| (c.code, c.id)).collect()
}

/// An area to write in.
pub(super) struct Area {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) text: String,
    /// What was said of it the last time.
    pub(super) last: Option<String>,
}

pub(super) fn areas(texts: &Texts, before: &Before) -> Vec<Area> {
    let last = |area: &TalkArea| before.last.as_ref()?.areas.get(area).cloned();
    let area = |(id, area): &(&'static str, TalkArea)| Area {
        id,
        label: area.label(),
        text: texts.get(id).to_owned(),
        last: last(area),
    };
    AREAS.iter().map(area).collect()
}

/// A question with a few answers, one of which may be chosen.
pub(super) struct Question {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) hint: String,
    /// The hint is what somebody wrote.
    pub(super) quotes: bool,
    pub(super) answers: Vec<(&'static str, &'static str, bool)>,
}

pub(super) fn factors(texts: &Texts) -> Vec<Question> {
    let question = |(id, factor): &(&'static str, domain::course::RiskFactor)| {
        let id = format!("kram-{id}");
        let answers = fields::ANSWERS.iter().map(|(word, label)| (*word, *label, texts.is(&id, word))).collect();
        Question { id, label: factor.label().to_owned(), hint: String::new(), quotes: false, answers }
    };
    FACTORS.iter().map(question).collect()
}

const YES_NO: [(&str, &str); 2] = [("ja", "Ja"), ("nej", "Nej")];

fn yes_no(texts: &Texts, id: String, label: &str, hint: String) -> Question {
    let answers = YES_NO.iter().map(|(word, answer)| (*word, *answer, texts.is(&id, word))).collect();
    Question { id, label: label.to_owned(), hint, quotes: false, answers }
}

pub(super) fn consents(texts: &Texts, record: &CitizenRecord) -> Vec<Question> {
    let stands = stands(record);
    let known = |purpose| match stands.iter().find(|(known, _)| *known == purpose) {
        Some((_, true)) => "Har sagt ja før".to_owned(),
        Some((_, false)) => "Har sagt nej før".to_owned(),
        None => String::new(),
    };
    PURPOSES.iter().map(|(id, purpose)| yes_no(texts, (*id).to_owned(), purpose.label(), known(*purpose))).collect()
}

/// Conditions: those that the words point to or that were answered, and the rest of the twenty.
pub(super) struct Conditions {
    pub(super) proposed: Vec<Question>,
    pub(super) rest: Vec<Question>,
}

pub(super) fn conditions(texts: &Texts, focus: &[(ConditionCode, ConditionId)]) -> Conditions {
    let words = words(texts);
    let proposals = propose_conditions(words.iter().map(String::as_str));
    let question = |code: &ConditionCode| {
        let id = format!("tilstand-{}", code.word());
        let proposal = proposals.iter().find(|proposal| proposal.code == *code);
        let known = focus.iter().any(|(known, _)| known == code).then_some("I fokus i forløbet");
        let quote = proposal.map(|proposal| format!("”{}”", proposal.quote));
        let hint = known.map(str::to_owned).or(quote).unwrap_or_default();
        let shown = !hint.is_empty() || !texts.get(&id).is_empty();
        let quotes = known.is_none() && !hint.is_empty();
        (shown, Question { quotes, ..yes_no(texts, id, code.label(), hint) })
    };
    let (proposed, rest): (Vec<_>, Vec<_>) = ConditionCode::ALL.iter().map(question).partition(|(shown, _)| *shown);
    let only = |all: Vec<(bool, Question)>| all.into_iter().map(|(_, question)| question).collect();
    Conditions { proposed: only(proposed), rest: only(rest) }
}

/// All that was written in words.
fn words(texts: &Texts) -> Vec<String> {
    let ids = AREAS.iter().map(|(id, _)| *id).chain(GOALS).chain(["fastholdelse"]);
    ids.map(|id| texts.get(id).to_owned()).filter(|text| !text.is_empty()).collect()
}

/// An intervention that may be chosen.
pub(super) struct Intervention {
    pub(super) word: &'static str,
    pub(super) label: &'static str,
    pub(super) chosen: bool,
    pub(super) deliveries: Vec<(&'static str, &'static str, bool)>,
    /// Teams with a free seat, and the one chosen.
    pub(super) teams: Vec<Choice>,
    pub(super) why: String,
}

pub(super) fn interventions(texts: &Texts, seats: &[FreeSeats]) -> Vec<Intervention> {
    let plan = texts.plan();
    let row = |code: &InterventionCode| {
        let word = code.word();
        let delivery = texts.delivery(*code);
        let kinds = DeliveryType::ALL.iter().filter(|kind| **kind != DeliveryType::Robot);
        Intervention {
            word,
            label: code.label(),
            chosen: plan.iter().any(|(chosen, _)| chosen == code),
            deliveries: kinds
                .map(|kind| (kind.word(), kind.label(), (*kind, None) == (delivery.kind, delivery.team)))
                .collect(),
            teams: team_choices(*code, delivery, seats),
            why: texts.get(&format!("valg-{word}")).to_owned(),
        }
    };
    let offered = |code: &&InterventionCode| !code.is_talk() && **code != InterventionCode::FollowUp;
    InterventionCode::ALL.iter().filter(offered).map(row).collect()
}

/// The teams of an intervention. One that was chosen and has no seat any more is still there to be seen.
fn team_choices(code: InterventionCode, chosen: Delivery, seats: &[FreeSeats]) -> Vec<Choice> {
    let choice = |team: TeamId, label: String| Choice {
        value: format!("{}:{team}", DeliveryType::Group.word()),
        label,
        hint: None,
        selected: chosen.team == Some(team),
    };
    let free = seats.iter().filter(|seats| seats.code == code);
    let mut all: Vec<Choice> = free.map(|seats| choice(seats.team, seats.label.clone())).collect();
    if let Some(gone) = chosen.team.filter(|_| !all.iter().any(|known| known.selected)) {
        all.push(choice(gone, "Det valgte hold har ikke plads længere".to_owned()));
    }
    all
}

/// Needs with what is ticked.
pub(super) fn needs(texts: &Texts) -> Vec<(&'static str, &'static str, bool)> {
    NEEDS.iter().map(|(id, label)| (*id, *label, texts.is(&format!("behov-{id}"), "ja"))).collect()
}

/// What the talk still lacks before it can be ended, each with where to mend it; nothing for a needs talk.
#[derive(Template)]
#[template(path = "talks/missing.html")]
pub(super) struct Missing {
    pub(super) gaps: Vec<Link>,
    pub(super) planned: usize,
}

/// What the quality standard says of the plan, while it is chosen.
#[derive(Template)]
#[template(path = "talks/warnings.html")]
pub(super) struct Warnings {
    lines: Vec<Warned>,
    /// Who may give diet treatment, when it is chosen.
    dietitians: Vec<String>,
}

/// A warning with the reason that was typed to set it aside.
struct Warned {
    line: WarningLine,
    typed: String,
    diet: bool,
}

pub(super) fn warnings(texts: &Texts, loaded: &Loaded, limits: &Limits, today: Date) -> Warnings {
    let (record, course) = (&loaded.record, loaded.talk.course);
    let mut facts = safety::facts(record, course, limits, today, &loaded.seats);
    let new = texts.plan().into_iter().filter(|(code, _)| !facts.any(&[*code]));
    let new: Vec<_> = new.map(|(code, delivery)| safety::chosen(code, delivery.kind, today)).collect();
    facts.interventions.extend(new);
    facts.words_of_weight_loss |= words(texts).iter().any(|text| safety::tells_of_weight_loss(text));
    let lines = safety::lines(&safety::weighed(record, course, &facts), &[], today);
    let warned = |line: WarningLine| Warned {
        typed: if line.may { texts.get(&format!("kvit-{}", line.word)).to_owned() } else { String::new() },
        diet: line.rule == "KS-7.5-03",
        line,
    };
    Warnings { lines: lines.into_iter().map(warned).collect(), dietitians: loaded.dietitians.clone() }
}

pub(super) fn missing(texts: &Texts, record: &CitizenRecord, clarifying: bool) -> Missing {
    Missing {
        gaps: if clarifying { gaps(texts, record, &texts.notes()) } else { Vec::new() },
        planned: texts.plan().len(),
    }
}

fn gaps(texts: &Texts, record: &CitizenRecord, notes: &TalkNotes) -> Vec<Link> {
    let needs_asked = texts.needs().is_some() || record.citizen.value.needs.asked;
    let has_goal = !texts.goals().is_empty() || !record.goals.is_empty();
    let feedback = ConsentPurpose::ReferrerFeedback;
    let asked = texts.consents().iter().any(|(purpose, _)| *purpose == feedback);
    let referred = record.requests.iter().any(|r| r.value.request.requester.is_some());
    let gaps = notes.gaps(needs_asked, has_goal, asked || !referred);
    gaps.iter().map(|gap| Link::new(format!("#{}", place(*gap)), capitalised(gap.label()))).collect()
}

/// The id of the field that mends a gap.
fn place(gap: TalkGap) -> String {
    match gap {
        TalkGap::Area(area) => AREAS.iter().find(|(_, known)| *known == area).map_or("", |(id, _)| id).to_owned(),
        TalkGap::RiskFactor(factor) => {
            FACTORS.iter().find(|(_, known)| *known == factor).map_or_else(String::new, |(id, _)| format!("kram-{id}"))
        }
        TalkGap::Needs => "gennemgaaet".to_owned(),
        TalkGap::Goal => "maal-1".to_owned(),
        TalkGap::Maintenance => "fastholdelse".to_owned(),
        TalkGap::FeedbackConsent => "samtykke-henviser".to_owned(),
    }
}
