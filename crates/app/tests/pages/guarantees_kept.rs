//! What the system guarantees of offers, of what is found and judged, of consent, and of the one way in (quality standard,
//! sections 2.1, 3, 5.2, 6.2 and 8; Kommunen og almen praksis).

use app::suppliers::{self, AgreementInput, NewSupplierUser};
use domain::codes::InterventionCode;
use domain::competence::Competence;
use domain::consent::{Basis, ConsentForm, ConsentPurpose};
use domain::ids::OfferId;
use domain::offer::{Offer, Provider};
use domain::permission::Role;
use domain::safety::{AlcoholUse, HEAVY_UNITS_WEEK};
use domain::supplier::SupplierKind;
use jiff::civil::date;
use standard::LimitId;
use standard::facts::words::{AlcoholClass, ProviderType};
use store::{Scope, Seen};
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::browser::Browser;
use crate::catalogue::COMPLETE;
use crate::course::{act, href, planned};
use crate::delivered::{facts, grant, tables};
use crate::measures::{audit, fill};
use crate::stopbasen::{stop, stopping};
use crate::talk::{self, record};
use crate::teams::team_of;
use crate::{Desk, PASSWORD, leads_to, log_in, value_of, version_of};

/// Answers on the page of safety.
async fn answered(desk: &mut Desk, path: &str, fields: &[(&str, &str)]) -> crate::browser::Answer {
    let version = value_of(&desk.browser.get(path).await, "version");
    desk.browser.post(path, &[&[("version", &*version)], fields].concat()).await
}

/// How many of something there are.
async fn count(desk: &Desk, sql: &'static str) -> i64 {
    let read = move |tx: &mut store::Tx<'_>| {
        let rows: Vec<i64> = tx.query(sql, &[], |row| row.take())?;
        Ok::<_, app::AppError>(Seen::nothing(rows[0]))
    };
    desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap()
}

const REQUESTS: &str = "select count(*) from service_request where organization = $1";

on_both_engines! {
    async fn any_subset_of_the_catalogue_stands_and_the_six_areas_are_checked_on_their_own(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        crate::catalogue::published(&mut desk, &COMPLETE).await;
        let anybody = Browser::on(&desk.app).get("/tilbud/999").await.body;
        assert!(anybody.contains("1 tilbud") && anybody.contains("Kvit på hold"), "one of the fourteen stands alone");
        let list = desk.browser.get("/katalog").await;
        assert!(list.status == 200 && !list.body.contains("Madlavning i praksis"), "nothing asks for the others");
        let at = tables(&desk).await;
        assert_eq!(at.tables().offers.len(), 1);
        let one = desk.browser.get("/kvalitet/krav/KS-2.1-01").await.body;
        assert!(one.contains("Hvert af de seks områder") && one.contains("Ikke opfyldt"), "the areas are a requirement of their own");
    }
}

on_both_engines! {
    async fn every_offer_in_public_says_how_it_is_given(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let without: Vec<_> = COMPLETE.into_iter().filter(|(name, _)| *name != "form").collect();
        desk.browser.get("/katalog/nyt").await;
        let draft = leads_to(&desk.browser.post("/katalog/nyt", &without).await);
        let refused = desk.browser.post(&format!("{draft}/udgiv"), &[]).await;
        assert!(refused.status == 422 && refused.body.contains("kan ikke være udgivet uden: Form"));
        let modes = |form: &'static str| [&without[..], &[("form", form)]].concat();
        for (form, mode) in [("group", "fremmoede"), ("phone", "telefon"), ("digital", "app")] {
            crate::catalogue::published(&mut desk, &modes(form)).await;
            let at = tables(&desk).await;
            assert!(at.tables().offers.iter().any(|o| o.delivery_modes.iter().any(|one| one == mode)), "{form}");
            assert!(at.tables().offers.iter().all(|offer| !offer.delivery_modes.is_empty()));
        }
    }
}

async fn offers(desk: &Desk) -> Vec<Offer> {
    let read = |tx: &mut store::Tx<'_>| {
        const SQL: &str = "select id from offer where organization = $1";
        Ok::<_, app::AppError>(Seen::nothing(tx.query(SQL, &[], |r| Ok(OfferId(r.take()?)))?))
    };
    let ids = desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap();
    let mut all = Vec::new();
    for id in ids {
        all.push(app::catalogue::find(&desk.app, &staff(1, Role::Leader), id).await.unwrap().value);
    }
    all
}

