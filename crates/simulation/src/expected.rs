//! What a year is expected to bring, by plain multiplication: how many are referred, reached and granted what, and how many
//! hours that takes. The model starts from it, and its long run is held against it.

use domain::codes::InterventionCode;
use domain::limits::Limits;
use domain::stratification::Stratum;

use crate::calibration::{Calibration, Parameter, Programme, Season};

/// A stream of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// General practice, nicotine.
    PracticeNicotine,
    /// General practice, alcohol.
    PracticeAlcohol,
    /// Hospitals, nicotine.
    HospitalNicotine,
    /// General practice, chronic disease.
    PracticeChronic,
    /// Hospitals, chronic disease.
    HospitalChronic,
    /// Citizens, relatives, departments.
    Own,
}

impl Stream {
    /// All streams.
    pub const ALL: [Self; 6] = [
        Self::PracticeNicotine,
        Self::PracticeAlcohol,
        Self::HospitalNicotine,
        Self::PracticeChronic,
        Self::HospitalChronic,
        Self::Own,
    ];

    /// Whose season it has.
    pub const fn season(self) -> Season {
        match self {
            Self::PracticeNicotine | Self::PracticeAlcohol | Self::PracticeChronic => Season::Practice,
            Self::HospitalNicotine | Self::HospitalChronic => Season::Hospital,
            Self::Own => Season::Citizen,
        }
    }
}

/// A year of a municipality, expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Adults who use nicotine or have risk behaviour about alcohol.
    pub at_risk: f64,
    /// Requests of each stream.
    requests: [f64; 6],
    /// Interventions granted, by the place of their programme.
    granted: Vec<f64>,
    /// Clarifying talks held.
    pub talks: f64,
    /// Courses opened.
    pub courses: f64,
    /// Minutes of professionals, by what calls for them.
    pub minutes: f64,
}

impl Expected {
    /// What is expected of so many inhabitants, with the referrals of doctors multiplied by a factor.
    pub fn of(inhabitants: u32, referrals: f64, calibration: &Calibration) -> Self {
        let adults = f64::from(inhabitants) * calibration.of(Parameter::AdultShare);
        let at_risk =
            adults * (calibration.of(Parameter::NicotineRiskShare) + calibration.of(Parameter::AlcoholRiskShare));
        let requests = requests(inhabitants, adults, at_risk, calibration).map(|(stream, count)| match stream {
            Stream::Own => count,
            _ => count * referrals,
        });
        let mut all = Self { at_risk, requests, granted: Vec::new(), talks: 0.0, courses: 0.0, minutes: 0.0 };
        let direct = all.direct(calibration);
        all.talks = all.asked_about_disease(calibration)
            * reached(calibration)
            * (1.0 - calibration.of(Parameter::DeclineShare))
            * held(calibration);
        all.granted = calibration.programmes().iter().map(|one| all.grants_of(one, direct, calibration)).collect();
        all.courses = all.talks + direct[0] + direct[1];
        all.minutes = all.minutes_needed(calibration);
        all
    }

    /// Requests of a stream in a year.
    pub fn requests(&self, stream: Stream) -> f64 {
        Stream::ALL.iter().position(|one| *one == stream).and_then(|at| self.requests.get(at)).copied().unwrap_or(0.0)
    }

    /// Grants of a programme in a year, by its place in the calibration.
    pub fn granted(&self, place: usize) -> f64 {
        self.granted.get(place).copied().unwrap_or(0.0)
    }

    /// Professionals that a municipality with enough staff has.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of people")]
    pub fn professionals(&self, calibration: &Calibration) -> u32 {
        let minutes = calibration.of(Parameter::DirectHoursAWeek) * 60.0 * 52.0 * calibration.of(Parameter::StaffUse);
        (self.minutes / minutes).ceil().max(1.0) as u32
    }

