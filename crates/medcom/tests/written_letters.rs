//! What we write is byte for byte what the models say.

use medcom::{Incoming, Letter, Limits, read};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../fixtures/medcom/{name}.xml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn letters_read_from_the_models_are_written_as_the_models() {
    for name in [
        "01-xref15-gp-type2-diabetes-diet",
        "02-xref15-hospital-copd",
        "08-xref15-xh1531r-newer-namespace",
        "09-xdis15-final-note",
        "10-xctl03-positive-receipt-for-01",
        "11-xctl02-negative-receipt-for-bad06",
        "12-xctl01-negative-vans-receipt-for-09",
        "15-xdis91-correspondence-to-gp",
    ] {
        let bytes = fixture(name);
        let Ok(Incoming::Emessage(message)) = read(&bytes, &Limits::default()) else { panic!("{name}") };
        let written = match message.letters[0].as_ref().unwrap() {
            Letter::Referral(letter) => letter.write(&message.envelope),
            Letter::FinalNote(letter) => letter.write(&message.envelope),
            Letter::Receipt(letter) => letter.write(&message.envelope),
            Letter::Correspondence(letter) => letter.write(&message.envelope),
            Letter::Attachment(_) => panic!("{name}"),
        };
        assert!(written.unwrap() == bytes, "{name}");
    }
}

#[test]
fn envelopes_are_written_as_the_models() {
    for name in ["13-vansenvelope-carrying-03", "14-vansenvelope-positive-receipt-for-13"] {
        let bytes = fixture(name);
        let Ok(Incoming::VansEnvelope(envelope)) = read(&bytes, &Limits::default()) else { panic!("{name}") };
        assert!(envelope.write().unwrap() == bytes, "{name}");
    }
}
