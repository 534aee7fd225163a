//! Filling in an instrument on one page, as staff does it and as paper is keyed in:
//! `GET` and `POST /borgere/{id}/maalinger/ny/{redskab}`.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response as Answered};
use domain::ids::{CitizenId, ResponseId};
use domain::response::{Answers, Mode, Phase, Response, TestSetting};
use domain::stop_course::StopForm;
use domain::workdays::local_date;
use instruments::Instrument;
use jiff::civil::Date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::form::{self, ItemView, ReadForm, Typed};
use super::result::result_href;
use super::words::phases;
use super::{Instruments, Recorded, ResponseInput, list_href};
use crate::citizens::person_header;
use crate::layout::{Choice, Counts, Field, Frame, Nav, PersonHeader};
use crate::records::{self, CitizenRecord};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, ids, stopbasen};

#[derive(Template)]
#[template(path = "measures/fill.html")]
pub(crate) struct FillPage {
    pub(super) frame: Frame,
    pub(super) person: PersonHeader,
    pub(super) heading: String,
    /// Where the form goes.
    pub(super) href: String,
    pub(super) back: String,
    pub(super) tablet_href: Option<String>,
    pub(super) about: About,
    pub(super) items: Vec<ItemView>,
    pub(super) facts: Vec<FactView>,
    pub(super) phases: Vec<Choice>,
    pub(super) modes: Vec<Choice>,
    pub(super) on: Field,
    pub(super) setting: Option<SettingView>,
    pub(super) stopped: bool,
    pub(super) reason: Field,
    /// Id that the response will have, so that a form sent twice makes one.
    pub(super) id: String,
    /// What the correction builds on, and why it is made.
    pub(super) correction: Option<Correction>,
    /// Everything that is the matter: id of the field, and the words.
    pub(super) errors: Vec<(String, String)>,
    pub(super) problem: Option<String>,
    /// Answers are missing, and that is all: it may be kept as it is.
    pub(super) may_keep: bool,
    /// Some answers were known and are filled in.
    pub(super) prefilled: bool,
}

/// What is said of the instrument above its items; all of it in the words of its file.
pub(super) struct About {
    purpose: String,
    lead: Option<String>,
    safety: Option<String>,
    setup: Option<String>,
    limits: Option<String>,
    source: String,
    draft_wording: bool,
    measured: bool,
}

/// Something staff may know.
pub(super) struct FactView {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// Place and equipment, with where they are remembered from.
pub(super) struct SettingView {
    place: String,
    equipment: String,
    remembered: bool,
}

/// The fields of a correction.
pub(super) struct Correction {
    pub(super) version: i64,
    pub(super) why: Field,
}

/// What the page is made of.
pub(super) struct Loaded {
    pub(super) known: Instruments,
    pub(super) record: Arc<CitizenRecord>,
    /// What is known of a new form's answers.
    answers: Answers,
}

pub(super) async fn load(app: &App, caller: &Caller, citizen: CitizenId) -> Result<Loaded, AppError> {
    load_for(app, caller, citizen, None).await
}

/// The same, with what is known of a form of STOPbasen.
async fn load_for(app: &App, caller: &Caller, citizen: CitizenId, form: Option<StopForm>) -> Result<Loaded, AppError> {
    let home = app.organization(caller.organization).await?;
    let today = local_date(app.now());
    let read = move |tx: &mut Tx<'_>| {
        let known = Instruments::read(tx, &home.settings.instruments_off)?;
        let record = records::citizen_record(tx, citizen)?;
        let answers = form.map(|form| stopbasen::prefilled(tx, &home, &record, form, today)).transpose()?;
        let answers = answers.unwrap_or_default();
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded { known, record, answers }))
    };
    app.store.view(caller.scope("response.new", app.now()), read).await
}

pub(crate) fn fill_href(citizen: CitizenId, instrument: &str) -> String {
    format!("{}/ny/{instrument}", list_href(citizen))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((citizen, instrument)): Path<(Uuid, String)>,
) -> Result<Page<FillPage>, AppError> {
    let form = StopForm::parse(&instrument).ok();
    let loaded = load_for(&app, &caller, citizen.into(), form).await?;
    let instrument = loaded.known.to_answer(&instrument)?;
    stopbasen::refuse_without_consent(&loaded.record, &instrument.id)?;
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    let id = ids::new::<ResponseId>(app.now()).to_string();
    let today = local_date(app.now());
    let mut typed = first(&loaded.record, instrument);
    typed.extend(Typed::of_answers(&loaded.answers));
    if let Some(form) = form {
        typed.add("fase", form.phase().word());
    }
    let page = new_page(frame, &loaded.record, instrument, &typed, id, today);
    Ok(Page(FillPage { prefilled: !loaded.answers.is_empty(), ..page }))
}

