//! What nicotine cessation has besides: the consents of STOPbasen with the stop date, how it ended, the call after six
//! months, and the new occasions to get help (001, section 5.3, KS-5.3-11 and KS-5.3-12).

use domain::codes::InterventionCode;
use domain::follow_up::Kept;
use domain::limits::{Limits, STOP_FOLLOW_UP_MONTHS};
use domain::stop_course::{StopForm, StopOutcome};
use jiff::ToSpan;

use super::{Simulation, Step};
use crate::calendar::Moment;
use crate::calibration::Parameter;
use crate::event::{Action, CaseNo, CitizenNo, FollowUpNo, FollowUpOutcome, InterventionNo};

impl Simulation {
    /// At the start talk: what the citizen says yes to, the stop date, and the form of those who may be registered.
    pub(super) fn begin_stop(&mut self, intervention: InterventionNo) {
        let (case, citizen) = (self.intervention(intervention).case, self.intervention(intervention).citizen);
        let (register, contact) = self.registers(citizen);
        let days = i64::from(self.whole(Parameter::StopDateDays));
        let stop_on = self.calendar.date(self.now.day()).saturating_add(days.days());
        self.emit(Action::BeginStop { case, register, contact, stop_on });
        if register {
            self.emit(Action::FillStopForm { citizen, form: StopForm::Baseline });
        }
    }

    /// What a citizen answers, every time the same.
    fn registers(&mut self, citizen: CitizenNo) -> (bool, bool) {
        if let Some(said) = self.citizen(citizen).registers {
            return said;
        }
        let (register, contact) =
            (self.parameter(Parameter::StopbasenConsentShare), self.parameter(Parameter::StopbasenContactShare));
        let dice = self.dice_of(citizen);
        let (register, contact) = (dice.chance(register), dice.chance(contact));
        let said = (register, register && contact);
        if let Some(citizen) = self.citizens.get_mut(citizen.index()) {
            citizen.registers = Some(said);
        }
        said
    }

    /// How nicotine cessation that ran its course ended; anybody else did not stay to be asked.
    pub(super) fn say_stop_end(&mut self, intervention: InterventionNo) {
        if self.code_of(intervention) != Some(InterventionCode::NicotineCessation) {
            return;
        }
        let (no, citizen) = (self.intervention(intervention).case, self.intervention(intervention).citizen);
        let outcome = if self.case(no).smoke_free { StopOutcome::Stopped } else { StopOutcome::NotStopped };
        let occasion = if outcome.calls_for_new_occasion() { self.new_occasion(no) } else { None };
        self.emit(Action::SayStopEnd { case: no, outcome, occasion });
        if self.citizen(citizen).registers.is_some_and(|(register, _)| register) {
            self.emit(Action::FillStopForm { citizen, form: StopForm::End });
        }
    }

    /// Nicotine cessation is over, and the citizen may be contacted after six months, whether or not it ran its course.
    pub(super) fn expect_call_after_stop(&mut self, intervention: InterventionNo) {
        if self.code_of(intervention) != Some(InterventionCode::NicotineCessation) {
            return;
        }
        let (no, citizen) = (self.intervention(intervention).case, self.intervention(intervention).citizen);
        if self.citizen(citizen).registers != Some((true, true)) {
            return;
        }
        let today = self.calendar.date(self.now.day());
        let day = self.day_in_months(today, STOP_FOLLOW_UP_MONTHS);
        self.case(no).call_after_stop = true;
        self.put(Moment::at(day, 13 * 60), Step::CallAfterStop(no));
    }

    /// STOPbasen's follow-up is over.
    pub(super) fn call_after_stop(&mut self, no: CaseNo) {
        let (citizen, smoke_free) = (self.case(no).citizen, self.case(no).smoke_free);
        let (done, kept, later) = (
            self.parameter(Parameter::FollowUpDoneShare),
            self.parameter(Parameter::SmokeFreeKeptShare),
            self.parameter(Parameter::SmokeFreeLaterShare),
        );
        let dice = self.dice_of(citizen);
        let (done, kept, later, other) = (dice.chance(done), dice.chance(kept), dice.chance(later), dice.chance(0.5));
        let outcome = match (done, kept && smoke_free, later, other) {
            (true, true, ..) => FollowUpOutcome::Done(Kept::Kept),
            (true, false, true, _) => FollowUpOutcome::Done(Kept::Partly),
            (true, false, false, _) => FollowUpOutcome::Done(Kept::Lost),
            (false, _, _, true) => FollowUpOutcome::NotReached,
            (false, _, _, false) => FollowUpOutcome::Declined,
        };
        let relapsed = matches!(outcome, FollowUpOutcome::Done(Kept::Partly | Kept::Lost));
        let occasion = if relapsed { self.new_occasion(no) } else { None };
        self.emit(Action::CallAfterStop { case: no, outcome, occasion });
        self.case(no).call_after_stop = false;
        self.is_left_alone(no);
    }

    /// The new occasion to get help that the program agrees by itself; none when somebody rings before it anyway.
    fn new_occasion(&mut self, no: CaseNo) -> Option<FollowUpNo> {
        let due = self.now.day() + u32::from(Limits::default().relapse_follow_up_days);
        if self.case(no).agreed.iter().any(|(_, day)| *day <= due) {
            return None;
        }
        let day = self.calendar.workday_from(due);
        Some(self.agree(no, day))
    }
}
