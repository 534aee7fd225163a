//! Input that wants to cost more than it should, or is no XML at all.

use medcom::{Incoming, Limits, OverLimit, Refusal, VansContent, read};

use crate::{fixture, incoming, letter_fault, message, referral, refusal, text};

#[test]
fn utf16_is_refused_with_and_without_mark() {
    let wide: Vec<u8> = text("01").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(refusal(&wide), Refusal::Undecodable(_)));
    let marked = [&[0xFF, 0xFE], wide.as_slice()].concat();
    assert!(matches!(refusal(&marked), Refusal::Undecodable(_)));
    let declared = text("01").replacen("UTF-8", "UTF-16", 1);
    assert!(matches!(refusal(declared.as_bytes()), Refusal::Undecodable(_)));
}

#[test]
fn a_byte_order_mark_and_labels_in_any_case_are_read() {
    let marked = [b"\xEF\xBB\xBF".as_slice(), &fixture("01")].concat();
    assert_eq!(referral(&marked), referral(&fixture("01")));
    let lower = text("01").replacen("UTF-8", "utf-8", 1);
    assert_eq!(referral(lower.as_bytes()), referral(&fixture("01")));
    let bare = text("01").split_once("?>").unwrap().1.trim_start().to_owned();
    assert_eq!(referral(bare.as_bytes()), referral(&fixture("01")));
}

#[test]
fn a_message_cut_at_any_byte_is_refused() {
    let whole = fixture("01");
    let end = whole.len() - b"\n".len();
    for length in 0..end {
        assert!(incoming(&whole[..length]).is_err(), "{length}");
    }
    assert!(incoming(&whole[..end]).is_ok());
}

#[test]
fn a_doctype_inside_an_envelope_is_found_when_the_message_is_opened() {
    let Ok(Incoming::VansEnvelope(mut envelope)) = incoming(&fixture("13")) else { panic!("no envelope") };
    let VansContent::Message { data, .. } = &mut envelope.content else { panic!("no message") };
    *data = fixture("bad/bad07");
    let Ok(Incoming::VansEnvelope(again)) = incoming(&envelope.write().unwrap()) else { panic!("no envelope") };
    let VansContent::Message { data, .. } = again.content else { panic!("no message") };
    assert!(refusal(&data).is_security_event());
}

#[test]
fn a_doctype_is_found_wherever_it_stands() {
    let after_comment = text("bad/bad08").replacen("?>", "?><!-- x --><?p ?>", 1);
    assert!(matches!(refusal(after_comment.as_bytes()), Refusal::Forbidden(_)));
    for word in ["<!DOCTYPE x>", "<!ENTITY x 'y'>", "<!doctype x>"] {
        let inside = text("01").replacen("<Patient>", &format!("{word}<Patient>"), 1);
        assert!(matches!(refusal(inside.as_bytes()), Refusal::Forbidden(_)), "{word}");
    }
    let in_latin1 = String::from_utf8(fixture("10")).unwrap().replacen("?>", "?><!DOCTYPE x [ ]>", 1);
    assert!(matches!(refusal(in_latin1.as_bytes()), Refusal::Forbidden(_)));
}

#[test]
fn an_entity_that_is_not_built_in_breaks_the_message() {
    let entity = text("01").replacen("Type 2-diabetes", "&xxe;", 1);
    assert!(matches!(refusal(entity.as_bytes()), Refusal::Answerable(_)));
    let built_in = text("01").replacen("Type 2-diabetes", "&lt;&#x41;&amp;&#66;&apos;", 1);
    assert_eq!(referral(built_in.as_bytes()).diagnosis.unwrap().text, "<A&B'");
    let control = text("01").replacen("Type 2-diabetes", "&#1;", 1);
    assert!(matches!(refusal(control.as_bytes()), Refusal::Answerable(_)));
    let raw = text("01").replacen("Type 2-diabetes", "\u{1}", 1);
    assert!(matches!(refusal(raw.as_bytes()), Refusal::Answerable(_)));
}

#[test]
fn eleven_letters_are_too_many_and_ten_are_not() {
    let whole = text("03");
    let (start, end) = (whole.find("  <MunicipalityReferral>").unwrap(), whole.find("</Emessage>").unwrap());
    let with = |n: usize| format!("{}{}</Emessage>", &whole[..start], whole[start..end].repeat(n));
    assert_eq!(message(with(10).as_bytes()).letters.len(), 10);
    assert!(matches!(refusal(with(11).as_bytes()), Refusal::OverLimit { limit: OverLimit::Letters(10), .. }));
}

#[test]
fn depth_is_bounded_even_where_anything_may_stand() {
    let nested =
        |n: usize| format!("<Local_Elements>{}{}</Local_Elements></Emessage>", "<a>".repeat(n), "</a>".repeat(n));
    let at = |n: usize| text("03").replace("</Emessage>", &nested(n));
    assert!(incoming(at(30).as_bytes()).is_ok());
    assert!(matches!(refusal(at(40).as_bytes()), Refusal::OverLimit { limit: OverLimit::Depth(32), .. }));
}

#[test]
fn size_is_bounded_by_what_the_message_carries() {
    let limits = Limits { referral_bytes: 3_000, attachment_bytes: 4_000, ..Limits::default() };
    assert!(read(&fixture("03"), &limits).is_ok());
    assert!(matches!(read(&fixture("01"), &limits), Err(Refusal::OverLimit { limit: OverLimit::Bytes(3_000), .. })));
    assert!(read(&fixture("16"), &limits).is_ok());
    assert!(matches!(read(&fixture("02"), &limits), Err(Refusal::OverLimit { limit: OverLimit::Bytes(4_000), .. })));
    assert!(read(&fixture("13"), &limits).is_ok());
    assert!(read(&[b'<'; 7_000], &limits).is_err_and(|r| r.is_security_event()));
}

#[test]
fn a_huge_text_is_refused_or_kept_but_read_once() {
    let huge = "æ".repeat(2_000_000);
    let name = text("01").replacen("Hindbærvej 23", &huge, 1);
    assert!(letter_fault(name.as_bytes()).refuse_text("Testby Kommune").contains("StreetName er længere end 35 tegn"));
    let anamnesis = text("01").replacen("afklarende samtale", &huge, 1);
    assert!(referral(anamnesis.as_bytes()).anamnesis.unwrap().length() > 2_000_000);
}

#[test]
fn many_attributes_are_not_compared_with_each_other() {
    let many = (0..50_000).map(|n| format!(" a{n}='1'")).collect::<Vec<_>>().concat();
    let tag = text("01").replacen("<Patient>", &format!("<Patient{many}>"), 1);
    assert!(matches!(refusal(tag.as_bytes()), Refusal::Answerable(_)));
}

#[test]
fn nothing_and_nonsense_are_refused() {
    for nonsense in
        ["", " ", "<", "<a/>", "hej", "<a></b>", "<a/><b/>", "<?xml version='1.0'?>", "<a>&", "<!--", "<![CDATA["]
    {
        assert!(incoming(nonsense.as_bytes()).is_err(), "{nonsense}");
    }
    let after = text("03") + "<x/>";
    assert!(matches!(refusal(after.as_bytes()), Refusal::Answerable(_)));
    let after = text("03") + "hej";
    assert!(matches!(refusal(after.as_bytes()), Refusal::Answerable(_)));
    let end_mark = text("03").replacen("Tobaksmisbrug", "a]]>b", 1);
    assert!(matches!(refusal(end_mark.as_bytes()), Refusal::Answerable(_)));
}
