//! The end of a course: goals evaluated, the status read as the practice will see it, consent or legal basis by the
//! rules, follow-up, and all of it sent in one act: `GET`, `POST /forloeb/{id}/afslut`.
//!
//! A closed course whose status was not sent is told about here too.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::consent::{Answer, Basis};
use domain::course::CloseBlocker;
use domain::goal::GoalOutcome;
use domain::ids::CourseId;
use domain::permission::Permission;
use domain::workdays::{local, local_date};
use store::{Seen, Versioned};
use uuid::Uuid;

use super::closing_form::{ClosingForm, FOLLOW_UPS, NO_NEED, follow_up_day};
use super::{course_href, panels};
use crate::courses::closing::{blockers, planned_talk};
use crate::courses::final_note::{Receiver, receivers, taken_back};
use crate::courses::note_text::sections;
use crate::courses::{NoteInput, NotesSent, close_and_tell, send_final_note};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav, PersonHeader, Tag, capitalised, dates};
use crate::records::{self, CitizenRecord};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens};

#[derive(Template)]
#[template(path = "courses/pages/closing.html")]
pub(super) struct ClosingPage {
    frame: Frame,
    href: String,
    course_href: String,
    /// Where the screening for alcohol is filled in.
    audit_href: String,
    version: i64,
    person: PersonHeader,
    period: String,
    errors: Vec<FormError>,
    problem: Option<String>,
    /// It is closed already; only the status is left.
    closed: bool,
    goals: Vec<GoalField>,
    evaluated: Tag,
    action: Field,
    outcome: Field,
    own_view: Field,
    agreements: Field,
    note: Field,
    /// The answer that stands in the record; none when nobody asked.
    answered: Option<Tag>,
    /// "ja" or "nej" as it is ticked here.
    asked: String,
    section_41: Field,
    talk: TalkFields,
    follow_ups: Vec<FollowUpChoice>,
    no_need: bool,
    blockers: Vec<Blocker>,
    may_set_aside: bool,
    set_aside: Field,
    letter: Vec<(&'static str, String)>,
    from: String,
    today: String,
    receivers: Vec<Receiver>,
    /// On what ground it may be sent, or why it may not.
    ground: Result<String, String>,
}

impl ClosingPage {
    /// It may be sent, and somebody can receive it.
    fn can_send(&self) -> bool {
        self.ground.is_ok() && self.receivers.iter().any(|receiver| receiver.reached)
    }
}

struct GoalField {
    id: Uuid,
    words: String,
    options: Vec<Choice>,
    said: String,
}

struct TalkFields {
    held: bool,
    date: String,
    from: String,
    until: String,
    classes: Vec<Choice>,
}

struct FollowUpChoice {
    name: &'static str,
    label: String,
    checked: bool,
}

/// What stands in the way and is not mended on this page.
struct Blocker {
    text: String,
    href: String,
}

/// A course about to be closed.
struct Loaded {
    record: Arc<CitizenRecord>,
    course: Versioned<domain::course::Course>,
    blockers: Vec<CloseBlocker>,
    receivers: Vec<Receiver>,
    /// What a status said that was taken back.
    taken_back: Option<NoteInput>,
}

async fn load(app: &App, caller: &Caller, id: CourseId) -> Result<Loaded, AppError> {
    let limits = app.message_limits;
    let read = move |tx: &mut store::Tx<'_>| {
        let citizen = records::citizen_of(tx, "course", id.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let course = record.course(id)?.clone();
        let blockers = blockers(tx, &record, id, true)?;
        let receivers = receivers(tx, &record, id, &limits)?;
        let taken_back = if course.value.state.is_open() { None } else { taken_back(tx, &course.value, &limits)? };
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded { record, course, blockers, receivers, taken_back }))
    };
    app.store.view(caller.scope("course.close", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<ClosingPage>, AppError> {
    let loaded = load(&app, &caller, id.into()).await?;
    let fields = first_fields(&loaded, app.now());
    Ok(Page(page(&app, &caller, &visit, &loaded, &fields, Vec::new(), None).await?))
}

/// What a new form says: the booked time of the talk, else today.
fn first_fields(loaded: &Loaded, now: jiff::Timestamp) -> Fields {
    let talk = planned_talk(&loaded.record, loaded.course.value.id);
    let time = talk.and_then(|talk| loaded.record.time_of(talk.value.id)).map(|t| &t.value).filter(|t| t.start <= now);
    let clock = |at| local(at).strftime("%H:%M").to_string();
    let mut fields = Fields::from([("dato".to_owned(), local_date(now).to_string())]);
    let words = loaded.taken_back.clone().unwrap_or_default();
    let said = [
        ("handling-laege", words.action_for_doctor),
        ("udbytte", words.outcome),
        ("egen-vurdering", words.own_view),
        ("aftaler", words.agreements),
    ];
    fields.extend(said.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?))));
    if let Some(time) = time {
        fields.insert("dato".to_owned(), local_date(time.start).to_string());
        fields.insert("fra".to_owned(), clock(time.start));
        fields.insert("til".to_owned(), clock(time.end));
        fields.insert("sted".to_owned(), time.class.word().to_owned());
    }
    fields
}

