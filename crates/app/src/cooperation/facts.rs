//! Meetings, notes and estimates as the facts that the quality standard is decided from (SP-004-15, SP-004-23).

use domain::cooperation::{ConsultantNote, Estimate, EstimateArea, Forum, Meeting};
use standard::facts::{Collab, Estimate as EstimateFact};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::kept::Kept;
use crate::records::{self, Record};

/// The cooperation as it is kept, without what was struck: one query.
pub(crate) fn facts(tx: &mut Tx<'_>) -> Result<Vec<Collab>, StoreError> {
    const SQL: &str = "select kind, content from record_version r where organization = $1 and citizen = $2
        and kind in ('meeting', 'consultant_note', 'estimate')
        and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = r.citizen
            and n.kind = r.kind and n.id = r.id and n.version > r.version)
        order by id";
    let rows = tx.query(SQL, &[Uuid::nil().into()], |row| Ok((row.take::<String>()?, row.take::<String>()?)))?;
    let mut facts = Vec::new();
    for (kind, text) in rows {
        facts.extend(match kind.as_str() {
            Meeting::KIND => standing::<Meeting>(&text)?.map(|it| meeting(&it)),
            ConsultantNote::KIND => standing::<ConsultantNote>(&text)?.map(|it| note(&it)),
            _ => standing::<Estimate>(&text)?.and_then(|it| estimate(&it)),
        });
    }
    Ok(facts)
}

/// The estimates that stand: one query.
pub(crate) fn estimates(tx: &mut Tx<'_>) -> Result<Vec<Estimate>, StoreError> {
    Ok(super::kept::all::<Estimate>(tx)?.into_iter().map(|it| it.value).collect())
}

fn standing<R: Kept>(text: &str) -> Result<Option<R>, StoreError> {
    Ok(Some(records::parsed::<R>(text)?).filter(|it| it.struck().is_none()))
}

/// The rule looks for the word in the topic; the tick is what says that prevention was on the agenda.
fn meeting(it: &Meeting) -> Collab {
    let forum = match it.forum {
        Forum::Klu => "KLU",
        Forum::Cluster => "cluster",
        Forum::Consultant => "practice consultant",
        Forum::Partner => "partner",
    };
    let topic = if it.about_prevention { format!("Forebyggelse: {}", it.agenda) } else { "Andet".to_owned() };
    Collab { meeting_on: Some(it.held_on), forum: Some(forum.to_owned()), topic: Some(topic), ..Collab::default() }
}

fn note(it: &ConsultantNote) -> Collab {
    let forum = Some("practice consultant".to_owned());
    Collab { meeting_on: Some(it.noted_on), forum, topic: Some(it.text.clone()), ..Collab::default() }
}

/// The requirements count referrals by each area that is asked for; "a certain offer" is several of them and stands in the
/// indicators only.
fn estimate(it: &Estimate) -> Option<Collab> {
    if it.area == EstimateArea::SpecificOffer {
        return None;
    }
    let (area, number) = (Some(it.area.word().to_owned()), Some(it.expected.in_a_year()));
    Some(Collab { estimate: Some(EstimateFact { area, year: Some(it.year), number }), ..Collab::default() })
}

#[cfg(test)]
mod tests {
    use domain::ids::MeetingId;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_ticked_and_not_the_words_of_the_agenda_says_what_a_meeting_was_about() {
        let of = |agenda: &str, about_prevention| {
            meeting(&Meeting {
                id: MeetingId(Uuid::from_u128(1)),
                forum: Forum::Klu,
                held_on: date(2026, 11, 10),
                participants: None,
                agenda: agenda.to_owned(),
                about_prevention,
                decisions: None,
                agreed: Vec::new(),
                struck: None,
            })
        };
        let topic = |agenda, about| of(agenda, about).topic.unwrap_or_default().to_lowercase().contains("forebyg");
        assert!(topic("Kapacitet", true) && !topic("Vi taler ikke om forebyggelse", false));
    }
}
