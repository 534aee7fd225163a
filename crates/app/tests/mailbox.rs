//! What becomes of each test message, as the README of the messages says; on both engines.
#![allow(clippy::unwrap_used)]

use app::mailbox::{self, Received};
use app::{App, AppError, records};
use domain::ids::ServiceRequestId;
use domain::service_request::{Flag, FocusCode};
use store::{Scope, Seen, verify_chains};
use testkit::municipality::{fixture, testby};
use testkit::on_both_engines;
use uuid::Uuid;

const MORNING: &str = "2026-03-10T08:16:00Z";

/// A new id for each file, as the folder gives one.
fn file() -> Uuid {
    app::ids::new(jiff::Timestamp::UNIX_EPOCH)
}

async fn take(app: &App, name: &str) -> Received {
    mailbox::receive(app, file(), fixture(name)).await.unwrap()
}

fn answers(received: &Received) -> Vec<(&str, Option<&str>)> {
    received.answers.iter().map(|a| (a.kind, a.code.as_deref())).collect()
}

async fn view(app: &App, referral: Uuid) -> app::referrals::ReferralView {
    let scope = Scope::system(1, app.now(), "test");
    let read = move |tx: &mut store::Tx<'_>| {
        Ok::<_, AppError>(Seen::nothing(app::referrals::referral(tx, ServiceRequestId(referral))?))
    };
    app.store.view(scope, read).await.unwrap()
}

async fn stored(app: &App, referral: Uuid) -> records::StoredRequest {
    view(app, referral).await.request.value
}

async fn delivery(app: &App, letter: &'static str) -> String {
    const SQL: &str = "select delivery from outgoing where organization = $1 and letter_id = $2";
    let scope = Scope::system(1, app.now(), "test");
    let read = move |tx: &mut store::Tx<'_>| {
        Ok::<_, AppError>(Seen::nothing(tx.first(SQL, &[letter.into()], |r| r.take::<String>())?))
    };
    app.store.view(scope, read).await.unwrap().unwrap()
}

on_both_engines! {
    async fn every_good_message_becomes_what_its_readme_says(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        for (name, focus) in [
            ("01-xref15-gp-type2-diabetes-diet", 3),
            ("03-xref15-gp-nicotine-cessation", 1),
            ("05-xref15-free-text-diagnosis-only", 1),
            ("06-xref15-iso-8859-1", 2),
            ("08-xref15-xh1531r-newer-namespace", 1),
        ] {
            let received = take(&app, name).await;
            assert_eq!((received.kind, received.outcome), ("referral", "accepted"), "{name}");
            assert_eq!(answers(&received), [("XCTL03", None)], "{name}");
            assert_eq!(stored(&app, received.referrals[0]).await.focus.len(), focus, "{name}");
        }
        let alcohol = take(&app, "04-xref15-gp-alcohol-talk").await;
        assert_eq!((alcohol.outcome, alcohol.answers.len()), ("accepted", 0));
        verify_chains(&app.store, 1, app.now()).await.unwrap();
    }
}

on_both_engines! {
    async fn a_repeated_letter_is_answered_again_and_makes_nothing_new(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        let first = take(&app, "01-xref15-gp-type2-diabetes-diet").await;
        let second = take(&app, "01-xref15-gp-type2-diabetes-diet").await;
        assert_eq!(second.outcome, "duplicate");
        assert_eq!(second.referrals, first.referrals);
        assert_eq!(answers(&second), [("XCTL03", None)]);
        assert_ne!(first.answers[0].file, second.answers[0].file);
        let text = String::from_utf8(fixture("01-xref15-gp-type2-diabetes-diet")).unwrap();
        let resent = text.replace("KUV20250310001", "KUV20250310999").into_bytes();
        let third = mailbox::receive(&app, file(), resent).await.unwrap();
        assert_eq!((third.outcome, answers(&third)), ("duplicate", vec![("XCTL03", None)]));
    }
}

on_both_engines! {
    async fn the_same_file_id_twice_is_done_once(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        let (one, bytes) = (file(), fixture("01-xref15-gp-type2-diabetes-diet"));
        assert_eq!(mailbox::receive(&app, one, bytes.clone()).await.unwrap().answers.len(), 1);
        let again = mailbox::receive(&app, one, bytes).await.unwrap();
        assert_eq!((again.outcome, again.answers.len()), ("duplicate", 0));
    }
}

on_both_engines! {
    async fn an_envelope_is_opened_and_receipted_beside_the_letter(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        let received = take(&app, "13-vansenvelope-carrying-03").await;
        assert_eq!((received.kind, received.outcome), ("referral", "accepted"));
        assert_eq!(answers(&received), [("XCTL03", None), ("VANS", None)]);
        let bare = take(&app, "03-xref15-gp-nicotine-cessation").await;
        assert_eq!((bare.outcome, answers(&bare)), ("duplicate", vec![("XCTL03", None)]));
    }
}

on_both_engines! {
    async fn a_correction_makes_a_new_version_of_the_same_referral(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        let original = take(&app, "01-xref15-gp-type2-diabetes-diet").await;
        let correction = take(&app, "07-xref15-corrected-letter-addon-code").await;
        assert_eq!(correction.referrals, original.referrals);
        let now = view(&app, original.referrals[0]).await;
        let stored = &now.request.value;
        assert!(stored.request.flags.contains(&Flag::Corrected));
        let codes: Vec<_> = stored.focus.iter().filter(|f| !f.entered_in_error).map(|f| f.code.clone()).collect();
        assert_eq!(codes, [FocusCode::Sks("DM171+TUL1".into()), FocusCode::Sks("DE119".into())]);
        assert_eq!(stored.focus.iter().filter(|f| f.entered_in_error).count(), 3);
        assert_eq!(now.letters.len(), 2);
    }
}

