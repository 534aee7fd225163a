//! What the municipality has today, as the model reads it: its classes, staff and referrals of the last year. Pure.

use std::collections::BTreeMap;

use domain::codes::InterventionCode;
use domain::service_request::Source;
use jiff::civil::Date;
use simulation::{Calibration, Expected, Inputs, Municipality, Parameter, SizeBasis, Stream, TeamPlan};

/// What is kept of the last year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) today: Date,
    /// The first request of all.
    pub(super) first_request: Option<Date>,
    /// Requests of the last year.
    pub(super) requests: BTreeMap<Source, u32>,
    /// Classes that met in the last year.
    pub(super) classes: Vec<Class>,
    /// Staff who may hold something.
    pub(super) professionals: u32,
    /// Adults by the municipality's population table.
    pub(super) adults: Option<i64>,
}

/// A class that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) code: InterventionCode,
    pub(super) seats: u16,
    /// Its first session.
    pub(super) first: Date,
    /// Its last session, today at most.
    pub(super) last: Date,
    /// Whether people join along the way.
    pub(super) rolling: bool,
}

/// What a figure of today rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// The municipality's own, of the whole year.
    Own,
    /// Its own of so many days, made a year's.
    Scaled(i32),
    /// It has none: the model's estimate for its size.
    Estimate,
}

/// Today: where a plan begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Today {
    /// For the model; [`Inputs::referrals`] is what doctors and hospitals send beside the model's estimate.
    pub(super) inputs: Inputs,
    /// With the municipality's own requests of citizens and departments.
    pub(super) calibration: Calibration,
    /// Referrals of doctors and hospitals in a year.
    pub(super) referrals: u32,
    /// Requests of citizens, relatives and departments in a year.
    pub(super) own_requests: u32,
    pub(super) requests_basis: Basis,
    pub(super) classes_basis: Basis,
    pub(super) staff_basis: Basis,
}

const YEAR: i32 = 365;
/// Fewer days say too little of a year.
const DAYS_LEAST: i32 = 90;
/// The model knows no more referrals than five times its estimate.
const REFERRALS_MOST: f64 = 5.0;
/// Nor more professionals.
const PROFESSIONALS_MOST: u32 = 500;

/// The size of the municipality: by its own population table when there is one.
pub(super) fn sized(known: Municipality, kept: &Kept, stated: &Calibration) -> Municipality {
    let adults = kept.adults.and_then(|adults| u32::try_from(adults).ok()).map(f64::from);
    let inhabitants = adults.map(|adults| whole(adults / stated.of(Parameter::AdultShare)));
    match inhabitants.filter(|inhabitants| (500..=2_000_000).contains(inhabitants)) {
        Some(inhabitants) => Municipality { inhabitants, basis: SizeBasis::Given, ..known },
        None => known,
    }
}

