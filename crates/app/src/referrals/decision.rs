//! The side of the page of a request: the next step, why, and the other ways on. Which it is follows from the state.

use std::collections::BTreeSet;

use domain::codes::RequestedArea;
use domain::limits::Limits;
use domain::organization::ManagingOrganization;
use domain::referral::{DeclineReason, FirstStep, Proposal, ReferralState as State, ReturnReason, check_route};
use domain::service_request::Owner;
use domain::workdays::{ExtraClosedDays, add_workdays, local, local_date};
use jiff::Timestamp;
use jiff::civil::Date;

use super::actions::{Action, ActionForm};
use super::history::{chosen_step, course_of};
use super::queries::ReferralView;
use super::routing;
use super::sender_view::{TellView, return_words, tell_view};
use crate::calendar;
use crate::layout::{Choice, Field, Link, dates, lower_first};

/// What the reader may decide; all empty when there is nothing to decide or they may not.
#[derive(Default)]
pub(super) struct Decision {
    pub(super) check: Option<CheckView>,
    pub(super) route: Option<RouteView>,
    /// The proposal while it is not yet time to choose.
    pub(super) preview: Option<Suggestion>,
    pub(super) others: Option<OthersView>,
    pub(super) decided: Option<Decided>,
}

/// Reading a new request.
pub(super) struct CheckView {
    pub(super) areas: Vec<Choice>,
    pub(super) chronic: Vec<Choice>,
    pub(super) operation: Field,
}

/// Choosing the first step.
pub(super) struct RouteView {
    pub(super) suggestion: Suggestion,
    pub(super) routes: Vec<Choice>,
    pub(super) reason: Field,
}

pub(super) struct Suggestion {
    pub(super) value: &'static str,
    pub(super) title: String,
    pub(super) because: &'static str,
    pub(super) source: &'static str,
    pub(super) button: String,
}

/// The ways out of the intake.
pub(super) struct OthersView {
    pub(super) take: bool,
    pub(super) forward_to: Field,
    pub(super) forward_why: Field,
    pub(super) return_reasons: Vec<Choice>,
    pub(super) return_text: Field,
    /// What the sender is told then.
    pub(super) return_words: &'static str,
    pub(super) reject_text: Field,
    pub(super) reject_tell: TellView,
    /// Only after the citizen was spoken to.
    pub(super) decline_reasons: Vec<Choice>,
    pub(super) decline_tell: TellView,
    /// The form that was refused stays open.
    pub(super) open: &'static str,
}

/// What was decided, in one sentence.
pub(super) struct Decided {
    pub(super) title: &'static str,
    pub(super) text: String,
    /// Somebody wrote it.
    pub(super) written: bool,
    pub(super) link: Option<Link>,
    /// It is the next step, not only a way on.
    pub(super) primary: bool,
}

pub(super) struct ContactView {
    pub(super) phone: Option<String>,
    pub(super) phone_href: Option<String>,
    pub(super) attempts: u8,
    pub(super) max: u8,
    pub(super) next: String,
    /// Truffet and Ikke truffet are offered.
    pub(super) reach: bool,
    pub(super) not_reached: bool,
    /// When to try again if the citizen is not reached, ready in its field.
    pub(super) next_on: Option<Field>,
    /// The letter is due.
    pub(super) letter: bool,
    /// The words of a link to the letter that was sent.
    pub(super) see_letter: Option<&'static str>,
    pub(super) note: Field,
}

/// What was typed in a form that was refused.
pub(super) type Typed<'a> = (Option<Action>, &'a ActionForm);

pub(super) fn decision(
    view: &ReferralView,
    home: &ManagingOrganization,
    me: domain::ids::UserId,
    now: Timestamp,
    typed: Typed<'_>,
) -> Decision {
    let request = &view.request.value.request;
    let proposal = routing::proposal(&view.record, &view.request.value, home);
    let Some(suggestion) = suggestion(&proposal) else { return Decision::default() };
    let others = || Some(others(view, request.owner != Owner::User(me), typed));
    match &request.state {
        State::Received => Decision {
            check: Some(check_view(view, typed)),
            preview: Some(suggestion),
            others: others(),
            ..Decision::default()
        },
        State::Checked { .. } | State::Contacting { .. } | State::Unreachable { .. } => {
            Decision { preview: Some(suggestion), others: others(), ..Decision::default() }
        }
        State::Reached { .. } | State::Routed { .. } => {
            let routes = other_routes(view, home, suggestion.value, typed);
            let reason = Field::of(&*typed.1.begrundelse);
            Decision { route: Some(RouteView { suggestion, routes, reason }), others: others(), ..Decision::default() }
        }
        _ => Decision { decided: Some(decided(view, now)), ..Decision::default() },
    }
}

