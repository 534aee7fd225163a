//! Writes every kind of figure to `target/charts/sheet.html`, with the project's own stylesheet, to be looked at:
//! `cargo run -p charts --example sheet`. All figures are invented.

mod comparisons;
mod over_time;

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use charts::Figure;

const STYLES: [&str; 7] = ["tokens", "base", "panel", "tables", "charts", "status", "print"];

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut page = String::from(
        "<!doctype html><html lang=\"da\"><head><meta charset=\"utf-8\"><title>Figurer</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>html{font-size:62.5%}body{margin:0}\
         main{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(min(100%,600px),1fr));align-items:start;padding:16px}",
    );
    for style in STYLES {
        page.push_str(&fs::read_to_string(root.join(format!("assets/css/{style}.css")))?);
    }
    for (weight, file) in [(400, "Regular"), (600, "SemiBold")] {
        write!(
            page,
            "@font-face{{font-family:'IBM Plex Sans';font-weight:{weight};src:url(../../node_modules/dkfds/dist/fonts/\
             IBMPlexSans/split/woff2/IBMPlexSans-{file}-Latin1.woff2)}}"
        )
        .map_err(io::Error::other)?;
    }
    page.push_str("</style></head><body class=\"fb\"><main>");
    let figures: Vec<(&str, Figure)> = over_time::figures().into_iter().chain(comparisons::figures()).collect();
    for (heading, figure) in figures {
        let figure = figure.html();
        write!(
            page,
            "<section class=\"fb-panel\"><header><h2>{heading}</h2></header><div class=\"fb-pad\">{figure}</div></section>"
        )
        .map_err(io::Error::other)?;
    }
    page.push_str("</main></body></html>");
    let folder = root.join("target/charts");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("sheet.html"), page)
}
