//! The Bundle itself (profile klgateway-119-delivery-report) and its entries.

use super::json::Node;
use super::path::Path;
use super::table::{Kind, MANY, META, Shape, list, maybe, one};
use super::{Check, index, primitives, profiles};
use crate::kind::ResourceKind;
use crate::systems::REPORT_PROFILE;

static BUNDLE: Shape = Shape {
    elements: &[
        one("resourceType", Kind::Fixed("Bundle")),
        one("id", Kind::Id),
        one("meta", Kind::Object(&META)),
        one("type", Kind::Fixed("collection")),
        one("timestamp", Kind::Instant),
        // The entries are read one by one, with their place in the index.
        list("entry", 1, MANY, Kind::Custom(|_, _, _| {})),
        maybe("implicitRules", Kind::Uri),
        maybe("language", Kind::Code),
    ],
    prohibited: &["identifier", "total", "link", "signature"],
};

static ENTRY: Shape = Shape {
    elements: &[maybe("fullUrl", Kind::Uri), one("resource", Kind::Custom(|_, _, _| {}))],
    prohibited: &["link", "search", "request", "response"],
};

/// Checks a whole report.
pub fn check(check: &mut Check<'_>, root: &Node<'_>) {
    let path = Path::root("Bundle");
    check.object(root, &path, &BUNDLE);
    if !matches!(root, Node::Object(_)) {
        return;
    }
    report_profile(check, root, &path);
    id_form(check, root, &path);
    let entries = path.child("entry");
    for (place, node) in root.items_of("entry").iter().enumerate() {
        check.entry = Some(place);
        entry(check, place, node, &entries.at(place));
    }
    citizens(check, &entries);
}

/// Exactly one profile: the report's.
fn report_profile(check: &mut Check<'_>, root: &Node<'_>, path: &Path<'_>) {
    let Some(meta) = root.get("meta") else { return };
    let place = path.child("meta");
    match meta.items_of("profile") {
        [one] if one.text() == Some(REPORT_PROFILE) => {}
        [_] => check.error("fixed-value", &place.child("profile"), "Rapporten har ikke §119-rapportens profil."),
        _ => check.error("cardinality", &place.child("profile"), "Rapporten skal have præcis én profil."),
    }
}

/// Ids are never used again, anywhere; that takes a UUID. Formally any id will do.
fn id_form(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    if resource.text_of("id").is_some_and(|id| primitives::is_id(id) && !primitives::is_uuid(id)) {
        check.warn("id-uuid", &path.child("id"), "Id'et bør være et UUID, så det er entydigt overalt.");
    }
}

fn entry(check: &mut Check<'_>, place: usize, node: &Node<'_>, path: &Path<'_>) {
    check.object(node, path, &ENTRY);
    let Some(resource) = node.get("resource") else { return };
    let resource_path = path.child("resource");
    address(check, place, node, resource, path);
    if let Some(members) = check.members(resource, &resource_path) {
        profile(check, resource, &resource_path);
        id_form(check, resource, &resource_path);
        match check.index.entries[place].kind {
            Some(kind) => profiles::check(check, kind, resource, &resource_path),
            None => members.iter().for_each(|(name, value)| check.anything(value, &resource_path.child(name))),
        }
    }
}

/// fullUrl: absolute, unique, without version, and the same type and id as the resource.
fn address(check: &mut Check<'_>, place: usize, node: &Node<'_>, resource: &Node<'_>, path: &Path<'_>) {
    let at = path.child("fullUrl");
    let Some(url) = node.text_of("fullUrl") else {
        return check.warn("full-url", &at, "Posten bør have en adresse (fullUrl).");
    };
    if url.contains("/_history/") {
        check.error("bdl-8", &at, "Adressen må ikke pege på en bestemt version.");
    }
    if !check.index.is_first_at(place, url) {
        check.error("bdl-7", &at, "Adressen står på to poster i rapporten.");
    }
    let (name, id) = (resource.text_of("resourceType").unwrap_or_default(), resource.text_of("id").unwrap_or_default());
    let fits = match url.strip_prefix("urn:uuid:") {
        Some(uuid) => uuid == id,
        None => index::split(url).and_then(|(_, tail)| tail.split_once('/')) == Some((name, id)),
    };
    if !is_absolute(url) {
        check.error("full-url", &at, "Adressen skal være absolut.");
    } else if !fits {
        check.error("own-4", &at, "Adressens type og id er ikke ressourcens.");
    } else if let Some((_, tail)) = index::split(url)
        && !check.index.is_first_of(place, tail)
        && check.index.is_first_at(place, url)
    {
        check.error("bdl-7", &at, "Samme ressource står to gange i rapporten.");
    }
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("urn:uuid:") || url.starts_with("https://") || url.starts_with("http://")
}

/// Exactly one profile, one of the eight, and of the resource's type.
fn profile(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    let meta = path.child("meta");
    let at = meta.child("profile");
    let Some(name) = resource.text_of("resourceType") else { return };
    if !ResourceKind::ALL.iter().any(|kind| kind.fhir_type() == name) {
        return check.error("entry-type", path, "Ressourcetypen hører ikke til i en §119-rapport.");
    }
    let profiles = resource.get("meta").map_or(&[][..], |meta| meta.items_of("profile"));
    let fits = |p: &Node<'_>| p.text().and_then(ResourceKind::of_profile).is_some_and(|kind| kind.fhir_type() == name);
    match (profiles, name) {
        ([one], _) if fits(one) => {}
        ([_, _, ..], _) if profiles.iter().any(fits) => {
            check.error("profile", &at, "Ressourcen skal have præcis én profil.");
        }
        (_, "Condition") => {
            check.error("gateway-119-report-1", &at, "En Condition skal være en tilstand eller en fokustilstand.");
        }
        (_, "CarePlan") => {
            check.error("gateway-119-report-2", &at, "En CarePlan skal være et indsatsforløb eller en indsats.");
        }
        _ => check.error("profile", &at, "Ressourcen har ikke den profil, som dens type kræver."),
    }
}

/// Exactly one citizen.
fn citizens(check: &mut Check<'_>, path: &Path<'_>) {
    let is_patient = |e: &&index::Entry<'_>| e.resource.text_of("resourceType") == Some("Patient");
    let patients = check.index.entries.iter().filter(is_patient).count();
    let sliced = check.index.entries.iter().filter(|e| e.kind == Some(ResourceKind::Citizen)).count();
    if sliced != 1 {
        check.error("slice-citizen", path, "Rapporten skal have præcis én borger.");
    }
    if patients > 1 {
        check.error("own-5", path, "Rapporten handler om mere end én borger.");
    }
}