on_both_engines! {
    async fn a_correction_before_its_original_waits_for_it(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        let correction = take(&app, "07-xref15-corrected-letter-addon-code").await;
        let lost = stored(&app, correction.referrals[0]).await;
        assert!(lost.request.flags.contains(&Flag::CorrectionWithoutOriginal));
        let original = take(&app, "01-xref15-gp-type2-diabetes-diet").await;
        assert_eq!(original.referrals, correction.referrals);
        let found = stored(&app, correction.referrals[0]).await;
        assert!(!found.request.flags.contains(&Flag::CorrectionWithoutOriginal));
        assert!(found.focus.iter().any(|f| f.code == FocusCode::Sks("DM171+TUL1".into())));
    }
}

on_both_engines! {
    async fn an_attachment_finds_its_letter_when_it_comes_first(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        let parked = take(&app, "16-xbin02-attachment-for-02").await;
        assert_eq!((parked.outcome, answers(&parked)), ("parked", vec![("XCTL03", None)]));
        let letter = take(&app, "02-xref15-hospital-copd").await;
        let view = view(&app, letter.referrals[0]).await;
        assert_eq!(view.request.value.focus.len(), 2);
        assert!(view.attachments[0].id.is_some());
        assert_eq!(view.attachments[0].description.as_deref(), Some("Lungefunktion 3. juli 2025"));
    }
}

on_both_engines! {
    async fn an_attachment_is_on_its_way_until_it_comes(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        let letter = take(&app, "02-xref15-hospital-copd").await;
        assert_eq!(view(&app, letter.referrals[0]).await.attachments[0].id, None);
        let joined = take(&app, "16-xbin02-attachment-for-02").await;
        assert_eq!((joined.outcome, &joined.referrals), ("accepted", &letter.referrals));
        assert!(view(&app, letter.referrals[0]).await.attachments[0].id.is_some());
    }
}

on_both_engines! {
    async fn every_bad_message_is_kept_answered_as_it_should_be_and_stops_nothing(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        for (name, outcome, answer) in [
            ("bad/bad01-not-well-formed", "refused", Some("syntaksfejl")),
            ("bad/bad02-wrong-namespace", "refused", Some("problem_med_version")),
            ("bad/bad03-missing-cpr", "refused", Some("syntaksfejl")),
            ("bad/bad04-invalid-cpr-impossible-date", "refused", Some("ikke_specificeret")),
            ("bad/bad05-unknown-receiver", "refused", Some("ukendt_lokationsnummer")),
            ("bad/bad06-unsupported-version", "refused", Some("problem_med_version")),
            ("bad/bad07-billion-laughs", "quarantined", None),
            ("bad/bad08-external-entity", "quarantined", None),
            ("bad/bad09-declared-utf8-but-latin1-bytes", "quarantined", None),
            ("bad/bad10-cpr-with-hyphen", "refused", Some("syntaksfejl")),
            ("bad/bad11-receiver-before-sender", "refused", Some("syntaksfejl")),
            ("bad/bad12-diagnose-text-71-characters", "refused", Some("syntaksfejl")),
            ("bad/bad13-receipt-for-unknown-message", "logged", None),
        ] {
            let received = take(&app, name).await;
            assert_eq!(received.outcome, outcome, "{name}");
            let expected: Vec<_> = answer.map(|code| ("XCTL02", Some(code))).into_iter().collect();
            assert_eq!(answers(&received), expected, "{name}");
            assert!(received.referrals.is_empty(), "{name}");
        }
        assert_eq!(take(&app, "01-xref15-gp-type2-diabetes-diet").await.outcome, "accepted");
        verify_chains(&app.store, 1, app.now()).await.unwrap();
    }
}

on_both_engines! {
    async fn a_negative_receipt_is_not_undone_by_a_later_positive_one(database: &Database) {
        let (app, _, _) = testby(database, MORNING).await;
        app.store
            .write(Scope::system(1, app.now(), "test.queue"), |tx| {
                let new = mailbox::NewOutgoing {
                    kind: "XDIS15",
                    envelope_id: "TK250627000123",
                    letter_id: "TL250627000123",
                    receiver: "5790009999010",
                    expects_receipt: true,
                    body: b"<x/>",
                    ..mailbox::NewOutgoing::default()
                };
                mailbox::enqueue(tx, new).map_err(AppError::from)
            })
            .await
            .unwrap();
        let negative = take(&app, "12-xctl01-negative-vans-receipt-for-09").await;
        assert_eq!((negative.kind, negative.outcome), ("receipt", "accepted"));
        assert_eq!(delivery(&app, "TL250627000123").await, "refused");
        let text = String::from_utf8_lossy(&fixture("bad/bad13-receipt-for-unknown-message")).into_owned();
        let late = text.replace("TK000000000000", "TK250627000123").replace("TL000000000000", "TL250627000123");
        assert_eq!(mailbox::receive(&app, file(), late.into_bytes()).await.unwrap().outcome, "accepted");
        assert_eq!(delivery(&app, "TL250627000123").await, "refused");
    }
}
