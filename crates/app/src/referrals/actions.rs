//! The forms on the page of a request: each is a step; afterwards the page shows what happened.
//!
//! Every form carries the version it was made from. When somebody was first, the page comes again with what they did and
//! with what was typed; the same step sent twice is answered as done.

use std::collections::BTreeSet;

use axum::response::{IntoResponse, Response};
use domain::codes::RequestedArea;
use domain::consent::SendRefused;
use domain::contact::ContactChannel;
use domain::ids::ServiceRequestId;
use domain::referral::{
    DeclineReason, FirstStep, NotTold, ReferralError, ReferralState as State, ReturnReason, RouteError,
};
use domain::service_request::{Flag, Owner};
use jiff::civil::Date;
use serde::Deserialize;

use super::history::Step;
use super::{
    AskInput, AttemptInput, CheckInput, DeclineInput, Ended, ForwardInput, RejectInput, ReturnInput, RouteInput,
    TellSender, asking, commands, endings, referral, routing, undo,
};
use crate::layout::FormError;
use crate::web::Visit;
use crate::{App, AppError, Caller, calendar};

/// A step that a form takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Check,
    Reach,
    NotReached,
    SendLetter,
    Route,
    Forward,
    Return,
    Reject,
    Decline,
    Tell,
    Take,
    Ask,
    AnswerRead,
}

/// What the forms send; each sends its part. The names are the ids of the fields.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct ActionForm {
    pub(super) version: String,
    pub(super) omraade: Vec<String>,
    pub(super) kronisk: String,
    pub(super) operation: String,
    pub(super) bemaerkning: String,
    pub(super) naeste: String,
    pub(super) route: String,
    pub(super) begrundelse: String,
    pub(super) videresend_til: String,
    pub(super) videresend_hvorfor: String,
    pub(super) retur_aarsag: String,
    pub(super) retur_tekst: String,
    pub(super) afvis_tekst: String,
    pub(super) afvis_besked: String,
    pub(super) afvis_hvorfor: String,
    pub(super) nej_aarsag: String,
    pub(super) nej_besked: String,
    pub(super) nej_hvorfor: String,
    pub(super) giv_besked: String,
    pub(super) giv_hvorfor: String,
    pub(super) spoerg_tekst: String,
    /// A ready question to put into the text before it is sent.
    pub(super) tilfoej: String,
}

impl Action {
    pub(super) const ALL: &'static [Self] = &[
        Self::Check,
        Self::Reach,
        Self::NotReached,
        Self::SendLetter,
        Self::Route,
        Self::Forward,
        Self::Return,
        Self::Reject,
        Self::Decline,
        Self::Tell,
        Self::Take,
        Self::Ask,
        Self::AnswerRead,
    ];

    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Check => "/henvisninger/{id}/gennemgaa",
            Self::Reach => "/henvisninger/{id}/truffet",
            Self::NotReached => "/henvisninger/{id}/ikke-truffet",
            Self::SendLetter => "/henvisninger/{id}/brev",
            Self::Route => "/henvisninger/{id}/indgang",
            Self::Forward => "/henvisninger/{id}/videresend",
            Self::Return => "/henvisninger/{id}/retur",
            Self::Reject => "/henvisninger/{id}/afvis",
            Self::Decline => "/henvisninger/{id}/takker-nej",
            Self::Tell => "/henvisninger/{id}/besked",
            Self::Take => "/henvisninger/{id}/tag",
            Self::Ask => "/henvisninger/{id}/spoerg",
            Self::AnswerRead => "/henvisninger/{id}/svar-laest",
        }
    }

    /// What is said when it was done: the verb of its button.
    const fn notice(self) -> &'static str {
        match self {
            Self::Check => "Henvisningen er gennemgået. Næste skridt er at ringe op.",
            Self::Reach => "Truffet er noteret. Vælg nu indgang sammen med borgeren.",
            Self::NotReached => "Ikke truffet er noteret.",
            Self::SendLetter => "Brevet er noteret. Tilbuddet står åbent, til fristen er gået.",
            Self::Route => "Indgangen er valgt, og forløbet er begyndt.",
            Self::Forward => "Henvisningen er sendt videre. Modtagelsestiden følger med.",
            Self::Return => "Henvisningen er sendt retur.",
            Self::Reject => "Henvisningen er afvist.",
            Self::Decline => "Det er noteret, at borgeren takkede nej.",
            Self::Tell => "Beskeden er skrevet.",
            Self::Take => "Henvisningen er din.",
            Self::Ask => "Spørgsmålet er sendt. Svaret kommer her på henvisningen.",
            Self::AnswerRead => "Svaret er noteret som læst.",
        }
    }

    /// Whether a request stands as the step would leave it: then the same form was sent before.
    pub(super) fn left_it_so(self, step: &Step, caller: &Caller, form: &ActionForm) -> bool {
        let request = &step.stored.request;
        let builds_on = form.version.parse::<i64>().is_ok_and(|version| version + 1 == step.version);
        let state = match self {
            Self::Check => matches!(request.state, State::Checked { .. }),
            Self::Reach => matches!(request.state, State::Reached { .. }),
            Self::NotReached => matches!(request.state, State::Contacting { .. }),
            Self::SendLetter => matches!(request.state, State::Unreachable { .. }),
            Self::Route => matches!(request.state, State::Joined { .. }),
            Self::Forward => matches!(&request.owner, Owner::Unit(unit) if unit == form.videresend_til.trim()),
            Self::Return => matches!(request.state, State::Returned { .. }),
            Self::Reject => matches!(&request.state, State::Rejected { reason, .. } if *reason == form.afvis_tekst),
            Self::Decline => matches!(request.state, State::Declined { .. }),
            Self::Tell => request.sender_told_at.is_some(),
            Self::Take => request.owner == Owner::User(caller.user),
            Self::Ask => request.waits_since().is_some(),
            Self::AnswerRead => !request.flags.contains(&Flag::Answered) && request.waits_since().is_none(),
        };
        builds_on && step.actor == caller.user.0 && state
    }
}

