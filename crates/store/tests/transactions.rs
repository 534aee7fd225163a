//! What the store promises of transactions, on both engines.
#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use store::{Expected, NewVersion, Scope, Seen, Store, StoreError, Tx, verify_chains};
use testkit::on_both_engines;
use uuid::Uuid;

const NOON: &str = "2026-11-22T12:00:00Z";

fn at() -> Timestamp {
    NOON.parse().unwrap()
}

/// An organization with its chains, as set-up makes it.
async fn organization(store: &Store, key: i64) {
    let scope = Scope::system(key, at(), "organization.add");
    store
        .write(scope, move |tx| {
            tx.unscoped().execute(
                "insert into organization (key, code, content, created_at) values ($1, $2, $3, $4)",
                &[key.into(), (&key.to_string()).into(), store::Value::Json("{}"), at().into()],
            )?;
            for log in ["audit", "access"] {
                let nothing = vec![0u8; 32];
                tx.execute(
                    "insert into chain (organization, log, seq, hash) values ($1, $2, 0, $3)",
                    &[log.into(), (&nothing).into()],
                )?;
            }
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
}

async fn save(
    store: &Store,
    organization: i64,
    id: Uuid,
    builds_on: i64,
    text: &'static str,
) -> Result<i64, StoreError> {
    let scope = Scope::system(organization, at(), "test.save");
    store.write(scope, move |tx| tx.save(NewVersion { kind: "note", citizen: id, id, builds_on, content: &text })).await
}

on_both_engines! {
    async fn a_version_that_exists_is_a_conflict_and_changes_nothing(database: &Database) {
        let store = database.open();
        organization(&store, 1).await;
        let id = Uuid::from_u128(7);
        assert_eq!(save(&store, 1, id, 0, "first").await.unwrap(), 1);
        assert!(matches!(save(&store, 1, id, 0, "second").await, Err(StoreError::Conflict)));
        assert_eq!(save(&store, 1, id, 1, "second").await.unwrap(), 2);
        let report = verify_chains(&store, 1, at()).await.unwrap();
        assert_eq!((report.changes, report.versions), (2, 2));
    }
}

on_both_engines! {
    async fn a_change_asked_for_on_an_older_version_is_refused_in_its_transaction(database: &Database) {
        let store = database.open();
        organization(&store, 1).await;
        let (id, other) = (Uuid::from_u128(7), Uuid::from_u128(8));
        assert_eq!(save(&store, 1, id, 0, "first").await.unwrap(), 1);
        let change = async |version, builds_on, what: Uuid| {
            let expects = Some(Expected { kind: "note", citizen: id, id, version });
            let scope = Scope { expects, ..Scope::system(1, at(), "test.expect") };
            store
                .write(scope, move |tx| tx.save(NewVersion { kind: "note", citizen: id, id: what, builds_on, content: &"x" }))
                .await
        };
        // Also when the change saves something else of the same citizen.
        for what in [id, other] {
            let refused = change(2, 0, what).await;
            assert!(matches!(refused, Err(StoreError::Changed { expected: 2, found: 1 })), "{refused:?}");
        }
        assert_eq!(change(1, 0, other).await.unwrap(), 1);
        // What a colleague saved between the check and the reading is not built on.
        let raced = change(1, 2, id).await;
        assert!(matches!(raced, Err(StoreError::Changed { expected: 1, found: 2 })), "{raced:?}");
        assert_eq!(change(1, 1, id).await.unwrap(), 2);
    }
}

on_both_engines! {
    async fn work_that_fails_or_panics_leaves_no_trace_and_the_store_goes_on(database: &Database) {
        let store = database.open();
        organization(&store, 1).await;
        let failed: Result<(), StoreError> = store
            .write(Scope::system(1, at(), "test.fail"), |tx| {
                tx.save(NewVersion { kind: "note", citizen: Uuid::nil(), id: Uuid::nil(), builds_on: 0, content: &"x" })?;
                Err(StoreError::Conflict)
            })
            .await;
        assert!(matches!(failed, Err(StoreError::Conflict)));
        let panicked: Result<(), StoreError> =
            store.write(Scope::system(1, at(), "test.panic"), |_| panic!("on purpose")).await;
        assert!(matches!(panicked, Err(StoreError::Panicked)));
        assert_eq!(verify_chains(&store, 1, at()).await.unwrap().changes, 0);
        assert_eq!(save(&store, 1, Uuid::nil(), 0, "later").await.unwrap(), 1);
    }
}

on_both_engines! {
    async fn a_read_is_in_the_access_log_before_it_is_handed_over(database: &Database) {
        let store = database.open();
        organization(&store, 1).await;
        let citizen = Uuid::from_u128(9);
        store.view(Scope::system(1, at(), "citizen"), move |_| Ok::<_, StoreError>(Seen::record(citizen, ()))).await.unwrap();
        store.view(Scope::system(1, at(), "list"), move |_| Ok::<_, StoreError>(Seen::list(vec![citizen], ()))).await.unwrap();
        assert_eq!(verify_chains(&store, 1, at()).await.unwrap().reads, 2);
    }
}

on_both_engines! {
    async fn a_changed_removed_or_cut_off_entry_is_found(database: &Database) {
        let store = database.open();
        organization(&store, 1).await;
        for n in 0..3 {
            save(&store, 1, Uuid::from_u128(n), 0, "text").await.unwrap();
        }
        assert_eq!(verify_chains(&store, 1, at()).await.unwrap().changes, 3);
        let scoped = |sql: &str| match store.engine() {
            store::Engine::Sqlite => sql.to_owned(),
            store::Engine::Postgres => format!("select set_config('forebyg.organization', '1', false); {sql}"),
        };
        database.tamper(&scoped("update audit set action = 'other' where seq = 2"));
        assert!(matches!(verify_chains(&store, 1, at()).await, Err(StoreError::ChainBroken { seq: 2, .. })));
        database.tamper(&scoped("update audit set action = 'test.save' where seq = 2"));
        database.tamper(&scoped("update record_version set content = '\"other\"' where version = 1"));
        assert!(matches!(verify_chains(&store, 1, at()).await, Err(StoreError::ChainBroken { seq: 1, .. })));
        database.tamper(&scoped("update record_version set content = '\"text\"' where version = 1"));
        database.tamper(&scoped("delete from audit where seq = 3"));
        assert!(matches!(verify_chains(&store, 1, at()).await, Err(StoreError::ChainBroken { seq: 3, .. })));
    }
}

on_both_engines! {
    async fn twenty_at_once_are_all_stored_with_an_unbroken_chain(database: &Database) {
        let store = database.open();
        organization(&store, 1).await;
        let waiting: Vec<_> = (0..20u128)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move { save(&store, 1, Uuid::from_u128(n), 0, "text").await })
            })
            .collect();
        for task in waiting {
            task.await.unwrap().unwrap();
        }
        assert_eq!(verify_chains(&store, 1, at()).await.unwrap().changes, 20);
    }
}

