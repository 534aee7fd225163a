//! SQL of measures.

use std::collections::HashMap;

use domain::ids::CitizenId;
use domain::response::Response;
use domain::team::Team;
use jiff::Timestamp;
use store::{StoreError, Tx, Value};
use uuid::Uuid;

use crate::records::{LoadedInstrument, Record, content};

/// The texts of the files that the municipality loaded.
pub(super) fn files(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "select content from record_version
        where organization = $1 and citizen = $2 and kind = $3 order by id";
    let stored = tx.query(SQL, &[Uuid::nil().into(), LoadedInstrument::KIND.into()], content::<LoadedInstrument>)?;
    Ok(stored.into_iter().map(|it| it.file).collect())
}

/// Citizens asked about in one query.
const AT_ONCE: usize = 24;

/// The newest version of the responses of these citizens that are no errors, the oldest day first.
pub(super) fn of_citizens(tx: &mut Tx<'_>, citizens: &[CitizenId]) -> Result<Vec<Response>, StoreError> {
    const SQL: &str = "select v.content from response r
        join record_version v on v.organization = r.organization and v.citizen = r.citizen and v.kind = 'response'
            and v.id = r.id and v.version = r.version
        where r.organization = $1 and not r.in_error and r.citizen in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
            $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) order by r.measured_on, r.id";
    let mut all = Vec::new();
    for some in citizens.chunks(AT_ONCE) {
        let mut ids: Vec<Value<'_>> = some.iter().map(|citizen| citizen.0.into()).collect();
        ids.resize(AT_ONCE, Uuid::nil().into());
        all.extend(tx.query(SQL, &ids, content)?);
    }
    Ok(all)
}

/// A version of a response as its page tells of it.
pub(super) struct Kept {
    pub(super) at: Timestamp,
    pub(super) who: Option<String>,
    pub(super) why: Option<String>,
    pub(super) response: Response,
}

/// Every version of a response, the newest first.
pub(super) fn history(tx: &mut Tx<'_>, citizen: Uuid, id: Uuid) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "select v.at, u.title, u.initials, v.reason, v.content from record_version v
        left join user_account u on u.organization = v.organization and u.id = v.actor
        where v.organization = $1 and v.citizen = $2 and v.kind = $3 and v.id = $4 order by v.version desc";
    tx.query(SQL, &[citizen.into(), Response::KIND.into(), id.into()], |row| {
        let at = row.take()?;
        let (title, initials): (Option<String>, Option<String>) = (row.take()?, row.take()?);
        let why = row.take()?;
        let who = title.zip(initials).map(|(title, initials)| format!("{title} {initials}"));
        Ok(Kept { at, who, why, response: content(row)? })
    })
}

/// Initials of who still has to act on a response; empty for somebody who is no user any more.
pub(super) fn worry_owner(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<String>, StoreError> {
    const SQL: &str = "select u.initials from task t
        left join user_account u on u.organization = t.organization and u.id = t.owner
        where t.organization = $1 and t.subject = $2 and t.kind = 'safety' and t.state = 'open'";
    tx.first(SQL, &[id.into()], |row| Ok(row.take::<Option<String>>()?.unwrap_or_default()))
}

/// Whose turn it is on a tablet.
pub(super) struct Turn {
    pub(super) citizen: Uuid,
    pub(super) response: Uuid,
    pub(super) made_by: Uuid,
}

/// Opens a response to whoever has the word.
pub(super) fn open_tablet(tx: &mut Tx<'_>, hash: &str, turn: &Turn, until: Timestamp) -> Result<(), StoreError> {
    const OVER: &str = "delete from tablet where organization = $1 and (expires_at <= $2 or response = $3)";
    const SQL: &str = "insert into tablet (organization, word_hash, citizen, response, made_by, expires_at)
        values ($1, $2, $3, $4, $5, $6)";
    let at = tx.scope().at;
    tx.execute(OVER, &[at.into(), turn.response.into()])?;
    let Turn { citizen, response, made_by } = *turn;
    tx.execute(SQL, &[hash.into(), citizen.into(), response.into(), made_by.into(), until.into()]).map(|_| ())
}

/// Whose turn it is by the word, while its time runs.
pub(super) fn turn(tx: &mut Tx<'_>, hash: &str, now: Timestamp) -> Result<Option<Turn>, StoreError> {
    const SQL: &str = "select citizen, response, made_by from tablet
        where organization = $1 and word_hash = $2 and expires_at > $3";
    tx.first(SQL, &[hash.into(), now.into()], |row| {
        Ok(Turn { citizen: row.take()?, response: row.take()?, made_by: row.take()? })
    })
}

/// Nobody answers this response on a tablet any more.
pub(super) fn close_tablet(tx: &mut Tx<'_>, response: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "delete from tablet where organization = $1 and response = $2";
    tx.execute(SQL, &[response.into()]).map(|_| ())
}

/// Somebody with a seat on a team.
pub(super) struct Seated {
    pub(super) citizen: CitizenId,
    pub(super) name: String,
}

/// Who has a seat now, in the order in which the seats were given.
pub(super) fn seated(tx: &mut Tx<'_>, team: &Team) -> Result<Vec<Seated>, StoreError> {
    const SQL: &str =
        "select id, given, surname from citizen where organization = $1 and id in ($2, $3, $4, $5, $6, $7,
        $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)";
    let citizens: Vec<CitizenId> = team.enrolled.iter().filter(|seat| !seat.left).map(|seat| seat.citizen).collect();
    let mut names: HashMap<CitizenId, String> = HashMap::new();
    for some in citizens.chunks(AT_ONCE) {
        let mut ids: Vec<Value<'_>> = some.iter().map(|citizen| citizen.0.into()).collect();
        ids.resize(AT_ONCE, Uuid::nil().into());
        names.extend(tx.query(SQL, &ids, |row| {
            let id = CitizenId(row.take()?);
            let (given, surname) = (row.take::<Option<String>>()?, row.take::<String>()?);
            Ok((id, given.map_or(surname.clone(), |given| format!("{given} {surname}"))))
        })?);
    }
    let seated = citizens.into_iter().filter_map(|citizen| Some(Seated { citizen, name: names.remove(&citizen)? }));
    Ok(seated.collect())
}
