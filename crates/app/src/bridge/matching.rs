//! Finding something together with the citizen: `/borgere/{id}/forening`. The wish is the address, so that back works;
//! choosing one makes the first visit and the card. Two queries.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::activity::{ActivityDay, ActivityKind, Criterion, Match, Wish, matches};
use domain::bridge::{Bridge, EscortAnswer};
use domain::ids::{ActivityId, CitizenId};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::{Date, Time};
use store::{Seen, Tx};
use uuid::Uuid;

use super::words::{bridge_href, match_href, price, signs, visit as visit_text};
use super::{AgreeInput, note_gap, queries};
use crate::layout::{Choice, Counts, Frame, Nav, Tag, capitalised};
use crate::records::{self, CitizenRecord};
use crate::web::fields::Fields;
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

/// Words that a wish may have.
const MOST_WORDS: usize = 60;
/// So many proposals are enough to choose from; a narrower wish finds the rest.
const MOST: usize = 30;

#[derive(Template)]
#[template(path = "bridge/match.html")]
pub(super) struct MatchPage {
    frame: Frame,
    href: String,
    citizen_href: String,
    name: String,
    /// The citizen is dead, or the reader may not agree anything.
    may: bool,
    wish: WishFields,
    agreed: Vec<AgreedRow>,
    fitting: Vec<Row>,
    near: Vec<Row>,
    asked: bool,
    /// What was refused, and for which activity.
    problem: Option<String>,
    at: String,
}

/// The wish as it stands in the form.
struct WishFields {
    words: String,
    place: String,
    kinds: Vec<Choice>,
    days: Vec<Choice>,
    prices: Vec<Choice>,
    flags: Vec<(&'static str, &'static str, bool)>,
    /// The same, to go along with "fandtes ikke".
    hidden: Vec<(&'static str, String)>,
}

struct AgreedRow {
    href: String,
    title: String,
    association: String,
    when: String,
    tag: Tag,
}

struct Row {
    id: String,
    title: String,
    association: String,
    about: Option<String>,
    when: String,
    place: String,
    price: String,
    signs: Vec<Tag>,
    reasons: Vec<&'static str>,
    missed: Option<&'static str>,
    video: Option<String>,
    /// The next time it is held.
    on: String,
    at: String,
}

const FLAGS: [(&str, &str); 3] =
    [("begyndere", "Åben for begyndere"), ("trinfri", "Uden trin"), ("video", "Har en film, man kan se først")];
const PRICES: [(&str, &str); 4] =
    [("0", "Gratis"), ("30", "Højst 30 kr."), ("100", "Højst 100 kr."), ("500", "Højst 500 kr.")];

/// What a form or an address asks for. What cannot be read asks for nothing.
fn wish(fields: &Fields) -> Wish {
    let text = |id: &str| fields.get(id).map(|text| text.trim()).filter(|text| !text.is_empty());
    let words = |id: &str| text(id).map(|text| text.chars().take(MOST_WORDS).collect());
    Wish {
        words: words("ord"),
        kind: text("slags").and_then(|word| ActivityKind::parse(word).ok()),
        place: words("sted"),
        day: text("dag").and_then(|word| ActivityDay::parse(word).ok()),
        most_kroner: text("pris").and_then(|text| text.parse().ok()),
        beginners: text("begyndere").is_some(),
        step_free: text("trinfri").is_some(),
        video: text("video").is_some(),
    }
}

fn wish_fields(fields: &Fields) -> WishFields {
    let said = |id: &str| fields.get(id).cloned().unwrap_or_default();
    let choice = |id: &str, value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: None,
        selected: fields.get(id).is_some_and(|chosen| chosen == value),
    };
    let kinds = ActivityKind::ALL.iter().filter(|kind| **kind != ActivityKind::Escort);
    let names = ["ord", "slags", "sted", "dag", "pris", "begyndere", "trinfri", "video"];
    WishFields {
        words: said("ord"),
        place: said("sted"),
        kinds: kinds.map(|kind| choice("slags", kind.word(), kind.label())).collect(),
        days: ActivityDay::ALL.iter().map(|day| choice("dag", day.word(), day.label())).collect(),
        prices: PRICES.iter().map(|(value, label)| choice("pris", value, label)).collect(),
        flags: FLAGS.iter().map(|(id, label)| (*id, *label, !said(id).is_empty())).collect(),
        hidden: names.iter().map(|id| (*id, said(id))).filter(|(_, value)| !value.is_empty()).collect(),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    Query(fields): Query<Fields>,
) -> Result<Page<MatchPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id, &fields, None).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    fields: &Fields,
    problem: Option<String>,
) -> Result<MatchPage, AppError> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| {
        let record = records::citizen_record(tx, CitizenId(id))?;
        let activities = queries::activities(tx, false)?;
        Ok::<_, AppError>(Seen::record(id, (record, activities)))
    };
    let (record, activities) = app.store.view(caller.scope("bridge.match", now), read).await?;
    let activities: Vec<_> = activities.into_iter().map(|one| one.value).collect();
    let (wish, today) = (wish(fields), local_date(now));
    let found = matches(&activities, &wish, today);
    let (fitting, near): (Vec<_>, Vec<_>) = found.iter().take(MOST).partition(|one| one.missed.is_none());
    let rows = |all: Vec<&Match<'_>>| all.into_iter().map(|one| row(one, today, fields)).collect();
    let citizen = &record.citizen.value;
    Ok(MatchPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: match_href(citizen.id),
        citizen_href: format!("/borgere/{id}"),
        name: citizen.name.full(),
        may: caller.role.may(Permission::CourseWrite) && citizen.deceased_on.is_none(),
        agreed: agreed(&record, today),
        fitting: rows(fitting),
        near: rows(near),
        asked: !wish.is_empty(),
        wish: wish_fields(fields),
        problem,
        at: fields.get("aktivitet").cloned().unwrap_or_default(),
    })
}

