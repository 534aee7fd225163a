//! The courses of a citizen as the page shows them: referrals, interventions, contacts.

use domain::care_plan::PlanStatus;
use domain::codes::DeliveryType;
use domain::ids::CourseId;
use domain::planned_intervention::PlannedIntervention;
use domain::referral::ReferralState;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar;
use crate::courses::{self, course_tag, encounter_tag, in_plan, plan_tag, what_was_held};
use crate::layout::{Moment, Tag, dates};
use crate::records::{CitizenRecord, StoredRequest};

/// A course, or what is not part of any course yet.
pub(super) struct CourseView {
    pub(super) title: String,
    /// The course's own page.
    pub(super) href: Option<String>,
    pub(super) since: String,
    pub(super) tag: Option<Tag>,
    pub(super) referrals: Vec<EventLine>,
    pub(super) plans: Vec<PlanView>,
    pub(super) talks: Vec<EventLine>,
    pub(super) encounters: Vec<EventLine>,
    pub(super) goals: Vec<EventLine>,
}

pub(super) struct PlanView {
    pub(super) title: String,
    pub(super) period: String,
    pub(super) tag: Tag,
    pub(super) interventions: Vec<EventLine>,
}

pub(super) struct EventLine {
    pub(super) at: Moment,
    pub(super) text: String,
    pub(super) detail: String,
    pub(super) tag: Option<Tag>,
    pub(super) href: Option<String>,
    pub(super) own: Own,
}

/// What of a line is somebody's own words.
#[derive(Clone, Copy, Default)]
pub(super) struct Own {
    pub(super) text: bool,
    pub(super) detail: bool,
}

/// Requests outside a course first, then the courses, the newest first.
pub(super) fn course_views(record: &CitizenRecord, now: Timestamp) -> Vec<CourseView> {
    let today = local_date(now);
    let waiting: Vec<EventLine> = requests(record, None, today);
    let before = (!waiting.is_empty()).then(|| CourseView {
        title: "Uden for forløb".to_owned(),
        href: None,
        since: String::new(),
        tag: None,
        referrals: waiting,
        plans: Vec::new(),
        talks: Vec::new(),
        encounters: Vec::new(),
        goals: Vec::new(),
    });
    let courses = record.courses.iter().rev().map(|course| CourseView {
        title: format!("Forløb siden {}", dates::short_day(course.value.opened_on, today)),
        href: Some(courses::course_href(course.value.id)),
        since: weeks(course.value.opened_on, today),
        tag: Some(course_tag(&course.value.state)),
        referrals: requests(record, Some(course.value.id), today),
        plans: plans(record, course.value.id, now),
        talks: in_plan(record, None)
            .filter(|i| i.course == course.value.id)
            .map(|i| intervention(record, i, now))
            .collect(),
        encounters: encounters(record, course.value.id, today),
        goals: goals(record, course.value.id, today),
    });
    courses.chain(before).collect()
}

fn weeks(since: Date, today: Date) -> String {
    let weeks = (today - since).get_days() / 7;
    match weeks {
        ..=0 => "Begyndt i denne uge".to_owned(),
        1 => "1 uge".to_owned(),
        _ => format!("{weeks} uger"),
    }
}

fn requests(record: &CitizenRecord, course: Option<CourseId>, today: Date) -> Vec<EventLine> {
    let of = |stored: &StoredRequest| match &stored.request.state {
        ReferralState::Joined { course, .. } => Some(*course),
        _ => None,
    };
    let wanted = record.requests.iter().map(|r| &r.value).filter(|r| of(r) == course);
    wanted
        .map(|stored| {
            let request = &stored.request;
            let areas = request.areas.iter().map(|a| a.label()).collect::<Vec<_>>().join(", ");
            let said = stored.focus.first().map(|focus| focus.text.clone());
            let own = Own { text: said.is_some(), detail: false };
            let about = said.unwrap_or(areas);
            EventLine {
                at: Moment::day(local_date(request.received_at), today),
                text: if about.is_empty() { "Henvisning".to_owned() } else { about },
                detail: request.source.label().to_owned(),
                tag: match &request.state {
                    ReferralState::Joined { .. } => None,
                    ReferralState::Received => Some(Tag::of("new", "new", "Ny")),
                    state => Some(Tag::of("line", "flag", state.label())),
                },
                href: Some(format!("/henvisninger/{}", request.id)),
                own,
            }
        })
        .collect()
}

fn plans(record: &CitizenRecord, course: CourseId, now: Timestamp) -> Vec<PlanView> {
    let today = local_date(now);
    let plans = record.care_plans.iter().map(|p| &p.value).filter(|p| p.course == course);
    plans
        .map(|plan| PlanView {
            title: plan.category.label().to_owned(),
            period: format!("Bevilget {}", dates::short_day(plan.granted_on, today)),
            tag: plan_tag(plan.status),
            interventions: in_plan(record, Some(plan.id)).map(|i| intervention(record, i, now)).collect(),
        })
        .collect()
}

/// An intervention with its time; one that is held with one citizen and has none leads to where it gets one.
fn intervention(record: &CitizenRecord, planned: &PlannedIntervention, now: Timestamp) -> EventLine {
    let today = local_date(now);
    let time = record.time_of(planned.id);
    let alone = planned.team.is_none() && planned.delivery == DeliveryType::Individual;
    let (said, href) = match time {
        Some(time) => {
            let text = format!(" · {}", calendar::time_text(time.value.start, now));
            (text, Some(format!("/kalender/tider/{}", time.value.id)))
        }
        None if planned.status == PlanStatus::Granted && alone => {
            (" · Book tid".to_owned(), Some(calendar::booking_href(planned.id)))
        }
        None => (String::new(), None),
    };
    let end = planned.planned_end_on.map(|day| format!(", planlagt til {}", dates::short_day(day, today)));
    EventLine {
        at: Moment::day(planned.granted_on, today),
        text: planned.code.label().to_owned(),
        detail: format!("{}{}{said}", planned.delivery.label(), end.unwrap_or_default()),
        tag: Some(plan_tag(planned.status)),
        href,
        own: Own::default(),
    }
}

fn encounters(record: &CitizenRecord, course: CourseId, today: Date) -> Vec<EventLine> {
    let held = record.encounters.iter().map(|e| &e.value).filter(|e| e.course == course);
    held.map(|encounter| EventLine {
        at: Moment::day(local_date(encounter.start), today),
        text: what_was_held(record, encounter),
        detail: encounter.class.label().to_owned(),
        tag: Some(encounter_tag(encounter.status)),
        href: None,
        own: Own::default(),
    })
    .collect()
}

fn goals(record: &CitizenRecord, course: CourseId, today: Date) -> Vec<EventLine> {
    let goals = record.goals.iter().map(|g| &g.value).filter(|g| g.course == course);
    goals
        .map(|goal| EventLine {
            at: Moment::day(goal.set_on, today),
            text: format!("”{}”", goal.words),
            detail: goal.evaluation.as_ref().and_then(|e| e.words.clone()).unwrap_or_default(),
            tag: goal.evaluation.as_ref().map(|e| Tag::partly(e.outcome.label())),
            href: None,
            own: Own { text: true, detail: true },
        })
        .collect()
}
