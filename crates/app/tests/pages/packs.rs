//! Packs and what practices referred. Six referrals by Lægehuset Prøvegade, one for nicotine by Lægerne ved Søen, none by
//! Lægehuset Uden Henvisninger: every figure below is worked out from those by hand.

use app::organizations::{self, AddressInput};
use app::referrals::{CheckInput, check};
use app::{App, AppError, mailbox, nightly};
use domain::codes::RequestedArea;
use domain::ids::ServiceRequestId;
use domain::permission::Role;
use store::{Scope, Seen, Tx};
use testkit::database::Database;
use testkit::municipality::{add, fixture, staff};
use testkit::on_both_engines;
use uuid::Uuid;

use crate::browser::Answer;
use crate::catalogue::queries_of;
use crate::cooperation::GP;
use crate::teams::PERSONS;
use crate::{Desk, addresses, leads_to, log_in};

const NICOTINE: &str = "03-xref15-gp-nicotine-cessation";
/// "<5" as it stands in a page.
const FEW: &str = "&#60;5";
const QUARTER: &str = "periode=2026-k4";

/// Letters of the practice of the first fixture, one about each person.
async fn letters(app: &App, persons: &[(&str, &str, &str)]) {
    let text = String::from_utf8(fixture(GP)).unwrap();
    for (number, (cpr, ..)) in persons.iter().enumerate() {
        let letter = text
            .replace("2512489996", cpr)
            .replace("KUV20250310001", &format!("KUV2025031010{number}"))
            .replace("BRV20250310001", &format!("BRV2025031010{number}"))
            .replace("1f6c0d6a9b7e4c3f8a52d0e1b3c47f90", &format!("1f6c0d6a9b7e4c3f8a52d0e1b3c47f0{number}"));
        let got = mailbox::receive(app, app::ids::new(app.now()), letter.into_bytes()).await.unwrap();
        assert_eq!(got.referrals.len(), 1, "{cpr}");
    }
}

async fn desk(database: &Database, role: Role) -> Desk {
    let mut desk = Desk::with(database, role, &[NICOTINE]).await;
    reads_as_nicotine(&desk.app).await;
    letters(&desk.app, &PERSONS[..6]).await;
    let silent = AddressInput {
        name: "Lægehuset Uden Henvisninger".into(),
        kind: "general_practice".into(),
        gln: String::new(),
        ..AddressInput::default()
    };
    organizations::add_address(&desk.app, &staff(1, Role::Administrator), silent).await.unwrap();
    // The day by which a receipt was due, 25 November, is over.
    later(&mut desk, role).await;
    desk
}

/// A visitator has read in the only letter so far what it asks for.
async fn reads_as_nicotine(app: &App) {
    const SQL: &str = "select id from service_request where organization = $1";
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(tx.first(SQL, &[], |row| row.take::<Uuid>())?));
    let id = app.store.view(Scope::system(1, app.now(), "test"), read).await.unwrap().unwrap();
    let input = CheckInput { areas: [RequestedArea::Nicotine].into(), ..CheckInput::default() };
    check(app, &staff(1, Role::Leader), ServiceRequestId(id), None, input).await.unwrap();
}

/// Three days on; who logged in before has to again.
async fn later(desk: &mut Desk, role: Role) {
    desk.clock.set("2026-11-27T08:00:00Z");
    desk.browser = log_in(&desk.app, 1, "fredag", role).await;
}

/// The cells of the line that begins so.
fn line<'a>(page: &'a Answer, begins: &str) -> Vec<&'a str> {
    let rows = page.body.split("<tr>").skip(1);
    let row = rows
        .map(|row| row.split("</tr>").next().unwrap())
        .find(|row| plain(row.split("</th>").next().unwrap()).starts_with(begins));
    let row = row.unwrap_or_else(|| panic!("no line '{begins}'"));
    row.split("<td").skip(1).map(|cell| plain(cell.split_once('>').unwrap().1)).collect()
}

