//! The citizen's page: tasks, courses, messages, versions, who has looked: `GET /borgere/{id}`.
//!
//! Six queries, all in [`queries::citizen`]; the visit is logged as an opened record.

use askama::Template;
use axum::extract::{Path, State};
use domain::ids::CitizenId;
use domain::limits::Limits;
use domain::permission::{Permission, Role};
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Seen, Versioned};
use uuid::Uuid;

use super::course_views::{CourseView, course_views};
use super::queries::{self, AccessRow, CitizenView, MessageRow, TaskRow, VersionRow};
use crate::layout::{Counts, Frame, Link, Moment, Nav, Owner, PersonHeader, Tab, Tag, dates};
use crate::mailbox::{delivery_tag, incoming_label, outcome_tag, outgoing_label};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, bridge, calendar, courses, quality, tasks};

/// Rows of the long lists that stand unfolded.
const FIRST: usize = 8;

#[derive(Template)]
#[template(path = "citizens/citizen.html")]
pub(super) struct CitizenPage {
    frame: Frame,
    heading: String,
    facts: String,
    person: PersonHeader,
    tabs: Vec<Tab>,
    courses: Vec<CourseView>,
    tasks: Vec<TaskLine>,
    messages: Vec<MessageLine>,
    versions: Vec<VersionLine>,
    readers: Vec<ReaderLine>,
    edit_href: Option<String>,
    measures_href: String,
    match_href: Option<String>,
}

/// An open task, why there is one, who has it, and the next step.
pub(crate) struct TaskLine {
    pub(crate) tag: Tag,
    pub(crate) what: &'static str,
    pub(crate) why: String,
    /// The requirements it comes from, with their pages.
    pub(crate) requirements: Vec<Link>,
    pub(crate) owner: Option<Owner>,
    pub(crate) next: Option<Link>,
}

/// The open tasks of a citizen.
pub(crate) fn task_lines(view: &CitizenView, role: Role, limits: &Limits, today: Date) -> Vec<TaskLine> {
    let line = |task| TaskLine { requirements: requirements(task, view, role), ..task_line(task, view, limits, today) };
    view.tasks.iter().map(line).collect()
}

/// Where the requirements of a task are told about, for who may read them.
fn requirements(task: &TaskRow, view: &CitizenView, role: Role) -> Vec<Link> {
    let Some(kind) = TaskKind::parse(&task.kind).ok().filter(|_| role.may(Permission::QualityRead)) else {
        return Vec::new();
    };
    let of = view.record.intervention(task.subject.into()).ok().and_then(|it| it.value.service_request);
    let id = of.map_or(task.subject, |id| id.0);
    let request = view.record.requests.iter().map(|it| &it.value.request).find(|it| it.id.0 == id);
    let named = tasks::requirements(kind, &task.rule, request);
    named.into_iter().map(|id| Link::new(quality::requirement_href(id), id)).collect()
}

struct MessageLine {
    at: Moment,
    direction: &'static str,
    kind: &'static str,
    party: String,
    tag: Tag,
    reason: Option<String>,
    link: Link,
}

struct VersionLine {
    at: Moment,
    who: Option<String>,
    kind: String,
    reason: String,
}

struct ReaderLine {
    at: Moment,
    who: Option<String>,
    role: &'static str,
    what: &'static str,
    why: String,
}

