//! One event, one command.

use simulation::{Action, Programme};

use super::cast::Cast;
use super::known::Known;
use crate::{App, AppError};

/// The program at the simulation's time, who acts in it, and what it has made.
pub(super) struct Driver {
    pub(super) app: App,
    pub(super) cast: Cast,
    pub(super) known: Known,
    pub(super) programmes: Vec<Programme>,
    /// Letters sent so far; each has ids of its own.
    pub(super) letters: u64,
}

/// What an event counts as in what a run made.
#[derive(Default)]
pub(super) struct Counts {
    pub request: bool,
    pub course: bool,
    pub end: bool,
}

impl Driver {
    pub(super) fn new(app: App, cast: Cast, programmes: Vec<Programme>) -> Self {
        Self { app, cast, known: Known::default(), programmes, letters: 0 }
    }

    /// Does what the event says.
    pub(super) async fn apply(&mut self, action: Action) -> Result<(), AppError> {
        match action {
            Action::OpenTeam(team) => self.open_team(*team).await,
            Action::Receive(request) => self.receive(*request).await,
            Action::Check { request } => self.check(request).await,
            Action::Attempt { request, reached } => self.attempt(request, reached).await,
            Action::SendLetter { request } => self.send_letter(request).await,
            Action::CloseUnanswered { .. } => self.close_unanswered().await,
            Action::Decline { request, reason } => self.decline(request, reason).await,
            Action::Route { request, case, step, planned } => self.route(request, case, step, planned).await,
            Action::BookTalk { talk, professional, time, again } => {
                self.book_talk(talk, professional, time, again).await
            }
            Action::Stratify { case, scored, level } => self.stratify(case, scored, level).await,
            Action::HoldTalk { talk, time, class, answers, grants } => {
                self.hold_talk(talk, time, class, &answers, &grants).await
            }
            Action::AnswerSafety { case, answers } => self.answer_safety(case, &answers).await,
            Action::SetNeed { intervention, need } => self.set_need(intervention, need).await,
            Action::OfferSeat { team, intervention } => self.offer_seat(team, intervention).await,
            Action::AnswerOffer { team, intervention, yes } => self.answer_offer(team, intervention, yes).await,
            Action::TakeAttendance { team, session, asked, absent } => {
                self.take_attendance(team, session, &asked, &absent).await
            }
            Action::Leave { team, intervention } => self.leave(team, intervention).await,
            Action::Contact { intervention, time, class, professional } => {
                self.contact(intervention, time, class, professional).await
            }
            Action::Measure { citizen, measurement } => self.measure(citizen, measurement).await,
            Action::BeginStop { case, register, contact, stop_on } => {
                self.begin_stop(case, (register, contact), stop_on).await
            }
            Action::FillStopForm { citizen, form } => self.fill_stop_form(citizen, form).await,
            Action::SayStopEnd { case, outcome, occasion } => self.say_stop_end(case, outcome, occasion).await,
            Action::CallAfterStop { case, outcome, occasion } => self.call_after_stop(case, outcome, occasion).await,
            Action::EndIntervention { intervention, reason } => self.end_intervention(intervention, reason).await,
            Action::Withdraw { case, reason } => self.withdraw(case, reason).await,
            Action::Close { case, talk, goal, consent, follow_ups } => {
                self.close(case, talk, goal, consent, &follow_ups).await
            }
            Action::FollowUp { follow_up, outcome } => self.follow_up(follow_up, outcome).await,
        }
    }
}

/// What an action is called.
pub(super) const fn name(action: &Action) -> &'static str {
    match action {
        Action::OpenTeam(_) => "open team",
        Action::Receive(_) => "receive",
        Action::Check { .. } => "check",
        Action::Attempt { .. } => "attempt",
        Action::SendLetter { .. } => "send letter",
        Action::CloseUnanswered { .. } => "close unanswered",
        Action::Decline { .. } => "decline",
        Action::Route { .. } => "route",
        Action::BookTalk { .. } => "book talk",
        Action::Stratify { .. } => "stratify",
        Action::HoldTalk { .. } => "hold talk",
        Action::AnswerSafety { .. } => "answer safety",
        Action::SetNeed { .. } => "set need",
        Action::OfferSeat { .. } => "offer seat",
        Action::AnswerOffer { .. } => "answer offer",
        Action::TakeAttendance { .. } => "take attendance",
        Action::Leave { .. } => "leave",
        Action::Contact { .. } => "contact",
        Action::Measure { .. } => "measure",
        Action::BeginStop { .. } => "begin stop",
        Action::FillStopForm { .. } => "fill stop form",
        Action::SayStopEnd { .. } => "say stop end",
        Action::CallAfterStop { .. } => "call after stop",
        Action::EndIntervention { .. } => "end intervention",
        Action::Withdraw { .. } => "withdraw",
        Action::Close { .. } => "close",
        Action::FollowUp { .. } => "follow up",
    }
}

/// What an action counts as.
pub(super) const fn counts(action: &Action) -> Counts {
    Counts {
        request: matches!(action, Action::Receive(_)),
        course: matches!(action, Action::Route { .. }),
        end: matches!(action, Action::Close { .. } | Action::Withdraw { .. }),
    }
}