fn row(found: &Match<'_>, today: Date, fields: &Fields) -> Row {
    let entry = &found.activity.entry;
    let id = found.activity.id.to_string();
    let typed = fields.get("aktivitet").is_some_and(|chosen| *chosen == id);
    let said = |name: &str| fields.get(name).filter(|_| typed).cloned();
    Row {
        on: said("dato").unwrap_or_else(|| found.activity.next_on(today).map(|on| on.to_string()).unwrap_or_default()),
        at: said("kl").unwrap_or_else(|| entry.from.map(|from| from.strftime("%H:%M").to_string()).unwrap_or_default()),
        id,
        title: entry.title.clone(),
        association: entry.association.clone(),
        about: entry.about.clone(),
        when: entry.when(),
        place: entry.place.clone(),
        price: price(entry),
        signs: signs(entry).into_iter().filter(|sign| !found.met.iter().any(|met| met.label() == sign.text)).collect(),
        reasons: found.met.iter().copied().map(Criterion::label).collect(),
        missed: found.missed.map(Criterion::label),
        video: entry.video.clone(),
    }
}

/// What is agreed with the citizen already, the newest first.
fn agreed(record: &CitizenRecord, today: Date) -> Vec<AgreedRow> {
    let line = |bridge: &Bridge| AgreedRow {
        href: bridge_href(bridge.id),
        title: bridge.agreed.title.clone(),
        association: bridge.agreed.association.clone(),
        when: capitalised(&visit_text(bridge.first_visit_on, bridge.first_visit_at, today)),
        tag: bridge_tag(bridge, today),
    };
    record.bridges.iter().rev().map(|stored| line(&stored.value)).collect()
}

/// How a way to an association stands.
pub(crate) fn bridge_tag(bridge: &Bridge, today: Date) -> Tag {
    use domain::bridge::BridgeOutcome as O;
    match (&bridge.result, bridge.escort.as_ref().map(|escort| escort.answer)) {
        (Some(result), _) => match result.outcome {
            O::StillComes => Tag::done(result.outcome.label()),
            O::CameOnce => Tag::partly(result.outcome.label()),
            O::DidNotCome => Tag::of("line", "flag", result.outcome.label()),
        },
        (None, Some(EscortAnswer::Waiting)) => Tag::waits_for("følgeven"),
        (None, _) if bridge.ask_on() <= today => Tag::of("soon", "soon", "Spørg nu"),
        (None, _) => Tag::planned("Aftalt"),
    }
}

pub(super) async fn agree(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = match input(&form) {
        Ok(input) => super::agree(&app, &caller, CitizenId(id), input).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(bridge) => {
            let notice = "Første gang er aftalt. Giv borgeren kortet med.";
            Ok(visit.done(&format!("{}/kort", bridge_href(bridge)), notice).await?.into_response())
        }
        Err(error @ (AppError::Field { .. } | AppError::Bridge(_))) => {
            let page = page(&app, &caller, &visit, id, &form, Some(error.user_message())).await?;
            Ok((error.form_status(), Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

fn input(form: &Fields) -> Result<AgreeInput, AppError> {
    let text = |id: &str| form.get(id).map_or("", |text| text.trim());
    let activity = text("aktivitet").parse::<Uuid>().map_err(|_| AppError::Unreadable("form"))?;
    let on = text("dato").parse::<Date>().ok();
    let on = on.ok_or_else(|| AppError::field("dato", "required", "Vælg dagen for den første gang."))?;
    let at = text("kl").replace('.', ":").parse::<Time>().ok();
    if at.is_none() && !text("kl").is_empty() {
        return Err(AppError::field("kl", "unreadable", "Skriv klokkeslættet som 10.00."));
    }
    Ok(AgreeInput { activity: ActivityId(activity), on, at })
}

/// "Fandtes ikke": the wish is kept, and not whose it was.
pub(super) async fn gap(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    note_gap(&app, &caller, wish(&form)).await?;
    let notice = "Det er skrevet på listen over det, der mangler. Borgeren står der ikke.";
    Ok(visit.done(&match_href(CitizenId(id)), notice).await?.into_response())
}
