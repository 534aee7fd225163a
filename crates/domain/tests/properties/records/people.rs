//! Citizens, organisations and what they have said yes and no to.

use domain::citizen::{Address, Citizen, Identity, Needs, Phone, PhoneKind, Relation, Relative};
use domain::consent::{Basis, Consent, ConsentForm, ConsentPurpose};
use domain::identifiers::{AlternativeIdentifier, Gln, MunicipalityCode, SorId};
use domain::limits::Limits;
use domain::organization::{
    IdentifierCode, ManagingOrganization, MedcomIdentifier, Organization, OrganizationKind, Responsibility, Settings,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use crate::values::{cpr, day, id, instant, maybe_text, name, text, word};

fn identity() -> impl Strategy<Value = Identity> {
    prop_oneof![
        3 => cpr().prop_map(Identity::Cpr),
        1 => "[0-9A-Z]{10}".prop_map(|text| Identity::Alternative(AlternativeIdentifier::parse(&text).unwrap())),
        1 => Just(Identity::Anonymous),
    ]
}

fn address() -> impl Strategy<Value = Address> {
    (maybe_text(), maybe_text(), maybe_text(), maybe_text()).prop_map(|(street, suburb, district, post_code)| Address {
        street,
        suburb,
        district,
        post_code,
    })
}

fn needs() -> impl Strategy<Value = Needs> {
    (any::<[bool; 7]>(), maybe_text()).prop_map(|(answers, best_time)| {
        let [asked, interpreter, transport, companion, sight, hearing, digital] = answers;
        Needs { asked, interpreter, transport, companion, sight, hearing, digital, best_time, ..Needs::default() }
    })
}

fn phone() -> impl Strategy<Value = Phone> {
    ("[0-9]{8}", word(PhoneKind::ALL)).prop_map(|(number, kind)| Phone { number, kind })
}

fn relative() -> impl Strategy<Value = Relative> {
    (word(Relation::ALL), name(), of(cpr())).prop_map(|(relation, name, cpr)| Relative { relation, name, cpr })
}

pub fn citizen() -> impl Strategy<Value = Citizen> {
    let who = (id(), identity(), name(), of(address()), any::<bool>());
    let reach = (vec(phone(), 0..3), maybe_text(), maybe_text(), needs(), vec(relative(), 0..3));
    let rest = (of(id()), of(day()), maybe_text(), any::<bool>());
    (who, reach, rest).prop_map(|(who, reach, rest)| {
        let (id, identity, name, address, protected_address) = who;
        let (phones, email, language, needs, relatives) = reach;
        let (general_practitioner, deceased_on, moved_to, entered_in_error) = rest;
        Citizen {
            id,
            identity,
            name,
            address,
            protected_address,
            phones,
            email,
            language,
            needs,
            relatives,
            general_practitioner,
            deceased_on,
            moved_to,
            entered_in_error,
        }
    })
}

fn sor() -> impl Strategy<Value = SorId> {
    "[0-9]{11,18}".prop_map(|text| SorId::parse(&text).unwrap())
}

fn gln() -> impl Strategy<Value = Gln> {
    proptest::sample::select(vec!["5790009999003", "5790009999010", "5790009999904"])
        .prop_map(|text| Gln::parse(text).unwrap())
}

fn medcom_identifier() -> impl Strategy<Value = MedcomIdentifier> {
    ("[0-9]{1,17}", word(IdentifierCode::ALL)).prop_map(|(value, code)| MedcomIdentifier { value, code })
}

pub fn organization() -> impl Strategy<Value = Organization> {
    let names = (id(), text(), maybe_text(), word(OrganizationKind::ALL));
    let numbers = (of(sor()), of(gln()), of(medcom_identifier()), maybe_text(), any::<bool>());
    (names, numbers).prop_map(|((id, name, department, kind), numbers)| {
        let (sor, gln, medcom_identifier, phone, entered_in_error) = numbers;
        Organization { id, name, department, kind, sor, gln, medcom_identifier, phone, entered_in_error }
    })
}

pub fn managing_organization() -> impl Strategy<Value = ManagingOrganization> {
    let names = (any::<i64>(), "[0-9]{3}", text(), text());
    let numbers = (of(sor()), vec(gln(), 0..3), maybe_text(), of(id()), settings());
    (names, numbers).prop_map(|((key, code, name, department), numbers)| {
        let (sor, glns, phone, default_performer, settings) = numbers;
        let code = MunicipalityCode::parse(&code).unwrap();
        ManagingOrganization { key, code, name, department, sor, glns, phone, default_performer, settings }
    })
}

fn settings() -> impl Strategy<Value = Settings> {
    (any::<[u16; 13]>(), any::<u8>(), any::<[bool; 2]>(), any::<i16>()).prop_map(|(n, attempts, options, years)| {
        let limits = Limits {
            receipt_workdays: n[0],
            contact_workdays: n[1],
            contact_attempts_max: attempts,
            unreachable_open_days: n[2],
            clarifying_days: n[3],
            start_days: n[4],
            documentation_workdays: n[5],
            plan_revision_days: n[6],
            no_show_workdays: n[7],
            dropout_days: n[8],
            closing_talk_days: n[9],
            final_status_workdays: n[10],
            pause_max_days: n[11],
            nicotine_bridge_days: n[12],
            ..Limits::default()
        };
        let [report_service_request_link, at_risk_offers] = options;
        Settings { limits, report_service_request_link, at_risk_offers, retention_years: years, ..Settings::default() }
    })
}

pub fn responsibility() -> impl Strategy<Value = Responsibility> {
    (text(), text(), text(), day(), of(day())).prop_map(|(authority, operator, legal_basis, from, to)| Responsibility {
        authority,
        operator,
        legal_basis,
        from,
        to,
    })
}

pub fn consent() -> impl Strategy<Value = Consent> {
    let said = (word(ConsentPurpose::ALL), any::<bool>(), word(ConsentForm::ALL), day());
    (id(), id(), said, id(), of(instant())).prop_map(|(id, citizen, said, asked_by, withdrawn_at)| {
        let (purpose, given, form, on) = said;
        Consent { id, citizen, purpose, given, form, on, asked_by, withdrawn_at }
    })
}

pub fn basis() -> impl Strategy<Value = Basis> {
    prop_oneof![
        id().prop_map(|id| Basis::Consent { id }),
        text().prop_map(|reason| Basis::Section41 { reason }),
        Just(Basis::NoneNeeded),
    ]
}