pub(super) async fn act(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(fields): PageForm<Fields>,
) -> Result<Response, AppError> {
    let loaded = load(&app, &caller, id.into()).await?;
    if fields.contains_key("vis") {
        return Ok(Page(page(&app, &caller, &visit, &loaded, &fields, Vec::new(), None).await?).into_response());
    }
    let send = fields::said(&fields, "handling") == Some("send");
    let open = loaded.course.value.state.is_open();
    if !open && !send {
        // Closed by a double click or by a colleague: there is nothing left to do.
        return Ok(Redirect::to(&course_href(id.into())).into_response());
    }
    let months = app.organization(caller.organization).await?.settings.limits.follow_up_months();
    let form = ClosingForm { fields: &fields, record: &loaded.record, course: id.into(), now: app.now(), months };
    let version = Some(fields::version(&fields));
    let outcome = if open {
        match form.close() {
            Ok(input) => {
                let note = send.then(|| form.note());
                close_and_tell(&app, &caller, id.into(), version, input, note).await.map(|ended| ended.sent)
            }
            Err(errors) => return refused(&app, &caller, &visit, &loaded, &fields, errors, None).await,
        }
    } else if sent_status(&app, &caller, id.into()).await?.is_some() {
        return Ok(Redirect::to(&format!("{}/kopi", course_href(id.into()))).into_response());
    } else {
        send_final_note(&app, &caller, id.into(), form.note()).await.map(Some)
    };
    match outcome {
        Ok(Some(notes)) => {
            let notice = sent_notice(&loaded, &notes);
            let to = format!("{}/kopi", course_href(id.into()));
            Ok(match sent_status(&app, &caller, id.into()).await? {
                Some(status) => visit.done_unless(&to, notice, format!("/udgaaende/{status}/fortryd")).await?,
                None => visit.done(&to, notice).await?,
            }
            .into_response())
        }
        Ok(None) => Ok(visit
            .done(&course_href(id.into()), "Forløbet er afsluttet. Der er ikke sendt noget.")
            .await?
            .into_response()),
        Err(error) => refused(&app, &caller, &visit, &loaded, &fields, Vec::new(), Some(error.at_the_form()?)).await,
    }
}

fn sent_notice(loaded: &Loaded, sent: &NotesSent) -> String {
    let names: Vec<&str> = loaded.receivers.iter().filter(|r| r.reached).map(|r| r.name.as_str()).collect();
    if sent.files.is_empty() {
        "Forløbet er afsluttet. Brevet kan ikke sendes elektronisk: print det, og send det med posten.".to_owned()
    } else {
        format!("Forløbet er afsluttet. Status er på vej til {}.", names.join(" og "))
    }
}

/// The status that is on its way or has arrived: a back button does not send it twice.
async fn sent_status(app: &App, caller: &Caller, id: CourseId) -> Result<Option<Uuid>, AppError> {
    let loaded = super::course::load(app, caller, id).await?;
    Ok(panels::statuses(&loaded.view, id).next().map(|message| message.id))
}

