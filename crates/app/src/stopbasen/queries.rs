//! SQL of STOPbasen: what a class is asked, the rows of the export, and what was exported when.

use domain::consent::{Consent, ConsentPurpose, Said};
use domain::ids::{CitizenId, ConsentId, CourseId, PlannedInterventionId, ResponseId};
use domain::planned_intervention::PlannedIntervention;
use domain::response::{Response, ResponseStatus};
use domain::stop_course::{Filled, StopForm};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx, Value};
use uuid::Uuid;

use crate::records::{content, parsed};

/// Citizens asked about in one query.
const AT_ONCE: usize = 24;

/// The newest version of every consent of these citizens.
pub(super) fn consents_of(tx: &mut Tx<'_>, citizens: &[CitizenId]) -> Result<Vec<Consent>, StoreError> {
    const SQL: &str = "select content from record_version r where organization = $1 and kind = 'consent'
        and citizen in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25)
        and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = r.citizen
            and n.kind = r.kind and n.id = r.id and n.version > r.version)
        order by id";
    let mut all = Vec::new();
    for some in citizens.chunks(AT_ONCE) {
        let mut ids: Vec<Value<'_>> = some.iter().map(|citizen| citizen.0.into()).collect();
        ids.resize(AT_ONCE, Uuid::nil().into());
        all.extend(tx.query(SQL, &ids, content::<Consent>)?);
    }
    Ok(all)
}

/// The newest answers of two instruments of these citizens, the oldest day first; errors are left out.
pub(super) fn readings_of(tx: &mut Tx<'_>, citizens: &[CitizenId]) -> Result<Vec<Response>, StoreError> {
    const SQL: &str = "select v.content from response r
        join record_version v on v.organization = r.organization and v.citizen = r.citizen and v.kind = 'response'
            and v.id = r.id and v.version = r.version
        where r.organization = $1 and not r.in_error and r.instrument in ('co', 'smoke_free')
            and r.citizen in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
            $22, $23, $24, $25) order by r.measured_on, r.id";
    let mut all = Vec::new();
    for some in citizens.chunks(AT_ONCE) {
        let mut ids: Vec<Value<'_>> = some.iter().map(|citizen| citizen.0.into()).collect();
        ids.resize(AT_ONCE, Uuid::nil().into());
        all.extend(tx.query(SQL, &ids, content::<Response>)?);
    }
    Ok(all)
}

/// A nicotine intervention, as much as its forms depend on.
pub(super) struct NicotineRow {
    pub(super) id: PlannedInterventionId,
    pub(super) citizen: CitizenId,
    pub(super) course: CourseId,
    pub(super) granted_on: Date,
    /// Has begun and is not over.
    pub(super) runs: bool,
    /// Last day of one that had begun.
    pub(super) ended_on: Option<Date>,
}

/// All nicotine interventions that were granted on a day or later, by the day of the grant. Whether a paused one had begun
/// stands in its record alone.
pub(super) fn nicotine(tx: &mut Tx<'_>, from: Date) -> Result<Vec<NicotineRow>, StoreError> {
    const SQL: &str = "select p.id, p.citizen, p.course, p.granted_on, p.state, p.ended_on,
            case when p.state = 'paused' then (select v.content from record_version v where v.organization = $1
                and v.citizen = p.citizen and v.kind = 'planned_intervention' and v.id = p.id
                and v.version = p.version) end
        from planned_intervention p
        where p.organization = $1 and p.code = 'nicotine_cessation' and p.granted_on >= $2
            and p.state <> 'entered_in_error'
        order by p.granted_on, p.id";
    tx.query(SQL, &[from.into()], |r| {
        let (id, citizen) = (PlannedInterventionId(r.take()?), CitizenId(r.take()?));
        let (course, granted_on, state) = (CourseId(r.take()?), r.take()?, r.take::<String>()?);
        let (ended_on, paused): (Option<Date>, Option<String>) = (r.take()?, r.take()?);
        let begun = |it: PlannedIntervention| it.status.started_on().is_some();
        let runs = match paused {
            Some(text) => begun(parsed(&text)?),
            None => state == "active",
        };
        let ended_on = ended_on.filter(|_| matches!(&*state, "completed" | "stopped"));
        Ok(NicotineRow { id, citizen, course, granted_on, runs, ended_on })
    })
}

/// Answers of one of STOPbasen's forms.
pub(super) struct FormRow {
    pub(super) citizen: CitizenId,
    id: ResponseId,
    form: StopForm,
    pub(super) status: ResponseStatus,
    on: Date,
    /// Whether the six-month form says that the citizen was reached.
    pub(super) reached: bool,
    /// The answers, where the reader needs them.
    pub(super) response: Option<Response>,
}

impl Filled for FormRow {
    fn filled(&self) -> Option<(&str, ResponseStatus, Date, ResponseId)> {
        Some((self.form.word(), self.status, self.on, self.id))
    }
}