fn suggestion(proposal: &Proposal) -> Option<Suggestion> {
    let first = *proposal.steps.first()?;
    let titles: Vec<&str> = proposal.steps.iter().map(|step| step.label()).collect();
    Some(Suggestion {
        value: first.word(),
        title: titles.join(" og "),
        because: proposal.because,
        source: proposal.rule,
        button: format!("Vælg {}", lower_first(first.label())),
    })
}

/// The steps that the rules allow beside the proposed one.
fn other_routes(view: &ReferralView, home: &ManagingOrganization, proposed: &str, typed: Typed<'_>) -> Vec<Choice> {
    let facts = routing::facts_of(&view.record, &view.request.value, home);
    let allowed = FirstStep::ALL
        .iter()
        .filter(|step| step.word() != proposed && check_route(facts, **step, Some("borgerens valg")).is_ok());
    allowed
        .map(|step| Choice {
            value: step.word().to_owned(),
            label: step.label().to_owned(),
            hint: check_route(facts, *step, None).is_err().then(|| "Kræver en kort begrundelse".to_owned()),
            selected: typed.1.route == step.word(),
        })
        .collect()
}

fn check_view(view: &ReferralView, (action, form): Typed<'_>) -> CheckView {
    let request = &view.request.value.request;
    let again = action == Some(Action::Check);
    let typed: BTreeSet<&str> = form.omraade.iter().map(String::as_str).collect();
    let area = |area: &RequestedArea| Choice {
        value: area.word().to_owned(),
        label: area.label().to_owned(),
        hint: None,
        selected: if again { typed.contains(area.word()) } else { request.areas.contains(area) },
    };
    let known = match request.chronic_disease {
        Some(true) => "ja",
        Some(false) => "nej",
        None => "",
    };
    let chosen = if again { form.kronisk.as_str() } else { known };
    let operation = request.operation_on.map(|day| day.to_string()).unwrap_or_default();
    CheckView {
        areas: RequestedArea::ALL.iter().map(area).collect(),
        chronic: [("ja", "Ja"), ("nej", "Nej"), ("", "Ikke oplyst")]
            .map(|(value, label)| choice(value, label, chosen))
            .into(),
        operation: Field::of(if again { form.operation.clone() } else { operation }),
    }
}

fn choice(value: &str, label: &str, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), hint: None, selected: value == chosen }
}

fn others(view: &ReferralView, take: bool, (action, form): Typed<'_>) -> OthersView {
    let reached = matches!(view.request.value.request.state, State::Reached { .. } | State::Routed { .. });
    let decline = DeclineReason::ALL.iter().map(|r| choice(r.word(), r.label(), &form.nej_aarsag));
    OthersView {
        take,
        forward_to: Field::of(&*form.videresend_til),
        forward_why: Field::of(&*form.videresend_hvorfor),
        return_reasons: ReturnReason::ALL.iter().map(|r| choice(r.word(), r.label(), &form.retur_aarsag)).collect(),
        return_text: Field::of(&*form.retur_tekst),
        return_words: return_words(view),
        reject_text: Field::of(&*form.afvis_tekst),
        reject_tell: tell_view(view, Action::Reject, (action, form)),
        decline_reasons: decline.filter(|_| reached).collect(),
        decline_tell: tell_view(view, Action::Decline, (action, form)),
        open: match action {
            Some(Action::Forward) => "videresend",
            Some(Action::Return) => "retur",
            Some(Action::Reject) => "afvis",
            Some(Action::Decline) => "nej",
            _ => "",
        },
    }
}

fn decided(view: &ReferralView, now: Timestamp) -> Decided {
    if let Some(decided) = with_time(view, now) {
        return decided;
    }
    let request = &view.request.value.request;
    let citizen = request.citizen;
    let to_course = || Some(Link::new(format!("/borgere/{citizen}#forloeb"), "Se forløbet"));
    let (text, link) = match &request.state {
        State::Joined { .. } if course_of(view).is_some() => {
            let step = chosen_step(view).map(|step| format!("{step} er valgt. ")).unwrap_or_default();
            (format!("{step}Henvisningen er en del af borgerens forløb."), to_course())
        }
        State::Duplicate { of, .. } => (
            "Borgeren havde allerede en åben henvisning om det samme. Arbejd videre med den.".to_owned(),
            Some(Link::new(format!("/henvisninger/{of}"), "Åbn den anden henvisning")),
        ),
        State::Replaced { by, .. } => (
            "Afsenderen har sendt en ny henvisning i stedet.".to_owned(),
            Some(Link::new(format!("/henvisninger/{by}"), "Åbn den nye")),
        ),
        State::Rejected { reason, .. } => (reason.clone(), None),
        State::Returned { reason, .. } => (reason.label().to_owned(), None),
        State::Declined { reason, .. } => (format!("Årsag: {}.", reason.label().to_lowercase()), None),
        State::NeverReached { .. } => ("Brevet blev ikke besvaret, før fristen gik.".to_owned(), None),
        _ => ("Henvisningen er lukket.".to_owned(), None),
    };
    let written = matches!(request.state, State::Rejected { .. });
    Decided { title: request.state.label(), text, written, link, primary: false }
}

