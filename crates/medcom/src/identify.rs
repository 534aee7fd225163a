//! Second look at a refused message: the ids that an answer quotes, found by local name whatever the namespace, as far
//! as the XML can be read.

use crate::{
    cursor::{Cursor, Token},
    fault::{Fault, LetterIds, Read},
    limits::Limits,
};

/// The ids of a message and its letters.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub envelope: Option<String>,
    pub letters: Vec<LetterIds>,
    /// What ended the look before the end of the document.
    pub stopped: Option<Box<Fault>>,
}

impl Scan {
    pub fn of(text: &str, limits: &Limits) -> Self {
        let mut scan = Self::default();
        let mut cursor = Cursor::new(text, limits);
        scan.stopped = scan.walk(&mut cursor, limits).err();
        scan
    }

    fn walk(&mut self, c: &mut Cursor<'_>, limits: &Limits) -> Read<()> {
        loop {
            match c.child_or_text()? {
                Token::Start { name, .. } => {
                    c.step_in(true)?;
                    if c.path().len() == 2 && !matches!(name, "Envelope" | "Local_Elements") {
                        if self.letters.len() == limits.letters {
                            return Ok(());
                        }
                        let element = crate::fault::safe_name(name);
                        self.letters.push(LetterIds { element, ..LetterIds::default() });
                    }
                    if wanted(c.path()) {
                        self.keep(c)?;
                    }
                }
                Token::End => c.step_out(),
                Token::Text(_) => {}
                Token::Eof => return Ok(()),
            }
        }
    }

    /// Reads the text of the wanted element; what it holds besides text is passed over.
    fn keep(&mut self, c: &mut Cursor<'_>) -> Read<()> {
        let path: Vec<&str> = c.path().to_vec();
        let mut text = String::new();
        while let Some(part) = c.next_text()? {
            text.push_str(&part);
        }
        self.set(&path, text.trim());
        Ok(())
    }

    fn set(&mut self, path: &[&str], text: &str) {
        let short = |most: usize| (1..=most).contains(&text.chars().count()).then(|| text.to_owned());
        if let [_, "Envelope", "Identifier"] = path {
            self.envelope = self.envelope.take().or_else(|| short(14));
            return;
        }
        let Some(ids) = self.letters.last_mut() else { return };
        let (slot, value) = match path {
            [_, _, "Letter", "Identifier"] => (&mut ids.letter, short(14)),
            [_, _, "Letter", "VersionCode"] => (&mut ids.version, cut(text)),
            [_, _, "Sender", _] => (&mut ids.sender_ean, short(35)),
            [_, _, "Receiver", _] => (&mut ids.receiver_ean, short(35)),
            _ => return,
        };
        if slot.is_none() {
            *slot = value;
        }
    }
}

/// The first seven letters and digits: what fits into `OriginalVersionCode`.
fn cut(text: &str) -> Option<String> {
    let code: String = text.chars().filter(char::is_ascii_alphanumeric).take(7).collect();
    (!code.is_empty()).then_some(code)
}

fn wanted(path: &[&str]) -> bool {
    matches!(
        path,
        [_, "Envelope", "Identifier"]
            | [_, _, "Letter", "Identifier" | "VersionCode"]
            | [_, _, "Sender" | "Receiver", "EANIdentifier"]
    )
}
