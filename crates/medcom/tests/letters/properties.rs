//! Writing and reading give the same values, and invented letters are good and all different.

use std::collections::HashSet;

use medcom::{
    Correspondence, Envelope, FinalNote, FormattedText, Identifier, Inline, Letter, OriginalLetter, Receipt,
    ReceiptKind, RefusalCause, RefuseCode, VansContent, VansEnvelope, VansError, VansReceipt,
    sample::{sample_letter, sample_referral},
};
use proptest::prelude::*;

use crate::{fixture, incoming, message, referral};

fn word() -> impl Strategy<Value = String> {
    "[A-Za-zæøåÆØÅ0-9<>&'\"½€.,:]{1,12}"
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..6).prop_map(|words| words.join(" "))
}

fn short(max: usize) -> impl Strategy<Value = String> {
    sentence().prop_map(move |s| s.chars().take(max).collect::<String>().trim().to_owned())
}

/// Pieces as the reader makes them: no two texts beside each other.
fn pieces(texts: BoxedStrategy<Inline>) -> impl Strategy<Value = Vec<Inline>> {
    prop::collection::vec(texts, 1..8).prop_map(|mut all| {
        all.dedup_by(|b, a| matches!((a, b), (Inline::Text(_), Inline::Text(_))));
        all
    })
}

fn plain_piece() -> BoxedStrategy<Inline> {
    prop_oneof![3 => sentence().prop_map(Inline::Text), 1 => Just(Inline::Break), 1 => Just(Inline::Space)].boxed()
}

fn styled_piece() -> BoxedStrategy<Inline> {
    prop_oneof![
        4 => plain_piece(),
        1 => pieces(plain_piece()).prop_map(Inline::Bold),
        1 => pieces(plain_piece()).prop_map(Inline::Italic),
        1 => pieces(plain_piece()).prop_map(Inline::Underline),
        1 => pieces(plain_piece()).prop_map(Inline::Right),
        1 => pieces(plain_piece()).prop_map(Inline::Center),
    ]
    .boxed()
}

fn formatted() -> impl Strategy<Value = FormattedText> {
    let piece = prop_oneof![5 => styled_piece(), 1 => pieces(styled_piece()).prop_map(Inline::FixedFont)];
    pieces(piece.boxed()).prop_map(FormattedText)
}

fn identifier() -> impl Strategy<Value = Identifier> {
    "[A-Z0-9]{1,14}".prop_map(|id| Identifier::parse(&id).unwrap())
}

fn envelope() -> impl Strategy<Value = Envelope> {
    (identifier(), any::<bool>(), 0i8..24, 0i8..60).prop_map(|(identifier, wanted, hour, minute)| Envelope {
        sent: jiff::civil::date(2026, 3, 1).at(hour, minute, 0, 0),
        identifier,
        wants_positive_receipt: wanted,
    })
}

fn model_note() -> FinalNote {
    match message(&fixture("09")).letters.remove(0) {
        Ok(Letter::FinalNote(note)) => *note,
        _ => panic!("no note"),
    }
}

fn model_correspondence() -> Correspondence {
    match message(&fixture("15")).letters.remove(0) {
        Ok(Letter::Correspondence(letter)) => *letter,
        _ => panic!("no letter"),
    }
}

