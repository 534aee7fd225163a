//! Any file from the mailbox. Seeds: `fixtures/medcom` and its `bad` folder.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = medcom::read(bytes, &medcom::Limits::default());
});
