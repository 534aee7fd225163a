//! `docs/standard.md` is what the data says.
#![allow(clippy::unwrap_used)]

use std::path::Path;

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/standard.md");
    let page = std::fs::read_to_string(path).unwrap_or_default();
    assert!(page == standard::document::page(), "run: cargo run -p standard --example document");
}

#[test]
fn it_has_a_row_for_every_requirement_and_leaves_none_for_another_day() {
    let page = standard::document::page();
    for requirement in &standard::STANDARD.requirements {
        assert_eq!(page.matches(&format!("| **{}** ", requirement.id)).count(), 1, "{}", requirement.id);
    }
    assert!(!page.contains("| later |"));
}