on_both_engines! {
    async fn an_offer_is_narrowed_to_a_disease_on_purpose_and_after_the_number_to_expect(database: &Database) {
        let letters = ["01-xref15-gp-type2-diabetes-diet", "02-xref15-hospital-copd"];
        let mut desk = Desk::with(database, Role::Leader, &letters).await;
        let open = crate::catalogue::published(&mut desk, &COMPLETE).await;
        assert!(offers(&desk).await[0].diseases.is_empty(), "for everybody, when nothing is said");
        let narrow = [&COMPLETE[..], &[("sygdom", "copd")]].concat();
        let refused = desk.browser.post("/katalog/nyt", &narrow).await;
        assert_eq!(refused.status, 422);
        for text in ["kan I vente 0,2 borgere i kvartalet", "name=\"kun-sygdom\"", "value=\"copd\" checked"] {
            assert!(refused.body.contains(text), "{text}");
        }
        assert_eq!(offers(&desk).await.len(), 1, "nothing is kept");
        let version = version_of(&desk.browser.get(&format!("{open}/ret")).await);
        let both = [&COMPLETE[..], &[("sygdom", "copd"), ("sygdom", "type2_diabetes"), ("version", &*version)]].concat();
        let refused = desk.browser.post(&format!("{open}/ret"), &both).await;
        assert!(refused.status == 422 && refused.body.contains("kan I vente 0,5 borgere i kvartalet"));
        assert!(offers(&desk).await[0].diseases.is_empty());
        let meant = [&both[..], &[("kun-sygdom", "ja")]].concat();
        assert_eq!(leads_to(&desk.browser.post(&format!("{open}/ret"), &meant).await), open);
        assert_eq!(offers(&desk).await[0].diseases.len(), 2);
        let anybody = Browser::on(&desk.app).get(&open.replace("/katalog/", "/tilbud/999/")).await.body;
        assert!(anybody.contains("Kun for borgere med Type 2-diabetes eller KOL."));
    }
}

on_both_engines! {
    async fn every_product_is_a_line_with_its_amount_and_one_course_serves_all(database: &Database) {
        let (mut desk, course, _) = stopping(database).await;
        let page = desk.browser.get(&stop(course, "")).await;
        for text in ["Cigaretter", "Vandpibe", "Snus og tyggetobak", "Nikotinposer", "E-cigaret eller vape", "Andet med nikotin"] {
            assert!(page.body.contains(text), "{text}");
        }
        assert!(!page.body.contains("Bruger flere slags"));
        let version = version_of(&page);
        let path = stop(course, "/produkter");
        let wrong = [("version", &*version), ("produkt-cigarettes", "mange"), ("produkt-pouches", "6")];
        let refused = desk.browser.post(&path, &wrong).await;
        assert!(refused.status == 422 && refused.body.contains("value=\"mange\"") && refused.body.contains("hele tal"));
        let mixed = [("version", &*version), ("produkt-cigarettes", "12"), ("produkt-pouches", "6")];
        assert_eq!(leads_to(&desk.browser.post(&path, &mixed).await), stop(course, ""));
        let page = desk.browser.get(&stop(course, "")).await;
        assert!(page.body.contains("Bruger flere slags") && page.body.contains("Stopdato"));
        let found = &facts(&desk, course).await.nicotine_courses[0].products;
        let said: Vec<_> = found.iter().map(|one| (one.kind.as_str(), one.amount, one.per.as_deref())).collect();
        assert_eq!(said, [("cigaretter", Some(12.0), Some("day")), ("nikotinposer", Some(6.0), Some("day"))]);
        // Another product, and nothing else changes: the same page and the same content.
        let before = page.body.matches("<section").count();
        let vape = [("version", &*version_of(&page)), ("produkt-vape", "3")];
        leads_to(&desk.browser.post(&path, &vape).await);
        let page = desk.browser.get(&stop(course, "")).await.body;
        assert!(page.matches("<section").count() == before && !page.contains("Bruger flere slags"));
        assert_eq!(facts(&desk, course).await.nicotine_courses[0].products[0].kind, "e-cigaret eller vape");
    }
}