    /// Starts a year that a municipality with enough classes has.
    pub fn starts(&self, place: usize, calibration: &Calibration) -> u32 {
        let Some(programme) = calibration.programmes().get(place).filter(|one| one.group) else { return 0 };
        let seats = f64::from(programme.seats) * calibration.of(Parameter::SeatsFilledShare);
        self.starts_for(place, programme, seats, calibration)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred classes at most")]
    fn starts_for(&self, place: usize, programme: &Programme, seats: f64, calibration: &Calibration) -> u32 {
        let wanted = self.granted(place) * group_share(programme, calibration);
        (wanted / seats.max(1.0)).ceil().max(1.0) as u32
    }

    /// Courses that begin without a talk: nicotine and alcohol.
    fn direct(&self, calibration: &Calibration) -> [f64; 2] {
        let own = self.requests(Stream::Own);
        let nicotine = self.requests(Stream::PracticeNicotine)
            + self.requests(Stream::HospitalNicotine)
            + own * calibration.of(Parameter::OwnNicotineShare);
        let alcohol = self.requests(Stream::PracticeAlcohol) + own * calibration.of(Parameter::OwnAlcoholShare);
        let reached = reached(calibration);
        [
            nicotine * reached * (1.0 - calibration.of(Parameter::NicotineDeclineShare)),
            alcohol * reached * (1.0 - calibration.of(Parameter::DeclineShare)),
        ]
    }

    fn asked_about_disease(&self, calibration: &Calibration) -> f64 {
        let alone = calibration.of(Parameter::OwnNicotineShare) + calibration.of(Parameter::OwnAlcoholShare);
        self.requests(Stream::PracticeChronic)
            + self.requests(Stream::HospitalChronic)
            + self.requests(Stream::Own) * (1.0 - alone)
    }

    fn grants_of(&self, programme: &Programme, direct: [f64; 2], calibration: &Calibration) -> f64 {
        match programme.code {
            InterventionCode::NicotineCessation => return direct[0],
            InterventionCode::AlcoholTalk => return direct[1],
            _ => {}
        }
        // The second is chosen among those that the first is not.
        let others = calibration.programmes().iter().filter(|other| other.code != programme.code);
        let second: f64 =
            others.map(|other| other.share * programme.share / (1.0 - other.share).max(f64::EPSILON)).sum();
        let granting = self.talks * (1.0 - calibration.of(Parameter::NoActionShare));
        granting * (programme.share + calibration.of(Parameter::SecondInterventionShare) * second)
    }

    fn minutes_needed(&self, calibration: &Calibration) -> f64 {
        let around = calibration.of(Parameter::AroundMinutes);
        let talks = self.talks * (calibration.of(Parameter::ClarifyingMinutes) + around);
        let closings = self.courses
            * calibration.of(Parameter::ClosingReachedShare)
            * (calibration.of(Parameter::ClosingMinutes) + around);
        let programmes = calibration.programmes().iter().enumerate().map(|(place, programme)| {
            let each = f64::from(programme.sessions) * (f64::from(programme.minutes) + around);
            let alone = self.granted(place) * (1.0 - group_share(programme, calibration)) * each;
            let classes = if programme.group {
                f64::from(self.starts(place, calibration)) * each * f64::from(programme.instructors)
            } else {
                0.0
            };
            let start_talk = if programme.code == InterventionCode::NicotineCessation {
                self.granted(place) * (calibration.of(Parameter::StartTalkMinutes) + around)
            } else {
                0.0
            };
            alone + classes + start_talk
        });
        talks + closings + programmes.sum::<f64>()
    }
}

/// Of those granted a programme, so many take it in a class.
pub fn group_share(programme: &Programme, calibration: &Calibration) -> f64 {
    match (programme.group, programme.code) {
        (false, _) => 0.0,
        (true, InterventionCode::NicotineCessation) => 1.0 - calibration.of(Parameter::NicotineIndividualShare),
        (true, _) => 1.0,
    }
}

/// The requests of a year. Those about nicotine and alcohol are a share of the people at risk, hospitals included (004);
/// what the hospital sends about nicotine (002) is taken from it, and general practice sends the rest.
fn requests(inhabitants: u32, adults: f64, at_risk: f64, calibration: &Calibration) -> StreamCounts {
    let size = f64::from(inhabitants) / calibration.of(Parameter::HospitalReferenceInhabitants).max(1.0);
    let hospital = 12.0 * calibration.of(Parameter::HospitalNicotineAMonth) * size;
    let practice = (at_risk * calibration.of(Parameter::RiskReferredShare) - hospital).max(0.0);
    let nicotine = calibration.of(Parameter::NicotineShareOfRiskReferrals);
    let thousand = adults / 1000.0;
    StreamCounts([
        practice * nicotine,
        practice * (1.0 - nicotine),
        hospital,
        thousand * calibration.of(Parameter::PracticeChronicAThousand),
        thousand * calibration.of(Parameter::HospitalChronicAThousand),
        thousand * calibration.of(Parameter::OwnRequestAThousand),
    ])
}

struct StreamCounts([f64; 6]);

impl StreamCounts {
    fn map(self, change: impl Fn((Stream, f64)) -> f64) -> [f64; 6] {
        let mut counts = self.0;
        for (count, stream) in counts.iter_mut().zip(Stream::ALL) {
            *count = change((stream, *count));
        }
        counts
    }
}

/// How many of each level there are.
fn over_levels(calibration: &Calibration, of: impl Fn(Stratum) -> f64) -> f64 {
    let (support, extended) = (calibration.of(Parameter::SupportShare), calibration.of(Parameter::ExtendedShare));
    (1.0 - support - extended) * of(Stratum::Own) + support * of(Stratum::Support) + extended * of(Stratum::Extended)
}

/// The share that is reached by telephone or rings after the letter.
pub fn reached(calibration: &Calibration) -> f64 {
    let attempts = i32::from(Limits::default().contact_attempts_max);
    let missed = over_levels(calibration, |level| {
        let silent = 1.0 - calibration.by_level(level, PHONE_ANSWER);
        (0..attempts).fold(1.0, |all, _| all * silent)
    });
    1.0 - missed * (1.0 - calibration.of(Parameter::LetterAnswer))
}

/// The share of talks that is held at last; who stays away three times is not asked again.
fn held(calibration: &Calibration) -> f64 {
    1.0 - over_levels(calibration, |level| {
        let missed = calibration.by_level(level, TALK_MISSED);
        missed * missed * missed
    })
}

/// The parameters of answering the telephone, by level.
pub const PHONE_ANSWER: [Parameter; 3] =
    [Parameter::PhoneAnswerOwn, Parameter::PhoneAnswerSupport, Parameter::PhoneAnswerExtended];
/// The parameters of staying away from a talk, by level.
pub const TALK_MISSED: [Parameter; 3] =
    [Parameter::TalkMissedOwn, Parameter::TalkMissedSupport, Parameter::TalkMissedExtended];
/// The parameters of missing a session, by level.
pub const ABSENT: [Parameter; 3] = [Parameter::AbsentOwn, Parameter::AbsentSupport, Parameter::AbsentExtended];
/// The parameters of dropping out, by level.
pub const DROP_OUT: [Parameter; 3] = [Parameter::DropOutOwn, Parameter::DropOutSupport, Parameter::DropOutExtended];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vejle_gets_what_the_documents_say() {
        let calibration = Calibration::stated();
        let vejle = Expected::of(108_021, 1.0, calibration);
        assert!((vejle.requests(Stream::HospitalNicotine) - 360.0).abs() < 1e-6, "30 a month");
        let risk = vejle.requests(Stream::PracticeNicotine)
            + vejle.requests(Stream::PracticeAlcohol)
            + vejle.requests(Stream::HospitalNicotine);
        assert!((risk / vejle.at_risk - 0.02).abs() < 1e-9, "2 % of those at risk");
    }

    #[test]
    fn more_referrals_need_more_of_everything() {
        let calibration = Calibration::stated();
        let (now, more) = (Expected::of(60_000, 1.0, calibration), Expected::of(60_000, 1.5, calibration));
        assert!(more.talks > now.talks && more.minutes > now.minutes);
        assert!(more.professionals(calibration) > now.professionals(calibration));
        assert!((more.requests(Stream::Own) - now.requests(Stream::Own)).abs() < 1e-9, "citizens ask as before");
    }

    #[test]
    fn the_smallest_municipality_has_somebody_and_a_class_of_each() {
        let calibration = Calibration::stated();
        let least = Expected::of(500, 1.0, calibration);
        assert_eq!(least.professionals(calibration), 1);
        for (place, programme) in calibration.programmes().iter().enumerate() {
            assert_eq!(least.starts(place, calibration) > 0, programme.group);
        }
    }
}
