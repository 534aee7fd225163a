//! SQL of what practices referred: the one place where figures of a single practice come from. The kept counts of indicators
//! know the practice of two of them only, so what a practice is told is read from the requests and their courses.

use domain::consent::ConsentPurpose;
use domain::course::{Course, CourseState};
use domain::ids::OrganizationId;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::practices::Practice;
use crate::records::{self, StoredRequest};

/// A referral with what answered it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answers {
    /// The referral.
    pub(crate) request: StoredRequest,
    /// The course it became part of.
    pub(crate) course: Option<CourseState>,
    /// The day the first receipt left.
    pub(crate) receipt_on: Option<Date>,
    /// The day of the first contact that was held.
    pub(crate) first_contact_on: Option<Date>,
    /// The day the practice was told how it ended: by the closing note, or that no course began.
    pub(crate) told_on: Option<Date>,
    /// The citizen has said yes to that the practice is told.
    pub(crate) may_be_told: bool,
}

/// All practices by name, each with what it referred from a day to another, both included; one practice or all: one query.
/// A referral that repeats another, or was entered in error, is none.
pub(crate) fn read(
    tx: &mut Tx<'_>,
    (from, to): (Date, Date),
    of: Option<OrganizationId>,
) -> Result<Vec<(Practice, Vec<Answers>)>, StoreError> {
    const SQL: &str = "select p.id, p.name, v.content, k.content,
            (select min(o.sent_at) from incoming_letter l
                join outgoing o on o.organization = l.organization and o.answers = l.message
                    and o.kind in ('XCTL02', 'XCTL03') and o.delivery <> 'taken_back'
                where l.organization = r.organization and l.service_request = r.id),
            (select min(e.start_at) from encounter e where e.organization = r.organization and e.citizen = r.citizen
                and e.course = r.course and e.state = 'finished' and e.start_at >= r.received_at),
            (select min(o.sent_at) from outgoing o where o.organization = r.organization and o.citizen = r.citizen
                and o.service_request = r.id and o.kind = 'XDIS15' and o.delivery <> 'taken_back'),
            (select max(o.sent_at) from outgoing o where o.organization = r.organization and o.citizen = r.citizen
                and o.service_request = r.id and o.kind = 'XDIS91' and o.delivery <> 'taken_back'),
            (select s.stands from consent s where s.organization = r.organization and s.citizen = r.citizen
                and s.purpose = $4 order by s.said_on desc, s.id desc limit 1)
        from partner p
        left join service_request r on r.organization = p.organization and r.requester = p.id
            and r.received_at >= $2 and r.received_at < $3
            and r.state not in ('duplicate', 'replaced', 'entered_in_error')
        left join record_version v on v.organization = r.organization and v.citizen = r.citizen
            and v.kind = 'service_request' and v.id = r.id and v.version = r.version
        left join course c on c.organization = r.organization and c.id = r.course
        left join record_version k on k.organization = c.organization and k.citizen = c.citizen and k.kind = 'course'
            and k.id = c.id and k.version = c.version
        where p.organization = $1 and p.kind = 'general_practice' and (p.id = $5 or $6)
        order by p.name, p.id, r.received_at, r.id";
    let (first, _) = domain::workdays::day_bounds(from);
    let (_, end) = domain::workdays::day_bounds(to);
    let purpose = ConsentPurpose::ReferrerFeedback.word();
    let asked = of.map_or_else(Uuid::nil, |id| id.0);
    let values = [first.into(), end.into(), purpose.into(), asked.into(), of.is_none().into()];
    let rows = tx.query(SQL, &values, |row| {
        let practice = Practice { id: OrganizationId(row.take()?), name: row.take()? };
        let (request, course): (Option<String>, Option<String>) = (row.take()?, row.take()?);
        let mut day = || row.take::<Option<Timestamp>>().map(|at| at.map(local_date));
        let (receipt_on, first_contact_on, closing_on, answered_on) = (day()?, day()?, day()?, day()?);
        let may_be_told = row.take::<Option<bool>>()?.unwrap_or(false);
        let Some(request) = request else { return Ok((practice, None)) };
        let course = course.map(|text| records::parsed::<Course>(&text)).transpose()?.map(|course| course.state);
        let told_on = if course.is_some() { closing_on } else { answered_on };
        let request = records::parsed::<StoredRequest>(&request)?;
        let answers = Answers { request, course, receipt_on, first_contact_on, told_on, may_be_told };
        Ok((practice, Some(answers)))
    })?;
    let mut all: Vec<(Practice, Vec<Answers>)> = Vec::new();
    for (practice, answers) in rows {
        match all.last_mut().filter(|(last, _)| last.id == practice.id) {
            Some((_, own)) => own.extend(answers),
            None => all.push((practice, answers.into_iter().collect())),
        }
    }
    Ok(all)
}
