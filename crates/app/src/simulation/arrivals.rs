//! Requests that come, and what is done with them until the first step.

use domain::citizen::{Address, Citizen, Phone, PhoneKind};
use domain::contact::ContactChannel;
use domain::ids::{CitizenId, ServiceRequestId};
use domain::referral::{DeclineReason, FirstStep};
use simulation::{CaseNo, InterventionNo, ReferredBy, Request, RequestNo};
use store::{Seen, Tx};

use super::driver::Driver;
use super::{known, letter};
use crate::referrals::{self, AttemptInput, CheckInput, DeclineInput, NewRequest, RouteInput};
use crate::{AppError, ids, mailbox, nightly, records};

impl Driver {
    /// By MedCom through the mailbox, or taken down by the visitator.
    pub(super) async fn receive(&mut self, request: Request) -> Result<(), AppError> {
        let (id, citizen) = match request.referrer {
            Some(by) => self.receive_letter(&request, by).await?,
            None => self.take_down(&request).await?,
        };
        self.known.citizens.insert(request.citizen, citizen);
        self.known.requests.insert(request.request, (id, request));
        Ok(())
    }

    async fn receive_letter(
        &mut self,
        request: &Request,
        by: ReferredBy,
    ) -> Result<(ServiceRequestId, CitizenId), AppError> {
        let who = self.cast.visitator.clone();
        let home = self.app.organization(who.organization).await?;
        let now = self.app.now();
        self.letters += 1;
        let bytes = letter::letter(request, by, &home, self.letters, now)?;
        let received = mailbox::receive_for(&self.app, home.key, ids::new(now), bytes).await?;
        let id = *received.referrals.first().ok_or(AppError::Rule {
            code: "letter_not_taken",
            message: "Den simulerede henvisning blev ikke modtaget.",
        })?;
        let read =
            move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(records::citizen_of(tx, "service_request", id)?));
        let citizen = self.app.store.view(who.scope("simulation.read", now), read).await?;
        Ok((ServiceRequestId(id), citizen))
    }

    async fn take_down(&self, request: &Request) -> Result<(ServiceRequestId, CitizenId), AppError> {
        let person = &request.person;
        let citizen = Citizen {
            address: request.home.map(|home| Address {
                post_code: Some(home.post_code.to_owned()),
                district: Some(home.name.to_owned()),
                ..Address::default()
            }),
            phones: vec![Phone { number: person.phone.clone(), kind: PhoneKind::Mobile }],
            ..Citizen::named(ids::new(self.app.now()), person.identity.clone(), person.name.clone())
        };
        let new = NewRequest {
            cpr: None,
            given: person.name.given.clone(),
            surname: Some(person.name.surname.clone()),
            phone: Some(person.phone.clone()),
            source: request.source,
            channel: request.channel,
            areas: request.areas.clone(),
            chronic_disease: Some(request.chronic_disease),
            operation_on: None,
            text: Some(request.text.to_owned()),
            anonymous: false,
        };
        let made = referrals::register_person(&self.app, &self.cast.visitator, new, citizen, None).await?;
        Ok((made.id, made.citizen))
    }

    pub(super) async fn check(&self, request: RequestNo) -> Result<(), AppError> {
        let (id, request) = known::of(&self.known.requests, &request, "request")?;
        let input =
            CheckInput { areas: request.areas, chronic_disease: Some(request.chronic_disease), operation_on: None };
        referrals::check(&self.app, &self.cast.visitator, id, None, input).await?;
        Ok(())
    }

    pub(super) async fn attempt(&self, request: RequestNo, reached: bool) -> Result<(), AppError> {
        let note = if reached { "Talt med borgeren." } else { "Tog ikke telefonen." };
        let input =
            AttemptInput { reached, channel: ContactChannel::Phone, note: Some(note.to_owned()), next_on: None };
        referrals::attempt(&self.app, &self.cast.visitator, self.id_of(request)?, None, input).await?;
        Ok(())
    }

    pub(super) async fn send_letter(&self, request: RequestNo) -> Result<(), AppError> {
        referrals::send_letter(&self.app, &self.cast.visitator, self.id_of(request)?, None).await?;
        Ok(())
    }

    /// What the hourly round does by itself.
    pub(super) async fn close_unanswered(&self) -> Result<(), AppError> {
        let program = nightly::program(self.cast.visitator.organization);
        referrals::close_expired(&self.app, &program).await?;
        Ok(())
    }

    pub(super) async fn decline(&self, request: RequestNo, reason: DeclineReason) -> Result<(), AppError> {
        let input = DeclineInput { reason, tell_sender: None };
        referrals::decline(&self.app, &self.cast.visitator, self.id_of(request)?, None, input).await?;
        Ok(())
    }

    pub(super) async fn route(
        &mut self,
        request: RequestNo,
        case: CaseNo,
        step: FirstStep,
        planned: InterventionNo,
    ) -> Result<(), AppError> {
        let (id, request) = known::of(&self.known.requests, &request, "request")?;
        let input = RouteInput { step, reason: None };
        let routed = referrals::route(&self.app, &self.cast.visitator, id, None, input).await?;
        let citizen = known::of(&self.known.citizens, &request.citizen, "citizen")?;
        self.known.courses.insert(case, (routed.course, citizen));
        let intervention = routed.intervention.ok_or(AppError::NotFound("planned_intervention"))?;
        self.known.interventions.insert(planned, (intervention, citizen));
        Ok(())
    }

    fn id_of(&self, request: RequestNo) -> Result<ServiceRequestId, AppError> {
        Ok(known::of(&self.known.requests, &request, "request")?.0)
    }
}
