//! Turns `assets/dist/manifest.json` into constants, so that a page that names a file which was not built does not
//! compile. Builds nothing itself: `make assets` does.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const MANIFEST: &str = "../../assets/dist/manifest.json";

fn main() {
    println!("cargo::rerun-if-changed={MANIFEST}");
    println!("cargo::rerun-if-changed=build.rs");
    let Ok(manifest) = fs::read_to_string(MANIFEST) else {
        println!("cargo::error=assets/dist is missing: run \"make assets\"");
        return;
    };
    let folder = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&folder).join("assets.rs"), constants(&manifest)).expect("OUT_DIR is writable");
}

/// One constant a file, `forebyg.css` becoming `FOREBYG_CSS`. The manifest has one entry a line.
fn constants(manifest: &str) -> String {
    let mut rust = String::new();
    for line in manifest.lines() {
        let parts: Vec<&str> = line.split('"').collect();
        if let [_, name, _, "file", _, file, _, "sha384", ..] = parts.as_slice() {
            let constant = name.to_uppercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            writeln!(
                rust,
                "/// Address of `{name}`.\n\
                 #[allow(dead_code, reason = \"some files are only named by the stylesheet\")]\n\
                 pub const {constant}: &str = \"/assets/{file}\";"
            )
            .expect("writing to a string cannot fail");
        }
    }
    rust
}
