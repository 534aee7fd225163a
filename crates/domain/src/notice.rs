//! Short messages to a citizen: how each is given. What is said in one is no health data, since anybody may see a screen.
//!
//! Source: the flow, messages and letters, and invariant 11 (no message to a dead citizen).

use crate::citizen::{Citizen, PhoneKind};
use crate::words::word_enum;

word_enum! {
    /// How a short message is given.
    pub enum NoticeChannel {
        /// By text message to a mobile telephone.
        Sms = ("sms", "SMS"),
        /// Somebody rings.
        Call = ("call", "Opringning"),
        /// By letter.
        Letter = ("letter", "Brev"),
    }
}

word_enum! {
    /// What a short message is about.
    pub enum NoticeKind {
        /// A seat on a team is offered.
        SeatOffer = ("seat_offer", "Tilbud om plads"),
        /// A session is called off.
        Cancelled = ("cancelled", "Aflysning"),
        /// A time is booked, or got another hour (M4).
        Confirmed = ("confirmed", "Bekræftelse af tid"),
        /// A time is called off.
        TimeOff = ("time_off", "Aflyst tid"),
        /// A seat on a team is given (M7).
        Seat = ("seat", "Plads på hold"),
        /// Some days before a time.
        Reminder = ("reminder", "Påmindelse"),
        /// On the day of a time.
        DayReminder = ("day_reminder", "Påmindelse på dagen"),
        /// The plan that was made together (M5).
        Plan = ("plan", "Plan"),
        /// What the course led to, and the way back (M15).
        Closing = ("closing", "Afslutningsbrev"),
        /// A follow-up is due (M16).
        FollowUp = ("follow_up", "Opfølgning"),
        /// What was offered to somebody who was referred for something else (M6).
        Offered = ("offered", "Svar om tilbuddet"),
        /// A question about medicine or training to the doctor who treats the citizen (M8).
        DoctorQuestion = ("doctor_question", "Spørgsmål til lægen"),
        /// A referral to alcohol treatment (M9).
        TreatmentReferral = ("treatment_referral", "Henvisning til alkoholbehandling"),
        /// A referral to the region's family clinic (M10).
        FamilyClinic = ("family_clinic", "Henvisning til familieambulatorium"),
        /// The result of a screening to the doctor who treats the citizen (M11).
        ScreeningResult = ("screening_result", "Resultat af screening"),
        /// No course began (M17).
        NonStart = ("non_start", "Forløbet gik ikke i gang"),
        /// Another municipality takes over (M18).
        Transfer = ("transfer", "Overdragelse til anden kommune"),
    }
}

word_enum! {
    /// Where a short message stands.
    pub enum NoticeState {
        /// Somebody or something must still give it.
        Waiting = ("waiting", "Mangler"),
        /// It is being handed over to whoever sends it.
        Sending = ("sending", "Sendes nu"),
        /// It was given.
        Done = ("done", "Givet"),
        /// It is no longer needed.
        Dropped = ("dropped", "Bortfaldet"),
    }
}

/// Tries to send a text message, by [`crate::tries::next_try`], before a colleague rings instead.
pub const MOST_TRIES: u8 = 5;

impl NoticeKind {
    /// Whether it says that a time comes closer, and has nothing to say when the time is over or another.
    pub const fn is_reminder(self) -> bool {
        matches!(self, Self::Reminder | Self::DayReminder)
    }
}

/// How a citizen gets short messages: as they want it, as far as that can be done; otherwise by what is known of them.
/// A letter when nothing is known; none for the dead.
pub fn channel_for(citizen: &Citizen) -> Option<NoticeChannel> {
    if citizen.deceased_on.is_some() || citizen.entered_in_error {
        return None;
    }
    let mobile = citizen.phones.iter().any(|phone| phone.kind == PhoneKind::Mobile);
    let telephone = !citizen.phones.is_empty();
    let fits = |channel: &NoticeChannel| match channel {
        NoticeChannel::Sms => mobile,
        NoticeChannel::Call => telephone,
        NoticeChannel::Letter => citizen.address.is_some(),
    };
    // Whoever needs help with digital things, or sees little, is rung up.
    let spoken = citizen.needs.digital || citizen.needs.sight;
    let usual = if spoken {
        [NoticeChannel::Call, NoticeChannel::Letter, NoticeChannel::Sms]
    } else {
        [NoticeChannel::Sms, NoticeChannel::Call, NoticeChannel::Letter]
    };
    citizen.needs.notice_by.into_iter().chain(usual).find(fits).or(Some(NoticeChannel::Letter))
}
