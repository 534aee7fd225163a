//! The letters of a course to the citizen: the plan (M5), the end (M15), a follow-up (M16). Each is written from the record in
//! the municipality's own words and waits until somebody has sent it; writing it again takes the place of one that waits.

use domain::citizen::Identity;
use domain::codes::InterventionCode;
use domain::course_message::{CourseMessage, MessageSubject, basis};
use domain::follow_up::FollowUpState;
use domain::ids::CourseId;
use domain::notice::NoticeKind;
use domain::organization::ManagingOrganization;
use domain::workdays::local_date;
use jiff::Timestamp;
use store::Tx;

use crate::layout::dates;
use crate::letters::{self, LetterKind, Values};
use crate::notices::{Telling, points, tell_by_letter};
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, access};

/// A letter to the citizen that can be written from the record.
pub(crate) const BY_HAND: [CourseMessage; 3] =
    [CourseMessage::Plan, CourseMessage::ClosingLetter, CourseMessage::FollowUp];

/// Writes a letter to the citizen.
pub async fn write_letter(app: &App, who: &Caller, course: CourseId, letter: CourseMessage) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope("course.letter", now), move |tx| {
            let citizen = records::citizen_of(tx, "course", course.0)?;
            let record = records::citizen_record(tx, citizen)?;
            write_in(tx, &home, &record, course, letter, now)
        })
        .await
}

/// The citizen as far as messages are concerned.
pub(super) fn about(record: &CitizenRecord) -> MessageSubject {
    let citizen = &record.citizen.value;
    MessageSubject { dead: citizen.deceased_on.is_some(), anonymous: matches!(citizen.identity, Identity::Anonymous) }
}

/// The same in a transaction that does more.
pub(super) fn write_in(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    record: &CitizenRecord,
    course: CourseId,
    letter: CourseMessage,
    now: Timestamp,
) -> Result<(), AppError> {
    basis(letter, &record.consent_values(), None, about(record))?;
    let (kind, words, values): (NoticeKind, &'static LetterKind, Values) = match letter {
        CourseMessage::Plan => (NoticeKind::Plan, &letters::PLAN, plan(tx, record, course)?),
        CourseMessage::ClosingLetter => (NoticeKind::Closing, &letters::CLOSING, closing(record, course, now)),
        CourseMessage::FollowUp => (NoticeKind::FollowUp, &letters::FOLLOW_UP, follow_up(record, course, now)?),
        _ => return Err(AppError::Unreadable("letter")),
    };
    let telling =
        Telling { kind, letter: words, subject: course.0, course: Some(course), event_at: None, values, home };
    tell_by_letter(tx, record, telling)
}

fn plan(tx: &mut Tx<'_>, record: &CitizenRecord, course: CourseId) -> Result<Values, AppError> {
    let goals = record.goals.iter().map(|g| &g.value).filter(|g| g.course == course);
    let open = record.interventions.iter().map(|i| &i.value).filter(|i| i.course == course && i.status.is_open());
    let offered = open.filter(|i| !i.code.is_talk() && i.code != InterventionCode::FollowUp);
    let contact = record.course(course)?.value.contact_person;
    let contact = match contact {
        Some(id) => access::users_in(tx)?.into_iter().find(|user| user.id == id),
        None => None,
    };
    Ok(Values::from([
        ("mål", points(goals.map(|goal| goal.words.as_str()))),
        ("indsatser", points(offered.map(|i| i.code.label()))),
        ("selv", points(own(record, course))),
        (
            "kontakt",
            contact.map(|user| format!("Du kan spørge {}, {}.", user.name, lower(&user.title))).unwrap_or_default(),
        ),
    ]))
}

fn closing(record: &CitizenRecord, course: CourseId, now: Timestamp) -> Values {
    let goals = record.goals.iter().map(|g| &g.value).filter(|g| g.course == course);
    let went = goals.map(|goal| match &goal.evaluation {
        Some(evaluation) => {
            let words = evaluation.words.as_deref().map(|words| format!(" {words}")).unwrap_or_default();
            format!("{} {}.{words}", ended(&goal.words), evaluation.outcome.label())
        }
        None => goal.words.clone(),
    });
    let today = local_date(now);
    let again = planned(record, course).map(|day| format!("Omkring {}.", dates::long_day(day, today)));
    Values::from([("mål", points(went)), ("plan", points(own(record, course))), ("opfølgning", points(again))])
}

fn follow_up(record: &CitizenRecord, course: CourseId, now: Timestamp) -> Result<Values, AppError> {
    let message = "Der er ikke aftalt en opfølgning. Aftal den ved afslutningen.";
    let next = planned(record, course).min().ok_or(AppError::Rule { code: "no_follow_up", message })?;
    Ok(Values::from([("dag", dates::long_day(next, local_date(now)))]))
}

/// Agreed follow-ups that nobody has asked about yet.
fn planned(record: &CitizenRecord, course: CourseId) -> impl Iterator<Item = jiff::civil::Date> {
    let all = record.follow_ups.iter().map(|f| &f.value);
    all.filter(move |f| f.course == course && f.state == FollowUpState::Planned).map(|f| f.due_on)
}

/// What the citizen does themselves: what was said at the talks about keeping it up, and the associations they go to.
fn own(record: &CitizenRecord, course: CourseId) -> Vec<String> {
    const HEADING: &str = "Fastholdelse: ";
    let notes = record.encounters.iter().map(|e| &e.value).filter(|e| e.course == course);
    let kept = notes.filter_map(|e| e.note.as_deref()).flat_map(str::lines);
    let kept = kept.filter_map(|line| line.strip_prefix(HEADING)).map(ended);
    let bridges = record.bridges.iter().map(|b| &b.value).filter(|b| b.course == Some(course));
    let places = bridges.map(|b| format!("{}, {}, {}.", b.agreed.title, b.agreed.association, b.agreed.place));
    kept.chain(places).collect()
}

/// With a full stop.
fn ended(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