/// What a new form begins with: the phase that comes next, and place and equipment of the first test.
pub(super) fn first(record: &CitizenRecord, instrument: &Instrument) -> Typed {
    let course = record.open_course().map(|course| course.value.id);
    let own = record.responses.iter().map(|r| &r.value).filter(|r| r.instrument == instrument.id && r.counts());
    let own: Vec<&Response> = own.filter(|r| r.course == course).collect();
    let started = own.iter().any(|r| r.phase == Phase::Start);
    let phase = if started && instrument.pair { Phase::End } else { Phase::Start };
    let mut pairs = vec![("fase".to_owned(), phase.word().to_owned())];
    if let Some(setting) = remembered(&own) {
        pairs.push(("sted".to_owned(), setting.place.unwrap_or_default()));
        pairs.push(("udstyr".to_owned(), setting.equipment.unwrap_or_default()));
        pairs.push(("husket".to_owned(), "1".to_owned()));
    }
    if let Some(start) = own.iter().find(|r| r.phase == Phase::Start) {
        pairs.push(("maade".to_owned(), start.mode.word().to_owned()));
    }
    // A height does not change between two weighings.
    if let instruments::Scoring::Bmi { height, .. } = instrument.scoring {
        let last = own.last().and_then(|r| r.answers.get(&height));
        if let Some(domain::response::Answer::Value(number)) = last {
            pairs.push((format!("sp-{height}"), number.to_string()));
        }
    }
    Typed::new(pairs)
}

/// Place and equipment of the first test that has them.
pub(super) fn remembered(own: &[&Response]) -> Option<TestSetting> {
    own.iter().map(|r| &r.setting).find(|s| s.place.is_some() || s.equipment.is_some()).cloned()
}

fn new_page(
    frame: Frame,
    record: &CitizenRecord,
    instrument: &Instrument,
    typed: &Typed,
    id: String,
    today: Date,
) -> FillPage {
    let citizen = record.citizen.value.id;
    let href = fill_href(citizen, &instrument.id);
    let by_citizen = instrument.modes.contains(&Mode::CitizenSelf);
    let tablet_href = by_citizen.then(|| format!("{href}/tablet"));
    let base = page(frame, record, instrument, typed, today);
    FillPage { href, tablet_href, back: list_href(citizen), id, ..base }
}

