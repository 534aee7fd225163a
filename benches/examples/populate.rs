//! Fills a data folder with a made-up municipality, for measuring the running program: `populate FOLDER COURSES`.
//! A folder that holds one already, such as the demo's, gets the courses beside what it has.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use app::{App, SystemClock, organizations};
use store::{Location, Store};
use testkit::municipality::add;
use testkit::population::populate;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(folder), Some(Ok(courses))) = (arguments.first(), arguments.get(1).map(|it| it.parse())) else {
        eprintln!("populate FOLDER COURSES");
        std::process::exit(2);
    };
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(&folder).unwrap();
    let store = Store::open(&Location::Sqlite(folder.join("forebyg.sqlite3"))).unwrap();
    let app = App::new(store, Arc::new(SystemClock));
    let home = match organizations::list(&app).await.unwrap().into_iter().next() {
        Some(there) => there,
        None => add(&app, "999", "Testby Kommune", "5790009999003").await,
    };
    populate(&app, &home, 50, courses).await;
}
