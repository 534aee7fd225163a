//! Offers of a seat: a state machine over time. An open offer holds a seat until it is answered, withdrawn or runs out.
//!
//! Source: the flow, section 3 (considered, offered, accepted, waiting); scenario I6. How long a citizen has to answer is
//! the municipality's own ([`crate::limits::Limits::seat_offer_workdays`]).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Team, TeamError};
use crate::codes::InterventionCode;
use crate::ids::{CitizenId, PlannedInterventionId, SeatOfferId};
use crate::words::word_enum;

word_enum! {
    /// Where an offer stands. Only an open one changes.
    pub enum OfferState {
        /// Nobody has answered.
        Open = ("open", "Venter på svar"),
        /// The citizen has the seat.
        Accepted = ("accepted", "Sagt ja"),
        /// The citizen said no.
        Declined = ("declined", "Sagt nej"),
        /// Nobody answered in time.
        Expired = ("expired", "Ikke svaret i tide"),
        /// Taken back by staff.
        Withdrawn = ("withdrawn", "Trukket tilbage"),
    }
}

/// A seat that a citizen is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatOffer {
    /// Stable id.
    pub id: SeatOfferId,
    /// Who is asked.
    pub citizen: CitizenId,
    /// For which granted intervention.
    pub intervention: PlannedInterventionId,
    /// When it was made.
    pub made_at: Timestamp,
    /// The last moment to answer.
    pub answer_by: Timestamp,
    /// Where it stands.
    pub state: OfferState,
}

impl SeatOffer {
    /// Open, and its time is over.
    pub fn ran_out(&self, now: Timestamp) -> bool {
        self.state == OfferState::Open && self.answer_by < now
    }
}

impl Team {
    /// Offers that wait for an answer.
    pub fn open_offers(&self) -> impl Iterator<Item = &SeatOffer> {
        self.offers.iter().filter(|offer| offer.state == OfferState::Open)
    }

    /// The first moment at which an open offer runs out.
    pub fn next_answer_by(&self) -> Option<Timestamp> {
        self.open_offers().map(|offer| offer.answer_by).min()
    }

    /// Offers a citizen a free seat. The seat is held until there is an answer.
    pub fn offer(mut self, offer: SeatOffer, code: InterventionCode) -> Result<Self, TeamError> {
        if code.is_talk() || code == InterventionCode::AlcoholTalk {
            return Err(TeamError::NotInTeams);
        }
        if code != self.code {
            return Err(TeamError::OtherIntervention);
        }
        if self.has_seat(offer.citizen) {
            return Err(TeamError::AlreadyEnrolled);
        }
        if self.open_offers().any(|open| open.citizen == offer.citizen) {
            return Err(TeamError::AlreadyOffered);
        }
        if offer.answer_by <= offer.made_at {
            return Err(TeamError::AnswerBeforeOffer);
        }
        if self.free_seats() == 0 {
            return Err(TeamError::Full);
        }
        self.offers.push(SeatOffer { state: OfferState::Open, ..offer });
        Ok(self)
    }

    /// The citizen says yes, and has the seat.
    pub fn accept(mut self, offer: SeatOfferId, now: Timestamp) -> Result<Self, TeamError> {
        let open = self.answerable(offer)?;
        if open.ran_out(now) {
            return Err(TeamError::OfferExpired);
        }
        let (citizen, intervention) = (open.citizen, open.intervention);
        open.state = OfferState::Accepted;
        // Somebody may have got a seat of this team in another way meanwhile; a second one is of no use.
        if !self.has_seat(citizen) {
            self.enrolled.push(super::Seat { citizen, intervention, left: false });
        }
        Ok(self)
    }

    /// The citizen says no. A no is a no also after the time is over.
    pub fn decline(mut self, offer: SeatOfferId) -> Result<Self, TeamError> {
        self.answerable(offer)?.state = OfferState::Declined;
        Ok(self)
    }

    /// Staff take an offer back.
    pub fn withdraw(mut self, offer: SeatOfferId) -> Result<Self, TeamError> {
        self.answerable(offer)?.state = OfferState::Withdrawn;
        Ok(self)
    }

    /// Lets every offer whose time is over run out. Nothing happens a second time.
    #[must_use]
    pub fn expire(mut self, now: Timestamp) -> Self {
        for offer in self.offers.iter_mut().filter(|offer| offer.ran_out(now)) {
            offer.state = OfferState::Expired;
        }
        self
    }

    /// Whether the citizen was asked about a seat of this team before and did not take it.
    pub fn passed_by(&self, citizen: CitizenId) -> Option<OfferState> {
        let own = self.offers.iter().rev().find(|offer| offer.citizen == citizen)?;
        matches!(own.state, OfferState::Declined | OfferState::Expired).then_some(own.state)
    }

    fn answerable(&mut self, id: SeatOfferId) -> Result<&mut SeatOffer, TeamError> {
        let offer = self.offers.iter_mut().find(|offer| offer.id == id).ok_or(TeamError::NoSuchOffer)?;
        match offer.state {
            OfferState::Open => Ok(offer),
            OfferState::Expired => Err(TeamError::OfferExpired),
            OfferState::Accepted | OfferState::Declined | OfferState::Withdrawn => Err(TeamError::OfferAnswered),
        }
    }
}
