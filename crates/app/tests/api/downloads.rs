//! Bytes as downloads: as they came, never shown by a browser, never programs.

use domain::permission::Role;
use store::Location;
use testkit::database::Database;
use testkit::municipality::fixture;
use testkit::on_both_engines;

use crate::client::World;
use crate::course::whole_course;

const US: (i64, Role) = (1, Role::System);

/// PostgreSQL shows rows only to those who say whose they want.
const fn scope(database: &Database) -> &'static str {
    match database.location {
        Location::Sqlite(_) => "",
        Location::Postgres(_) => "select set_config('forebyg.organization', '1', false); ",
    }
}

on_both_engines! {
    async fn originals_notes_reports_and_files_come_as_they_are(database: &Database) {
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        let original = world.call(US, "GET", &format!("/messages/{}/original", ids.message), None, &[]).await;
        assert_eq!(original.body, fixture("02-xref15-hospital-copd"));
        let note = world.call(US, "GET", &format!("/outgoing/{}", ids.outgoing), None, &[]).await;
        assert!(note.text().contains("XDIS15"));
        let file = world.call(US, "GET", &format!("/attachments/{}", ids.attachment), None, &[]).await;
        assert!(file.body.starts_with(b"%PDF"));
        for reply in [&original, &note, &file] {
            assert!(reply.header("content-disposition").starts_with("attachment; filename=\""));
            assert_eq!((reply.header("x-content-type-options"), reply.header("cache-control")), ("nosniff", "no-store"));
        }
        let report = world.call(US, "GET", &format!("/reports/{}", ids.report), None, &[]).await;
        assert_eq!(report.header("content-type"), "application/fhir+json");
        assert_eq!(report.json()["resourceType"], "Bundle");
    }
}

on_both_engines! {
    async fn an_operator_reads_no_letter_about_a_citizen(database: &Database) {
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        let admin = (1, Role::Administrator);
        let original = world.call(admin, "GET", &format!("/messages/{}/original", ids.message), None, &[]).await;
        assert_eq!(original.problem(), (403, "forbidden".into()));
        let bad = world.message("bad/bad07-billion-laughs").await.done();
        let path = format!("/messages/{}/original", bad["message"].as_str().unwrap());
        assert_eq!(world.call(admin, "GET", &path, None, &[]).await.status.as_u16(), 200, "what is in quarantine is theirs");
    }
}

on_both_engines! {
    async fn programs_are_never_handed_out(database: &Database) {
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        for kind in ["exe", "COM", "bat"] {
            database.tamper(&format!("{}update attachment set file_type = '{kind}'", scope(database)));
            let file = world.call(US, "GET", &format!("/attachments/{}", ids.attachment), None, &[]).await;
            assert_eq!(file.problem(), (415, "file_type_refused".into()), "{kind}");
        }
    }
}