impl Today {
    /// Reads what is kept; what the municipality has nothing of is the model's estimate for its size.
    pub(super) fn of(kept: &Kept, municipality: &Municipality, stated: &Calibration) -> Self {
        let estimate = Inputs::of(municipality.inhabitants, stated);
        let days = kept.first_request.map_or(0, |first| (kept.today - first).get_days().clamp(0, YEAR));
        let scale = if days >= DAYS_LEAST { f64::from(YEAR) / f64::from(days) } else { 1.0 };
        let own = if (DAYS_LEAST..YEAR).contains(&days) { Basis::Scaled(days) } else { Basis::Own };
        let (teams, classes_basis) = if kept.classes.is_empty() {
            (estimate.teams.clone(), Basis::Estimate)
        } else {
            (teams(&kept.classes, kept.today, scale, &estimate.teams, stated), own)
        };
        let (professionals, staff_basis) = match kept.professionals {
            0 => (estimate.professionals, Basis::Estimate),
            some => (some.min(PROFESSIONALS_MOST), Basis::Own),
        };
        let expected = Expected::of(municipality.inhabitants, 1.0, stated);
        let of_doctors: f64 =
            Stream::ALL.into_iter().filter(|one| *one != Stream::Own).map(|one| expected.requests(one)).sum();
        let is_doctor =
            |source: Source| matches!(source, Source::GeneralPractice | Source::Specialist | Source::Hospital);
        let counted = |doctors: bool| -> f64 {
            let some = kept.requests.iter().filter(|(source, _)| is_doctor(**source) == doctors);
            some.map(|(_, count)| f64::from(*count)).sum::<f64>() * scale
        };
        let knows = days >= DAYS_LEAST && !kept.requests.is_empty();
        let (referrals, own_requests) =
            if knows { (counted(true), counted(false)) } else { (of_doctors, expected.requests(Stream::Own)) };
        let factor = if of_doctors > 0.0 { (referrals / of_doctors).min(REFERRALS_MOST) } else { 1.0 };
        let adults = f64::from(municipality.inhabitants) * stated.of(Parameter::AdultShare) / 1000.0;
        let asked = stated.clone().with(Parameter::OwnRequestAThousand, (own_requests / adults).min(100.0));
        Self {
            inputs: Inputs { referrals: factor, professionals, teams, ..estimate },
            calibration: asked.unwrap_or_else(|_| stated.clone()),
            referrals: whole(referrals),
            own_requests: whole(own_requests),
            requests_basis: if knows { own } else { Basis::Estimate },
            classes_basis,
            staff_basis,
        }
    }
}

/// Seats and starts of each intervention that is run in classes; none of one the municipality has no class of.
fn teams(classes: &[Class], today: Date, scale: f64, known: &[TeamPlan], stated: &Calibration) -> Vec<TeamPlan> {
    let since = today.saturating_sub(jiff::Span::new().days(i64::from(YEAR)));
    let one = |plan: &TeamPlan| {
        let own: Vec<&Class> = classes.iter().filter(|class| class.code == plan.code).collect();
        let seats: u32 = own.iter().map(|class| u32::from(class.seats)).sum();
        let length = stated.programmes().iter().find(|one| one.code == plan.code).map_or(1, |one| one.length_days());
        let starts: f64 = own.iter().map(|class| starts(class, since, length)).sum();
        let mean = f64::from(seats) / f64::from(u32::try_from(own.len()).unwrap_or(u32::MAX).max(1));
        TeamPlan {
            code: plan.code,
            seats: if own.is_empty() { plan.seats } else { u16::try_from(whole(mean)).unwrap_or(40).clamp(1, 40) },
            starts_a_year: whole(starts * scale).min(1000),
        }
    };
    known.iter().map(one).collect()
}

