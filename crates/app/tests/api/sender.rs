//! Telling the sender how a referral ended: what leaves, on which basis, to whom, once.

use domain::permission::Role;
use medcom::{
    Correspondence, Envelope, Identifier, Incoming, Letter, Limits, OriginalLetter, OriginalMessage, PatientId,
    Receipt, ReceiptKind, ReferralLetter, RefusalCause,
};
use serde_json::{Value, json};
use testkit::municipality::fixture;
use testkit::on_both_engines;

use crate::client::{Reply, World, text};

const US: (i64, Role) = (1, Role::System);
const GP: &str = "01-xref15-gp-type2-diabetes-diet";
const NO_COURSE: &str = "Der er ikke begyndt et forløb på baggrund af henvisningen.";

fn letters(bytes: &[u8]) -> Vec<Letter> {
    let Incoming::Emessage(message) = medcom::read(bytes, &Limits::default()).unwrap() else { panic!("an envelope") };
    message.letters.into_iter().map(Result::unwrap).collect()
}

fn referral_letter(name: &str) -> ReferralLetter {
    let Some(Letter::Referral(letter)) = letters(&fixture(name)).pop() else { panic!("no referral") };
    *letter
}

/// A referral that has come by message: its address.
async fn referral(world: &World, name: &str) -> String {
    format!("/referrals/{}", text(&world.message(name).await.done()["referrals"][0]))
}

/// The citizen was spoken to.
async fn reach(world: &World, path: &str) {
    world.post(&format!("{path}/check"), json!({})).await;
    world.post(&format!("{path}/attempts"), json!({"reached": true})).await;
}

/// The citizen's answer to whether the referrer may be told.
async fn answers(world: &World, path: &str, given: bool) {
    let citizen = text(&world.get(path).await["citizen"]);
    let consent = json!({"purpose": "referrer_feedback", "given": given, "form": "oral"});
    world.post(&format!("/citizens/{citizen}/consents"), consent).await;
}

/// What was written to the sender, besides receipts.
async fn written(world: &World, path: &str) -> Vec<Value> {
    let outgoing = world.get(path).await["outgoing"].clone();
    outgoing.as_array().unwrap().iter().filter(|row| row["kind"] == "XDIS91").cloned().collect()
}

/// The only message to the sender, read back from its bytes.
async fn correspondence(world: &World, path: &str) -> Correspondence {
    let rows = written(world, path).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    let bytes = world.call(US, "GET", &format!("/outgoing/{}", text(&rows[0]["id"])), None, &[]).await.body;
    let Some(Letter::Correspondence(letter)) = letters(&bytes).pop() else { panic!("no XDIS91") };
    *letter
}

async fn try_reject(world: &World, path: &str, tell: Value) -> Reply {
    world.try_post(&format!("{path}/reject"), json!({"reason": "Bor på plejehjem", "tell_sender": tell})).await
}

on_both_engines! {
    async fn a_referral_sent_back_tells_its_sender_why_tied_to_the_letter(database: &Database) {
        let world = World::new(database).await;
        let (path, asked) = (referral(&world, GP).await, referral_letter(GP));
        let input = json!({"reason": "lives_elsewhere", "note": "Send den til Naboby.\nTak – og “god dag” 😊"});
        let key = [("idempotency-key", "retur-1")];
        let first = world.call(US, "POST", &format!("{path}/return"), Some(input.clone()), &key).await.done();
        let again = world.call(US, "POST", &format!("{path}/return"), Some(input.clone()), &key).await.done();
        assert_eq!(first, again);
        assert!(text(&first["file"]).starts_with("mailbox/out/B"), "{first}");
        assert_eq!(world.try_post(&format!("{path}/return"), input).await.problem(), (422, "already_handled".into()));
        let letter = correspondence(&world, &path).await;
        assert_eq!(letter.receiver.ean, asked.sender.ean);
        assert_eq!(letter.sender.ean, asked.receiver.ean);
        assert_eq!(letter.receiver.unit.identifier, asked.sender.unit.identifier);
        assert_eq!(letter.episode_of_care, Some(asked.episode_of_care));
        assert_eq!(letter.patient.id, PatientId::Cpr(domain::identifiers::Cpr::parse("2512489996").unwrap()));
        assert_eq!(letter.about.as_ref().unwrap().subject, format!("Henvisning retur, brev {}", asked.head.identifier));
        let words = letter.text().to_plain_text();
        assert!(words.starts_with(
            "Vi sender henvisningen retur.\nÅrsag: Borgeren bor i en anden kommune.\nSend den til Naboby.\nTak - og \"god dag\" 😊\n"
        ), "{words}");
        assert_eq!(letter.head.statistical_code, "XDIS91");
    }
}

