//! The mix of files that fills the mailbox: each with ids of its own, or a copy of an earlier one.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::support::fixture;

/// What a file is made from, the ids in it that must be its own, and what is answered.
const KINDS: [(&str, &[&str], &[&str]); 9] = [
    ("01-xref15-gp-type2-diabetes-diet", &["KUV20250310001", "BRV20250310001", "1f6c0d6a9b7e"], &["XCTL03"]),
    ("02-xref15-hospital-copd", &["KUV20250704077", "BRV20250704077", "7b0e3f52c1d8"], &["XCTL03"]),
    ("04-xref15-gp-alcohol-talk", &["K250203-0042", "B250203-0042", "2b7e151628ae"], &[]),
    ("16-xbin02-attachment-for-02", &["KUV20250704078", "BRV20250704078"], &["XCTL03"]),
    ("bad/bad03-missing-cpr", &["KUVBAD03", "BRVBAD03"], &["XCTL02"]),
    ("bad/bad05-unknown-receiver", &["KUVBAD05", "BRVBAD05"], &["XCTL02"]),
    ("bad/bad07-billion-laughs", &["KUVBAD07", "BRVBAD07"], &[]),
    ("bad/bad09-declared-utf8-but-latin1-bytes", &["KUVBAD09", "BRVBAD09"], &[]),
    ("bad/bad13-receipt-for-unknown-message", &["XK99", "XL99"], &[]),
];
const ENVELOPE: (&str, &[&str]) = ("13-vansenvelope-carrying-03", &["VANS", "XCTL03"]);
/// The kinds that become a request, the first ones above.
const REFERRALS: usize = 3;

/// Everything that was put into the mailbox.
#[derive(Default)]
pub struct Letters {
    /// By content: how often it was put there, and what is answered each time.
    pub given: HashMap<Vec<u8>, (usize, &'static [&'static str])>,
    /// How many files.
    pub files: usize,
    /// How many different referrals.
    pub referrals: usize,
    copyable: Vec<(Vec<u8>, &'static [&'static str])>,
    enveloped: bool,
}

/// A file to be put into the mailbox.
pub struct Letter {
    name: String,
    bytes: Vec<u8>,
}

impl Letters {
    /// The next one: one in five is a copy of an earlier one, one in ten comes in an envelope.
    pub fn next(&mut self, dice: &mut Dice) -> Letter {
        self.files += 1;
        let (bytes, answers) = match dice.below(10) {
            0 => self.envelope(),
            1 | 2 if !self.copyable.is_empty() => dice.pick(&self.copyable).clone(),
            _ => self.fresh(dice),
        };
        self.given.entry(bytes.clone()).or_insert((0, answers)).0 += 1;
        Letter { name: format!("{:04}.xml", self.files), bytes }
    }

    fn envelope(&mut self) -> (Vec<u8>, &'static [&'static str]) {
        self.referrals += usize::from(!std::mem::replace(&mut self.enveloped, true));
        (fs::read(fixture(ENVELOPE.0)).unwrap(), ENVELOPE.1)
    }

    fn fresh(&mut self, dice: &mut Dice) -> (Vec<u8>, &'static [&'static str]) {
        let index = usize::try_from(dice.below(KINDS.len() as u64)).unwrap();
        let (name, ids, answers) = KINDS[index];
        let mut bytes = fs::read(fixture(name)).unwrap();
        for (place, id) in ids.iter().enumerate() {
            let own = format!("{}{:0width$}", ["K", "B", "e"][place], self.files, width = id.len() - 1);
            bytes = replaced(&bytes, id, &own);
        }
        self.referrals += usize::from(index < REFERRALS);
        self.copyable.push((bytes.clone(), answers));
        (bytes, answers)
    }
}

impl Letter {
    /// Written beside and renamed, as a mailbox client does.
    pub fn put_into(self, inbox: &Path) {
        let half = inbox.join(format!(".{}.tmp", self.name));
        fs::write(&half, self.bytes).unwrap();
        fs::rename(half, inbox.join(self.name)).unwrap();
    }
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("the test message has no {from}"));
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

/// SplitMix64 (public domain): the same seed gives the same letters in the same order.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % most
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}
