//! How a team is put together: told in one sentence, hinted at before a seat is given, and never in the way.

use app::calendar::{PractitionerInput, set_practitioner_role};
use app::safety::{StratifyInput, adapt, stratify};
use domain::adaptation::Adaptation;
use domain::competence::Competence;
use domain::ids::CitizenId;
use domain::permission::Role;
use domain::stratification::{ESBJERG, Step};
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::talk::record;
use crate::teams::{PERSONS, granted, team_of};
use crate::{Desk, leads_to, log_in};

/// Gives a citizen a level of support, and what is agreed to be done differently.
async fn supported(desk: &Desk, citizen: CitizenId, weight: Step, agreed: &[Adaptation]) {
    let who = staff(1, Role::Professional);
    let course = record(&desk.app, citizen).await.open_course().unwrap().value.id;
    let answers = ESBJERG.factors.iter().map(|factor| (factor.word.to_owned(), weight)).collect();
    let (model, version) = (ESBJERG.word.to_owned(), ESBJERG.version);
    let input = StratifyInput { model, version, answers, level: None, reason: String::new() };
    stratify(&desk.app, &who, course, input).await.unwrap();
    adapt(&desk.app, &who, course, None, agreed.iter().copied().collect()).await.unwrap();
}

on_both_engines! {
    async fn the_mix_is_told_and_speaks_before_a_seat_is_given_and_stops_nobody(database: &Database) {
        let (mut desk, team, all) = team_of(database, 4).await;
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("4 uden niveau") && !page.contains("kan selv"), "nothing is guessed");
        for (_, citizen) in &all[..3] {
            supported(&desk, *citizen, Step::Light, &[]).await;
        }
        let heavy = granted(&desk, PERSONS[4]).await;
        supported(&desk, heavy.1, Step::Heavy, &[Adaptation::SmallerTeam]).await;
        let page = desk.browser.get(&team).await.body;
        for text in ["3 kan selv · 1 uden niveau", "De fleste på holdet kan selv. Borgeren har udvidet forløbskoordination."] {
            assert!(page.contains(text), "{text}");
        }
        assert!(!page.contains("Borgeren er lovet et mindre hold."), "eight seats are a small team");
        assert!(desk.queries_of(&team).await <= 6);
        let rammer = [("pladser", "16"), ("sted", "Sal 2"), ("optag", "fixed")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{team}/rammer"), &rammer).await), team);
        assert!(desk.browser.get(&team).await.body.contains("Borgeren er lovet et mindre hold. Dette har 16 pladser."));
        let seat = [("indsats", &*heavy.0.to_string())];
        assert_eq!(leads_to(&desk.browser.post(&format!("{team}/pladser"), &seat).await), team);
        let page = desk.browser.get(&team).await.body;
        for text in ["3 kan selv · 1 har udvidet forløbskoordination · 1 uden niveau", "1 er lovet et mindre hold."] {
            assert!(page.contains(text), "{text}");
        }
    }
}

on_both_engines! {
    async fn who_teaches_from_own_experience_is_no_instructor_in_the_ratio(database: &Database) {
        let (mut desk, team, _) = team_of(database, 2).await;
        log_in(&desk.app, 1, "egne-erfaringer", Role::Professional).await;
        let users = app::access::users(&desk.app, 1).await.unwrap();
        let id = |name: &str| users.iter().find(|user| user.user_name == name).unwrap().id;
        let (me, peer) = (id("professional"), id("egne-erfaringer"));
        for (user, competence) in [(me, Competence::PhysicalActivity), (peer, Competence::PeerInstructor)] {
            let role = PractitionerInput { competences: [competence].into(), ..PractitionerInput::default() };
            set_practitioner_role(&desk.app, &staff(1, Role::Leader), user, None, role).await.unwrap();
        }
        let (me, peer) = (me.to_string(), peer.to_string());
        let form = [("pladser", "16"), ("sted", "Sal 9"), ("optag", "fixed"), ("undervisere", &*me), ("undervisere", &*peer)];
        let answer = desk.browser.post(&format!("{team}/rammer"), &form).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Med 16 pladser mangler der 1. Medundervisere tæller ikke med."));
        let fits = [&[("pladser", "8")], &form[1..]].concat();
        assert_eq!(leads_to(&desk.browser.post(&format!("{team}/rammer"), &fits).await), team);
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("2 deltagere til 1 instruktør. Der skal være 6 til 8 til hver."));
        assert!(desk.queries_of(&team).await <= 6);
    }
}