async fn refused(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    loaded: &Loaded,
    fields: &Fields,
    errors: Vec<FormError>,
    error: Option<AppError>,
) -> Result<Response, AppError> {
    let status = error.as_ref().map_or(StatusCode::UNPROCESSABLE_ENTITY, AppError::form_status);
    let problem = error.map(|error| error.user_message());
    Ok((status, Page(page(app, caller, visit, loaded, fields, errors, problem).await?)).into_response())
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    loaded: &Loaded,
    fields: &Fields,
    errors: Vec<FormError>,
    problem: Option<String>,
) -> Result<ClosingPage, AppError> {
    let now = app.now();
    let (record, course, today) = (&loaded.record, &loaded.course.value, local_date(now));
    let home = app.organization(caller.organization).await?;
    let months = home.settings.limits.follow_up_months();
    let form = ClosingForm { fields, record, course: course.id, now, months };
    let typed = |name: &str| Field::of(fields.get(name).cloned().unwrap_or_default());
    let person = citizens::person_header(&record.citizen.value, None, today);
    let goals = goals(record, course.id, fields);
    let open = course.state.is_open();
    let may_send = form.basis(caller);
    Ok(ClosingPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: format!("{}/afslut", course_href(course.id)),
        course_href: course_href(course.id),
        audit_href: crate::measures::fill_href(course.citizen, "audit"),
        version: loaded.course.version,
        person: PersonHeader { href: Some(format!("/borgere/{}", record.citizen.value.id)), ..person },
        period: panels::summary(record, course, today),
        problem,
        closed: !open,
        evaluated: evaluated(&goals),
        goals,
        action: typed("handling-laege"),
        outcome: typed("udbytte"),
        own_view: typed("egen-vurdering"),
        agreements: typed("aftaler"),
        note: typed("notat"),
        answered: match form.answered() {
            Answer::Given(_) => Some(Tag::done("Ja")),
            Answer::Refused => Some(Tag::of("line", "close", "Nej")),
            Answer::NotAsked => None,
        },
        asked: fields.get("samtykke").cloned().unwrap_or_default(),
        section_41: typed("paragraf-41"),
        talk: TalkFields {
            held: fields::said(fields, "samtale") != Some("ikke-holdt"),
            date: typed("dato").value,
            from: typed("fra").value,
            until: typed("til").value,
            classes: panels::class_choices(fields.get("sted").map_or("", String::as_str)),
        },
        follow_ups: FOLLOW_UPS
            .iter()
            .zip(form.months)
            .map(|(name, months)| FollowUpChoice {
                name,
                label: format!(
                    "Om {months} måneder, {}",
                    dates::long_day(follow_up_day(today, i64::from(months)), today)
                ),
                checked: fields.contains_key(*name),
            })
            .collect(),
        no_need: fields.contains_key(NO_NEED),
        blockers: loaded.blockers.iter().filter(|_| open).filter_map(|b| blocker(b, course.id)).collect(),
        may_set_aside: caller.role.may(Permission::OverrideBlocker),
        set_aside: typed("til-side"),
        letter: sections(&form.afterwards(), course.id, &form.note()),
        from: format!("{}, {}", home.name, home.department),
        today: dates::full_day(today),
        receivers: loaded.receivers.clone(),
        ground: may_send.map(|basis| ground(&basis)).map_err(|refused| refused.user_message().to_owned()),
        errors,
    })
}

fn ground(basis: &Basis) -> String {
    match basis {
        Basis::Consent { .. } => "Borgeren har sagt ja.".to_owned(),
        Basis::Section41 { reason } => format!("Sundhedsloven § 41: {reason}"),
        Basis::NoneNeeded => "Der kræves ikke samtykke.".to_owned(),
    }
}

fn goals(record: &CitizenRecord, course: CourseId, fields: &Fields) -> Vec<GoalField> {
    let ours = record.goals.iter().map(|g| &g.value).filter(|g| g.course == course);
    let field = |goal: &domain::goal::Goal| {
        let before = goal.evaluation.as_ref();
        let name = format!("maal-{}", goal.id);
        let chosen =
            fields.get(&name).map(String::as_str).or_else(|| before.map(|e| e.outcome.word())).unwrap_or_default();
        let option = |outcome: &GoalOutcome| Choice {
            value: outcome.word().to_owned(),
            label: outcome.label().to_owned(),
            hint: None,
            selected: outcome.word() == chosen,
        };
        let words = fields.get(&format!("ord-{}", goal.id)).cloned().or_else(|| before.and_then(|e| e.words.clone()));
        GoalField {
            id: goal.id.0,
            words: goal.words.clone(),
            options: GoalOutcome::ALL.iter().map(option).collect(),
            said: words.unwrap_or_default(),
        }
    };
    ours.map(field).collect()
}

fn evaluated(goals: &[GoalField]) -> Tag {
    let done = goals.iter().filter(|goal| goal.options.iter().any(|option| option.selected)).count();
    let text = format!("{done} af {}", goals.len());
    if done == goals.len() { Tag::done(text) } else { Tag::partly(text) }
}

/// What this page cannot mend, with where it is mended.
fn blocker(blocker: &CloseBlocker, course: CourseId) -> Option<Blocker> {
    let at = |panel: &str| format!("{}#{panel}", course_href(course));
    let href = match blocker {
        CloseBlocker::InterventionOpen { .. } => at("indsatser"),
        CloseBlocker::SafetyTaskOpen => at("opgaver"),
        CloseBlocker::StatusConsentNotAsked | CloseBlocker::GoalNotEvaluated | CloseBlocker::FollowUpNotAnswered => {
            return None;
        }
    };
    Some(Blocker { text: capitalised(&blocker.label()), href })
}