on_both_engines! {
    async fn one_team_holds_different_programmes(database: &Database) {
        let (mut desk, _, all) = team_of(database, 2).await;
        let programmes = [
            (vec![("traening-fitness", "ja"), ("traening-strength", "ja")], vec!["kondition", "styrke"]),
            (vec![("traening-balance", "ja"), ("traening-motor_skills", "ja"), ("traening-strength", "ja")], vec!["styrke", "balance", "motorik"]),
        ];
        for ((intervention, citizen), (fields, parts)) in all.iter().zip(programmes) {
            let course = record(&desk.app, *citizen).await.open_course().unwrap().value.id;
            let path = href(course, "/sikkerhed");
            assert_eq!(leads_to(&answered(&mut desk, &path, &fields).await), path);
            assert!(desk.browser.get(&path).await.body.contains("name=\"traening-strength\" value=\"ja\" checked"));
            let training = facts(&desk, course).await.trainings.remove(0);
            assert_eq!((training.intervention, training.focus), (Some(intervention.to_string()), parts.into_iter().map(str::to_owned).collect()));
        }
    }
}

on_both_engines! {
    async fn any_talk_opens_the_talk_about_alcohol_and_its_screening_without_a_new_referral(database: &Database) {
        let (mut desk, talk, citizen) = talk::talk(database).await;
        let requests = count(&desk, REQUESTS).await;
        let page = desk.browser.get(&talk::href(talk, "")).await.body;
        let screening = format!("/borgere/{citizen}/maalinger/ny/audit");
        let course = record(&desk.app, citizen).await.courses[0].value.id;
        let safety = href(course, "/sikkerhed");
        for link in [format!("href=\"{safety}#gruppe-alcohol\""), format!("href=\"{screening}\"")] {
            assert!(page.contains(&link), "{link}");
        }
        assert!(desk.browser.get(&safety).await.body.contains("id=\"gruppe-alcohol\""));
        let yes = [("svar-alcohol_accepted", "ja")];
        assert_eq!(leads_to(&answered(&mut desk, &safety, &yes).await), safety);
        let said = record(&desk.app, citizen).await.safety_answers[0].value.said.clone();
        assert_eq!(said.get(&domain::safety::Question::AlcoholAccepted), Some(&true), "the acceptance is kept");
        leads_to(&fill(&mut desk, citizen, "audit", &audit(["1", "1", "0", "0", "0", "0", "0", "0", "0", "0"])).await);
        assert_eq!(record(&desk.app, citizen).await.responses[0].value.instrument, "audit");
        assert_eq!(count(&desk, REQUESTS).await, requests, "no new referral");
        // The talk that ends a course opens it as well.
        let step = value_of(&desk.browser.get(&talk::href(talk, "")).await, "set");
        let form = talk::with(&talk::whole(), &[("set", &*step)]);
        assert_eq!(desk.browser.post(&talk::href(talk, "/afslut"), &form).await.status, 303);
        let closing = desk.browser.get(&href(course, "/afslut")).await.body;
        assert!(closing.contains(&format!("href=\"{safety}#gruppe-alcohol\"")) && closing.contains(&screening));
    }
}

on_both_engines! {
    async fn an_amount_suggests_heavy_use_and_no_screening_judges_more(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        grant(&desk, course, InterventionCode::AlcoholTalk).await;
        let path = href(course, "/sikkerhed");
        let class = async |desk: &Desk| facts(desk, course).await.alcohol_talks[0].class;
        leads_to(&fill(&mut desk, citizen, "audit", &audit(["4", "4", "4", "4", "4", "4", "4", "4", "4", "4"])).await);
        assert_eq!(class(&desk).await, None, "forty of forty judges nothing");
        let at_limit = HEAVY_UNITS_WEEK.to_string();
        leads_to(&answered(&mut desk, &path, &[("audit", "40"), ("genstande", &at_limit)]).await);
        let page = desk.browser.get(&path).await.body;
        assert!(!page.contains("tyder på storforbrug") && class(&desk).await.is_none());
        leads_to(&answered(&mut desk, &path, &[("audit", "40"), ("genstande", "11")]).await);
        let page = desk.browser.get(&path).await.body;
        assert!(page.contains("Over 10 genstande om ugen tyder på storforbrug."), "for a woman");
        assert!(!page.contains("tyder på skadeligt forbrug") && !page.contains("tyder på afhængighed"));
        assert_eq!(class(&desk).await, None, "a suggestion is none");
        for (said, judged) in [("heavy", AlcoholClass::Storforbrug), ("harmful", AlcoholClass::Skadeligt), ("dependence", AlcoholClass::Afhaengighed)] {
            leads_to(&answered(&mut desk, &path, &[("audit", "40"), ("genstande", "11"), ("forbrug", said)]).await);
            assert_eq!(class(&desk).await, Some(judged), "one field with three levels");
        }
    }
}

