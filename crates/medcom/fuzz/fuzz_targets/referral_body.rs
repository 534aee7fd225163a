//! Formatted text and what follows it, inside an otherwise good referral: fuzzing need not find the way there.
#![no_main]

const MODEL: &str = include_str!("../../../../fixtures/medcom/03-xref15-gp-nicotine-cessation.xml");

libfuzzer_sys::fuzz_target!(|body: &str| {
    let Some((before, rest)) = MODEL.split_once("<Anamnesis>") else { return };
    let Some((_, after)) = rest.split_once("</Anamnesis>") else { return };
    let text = format!("{before}<Anamnesis>{body}</Anamnesis>{after}");
    let _ = medcom::read(text.as_bytes(), &medcom::Limits::default());
});