/// Takes the step of a form, or shows the page again with what stood in the way.
pub(super) async fn act(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: ServiceRequestId,
    action: Action,
    form: ActionForm,
) -> Result<Response, AppError> {
    if action == Action::Ask && !form.tilfoej.is_empty() {
        return referral::ask_more(app, caller, visit, id, form).await;
    }
    match carry_out(app, caller, id, action, &form).await {
        Ok(next) => {
            let to = next.page.unwrap_or_else(|| format!("/henvisninger/{id}"));
            let said = format!("{}{}", action.notice(), next.said);
            let done = match next.undo {
                Some(version) => visit.done_unless(&to, said, undo::href(id, version)).await?,
                None => visit.done(&to, said).await?,
            };
            Ok(done.into_response())
        }
        Err(error) => referral::refused(app, caller, visit, id, action, form, error.at_the_form()?).await,
    }
}

/// What a step leads to.
#[derive(Default)]
struct Next {
    /// What is said after the step's own notice.
    said: &'static str,
    /// The page that is shown; the request again when nothing else comes first.
    page: Option<String>,
    /// The version that the step made, when it can be taken back.
    undo: Option<i64>,
}

async fn carry_out(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    action: Action,
    form: &ActionForm,
) -> Result<Next, AppError> {
    // A form without a version builds on nothing that exists, and is refused as changed.
    let version = Some(form.version.parse().unwrap_or(0));
    let note = Some(form.bemaerkning.trim().to_owned()).filter(|n| !n.is_empty());
    let done = match action {
        Action::Check => commands::check(app, who, id, version, check_input(form)?).await.map(drop),
        Action::Reach | Action::NotReached => {
            let reached = action == Action::Reach;
            let next_on = if reached { None } else { day(&form.naeste, "naeste")? };
            let input = AttemptInput { reached, channel: ContactChannel::Phone, note, next_on };
            commands::attempt(app, who, id, version, input).await.map(drop)
        }
        Action::SendLetter => commands::send_letter(app, who, id, version).await.map(drop),
        Action::Route => {
            // The talk that was chosen needs a time, while the citizen is still on the telephone.
            let routed = routing::route(app, who, id, version, route_input(form)?).await?;
            let page = routed.intervention.map(calendar::booking_href);
            return Ok(Next { said: if page.is_some() { " Find nu en tid." } else { "" }, page, undo: None });
        }
        Action::Forward => {
            let reason = Some(form.videresend_hvorfor.trim().to_owned()).filter(|r| !r.is_empty());
            let input = ForwardInput { unit: form.videresend_til.clone(), reason };
            let after = commands::forward(app, who, id, version, input).await?;
            return Ok(Next { undo: Some(after.version), ..Next::default() });
        }
        Action::Take => commands::take_over(app, who, id, version).await.map(drop),
        Action::Ask => {
            let input = AskInput { question: form.spoerg_tekst.clone() };
            let asked = asking::ask_sender(app, who, id, version, input).await?;
            return Ok(Next { undo: Some(asked.after.version), ..Next::default() });
        }
        Action::AnswerRead => asking::answer_read(app, who, id, version).await.map(drop),
        Action::Return | Action::Reject | Action::Decline | Action::Tell => {
            let ended = end(app, who, id, version, action, form).await?;
            return Ok(Next { said: told(&ended), page: None, undo: Some(ended.after.version) });
        }
    };
    done.map(|()| Next::default())
}

