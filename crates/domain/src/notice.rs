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
    }
}

word_enum! {
    /// Where a short message stands.
    pub enum NoticeState {
        /// Somebody or something must still give it.
        Waiting = ("waiting", "Mangler"),
        /// It was given.
        Done = ("done", "Givet"),
        /// It is no longer needed.
        Dropped = ("dropped", "Bortfaldet"),
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
