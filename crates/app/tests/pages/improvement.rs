//! Improvement boards: an aim with a number, a figure with a mark for each test, rounds that are studied before they are
//! decided, and a chart that is new each time it is opened.

use domain::permission::Role;
use testkit::municipality::add;
use testkit::on_both_engines;

use crate::browser::Answer;
use crate::{Desk, leads_to, log_in, version_of};

const NEW: [(&str, &str); 5] = [
    ("maaling", "R01"),
    ("navn", "Henvisninger fra læger"),
    ("maal", "Fra 1 til 10 om måneden inden 1. juni 2027"),
    ("plan", "Vi besøger tre praksis"),
    ("fra", "2026-11-02"),
];

/// The form with some fields as they are given.
fn form<'a>(given: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let others = NEW.into_iter().filter(|(name, _)| given.iter().all(|(own, _)| own != name));
    others.chain(given.iter().copied()).collect()
}

async fn made(desk: &mut Desk) -> String {
    assert_eq!(desk.browser.get("/forbedring/ny?maaling=R01").await.status, 200);
    leads_to(&desk.browser.post("/forbedring/ny", &NEW).await)
}

fn refused(answer: &Answer, message: &str) {
    assert_eq!(answer.status, 422, "{message}");
    assert!(answer.body.contains(message), "{message}");
}

on_both_engines! {
    /// Two referrals in November: the chart ends with two, and a third makes it three without anybody drawing it.
    async fn a_board_follows_its_figure_by_itself_with_a_mark_for_each_test(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &["01-xref15-gp-type2-diabetes-diet", "02-xref15-hospital-copd"]).await;
        assert!(desk.browser.get("/forbedring").await.body.contains("Der er ingen tavler endnu."));
        let choose = desk.browser.get("/forbedring/ny").await.body;
        assert!(choose.contains("<option value=\"U08\">Udeblivelser uden afbud</option>"));
        let board = made(&mut desk).await;
        let page = desk.browser.get(&board).await;
        assert_eq!(page.status, 200);
        for text in ["Tavlen er lavet.", "Fra 1 til 10 om måneden inden 1. juni 2027", "Vi besøger tre praksis", "I gang", "Afprøvning 1", "Fra 2. november", "<bdi>Leder LE</bdi>"] {
            assert!(page.body.contains(text), "{text}");
        }
        let newest = |page: &Answer| {
            let rows = page.body.split_once("fb-chart-table").unwrap().1.split("</table>").next().unwrap().to_owned();
            let row = rows.rsplit_once("<th scope=\"row\">").unwrap().1;
            row.split_once("fb-num\">").unwrap().1.split('<').next().unwrap().to_owned()
        };
        assert_eq!(newest(&page), "2", "{}", page.body);
        assert!(page.body.contains("fb-chart-change") && page.body.contains(">Vi besøger tre praksis</text>"), "the test has its mark");
        app::mailbox::receive(&desk.app, uuid::Uuid::from_u128(77), testkit::municipality::fixture("03-xref15-gp-nicotine-cessation")).await.unwrap();
        assert_eq!(newest(&desk.browser.get(&board).await), "3");
        let queries = desk.queries_of(&board).await;
        assert!(queries <= 6, "{queries}");
        assert!(desk.queries_of("/forbedring").await <= 2);
        let list = desk.browser.get("/forbedring").await.body;
        assert!(list.contains(&board) && list.contains("1 afprøvning"));
    }
}

