//! Identifiers of everything we keep: UUIDs of version 7, given once, stable for life, the same in the FHIR report.

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident,)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A citizen (borger).
    CitizenId,
    /// A partner organisation: referrer, supplier, own unit, association.
    OrganizationId,
    /// A referral or other request.
    ServiceRequestId,
    /// A referral diagnosis.
    FocusConditionId,
    /// An FSIII condition.
    ConditionId,
    /// A course (forløb).
    CourseId,
    /// A course of interventions (indsatsforløb).
    CarePlanId,
    /// An intervention (indsats).
    PlannedInterventionId,
    /// A contact (kontakt).
    EncounterId,
    /// A goal in the citizen's words.
    GoalId,
    /// A consent for one purpose.
    ConsentId,
    /// A decision about a notification (underretning).
    NotificationId,
    /// A task.
    TaskId,
    /// One attempt to reach a citizen.
    ContactAttemptId,
    /// A message, in or out.
    MessageId,
    /// A team (hold).
    TeamId,
    /// An offer of the catalogue (tilbud).
    OfferId,
    /// An improvement board (forbedringstavle).
    ImprovementBoardId,
    /// A test of a change on a board.
    ImprovementTestId,
    /// One session of a team (holdgang).
    SessionId,
    /// An offer of a seat on a team.
    SeatOfferId,
    /// A short message to a citizen.
    NoticeId,
    /// An agreed follow-up.
    FollowUpId,
    /// One time that an open offer was held.
    OpenEventId,
    /// The time of a planned talk.
    AppointmentId,
    /// A response to an instrument.
    ResponseId,
    /// An activity in the directory of associations.
    ActivityId,
    /// Something that was looked for there and not found.
    ActivityGapId,
    /// A citizen's way to an activity.
    BridgeId,
    /// A course of another department that ours is coordinated with.
    CoordinationId,
    /// A meeting with practice or other partners.
    MeetingId,
    /// Something that was agreed at a meeting.
    AgreedId,
    /// A note of a practice consultant.
    ConsultantNoteId,
    /// News to practices about what changed.
    PracticeNewsId,
    /// An estimate of a year's referrals.
    EstimateId,
    /// What makes packs by itself.
    PackScheduleId,
    /// A member of staff.
    UserId,
}