/// The page with what was typed; addresses are filled in by whoever shows it.
pub(super) fn page(
    frame: Frame,
    record: &CitizenRecord,
    instrument: &Instrument,
    typed: &Typed,
    today: Date,
) -> FillPage {
    let citizen = &record.citizen.value;
    let mut person = person_header(citizen, None, today);
    person.href = Some(format!("/borgere/{}", citizen.id));
    let mode = |mode: &Mode| Choice {
        value: mode.word().to_owned(),
        label: mode.label().to_owned(),
        hint: None,
        selected: typed.get("maade") == mode.word(),
    };
    let fact = |fact: &instruments::Fact| FactView {
        id: fact.id.clone(),
        label: fact.label.clone(),
        chosen: typed.all("oplysning").contains(&fact.id),
    };
    FillPage {
        frame,
        person,
        heading: instrument.name.clone(),
        href: String::new(),
        back: String::new(),
        tablet_href: None,
        about: About {
            purpose: instrument.purpose.clone(),
            lead: instrument.lead.clone(),
            safety: instrument.safety.clone(),
            setup: instrument.setup.clone(),
            limits: instrument.limits_of_use.clone(),
            source: format!("{} {}", instrument.reference, instrument.licence),
            draft_wording: instrument.wording == instruments::Wording::OwnTranslation,
            measured: instrument.modes == [Mode::Measured],
        },
        items: form::items(instrument, typed, None, &[]),
        facts: instrument.facts.iter().map(fact).collect(),
        phases: phases(Phase::parse(typed.get("fase")).unwrap_or(Phase::Start)),
        modes: if instrument.modes.len() > 1 { instrument.modes.iter().map(mode).collect() } else { Vec::new() },
        on: Field::of(typed.said("dato").unwrap_or_else(|| today.to_string())),
        setting: instrument.needs_setting().then(|| SettingView {
            place: typed.get("sted").to_owned(),
            equipment: typed.get("udstyr").to_owned(),
            remembered: typed.has("husket"),
        }),
        stopped: typed.has("stoppet"),
        reason: Field::of(typed.get("hvorfor")),
        id: String::new(),
        correction: None,
        errors: Vec::new(),
        problem: None,
        may_keep: false,
        prefilled: false,
    }
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((citizen, instrument)): Path<(Uuid, String)>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Answered, AppError> {
    let typed = Typed::new(pairs);
    let loaded = load(&app, &caller, citizen.into()).await?;
    let instrument = loaded.known.to_answer(&instrument)?;
    let id = typed.get("svar-id").parse().map_or_else(|_| ids::new(app.now()), ResponseId);
    let read = form::read(instrument, &typed);
    let (input, fault) = match input(instrument, &typed, &read) {
        Ok(input) => match super::record(&app, &caller, citizen.into(), id, input).await {
            Ok(id) => return Ok(visit.done(&result_href(id), "Besvarelsen er gemt.").await?.into_response()),
            Err(error) => (true, Some(error.at_the_form()?)),
        },
        Err(error) => (false, error),
    };
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    let mut page = new_page(frame, &loaded.record, instrument, &typed, id.to_string(), local_date(app.now()));
    refused(&mut page, instrument, &typed, &read, fault.as_ref(), input);
    let status = fault.map_or(StatusCode::UNPROCESSABLE_ENTITY, |error| error.form_status());
    Ok((status, Page(page)).into_response())
}

/// What is recorded, from what was typed; the error is none when it is the answers that are the matter.
pub(super) fn input(
    instrument: &Instrument,
    typed: &Typed,
    read: &ReadForm,
) -> Result<ResponseInput, Option<AppError>> {
    let recorded = match typed.get("gem") {
        "afslaaet" => Recorded::Refused,
        "ikke-muligt" => Recorded::NotPossible,
        _ => Recorded::Answered,
    };
    if recorded == Recorded::Answered && !read.is_sound() {
        return Err(None);
    }
    let on = match typed.said("dato").map(|text| text.parse::<Date>()) {
        None => None,
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => return Err(Some(AppError::field("on", "unreadable", "Skriv datoen som dag, måned og år."))),
    };
    let facts = typed.has("oplysninger").then(|| typed.all("oplysning").iter().cloned().collect());
    Ok(ResponseInput {
        instrument: instrument.id.clone(),
        mode: Mode::parse(typed.get("maade")).ok(),
        phase: Phase::parse(typed.get("fase")).unwrap_or(Phase::Start),
        on,
        setting: TestSetting { place: typed.said("sted"), equipment: typed.said("udstyr") },
        session: None,
        answers: read.answers.clone(),
        facts,
        recorded,
        reason: if recorded == Recorded::Answered { typed.said("stoppet-hvorfor") } else { typed.said("hvorfor") },
        stopped_early: typed.has("stoppet"),
        accept_incomplete: typed.get("gem") == "ufuldstaendig",
        confirmed: read.confirmed.clone(),
    })
}

/// The page says what is the matter, at each field and above.
pub(super) fn refused(
    page: &mut FillPage,
    instrument: &Instrument,
    typed: &Typed,
    read: &ReadForm,
    error: Option<&AppError>,
    sound: bool,
) {
    let incomplete = matches!(error, Some(AppError::Field { code: "incomplete", .. }));
    let missing = if incomplete || (!sound && error.is_none()) { missing(instrument, read) } else { Vec::new() };
    page.items = form::items(instrument, typed, Some(read), if incomplete { &missing } else { &[] });
    let at_items = page.items.iter().filter_map(|item| Some((item.first_id(), item.line(item.error.as_ref()?))));
    page.errors = at_items.collect();
    page.may_keep = incomplete;
    match error {
        Some(AppError::Field { field: "on", message, .. }) => {
            page.on.error = Some(message.clone());
            page.errors.push(("dato".to_owned(), message.clone()));
        }
        Some(AppError::Field { field: "reason", message, .. }) => {
            page.reason.error = Some(message.clone());
            let at = if typed.has("stoppet") { "stoppet-hvorfor" } else { "hvorfor" };
            page.errors.push((at.to_owned(), message.clone()));
        }
        Some(AppError::Field { field: "why", message, .. }) => {
            if let Some(correction) = &mut page.correction {
                correction.why.error = Some(message.clone());
            }
            page.errors.push(("rettelse".to_owned(), message.clone()));
        }
        None | Some(AppError::Field { code: "incomplete", .. }) => {}
        Some(other) => page.problem = Some(other.user_message()),
    }
}

fn missing(instrument: &Instrument, read: &ReadForm) -> Vec<u16> {
    let none = std::collections::BTreeSet::new();
    let context = instruments::Context { facts: &none, on: Date::MIN, earlier: &[] };
    instruments::evaluate(instrument, &read.answers, context).missing
}

impl ItemView {
    /// Where the first control of it is.
    pub(super) fn first_id(&self) -> String {
        match &self.field {
            form::FieldView::Choice(options) | form::FieldView::Many(options) => {
                options.first().map_or_else(|| self.id.clone(), |first| format!("{}-{}", self.id, first.value))
            }
            form::FieldView::Number { .. } | form::FieldView::Text { .. } => self.id.clone(),
        }
    }

    fn line(&self, error: &str) -> String {
        format!("Spørgsmål {}: {error}", self.no)
    }
}
