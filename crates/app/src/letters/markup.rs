//! The form of a letter, written as people write plain text: a line with `#` or `##` is a heading, `-` begins a point, `>` a
//! line of the box with the facts, and an empty line ends a paragraph. Nothing in it is ever HTML.

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// What the letter is about.
    Title(String),
    /// A heading within it.
    Heading(String),
    /// Lines that stand together.
    Paragraph(Vec<String>),
    /// Points.
    List(Vec<String>),
    /// Name and value, in a box.
    Facts(Vec<(String, String)>),
}

/// The parts of a text that was filled in. A fact without a value and a heading with nothing below it are left out, so that a
/// letter needs no conditions for them.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut all: Vec<Block> = Vec::new();
    let mut together = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            together = false;
            continue;
        }
        let before = if together { all.last_mut() } else { None };
        if let Some(heading) = line.strip_prefix("## ") {
            all.push(Block::Heading(heading.trim().to_owned()));
        } else if let Some(title) = line.strip_prefix("# ") {
            all.push(Block::Title(title.trim().to_owned()));
        } else if let Some(point) = line.strip_prefix("- ") {
            match before {
                Some(Block::List(points)) => points.push(point.trim().to_owned()),
                _ => all.push(Block::List(vec![point.trim().to_owned()])),
            }
        } else if let Some(fact) = line.strip_prefix('>') {
            let (name, value) = fact.split_once(':').unwrap_or((fact, ""));
            let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
            match before {
                _ if value.is_empty() => {}
                Some(Block::Facts(facts)) => facts.push((name, value)),
                _ => all.push(Block::Facts(vec![(name, value)])),
            }
        } else {
            match before {
                Some(Block::Paragraph(lines)) => lines.push(line.to_owned()),
                _ => all.push(Block::Paragraph(vec![line.to_owned()])),
            }
        }
        together = true;
    }
    without_empty_headings(all)
}

fn without_empty_headings(all: Vec<Block>) -> Vec<Block> {
    let mut kept = Vec::with_capacity(all.len());
    let mut rest = all.into_iter().peekable();
    while let Some(block) = rest.next() {
        let followed = rest.peek().is_some_and(|next| !matches!(next, Block::Heading(_) | Block::Title(_)));
        if followed || !matches!(block, Block::Heading(_)) {
            kept.push(block);
        }
    }
    kept
}

/// The letter as it is read aloud: a line each, every one with an end.
pub(super) fn spoken(blocks: &[Block]) -> String {
    let ended = |line: &str| if line.ends_with(['.', '!', '?', ':']) { line.to_owned() } else { format!("{line}.") };
    let lines = blocks.iter().flat_map(|block| match block {
        Block::Title(line) | Block::Heading(line) => vec![ended(line)],
        Block::Paragraph(lines) | Block::List(lines) => lines.iter().map(|line| ended(line)).collect(),
        Block::Facts(facts) => facts.iter().map(|(name, value)| ended(&format!("{name}: {value}"))).collect(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        text.to_owned()
    }

    #[test]
    fn plain_text_becomes_the_parts_of_a_letter() {
        let read = blocks("# Tid\nKære Bo\n\n> Dag: I dag\n> Sted: Her: stuen\n\n- et\n- to\n\nVenlig hilsen\nTestby");
        let facts = vec![(text("Dag"), text("I dag")), (text("Sted"), text("Her: stuen"))];
        let expected = vec![
            Block::Title(text("Tid")),
            Block::Paragraph(vec![text("Kære Bo")]),
            Block::Facts(facts),
            Block::List(vec![text("et"), text("to")]),
            Block::Paragraph(vec![text("Venlig hilsen"), text("Testby")]),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn what_has_nothing_to_say_is_left_out() {
        assert_eq!(blocks("> Sted:\n> Dag: I dag"), vec![Block::Facts(vec![(text("Dag"), text("I dag"))])]);
        let read = blocks("## Hjælp\n\n## Kan du ikke komme?\nRing.\n## Slut");
        assert_eq!(read, vec![Block::Heading(text("Kan du ikke komme?")), Block::Paragraph(vec![text("Ring.")])]);
    }

    #[test]
    fn it_is_read_aloud_line_by_line() {
        let spoken = spoken(&blocks("# Tid\n> Dag: I dag\n\nRing til os!"));
        assert_eq!(spoken, "Tid.\nDag: I dag.\nRing til os!");
    }

    #[test]
    fn signs_of_html_are_only_signs() {
        assert_eq!(blocks("<b>Hej</b>"), vec![Block::Paragraph(vec![text("<b>Hej</b>")])]);
    }
}