on_both_engines! {
    async fn a_run_in_bulk_reads_what_it_wrote_and_is_durable_once_it_is_settled(database: &Database) {
        const VERSIONS: &str = "select count(*) from record_version where organization = $1";
        let store = database.open();
        organization(&store, 1).await;
        let bulk = store.in_bulk();
        for n in 0..300 {
            save(&bulk, 1, Uuid::from_u128(n), 0, "text").await.unwrap();
            let count = |tx: &mut Tx<'_>| Ok::<_, StoreError>(Seen::nothing(tx.first(VERSIONS, &[], |row| row.take_number())?));
            let seen = bulk.view(Scope::system(1, at(), "count"), count).await.unwrap();
            assert_eq!(seen, Some(i64::try_from(n).unwrap() + 1));
        }
        let refused = save(&bulk, 1, Uuid::nil(), 0, "again").await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
        save(&store, 1, Uuid::from_u128(999), 0, "of somebody else meanwhile").await.unwrap();
        bulk.settled().await.unwrap();
        assert_eq!(verify_chains(&database.open(), 1, at()).await.unwrap().versions, 301);
    }
}

on_both_engines! {
    async fn another_process_writes_while_a_run_in_bulk_goes_on(database: &Database) {
        let (store, other) = (database.open(), database.open());
        organization(&store, 1).await;
        let bulk = store.in_bulk();
        let run = tokio::spawn(async move {
            for n in 0..2_000 {
                save(&bulk, 1, Uuid::from_u128(n), 0, "text").await?;
            }
            bulk.settled().await
        });
        for n in 10_000..10_005 {
            save(&other, 1, Uuid::from_u128(n), 0, "of another process").await.unwrap();
        }
        run.await.unwrap().unwrap();
        assert_eq!(verify_chains(&store, 1, at()).await.unwrap().versions, 2_005);
    }
}

/// What is kept of a subject, and what the next transaction shall find kept of it; this one fails when it is told to.
async fn keep(store: &Store, subject: u128, next: u32, fail: bool) -> Option<u32> {
    let (reply, kept) = std::sync::mpsc::channel();
    let work = move |tx: &mut Tx<'_>| {
        reply.send(tx.kept::<u32>(Uuid::from_u128(subject)).copied()).unwrap();
        tx.keep(Uuid::from_u128(subject), next);
        if fail { Err(StoreError::Conflict) } else { Ok(()) }
    };
    assert_eq!(store.write(Scope::system(1, at(), "test.keep"), work).await.is_err(), fail);
    kept.recv().unwrap()
}

on_both_engines! {
    async fn what_is_kept_of_a_subject_stands_until_it_is_undone_or_another_process_changes_anything(database: &Database) {
        let (store, other) = (database.open(), database.open());
        organization(&store, 1).await;
        let kept = |value: u32| (store.engine() == store::Engine::Sqlite).then_some(value);
        assert_eq!(keep(&store, 1, 1, false).await, None);
        assert_eq!(keep(&store, 1, 2, false).await, kept(1));
        assert_eq!(keep(&store, 2, 3, false).await, None, "of somebody else");
        assert_eq!(keep(&other, 1, 4, false).await, None, "of another process");
        assert_eq!(keep(&store, 1, 5, true).await, kept(2));
        assert_eq!(keep(&store, 1, 6, false).await, None, "undone");
        assert_eq!(keep(&store, 2, 7, false).await, kept(3), "of somebody else, not undone");
        save(&other, 1, Uuid::from_u128(7), 0, "of another process").await.unwrap();
        assert_eq!(keep(&store, 1, 8, false).await, None, "changed by another process");
        let scope = Scope::system(1, at(), "test.forget");
        store.write(scope, |tx| { tx.forget(); Ok::<_, StoreError>(()) }).await.unwrap();
        assert_eq!(keep(&store, 1, 9, false).await, None, "forgotten");
        assert_eq!(keep(&store, 1, 10, false).await, kept(9));
    }
}

on_both_engines! {
    async fn a_counter_never_gives_a_number_twice(database: &Database) {
        let store = database.open();
        organization(&store, 1).await;
        for expected in 1..=3 {
            let scope = Scope::system(1, at(), "test.number");
            let number = store.write(scope, |tx| tx.next_number("letter")).await.unwrap();
            assert_eq!(number, expected);
        }
    }
}