/// The words of a piece of a page, without its marks; for pieces with one text.
fn plain(piece: &str) -> &str {
    piece.split('>').map(|part| part.split('<').next().unwrap().trim()).find(|text| !text.is_empty()).unwrap_or("")
}

on_both_engines! {
    async fn practices_are_listed_with_what_they_referred_and_those_that_did_not(database: &Database) {
        let mut desk = desk(database, Role::Leader).await;
        let list = "/samarbejde/praksis?periode=2026-k4";
        let page = desk.browser.get(list).await;
        assert_eq!(line(&page, "Lægehuset Prøvegade")[..2], ["6", "0 af 6"], "no receipt has left");
        assert_eq!(line(&page, "Lægerne ved Søen")[..2], ["1", "0 af 1"]);
        assert!(page.body.contains("1 har ikke henvist i perioden"));
        let silent = page.body.split("Lægehuset Uden Henvisninger").nth(1).unwrap().split("</tr>").next().unwrap();
        assert!(silent.contains("Ingen"), "{silent}");
        let before = desk.browser.get("/samarbejde/praksis?periode=2026-k3").await;
        assert!(before.body.contains("3 har ikke henvist i perioden"));
        assert!(queries_of(&mut desk, list).await <= 2);

        let sheet = |name: &str| {
            let row = page.body.split("<tr>").find(|row| row.contains(name)).unwrap();
            row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
        };
        let own = desk.browser.get(&sheet("Lægehuset Prøvegade")).await;
        assert_eq!(line(&own, "I alt"), ["6"]);
        assert_eq!(line(&own, "Bliver kontaktet"), ["6"]);
        assert_eq!(line(&own, "Kvittering"), ["0 %", "6"], "none of six");
        let few = desk.browser.get(&sheet("Lægerne ved Søen")).await;
        assert_eq!((line(&few, "I alt"), line(&few, "Nikotin")), (vec![FEW], vec![FEW]));
        assert_eq!(line(&few, "Kvittering"), ["Skjult", FEW]);
        for page in [&own, &few] {
            assert!(!page.body.contains("Lauridsen") && !page.body.contains("Ruddi"), "nobody is named");
        }
        let href = sheet("Lægehuset Prøvegade");
        assert!(queries_of(&mut desk, &href).await <= 3);
        let file = desk.browser.get(&href.replace('?', "/hent/xlsx?")).await;
        assert!(file.status == 200 && file.header("content-type").contains("spreadsheetml"));
        let unknown = "/samarbejde/praksis/01a2174c-3500-72c0-b367-6cc8bad1c8c0";
        assert_eq!(desk.browser.get(unknown).await.status, 404);
    }
}

