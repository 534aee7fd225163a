//! What was read and can be written is read again as the same letter.
#![no_main]

use medcom::{Incoming, Letter, Limits, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(Incoming::Emessage(message)) = read(bytes, &Limits::default()) else { return };
    for letter in message.letters.iter().flatten() {
        let written = match letter {
            Letter::Referral(letter) => letter.write(&message.envelope),
            Letter::FinalNote(letter) => letter.write(&message.envelope),
            Letter::Receipt(letter) => letter.write(&message.envelope),
            Letter::Correspondence(letter) => letter.write(&message.envelope),
            Letter::Attachment(_) => continue,
        };
        let Ok(written) = written else { continue };
        assert!(read(&written, &Limits::default()).is_ok());
    }
});
