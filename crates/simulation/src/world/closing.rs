//! The end: interventions that are over, the closing talk, and the follow-ups.

use domain::codes::StopReason;
use domain::follow_up::Kept;
use domain::goal::GoalOutcome;
use domain::limits::{Limits, STOP_FOLLOW_UP_MONTHS};
use domain::response::Phase;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Simulation, Step};
use crate::calendar::Moment;
use crate::calibration::Parameter;
use crate::event::{Action, CaseNo, FollowUpNo, FollowUpOutcome, InterventionNo};
use crate::measurement::{Measurement, Tool};

use super::state::next_no;

impl Simulation {
    /// An intervention ran its course.
    pub(super) fn complete(&mut self, intervention: InterventionNo) {
        self.test_at_end(intervention);
        let case = self.intervention(intervention).case;
        self.case(case).completed = true;
        self.say_stop_end(intervention);
        self.end(intervention, None);
    }

    /// An intervention ends; with the last of a course the course ends, too.
    pub(super) fn end(&mut self, intervention: InterventionNo, reason: Option<StopReason>) {
        let one = self.intervention(intervention);
        let (no, citizen) = (one.case, one.citizen);
        let case = self.case(no);
        case.running = case.running.saturating_sub(1);
        let last = case.running == 0;
        let withdraws = self.parameter(Parameter::WithdrawShare);
        if let Some(reason) = reason.filter(|_| last)
            && self.chance(citizen, withdraws)
        {
            self.emit(Action::Withdraw { case: no, reason });
            self.expect_call_after_stop(intervention);
            return self.is_over(no);
        }
        self.emit(Action::EndIntervention { intervention, reason });
        self.expect_call_after_stop(intervention);
        if last {
            self.begin_closing(no);
        }
    }

    /// The closing talk is booked, or the course is closed without the citizen after some weeks.
    pub(super) fn begin_closing(&mut self, no: CaseNo) {
        let citizen = self.case(no).citizen;
        let reached = self.parameter(Parameter::ClosingReachedShare);
        let day = self.now.day();
        if !self.chance(citizen, reached) {
            let alone = self.calendar.workday_from(day + self.whole(Parameter::ClosedAloneDays));
            return self.put(Moment::at(alone, 14 * 60), Step::Close(no, None));
        }
        let minutes = self.whole(Parameter::ClosingMinutes);
        let from = self.calendar.workdays_after(day, self.whole(Parameter::ClosingWorkdays));
        let slot = self.staff.book(&self.calendar, from, minutes + self.around());
        self.put(slot.start.later(minutes), Step::Close(no, Some(slot.start)));
    }

    /// The course is closed.
    pub(super) fn close(&mut self, no: CaseNo, talk: Option<Moment>) {
        let citizen = self.case(no).citizen;
        if talk.is_some() {
            self.measure_well_being_again(no);
        }
        let (reached, consents) =
            (self.parameter(Parameter::GoalReachedShare), self.parameter(Parameter::FeedbackConsentShare));
        let dice = self.dice_of(citizen);
        let (reached, consent) = (dice.chance(reached), dice.chance(consents));
        let partly = dice.chance(0.5);
        let goal = match (reached && talk.is_some(), partly) {
            (true, _) => GoalOutcome::Reached,
            (false, true) => GoalOutcome::Partly,
            (false, false) => GoalOutcome::NotReached,
        };
        let follow_ups = if talk.is_some() { self.agree_follow_ups(no) } else { Vec::new() };
        let minutes = self.whole(Parameter::ClosingMinutes);
        let talk = talk.map(|start| self.time(start, minutes));
        self.emit(Action::Close { case: no, talk, goal, consent, follow_ups });
        self.is_over(no);
    }

    /// A course is closed or stopped. The citizen may come again when nobody is to ring any more.
    pub(super) fn is_over(&mut self, no: CaseNo) {
        self.case(no).over = true;
        self.is_left_alone(no);
    }

