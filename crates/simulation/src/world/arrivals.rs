//! Who comes: so many requests a day by stream and season, from new citizens and from some who were here before.

use std::collections::BTreeSet;

use domain::codes::RequestedArea;
use domain::service_request::{Channel, Source};
use domain::stratification::Stratum;
use domain::team::WaitingNeed;

use super::state::{Citizen, Open, next_no};
use super::{Simulation, Step};
use crate::calendar::Moment;
use crate::calibration::Parameter;
use crate::dice::Dice;
use crate::event::{Action, CitizenNo, ReferredBy, Request, RequestNo};
use crate::expected::Stream;
use crate::person::Person;
use crate::setup::District;
use crate::talk::Disease;

/// What is thrown for where a citizen lives; beside what is thrown for the citizen and for the world.
const PURPOSE_HOME: u64 = 1 << 41;

impl Simulation {
    /// Requests of the day come at odd minutes of it, and the next day begins.
    pub(super) fn begin_day(&mut self) {
        let day = self.now.day();
        if day == 0 || self.calendar.date(day).day() == 1 {
            self.set_rates(day);
        }
        if self.calendar.works(day) {
            for (stream, rate) in Stream::ALL.into_iter().zip(self.rates) {
                for _ in 0..self.dice.poisson(rate) {
                    let minute = self.dice.between(8 * 60, 15 * 60 + 30);
                    self.put(Moment::at(day, minute), Step::Arrive(stream));
                }
            }
        }
        self.put(Moment::at(day + 1, 0), Step::Day);
    }

    /// A twelfth of the year by the season of the month, spread over its working days.
    fn set_rates(&mut self, day: u32) {
        let month = self.calendar.date(day).month();
        let days = f64::from(self.calendar.workdays_of_month(day).max(1));
        for (rate, stream) in self.rates.iter_mut().zip(Stream::ALL) {
            let season = self.setup.calibration.season(stream.season(), month);
            *rate = self.expected.requests(stream) / 12.0 * season / days;
        }
    }

    /// A request comes.
    pub(super) fn arrive(&mut self, stream: Stream) {
        let citizen = self.whom();
        let about = self.about(stream, citizen);
        let request = RequestNo(next_no(&self.open));
        self.open.push(Open { citizen, about, attempts: 0 });
        let (source, channel, referrer) = self.asked_by(stream, citizen);
        let direct = matches!(about, RequestedArea::Nicotine | RequestedArea::Alcohol);
        let text = match about {
            RequestedArea::Nicotine => "Ønsker hjælp til at holde op med at ryge.",
            RequestedArea::Alcohol => "Ønsker en samtale om sit forbrug af alkohol.",
            _ => self.citizen(citizen).disease.text(),
        };
        self.emit(Action::Receive(Box::new(Request {
            request,
            citizen,
            person: Person::of(citizen),
            home: self.home_of(citizen),
            source,
            channel,
            referrer,
            areas: BTreeSet::from([about]),
            chronic_disease: !direct,
            text,
        })));
        let most = self.whole(Parameter::ReadWorkdaysMost);
        let read_at = self.workdays_on(citizen, 0, most).max(self.now.later(15));
        self.put(read_at, Step::Check(request));
    }

    /// Somebody new, or somebody whose earlier course is closed.
    fn whom(&mut self) -> CitizenNo {
        let again = self.dice.chance(self.setup.calibration.of(Parameter::ReturnShare));
        if again && !self.closed.is_empty() {
            let chosen = self.dice.below(next_no(&self.closed));
            return self.closed.swap_remove(usize::try_from(chosen).unwrap_or(0));
        }
        let citizen = CitizenNo(next_no(&self.citizens));
        let mut dice = Dice::new(self.setup.seed, u64::from(citizen.0));
        let level = self.level(&mut dice);
        let disease = dice.pick(Disease::Diabetes, &Disease::OTHERS);
        self.citizens.push(Citizen { dice, level, disease, registers: None });
        citizen
    }

    /// Where somebody lives: by dice of its own, so that districts change nothing else.
    fn home_of(&self, citizen: CitizenNo) -> Option<District> {
        let districts = &self.setup.districts;
        let mut dice = Dice::new(self.setup.seed, PURPOSE_HOME + u64::from(citizen.0));
        let place = dice.weighted(districts.iter().map(|district| district.share))?;
        districts.get(place).copied()
    }

    fn level(&self, dice: &mut Dice) -> Stratum {
        let (support, extended) = (self.parameter(Parameter::SupportShare), self.parameter(Parameter::ExtendedShare));
        let thrown = dice.unit();
        match thrown {
            thrown if thrown < extended => Stratum::Extended,
            thrown if thrown < extended + support => Stratum::Support,
            _ => Stratum::Own,
        }
    }

    /// What is asked for.
    fn about(&mut self, stream: Stream, citizen: CitizenNo) -> RequestedArea {
        let (nicotine, alcohol) =
            (self.parameter(Parameter::OwnNicotineShare), self.parameter(Parameter::OwnAlcoholShare));
        let dice = self.dice_of(citizen);
        let thrown = dice.unit();
        match stream {
            Stream::PracticeNicotine | Stream::HospitalNicotine => RequestedArea::Nicotine,
            Stream::PracticeAlcohol => RequestedArea::Alcohol,
            Stream::Own if thrown < nicotine => RequestedArea::Nicotine,
            Stream::Own if thrown < nicotine + alcohol => RequestedArea::Alcohol,
            Stream::Own | Stream::PracticeChronic | Stream::HospitalChronic => {
                dice.pick(RequestedArea::PhysicalActivity, &[RequestedArea::DiseaseCoping, RequestedArea::Nutrition])
            }
        }
    }

    fn asked_by(&mut self, stream: Stream, citizen: CitizenNo) -> (Source, Channel, Option<ReferredBy>) {
        match stream {
            Stream::PracticeNicotine | Stream::PracticeAlcohol | Stream::PracticeChronic => {
                let practice = self.referrers.practice(&mut self.dice);
                (Source::GeneralPractice, Channel::Medcom, Some(ReferredBy::Practice(practice)))
            }
            Stream::HospitalNicotine | Stream::HospitalChronic => {
                let ward = self.referrers.ward(&mut self.dice);
                (Source::Hospital, Channel::Medcom, Some(ReferredBy::Ward(ward)))
            }
            Stream::Own => {
                let others = self.parameter(Parameter::OwnByOthersShare);
                let dice = self.dice_of(citizen);
                let source = if dice.chance(others) {
                    dice.pick(Source::MunicipalDepartment, &[Source::Relative])
                } else {
                    Source::Citizen
                };
                (source, dice.pick(Channel::Phone, &[Channel::Web, Channel::WalkIn]), None)
            }
        }
    }

    /// How much a seat is needed, by level.
    pub(super) fn need_of(&self, citizen: CitizenNo) -> WaitingNeed {
        match self.citizen(citizen).level {
            Stratum::Own => WaitingNeed::Ordinary,
            Stratum::Support | Stratum::Extended => WaitingNeed::Support,
        }
    }
}
