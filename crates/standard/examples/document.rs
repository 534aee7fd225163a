//! Writes `docs/standard.md`.

use std::path::Path;

fn main() -> std::io::Result<()> {
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/standard.md"), standard::document::page())
}
