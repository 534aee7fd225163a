//! The clarifying talk: booked where somebody has time, held or missed, and what is granted in it.

use domain::codes::{DeliveryType, EncounterClass, InterventionCode, StopReason};
use domain::response::Phase;
use domain::team::WaitingNeed;

use super::state::Booked;
use super::{Simulation, Step};
use crate::calibration::Parameter;
use crate::event::{Action, CaseNo, CitizenNo, Grant, InterventionNo};
use crate::expected::{DROP_OUT, TALK_MISSED, group_share};
use crate::measurement::{Measurement, Tool};
use crate::talk::TalkAnswers;

/// How often nobody may come before the talk is given up (the flow, section 2: after three as unreachable).
const MISSED_MOST: u8 = 3;

impl Simulation {
    /// Books the first time that somebody has.
    pub(super) fn book_talk(&mut self, talk: InterventionNo, again: bool) {
        let (minutes, around) = (self.whole(Parameter::ClarifyingMinutes), self.around());
        let from = self.calendar.workdays_after(self.now.day(), self.whole(Parameter::InvitedWorkdays));
        let slot = self.staff.book(&self.calendar, from, minutes + around);
        self.intervention(talk).next = Some(Booked { slot, minutes });
        let time = self.time(slot.start, minutes);
        self.emit(Action::BookTalk { talk, professional: slot.professional, time, again });
        self.put(slot.start.later(minutes), Step::Talk(talk));
    }

    /// The talk is over, or nobody came.
    pub(super) fn talk(&mut self, talk: InterventionNo) {
        let (case, citizen) = (self.intervention(talk).case, self.intervention(talk).citizen);
        if self.chance_by_level(citizen, TALK_MISSED) {
            let missed = &mut self.case(case).missed;
            *missed += 1;
            if *missed < MISSED_MOST {
                return self.book_talk(talk, true);
            }
            self.emit(Action::Withdraw { case, reason: StopReason::NotHeardFrom });
            return self.is_over(case);
        }
        let answers = Box::new(self.answers_of(citizen));
        let chosen = self.choose(citizen);
        let grants: Vec<Grant> = chosen.into_iter().map(|place| self.grant(case, citizen, place)).collect();
        let granted: Vec<InterventionNo> = grants.iter().map(|grant| grant.intervention).collect();
        let booked = self.intervention(talk).next.take();
        let time = booked.map_or_else(|| self.time(self.now, 0), |booked| self.time(booked.slot.start, booked.minutes));
        self.emit(Action::HoldTalk { talk, time, class: EncounterClass::AtPremises, answers, grants });
        self.stratify(case, citizen);
        self.measure_well_being(case, citizen);
        if granted.is_empty() {
            return self.begin_closing(case);
        }
        self.case(case).running = u8::try_from(granted.len()).unwrap_or(u8::MAX);
        for intervention in granted {
            self.begin(intervention);
        }
    }

    fn answers_of(&mut self, citizen: CitizenNo) -> TalkAnswers {
        let (smokes, drinks) =
            (self.parameter(Parameter::NicotineRiskShare), self.parameter(Parameter::AlcoholRiskShare));
        let (interpreter, transport) =
            (self.parameter(Parameter::InterpreterShare), self.parameter(Parameter::TransportShare));
        let consent = self.parameter(Parameter::FeedbackConsentShare);
        let disease = self.citizen(citizen).disease;
        let dice = self.dice_of(citizen);
        TalkAnswers {
            disease,
            smokes: dice.chance(smokes),
            drinks: dice.chance(drinks),
            interpreter: dice.chance(interpreter),
            transport: dice.chance(transport),
            consent: dice.chance(consent),
            goal: dice.pick(TalkAnswers::FIRST_GOAL, &TalkAnswers::OTHER_GOALS),
        }
    }

    /// The programmes that are granted: none, one or two.
    fn choose(&mut self, citizen: CitizenNo) -> Vec<usize> {
        let (nothing, second) =
            (self.parameter(Parameter::NoActionShare), self.parameter(Parameter::SecondInterventionShare));
        let shares: Vec<f64> = self.calibration().programmes().iter().map(|programme| programme.share).collect();
        let dice = self.dice_of(citizen);
        // Thrown whether needed or not, so that another parameter changes nothing else about the citizen.
        let (nothing, second) = (dice.chance(nothing), dice.chance(second));
        let first = dice.weighted(shares.iter().copied());
        let others = shares.iter().enumerate().map(|(place, share)| if Some(place) == first { 0.0 } else { *share });
        let other = dice.weighted(others).filter(|_| second);
        if nothing { Vec::new() } else { [first, other].into_iter().flatten().collect() }
    }

    fn grant(&mut self, case: CaseNo, citizen: CitizenNo, place: usize) -> Grant {
        let code =
            self.setup.calibration.programmes().get(place).map_or(InterventionCode::ActivityGuidance, |p| p.code);
        let intervention = self.new_intervention(case, citizen, Some(code));
        let group = self.intervention(intervention).group;
        let delivery = if group { DeliveryType::Group } else { DeliveryType::Individual };
        Grant { intervention, code, delivery, because: because(code) }
    }

    /// Whether it is taken in a class, and the session before which the citizen drops out.
    pub(super) fn fate(&mut self, citizen: CitizenNo, place: usize) -> (bool, Option<u8>) {
        let Some(programme) = self.setup.calibration.programmes().get(place) else { return (false, None) };
        let (share, sessions) = (group_share(programme, &self.setup.calibration), u32::from(programme.sessions));
        let group = self.chance(citizen, share);
        let drops = self.chance_by_level(citizen, DROP_OUT);
        let session = self.dice_of(citizen).below(sessions);
        (group, drops.then(|| u8::try_from(session).unwrap_or(0)))
    }

    /// What was granted begins: on the list of a class, or with a contact.
    pub(super) fn begin(&mut self, intervention: InterventionNo) {
        let one = self.intervention(intervention);
        let (group, need, case) = (one.group, one.need, one.case);
        self.answer_safety(intervention, case);
        if !group {
            return self.book_single(intervention);
        }
        if need != WaitingNeed::Ordinary {
            self.emit(Action::SetNeed { intervention, need });
        }
        self.wait(intervention);
    }

    fn measure_well_being(&mut self, case: CaseNo, citizen: CitizenNo) {
        let (mean, spread) =
            (self.parameter(Parameter::WellBeingAtStart), self.parameter(Parameter::WellBeingDeviation));
        let measured = Measurement::around(Tool::WellBeing, Phase::Start, mean, spread, self.dice_of(citizen));
        self.case(case).well_being = Some(measured);
        self.emit(Action::Measure { citizen, measurement: measured });
    }

    /// Minutes of preparation and notes.
    pub(super) fn around(&self) -> u32 {
        self.whole(Parameter::AroundMinutes)
    }
}

const fn because(code: InterventionCode) -> &'static str {
    match code {
        InterventionCode::PhysicalTraining => "Borgeren vil gerne træne sammen med andre.",
        InterventionCode::DiseaseManagement => "Borgeren vil vide mere om sin sygdom.",
        InterventionCode::DietaryGuidance => "Borgeren vil lægge sine madvaner om.",
        InterventionCode::NicotineCessation => "Borgeren vil være røgfri.",
        _ => "Borgeren vil i gang i sit eget tempo.",
    }
}
