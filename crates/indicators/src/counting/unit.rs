//! What an indicator tells of a course: units, each with its day, what is known of it and what it is split by.

use jiff::civil::Date;
use standard::Requirement;
use standard::facts::{CourseFacts, Group, Intervention, Offer, Referral, Session};

use crate::definition::Breakdown;

/// What a unit is about; strata are read from it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// The course.
    pub course: Option<&'a CourseFacts>,
    /// The referral.
    pub referral: Option<&'a Referral>,
    /// The intervention.
    pub intervention: Option<&'a Intervention>,
    /// The session.
    pub session: Option<&'a Session>,
    /// The group.
    pub group: Option<&'a Group>,
    /// The offer.
    pub offer: Option<&'a Offer>,
    /// The requirement.
    pub requirement: Option<&'static Requirement>,
    /// Strata that only this unit has.
    own: [Option<(Breakdown, &'a str)>; 2],
}

impl<'a> Subject<'a> {
    /// A course alone.
    pub fn of(course: &'a CourseFacts) -> Self {
        Self { course: Some(course), ..Self::default() }
    }

    /// A stratum that the unit itself says.
    pub fn own(&self, breakdown: Breakdown) -> Option<&'a str> {
        self.own.iter().flatten().find(|(own, _)| *own == breakdown).map(|(_, stratum)| *stratum)
    }
}

/// How a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitState {
    /// It counts.
    Counts,
    /// Its time is not up.
    Pending,
    /// A fact that it needs was not recorded; never filled in by a guess.
    Missing,
    /// An exclusion of the definition leaves it out.
    Excluded,
}

/// One unit of one indicator.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Unit<'a> {
    /// Which figure of the indicator; empty for the main one.
    pub part: &'static str,
    /// Its day: the period it belongs to.
    pub on: Date,
    /// What it is about.
    pub subject: Subject<'a>,
    /// In the denominator so often.
    pub of: u32,
    /// In the numerator so often.
    pub met: u32,
    /// Its value in thousandths, of medians and means.
    pub value: Option<i64>,
    /// Its group, of distributions.
    pub group: Option<&'a str>,
    excluded: bool,
    pending: bool,
    missing: bool,
}

impl<'a> Unit<'a> {
    /// A unit of a day: it counts once and does not meet anything yet.
    pub fn on(day: Date) -> Self {
        Self {
            part: "",
            on: day,
            subject: Subject::default(),
            of: 1,
            met: 0,
            value: None,
            group: None,
            excluded: false,
            pending: false,
            missing: false,
        }
    }

    /// Of a course.
    pub fn of(course: &'a CourseFacts, day: Date) -> Self {
        Self { subject: Subject::of(course), ..Self::on(day) }
    }

    /// Another figure of the same indicator.
    pub const fn part(mut self, part: &'static str) -> Self {
        self.part = part;
        self
    }

    /// About a referral.
    pub const fn referral(mut self, referral: &'a Referral) -> Self {
        self.subject.referral = Some(referral);
        self
    }

    /// About an intervention.
    pub const fn intervention(mut self, intervention: &'a Intervention) -> Self {
        self.subject.intervention = Some(intervention);
        self
    }

    /// At a session, of a group when it has one.
    pub const fn session(mut self, session: &'a Session, group: Option<&'a Group>) -> Self {
        self.subject.session = Some(session);
        self.subject.group = group;
        self
    }

    /// About a group.
    pub const fn of_group(mut self, group: &'a Group) -> Self {
        self.subject.group = Some(group);
        self
    }

    /// About an offer.
    pub const fn offer(mut self, offer: Option<&'a Offer>) -> Self {
        self.subject.offer = offer;
        self
    }

    /// About a requirement.
    pub const fn requirement(mut self, requirement: Option<&'static Requirement>) -> Self {
        self.subject.requirement = requirement;
        self
    }

    /// In a stratum that only the unit itself knows.
    pub fn own(mut self, breakdown: Breakdown, stratum: &'a str) -> Self {
        if let Some(free) = self.subject.own.iter_mut().find(|own| own.is_none()) {
            *free = Some((breakdown, stratum));
        }
        self
    }

    /// In the numerator when it holds.
    pub const fn met(mut self, holds: bool) -> Self {
        self.met = holds as u32;
        self
    }

    /// In the numerator when the answer is yes; missing without one.
    pub const fn answered(mut self, answer: Option<bool>) -> Self {
        self.missing |= answer.is_none();
        self.met(matches!(answer, Some(true)))
    }

    /// More than one in denominator and numerator.
    pub const fn weight(mut self, of: u32, met: u32) -> Self {
        self.of = of;
        self.met = met;
        self
    }

    /// A value in whole numbers: days, sessions.
    pub fn whole(mut self, value: i32) -> Self {
        self.value = Some(i64::from(value) * 1_000);
        self
    }

    /// A value to three decimals.
    #[expect(clippy::cast_possible_truncation, reason = "values of instruments are far below")]
    pub fn value(mut self, value: f64) -> Self {
        self.value = Some((value * 1_000.0).round() as i64);
        self
    }

    /// In a group.
    pub const fn group(mut self, group: &'a str) -> Self {
        self.group = Some(group);
        self
    }

    /// Left out when it holds.
    pub const fn except(mut self, holds: bool) -> Self {
        self.excluded |= holds;
        self
    }

    /// Counted only when its time is up.
    pub const fn when(mut self, over: bool) -> Self {
        self.pending |= !over;
        self
    }

    /// Missing unless the fact is there.
    pub const fn needs(mut self, is_there: bool) -> Self {
        self.missing |= !is_there;
        self
    }

    /// How it stands: an exclusion goes before everything, the time before what is missing.
    pub const fn state(&self) -> UnitState {
        if self.excluded {
            UnitState::Excluded
        } else if self.pending {
            UnitState::Pending
        } else if self.missing {
            UnitState::Missing
        } else {
            UnitState::Counts
        }
    }
}

/// Who is told of units.
pub type Tell<'t, 'a> = &'t mut dyn FnMut(Unit<'a>);
