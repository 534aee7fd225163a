//! Reading XDIS15.

use jiff::civil::Date;

use super::{Contact, FinalNote, NotePatient, NoteReferral, NoteSender, NoteText, Signed};
use crate::{
    codes::{CategoryCode, IdentifierCode},
    cursor::Cursor,
    diagnosis::diagnoses,
    fault::{Read, Reason},
    formatted_text::FormattedText,
    letter::{Episode, EpisodeOfCare, date_time, optional_date_time, parse_date, read_head},
    party::{Relative, Unit, UnitShape, address, ean, open, patient_id, receiver, relative, unit},
    reference::references,
    version::LetterVersion,
};

/// Reads the letter whose element was just entered, to its end tag.
pub(crate) fn read(c: &mut Cursor<'_>, version: LetterVersion) -> Read<FinalNote> {
    let newer = version == LetterVersion::Xd1531l;
    let (head, episode) = read_head(c, version, Episode::Mandatory)?;
    let note = FinalNote {
        version,
        head,
        episode_of_care: episode.unwrap_or(EpisodeOfCare(String::new())),
        sender: sender(c)?,
        receiver: receiver(c, newer)?,
        cc: cc(c)?,
        patient: patient(c)?,
        relatives: relatives(c)?,
        referral: referral(c, newer)?,
        referred: optional_date_time(c, "Admission")?,
        ended: optional_date_time(c, "Discharge")?,
        clinical: clinical(c, newer)?,
        references: references(c)?,
    };
    c.leave()?;
    Ok(note)
}

fn sender(c: &mut Cursor<'_>) -> Read<NoteSender> {
    c.enter("Sender")?;
    let shape = UnitShape { organisation_required: true, telephone: true, ..UnitShape::default() };
    let sender = NoteSender {
        ean: ean(c)?,
        unit: unit(c, shape)?,
        speciality: c.optional_value("MedicalSpecialityCode", |text| Ok(text.to_owned()))?,
        speciality_name: c.text("SpecialityName", 35)?,
        contact: contact(c)?,
    };
    c.leave()?;
    Ok(sender)
}

fn contact(c: &mut Cursor<'_>) -> Read<Option<Contact>> {
    if !c.at("Contact")? {
        return Ok(None);
    }
    c.enter("Contact")?;
    let contact = Contact {
        identifier: c.text("Identifier", 17)?,
        identifier_code: open(c, "IdentifierCode", IdentifierCode::from_code)?,
        organisation_name: c.optional_text("OrganisationName", 35)?,
        department_name: c.optional_text("DepartmentName", 35)?,
        unit_name: c.optional_text("UnitName", 35)?,
    };
    c.leave()?;
    Ok(Some(contact))
}

fn cc(c: &mut Cursor<'_>) -> Read<Option<Unit>> {
    if !c.at("CCReceiver")? {
        return Ok(None);
    }
    c.enter("CCReceiver")?;
    let unit = unit(c, UnitShape::default())?;
    c.leave()?;
    Ok(Some(unit))
}

fn patient(c: &mut Cursor<'_>) -> Read<NotePatient> {
    c.enter("Patient")?;
    let patient = patient_content(c)?;
    c.leave()?;
    Ok(patient)
}

/// Id, names, address and occupation of the citizen whose element was entered.
pub(crate) fn patient_content(c: &mut Cursor<'_>) -> Read<NotePatient> {
    Ok(NotePatient {
        id: patient_id(c)?,
        surname: c.text("PersonSurnameName", 70)?,
        given_name: c.optional_text("PersonGivenName", 70)?,
        address: address(c)?,
        occupation: c.optional_text("OccupancyText", 35)?,
    })
}

fn relatives(c: &mut Cursor<'_>) -> Read<Vec<Relative>> {
    let mut out = Vec::new();
    while out.len() < 2 && c.at("Relative")? {
        out.push(relative(c, true)?);
    }
    Ok(out)
}

fn referral(c: &mut Cursor<'_>, newer: bool) -> Read<Option<NoteReferral>> {
    if !c.at("Referral")? {
        return Ok(None);
    }
    c.enter("Referral")?;
    let identifier = c.optional_text("Identifier", 35)?;
    let received = date_time(c, "Received")?;
    // The newer schema's stricter `Refer` is known for the referral only, so here it is strict when it is there.
    let strict = newer && c.at("Refer")?;
    let (diagnosis, additional_diagnoses) = diagnoses(c, strict)?;
    c.leave()?;
    Ok(Some(NoteReferral { identifier, received, diagnosis, additional_diagnoses }))
}

fn clinical(c: &mut Cursor<'_>, newer: bool) -> Read<Option<NoteText>> {
    if !c.at("ClinicalInformation")? {
        return Ok(None);
    }
    c.enter("ClinicalInformation")?;
    let category = if newer { Some(open(c, "CategoryCode", CategoryCode::from_code)?) } else { None };
    let note = NoteText { category, signed: signed(c)?, text: FormattedText::read(c, "Text01")? };
    c.leave()?;
    Ok(Some(note))
}

fn signed(c: &mut Cursor<'_>) -> Read<Option<Signed>> {
    if !c.at("Signed")? {
        return Ok(None);
    }
    c.enter("Signed")?;
    let signed = Signed {
        date: c.optional_value("Date", zoned_date)?,
        by: c.optional_text("SignedBy", 70)?,
        job_title: c.optional_text("JobTitle", 70)?,
    };
    c.leave()?;
    Ok(Some(signed))
}

/// A plain xs:date: a time zone is legal here and says nothing.
fn zoned_date(text: &str) -> Result<Date, Reason> {
    let text = text.trim();
    let day = text.get(..10).ok_or(Reason::NotADate)?;
    let zone_ok = match &text.as_bytes()[10..] {
        [] | b"Z" => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    if zone_ok { parse_date(day) } else { Err(Reason::NotADate) }
}