/// The talk that was chosen and has its time, or still needs one; none once it is over.
fn with_time(view: &ReferralView, now: Timestamp) -> Option<Decided> {
    let id = view.request.value.request.id;
    let talks = view.record.interventions.iter().map(|i| &i.value);
    let talk = talks.into_iter().find(|i| i.service_request == Some(id) && i.status.is_open())?;
    let name = talk.code.label();
    Some(match view.record.time_of(talk.id) {
        Some(time) => Decided {
            title: "Tiden er booket",
            text: format!("{name} {}.", calendar::time_text(time.value.start, now)),
            written: false,
            link: Some(Link::new(format!("/kalender/tider/{}", time.value.id), "Se tiden")),
            primary: false,
        },
        None => Decided {
            title: "Næste skridt",
            text: format!("{name} er valgt, men har ikke fået en tid."),
            written: false,
            link: Some(Link::new(calendar::booking_href(talk.id), "Book tid")),
            primary: true,
        },
    })
}

/// The telephone and what comes next; none once it is decided.
pub(super) fn contact(
    view: &ReferralView,
    limits: &Limits,
    may_write: bool,
    now: Timestamp,
    typed: Typed<'_>,
) -> Option<ContactView> {
    let request = &view.request.value.request;
    let (today, max) = (local_date(now), limits.contact_attempts_max);
    let due = view.request.value.next.as_ref().map(|next| dates::long_day(next.due_on, today)).unwrap_or_default();
    let failed = u8::try_from(
        view.record.attempts.iter().filter(|a| a.value.service_request == request.id && !a.value.reached).count(),
    );
    let attempts = failed.unwrap_or(u8::MAX);
    let (next, reach, not_reached) = match &request.state {
        State::Received => {
            (format!("Gennemgå først henvisningen. Borgeren skal kontaktes senest {due}."), false, false)
        }
        State::Checked { .. } => (format!("Ring senest {due}."), true, true),
        State::Contacting { last_at, attempts } if *attempts < max => {
            (next_attempt(request.next_attempt_on, *last_at, now), true, true)
        }
        State::Contacting { .. } => {
            (format!("Alle {max} forsøg er brugt. Send et brev, og notér det her senest {due}."), true, false)
        }
        State::Unreachable { letter_on, open_until } => {
            let (sent, until) = (dates::short_day(*letter_on, today), dates::short_day(*open_until, today));
            (
                format!("Brev sendt {sent}. Tilbuddet står åbent til {until}. Ringer borgeren, så tryk Truffet."),
                true,
                false,
            )
        }
        State::Reached { at } => (format!("Truffet {}.", dates::when_exactly(*at, now)), false, false),
        _ => return None,
    };
    // The last attempt leads to the letter, not to another one.
    let again = not_reached && attempts + 1 < max;
    let letter = matches!(&request.state, State::Contacting { attempts, .. } if *attempts >= max);
    let phone = view.record.citizen.value.phones.first().map(|phone| phone.number.as_str());
    Some(ContactView {
        phone: phone.map(crate::citizens::phone_text),
        phone_href: phone.and_then(crate::citizens::phone_href),
        attempts,
        max,
        next,
        reach: reach && may_write,
        not_reached: not_reached && may_write,
        next_on: (again && may_write).then(|| next_on(today, typed)),
        letter: letter && may_write,
        see_letter: matches!(&request.state, State::Unreachable { .. }).then_some("Se brevet"),
        note: Field::of(&*typed.1.bemaerkning),
    })
}

/// The day of the next attempt as it was typed, or the next working day.
fn next_on(today: Date, (action, form): Typed<'_>) -> Field {
    match action {
        Some(Action::Reach | Action::NotReached) => Field::of(&*form.naeste),
        _ => Field::of(add_workdays(today, 1, ExtraClosedDays::default()).to_string()),
    }
}

/// The next attempt on the day agreed on, at another time of the day than the last.
fn next_attempt(agreed: Option<Date>, last_at: Timestamp, now: Timestamp) -> String {
    let day = agreed.unwrap_or_else(|| add_workdays(local_date(last_at), 1, ExtraClosedDays::default()));
    let hour = if local(last_at).hour() < 12 { 15 } else { 9 };
    let day = dates::long_day(day.max(local_date(now)), local_date(now));
    format!("Næste forsøg {day}. Prøv omkring kl. {hour}, et andet tidspunkt på dagen.")
}
