//! The glossary names every public type of this crate, in alphabetical order.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn glossary() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/glossary.md")).unwrap()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// Names after `pub struct`, `pub enum` and `pub trait`, and the names in the list of identifiers.
fn public_types() -> BTreeSet<String> {
    let files = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let text: String = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let declared = text.lines().filter_map(|line| {
        let rest = line.trim_start().strip_prefix("pub ")?;
        let (kind, name) = rest.split_once(' ')?;
        matches!(kind, "struct" | "enum" | "trait").then_some(name)
    });
    // In `ids.rs` a macro makes the types from a list of names.
    let ids = text.lines().filter_map(|line| line.trim().strip_suffix(',')).filter(|name| name.ends_with("Id"));
    let name = |text: &str| text.chars().take_while(char::is_ascii_alphanumeric).collect::<String>();
    declared.chain(ids).map(name).filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase())).collect()
}

#[test]
fn every_public_type_has_its_word() {
    let (types, glossary) = (public_types(), glossary());
    assert!(types.len() > 100 && types.contains("Citizen") && types.contains("CitizenId"));
    let missing: Vec<_> = types.iter().filter(|name| !glossary.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "missing in docs/glossary.md: {missing:?}");
}

#[test]
fn the_words_of_each_table_stand_in_alphabetical_order() {
    for table in glossary().split("\n## ").skip(1) {
        let words: Vec<_> = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).collect();
        assert!(words.is_sorted_by_key(|(word, _)| *word), "{words:?}");
    }
}
