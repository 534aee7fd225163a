//! How hard a text is to read, and what a text message is: rules for what citizens get to read.
//!
//! A citizen may read slowly, and a message may be seen by others than its receiver.

/// What a text for citizens should stay at or below (the house rule for letters and messages).
pub const LIX_GOAL: u16 = 30;

/// Letters from which a word counts as long (Björnsson, Läsbarhet, 1968).
const LONG_WORD: usize = 7;

/// Words from which a sentence is worth looking at; easy texts have some ten.
const LONG_SENTENCE: usize = 15;

/// How hard a text is to read: words a sentence, plus the share of long words in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lix(u16);

impl Lix {
    /// Of a text; none when it has no words. A line is a sentence of its own, as headings and lists are.
    pub fn of(text: &str) -> Option<Self> {
        let sentences: Vec<Vec<&str>> = sentences(text).map(words).filter(|words| !words.is_empty()).collect();
        let words: usize = sentences.iter().map(Vec::len).sum();
        let long = sentences.iter().flatten().filter(|word| word.chars().count() >= LONG_WORD).count();
        let value = words.checked_div(sentences.len())? + (100 * long).checked_div(words)?;
        Some(Self(u16::try_from(value).unwrap_or(u16::MAX)))
    }

    /// The figure.
    pub const fn value(self) -> u16 {
        self.0
    }

    /// What it means (the bands of Björnsson 1968).
    pub const fn label(self) -> &'static str {
        match self.0 {
            0..=24 => "meget let at læse",
            25..=34 => "let at læse",
            35..=44 => "middel at læse",
            45..=54 => "svær at læse",
            _ => "meget svær at læse",
        }
    }

    /// Whether a text for citizens may be so hard.
    pub const fn is_plain(self) -> bool {
        self.0 <= LIX_GOAL
    }
}

/// Sentences that are long enough to be looked at, as they stand.
pub fn long_sentences(text: &str) -> Vec<&str> {
    sentences(text).map(str::trim).filter(|sentence| words(sentence).len() >= LONG_SENTENCE).collect()
}

/// A stop inside a number or an abbreviation ends no sentence: a blank must follow.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let mut rest = line;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let end = rest.match_indices(". ").chain(rest.match_indices("! ")).chain(rest.match_indices("? "));
            let at = end.map(|(at, _)| at + 1).min().unwrap_or(rest.len());
            let (sentence, after) = rest.split_at(at);
            rest = after;
            Some(sentence)
        })
    })
}

fn words(sentence: &str) -> Vec<&str> {
    let bare = sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    bare.filter(|word| !word.is_empty()).collect()
}

/// Characters of one text message, and of each part of a longer one (3GPP TS 23.038 and 23.040).
const GSM: (usize, usize) = (160, 153);
const UNICODE: (usize, usize) = (70, 67);

/// Parts that a text message is sent and paid as. Danish letters are in the small alphabet; a dash or a smiley is not, and
/// makes the whole message dearer.
pub fn message_parts(text: &str) -> usize {
    let sizes: Option<Vec<usize>> = text.chars().map(gsm_size).collect();
    let (length, (one, each)) = match sizes {
        Some(sizes) => (sizes.iter().sum(), GSM),
        None => (text.encode_utf16().count(), UNICODE),
    };
    if length <= one { 1 } else { length.div_ceil(each) }
}

/// Places that a character takes in the small alphabet; none when it is not in it (3GPP TS 23.038, 6.2.1).
fn gsm_size(c: char) -> Option<usize> {
    const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Some(1),
        '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€' => Some(2),
        _ => BASIC.contains(c).then_some(1),
    }
}

/// Beginnings of words that say something about health; a text message has none of them.
const HEALTH: [&str; 26] = [
    "alkohol",
    "astma",
    "cancer",
    "cigaret",
    "demens",
    "depression",
    "diabet",
    "diagnos",
    "diæt",
    "fagerström",
    "hjerte",
    "insulin",
    "kol",
    "kost",
    "kræft",
    "medicin",
    "nikotin",
    "overvægt",
    "patient",
    "psyk",
    "ryge",
    "røg",
    "sukkersyge",
    "sygdom",
    "vægt",
    "ernæring",
];

/// Words of a text that say something about health, each once, as they stand.
pub fn health_words(text: &str) -> Vec<&str> {
    let told = |word: &&str| {
        let small = word.to_lowercase();
        // "kolde" and "kolonihave" are not the lung disease.
        HEALTH.iter().any(|start| if *start == "kol" { small == *start } else { small.starts_with(start) })
    };
    let mut found: Vec<&str> = text.lines().flat_map(words).filter(told).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lix_is_words_a_sentence_and_the_share_of_long_words() {
        // Two sentences of five words; one word of ten is long.
        let text = "Vi ringer til dig snart. Du skal ikke gøre nogenting.";
        assert_eq!(Lix::of(text).map(Lix::value), Some(15));
        assert_eq!(
            Lix::of("Kl. 10.30 er der te.").map(Lix::value),
            Some(2),
            "an abbreviation ends a sentence, a number not"
        );
        assert_eq!(Lix::of(" \n–\n"), None);
        assert_eq!(Lix::of("Overskrift\nEn linje").map(Lix::value), Some(34), "a line is a sentence");
    }

    #[test]
    fn the_bands_have_their_limits() {
        let label = |value| Lix(value).label();
        assert_eq!((label(24), label(25), label(34)), ("meget let at læse", "let at læse", "let at læse"));
        assert_eq!((label(35), label(44), label(45)), ("middel at læse", "middel at læse", "svær at læse"));
        assert_eq!((label(54), label(55)), ("svær at læse", "meget svær at læse"));
        assert!(Lix(30).is_plain() && !Lix(31).is_plain());
    }

    #[test]
    fn long_sentences_are_shown_as_they_stand() {
        let long = "Du er velkommen til at tage en med, som du kender godt og er tryg ved, når du kommer.";
        assert_eq!(long_sentences(&format!("Kort. {long}\nOgså kort.")), vec![long]);
    }

    #[test]
    fn a_message_is_longer_by_its_alphabet() {
        assert_eq!(message_parts(&"æ".repeat(160)), 1);
        assert_eq!(message_parts(&"æ".repeat(161)), 2);
        assert_eq!(message_parts(&"€".repeat(81)), 2, "the euro sign takes two places");
        assert_eq!(message_parts(&format!("{}–", "a".repeat(70))), 2, "a dash makes it the dear alphabet");
        assert_eq!(message_parts(""), 1);
    }

    #[test]
    fn words_of_health_are_found_and_others_are_not() {
        assert_eq!(health_words("Kom til rygestop om din KOL, Rygestop!"), vec!["KOL", "Rygestop", "rygestop"]);
        assert!(health_words("Det er en kold dag i kolonihaven. Vi ses på holdet.").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_has_a_figure_or_no_words(text in "\\PC{0,200}") {
            let has_words = !words(&text.replace('\n', " ")).is_empty();
            prop_assert_eq!(Lix::of(&text).is_some(), has_words);
            prop_assert!(message_parts(&text) >= 1);
        }
    }
}
