//! BreakableText: text, `Space` and `Break` only. Held as a plain string with new lines.

use crate::{
    cursor::{Cursor, Token, is_space},
    fault::{Read, Reason, safe_name},
};

/// Reads the required element of this name.
pub(crate) fn breakable(c: &mut Cursor<'_>, name: &'static str) -> Read<String> {
    c.enter(name)?;
    c.keep_space(true);
    let mut out = String::new();
    loop {
        match c.child_or_text()? {
            Token::Text(text) => push_collapsed(&mut out, &text),
            Token::End => break,
            Token::Start { name: element @ ("Break" | "Space"), known: true, .. } => {
                c.step_in(false)?;
                c.leave()?;
                out.push(if element == "Break" { '\n' } else { '\u{A0}' });
            }
            Token::Start { name, .. } => return Err(c.rule(Reason::Unexpected { element: safe_name(name) })),
            Token::Eof => return Err(c.broken("ends inside an element")),
        }
    }
    c.keep_space(false);
    c.step_out();
    Ok(out.trim_matches(is_space).replace('\u{A0}', " "))
}

/// Layout becomes one space. `Space` is held as a no-break space until the end, so that it is not taken for layout.
fn push_collapsed(out: &mut String, text: &str) {
    for c in text.chars() {
        if !is_space(c) {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
}
