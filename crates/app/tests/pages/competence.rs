//! A competence that nobody has shown is told where a time is booked and counted where a leader looks; it stops nobody.

use std::collections::BTreeSet;

use app::calendar::{self, PractitionerInput};
use app::{App, AppError};
use domain::competence::Competence;
use domain::ids::UserId;
use domain::permission::Role;
use store::{Scope, Seen};
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::calendar::{booking, desk, proposed, routed};

on_both_engines! {
    async fn a_competence_that_nobody_has_shown_is_told_and_counted_and_stops_nobody(database: &Database) {
        let (mut desk, nurse) = desk(database).await;
        let (first, _) = routed(&mut desk, "Nancy Ann Test Berggren").await;
        let time = proposed(&desk.browser.get(&booking(first)).await.body);
        let form = [("version", "0"), ("tid", &*time), ("form", "at_premises")];
        let done = crate::leads_to(&desk.browser.post(&booking(first), &form).await);
        let page = desk.browser.get(&done).await.body;
        assert!(page.contains("Kollegaen har ikke dokumenteret kompetencen afklarende samtale."), "said, and not seen by anybody");
        let mut leader = crate::log_in(&desk.app, 1, "chef", Role::Leader).await;
        let gaps = "/katalog/kompetencer";
        let counted = leader.get(gaps).await.body;
        assert!(counted.contains("Tider og holdgange uden dokumenteret kompetence") && counted.contains("De næste 90 dage"));
        // Seen by a leader it counts no more, also of what was booked before.
        let seen = calendar::AttestationInput {
            competence: Competence::ClarifyingTalk,
            evidence: "Kursus".into(),
            seen_on: None,
            expires_on: None,
        };
        calendar::attest(&desk.app, &staff(1, Role::Leader), nurse, None, seen).await.unwrap();
        assert!(!leader.get(gaps).await.body.contains("Tider og holdgange uden dokumenteret kompetence"));
        // Nobody holds it: everybody with hours is offered, with a word about it.
        let input = PractitionerInput { competences: BTreeSet::new(), ..hours_of(&desk.app, nurse).await };
        calendar::set_practitioner_role(&desk.app, &staff(1, Role::Leader), nurse, None, input).await.unwrap();
        let (second, _) = routed(&mut desk, "Bruno Test Elmer").await;
        let page = desk.browser.get(&booking(second)).await.body;
        assert!(page.contains("Ingen kolleger har kompetencen afklarende samtale. Du kan booke alligevel."));
        assert!(desk.queries_of(&booking(second)).await <= 6);
        let time = proposed(&page);
        let form = [("version", "0"), ("tid", &*time), ("form", "at_premises")];
        let done = crate::leads_to(&desk.browser.post(&booking(second), &form).await);
        assert!(desk.browser.get(&done).await.body.contains("Kollegaen har ikke dokumenteret"));
    }
}

/// The working week of somebody, as it stands.
async fn hours_of(app: &App, id: UserId) -> PractitionerInput {
    let read = move |tx: &mut store::Tx<'_>| {
        let role = app::records::one::<domain::calendar::PractitionerRole>(tx, uuid::Uuid::nil(), id.0)?;
        Ok::<_, AppError>(Seen::nothing(role.unwrap().value))
    };
    let role = app.store.view(Scope::system(1, app.now(), "test"), read).await.unwrap();
    PractitionerInput {
        competences: role.competences,
        hours: role.hours,
        absences: role.absences,
        authorised: role.authorised,
    }
}
