//! The reporting schema in the database: the same functions on both engines, views that are made anew when they must be, and
//! readers who see one organization and nothing behind the views.
#![allow(clippy::unwrap_used)]

use analysis::{CATALOGUE, function};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Engine, Scope, Seen, Store, StoreError, Tx};
use testkit::database::Database;
use testkit::on_both_engines;

async fn look<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    let scope = Scope::system(1, Timestamp::UNIX_EPOCH, "test");
    store.view(scope, move |tx| work(tx).map(Seen::nothing)).await.unwrap()
}

on_both_engines! {
    async fn the_functions_say_the_same_on_both_engines(database: &Database) {
        let store = database.open();
        let days: [Date; 5] = ["1950-02-28", "1952-02-29", "2000-12-31", "2026-11-28", "2027-01-01"].map(|day| day.parse().unwrap());
        for born in days {
            for on in days {
                let found = look(&store, move |tx| {
                    let sql = match tx.engine() {
                        Engine::Sqlite => "select reporting_age_band($2, $3), reporting_days($2, $3), reporting_month($3), reporting_quarter($3), reporting_year($3) where $1 > 0",
                        Engine::Postgres => "select reporting.age_band($2, $3), reporting.days($2, $3), reporting.month($3), reporting.quarter($3), reporting.year($3) where $1::bigint > 0",
                    };
                    let row = tx.first(sql, &[born.into(), on.into()], |r| {
                        Ok((r.take::<Option<String>>()?, r.take::<i64>()?, [r.take::<String>()?, r.take()?, r.take()?]))
                    })?;
                    Ok(row.unwrap())
                }).await;
                assert_eq!(found.0.as_deref(), function::age_band(born, on), "{born} {on}");
                assert_eq!(found.1, function::days(born, on));
                assert_eq!(found.2, [function::month(on), function::quarter(on), function::year(on)]);
            }
        }
        for (from, to) in [("2026-03-28T22:59:30Z", "2026-03-28T23:30:00Z"), ("2026-07-01T21:59:00Z", "2026-07-01T22:00:59Z")] {
            let (from, to): (Timestamp, Timestamp) = (from.parse().unwrap(), to.parse().unwrap());
            let found = look(&store, move |tx| {
                let sql = match tx.engine() {
                    Engine::Sqlite => "select reporting_local_day($2), reporting_local_day($3), reporting_minutes($2, $3) where $1 > 0",
                    Engine::Postgres => "select reporting.local_day($2), reporting.local_day($3), reporting.minutes($2, $3) where $1::bigint > 0",
                };
                let row = tx.first(sql, &[from.into(), to.into()], |r| Ok((r.take::<Date>()?, r.take::<Date>()?, r.take::<i64>()?)))?;
                Ok(row.unwrap())
            }).await;
            assert_eq!(found, (function::local_day(from), function::local_day(to), function::minutes(from, to)));
        }
        let (secret, id) = (vec![9u8; 32], uuid::Uuid::from_u128(77));
        let found = look(&store, move |tx| {
            let sql = match tx.engine() {
                Engine::Sqlite => "select reporting_pseudonym($2, $1, $3)",
                Engine::Postgres => "select reporting.pseudonym($2, $1, $3)",
            };
            Ok(tx.first(sql, &[(&secret).into(), id.into()], |r| r.take::<String>())?.unwrap())
        }).await;
        assert_eq!(found, analysis::pseudonym(&[9; 32], 1, id));
    }
}

on_both_engines! {
    async fn views_that_are_gone_or_changed_are_made_again(database: &Database) {
        drop(database.open());
        let name = if matches!(database.location, store::Location::Sqlite(_)) { "reporting_course" } else { "reporting.course" };
        database.tamper(&format!("drop view {name}"));
        let store = database.open();
        assert_eq!(columns(&store, "course").await, 0);
    }
}

/// Rows of a view; none before anything is recorded.
async fn columns(store: &Store, view: &'static str) -> usize {
    look(store, move |tx| {
        let mut built = analysis::Built::default();
        for text in ["select citizen_key from reporting.", view, " where organization = $1"] {
            built.add(text);
        }
        Ok(tx.ask(&built, &[], |r| r.take::<String>())?.len())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_view_and_column_says_what_it_means_where_bi_tools_look() {
    let Some(database) = Database::postgres() else { return };
    let store = database.open();
    let said = look(&store, |tx| {
        const SQL: &str = "select c.table_name::text, c.column_name::text,
                col_description((c.table_schema || '.' || c.table_name)::regclass, c.ordinal_position),
                obj_description((c.table_schema || '.' || c.table_name)::regclass)
            from information_schema.columns c where c.table_schema = 'reporting' and $1::bigint > 0";
        tx.query(SQL, &[], |r| {
            Ok((r.take::<String>()?, r.take::<String>()?, r.take::<Option<String>>()?, r.take::<Option<String>>()?))
        })
    })
    .await;
    for view in &CATALOGUE.views {
        for column in &view.columns {
            let found = said.iter().find(|(table, name, ..)| *table == view.name && *name == column.name).unwrap();
            assert_eq!(found.2.as_deref(), Some(&*column.comment()));
            assert_eq!(found.3.as_deref(), Some(&*view.meaning()));
        }
    }
}