on_both_engines! {
    async fn its_receipt_sets_its_status_and_it_stands_among_the_citizens_messages(database: &Database) {
        let world = World::new(database).await;
        let path = referral(&world, GP).await;
        world.post(&format!("{path}/return"), json!({"reason": "not_for_us"})).await;
        let row = written(&world, &path).await.remove(0);
        assert_eq!((&row["delivery"], &row["basis"]["kind"]), (&json!("queued"), &json!("none_needed")));
        let bytes = world.call(US, "GET", &format!("/outgoing/{}", text(&row["id"])), None, &[]).await.body;
        let Incoming::Emessage(sent) = medcom::read(&bytes, &Limits::default()).unwrap() else { panic!() };
        assert!(sent.envelope.wants_positive_receipt);
        let Ok(Letter::Correspondence(letter)) = &sent.letters[0] else { panic!() };
        let receipt = receipt_for(&sent.envelope, letter);
        world.deliver(receipt, &[("content-type", "application/xml")]).await.done();
        assert_eq!(written(&world, &path).await[0]["delivery"], "delivered");
        let citizen = text(&world.get(&path).await["citizen"]);
        let messages = world.get(&format!("/citizens/{citizen}/messages")).await;
        assert!(messages["items"].as_array().unwrap().iter().any(|m| m["kind"] == "XDIS91" && m["state"] == "delivered"));
    }
}

/// The practice's positive receipt for this message.
fn receipt_for(envelope: &Envelope, letter: &Correspondence) -> Vec<u8> {
    let (us, practice) = (letter.sender.ean.clone(), letter.receiver.ean.clone());
    let identifier = letter.head.identifier.as_str().to_owned();
    let original = OriginalMessage {
        envelope: envelope.identifier.as_str().to_owned(),
        sender: us.clone(),
        receiver: practice.clone(),
        refusal: RefusalCause::default(),
        letters: vec![OriginalLetter { identifier, version: "XD9134L".into(), refusal: RefusalCause::default() }],
    };
    let identifier = Identifier::parse("KVITTERING1").unwrap();
    let receipt = Receipt { kind: ReceiptKind::Positive, identifier, sender: practice, receiver: us, original };
    receipt.write(&Envelope { wants_positive_receipt: false, ..envelope.clone() }).unwrap()
}

on_both_engines! {
    async fn without_consent_or_reason_nothing_is_told_and_what_is_asked_for_is_refused(database: &Database) {
        let world = World::new(database).await;
        let path = referral(&world, GP).await;
        for tell in [json!({}), json!({"section_41": null}), json!({"section_41": "  "})] {
            assert_eq!(try_reject(&world, &path, tell).await.problem(), (422, "consent_missing".into()));
        }
        assert_eq!(world.get(&path).await["state_word"], "received", "what was refused changed nothing");
        let rejected = try_reject(&world, &path, Value::Null).await.done();
        assert_eq!((&rejected["state"], &rejected["file"]), (&json!("rejected"), &Value::Null));
        assert!(written(&world, &path).await.is_empty());
    }
}

on_both_engines! {
    async fn under_section_41_the_sender_learns_only_that_no_course_started(database: &Database) {
        let world = World::new(database).await;
        let (path, asked) = (referral(&world, GP).await, referral_letter(GP));
        try_reject(&world, &path, json!({"section_41": "Lægen justerer medicinen selv"})).await.done();
        let letter = correspondence(&world, &path).await;
        assert_eq!(letter.text().to_plain_text(), NO_COURSE);
        assert_eq!(letter.about.unwrap().subject, format!("Svar på henvisning, brev {}", asked.head.identifier));
        assert_eq!(letter.episode_of_care, Some(asked.episode_of_care));
        let row = written(&world, &path).await.remove(0);
        assert_eq!(row["basis"], json!({"kind": "section41", "reason": "Lægen justerer medicinen selv"}));
        let citizen = text(&world.get(&path).await["citizen"]);
        let versions = world.get(&format!("/citizens/{citizen}/versions")).await.to_string();
        assert!(versions.contains("sundhedsloven § 41: Lægen justerer medicinen selv"), "{versions}");
        let twice = world.try_post(&format!("{path}/tell-sender"), json!({"section_41": "Igen"})).await;
        assert_eq!(twice.problem(), (422, "already_told".into()));
    }
}

