//! Contacts alone with a professional: the start talk of nicotine cessation, talks about alcohol, guidance.

use domain::codes::{EncounterClass, InterventionCode, StopReason};
use domain::response::Phase;
use domain::safety::Question;

use super::state::Booked;
use super::{Simulation, Step};
use crate::calibration::Parameter;
use crate::event::{Action, CaseNo, InterventionNo};
use crate::expected::ABSENT;
use crate::measurement::{Measurement, Tool};

impl Simulation {
    /// Nicotine and alcohol begin without a clarifying talk (001, section 3.1, KS-3.1-03).
    pub(super) fn begin_directly(&mut self, intervention: InterventionNo, nicotine: bool) {
        let (case, citizen) = (self.intervention(intervention).case, self.intervention(intervention).citizen);
        self.stratify(case, citizen);
        self.answer_safety(intervention, case);
        self.intervention(intervention).start_talk = nicotine;
        self.book_single(intervention);
    }

    /// What must be known before anything begins; nothing that stands in the way.
    pub(super) fn answer_safety(&mut self, intervention: InterventionNo, case: CaseNo) {
        let answers: &[(Question, bool)] = match self.code_of(intervention) {
            Some(InterventionCode::NicotineCessation) => {
                &[(Question::Pregnant, false), (Question::MentalIllness, false), (Question::AffectedMedicine, false)]
            }
            Some(InterventionCode::AlcoholTalk) => {
                &[(Question::Pregnant, false), (Question::MentalIllness, false), (Question::VeryHighUse, false)]
            }
            Some(InterventionCode::PhysicalTraining) => {
                &[(Question::TrainingCaution, false), (Question::WeightLoss, false)]
            }
            _ => return,
        };
        self.emit(Action::AnswerSafety { case, answers: answers.to_vec() });
    }

    pub(super) fn code_of(&mut self, intervention: InterventionNo) -> Option<InterventionCode> {
        let place = self.intervention(intervention).programme?;
        self.calibration().programmes().get(place).map(|programme| programme.code)
    }

    /// Books the next contact: soon for the first, then with the weeks of the programme between.
    pub(super) fn book_single(&mut self, intervention: InterventionNo) {
        let one = self.intervention(intervention);
        let (place, first, start_talk) = (one.programme, one.held == 0, one.start_talk);
        let programme = place.and_then(|place| self.setup.calibration.programmes().get(place));
        let (length, weeks) = programme.map_or((30, 1), |p| (u32::from(p.minutes), u32::from(p.weeks_between)));
        let minutes = if start_talk { self.whole(Parameter::StartTalkMinutes) } else { length };
        let day = self.now.day();
        let from =
            if first { self.calendar.workdays_after(day, 2) } else { self.calendar.workday_from(day + 7 * weeks) };
        let slot = self.staff.book(&self.calendar, from, minutes + self.around());
        self.intervention(intervention).next = Some(Booked { slot, minutes });
        self.put(slot.start.later(minutes), Step::Single(intervention));
    }

    /// A contact is over, or nobody came.
    pub(super) fn single(&mut self, intervention: InterventionNo) {
        let one = self.intervention(intervention);
        let (citizen, start_talk, held, drops_at, next) =
            (one.citizen, one.start_talk, one.held, one.drops_at, one.next.take());
        let Some(Booked { slot, minutes }) = next else { return };
        if !start_talk && drops_at == Some(held) {
            return self.drop_out(intervention);
        }
        if self.chance_by_level(citizen, ABSENT) {
            return self.book_single(intervention);
        }
        if held == 0 && self.code_of(intervention) == Some(InterventionCode::AlcoholTalk) {
            self.screen(intervention);
        }
        let time = self.time(slot.start, minutes);
        let (class, professional) = (EncounterClass::AtPremises, slot.professional);
        self.emit(Action::Contact { intervention, time, class, professional });
        self.after_single(intervention, start_talk);
    }

    fn after_single(&mut self, intervention: InterventionNo, start_talk: bool) {
        let one = self.intervention(intervention);
        one.start_talk = false;
        if start_talk {
            self.begin_stop(intervention);
            let one = self.intervention(intervention);
            // The wait of nicotine cessation is counted from the start talk (001, section 5.3).
            return if one.group { self.wait(intervention) } else { self.book_single(intervention) };
        }
        one.held += 1;
        let (held, place) = (one.held, one.programme);
        let programme = place.and_then(|place| self.setup.calibration.programmes().get(place));
        if programme.is_some_and(|programme| held < programme.sessions) {
            self.book_single(intervention);
        } else {
            self.complete(intervention);
        }
    }

    /// The talk about alcohol begins with a screening (001, section 8.2).
    fn screen(&mut self, intervention: InterventionNo) {
        let (mean, spread) = (self.parameter(Parameter::AuditAtStart), self.parameter(Parameter::AuditDeviation));
        let citizen = self.intervention(intervention).citizen;
        let dice = self.dice_of(citizen);
        // Below the band that is harmful or dependent: those go to treatment, outside this model.
        let value = dice.normal(mean, spread).clamp(8.0, 15.0);
        let measurement = Measurement::about(Tool::Audit, Phase::Start, value);
        self.emit(Action::Measure { citizen, measurement });
    }

    /// Ends before its time.
    pub(super) fn drop_out(&mut self, intervention: InterventionNo) {
        let citizen = self.intervention(intervention).citizen;
        let others = [
            StopReason::NotHeardFrom,
            StopReason::OptedOutOtherDisease,
            StopReason::OptedOutTransportLogistics,
            StopReason::OptedOutTransportCost,
        ];
        let reason = self.dice_of(citizen).pick(StopReason::OptedOut, &others);
        self.end(intervention, Some(reason));
    }
}
