//! No page reads in more than six queries: every page that a link leads to is opened and counted.

use std::collections::{BTreeMap, BTreeSet};

use app::web::Route;
use domain::permission::Role;
use store::{Scope, Seen, Tx};
use testkit::database::Database;

use crate::course::planned;
use crate::{Desk, addresses, log_in};

/// Queries that the handler of a page may make.
const MOST: u64 = 6;

/// Pages that show more things than that, each by a query of its own.
const MORE: [(&str, u64); 2] = [("/henvisninger/{id}", 7), ("/indberetning", 8)];

/// The pattern of an address among the pages, when it has one.
fn pattern_of(routes: &[Route], path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let wanted: Vec<&str> = pattern.split('/').collect();
        wanted.len() == parts.len()
            && wanted.iter().zip(&parts).all(|(want, part)| want.starts_with('{') || want == part)
    };
    let pages = routes.iter().filter(|route| route.method == "GET" && !route.path.starts_with("/api/"));
    let mut found: Vec<&'static str> = pages.map(|route| route.path).filter(|path| fits(path)).collect();
    found.sort_by_key(|pattern| pattern.matches('{').count());
    found.first().copied()
}

/// Every page that can be reached from the start page, by its pattern: the address first found.
async fn reached(desk: &mut Desk) -> BTreeMap<&'static str, String> {
    let routes = app::web::all().list();
    let (mut found, mut tried) = (BTreeMap::new(), BTreeSet::new());
    let mut waiting = vec![("/", "/".to_owned())];
    while let Some((pattern, path)) = waiting.pop() {
        let page = desk.browser.get(&path).await;
        // An address of a form is no page, and some pages send on.
        if page.status != 200 {
            continue;
        }
        for link in addresses(&page.body) {
            let link = link.split(['?', '#']).next().unwrap_or_default();
            let Some(pattern) = pattern_of(&routes, link) else { continue };
            let left_out = pattern.starts_with("/assets") || pattern.contains("/hent") || pattern.starts_with("/log-");
            if !left_out && !found.contains_key(pattern) && tried.insert(link.to_owned()) {
                waiting.push((pattern, link.to_owned()));
            }
        }
        found.entry(pattern).or_insert(path);
    }
    found
}

/// What the handler asked; the line in the access log is the store's own, and only some pages have one.
async fn queries_of(desk: &mut Desk, path: &str) -> u64 {
    let before = looks(desk).await;
    desk.browser.get(path).await;
    if looks(desk).await > before {
        return desk.queries_of(path).await;
    }
    let read_nothing = desk.statements_of("/borgere").await;
    desk.statements_of(path).await.saturating_sub(read_nothing)
}

/// Lines in the access log.
async fn looks(desk: &Desk) -> i64 {
    let count = |tx: &mut Tx<'_>| {
        let lines =
            tx.first("select count(*) from access_log where organization = $1", &[], |row| row.take_number())?;
        Ok::<_, app::AppError>(Seen::nothing(lines.unwrap_or_default()))
    };
    desk.app.store.view(Scope::system(1, desk.app.now(), "test"), count).await.unwrap()
}

#[tokio::test]
async fn no_page_reads_in_more_than_six_queries() {
    let (desk, _, _) = planned(&Database::sqlite()).await;
    let (team_desk, _, _) = crate::teams::team_of(&Database::sqlite(), 2).await;
    let mut seen: BTreeMap<&'static str, u64> = BTreeMap::new();
    for (mut desk, first) in [(desk, true), (team_desk, false)] {
        for role in [Role::Leader, Role::Administrator] {
            desk.browser = log_in(&desk.app, 1, &format!("{}-{first}", role.word()), role).await;
            for (pattern, path) in reached(&mut desk).await {
                let queries = queries_of(&mut desk, &path).await;
                let known = seen.entry(pattern).or_default();
                *known = queries.max(*known);
            }
        }
    }
    let most = |pattern: &str| MORE.iter().find(|(known, _)| *known == pattern).map_or(MOST, |(_, most)| *most);
    let over: Vec<_> = seen.iter().filter(|(pattern, queries)| **queries > most(pattern)).collect();
    assert!(seen.len() > 50, "only {} pages were found", seen.len());
    assert!(over.is_empty(), "too many queries: {over:?}");
}
