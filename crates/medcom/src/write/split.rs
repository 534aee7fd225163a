//! Long text in parts: some receivers cut what is longer than one part. Put together again, the parts read as the whole.

use std::collections::VecDeque;

use crate::formatted_text::{FormattedText, Inline};

/// Parts of at most `max` characters, cut at a space where there is one.
pub(crate) fn split(text: &FormattedText, max: usize) -> Vec<FormattedText> {
    let mut parts = Vec::new();
    let mut current = Vec::new();
    let mut used = 0;
    let mut rest: VecDeque<Inline> = text.0.iter().cloned().collect();
    while let Some(piece) = rest.pop_front() {
        let length = piece.length();
        if used + length <= max {
            used += length;
            current.push(piece);
            continue;
        }
        let (head, tail) = cut(piece, max - used, current.is_empty());
        current.extend(head);
        if let Some(tail) = tail {
            rest.push_front(tail);
        }
        parts.push(protected(std::mem::take(&mut current)));
        used = 0;
    }
    if !current.is_empty() {
        parts.push(protected(current));
    }
    parts
}

/// What fits into `room` characters, and the rest. `force` cuts inside a word when there is no other way.
fn cut(piece: Inline, room: usize, force: bool) -> (Option<Inline>, Option<Inline>) {
    match piece {
        Inline::Text(text) => cut_text(&text, room, force),
        Inline::Bold(inner) => cut_style(inner, Inline::Bold, room, force),
        Inline::Italic(inner) => cut_style(inner, Inline::Italic, room, force),
        Inline::Underline(inner) => cut_style(inner, Inline::Underline, room, force),
        Inline::FixedFont(inner) => cut_style(inner, Inline::FixedFont, room, force),
        Inline::Right(inner) => cut_style(inner, Inline::Right, room, force),
        Inline::Center(inner) => cut_style(inner, Inline::Center, room, force),
        single @ (Inline::Break | Inline::Space) => (None, Some(single)),
    }
}

fn cut_text(text: &str, room: usize, force: bool) -> (Option<Inline>, Option<Inline>) {
    let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
    let at = match text[..end].rfind(' ') {
        Some(space) => space + 1,
        None if force => end,
        None => 0,
    };
    let piece = |t: &str| (!t.is_empty()).then(|| Inline::Text(t.to_owned()));
    (piece(&text[..at]), piece(&text[at..]))
}

fn cut_style(
    inner: Vec<Inline>,
    style: fn(Vec<Inline>) -> Inline,
    room: usize,
    force: bool,
) -> (Option<Inline>, Option<Inline>) {
    let (mut head, mut tail, mut used) = (Vec::new(), Vec::new(), 0);
    for piece in inner {
        let length = piece.length();
        if !tail.is_empty() {
            tail.push(piece);
        } else if used + length <= room {
            used += length;
            head.push(piece);
        } else {
            let (first, second) = cut(piece, room - used, force && head.is_empty());
            head.extend(first);
            tail.extend(second);
        }
    }
    let wrap = |pieces: Vec<Inline>| (!pieces.is_empty()).then(|| style(pieces));
    (wrap(head), wrap(tail))
}

/// A space at either end of a part would be taken for layout, so it is written as `Space`.
fn protected(mut part: Vec<Inline>) -> FormattedText {
    if let Some(Inline::Text(text)) = part.first_mut()
        && let Some(rest) = text.strip_prefix(' ')
    {
        *text = rest.to_owned();
        part.insert(0, Inline::Space);
    }
    if let Some(Inline::Text(text)) = part.last_mut()
        && text.ends_with(' ')
    {
        text.pop();
        part.push(Inline::Space);
    }
    part.retain(|piece| !matches!(piece, Inline::Text(text) if text.is_empty()));
    FormattedText(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(parts: &[FormattedText]) -> String {
        parts.iter().map(FormattedText::to_plain_text).collect()
    }

    #[test]
    fn parts_are_cut_between_words_and_read_as_the_whole() {
        let text = FormattedText::from_plain("en to tre fire fem seks");
        let parts = split(&text, 10);
        assert!(parts.iter().all(|p| p.length() <= 10));
        assert_eq!(parts.len(), 3);
        assert_eq!(plain(&parts), "en to tre fire fem seks");
    }

    #[test]
    fn a_word_longer_than_a_part_is_cut_inside() {
        let parts = split(&FormattedText::from_plain("abcdefghij"), 4);
        assert_eq!(parts.len(), 3);
        assert_eq!(plain(&parts), "abcdefghij");
    }

    #[test]
    fn a_long_style_goes_on_in_the_next_part() {
        let text = FormattedText(vec![Inline::Bold(vec![Inline::Text("en to tre".into()), Inline::Break])]);
        let parts = split(&text, 5);
        assert_eq!(plain(&parts), "en to tre\n");
        assert!(parts.iter().all(|p| matches!(p.0[0], Inline::Bold(_))));
    }
}
