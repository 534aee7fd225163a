//! What the page of a request says about telling its sender: whether they are told, on which basis, and what to do when
//! they cannot be.

use domain::consent::{Basis, SendRefused};
use domain::referral::{NotTold, ReturnReason, SenderNotice};
use jiff::Timestamp;

use super::actions::{Action, ActionForm};
use super::decision::Typed;
use super::queries::ReferralView;
use crate::layout::{Field, dates};

/// Telling that no course started, as part of a form.
pub(super) struct TellView {
    /// What happens, or why nothing does.
    pub(super) words: String,
    /// Nobody has asked the citizen: the box and the reason of § 41 are offered.
    pub(super) ask: bool,
    /// The box, as it was sent.
    pub(super) ticked: bool,
    pub(super) why: Field,
}

/// Telling after the request ended.
pub(super) struct TellPanel {
    pub(super) tell: TellView,
    /// There is something to send.
    pub(super) form: bool,
}

/// The part of the form of an ending.
pub(super) fn tell_view(view: &ReferralView, action: Action, (sent, form): Typed<'_>) -> TellView {
    let (ticked, why) = typed(action, form);
    let outcome = no_course(view);
    let words = match &outcome {
        Ok(_) => {
            "Borgeren har sagt ja til, at henviseren får svar. De får besked om, at der ikke er begyndt et forløb."
                .to_owned()
        }
        Err(NotTold::Refused(SendRefused::NotAsked)) => {
            "Borgeren er ikke spurgt om samtykke til, at henviseren får svar. De får ikke besked.".to_owned()
        }
        Err(why) => why.user_message().to_owned(),
    };
    TellView {
        words,
        ask: matches!(outcome, Err(NotTold::Refused(SendRefused::NotAsked))),
        ticked: sent == Some(action) && !ticked.is_empty(),
        why: Field::of(why),
    }
}

fn typed(action: Action, form: &ActionForm) -> (&str, &str) {
    match action {
        Action::Reject => (&form.afvis_besked, &form.afvis_hvorfor),
        Action::Decline => (&form.nej_besked, &form.nej_hvorfor),
        _ => (&form.giv_besked, &form.giv_hvorfor),
    }
}

/// What the sender is told when the request is sent back.
pub(super) fn return_words(view: &ReferralView) -> &'static str {
    let dead = view.record.citizen.value.deceased_on.is_some();
    let back = SenderNotice::Returned(ReturnReason::NotForUs);
    match back.may_be_told(&view.request.value.request, &[], None, dead) {
        Ok(_) => "Henviseren får årsagen og bemærkningen i en MedCom-besked. Skriv kun det, de har brug for.",
        Err(why) => why.user_message(),
    }
}

/// The panel of a request that led to no course; none while it still may.
pub(super) fn tell_panel(view: &ReferralView, now: Timestamp, typed: Typed<'_>) -> Option<TellPanel> {
    let request = &view.request.value.request;
    if SenderNotice::of(&request.state) != Some(SenderNotice::NoCourse) {
        return None;
    }
    let mut tell = tell_view(view, Action::Tell, typed);
    if let Some(at) = request.sender_told_at {
        let when = dates::when_exactly(at, now).to_lowercase();
        tell.words = format!("Henviseren fik besked {when} om, at der ikke er begyndt et forløb.");
    } else if no_course(view).is_ok() {
        "Borgeren har sagt ja til, at henviseren får svar.".clone_into(&mut tell.words);
    }
    let form = tell.ask || no_course(view).is_ok();
    Some(TellPanel { tell, form })
}

fn no_course(view: &ReferralView) -> Result<Basis, NotTold> {
    let dead = view.record.citizen.value.deceased_on.is_some();
    SenderNotice::NoCourse.may_be_told(&view.request.value.request, &view.record.consent_values(), None, dead)
}