    /// A follow-up is over.
    pub(super) fn is_left_alone(&mut self, no: CaseNo) {
        let case = self.case(no);
        if case.over && case.agreed.is_empty() && !case.call_after_stop {
            let citizen = case.citizen;
            self.closed.push(citizen);
        }
    }

    /// Three, six and twelve months on, each for some; nicotine always after six (001, section 5.3). Nobody is rung twice:
    /// STOPbasen's follow-up stands for the one after six months, and a new occasion to get help for the first.
    fn agree_follow_ups(&mut self, no: CaseNo) -> Vec<(FollowUpNo, Date)> {
        let case = self.case(no);
        let (citizen, nicotine) = (case.citizen, case.nicotine && case.completed);
        let (has_occasion, has_call) = (!case.agreed.is_empty(), case.call_after_stop);
        let shares = [Parameter::FollowUpFirstShare, Parameter::FollowUpSecondShare, Parameter::FollowUpThirdShare];
        let limits = Limits::default();
        let today = self.calendar.date(self.now.day());
        let mut agreed = Vec::new();
        for (months, share) in limits.follow_up_months().into_iter().zip(shares) {
            let share = self.parameter(share);
            let after_six = months == STOP_FOLLOW_UP_MONTHS;
            let is_there = (after_six && has_call) || (months == limits.follow_up_first_months && has_occasion);
            if (self.chance(citizen, share) || (nicotine && after_six)) && !is_there {
                let day = self.day_in_months(today, months);
                agreed.push((self.agree(no, day), self.calendar.date(day)));
            }
        }
        agreed
    }

    /// The working day so many months from a day that is today.
    pub(super) fn day_in_months(&self, today: Date, months: u16) -> u32 {
        let months_on = today.saturating_add(i64::from(months).months());
        let days_on = u32::try_from((months_on - today).get_days()).unwrap_or(0);
        self.calendar.workday_from(self.now.day() + days_on)
    }

    /// A follow-up is agreed for a day.
    pub(super) fn agree(&mut self, no: CaseNo, day: u32) -> FollowUpNo {
        let follow_up = FollowUpNo(next_no(&self.follow_ups));
        self.follow_ups.push(no);
        self.case(no).agreed.push((follow_up, day));
        self.put(Moment::at(day, 11 * 60), Step::FollowUp(follow_up));
        follow_up
    }

    /// A follow-up is over.
    pub(super) fn follow_up(&mut self, follow_up: FollowUpNo) {
        let Some(no) = self.follow_ups.get(follow_up.index()).copied() else { return };
        let citizen = self.case(no).citizen;
        let (done, kept) = (self.parameter(Parameter::FollowUpDoneShare), self.parameter(Parameter::ChangeKeptShare));
        let dice = self.dice_of(citizen);
        let (done, kept, other) = (dice.chance(done), dice.chance(kept), dice.chance(0.5));
        let outcome = match (done, kept, other) {
            (true, true, _) => FollowUpOutcome::Done(Kept::Kept),
            (true, false, true) => FollowUpOutcome::Done(Kept::Partly),
            (true, false, false) => FollowUpOutcome::Done(Kept::Lost),
            (false, _, true) => FollowUpOutcome::NotReached,
            (false, _, false) => FollowUpOutcome::Declined,
        };
        self.emit(Action::FollowUp { follow_up, outcome });
        self.case(no).agreed.retain(|(one, _)| *one != follow_up);
        self.is_left_alone(no);
    }

    fn measure_well_being_again(&mut self, no: CaseNo) {
        let case = self.case(no);
        let (citizen, Some(before), completed) = (case.citizen, case.well_being, case.completed) else { return };
        let gained = if completed { self.parameter(Parameter::WellBeingGained) } else { 0.0 };
        let spread = self.parameter(Parameter::WellBeingGainedDeviation);
        // Points of WHO-5 are a quarter of its index.
        let after = f64::from(before.points) * 4.0 + self.dice_of(citizen).normal(gained, spread);
        let measurement = Measurement::about(Tool::WellBeing, Phase::End, after);
        self.emit(Action::Measure { citizen, measurement });
    }
}