#[test]
fn units_above_the_standards_limit_suggest_heavy_use_and_never_more() {
    let limit = standard::STANDARD.limits.iter().find(|one| one.id == LimitId::AlcoholUnitsWeek).unwrap();
    assert_eq!(limit.value.numbers().collect::<Vec<_>>(), [f64::from(HEAVY_UNITS_WEEK)]);
    assert_eq!(AlcoholUse::suggested(HEAVY_UNITS_WEEK), None);
    for units in [HEAVY_UNITS_WEEK + 1, 60, 300] {
        assert_eq!(AlcoholUse::suggested(units), Some(AlcoholUse::Heavy), "{units}");
    }
}

const OUTGOING: &str = "select count(*) from outgoing where organization = $1";

on_both_engines! {
    async fn one_inbox_takes_all_and_sending_on_keeps_the_time_and_tells_the_doctor_nothing(database: &Database) {
        let letters = ["01-xref15-gp-type2-diabetes-diet", "02-xref15-hospital-copd"];
        let mut desk = Desk::with(database, Role::Visitator, &letters).await;
        crate::teams::granted(&desk, crate::teams::PERSONS[0]).await;
        let all = desk.browser.get("/henvisninger?visning=alle").await.body + &desk.browser.get("/henvisninger?visning=lukkede").await.body + &desk.browser.get("/henvisninger").await.body;
        for name in ["Nancy Ann Test Berggren", "Bruno Test Elmer"] {
            assert!(all.contains(name), "{name}");
        }
        let href = desk.request_of("Nancy Ann Test Berggren").await;
        let id: uuid::Uuid = href.rsplit('/').next().unwrap().parse().unwrap();
        let citizen_of = move |tx: &mut store::Tx<'_>| Ok::<_, app::AppError>(Seen::nothing(app::records::citizen_of(tx, "service_request", id)?));
        let citizen = desk.app.store.view(Scope::system(1, desk.app.now(), "test"), citizen_of).await.unwrap();
        let before = record(&desk.app, citizen).await.requests[0].value.request.clone();
        let (sent, listed) = (count(&desk, OUTGOING).await, desk.browser.get("/henvisninger").await.body.matches("<th scope=\"row\">").count());
        desk.clock.set("2026-11-26T10:00:00Z");
        desk.browser.log_in("visitator", PASSWORD).await;
        let version = version_of(&desk.browser.get(&href).await);
        let on = [("version", &*version), ("videresend-til", "Sårplejen"), ("videresend-hvorfor", "Har et sår")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{href}/videresend"), &on).await), href);
        let after = record(&desk.app, citizen).await.requests[0].value.request.clone();
        assert_ne!(after.owner, before.owner);
        assert_eq!((after.received_at, &after.state), (before.received_at, &before.state), "the time it came stays");
        assert_eq!(count(&desk, OUTGOING).await, sent, "the doctor is told nothing");
        let list = desk.browser.get("/henvisninger").await.body;
        assert_eq!(list.matches("<th scope=\"row\">").count(), listed, "it stands in the one inbox still");
        // Sent back is what is for nobody of ours, and a wrong place inside is no reason.
        let page = desk.browser.get(&href).await.body;
        let reasons = page.split("id=\"retur-aarsag\"").nth(1).unwrap().split("</select>").next().unwrap();
        assert_eq!(reasons.matches("<option value=\"").count() - reasons.matches("<option value=\"\"").count(), 2);
        assert!(reasons.contains("Borgeren bor i en anden kommune") && reasons.contains("Henvisningen er til nogen uden for kommunen"));
        let wrong = [("version", &*version_of(&desk.browser.get(&href).await)), ("retur-aarsag", "wrong_place")];
        assert_eq!(desk.browser.post(&format!("{href}/retur"), &wrong).await.status, 422);
        assert_eq!(count(&desk, OUTGOING).await, sent);
    }
}

on_both_engines! {
    async fn who_is_not_authorised_sends_on_consent_alone(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let me = crate::calendar::user(&desk.app, 1, "professional").await;
        let mut leader = log_in(&desk.app, 1, "leder", Role::Leader).await;
        let own = format!("/kalender/medarbejdere/{me}");
        assert!(!leader.get(&own).await.body.contains("name=\"autoriseret\" value=\"ja\" checked"), "nobody is until it is said");
        let text = ("tekst", "Borgeren er tilbudt kostvejledning.");
        let under_41 = [("besked", "M6"), text, ("hvorfor", "Lægen følger op")];
        let sent = count(&desk, OUTGOING).await;
        // The talk asked for the consent; without it there is none.
        let given = record(&desk.app, citizen).await.consents[0].value.clone();
        assert_eq!((given.purpose, given.purpose.recipient()), (ConsentPurpose::ReferrerFeedback, "Henviseren"));
        leads_to(&act(&mut desk, course, "/samtykke", &[("formaal", "status_to_doctor"), ("svar", "ja"), ("maade", "written")]).await);
        let question = [("besked", "M8"), ("tekst", "Skal medicinen justeres?"), ("hvorfor", "Lægen følger op")];
        let refused = act(&mut desk, course, "/beskeder", &question).await;
        assert!(refused.status == 422 && refused.body.contains("Kun autoriserede sundhedspersoner kan sende uden samtykke"));
        assert!(act(&mut desk, course, "/beskeder", &question[..2]).await.body.contains("Spørg borgeren om samtykke"));
        assert_eq!(act(&mut desk, course, "/beskeder", &under_41).await.status, 422);
        assert_eq!(count(&desk, OUTGOING).await, sent, "nothing has left");
        // With the record of a consent for that recipient it leaves, and rests on it.
        leads_to(&act(&mut desk, course, "/beskeder", &under_41[..2]).await);
        assert_eq!(count(&desk, OUTGOING).await, sent + 1);
        assert_eq!(basis(&desk).await, Basis::Consent { id: given.id });
        assert_eq!((given.form, given.on), (ConsentForm::Oral, date(2026, 11, 24)));
        let page = desk.browser.get(&href(course, "")).await.body;
        for text in ["Til henviseren. Mundtligt 24. nov.", "Til egen læge. Skriftligt"] {
            assert!(page.contains(text), "{text}");
        }
        // An authorised person may, with the reason.
        let version = version_of(&leader.get(&own).await);
        leads_to(&leader.post(&own, &[("version", &*version), ("autoriseret", "ja")]).await);
        assert!(leader.get(&own).await.body.contains("name=\"autoriseret\" value=\"ja\" checked"));
        let asked = act(&mut desk, course, "/beskeder", &question).await;
        assert!(!asked.body.contains("Kun autoriserede sundhedspersoner"));
    }
}

async fn basis(desk: &Desk) -> Basis {
    let read = |tx: &mut store::Tx<'_>| {
        const SQL: &str = "select basis from outgoing where organization = $1 and basis is not null order by queued_at desc, id desc limit 1";
        let rows: Vec<String> = tx.query(SQL, &[], |row| row.take())?;
        Ok::<_, app::AppError>(Seen::nothing(rows[0].clone()))
    };
    let text = desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap();
    serde_json::from_str(&text).unwrap()
}

