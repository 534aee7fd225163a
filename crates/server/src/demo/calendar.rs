//! Who works when in the demo, and the first times in the calendar.

use app::access::{self, NewUser, User};
use app::calendar::{self, AppointmentInput, AttestationInput, PractitionerInput};
use app::referrals::Routed;
use domain::calendar::{Absence, FreeTime, NeedArrangement, NeedState, Period, Workday, WorkingHours, needs_of};
use domain::codes::EncounterClass;
use domain::competence::Competence as C;
use domain::ids::UserId;
use domain::permission::Role;
use domain::workdays::{ExtraClosedDays, add_workdays, instant, local_date};
use jiff::SignedDuration;
use jiff::civil::{Time, time};
use store::{Scope, Seen};

use super::stage::Stage;

/// Colleagues beside the demo's users; they cannot log in, but their times can be booked.
const COLLEAGUES: [(&str, &str); 2] = [("TN", "Sygeplejerske"), ("KR", "Diætist")];

/// The colleagues come, and a leader says what all may hold and when.
pub async fn engage(stage: &Stage, organization: i64, users: &[User]) -> anyhow::Result<()> {
    let mut staff = users.to_vec();
    let there = access::users(&stage.app, organization).await?;
    for (initials, title) in COLLEAGUES {
        // They stay when the demo starts anew.
        if let Some(known) = there.iter().find(|user| user.initials == initials) {
            staff.push(known.clone());
            continue;
        }
        let new = NewUser {
            user_name: format!("kollega-{}", initials.to_lowercase()),
            name: title.to_owned(),
            initials: initials.to_owned(),
            title: title.to_owned(),
            role: Role::Professional,
            password: None,
        };
        let scope = Scope::system(organization, stage.app.now(), "user.add_demo");
        staff.push(access::add_user(&stage.app, scope, new).await?);
    }
    let leader = stage.who(Role::Leader)?;
    for (initials, competences, room) in [
        ("AL", vec![C::ClarifyingTalk, C::PhysicalActivity, C::DiseaseCoping], "Sundhedscentret, lokale 4"),
        (
            "TN",
            vec![C::ClarifyingTalk, C::NicotineIndividual, C::Alcohol, C::DiseaseCoping],
            "Sundhedscentret, lokale 3",
        ),
        ("KR", vec![C::ClarifyingTalk, C::Nutrition, C::ClinicalDietitian], "Sundhedscentret, lokale 1"),
    ] {
        let Some(user) = staff.iter().find(|user| user.initials == initials) else { continue };
        let input = PractitionerInput {
            competences: competences.iter().copied().collect(),
            hours: hours(initials, room),
            absences: absences(stage, initials),
            // Physiotherapist, nurse and dietitian are authorised by law.
            authorised: true,
        };
        calendar::set_practitioner_role(&stage.app, &leader, user.id, None, input).await?;
        for competence in competences {
            let (evidence, seen_on) = (seen(competence).to_owned(), Some(stage.day(400)));
            let input = AttestationInput { competence, evidence, seen_on, expires_on: None };
            calendar::attest(&stage.app, &leader, user.id, None, input).await?;
        }
    }
    Ok(())
}

/// What the leader has seen.
const fn seen(competence: C) -> &'static str {
    match competence {
        C::ClarifyingTalk => "Kursus i den motiverende samtale",
        C::DiseaseCoping => "Efteruddannelse i patientundervisning",
        C::NicotineIndividual | C::NicotineGroup => "Grunduddannelse i rygestoprådgivning",
        C::PhysicalActivity => "Autorisation som fysioterapeut",
        C::Nutrition => "Uddannelsesbevis, ernæring og sundhed",
        C::ClinicalDietitian => "Autorisation som klinisk diætist",
        C::Alcohol => "Kursus i den korte samtale om alkohol",
        C::PeerInstructor => "Instruktørkursus, Lær at tackle",
    }
}

/// Mornings and afternoons, with a day of their own without talks.
fn hours(initials: &str, room: &str) -> Vec<WorkingHours> {
    let off = match initials {
        "TN" => Some(Workday::Friday),
        "KR" => Some(Workday::Tuesday),
        _ => None,
    };
    let block = |day: Workday, from: Time, to: Time| WorkingHours { day, from, to, place: room.to_owned() };
    let days = Workday::ALL.iter().copied().filter(|day| Some(*day) != off);
    days.flat_map(|day| {
        [block(day, time(8, 30, 0, 0), time(12, 0, 0, 0)), block(day, time(12, 30, 0, 0), time(15, 0, 0, 0))]
    })
    .collect()
}

/// A course and a meeting in the days ahead.
fn absences(stage: &Stage, initials: &str) -> Vec<Absence> {
    let day = |workdays| add_workdays(stage.day(0), workdays, ExtraClosedDays::default());
    let away = |workdays, from: i8, to: i8, what: &str| {
        let at = |hour| instant(day(workdays), time(hour, 0, 0, 0));
        let period = Period { start: at(from)?, end: at(to)? };
        Some(Absence { period, what: what.to_owned() })
    };
    let all = match initials {
        "AL" => vec![away(2, 8, 12, "Kursus"), away(4, 13, 15, "Tavlemøde")],
        "TN" => vec![away(1, 13, 15, "Undervisning"), away(4, 13, 15, "Tavlemøde")],
        _ => vec![away(4, 13, 15, "Tavlemøde")],
    };
    all.into_iter().flatten().collect()
}

/// The first free time from now on with a colleague of these initials; what the citizen needs is in place or ordered.
pub async fn book(stage: &Stage, routed: &Routed, initials: &str, needs: NeedState) -> anyhow::Result<()> {
    let Some(talk) = routed.intervention else { return Ok(()) };
    let who = stage.who(Role::Visitator)?;
    let users = access::users(&stage.app, who.organization).await?;
    let colleague = users.iter().find(|user| user.initials == initials).map(|user| user.id);
    let (now, soonest) = (stage.app.now(), stage.curtain() + SignedDuration::from_mins(20));
    let found = stage.app.store.view(who.scope("calendar.book", now), move |tx| {
        let found = calendar::free_times_for(tx, talk, EncounterClass::AtPremises, None, 21, now)?;
        let citizen = found.record.citizen.value.id.0;
        Ok::<_, app::AppError>(Seen::record(citizen, found))
    });
    let found = found.await?;
    let fits = |time: &&FreeTime| Some(time.professional) == colleague && time.period.start >= soonest;
    let Some(time) = found.free.iter().find(fits) else { return Ok(()) };
    let wanted = needs_of(&found.record.citizen.value.needs, EncounterClass::AtPremises);
    let needs = wanted.into_iter().map(|need| NeedArrangement { need, state: needs, reason: None }).collect();
    let input = AppointmentInput {
        professional: UserId(time.professional.0),
        start: time.period.start,
        end: Some(time.period.end),
        class: EncounterClass::AtPremises,
        needs,
        despite: false,
    };
    let id = calendar::book(&stage.app, &who, talk, input).await?;
    if local_date(time.period.start) <= stage.day(0) {
        calendar::invitation_sent(&stage.app, &who, id).await?;
    }
    Ok(())
}