on_both_engines! {
    async fn with_the_citizens_consent_the_sender_is_told_without_asking(database: &Database) {
        let world = World::new(database).await;
        let path = referral(&world, GP).await;
        reach(&world, &path).await;
        answers(&world, &path, true).await;
        world.post(&format!("{path}/decline"), json!({"reason": "not_now"})).await;
        assert_eq!(correspondence(&world, &path).await.text().to_plain_text(), NO_COURSE);
        assert_eq!(written(&world, &path).await[0]["basis"]["kind"], "consent");
    }
}

on_both_engines! {
    async fn a_no_is_never_overridden(database: &Database) {
        let world = World::new(database).await;
        let path = referral(&world, GP).await;
        answers(&world, &path, false).await;
        let refused = try_reject(&world, &path, json!({"section_41": "Lægen bør vide det"})).await;
        assert_eq!(refused.problem(), (422, "consent_missing".into()));
        try_reject(&world, &path, Value::Null).await.done();
        assert!(written(&world, &path).await.is_empty());
    }
}

on_both_engines! {
    async fn of_many_who_tell_at_once_one_message_leaves(database: &Database) {
        let world = World::new(database).await;
        let path = referral(&world, GP).await;
        try_reject(&world, &path, Value::Null).await.done();
        let tell = format!("{path}/tell-sender");
        let why = || world.try_post(&tell, json!({"section_41": "Lægen justerer medicinen"}));
        let replies = tokio::join!(why(), why(), why());
        let done = [replies.0, replies.1, replies.2].iter().filter(|r| r.status.is_success()).count();
        assert_eq!((done, written(&world, &path).await.len()), (1, 1));
    }
}

on_both_engines! {
    async fn a_citizen_never_reached_is_told_of_when_the_letter_runs_out(database: &Database) {
        let (app, clock, _) = testkit::municipality::testby(database, crate::client::MORNING).await;
        let world = World::with(app.clone(), clock).await;
        let path = referral(&world, GP).await;
        answers(&world, &path, true).await;
        world.post(&format!("{path}/check"), json!({})).await;
        for _ in 0..3 {
            world.post(&format!("{path}/attempts"), json!({"reached": false})).await;
        }
        world.post(&format!("{path}/letter"), json!({})).await;
        assert!(written(&world, &path).await.is_empty(), "the offer still stands");
        world.clock.set("2026-06-01T06:00:00Z");
        app::nightly::round(&app).await.unwrap();
        assert_eq!(world.get(&path).await["state_word"], "never_reached");
        assert_eq!(correspondence(&world, &path).await.text().to_plain_text(), NO_COURSE);
    }
}

on_both_engines! {
    async fn a_sender_that_cannot_receive_gets_nothing_and_the_step_is_still_taken(database: &Database) {
        let world = World::new(database).await;
        let path = format!("/referrals/{}", text(&world.registered().await["id"]));
        let asked_for = try_reject(&world, &path, json!({"section_41": "Lægen bør vide det"})).await;
        assert_eq!(asked_for.problem(), (422, "sender_cannot_receive".into()));
        let returned = world.post(&format!("{path}/return"), json!({"reason": "lives_elsewhere"})).await;
        assert_eq!((&returned["state"], &returned["file"]), (&json!("returned"), &Value::Null));
        let tell = world.try_post(&format!("{path}/tell-sender"), json!({})).await;
        assert_eq!(tell.problem(), (422, "nothing_to_tell".into()));
    }
}

on_both_engines! {
    async fn a_note_that_old_receivers_would_cut_is_refused_before_anything_is_saved(database: &Database) {
        let world = World::new(database).await;
        let path = referral(&world, GP).await;
        let long = json!({"reason": "not_for_us", "note": "å".repeat(3_000)});
        let refused = world.try_post(&format!("{path}/return"), long).await;
        assert_eq!((refused.problem(), &refused.json()["field"]), ((422, "too_long".into()), &json!("note")));
        assert_eq!(world.get(&path).await["state_word"], "received");
        assert!(written(&world, &path).await.is_empty());
    }
}
