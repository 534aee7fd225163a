//! The fields of an entry: the same for staff and for the association itself.

use domain::activity::{ActivityDay, ActivityEntry, ActivityKind, Contact, Price, PricePeriod};
use jiff::civil::Time;

use crate::layout::{Choice, Field, FormError};
use crate::web::fields::Fields;

/// What a form sent, by the names of its fields.
/// The fields as they stand in a page.
pub(super) struct EntryFields {
    pub(super) association: Field,
    pub(super) title: Field,
    /// None for the association: the kind is the municipality's own sorting.
    pub(super) kinds: Option<Vec<Choice>>,
    pub(super) kind_error: Option<String>,
    pub(super) about: Field,
    pub(super) place: Field,
    pub(super) days: Vec<Choice>,
    pub(super) day_error: Option<String>,
    pub(super) from: Field,
    pub(super) to: Field,
    pub(super) price: Field,
    pub(super) periods: Vec<Choice>,
    pub(super) period_error: Option<String>,
    pub(super) beginners: bool,
    pub(super) step_free: bool,
    pub(super) video: Field,
    pub(super) contact: Field,
    pub(super) phone: Field,
    pub(super) email: Field,
}

/// An entry as its form has it.
pub(super) fn form_of(entry: &ActivityEntry) -> Fields {
    let clock = |time: Option<Time>| time.map(|time| time.strftime("%H:%M").to_string()).unwrap_or_default();
    let yes = |it: bool| if it { "ja" } else { "" }.to_owned();
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let fields = [
        ("forening", entry.association.clone()),
        ("titel", entry.title.clone()),
        ("slags", entry.kind.word().to_owned()),
        ("om", text(&entry.about)),
        ("sted", entry.place.clone()),
        ("dag", entry.day.word().to_owned()),
        ("fra", clock(entry.from)),
        ("til", clock(entry.to)),
        ("pris", entry.price.map(|price| price.kroner.to_string()).unwrap_or_default()),
        ("pris-for", entry.price.map_or(PricePeriod::Time, |price| price.per).word().to_owned()),
        ("begyndere", yes(entry.beginners)),
        ("trinfri", yes(entry.step_free)),
        ("video", text(&entry.video)),
        ("kontakt", entry.contact.name.clone()),
        ("telefon", text(&entry.contact.phone)),
        ("email", text(&entry.contact.email)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

impl EntryFields {
    pub(super) fn new(form: &Fields, errors: &[FormError], with_kind: bool) -> Self {
        let error = |id: &str| errors.iter().find(|e| e.field == id).map(|e| e.message.clone());
        let said = |id: &str| form.get(id).cloned().unwrap_or_default();
        let field = |id: &str| Field { value: said(id), error: error(id) };
        let choice = |id: &str, value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: None,
            selected: form.get(id).is_some_and(|chosen| chosen == value),
        };
        let kinds = || ActivityKind::ALL.iter().map(|kind| choice("slags", kind.word(), kind.label())).collect();
        Self {
            association: field("forening"),
            title: field("titel"),
            kinds: with_kind.then(kinds),
            kind_error: error("slags"),
            about: field("om"),
            place: field("sted"),
            days: ActivityDay::ALL.iter().map(|day| choice("dag", day.word(), day.label())).collect(),
            day_error: error("dag"),
            from: field("fra"),
            to: field("til"),
            price: field("pris"),
            periods: PricePeriod::ALL.iter().map(|per| choice("pris-for", per.word(), per.label())).collect(),
            period_error: error("pris-for"),
            beginners: !said("begyndere").is_empty(),
            step_free: !said("trinfri").is_empty(),
            video: field("video"),
            contact: field("kontakt"),
            phone: field("telefon"),
            email: field("email"),
        }
    }
}

/// The entry, or everything that is wrong with it. Without a kind in the form it has that of `kind`.
pub(super) fn entry(form: &Fields, kind: Option<ActivityKind>) -> Result<ActivityEntry, Vec<FormError>> {
    let mut read = Reader { form, errors: Vec::new() };
    let association = read.needed("forening", 80, "Skriv, hvem der står for aktiviteten, højst 80 tegn.");
    let title = read.needed("titel", 80, "Skriv, hvad aktiviteten hedder, højst 80 tegn.");
    let kind = kind.or_else(|| ActivityKind::parse(read.text("slags")).ok());
    let kind = read.known("slags", kind, "Vælg, hvad slags aktivitet det er.");
    let about = read.maybe("om", 600, "Skriv højst 600 tegn om aktiviteten.");
    let place = read.needed("sted", 120, "Skriv, hvor det er, højst 120 tegn.");
    let day = ActivityDay::parse(read.text("dag")).ok();
    let day = read.known("dag", day, "Vælg en dag, eller Efter aftale.");
    let (from, to) = read.hours();
    let price = read.price();
    let video = read.video();
    let name = read.needed("kontakt", 80, "Skriv, hvem man kan spørge efter, højst 80 tegn.");
    let phone = read.phone();
    let email = read.email();
    let (beginners, step_free) = (!read.text("begyndere").is_empty(), !read.text("trinfri").is_empty());
    match (kind, day) {
        (Some(kind), Some(day)) if read.errors.is_empty() => {
            let contact = Contact { name, phone, email };
            let text = ActivityEntry {
                association,
                title,
                kind,
                about,
                place,
                day,
                from,
                to,
                price,
                beginners,
                step_free,
                video,
                contact,
            };
            Ok(text)
        }
        _ => Err(read.errors),
    }
}

struct Reader<'a> {
    form: &'a Fields,
    errors: Vec<FormError>,
}

impl<'a> Reader<'a> {
    fn text(&self, id: &str) -> &'a str {
        self.form.get(id).map_or("", |text| text.trim())
    }

    fn wrong(&mut self, field: &'static str, message: &str) {
        self.errors.push(FormError { field, message: message.to_owned() });
    }

    fn known<T>(&mut self, field: &'static str, value: Option<T>, message: &str) -> Option<T> {
        if value.is_none() {
            self.wrong(field, message);
        }
        value
    }

    fn needed(&mut self, field: &'static str, most: usize, message: &str) -> String {
        let text = self.text(field);
        if !(1..=most).contains(&text.chars().count()) {
            self.wrong(field, message);
        }
        text.to_owned()
    }

    fn maybe(&mut self, field: &'static str, most: usize, message: &str) -> Option<String> {
        let text = self.text(field);
        if text.chars().count() > most {
            self.wrong(field, message);
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    fn hour(&mut self, field: &'static str) -> Option<Time> {
        let text = self.text(field);
        let time = text.replace('.', ":").parse::<Time>().ok();
        if time.is_none() && !text.is_empty() {
            self.wrong(field, "Skriv klokkeslættet som 10.00.");
        }
        time
    }

    fn hours(&mut self) -> (Option<Time>, Option<Time>) {
        let (from, to) = (self.hour("fra"), self.hour("til"));
        match (from, to) {
            (Some(from), Some(to)) if to <= from => {
                self.wrong("til", "Sluttidspunktet skal ligge efter starttidspunktet.");
            }
            (None, Some(_)) if self.text("fra").is_empty() => self.wrong("fra", "Skriv også, hvornår det begynder."),
            _ => {}
        }
        (from, to)
    }

    fn price(&mut self) -> Option<Price> {
        let text = self.text("pris").trim_end_matches("kr.").trim();
        if text.is_empty() {
            return None;
        }
        let Some(kroner) = text.parse::<u16>().ok().filter(|kroner| *kroner <= 9999) else {
            self.wrong("pris", "Skriv prisen i hele kroner. 0 er gratis.");
            return None;
        };
        let per = PricePeriod::parse(self.text("pris-for")).ok();
        let per = self.known("pris-for", per, "Vælg, hvad prisen er for.")?;
        Some(Price { kroner, per })
    }

    /// Only `https`, so that a link can never be a program.
    fn video(&mut self) -> Option<String> {
        let text = self.text("video");
        if text.is_empty() {
            return None;
        }
        let host = text.strip_prefix("https://").map_or("", |rest| rest.split('/').next().unwrap_or_default());
        if text.chars().count() > 300 || !host.contains('.') || text.chars().any(char::is_whitespace) {
            self.wrong("video", "Skriv adressen på filmen. Den begynder med https://");
        }
        Some(text.to_owned())
    }

    fn phone(&mut self) -> Option<String> {
        let text = self.text("telefon");
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let known = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-'));
        if !text.is_empty() && (!known || !(8..=15).contains(&digits)) {
            self.wrong("telefon", "Skriv et telefonnummer med 8 cifre.");
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    fn email(&mut self) -> Option<String> {
        let text = self.text("email");
        let fits = text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && !host.starts_with('.')
        });
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>' | '?' | '&');
        if !text.is_empty() && (!fits || text.chars().count() > 100 || text.chars().any(odd)) {
            self.wrong("email", "Skriv en e-mailadresse, for eksempel navn@forening.dk.");
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    fn form(with: &[(&str, &str)]) -> Fields {
        let base = [("forening", "Testby Gymnastik"), ("titel", "Gåtur"), ("slags", "movement"), ("sted", "Hallen")];
        let rest = [("dag", "monday"), ("kontakt", "Kontoret")];
        let all = base.iter().chain(&rest).chain(with);
        all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn wrong(with: &[(&str, &str)]) -> Vec<&'static str> {
        entry(&form(with), None).unwrap_err().iter().map(|error| error.field).collect()
    }

    #[test]
    fn an_entry_reads_back_from_its_form() {
        let all = [("pris", "20"), ("pris-for", "time"), ("fra", "10:00"), ("til", "11.30"), ("begyndere", "ja")];
        let entry_ = entry(&form(&all), None).unwrap();
        assert_eq!(entry(&form_of(&entry_), None).unwrap(), entry_);
        assert_eq!(entry_.when(), "Mandag kl. 10.00–11.30");
    }

    #[test]
    fn each_fault_is_named_at_its_field() {
        assert_eq!(wrong(&[("titel", " "), ("dag", "i går"), ("pris", "gratis")]), ["titel", "dag", "pris"]);
        assert_eq!(wrong(&[("fra", "10:00"), ("til", "09:00")]), ["til"]);
        assert_eq!(wrong(&[("video", "javascript:alert(1)")]), ["video"]);
        assert_eq!(wrong(&[("video", "https://x")]), ["video"]);
        assert_eq!(wrong(&[("email", "a@b.dk?bcc=x@y.dk"), ("telefon", "ring")]), ["telefon", "email"]);
        assert_eq!(wrong(&[("pris", "70000"), ("pris-for", "time")]), ["pris"]);
    }
}
