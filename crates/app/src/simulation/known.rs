//! The ids that the program gave, beside the numbers that the simulation has.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use domain::citizen::Needs;
use domain::ids::{
    AppointmentId, CitizenId, CourseId, FollowUpId, PlannedInterventionId, SeatOfferId, ServiceRequestId, SessionId,
    TeamId,
};
use domain::safety::Question;
use simulation::{CaseNo, CitizenNo, FollowUpNo, InterventionNo, Request, RequestNo, TeamNo};

use crate::AppError;

/// What is known so far.
#[derive(Default)]
pub(super) struct Known {
    pub citizens: HashMap<CitizenNo, CitizenId>,
    pub requests: HashMap<RequestNo, (ServiceRequestId, Request)>,
    pub courses: HashMap<CaseNo, (CourseId, CitizenId)>,
    pub interventions: HashMap<InterventionNo, (PlannedInterventionId, CitizenId)>,
    pub appointments: HashMap<InterventionNo, AppointmentId>,
    pub teams: HashMap<TeamNo, (TeamId, Vec<SessionId>)>,
    pub offers: HashMap<(TeamNo, InterventionNo), SeatOfferId>,
    pub follow_ups: HashMap<FollowUpNo, (FollowUpId, CitizenId)>,
    /// What each needs to take part, once it was asked.
    pub needs: HashMap<CitizenId, Needs>,
    /// All answers about safety so far: those that are not given again would be forgotten.
    pub safety: HashMap<CaseNo, BTreeMap<Question, bool>>,
}

/// The id of a number; one that nothing was made for is a fault of the simulation.
pub(super) fn of<K: Eq + Hash, V: Clone>(known: &HashMap<K, V>, key: &K, what: &'static str) -> Result<V, AppError> {
    known.get(key).cloned().ok_or(AppError::NotFound(what))
}