fn cause() -> impl Strategy<Value = RefusalCause> {
    let text = prop::collection::vec(short(40), 1..4).prop_map(|lines| lines.join("\n"));
    let code = prop::sample::select(RefuseCode::LISTED);
    (prop::option::of(code), prop::option::of(text)).prop_map(|(code, text)| RefusalCause { code, text })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_note_is_read_as_it_was_written(envelope in envelope(), text in formatted(), name in short(35), id in identifier()) {
        let mut note = model_note();
        note.head.identifier = id;
        note.receiver.unit.organisation_name = Some(name.clone());
        note.patient.occupation = Some(name);
        note.clinical.as_mut().unwrap().text = text;
        let found = message(&note.write(&envelope).unwrap());
        prop_assert!(found.envelope == envelope);
        prop_assert!(found.letters == [Ok(Letter::FinalNote(Box::new(note)))]);
    }

    #[test]
    fn correspondence_is_read_as_it_was_written(envelope in envelope(), parts in prop::collection::vec(formatted(), 0..4), subject in short(70)) {
        let mut letter = model_correspondence();
        letter.parts = parts;
        letter.about.as_mut().unwrap().subject = subject;
        let found = message(&letter.write(&envelope).unwrap());
        prop_assert!(found.letters == [Ok(Letter::Correspondence(Box::new(letter)))]);
    }

    #[test]
    fn a_receipt_is_read_as_it_was_written(envelope in envelope(), whole in cause(), causes in prop::collection::vec(cause(), 0..5)) {
        let Ok(Letter::Receipt(model)) = message(&fixture("11")).letters.remove(0) else { panic!("no receipt") };
        let mut receipt = Receipt { kind: ReceiptKind::Negative, ..*model };
        receipt.original.refusal = whole;
        receipt.original.letters = causes
            .into_iter()
            .map(|refusal| OriginalLetter { identifier: "BRV1".into(), version: "XH1530R".into(), refusal })
            .collect();
        let found = message(&receipt.write(&envelope).unwrap());
        prop_assert!(!found.envelope.wants_positive_receipt);
        prop_assert_eq!(found.letters, [Ok(Letter::Receipt(Box::new(receipt)))]);
    }

    #[test]
    fn an_envelope_is_read_as_it_was_written(data in prop::collection::vec(any::<u8>(), 1..400), description in short(512), tag in short(70)) {
        let Ok(medcom::Incoming::VansEnvelope(mut envelope)) = incoming(&fixture("13")) else { panic!("no envelope") };
        let VansContent::Message { meta, data: held } = &mut envelope.content else { panic!("no message") };
        meta.transport.as_mut().unwrap().service_tags = vec![(tag.clone(), tag)];
        let original = meta.clone();
        *held = data;
        check(&envelope)?;
        let error = VansError { code: Some(7), description };
        let original_envelope = envelope.identifier;
        for receipt in [
            VansReceipt::Positive { original_envelope, original: original.clone() },
            VansReceipt::Negative { error: error.clone(), original_envelope, original },
            VansReceipt::NegativeVans { error, original_envelope, original: None },
        ] {
            check(&VansEnvelope { content: VansContent::Receipt(receipt), ..(*envelope).clone() })?;
        }
    }

    #[test]
    fn any_text_is_written_and_reads_the_same_from_then_on(text in "\\PC{0,60}", plain in "[a-zæ \n\t]{1,60}") {
        let mut note = model_note();
        let envelope = message(&fixture("09")).envelope;
        note.clinical.as_mut().unwrap().text = FormattedText(vec![
            Inline::Text(text.clone()), Inline::FixedFont(vec![Inline::Text(text)]), Inline::Break,
        ]);
        let once = note.write(&envelope).unwrap();
        let Ok(Letter::FinalNote(again)) = message(&once).letters.remove(0) else { panic!("no note") };
        prop_assert!(again.write(&envelope).unwrap() == once);
        let text = FormattedText::from_plain(&plain);
        let same = plain.replace('\t', " ");
        prop_assert_eq!(text.to_plain_text(), same.strip_suffix('\n').unwrap_or(&same));
    }
}

fn check(envelope: &VansEnvelope) -> Result<(), TestCaseError> {
    let Ok(medcom::Incoming::VansEnvelope(found)) = incoming(&envelope.write().unwrap()) else {
        return Err(TestCaseError::fail("not read"));
    };
    prop_assert!(&*found == envelope);
    Ok(())
}

#[test]
fn invented_letters_are_good_of_the_right_size_and_all_different() {
    let mut ids = HashSet::new();
    for seed in (0..300).chain([u64::MAX]) {
        let bytes = sample_letter(seed);
        assert!((4_500..6_500).contains(&bytes.len()), "{}", bytes.len());
        let letter = referral(&bytes);
        assert!(letter == sample_referral(seed).1 && bytes == sample_letter(seed));
        assert!(letter.sender.ean.gln().is_some());
        assert!(ids.insert(letter.head.identifier) && ids.insert(message(&bytes).envelope.identifier));
    }
}