/// What was changed and who looked, the newest first.
struct Trail {
    versions: Vec<VersionRow>,
    access: Vec<AccessRow>,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<CitizenPage>, AppError> {
    let now = app.now();
    let (view, trail) = app
        .store
        .view(caller.scope("citizen.open", now), move |tx| {
            let citizen = CitizenId(id);
            let view = queries::citizen(tx, citizen)?;
            let versions = queries::versions(tx, citizen, 50)?;
            let access = queries::access_log(tx, citizen, 50)?;
            Ok::<_, AppError>(Seen::record(id, (view, Trail { versions, access })))
        })
        .await?;
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    let limits = app.organization(caller.organization).await?.settings.limits;
    Ok(Page(page(frame, &caller, (&view, &trail), &limits, now)))
}

fn page(
    frame: Frame,
    caller: &Caller,
    (view, trail): (&CitizenView, &Trail),
    limits: &Limits,
    now: Timestamp,
) -> CitizenPage {
    let (citizen, today) = (&view.record.citizen.value, local_date(now));
    let doctor = citizen.general_practitioner.and_then(|id| view.partners.iter().find(|p| p.id == id));
    let mut person = super::person_header(citizen, doctor.map(|d| d.name.as_str()), today);
    person.facts.splice(0..0, calendar::next_time(&view.record, now));
    let courses = course_views(&view.record, now);
    CitizenPage {
        frame,
        heading: heading(view, today),
        facts: facts(view),
        person: PersonHeader { seen_by_href: Some("#set".to_owned()), ..person },
        tabs: tabs(view),
        courses,
        tasks: task_lines(view, caller.role, limits, today),
        messages: view.messages.iter().map(|message| message_line(message, view, now)).collect(),
        versions: trail.versions.iter().map(|version| version_line(version, now)).collect(),
        readers: trail.access.iter().map(|row| reader_line(row, now)).collect(),
        measures_href: crate::measures::list_href(citizen.id),
        match_href: caller.role.may(Permission::CourseWrite).then(|| bridge::match_href(citizen.id)),
        edit_href: caller.role.may(Permission::CitizenWrite).then(|| format!("/borgere/{}/ret", citizen.id)),
    }
}

fn heading(view: &CitizenView, today: Date) -> String {
    let open = view.record.open_course();
    match open.or(view.record.courses.last()).map(|c: &Versioned<_>| &c.value) {
        Some(course) if course.state.is_open() => format!("Forløb siden {}", dates::month_day(course.opened_on, today)),
        Some(_) => "Forløbet er afsluttet".to_owned(),
        None if view.record.requests.iter().any(|r| r.value.request.state.is_open()) => {
            "Henvist, endnu uden forløb".to_owned()
        }
        None => "Intet forløb".to_owned(),
    }
}

/// One line: what was granted and how far it is.
fn facts(view: &CitizenView) -> String {
    let plans = view.record.interventions.iter().map(|i| i.value.status);
    let done = plans.clone().filter(|s| s.word() == "completed").count();
    let open = plans.filter(|s| matches!(s.word(), "granted" | "active" | "paused")).count();
    let open_requests = view.record.requests.iter().filter(|r| r.value.request.state.is_open()).count();
    let parts = [
        (open_requests, "åben henvisning", "åbne henvisninger"),
        (open, "indsats i gang", "indsatser i gang"),
        (done, "gennemført", "gennemført"),
    ];
    let said =
        parts.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many }));
    said.collect::<Vec<_>>().join(" · ")
}

fn tabs(view: &CitizenView) -> Vec<Tab> {
    let tab =
        |href: &str, label: &str, count| Tab { href: href.to_owned(), label: label.to_owned(), count, current: false };
    vec![
        tab("#opgaver", "Opgaver", Some(view.tasks.len())),
        tab("#forloeb", "Forløb", None),
        tab("#beskeder", "Beskeder", Some(view.messages.len())),
        tab("#versioner", "Tidligere versioner", None),
        tab("#set", "Hvem har set journalen", None),
    ]
}

fn task_line(task: &TaskRow, view: &CitizenView, limits: &Limits, today: Date) -> TaskLine {
    let kind = TaskKind::parse(&task.kind).ok();
    let request = view
        .record
        .requests
        .iter()
        .find(|r| r.value.request.state.is_open() && r.value.next.as_ref().map(|n| n.kind) == kind)
        .or_else(|| view.record.requests.iter().find(|r| r.value.request.id.0 == task.subject));
    let to_request = request.map(|r| Link::new(format!("/henvisninger/{}", r.value.request.id), "Åbn henvisningen"));
    TaskLine {
        tag: Tag::deadline(task.due_on, today),
        what: kind.map_or("Opgave", TaskKind::label),
        why: kind.map(|kind| tasks::why_and_when(kind, &task.rule, limits, task.due_on, today)).unwrap_or_default(),
        requirements: Vec::new(),
        owner: task.owner.clone().map(|initials| Owner { initials, role: "Medarbejder".to_owned() }),
        next: kind.and_then(|kind| next_step(kind, task, view)).or(to_request),
    }
}

/// Where a task is done, as the record knows it.
fn next_step(kind: TaskKind, task: &TaskRow, view: &CitizenView) -> Option<Link> {
    let to_time = || {
        let time = view.record.time_of(task.subject.into())?;
        Some(Link::new(format!("/kalender/tider/{}", time.value.id), "Se tiden"))
    };
    match kind {
        TaskKind::BridgeContact | TaskKind::DietFollowUp | TaskKind::DietReassess | TaskKind::TrainingDose => {
            let it = view.record.interventions.iter().find(|i| i.value.id.0 == task.subject)?;
            Some(Link::new(format!("{}#advarsler", courses::course_href(it.value.course)), "Se forløbet"))
        }
        TaskKind::HoldTalk | TaskKind::NeedsTalk => to_time(),
        kind => tasks::place(kind, &task.rule, task.subject).or_else(to_time),
    }
}