on_both_engines! {
    async fn the_committees_pack_hides_the_one_and_what_would_tell_it(database: &Database) {
        let mut desk = desk(database, Role::Coordinator).await;
        let estimate = [("omraade", "nikotinafvaenning"), ("aar", "2026"), ("antal", "80")];
        desk.browser.get("/samarbejde/skoen").await;
        leads_to(&desk.browser.post("/samarbejde/skoen", &estimate).await);
        let href = format!("/pakker/klu?{QUARTER}");
        let page = desk.browser.get(&href).await;
        assert_eq!(page.status, 200);
        // 6 + 1 + 0 = 7: the one is hidden as few, and six is hidden because seven less six would tell it.
        assert_eq!(line(&page, "Lægehuset Prøvegade"), ["Skjult"]);
        assert_eq!(line(&page, "Lægerne ved Søen"), [FEW]);
        assert_eq!(line(&page, "Lægehuset Uden Henvisninger"), ["0"]);
        assert_eq!(line(&page, "I alt"), ["7"]);
        assert!(page.body.contains("Praksis, der ikke har henvist i perioden: 1 af 3."));
        // No receipt of seven has left; none of few is told.
        assert_eq!(line(&page, "Kvittering sendt til tiden")[..2], ["0 %", "0 af 7"]);
        // 80 in 365 days, of which 330 are over on 27 November: 72. One came.
        assert_eq!(line(&page, "Nikotinafvænning 2026"), ["80", "72", FEW, "Færre end ventet"]);
        for section in ["Ventetid", "Kapacitet", "Hvorfor borgere stopper", "Hvorfor borgere ikke starter"] {
            assert!(page.body.contains(section), "{section}");
        }
        // The page looks three times: whether the counts are up to date, at them, and at the rest. PostgreSQL is told each time whose rows may be seen.
        let told_again = if desk.app.store.engine() == store::Engine::Postgres { 2 } else { 0 };
        let queries = queries_of(&mut desk, &href).await;
        assert!(queries <= 6 + told_again, "{queries}");
        let file = desk.browser.get(&href.replace('?', "/hent/xlsx?")).await;
        assert!(file.status == 200 && file.header("content-disposition").contains("klu-2026-k4.xlsx"));
        assert_eq!(desk.browser.get("/pakker/andet").await.status, 404);
        let wrong = desk.browser.get("/pakker/klu?periode=i-gaar").await;
        assert!(wrong.status == 422 && wrong.body.contains("Perioden findes ikke."), "no other period is taken for it");
    }
}

on_both_engines! {
    async fn one_switch_leads_from_the_operators_figures_to_the_authoritys(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[NICOTINE]).await;
        later(&mut desk, Role::Quality).await;
        let operator = desk.browser.get(&format!("/pakker/myndighed?{QUARTER}")).await;
        assert_eq!(line(&operator, "Henvisninger efter kilde")[0], "1");
        assert!(operator.body.contains("Driftsoperatøren: alle egne tal"));
        let hrefs: Vec<String> = addresses(&operator.body).into_iter().map(|href| href.replace("&#38;", "&").replace("&amp;", "&")).collect();
        let switch = hrefs.iter().find(|href| href.starts_with("/pakker/myndighed?") && href.contains("set=")).unwrap();
        let authority = desk.browser.get(switch).await;
        assert_eq!(line(&authority, "Henvisninger efter kilde")[0], FEW);
        assert!(authority.body.contains("Myndigheden: samlede tal"));
        let titles = |page: &Answer| {
            let rows = page.body.split("<tr>").skip(1).map(|row| plain(row.split("</th>").next().unwrap()).to_owned());
            rows.collect::<Vec<_>>()
        };
        assert_eq!(titles(&operator), titles(&authority), "the same indicators");
        let later = desk.browser.get("/pakker/myndighed?periode=2027-k1&set=myndighed").await;
        assert!(later.body.contains("Regionen ved sundhedsrådet"));
        assert!(authority.body.contains("<dt>Myndighed</dt><dd>Kommunen</dd>"), "until 1 January 2027");
        let month = desk.browser.get(&format!("/pakker/maaned?{QUARTER}")).await;
        assert!(month.status == 200 && month.body.contains("Dokumentation"));
    }
}

