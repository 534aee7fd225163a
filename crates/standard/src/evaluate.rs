//! Rules looked at: one course at a time, or the municipality beside its courses.

use jiff::civil::Date;

use crate::context::Context;
use crate::facts::{
    Association, Attendance, CourseFacts, Enrolment, Group, Intervention, Message, Offer, Referral, Session, Talk,
};
use crate::outcome::{Finding, UnitKind, Verdict};
use crate::rules::RULES;
use crate::switch::Switches;

/// How one requirement is decided. A rule sees its unit, the course the unit belongs to, and the context.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Id of the requirement.
    pub requirement: &'static str,
    /// The function, by what is counted.
    pub decide: Decide,
}

/// A rule's function.
#[derive(Debug, Clone, Copy)]
pub enum Decide {
    /// Once a course.
    Course(fn(&CourseFacts, &Context<'_>) -> Verdict),
    /// Once a referral.
    Referral(fn(&CourseFacts, &Referral, &Context<'_>) -> Verdict),
    /// Once a talk.
    Talk(fn(&CourseFacts, &Talk, &Context<'_>) -> Verdict),
    /// Once an intervention.
    Intervention(fn(&CourseFacts, &Intervention, &Context<'_>) -> Verdict),
    /// Once a seat on a group.
    Enrolment(fn(&CourseFacts, &Enrolment, &Context<'_>) -> Verdict),
    /// Once a citizen at a session.
    Attendance(fn(&CourseFacts, &Attendance, &Context<'_>) -> Verdict),
    /// Once a message.
    Message(fn(&CourseFacts, &Message, &Context<'_>) -> Verdict),
    /// Once an offer.
    Offer(fn(&Offer, &Context<'_>) -> Verdict),
    /// Once a group.
    Group(fn(&Group, &Context<'_>) -> Verdict),
    /// Once a session of a group.
    Session(fn(&Group, &Session, &Context<'_>) -> Verdict),
    /// Once an association.
    Association(fn(&Association, &Context<'_>) -> Verdict),
    /// Once for the whole.
    Municipality(fn(&Context<'_>) -> Verdict),
}

impl Decide {
    /// What is counted.
    pub const fn unit(self) -> UnitKind {
        match self {
            Self::Course(_) => UnitKind::Course,
            Self::Referral(_) => UnitKind::Referral,
            Self::Talk(_) => UnitKind::Talk,
            Self::Intervention(_) => UnitKind::Intervention,
            Self::Enrolment(_) => UnitKind::Enrolment,
            Self::Attendance(_) => UnitKind::Attendance,
            Self::Message(_) => UnitKind::Message,
            Self::Offer(_) => UnitKind::Offer,
            Self::Group(_) => UnitKind::Group,
            Self::Session(_) => UnitKind::Session,
            Self::Association(_) => UnitKind::Association,
            Self::Municipality(_) => UnitKind::Municipality,
        }
    }
}

/// Everything the rules say about a course: each finding but those of units that a requirement is not about.
pub fn course<'a>(course: &'a CourseFacts, at: &Context<'_>, switches: &Switches, mut tell: impl FnMut(Finding<'a>)) {
    each(course, at, switches, |finding| {
        if !finding.verdict.is_outside() {
            tell(finding);
        }
    });
}

/// What each rule says of each unit of a course, also where it is not about it.
fn each<'a>(course: &'a CourseFacts, at: &Context<'_>, switches: &Switches, mut tell: impl FnMut(Finding<'a>)) {
    for rule in in_force(switches) {
        let (requirement, unit) = (rule.requirement, rule.decide.unit());
        let mut say = |id: &'a str, verdict: Verdict| tell(Finding { requirement, unit, id, verdict });
        match rule.decide {
            Decide::Course(decide) => say(&course.id, decide(course, at)),
            Decide::Referral(decide) => course.referrals.iter().for_each(|one| say(&one.id, decide(course, one, at))),
            Decide::Talk(decide) => course.talks.iter().for_each(|one| say(&one.id, decide(course, one, at))),
            Decide::Intervention(decide) => {
                course.interventions.iter().for_each(|one| say(&one.id, decide(course, one, at)));
            }
            Decide::Enrolment(decide) => course.enrolments.iter().for_each(|one| say(&one.id, decide(course, one, at))),
            Decide::Attendance(decide) => {
                course.attendances.iter().for_each(|one| say(&one.id, decide(course, one, at)));
            }
            Decide::Message(decide) => course.messages.iter().for_each(|one| say(&one.id, decide(course, one, at))),
            Decide::Offer(_)
            | Decide::Group(_)
            | Decide::Session(_)
            | Decide::Association(_)
            | Decide::Municipality(_) => {}
        }
    }
}

/// Everything the rules say about the municipality beside its courses; [`Context::totals`] has been counted before.
pub fn municipality<'a>(at: &Context<'a>, switches: &Switches, mut tell: impl FnMut(Finding<'a>)) {
    let tables = at.municipality.tables();
    for rule in in_force(switches) {
        let (requirement, unit) = (rule.requirement, rule.decide.unit());
        let mut say = |id: &'a str, verdict: Verdict| {
            if !verdict.is_outside() {
                tell(Finding { requirement, unit, id, verdict });
            }
        };
        match rule.decide {
            Decide::Offer(decide) => tables.offers.iter().for_each(|one| say(&one.id, decide(one, at))),
            Decide::Group(decide) => tables.groups.iter().for_each(|one| say(&one.id, decide(one, at))),
            Decide::Session(decide) => {
                let sessions = tables.groups.iter().flat_map(|group| group.session.iter().map(move |one| (group, one)));
                sessions.for_each(|(group, one)| say(&one.id, decide(group, one, at)));
            }
            Decide::Association(decide) => tables.associations.iter().for_each(|one| say(&one.id, decide(one, at))),
            Decide::Municipality(decide) => say("municipality", decide(at)),
            Decide::Course(_)
            | Decide::Referral(_)
            | Decide::Talk(_)
            | Decide::Intervention(_)
            | Decide::Enrolment(_)
            | Decide::Attendance(_)
            | Decide::Message(_) => {}
        }
    }
}

fn in_force(switches: &Switches) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| switches.get(rule.requirement).is_none())
}

/// Something that a requirement still waits for: what the task of a [`domain::deadlines::Deadline`] reminds of.
#[derive(Debug, Clone, PartialEq)]
pub struct Awaited<'a> {
    /// Id of the requirement.
    pub requirement: &'static str,
    /// What it is about.
    pub unit: UnitKind,
    /// Which.
    pub id: &'a str,
    /// The last day in time.
    pub due: Date,
    /// The facts that are missing.
    pub missing: Vec<&'static str>,
}

/// What is still to be done about a course, from the same rules that judge it, the earliest first: what is owed, and what
/// lies [`Ahead`](crate::outcome::Ahead).
pub fn deadlines<'a>(facts: &'a CourseFacts, at: &Context<'_>, switches: &Switches) -> Vec<Awaited<'a>> {
    let mut open = Vec::new();
    each(facts, at, switches, |finding| {
        let Finding { requirement, unit, id, verdict } = finding;
        let owed = verdict.due.filter(|_| verdict.is_open());
        if let Some(ahead) = verdict.ahead.filter(|ahead| owed != Some(ahead.due)) {
            open.push(Awaited { requirement, unit, id, due: ahead.due, missing: vec![ahead.fact] });
        }
        if let Some(due) = owed {
            open.push(Awaited { requirement, unit, id, due, missing: verdict.missing });
        }
    });
    open.sort_by_key(|one| (one.due, one.requirement));
    open
}