/// How many starts a class is in the last year. One that takes people in as seats come free is as many as there is time for.
fn starts(class: &Class, since: Date, length: u32) -> f64 {
    if class.rolling {
        let days = (class.last - class.first.max(since)).get_days().max(0) + 1;
        return (f64::from(days) / f64::from(length.max(1))).max(1.0);
    }
    if class.first >= since { 1.0 } else { 0.0 }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people and classes of a year")]
fn whole(count: f64) -> u32 {
    count.round().max(0.0) as u32
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use domain::identifiers::MunicipalityCode;
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 28);

    fn municipality() -> Municipality {
        let code = MunicipalityCode::parse("999").unwrap();
        Municipality { code, inhabitants: 40_000, basis: SizeBasis::Given }
    }

    fn class(code: InterventionCode, seats: u16, first: Date, last: Date) -> Class {
        Class { code, seats, first, last, rolling: false }
    }

    fn of(kept: &Kept) -> Today {
        Today::of(kept, &municipality(), Calibration::stated())
    }

    fn plan(today: &Today, code: InterventionCode) -> (u16, u32) {
        let plan = today.inputs.teams.iter().find(|plan| plan.code == code).unwrap();
        (plan.seats, plan.starts_a_year)
    }

    #[test]
    fn what_is_not_there_is_the_estimate_and_called_one() {
        let today = of(&Kept { today: TODAY, ..Kept::default() });
        assert_eq!(today.inputs.teams, Inputs::of(40_000, Calibration::stated()).teams);
        assert!((today.inputs.referrals - 1.0).abs() < 1e-9);
        let bases = [today.requests_basis, today.classes_basis, today.staff_basis];
        assert_eq!(bases, [Basis::Estimate; 3]);
    }

    /// Three classes of training with 10, 12 and 15 seats (12 on average), two of which began in the year; the third is
    /// still at it. Nothing else is run in classes.
    #[test]
    fn a_year_of_its_own_is_counted_as_it_is() {
        let training = InterventionCode::PhysicalTraining;
        let kept = Kept {
            today: TODAY,
            first_request: Some(date(2024, 1, 1)),
            requests: [(Source::GeneralPractice, 200), (Source::Hospital, 100), (Source::Citizen, 64)].into(),
            classes: vec![
                class(training, 10, date(2026, 2, 2), date(2026, 5, 1)),
                class(training, 12, date(2026, 9, 1), TODAY),
                class(training, 15, date(2025, 10, 1), date(2026, 1, 10)),
            ],
            professionals: 9,
            adults: None,
        };
        let today = of(&kept);
        assert_eq!(plan(&today, training), (12, 2));
        assert_eq!(plan(&today, InterventionCode::DiseaseManagement).1, 0);
        assert_eq!((today.referrals, today.own_requests, today.inputs.professionals), (300, 64, 9));
        assert_eq!(today.requests_basis, Basis::Own);
        // 32,000 adults: 64 requests are two for each thousand.
        assert!((today.calibration.of(Parameter::OwnRequestAThousand) - 2.0).abs() < 1e-9);
        let expected = Expected::of(40_000, today.inputs.referrals, &today.calibration);
        let sent: f64 = Stream::ALL.iter().filter(|one| **one != Stream::Own).map(|one| expected.requests(*one)).sum();
        assert!((sent - 300.0).abs() < 1e-6 && (expected.requests(Stream::Own) - 64.0).abs() < 1e-6);
    }

    /// 100 days with 20 referrals are 73 in a year, and one class is four; 89 days say nothing of a year.
    #[test]
    fn part_of_a_year_is_made_a_whole_one_and_too_little_is_not_used() {
        let mut kept = Kept {
            today: TODAY,
            first_request: Some(date(2026, 8, 20)),
            requests: [(Source::Hospital, 20)].into(),
            classes: vec![class(InterventionCode::PhysicalTraining, 8, date(2026, 9, 1), TODAY)],
            professionals: 0,
            adults: None,
        };
        let today = of(&kept);
        assert_eq!((today.referrals, today.requests_basis), (73, Basis::Scaled(100)));
        assert_eq!(plan(&today, InterventionCode::PhysicalTraining), (8, 4));
        kept.first_request = Some(date(2026, 8, 31));
        let today = of(&kept);
        assert_eq!((today.requests_basis, today.classes_basis), (Basis::Estimate, Basis::Own));
        assert_eq!(plan(&today, InterventionCode::PhysicalTraining), (8, 1));
    }

    #[test]
    fn the_own_population_table_says_how_many_live_there() {
        let of = |adults| sized(municipality(), &Kept { adults, ..Kept::default() }, Calibration::stated()).inhabitants;
        assert_eq!((of(None), of(Some(16_000)), of(Some(3))), (40_000, 20_000, 40_000), "four of five are adults");
    }

    #[test]
    fn a_class_that_takes_people_in_all_year_is_as_many_as_there_is_time_for() {
        let rolling = Class { rolling: true, ..class(InterventionCode::PhysicalTraining, 12, date(2024, 1, 1), TODAY) };
        // 366 days of a programme of 91.5 days are four.
        assert!((starts(&rolling, date(2025, 11, 28), 100) - 3.66).abs() < 1e-9);
        let new = Class { first: TODAY, ..rolling };
        assert!((starts(&new, date(2025, 11, 28), 100) - 1.0).abs() < 1e-9);
    }
}