fn message_line(message: &MessageRow, view: &CitizenView, now: Timestamp) -> MessageLine {
    let gln = message.party.as_deref().unwrap_or_default();
    let partner = view.partners.iter().find(|p| p.gln.as_ref().is_some_and(|g| g.as_str() == gln));
    let party = partner.map_or_else(|| gln.to_owned(), |p| p.name.clone());
    let (direction, kind, tag, href) = if message.incoming {
        ("Modtaget", incoming_label(&message.kind), outcome_tag(&message.state), format!("/beskeder/{}", message.id))
    } else {
        ("Sendt", outgoing_label(&message.kind), delivery_tag(&message.state), format!("/udgaaende/{}", message.id))
    };
    let at = Moment::exactly(message.at, now);
    MessageLine { at, direction, kind, party, tag, reason: message.reason.clone(), link: Link::new(href, "Se den") }
}

fn version_line(row: &VersionRow, now: Timestamp) -> VersionLine {
    let what = kind_label(&row.kind);
    VersionLine {
        at: Moment::exactly(row.at, now),
        who: row.actor.clone(),
        kind: if row.version == 1 { format!("{what} oprettet") } else { format!("{what}, version {}", row.version) },
        reason: row.reason.clone().unwrap_or_default(),
    }
}

/// What a kind of record is called.
fn kind_label(kind: &str) -> &'static str {
    match kind {
        "citizen" => "Stamoplysninger",
        "service_request" => "Henvisning",
        "course" => "Forløb",
        "care_plan" => "Indsatsforløb",
        "planned_intervention" => "Indsats",
        "encounter" => "Kontakt",
        "condition" => "Tilstand",
        "goal" => "Mål",
        "consent" => "Samtykke",
        "contact_attempt" => "Opkald",
        "follow_up" => "Opfølgning",
        "appointment" => "Tid til samtale",
        "safety_answers" => "Svar om sikkerhed",
        "acknowledgement" => "Kvittering for en advarsel",
        "checklist" => "Indhold af en indsats",
        "stratification" => "Niveau af støtte",
        "adaptations" => "Hensyn",
        "response" => "Måling eller spørgeskema",
        "bridge" => "Vej til forening",
        "stop_course" => "Nikotinstop",
        "notification" => "Beslutning om underretning",
        "supplier_enrolment" => "Indsats hos leverandør",
        "coordination" => "Koordinering på tværs",
        "relatives_terms" => "Pårørende i forløbet",
        "digital_course" => "Digitalt forløb",
        _ => "Oplysning",
    }
}

fn reader_line(row: &AccessRow, now: Timestamp) -> ReaderLine {
    ReaderLine {
        at: Moment::exactly(row.at, now),
        who: row.name.clone(),
        role: row.role.as_deref().and_then(|word| Role::parse(word).ok()).map_or("", Role::label),
        what: reading_label(&row.what),
        why: row.purpose.clone(),
    }
}

/// What a reading is called in "Hvem har set journalen".
fn reading_label(word: &str) -> &'static str {
    match word {
        "worklist" => "Liste over henvisninger",
        "overview" => "Overblik",
        "follow_up.list" => "Liste over opfølgninger",
        "handover" => "Overdragelse af opgaver",
        "citizen.search" | "worklist.search" | "referral.likely" => "Søgning",
        "referral.open" => "Henvisning",
        "referral.letter_open" => "Brev om kontakt",
        "citizen.open" => "Journalen",
        "citizen.edit" => "Kontaktoplysninger",
        "course.open" => "Forløbet",
        "course.close" | "course.final_note" => "Afslutning af forløbet",
        "course.copy" => "Borgerens kopi af status",
        "contact.open" => "Kontakt i forløbet",
        "message" | "message.original" => "Besked",
        "outgoing" | "outgoing.original" => "Sendt besked",
        "attachment" => "Bilag",
        "calendar" => "Kalender",
        "calendar.book" => "Booking af tid",
        "appointment.open" => "Tid til samtale",
        "appointment.invitation" => "Invitation",
        "safety.open" => "Sikkerhed og advarsler",
        "support.open" => "Støtte og hensyn",
        "response.list" | "response.open" | "response.new" | "response.progress" => "Målinger og spørgeskemaer",
        "response.grid" => "Målinger på hold",
        "bridge.match" | "bridge.open" | "bridge.card" => "Vej til forening",
        "supplier.own" | "supplier.own_list" => "Indsats hos leverandør",
        "supplier.given" => "Indsats givet til leverandør",
        "coordination.open" => "Koordinering på tværs",
        "relatives.open" => "Pårørende i forløbet",
        "digital.open" => "Digitalt forløb",
        "follow_up.call" => "Opfølgning",
        "stop_course.open" => "Nikotinstop",
        "stopbasen.list" | "stopbasen.export" => "STOPbasens skemaer",
        "notification.open" | "notification.letter" => "Beslutning om underretning",
        "team.open" | "team.session" => "Hold",
        "team.attendance" => "Fremmøde på hold",
        "report.bundle" | "report.list" => "Indberetning",
        _ => "Andet opslag",
    }
}