/// An agreement of a home municipality with the one that runs the offer, and its people's way in.
async fn agreed(desk: &Desk, home: i64, user_name: &str) -> (domain::ids::OrganizationId, Browser) {
    let agreement = AgreementInput {
        name: "Nordby Kommune".into(),
        kind: SupplierKind::Municipality,
        contact: None,
        phone: None,
        competences: [Competence::Nutrition].into(),
        data: "Navn, behov og fremmøde".into(),
        response_days: 14,
        own_responsibility: false,
        from: date(2026, 1, 1),
        to: None,
    };
    let lead = suppliers::add_supplier(&desk.app, &staff(home, Role::Leader), agreement).await.unwrap();
    let new = NewSupplierUser {
        name: "Holdleder i test".into(),
        initials: "HT".into(),
        title: "Diætist".into(),
        user_name: user_name.into(),
        password: PASSWORD.into(),
    };
    suppliers::add_user(&desk.app, &staff(home, Role::Administrator), lead, new).await.unwrap();
    let mut browser = Browser::on(&desk.app);
    leads_to(&browser.log_in(user_name, PASSWORD).await);
    (lead, browser)
}

on_both_engines! {
    async fn an_offer_is_shared_and_each_home_keeps_its_own_course(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let mut leader = log_in(&desk.app, 1, "leder", Role::Leader).await;
        let other: Vec<_> = COMPLETE.into_iter().filter(|(name, _)| !["navn", "indsats", "leverandoer"].contains(name)).collect();
        let shared = [&other[..], &[("navn", "Kost på tværs"), ("indsats", "dietary_guidance"), ("leverandoer", "cross_municipal"), ("leverandoer-navn", "Nordby Kommune")]].concat();
        leader.get("/katalog/nyt").await;
        let offer = leads_to(&leader.post("/katalog/nyt", &shared).await);
        leads_to(&leader.post(&format!("{offer}/udgiv"), &[]).await);
        assert_eq!(offers(&desk).await[0].provider, Provider::Shared);
        assert_eq!(tables(&desk).await.tables().offers[0].provider_type, Some(ProviderType::CrossMunicipal));
        let neighbour = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let (lead, mut runs) = agreed(&desk, 1, "nordby-testby").await;
        let (_, mut for_neighbour) = agreed(&desk, neighbour.key, "nordby-holbaek").await;
        let before = record(&desk.app, citizen).await;
        let it = before.interventions.iter().find(|i| i.value.code == InterventionCode::DietaryGuidance).unwrap().value.id;
        let given = format!("/indsatser/{it}/leverandoer");
        let lead = lead.to_string();
        desk.browser.get(&given).await;
        let form = [("leverandoer", &*lead), ("besked", "Vil helst mødes om morgenen"), ("slut", "2026-12-01")];
        assert_eq!(leads_to(&desk.browser.post(&given, &form).await), given);
        // The lead runs it, and sees what delivery needs alone.
        let mine = format!("/leverandoer/{it}");
        let page = runs.get(&mine).await.body;
        assert!(page.contains("Nancy Ann Test Berggren") && page.contains("Vil helst mødes om morgenen") && page.contains("Tolk"));
        for secret in ["251248", "Hindbærvej", "77 år", "Egen læge", "Usund kost: Risiko", "trapperne"] {
            assert!(!page.contains(secret), "{secret}");
        }
        for journal in [format!("/borgere/{citizen}"), href(course, ""), "/henvisninger".to_owned()] {
            assert_eq!(runs.get(&journal).await.status, 403, "{journal}");
        }
        let came = [("fremmoede", "moedt"), ("dato", "2026-11-24"), ("fra", "08:30"), ("til", "09:00"), ("sted", "at_premises"), ("notat", "Kom på holdet")];
        assert_eq!(runs.post(&format!("{mine}/kontakt"), &came).await.status, 303);
        // What came of it stands in the home's own course, which stays the home's to close.
        let after = record(&desk.app, citizen).await;
        assert_eq!((after.encounters.len(), after.courses.len()), (before.encounters.len() + 1, before.courses.len()));
        assert_eq!(after.encounters.last().unwrap().value.course, course);
        assert!(desk.browser.get(&href(course, "")).await.body.contains("Kom på holdet"));
        assert_eq!(facts(&desk, course).await.attendances.len(), 1);
        // What is sent back ends nothing at home.
        let body = runs.get(&mine).await.body;
        let seen = body.split("/slut\"").nth(1).unwrap().split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let back = [("version", seen), ("resultat", "completed"), ("slut", "2026-11-24"), ("besked", "Gik godt")];
        assert_eq!(runs.post(&format!("{mine}/slut"), &back).await.status, 303);
        let home = record(&desk.app, citizen).await;
        assert!(home.intervention(it).unwrap().value.status.is_open() && home.course(course).unwrap().value.state.is_open());
        // Another home that shares the same offer sees nothing of it, and neither do the lead's people there.
        assert_eq!(for_neighbour.get(&mine).await.status, 404);
        assert!(for_neighbour.get("/leverandoer").await.body.contains("Ingen borgere lige nu"));
        let mut stranger = log_in(&desk.app, neighbour.key, "nabo", Role::Leader).await;
        for path in [href(course, ""), given, format!("/borgere/{citizen}")] {
            assert_eq!(stranger.get(&path).await.status, 404, "{path}");
        }
    }
}
