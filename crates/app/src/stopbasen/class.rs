//! What a nicotine class is asked each time, on the page where attendance is taken: carbon monoxide and whether somebody was
//! smoke-free since last time. Both are kept as answered instruments of each person, in the transaction of attendance.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::consent::{self, Consent, ConsentPurpose};
use domain::ids::{CitizenId, SessionId, UserId};
use domain::quantity::Quantity;
use domain::response::{Answer, Phase, Response};
use domain::stop_course::{CARBON_MONOXIDE, SMOKE_FREE};
use instruments::{FaultKind, Instrument, check};
use jiff::civil::Date;
use serde::Deserialize;
use store::Tx;

use super::queries;
use crate::layout::{Tag, dates};
use crate::measures::{self, Instruments, ResponseInput};
use crate::records::CitizenRecord;
use crate::{AppError, ids};

/// What was asked of one person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Carbon monoxide in breath, in ppm.
    pub co: Option<Quantity>,
    /// An unlikely number that was looked at again.
    pub sure: bool,
    /// Smoke-free since last time.
    pub smoke_free: Option<bool>,
}

/// What was typed, by person.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    co: HashMap<CitizenId, String>,
    sure: HashSet<CitizenId>,
    smoke_free: HashMap<CitizenId, bool>,
}

impl Readings {
    /// Takes a field of the form, when it is one of these.
    pub(crate) fn take(&mut self, name: &str, value: &str) -> bool {
        let of = |start: &str| name.strip_prefix(start).and_then(|id| id.parse().ok()).map(CitizenId);
        if let Some(citizen) = of("co-rigtigt-") {
            self.sure.insert(citizen);
        } else if let Some(citizen) = of("co-") {
            if !value.trim().is_empty() {
                self.co.insert(citizen, value.trim().to_owned());
            }
        } else if let Some(citizen) = of("roegfri-") {
            self.smoke_free.extend(match value {
                "ja" => Some((citizen, true)),
                "nej" => Some((citizen, false)),
                _ => None,
            });
        } else {
            return false;
        }
        true
    }

    /// What was typed of these, as readings; nothing when a number is none, impossible, or unlikely and not confirmed.
    pub(crate) fn read(&self, citizens: &[CitizenId]) -> Option<HashMap<CitizenId, Reading>> {
        let one = |citizen: &CitizenId| {
            let co = self.number(*citizen).ok()?;
            let smoke_free = self.smoke_free.get(citizen).copied();
            Some((*citizen, Reading { co, sure: self.sure.contains(citizen), smoke_free }))
        };
        let all: Option<HashMap<_, _>> = citizens.iter().map(one).collect();
        all.map(|mut all| {
            all.retain(|_, reading| reading.co.is_some() || reading.smoke_free.is_some());
            all
        })
    }

    /// The number of one, or what is the matter with it and whether it may be confirmed.
    fn number(&self, citizen: CitizenId) -> Result<Option<Quantity>, (String, bool)> {
        let Some(text) = self.co.get(&citizen) else { return Ok(None) };
        let wrong = || ("Skriv et tal, fx 12.".to_owned(), false);
        let number = Quantity::parse(text).ok_or_else(wrong)?;
        let Some(instrument) = instruments::newest(CARBON_MONOXIDE) else { return Ok(None) };
        let faults = check(instrument, &[(item(instrument), Answer::Value(number))].into());
        match faults.into_iter().map(|fault| fault.kind).next() {
            Some(FaultKind::Unlikely { .. }) if self.sure.contains(&citizen) => Ok(Some(number)),
            Some(kind) => Err((kind.user_message(), kind.can_be_confirmed())),
            None => Ok(Some(number)),
        }
    }
}

fn item(instrument: &Instrument) -> u16 {
    instrument.items.first().map_or(1, |item| item.no)
}

/// The consents and earlier readings of a class.
#[derive(Default)]
pub(crate) struct ClassView {
    consents: Vec<Consent>,
    readings: Vec<Response>,
    /// Carbon monoxide is in use.
    co: bool,
    /// The question about the time since is in use.
    smoke_free: bool,
}

/// Those of these citizens: two queries. `off` are the instruments that the municipality does not use.
pub(crate) fn of_class(tx: &mut Tx<'_>, citizens: &[CitizenId], off: &BTreeSet<String>) -> Result<ClassView, AppError> {
    Ok(ClassView {
        consents: queries::consents_of(tx, citizens)?,
        readings: queries::readings_of(tx, citizens)?,
        co: !off.contains(CARBON_MONOXIDE),
        smoke_free: !off.contains(SMOKE_FREE),
    })
}

