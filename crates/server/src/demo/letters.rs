//! The letters of the demo: the test messages with ids of their own, so that the test messages themselves can still be
//! tried as new ones.

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../../fixtures/medcom/", $name, ".xml")).as_slice()
    };
}

/// A letter and what is exchanged in it.
struct Letter(&'static [u8], &'static [(&'static str, &'static str)]);

impl Letter {
    /// The file as it comes; every place where an id stands gets the new one.
    fn file(&self) -> Vec<u8> {
        self.1.iter().fold(self.0.to_vec(), |bytes, (from, to)| exchanged(&bytes, from.as_bytes(), to.as_bytes()))
    }
}

fn exchanged(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}

macro_rules! letters {
    ($($(#[$doc:meta])* $name:ident = $fixture:literal [$($from:literal => $to:literal),*];)+) => {$(
        $(#[$doc])*
        pub fn $name() -> Vec<u8> {
            Letter(fixture!($fixture), &[$(($from, $to)),*]).file()
        }
    )+};
}

letters! {
    /// Type 2 diabetes, from a general practice.
    diabetes = "01-xref15-gp-type2-diabetes-diet"
        ["KUV20250310001" => "KDEMO000000001", "BRV20250310001" => "BDEMO000000001", "1f6c0d6a9b7e" => "de3000000001"];
    /// The same letter, corrected by its sender.
    diabetes_corrected = "07-xref15-corrected-letter-addon-code"
        ["KUV20250312044" => "KDEMO000000007", "BRV20250312044" => "BDEMO000000007", "1f6c0d6a9b7e" => "de3000000001"];
    /// COPD, from a hospital; announces a file.
    copd = "02-xref15-hospital-copd"
        ["KUV20250704077" => "KDEMO000000002", "BRV20250704077" => "BDEMO000000002", "7b0e3f52c1d8" => "de3000000002",
         "5d0f5a7be2a1" => "de3000000016"];
    /// The file that it announces.
    copd_file = "16-xbin02-attachment-for-02"
        ["KUV20250704078" => "KDEMO000000016", "BRV20250704078" => "BDEMO000000016", "5d0f5a7b-e2a1" => "de300000-0016"];
    /// A file whose letter is still on its way.
    early_file = "16-xbin02-attachment-for-02"
        ["KUV20250704078" => "KDEMO000000017", "BRV20250704078" => "BDEMO000000017", "5d0f5a7b-e2a1" => "de300000-0017"];
    /// Nicotine cessation.
    nicotine = "03-xref15-gp-nicotine-cessation"
        ["K250114A" => "KDEMO003", "B250114A" => "BDEMO003", "0a9d5c3e77f1" => "de3000000003"];
    /// Talk about alcohol.
    alcohol = "04-xref15-gp-alcohol-talk"
        ["K250203-0042" => "KDEMO0000004", "B250203-0042" => "BDEMO0000004", "2b7e151628ae" => "de3000000004"];
    /// A diagnosis in words only.
    in_words = "05-xref15-free-text-diagnosis-only"
        ["KUV20250422009" => "KDEMO000000005", "BRV20250422009" => "BDEMO000000005", "b3f1a2c49d5e" => "de3000000005"];
    /// In ISO-8859-1.
    latin1 = "06-xref15-iso-8859-1"
        ["KUV20250506004" => "KDEMO000000006", "BRV20250506004" => "BDEMO000000006", "e1d2c3b4a596" => "de3000000006"];
    /// From a practice with the newer version.
    newer = "08-xref15-xh1531r-newer-namespace"
        ["KUV20250901001" => "KDEMO000000008", "BRV20250901001" => "BDEMO000000008", "99aa88bb77cc" => "de3000000008"];
    /// No CPR number.
    without_number = "bad/bad03-missing-cpr" ["BRVBAD03" => "BDEMOBAD03", "KUVBAD03" => "KDEMOBAD03"];
    /// For somebody else.
    for_another = "bad/bad05-unknown-receiver" ["BRVBAD05" => "BDEMOBAD05", "KUVBAD05" => "KDEMOBAD05"];
    /// Broken text.
    broken_text = "bad/bad09-declared-utf8-but-latin1-bytes" [];
    /// A receipt for something that was never sent.
    stray_receipt = "bad/bad13-receipt-for-unknown-message" ["XK99" => "XK98", "XL99" => "XL98"];
}

#[cfg(test)]
mod tests {
    use super::*;
    use medcom::{Incoming, Letter as Read, Limits, read};

    /// Envelope and letter id of a file.
    fn ids(file: &[u8]) -> (String, String) {
        match read(file, &Limits::default()) {
            Ok(Incoming::Emessage(message)) => {
                let letter = match &message.letters[0] {
                    Ok(Read::Referral(letter)) => letter.head.identifier.as_str().to_owned(),
                    Ok(Read::Attachment(letter)) => letter.head.identifier.as_str().to_owned(),
                    other => panic!("not expected: {other:?}"),
                };
                (message.envelope.identifier.as_str().to_owned(), letter)
            }
            other => panic!("not readable: {other:?}"),
        }
    }

    #[test]
    fn the_letters_have_ids_of_their_own() {
        let files = [
            diabetes(),
            diabetes_corrected(),
            copd(),
            copd_file(),
            early_file(),
            nicotine(),
            alcohol(),
            in_words(),
            latin1(),
            newer(),
        ];
        for file in files {
            let (envelope, letter) = ids(&file);
            assert!(envelope.contains("DEMO") && letter.contains("DEMO"), "{envelope} {letter}");
        }
    }
}