#[tokio::test]
async fn the_authority_opens_its_view_and_nothing_else() {
    let database = Database::sqlite();
    let desk = Desk::with(&database, Role::Leader, &[NICOTINE]).await;
    desk.clock.set("2026-11-27T08:00:00Z");
    let mut region = log_in(&desk.app, 1, "region", Role::Authority).await;
    let home = region.get("/pakker").await;
    assert!(home.body.contains("Myndighedens overblik") && !home.body.contains("Pakke til KLU"));
    let page = region.get(&format!("/pakker/myndighed?{QUARTER}")).await;
    assert_eq!(line(&page, "Henvisninger efter kilde")[0], FEW, "whatever is asked for");
    assert!(!page.body.contains("Kommunen som driftsoperatør"), "there is nothing to switch to");
    assert_eq!(region.get(&format!("/pakker/myndighed/hent/xlsx?{QUARTER}")).await.status, 200);
    for path in [
        "/",
        "/pakker/klu",
        "/pakker/maaned",
        "/pakker/klu/hent/xlsx",
        "/samarbejde",
        "/samarbejde/praksis",
        "/henvisninger",
        "/borgere",
        "/hold",
        "/kvalitet",
        "/katalog",
        "/indberetning",
        "/administration",
    ] {
        let status = region.get(path).await.status;
        assert!(status == 403 || (path == "/" && status == 303), "{path} {status}");
    }
    assert_eq!(region.post("/pakker/planer", &[("pakke", "klu"), ("hvor-tit", "month")]).await.status, 403);
    for role in [Role::Visitator, Role::Professional, Role::Administrator, Role::Supplier, Role::Guest] {
        let mut other = log_in(&desk.app, 1, &format!("anden-{}", role.word()), role).await;
        for path in ["/pakker", "/pakker/klu", "/pakker/myndighed", "/samarbejde/praksis"] {
            assert_eq!(other.get(path).await.status, 403, "{role:?} {path}");
        }
    }
}

on_both_engines! {
    async fn a_schedule_makes_the_file_when_the_month_is_over_and_keeps_it(database: &Database) {
        let mut desk = desk(database, Role::Leader).await;
        assert!(desk.browser.get("/pakker").await.body.contains("Ingen filer endnu."));
        let nothing = desk.browser.post("/pakker/planer", &[("pakke", "klu")]).await;
        assert!(nothing.status == 422 && nothing.body.contains("Vælg både en pakke, og hvor tit"));
        assert!(nothing.body.contains("value=\"klu\" selected"), "nothing chosen is lost");
        for _ in 0..2 {
            let form = [("pakke", "klu"), ("hvor-tit", "month")];
            assert_eq!(leads_to(&desk.browser.post("/pakker/planer", &form).await), "/pakker");
        }
        nightly::round(&desk.app).await.unwrap();
        assert!(desk.browser.get("/pakker").await.body.contains("Ingen filer endnu."), "November is not over");
        desk.clock.set("2026-12-01T03:00:00Z");
        let mut desk = Desk { browser: log_in(&desk.app, 1, "leder2", Role::Leader).await, ..desk };
        for _ in 0..2 {
            nightly::round(&desk.app).await.unwrap();
        }
        let page = desk.browser.get("/pakker").await;
        assert!(page.body.contains("Der ligger 1 ny fil, som ingen har hentet."));
        let files: Vec<String> = addresses(&page.body).into_iter().filter(|href| href.starts_with("/pakker/filer/")).map(str::to_owned).collect();
        assert_eq!(files.len(), 1, "once, however often it runs");
        let file = desk.browser.get(&files[0]).await;
        assert!(file.status == 200 && file.header("content-disposition").contains("klu-2026-11.xlsx"));
        let page = desk.browser.get("/pakker").await;
        assert!(!page.body.contains("som ingen har hentet"));
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut other = log_in(&desk.app, 2, "holbaek", Role::Leader).await;
        assert_eq!(other.get(&files[0]).await.status, 404, "another municipality's");
        let stop = addresses(&page.body).into_iter().find(|href| href.starts_with("/pakker/planer/")).unwrap().to_owned();
        assert_eq!(other.post(&stop, &[]).await.status, 404);
        assert_eq!(leads_to(&desk.browser.post(&stop, &[]).await), "/pakker");
        desk.clock.set("2027-01-01T03:00:00Z");
        nightly::round(&desk.app).await.unwrap();
        let mut desk = Desk { browser: log_in(&desk.app, 1, "leder3", Role::Leader).await, ..desk };
        let page = desk.browser.get("/pakker").await;
        assert_eq!(addresses(&page.body).into_iter().filter(|href| href.starts_with("/pakker/filer/")).count(), 1);
        assert!(queries_of(&mut desk, "/pakker").await <= 2);
    }
}