/// The ways a request ends without a course, and telling its sender afterwards.
async fn end(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    action: Action,
    form: &ActionForm,
) -> Result<Ended, AppError> {
    match action {
        Action::Return => {
            let missing = || AppError::field("retur-aarsag", "required", "Vælg en årsag til, at den sendes retur.");
            let reason = ReturnReason::parse(&form.retur_aarsag).map_err(|_| missing())?;
            let input = ReturnInput { reason, note: Some(form.retur_tekst.clone()) };
            endings::return_to_sender(app, who, id, version, input).await
        }
        Action::Reject => {
            let tell_sender = tell_input(&form.afvis_besked, &form.afvis_hvorfor, "afvis-besked")?;
            let input = RejectInput { reason: form.afvis_tekst.clone(), tell_sender };
            endings::reject(app, who, id, version, input).await
        }
        Action::Decline => {
            let missing = || AppError::field("nej-aarsag", "required", "Vælg en årsag, eller Ikke oplyst.");
            let reason = DeclineReason::parse(&form.nej_aarsag).map_err(|_| missing())?;
            let tell_sender = tell_input(&form.nej_besked, &form.nej_hvorfor, "nej-besked")?;
            endings::decline(app, who, id, version, DeclineInput { reason, tell_sender }).await
        }
        _ => {
            let tell = tell_input(&form.giv_besked, &form.giv_hvorfor, "giv-besked")?;
            endings::tell_sender(app, who, id, version, tell.unwrap_or_default()).await
        }
    }
}

/// Telling without consent is a deliberate act: the box must be ticked, and a reason beside an empty box is not lost.
fn tell_input(ticked: &str, why: &str, field: &'static str) -> Result<Option<TellSender>, AppError> {
    match (ticked.is_empty(), why.trim().is_empty()) {
        (true, true) => Ok(None),
        (true, false) => {
            let text = "Sæt kryds, hvis henviseren skal have besked uden samtykke, eller slet begrundelsen.";
            Err(AppError::field(field, "required", text))
        }
        (false, _) => Ok(Some(TellSender { section_41: Some(why.to_owned()) })),
    }
}

/// What the sender of an ended request was told, for the notice.
const fn told(ended: &Ended) -> &'static str {
    match (&ended.file, &ended.after.value.request.letter) {
        (Some(_), _) => " Henviseren får besked.",
        (None, Some(_)) => " Henviseren får ikke besked herfra.",
        (None, None) => "",
    }
}

fn check_input(form: &ActionForm) -> Result<CheckInput, AppError> {
    let areas: Result<BTreeSet<RequestedArea>, _> =
        form.omraade.iter().map(|word| RequestedArea::parse(word)).collect();
    let areas = areas.map_err(|_| AppError::Unreadable("form"))?;
    let chronic_disease = match form.kronisk.as_str() {
        "ja" => Some(true),
        "nej" => Some(false),
        _ => None,
    };
    let operation_on = day(&form.operation, "operation")?;
    Ok(CheckInput { areas, chronic_disease, operation_on })
}

/// The day in a field; none when it is empty.
fn day(text: &str, field: &'static str) -> Result<Option<Date>, AppError> {
    let unreadable = |_| AppError::field(field, "date", "Datoen kan ikke læses. Skriv den som år-måned-dag.");
    match text.trim() {
        "" => Ok(None),
        text => text.parse::<Date>().map(Some).map_err(unreadable),
    }
}

fn route_input(form: &ActionForm) -> Result<RouteInput, AppError> {
    let missing = || AppError::field("route", "required", "Vælg, hvor borgeren begynder.");
    let step = FirstStep::parse(&form.route).map_err(|_| missing())?;
    Ok(RouteInput { step, reason: Some(form.begrundelse.clone()) })
}

/// The field that an error belongs to; none when it is about the request as a whole.
pub(super) fn field_error(action: Action, error: &AppError) -> Option<FormError> {
    let field = match (action, error) {
        (Action::Forward, AppError::Field { .. }) => "videresend-til",
        (Action::Ask, AppError::Field { .. }) => "spoerg-tekst",
        (Action::Return, AppError::Field { field: "note", .. }) => "retur-tekst",
        (_, AppError::NotTold(NotTold::Refused(SendRefused::ReasonMissing))) => match action {
            Action::Reject => "afvis-hvorfor",
            Action::Decline => "nej-hvorfor",
            _ => "giv-hvorfor",
        },
        (Action::NotReached, AppError::Field { .. }) => "naeste",
        (_, AppError::Field { field, .. }) => field,
        (Action::Route, AppError::Route(RouteError::DirectUnlessChosen)) => "begrundelse",
        (Action::Route, AppError::Route(_)) => "route",
        (Action::Tell, AppError::NotTold(NotTold::Refused(SendRefused::NotAsked))) => "giv-besked",
        (Action::Reject, AppError::Referral(ReferralError::ReasonMissing)) => "afvis-tekst",
        _ => return None,
    };
    Some(FormError { field, message: error.user_message() })
}