/// The answers of a day and later, the oldest first. Whole ones come with their content for one form at most: of the
/// others it is enough that they are whole.
pub(super) fn forms(tx: &mut Tx<'_>, from: Date, whole: Option<StopForm>) -> Result<Vec<FormRow>, StoreError> {
    const SQL: &str = "select r.citizen, r.id, r.instrument, r.state, r.measured_on, r.reached,
            case when r.state <> 'complete' or r.instrument = $3 then (select v.content from record_version v
                where v.organization = $1 and v.citizen = r.citizen and v.kind = 'response' and v.id = r.id
                and v.version = r.version) end
        from response r
        where r.organization = $1 and not r.in_error
            and r.instrument in ('stopbasen_baseline', 'stopbasen_end', 'stopbasen_6m') and r.measured_on >= $2
        order by r.measured_on, r.id";
    let unreadable = |_| StoreError::Unreadable { what: "response" };
    tx.query(SQL, &[from.into(), whole.map_or("", StopForm::word).into()], |r| {
        let (citizen, id) = (CitizenId(r.take()?), ResponseId(r.take()?));
        let form = StopForm::parse(&r.take::<String>()?).map_err(unreadable)?;
        let status = ResponseStatus::parse(&r.take::<String>()?).map_err(unreadable)?;
        let (on, reached, text): (_, Option<bool>, Option<String>) = (r.take()?, r.take()?, r.take()?);
        let response = text.as_deref().map(parsed).transpose()?;
        Ok(FormRow { citizen, id, form, status, on, reached: reached == Some(true), response })
    })
}

/// A consent, as much as an answer for its purpose depends on.
pub(super) struct ConsentRow {
    pub(super) citizen: CitizenId,
    id: ConsentId,
    purpose: ConsentPurpose,
    on: Date,
    stands: bool,
}

impl Said for ConsentRow {
    fn said(&self) -> (ConsentPurpose, bool, Date, ConsentId) {
        (self.purpose, self.stands, self.on, self.id)
    }
}

/// The consents of the citizens with a nicotine intervention that was granted in the period.
pub(super) fn consents(tx: &mut Tx<'_>, from: Date, until: Date) -> Result<Vec<ConsentRow>, StoreError> {
    const SQL: &str = "select citizen, id, purpose, said_on, stands from consent where organization = $1
        and purpose in ('stopbasen', 'stopbasen_follow_up')
        and citizen in (select o.citizen from planned_intervention o where o.organization = $1
            and o.code = 'nicotine_cessation' and o.granted_on >= $2 and o.granted_on <= $3)";
    tx.query(SQL, &[from.into(), until.into()], |r| {
        let (citizen, id) = (CitizenId(r.take()?), ConsentId(r.take()?));
        let purpose = ConsentPurpose::parse(&r.take::<String>()?);
        let purpose = purpose.map_err(|_| StoreError::Unreadable { what: "consent" })?;
        Ok(ConsentRow { citizen, id, purpose, on: r.take()?, stands: r.take()? })
    })
}

/// A file that was fetched.
pub(super) struct Fetched {
    pub(super) form: String,
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) at: Timestamp,
    pub(super) by: Option<String>,
    pub(super) rows: i64,
    pub(super) new_rows: i64,
}

/// So many files are listed.
const FILES: i64 = 50;

/// What was fetched, the newest first.
pub(super) fn fetched(tx: &mut Tx<'_>) -> Result<Vec<Fetched>, StoreError> {
    const SQL: &str = "select e.form, e.from_on, e.until_on, e.made_at, u.title, u.initials, e.rows_in, e.rows_new
        from stop_export e left join user_account u on u.organization = e.organization and u.id = e.made_by
        where e.organization = $1 order by e.made_at desc, e.id desc limit $2";
    tx.query(SQL, &[FILES.into()], |r| {
        let (form, from, until, at) = (r.take()?, r.take()?, r.take()?, r.take()?);
        let (title, initials): (Option<String>, Option<String>) = (r.take()?, r.take()?);
        let by = title.zip(initials).map(|(title, initials)| format!("{title} {initials}"));
        Ok(Fetched { form, from, until, at, by, rows: r.take()?, new_rows: r.take()? })
    })
}

/// A file to keep the memory of.
pub(super) struct NewFile<'a> {
    pub(super) id: Uuid,
    pub(super) form: &'a str,
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) made_by: Uuid,
    pub(super) rows: i64,
    pub(super) new_rows: i64,
}

/// Keeps what was fetched.
pub(super) fn keep_file(tx: &mut Tx<'_>, file: &NewFile<'_>) -> Result<(), StoreError> {
    const SQL: &str = "insert into stop_export (organization, id, form, from_on, until_on, made_at, made_by, rows_in,
            rows_new)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let at = tx.scope().at;
    let NewFile { id, form, from, until, made_by, rows, new_rows } = *file;
    let values =
        [id.into(), form.into(), from.into(), until.into(), at.into(), made_by.into(), rows.into(), new_rows.into()];
    tx.execute(SQL, &values).map(|_| ())
}

/// Marks an answered form as exported; says whether it was not before. A second time changes nothing.
pub(super) fn mark(tx: &mut Tx<'_>, citizen: Uuid, response: Uuid) -> Result<bool, StoreError> {
    const SQL: &str = "insert into stop_exported (organization, response, citizen, first_at) values ($1, $2, $3, $4)
        on conflict (organization, response) do nothing";
    let at = tx.scope().at;
    Ok(tx.execute(SQL, &[response.into(), citizen.into(), at.into()])? > 0)
}

/// When the forms of a citizen were exported first.
pub(super) fn exported_of(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<Vec<(Uuid, Timestamp)>, StoreError> {
    const SQL: &str = "select response, first_at from stop_exported where organization = $1 and citizen = $2";
    tx.query(SQL, &[citizen.0.into()], |r| Ok((r.take()?, r.take()?)))
}
