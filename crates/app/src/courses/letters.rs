//! The letters of a course to the citizen: the plan (M5), the end (M15), a follow-up (M16). Each is written from the record in
//! the municipality's own words and waits until somebody has sent it; writing it again takes the place of one that waits.

use domain::citizen::Identity;
use domain::codes::InterventionCode;
use domain::course_message::{CourseMessage, MessageSubject, basis};
use domain::follow_up::{FollowUp, FollowUpState};
use domain::ids::{CitizenId, CourseId, FollowUpId};
use domain::notice::NoticeKind;
use domain::organization::ManagingOrganization;
use domain::workdays::local_date;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use store::{Seen, StoreError, Tx};

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
        CourseMessage::FollowUp => {
            let next = planned(record, course).min_by_key(|one| one.due_on).ok_or(NO_FOLLOW_UP)?;
            return write_follow_up(tx, home, record, next, now);
        }
        _ => return Err(AppError::Unreadable("letter")),
    };
    let telling =
        Telling { kind, letter: words, subject: course.0, course: Some(course), event_at: None, values, home };
    tell_by_letter(tx, record, telling)
}

const NO_FOLLOW_UP: AppError =
    AppError::Rule { code: "no_follow_up", message: "Der er ikke aftalt en opfølgning. Aftal den ved afslutningen." };

/// The letter about one follow-up (M16), so that each of a course has its own.
fn write_follow_up(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    record: &CitizenRecord,
    follow_up: &FollowUp,
    now: Timestamp,
) -> Result<(), AppError> {
    let values = Values::from([("dag", dates::long_day(follow_up.due_on, local_date(now)))]);
    let (kind, letter, course) = (NoticeKind::FollowUp, &letters::FOLLOW_UP, Some(follow_up.course));
    let telling = Telling { kind, letter, subject: follow_up.id.0, course, event_at: None, values, home };
    tell_by_letter(tx, record, telling)
}

/// Writes M16 of every agreed follow-up that has become due and has none yet; says how many. Safe to repeat and to miss: a
/// follow-up has one such letter, and one whose day has come is not announced any more.
pub async fn write_due(app: &App, who: &Caller) -> Result<usize, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    let (today, window) = (local_date(now), home.settings.limits.follow_up_window_days);
    let opens = today.saturating_add(i64::from(window).days());
    let look = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(unannounced(tx, today, opens)?));
    let due = app.store.view(who.scope("course.letters_due", now), look).await?;
    let mut written = 0;
    for (citizen, id) in due {
        let home = home.clone();
        let write = move |tx: &mut Tx<'_>| {
            let record = records::citizen_record(tx, citizen)?;
            let follow_up = &record.follow_up(id)?.value;
            let told = basis(CourseMessage::FollowUp, &record.consent_values(), None, about(&record)).is_ok();
            // Somebody may have changed it since the round looked, and a day that was put off has its call promised.
            if !told || !follow_up.is_due(today, window) || follow_up.due_on <= today {
                return Ok(0);
            }
            write_follow_up(tx, &home, &record, follow_up, now)?;
            Ok::<_, AppError>(1)
        };
        written += app.store.write(who.scope("course.letter", now), write).await?;
    }
    Ok(written)
}

/// Follow-ups that are to be held between two days and that no letter tells of.
fn unannounced(tx: &mut Tx<'_>, today: Date, opens: Date) -> Result<Vec<(CitizenId, FollowUpId)>, StoreError> {
    const SQL: &str = "select t.citizen, t.subject from task t
        where t.organization = $1 and t.state = 'open' and t.kind = 'follow_up' and t.due_on > $2 and t.due_on <= $3
            and t.citizen is not null and not exists (select 1 from notice n where n.organization = $1
                and n.citizen = t.citizen and n.kind = 'follow_up' and n.subject = t.subject)
        order by t.due_on, t.id";
    tx.query(SQL, &[today.into(), opens.into()], |row| Ok((CitizenId(row.take()?), FollowUpId(row.take()?))))
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
        ("selv", points(own_plan(record, course))),
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
    let again = planned(record, course).map(|one| format!("Omkring {}.", dates::long_day(one.due_on, today)));
    Values::from([("mål", points(went)), ("plan", points(own_plan(record, course))), ("opfølgning", points(again))])
}

/// Agreed follow-ups that nobody has asked about yet.
fn planned(record: &CitizenRecord, course: CourseId) -> impl Iterator<Item = &FollowUp> {
    let all = record.follow_ups.iter().map(|f| &f.value);
    all.filter(move |f| f.course == course && f.state == FollowUpState::Planned)
}

/// What the citizen does themselves: what was said at the talks about keeping it up, and the associations they go to.
pub(crate) fn own_plan(record: &CitizenRecord, course: CourseId) -> Vec<String> {
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
