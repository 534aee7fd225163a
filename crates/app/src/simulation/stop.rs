//! What nicotine cessation has besides: STOPbasen's consents and forms, the stop date, how it ended, and the call after six
//! months.

use domain::consent::{ConsentForm, ConsentPurpose};
use domain::follow_up::{FollowUp, FollowUpState, Kept};
use domain::ids::{CitizenId, CourseId};
use domain::quantity::Quantity;
use domain::response::{Answer, Answers};
use domain::stop_course::{ALL_THE_TIME, StopForm, StopOutcome};
use domain::workdays::local_date;
use jiff::civil::Date;
use simulation::{CaseNo, CitizenNo, FollowUpNo, FollowUpOutcome};
use store::{Seen, Tx};

use super::driver::Driver;
use super::known;
use crate::courses::{self, ConsentInput};
use crate::measures::{self, Instruments, ResponseInput};
use crate::stopbasen::{self, EndedInput, NotReachedInput, SMOKE_FREE_NOW};
use crate::{AppError, ids, records};

impl Driver {
    pub(super) async fn begin_stop(
        &self,
        case: CaseNo,
        (register, contact): (bool, bool),
        stop_on: Date,
    ) -> Result<(), AppError> {
        let (course, citizen) = known::of(&self.known.courses, &case, "course")?;
        let registered = Some((ConsentPurpose::Stopbasen, register));
        let contacted = register.then_some((ConsentPurpose::StopbasenFollowUp, contact));
        for (purpose, given) in registered.into_iter().chain(contacted) {
            let input = ConsentInput { purpose, given, form: ConsentForm::Oral };
            courses::record_consent(&self.app, self.cast.anyone(), citizen, input).await?;
        }
        stopbasen::agree_stop_date(&self.app, self.cast.anyone(), course, None, Some(stop_on)).await
    }

    pub(super) async fn fill_stop_form(&self, citizen: CitizenNo, form: StopForm) -> Result<(), AppError> {
        let citizen = known::of(&self.known.citizens, &citizen, "citizen")?;
        self.answer(citizen, form, Answers::new()).await
    }

    pub(super) async fn say_stop_end(
        &mut self,
        case: CaseNo,
        outcome: StopOutcome,
        occasion: Option<FollowUpNo>,
    ) -> Result<(), AppError> {
        let (course, citizen) = known::of(&self.known.courses, &case, "course")?;
        let input = EndedInput { outcome, no_contact: false };
        stopbasen::say_end(&self.app, self.cast.anyone(), course, None, input).await?;
        self.remember_occasion(course, citizen, occasion).await
    }

    pub(super) async fn call_after_stop(
        &mut self,
        case: CaseNo,
        outcome: FollowUpOutcome,
        occasion: Option<FollowUpNo>,
    ) -> Result<(), AppError> {
        let (course, citizen) = known::of(&self.known.courses, &case, "course")?;
        let not_reached = match outcome {
            FollowUpOutcome::Done(kept) => {
                self.answer(citizen, StopForm::SixMonths, said(kept)).await?;
                return self.remember_occasion(course, citizen, occasion).await;
            }
            FollowUpOutcome::NotReached => {
                NotReachedInput::GivenUp("Tog ikke telefonen, og svarede ikke på brevet.".to_owned())
            }
            FollowUpOutcome::Declined => NotReachedInput::Declined,
        };
        let planned = self.planned(course, citizen).await?;
        let ours = planned.iter().find(|follow_up| follow_up.stop.is_some());
        let id = ours.map(|follow_up| follow_up.id).ok_or(AppError::NotFound("follow_up"))?;
        stopbasen::not_reached(&self.app, self.cast.anyone(), id, not_reached).await
    }

    /// A form with what is known already and what was said; the rest is not stated.
    async fn answer(&self, citizen: CitizenId, form: StopForm, said: Answers) -> Result<(), AppError> {
        let home = self.app.organization(self.cast.anyone().organization).await?;
        let now = self.app.now();
        let read = move |tx: &mut Tx<'_>| {
            let known = Instruments::read(tx, &home.settings.instruments_off)?;
            let items = known.to_answer(form.word())?.items.iter().map(|item| (item.no, Answer::NotStated));
            let mut answers: Answers = items.collect();
            let record = records::citizen_record(tx, citizen)?;
            answers.extend(stopbasen::prefilled(tx, &home, &record, form, local_date(now))?);
            Ok::<_, AppError>(Seen::record(citizen.0, answers))
        };
        let mut answers = self.app.store.view(self.cast.anyone().scope("simulation.read", now), read).await?;
        answers.extend(said);
        let input = ResponseInput::of(form.word(), form.phase(), answers);
        measures::record(&self.app, self.cast.anyone(), citizen, ids::new(now), input).await?;
        Ok(())
    }

    /// The new occasion to get help that was agreed by itself gets the number that the simulation has for it.
    async fn remember_occasion(
        &mut self,
        course: CourseId,
        citizen: CitizenId,
        occasion: Option<FollowUpNo>,
    ) -> Result<(), AppError> {
        let Some(number) = occasion else { return Ok(()) };
        let planned = self.planned(course, citizen).await?;
        let is_known = |id| self.known.follow_ups.values().any(|(known, _)| *known == id);
        let new = planned.iter().find(|follow_up| follow_up.stop.is_none() && !is_known(follow_up.id));
        let id = new.map(|follow_up| follow_up.id).ok_or(AppError::NotFound("follow_up"))?;
        self.known.follow_ups.insert(number, (id, citizen));
        Ok(())
    }

    /// The follow-ups of a course that are not over.
    async fn planned(&self, course: CourseId, citizen: CitizenId) -> Result<Vec<FollowUp>, AppError> {
        let read = move |tx: &mut Tx<'_>| {
            let record = records::citizen_record(tx, citizen)?;
            let all = record.follow_ups.iter().map(|follow_up| &follow_up.value);
            let planned = all.filter(|one| one.course == course && one.state == FollowUpState::Planned);
            Ok::<_, AppError>(Seen::record(citizen.0, planned.cloned().collect()))
        };
        self.app.store.view(self.cast.anyone().scope("simulation.read", self.app.now()), read).await
    }
}

/// What somebody says who is spoken to after six months.
fn said(kept: Kept) -> Answers {
    let yes = |yes: bool| Answer::Value(Quantity::whole(i32::from(yes)));
    [(ALL_THE_TIME, yes(kept == Kept::Kept)), (SMOKE_FREE_NOW, yes(kept != Kept::Lost))].into()
}
