//! A class inside the model, and who is asked about its seats: in the order of [`domain::team::in_order`], nowhere else.

use domain::ids::{CitizenId, PlannedInterventionId};
use domain::team::{OfferState, Waiting, in_order, next_to_ask};
use jiff::civil::Date;
use uuid::Uuid;

use crate::calendar::Moment;
use crate::event::{CitizenNo, InterventionNo};

/// A class.
#[derive(Debug, Clone)]
pub struct Team {
    /// The place of its programme.
    pub programme: usize,
    /// How many can take part.
    pub seats: u16,
    /// When each session ends.
    pub ends: Vec<Moment>,
    /// When the first begins: nobody joins after it.
    pub begins: Moment,
    /// Who has a seat.
    pub seated: Vec<InterventionNo>,
    /// Who is asked and has not answered.
    pub asked: Vec<InterventionNo>,
    /// Who said no.
    pub refused: Vec<InterventionNo>,
}

/// Somebody who waits.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// Who.
    pub citizen: CitizenNo,
    /// For which intervention.
    pub intervention: InterventionNo,
    /// Since when.
    pub granted_on: Date,
    /// How much it is needed.
    pub need: domain::team::WaitingNeed,
}

impl Team {
    /// Seats that nobody has and nobody is asked about.
    pub fn free(&self) -> usize {
        usize::from(self.seats).saturating_sub(self.seated.len() + self.asked.len())
    }

    /// Who is asked next, as many as there are seats free. Who said no to this class is not asked again.
    pub fn next(&self, waiting: impl Iterator<Item = Waits>) -> Vec<InterventionNo> {
        let free = self.free();
        if free == 0 {
            return Vec::new();
        }
        let order = in_order(waiting.map(|one| self.waiting(one)).collect());
        let mut chosen = Vec::with_capacity(free);
        for rank in 0..order.len().min(free) {
            let Some(next) = order.get(rank..).and_then(next_to_ask) else { break };
            chosen.extend(u32::try_from(next.intervention.0.as_u128()).map(InterventionNo));
        }
        chosen
    }

    fn waiting(&self, one: Waits) -> Waiting {
        Waiting {
            citizen: CitizenId(Uuid::from_u128(u128::from(one.citizen.0))),
            intervention: PlannedInterventionId(Uuid::from_u128(u128::from(one.intervention.0))),
            granted_on: one.granted_on,
            need: one.need,
            passed_by: self.refused.contains(&one.intervention).then_some(OfferState::Declined),
            left: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::team::WaitingNeed;
    use jiff::civil::date;

    fn team(seats: u16) -> Team {
        Team {
            programme: 0,
            seats,
            ends: Vec::new(),
            begins: Moment::default(),
            seated: Vec::new(),
            asked: Vec::new(),
            refused: Vec::new(),
        }
    }

    fn waits(number: u32, day: i8, need: WaitingNeed) -> Waits {
        let (citizen, intervention) = (CitizenNo(number), InterventionNo(number));
        Waits { citizen, intervention, granted_on: date(2026, 1, day), need }
    }

    #[test]
    fn need_comes_first_and_then_who_has_waited_longest() {
        let list = [
            waits(1, 9, WaitingNeed::Ordinary),
            waits(2, 5, WaitingNeed::Ordinary),
            waits(3, 20, WaitingNeed::Support),
            waits(4, 5, WaitingNeed::Ordinary),
        ];
        let numbers = |team: &Team| team.next(list.into_iter()).iter().map(|one| one.0).collect::<Vec<_>>();
        assert_eq!(numbers(&team(3)), [3, 2, 4]);
        let refused = Team { refused: vec![InterventionNo(3)], asked: vec![InterventionNo(9)], ..team(3) };
        assert_eq!(numbers(&refused), [2, 4], "who said no is not asked again, and an open offer holds a seat");
        assert!(numbers(&team(0)).is_empty());
        let all_refused = Team { refused: (1..=4).map(InterventionNo).collect(), ..team(3) };
        assert!(numbers(&all_refused).is_empty());
    }
}