on_both_engines! {
    async fn a_round_is_done_and_studied_before_it_is_decided(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let board = made(&mut desk).await;
        let page = desk.browser.get(&board).await;
        let version = version_of(&page);
        let action = page.body.split_once(&format!("action=\"{board}/proever/")).unwrap().1.split('"').next().unwrap();
        let action = format!("{board}/proever/{action}");
        let round = [("version", &*version), ("plan", "Vi besøger tre praksis"), ("fra", "2026-11-02"), ("gjort", "To ville ikke"), ("beslutning", "adapt")];
        let page = desk.browser.post(&action, &round).await;
        refused(&page, "Skriv, hvad I gjorde, og hvad I så, før I beslutter jer.");
        assert!(page.body.contains("To ville ikke"), "what was typed is kept");
        let early = [round[0], round[1], round[2], ("til", "2026-11-01")];
        refused(&desk.browser.post(&action, &early).await, "Afprøvningen slutter, før den begynder.");
        refused(&desk.browser.post(&action, &[round[0], round[1], ("fra", "2. nov.")]).await, "Skriv datoen som dag, måned og år.");
        let whole = [round[0], round[1], round[2], round[3], round[4], ("set", "Ingen flere henvisninger"), ("til", "2026-11-20")];
        assert_eq!(leads_to(&desk.browser.post(&action, &whole).await), board);
        let page = desk.browser.get(&board).await;
        for text in ["Vi retter det og prøver igen", "Ingen flere henvisninger", "Til 20. november"] {
            assert!(page.body.contains(text), "{text}");
        }
        let late = desk.browser.post(&action, &whole).await;
        assert_eq!(late.status, 422, "somebody was first");
        let version = version_of(&page);
        let second = [("version", &*version), ("plan", "Vi skriver til dem"), ("fra", "2026-12-01")];
        leads_to(&desk.browser.post(&format!("{board}/proever"), &second).await);
        let page = desk.browser.get(&board).await;
        assert!(page.body.contains("Afprøvning 2"));
        assert!(desk.browser.get("/forbedring").await.body.contains("1 afprøvning"), "what is planned is none yet");
        let version = version_of(&page);
        let done = [("version", &*version), ("navn", "Henvisninger"), ("maal", "Fra 1 til 10"), ("laering", "Besøg virker ikke alene"), ("slut", "ja")];
        leads_to(&desk.browser.post(&board, &done).await);
        let page = desk.browser.get(&board).await;
        assert!(page.body.contains("Besøg virker ikke alene") && page.body.contains("Lukket") && !page.body.contains("Sæt på tavlen"));
        let version = version_of(&page);
        refused(&desk.browser.post(&format!("{board}/proever"), &[("version", &*version), ("plan", "Mere"), ("fra", "2026-12-02")]).await, "Tavlen er lukket. Åbn den igen først.");
    }
}

on_both_engines! {
    async fn what_is_no_board_is_told_at_its_field_and_nothing_is_made(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        desk.browser.get("/forbedring/ny?maaling=R01").await;
        for (given, message) in [
            (&[("navn", " ")][..], "Skriv et navn på højst 100 tegn."),
            (&[("maal", "")], "Skriv, hvad der skal ændre sig."),
            (&[("maal", "Mange flere")], "Skriv et tal i målet: hvor meget, og hvornår."),
            (&[("fra", "")], "Skriv den dag, I begynder."),
            (&[("maaling", "X99")], "Vælg et måltal fra listen."),
            (&[("gruppe", "planet/mars")], "Vælg en gruppe fra listen."),
        ] {
            refused(&desk.browser.post("/forbedring/ny", &form(given)).await, message);
        }
        for none in ["X99", ""] {
            let page = desk.browser.get(&format!("/forbedring/ny?maaling={none}")).await;
            assert!(page.status == 200 && page.body.contains("Vælg et måltal fra listen."), "{none}");
        }
        assert!(desk.browser.get("/forbedring").await.body.contains("Der er ingen tavler endnu."));
    }
}

on_both_engines! {
    async fn who_may_write_and_whose_boards_they_are(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let board = made(&mut desk).await;
        let mut reader = log_in(&desk.app, 1, "fag", Role::Professional).await;
        let page = reader.get(&board).await;
        assert!(page.status == 200 && !page.body.contains("Ret tavlen"));
        assert_eq!(reader.get("/forbedring/ny").await.status, 403);
        assert_eq!(reader.post(&board, &[("version", "1"), ("navn", "x"), ("maal", "1")]).await.status, 403);
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut neighbour = log_in(&desk.app, 2, "nabo", Role::Leader).await;
        assert_eq!(neighbour.get(&board).await.status, 404);
        for path in [board.clone(), format!("{board}/proever"), format!("{board}/proever/{}", uuid::Uuid::nil())] {
            let form = [("version", "1"), ("navn", "x"), ("maal", "1"), ("plan", "x"), ("fra", "2026-11-02")];
            assert_eq!(neighbour.post(&path, &form).await.status, 404, "{path}");
        }
        assert!(neighbour.get("/forbedring").await.body.contains("Der er ingen tavler endnu."));
    }
}
