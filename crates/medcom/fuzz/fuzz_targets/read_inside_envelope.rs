//! A file, and the file inside it when it is an envelope.
#![no_main]

use medcom::{Incoming, Limits, VansContent, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(Incoming::VansEnvelope(envelope)) = read(bytes, &Limits::default())
        && let VansContent::Message { data, .. } = envelope.content
    {
        let _ = read(&data, &Limits::default());
    }
});
