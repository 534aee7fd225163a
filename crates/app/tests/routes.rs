//! Every route of the program with the permission it asks for, as a list that a change must show.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeSet;

use domain::permission::Permission;

#[test]
fn every_route_stands_in_the_list_with_its_permission() {
    let lines: Vec<String> = app::web::all().list().iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

fn line(route: &app::web::Route) -> String {
    format!("{:<6} {:<55} {}", route.method, route.path, route.permission.word())
}

#[test]
fn only_log_in_its_language_files_health_and_screens_and_links_given_to_one_are_for_anybody() {
    let open: BTreeSet<&str> =
        app::web::all().list().iter().filter(|r| r.permission == Permission::Public).map(|r| r.path).collect();
    let api = |path: &&str| path.starts_with("/api/") || path.starts_with("/fhir/");
    let pages: Vec<&str> = open.into_iter().filter(|path| !api(path)).collect();
    let expected = [
        "/assets/{*path}",
        "/forening/{token}",
        "/healthz",
        "/ical/{token}",
        "/log-ind",
        "/metrics",
        "/readyz",
        "/sprog",
        "/svar",
        "/svar/faerdig",
        "/tilbud/{kommune}",
        "/tilbud/{kommune}/{id}",
    ];
    assert_eq!(pages, expected);
}
