//! What a practice referred, in figures: values in, values out.

use std::collections::BTreeMap;

use domain::codes::RequestedArea;
use domain::course::CourseState;
use domain::referral::ReferralState;
use domain::service_request::Channel;
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use jiff::civil::Date;
use standard::{LimitId, LimitValues, days_between};

use super::referred::Answers;

/// What became of a referral, as far as a practice is told without names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    UnderWay,
    InCourse,
    Closed,
    Stopped,
    Declined,
    NeverReached,
    SentBack,
    Left,
}

impl Outcome {
    pub(crate) const ALL: [Self; 8] = [
        Self::UnderWay,
        Self::InCourse,
        Self::Closed,
        Self::Stopped,
        Self::Declined,
        Self::NeverReached,
        Self::SentBack,
        Self::Left,
    ];

    /// What people read.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::UnderWay => "Bliver kontaktet",
            Self::InCourse => "I forløb",
            Self::Closed => "Forløb afsluttet",
            Self::Stopped => "Forløb stoppet af borgeren",
            Self::Declined => "Takkede nej",
            Self::NeverReached => "Kunne ikke nås",
            Self::SentBack => "Sendt tilbage",
            Self::Left => "Død, flyttet eller overtaget af anden kommune",
        }
    }

    /// Of a referral.
    pub(crate) const fn of(request: &ReferralState, course: Option<&CourseState>) -> Self {
        use CourseState as C;
        use ReferralState as R;
        match (request, course) {
            (_, Some(C::Closed { .. } | C::Archived { .. })) => Self::Closed,
            (_, Some(C::Withdrawn { .. })) => Self::Stopped,
            (_, Some(C::Transferred { .. } | C::Dead { .. })) | (R::Moved { .. } | R::Dead { .. }, _) => Self::Left,
            (_, Some(_)) | (R::Joined { .. }, None) => Self::InCourse,
            (R::Declined { .. }, None) => Self::Declined,
            (R::NeverReached { .. }, None) => Self::NeverReached,
            (R::Returned { .. } | R::Rejected { .. }, None) => Self::SentBack,
            (_, None) => Self::UnderWay,
        }
    }
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Of {
    pub(crate) part: u32,
    pub(crate) whole: u32,
}

impl Of {
    fn count(&mut self, met: bool) {
        self.whole += 1;
        self.part += u32::from(met);
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self { part: self.part + other.part, whole: self.whole + other.whole }
    }
}

/// The figures of a practice.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PracticeFigures {
    /// Referrals.
    pub(crate) referrals: u32,
    /// How many ask for an area and end so; a referral that asks for several counts at the first of them, so that the sums
    /// fit.
    pub(crate) each: BTreeMap<(Option<RequestedArea>, Outcome), u32>,
    /// Electronic ones with a receipt in time, of those whose time is up (R07).
    pub(crate) receipts: Of,
    /// Ended ones of which the practice was told in time, of those whose time is up and where the citizen said yes (A02).
    pub(crate) told: Of,
    /// Days from reception to the first contact that was held.
    pub(crate) waits: Vec<f64>,
}

/// The figures of referrals as they stand on a day.
pub(crate) fn of(referred: &[Answers], limits: &LimitValues, today: Date) -> PracticeFigures {
    let mut figures = PracticeFigures::default();
    let workdays = |id| {
        let number = limits.number(id);
        // A limit of days is far below what a u16 holds.
        (0..=u16::MAX).find(|days| f64::from(*days) >= number).unwrap_or(u16::MAX)
    };
    let (receipt, feedback) = (workdays(LimitId::ReceiptWorkdays), workdays(LimitId::FeedbackWorkdays));
    for it in referred {
        let request = &it.request.request;
        let received = local_date(request.received_at);
        figures.referrals += 1;
        let outcome = Outcome::of(&request.state, it.course.as_ref());
        *figures.each.entry((request.areas.first().copied(), outcome)).or_default() += 1;
        let within = |from: Date, days| add_workdays(from, days, ExtraClosedDays::default());
        let due = within(received, receipt);
        if request.channel == Channel::Medcom && due < today {
            figures.receipts.count(it.receipt_on.is_some_and(|on| on <= due));
        }
        if let Some(ended) = ended_on(&request.state, it.course.as_ref()).filter(|_| it.may_be_told) {
            let due = within(ended, feedback);
            if due < today {
                figures.told.count(it.told_on.is_some_and(|on| ended <= on && on <= due));
            }
        }
        if let Some(on) = it.first_contact_on {
            figures.waits.push(f64::from(days_between(received, on)));
        }
    }
    figures
}

/// The day from which the practice is owed an answer: the course was closed or stopped, or no course began.
fn ended_on(request: &ReferralState, course: Option<&CourseState>) -> Option<Date> {
    match (request, course) {
        (_, Some(CourseState::Closed { at } | CourseState::Withdrawn { at })) => Some(local_date(*at)),
        (ReferralState::Declined { at, .. } | ReferralState::NeverReached { at }, None) => Some(local_date(*at)),
        _ => None,
    }
}

impl PracticeFigures {
    /// The same of several practices together.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        self.referrals += other.referrals;
        for (key, count) in &other.each {
            *self.each.entry(*key).or_default() += count;
        }
        self.receipts = self.receipts.and(other.receipts);
        self.told = self.told.and(other.told);
        self.waits.extend(&other.waits);
        self
    }
}
