//! Who is reached: calls with a chance of an answer, the letter, the citizen who rings back, and the first step.

use domain::codes::{InterventionCode, RequestedArea};
use domain::limits::Limits;
use domain::referral::{DeclineReason, FirstStep};

use super::state::{Case, Intervention, next_no};
use super::{Simulation, Step};
use crate::calendar::Moment;
use crate::calibration::Parameter;
use crate::event::{Action, CaseNo, CitizenNo, InterventionNo, RequestNo};
use crate::expected::PHONE_ANSWER;

impl Simulation {
    /// Read, and called within days.
    pub(super) fn check(&mut self, request: RequestNo) {
        self.emit(Action::Check { request });
        let citizen = self.request(request).citizen;
        let most = self.whole(Parameter::CallWorkdaysMost);
        let call_at = self.workdays_on(citizen, 0, most).max(self.now.later(5));
        self.put(call_at, Step::Call(request));
    }

    /// A call is answered, or tried again, or the letter is sent.
    pub(super) fn call(&mut self, request: RequestNo) {
        let citizen = self.request(request).citizen;
        if self.chance_by_level(citizen, PHONE_ANSWER) {
            return self.reach(request);
        }
        self.emit(Action::Attempt { request, reached: false });
        let open = self.request(request);
        open.attempts += 1;
        if open.attempts < Limits::default().contact_attempts_max {
            let most = self.whole(Parameter::CallAgainWorkdaysMost);
            let again_at = self.workdays_on(citizen, 1, most);
            return self.put(again_at, Step::Call(request));
        }
        self.emit(Action::SendLetter { request });
        let (day, rings) = (self.now.day(), self.parameter(Parameter::LetterAnswer));
        if self.chance(citizen, rings) {
            let most = self.whole(Parameter::RingBackDaysMost);
            let later = self.dice_of(citizen).between(3, most);
            let ring_at = Moment::at(self.calendar.workday_from(day + later), 10 * 60);
            self.put(ring_at, Step::RingBack(request));
        } else {
            let over = day + u32::from(Limits::default().unreachable_open_days) + 1;
            self.put(Moment::at(self.calendar.workday_from(over), 7 * 60), Step::LetterOver(request));
        }
    }

    /// The citizen rings after the letter.
    pub(super) fn ring_back(&mut self, request: RequestNo) {
        self.reach(request);
    }

    /// Nobody rang.
    pub(super) fn letter_over(&mut self, request: RequestNo) {
        self.emit(Action::CloseUnanswered { request });
        let citizen = self.request(request).citizen;
        self.closed.push(citizen);
    }

    fn reach(&mut self, request: RequestNo) {
        self.emit(Action::Attempt { request, reached: true });
        let open = *self.request(request);
        let declines = match open.about {
            RequestedArea::Nicotine => Parameter::NicotineDeclineShare,
            _ => Parameter::DeclineShare,
        };
        let declines = self.parameter(declines);
        if self.chance(open.citizen, declines) {
            let others = [DeclineReason::NoNeed, DeclineReason::WorkOrFamily, DeclineReason::Transport];
            let reason = self.dice_of(open.citizen).pick(DeclineReason::NotNow, &others);
            self.emit(Action::Decline { request, reason });
            return self.closed.push(open.citizen);
        }
        self.route(request, open.citizen, open.about);
    }

    fn route(&mut self, request: RequestNo, citizen: CitizenNo, about: RequestedArea) {
        let (step, code) = match about {
            RequestedArea::Nicotine => (FirstStep::NicotineStart, Some(InterventionCode::NicotineCessation)),
            RequestedArea::Alcohol => (FirstStep::AlcoholTalk, Some(InterventionCode::AlcoholTalk)),
            _ => (FirstStep::ClarifyingTalk, None),
        };
        let case = CaseNo(next_no(&self.cases));
        let nicotine = about == RequestedArea::Nicotine;
        self.cases.push(Case {
            citizen,
            missed: 0,
            running: u8::from(code.is_some()),
            completed: false,
            well_being: None,
            nicotine,
            smoke_free: false,
            agreed: Vec::new(),
            call_after_stop: false,
            over: false,
        });
        let planned = self.new_intervention(case, citizen, code);
        self.emit(Action::Route { request, case, step, planned });
        match code {
            None => self.book_talk(planned, false),
            Some(_) => self.begin_directly(planned, nicotine),
        }
    }

    /// An intervention with what will become of it; none of the programmes for a talk.
    pub(super) fn new_intervention(
        &mut self,
        case: CaseNo,
        citizen: CitizenNo,
        code: Option<InterventionCode>,
    ) -> InterventionNo {
        let no = InterventionNo(next_no(&self.interventions));
        let programme = code.and_then(|code| self.calibration().programmes().iter().position(|p| p.code == code));
        let (group, drops_at) = programme.map_or((false, None), |place| self.fate(citizen, place));
        self.interventions.push(Intervention {
            case,
            citizen,
            programme,
            granted_on: self.calendar.date(self.now.day()),
            need: self.need_of(citizen),
            drops_at,
            held: 0,
            group,
            start_talk: false,
            refused: 0,
            team: None,
            test: None,
            next: None,
        });
        no
    }
}