/// What one person is asked, on the page of the class.
pub(crate) struct SmokeView {
    pub(crate) citizen: CitizenId,
    pub(crate) name: String,
    pub(crate) number: usize,
    pub(crate) asks_co: bool,
    pub(crate) asks_smoke_free: bool,
    pub(crate) co: String,
    pub(crate) error: Option<String>,
    /// The number is unlikely; whether it was confirmed.
    pub(crate) confirm: Option<bool>,
    /// What was answered: ja, nej or nothing.
    pub(crate) smoke_free: &'static str,
    pub(crate) consents: [(&'static str, Tag); 2],
    /// The last reading, to compare with.
    pub(crate) earlier: Option<String>,
}

impl ClassView {
    /// The fields of one person, with what was typed.
    pub(crate) fn person(
        &self,
        (citizen, name, number): (CitizenId, String, usize),
        typed: &Readings,
        today: Date,
    ) -> SmokeView {
        let (fault, sure) = (typed.number(citizen).err(), typed.sure.contains(&citizen));
        let own: Vec<Consent> = self.consents.iter().filter(|c| c.citizen == citizen).cloned().collect();
        let tag = |purpose| consent_tag(consent::answer(&own, purpose));
        let last = self.readings.iter().rev().find(|r| r.citizen == citizen && r.instrument == CARBON_MONOXIDE);
        let earlier = last.and_then(|r| Some(format!("Før: {} ppm · {}", r.score?, dates::short_day(r.on, today))));
        SmokeView {
            citizen,
            name,
            number,
            asks_co: self.co,
            asks_smoke_free: self.smoke_free,
            co: typed.co.get(&citizen).cloned().unwrap_or_default(),
            confirm: (sure || fault.as_ref().is_some_and(|(_, may)| *may)).then_some(sure),
            error: fault.map(|(text, _)| text),
            smoke_free: typed.smoke_free.get(&citizen).map_or("", |yes| if *yes { "ja" } else { "nej" }),
            consents: [
                ("STOPbasen", tag(ConsentPurpose::Stopbasen)),
                ("Opfølgning", tag(ConsentPurpose::StopbasenFollowUp)),
            ],
            earlier,
        }
    }
}

/// Where an answer stands: asked or not, yes or no.
pub(super) fn consent_tag(answer: consent::Answer) -> Tag {
    match answer {
        consent::Answer::Given(_) => Tag::done("Ja"),
        consent::Answer::Refused => Tag::of("line", "close", "Nej"),
        consent::Answer::NotAsked => Tag::of("wait", "info", "Ikke spurgt"),
    }
}

/// Keeps what was asked of one person who came, with the session.
pub(crate) fn keep_reading(
    tx: &mut Tx<'_>,
    who: UserId,
    off: &BTreeSet<String>,
    record: &CitizenRecord,
    (session, on): (SessionId, Date),
    reading: Reading,
) -> Result<(), AppError> {
    let known = Instruments::read(tx, off)?;
    let yes_no = reading.smoke_free.map(|yes| Quantity::whole(i32::from(yes)));
    for (instrument, value) in [(CARBON_MONOXIDE, reading.co), (SMOKE_FREE, yes_no)] {
        let (Some(value), Ok(instrument)) = (value, known.to_answer(instrument)) else { continue };
        let course = record.open_course().map(|course| course.value.id);
        let begun = record.responses.iter().map(|r| &r.value);
        let begun = begun.filter(|r| r.instrument == instrument.id && r.course == course).any(Response::counts);
        let no = item(instrument);
        let input = ResponseInput {
            on: Some(on),
            session: Some(session),
            confirmed: if reading.sure { [no].into() } else { BTreeSet::new() },
            ..ResponseInput::of(
                &instrument.id,
                if begun { Phase::Mid } else { Phase::Start },
                [(no, Answer::Value(value))].into(),
            )
        };
        measures::record_in(tx, who, &known, record, ids::new(tx.scope().at), &input)?;
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn typed(fields: &[(&str, &str)]) -> Readings {
        let mut all = Readings::default();
        for (name, value) in fields {
            assert!(all.take(name, value), "{name}");
        }
        all
    }

    #[test]
    fn an_impossible_number_is_refused_and_an_unlikely_one_asked_about_again() {
        let who = CitizenId(Uuid::from_u128(7));
        let (co, sure, free) = (format!("co-{who}"), format!("co-rigtigt-{who}"), format!("roegfri-{who}"));
        let found = |fields: &[(&str, &str)]| typed(fields).read(&[who]).map(|mut all| all.remove(&who));
        assert_eq!(found(&[(&co, " "), (&free, "ja")]).unwrap().unwrap().smoke_free, Some(true));
        assert_eq!(found(&[(&co, "4")]).unwrap().unwrap().co, Some(Quantity::whole(4)));
        assert_eq!(found(&[]), Some(None));
        for wrong in ["400", "-1", "mange", "85"] {
            assert_eq!(found(&[(&co, wrong)]), None, "{wrong}");
        }
        assert!(found(&[(&co, "85"), (&sure, "1")]).unwrap().unwrap().sure);
        assert_eq!(found(&[(&co, "400"), (&sure, "1")]), None);
        assert!(!Readings::default().take("hvorfor-x", "absent"));
    }
}
