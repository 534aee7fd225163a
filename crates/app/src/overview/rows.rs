//! The rows of the panels: what, why, who has it, and the one next step.

use domain::attendance_pattern::BrokenPattern;
use domain::codes::InterventionCode;
use domain::limits::Limits;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;

use super::calls::{CallLine, Why};
use super::queries::{Handed, Panel, Person, RequestLine, TaskLine};
use super::waiting::WaitLine;
use crate::layout::{Link, Owner, Tag, dates};
use crate::{bridge, courses, mailbox, talks, tasks};

/// A list of the page.
pub(super) struct TaskPanel {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) meta: String,
    pub(super) empty: &'static str,
    pub(super) tasks: Vec<TaskRow>,
    /// Where the rest of a long list is.
    pub(super) more: Option<Link>,
}

/// A row: the deadline, about whom, what and why, whose it is, the next step.
pub(super) struct TaskRow {
    pub(super) tag: Tag,
    /// None for a message about nobody.
    pub(super) name: Option<String>,
    pub(super) age: Option<String>,
    pub(super) href: String,
    pub(super) what: String,
    /// `what` is in the sender's or the caller's words.
    pub(super) written: bool,
    pub(super) why: String,
    pub(super) owner: Option<Owner>,
    /// It is for whoever reads it; no owner is named.
    pub(super) readers: bool,
    pub(super) next: Link,
    pub(super) primary: bool,
}

/// What the rows are made with.
pub(super) struct Today<'a> {
    pub(super) now: Timestamp,
    pub(super) limits: &'a Limits,
}

impl Today<'_> {
    fn day(&self) -> Date {
        local_date(self.now)
    }

    /// A panel of rows, with where the rest is when there are more.
    pub(super) fn panel<T>(
        &self,
        (id, title, empty): (&'static str, &'static str, &'static str),
        panel: Panel<T>,
        (one, many): (&str, &str),
        rest: Option<&'static str>,
        row: impl Fn(&Self, T) -> TaskRow,
    ) -> TaskPanel {
        let left = panel.total - panel.lines.len();
        let more = rest.filter(|_| left > 0).map(|href| Link::new(href, format!("Se {left} mere på listen")));
        let meta = counted(panel.total, one, many);
        TaskPanel { id, title, meta, empty, tasks: panel.lines.into_iter().map(|line| row(self, line)).collect(), more }
    }

    /// Something to do.
    pub(super) fn task(&self, line: TaskLine) -> TaskRow {
        let today = self.day();
        let why = tasks::why_and_when(line.kind, &line.rule, self.limits, line.due_on, today);
        let href = where_it_is_done(&line);
        let why = match line.handed {
            Some(Handed { by: (initials, title), why: Some(text) }) => {
                format!("Overdraget af {title} {initials}: {text}. {why}").replace(".. ", ". ")
            }
            Some(Handed { by: (initials, title), why: None }) => format!("Overdraget af {title} {initials}. {why}"),
            None => why,
        };
        let written = line.request.is_some();
        let (what, why) = match line.request {
            Some((_, about, at)) => (about, format!("Modtaget {}. {why}", self.in_a_sentence(at))),
            None => (line.kind.label().to_owned(), why),
        };
        TaskRow {
            tag: Tag::deadline(line.due_on, today),
            name: name(line.person.as_ref()),
            age: self.age(line.person.as_ref()),
            next: Link::new(&href, line.kind.label()),
            href,
            what,
            written,
            why,
            owner: owner(line.owner),
            readers: false,
            primary: false,
        }
    }

    /// Somebody to ring to today.
    pub(super) fn call(&self, line: CallLine) -> TaskRow {
        let (today, CallLine { person, why }) = (self.day(), line);
        let to_citizen = format!("/borgere/{}", person.id);
        let (tag, href, what, why, next) = match why {
            Why::Due { kind, rule, subject, due_on } => {
                let href = match kind {
                    TaskKind::AskBridge => bridge::bridge_href(subject.into()),
                    _ => courses::call_href(subject.into()),
                };
                let what = if kind == TaskKind::AskBridge { "Første gang i forening" } else { "Opfølgning" };
                let why =
                    format!("{}. Aftalt til {}", tasks::why(kind, &rule, self.limits), dates::short_day(due_on, today));
                (Tag::deadline(due_on, today), href, what, why, kind.label())
            }
            Why::Broken(pattern) => {
                let on = dates::short_day(pattern.on(), today);
                let why = match pattern {
                    BrokenPattern::MissedTwice { .. } => format!("Udeblevet to gange i træk, senest {on}"),
                    BrokenPattern::FirstMiss { after, .. } => {
                        format!("Ikke kommet {on}, for første gang efter {after} gange i træk")
                    }
                };
                (Tag::of("soon", "flag", "Brudt mønster"), to_citizen, "Hold", why, "Ring op")
            }
        };
        let person = Some(person);
        TaskRow {
            tag,
            name: name(person.as_ref()),
            age: self.age(person.as_ref()),
            next: Link::new(&href, next),
            href,
            what: what.to_owned(),
            written: false,
            why,
            owner: None,
            readers: true,
            primary: false,
        }
    }

    /// A request that nobody has read.
    pub(super) fn new_request(&self, line: RequestLine) -> TaskRow {
        let received = line.at.map(|at| format!("Modtaget {}", self.in_a_sentence(at))).unwrap_or_default();
        let why = if line.wish.is_empty() { received } else { format!("{}. {received}", line.wish) };
        self.request(Tag::new(), format!("/henvisninger/{}", line.id), "Se henvisning", why, line)
    }

    /// A request or a course that nothing is planned for.
    pub(super) fn bare(&self, line: RequestLine) -> TaskRow {
        let tag = Tag::of("late", "late", "Uden næste skridt");
        let at = line.at.map(|at| self.in_a_sentence(at)).unwrap_or_default();
        if !line.course {
            let why = format!("Modtaget {at}. Ingen opgave venter på den");
            return self.request(tag, format!("/henvisninger/{}", line.id), "Vælg næste skridt", why, line);
        }
        let why = format!("Forløbet er åbent, men intet er planlagt. Sidst skrevet i {at}");
        self.request(tag, courses::course_href(line.id.into()), "Åbn forløbet", why, line)
    }

    fn request(&self, tag: Tag, href: String, next: &str, why: String, line: RequestLine) -> TaskRow {
        TaskRow {
            tag,
            name: name(line.person.as_ref()),
            age: self.age(line.person.as_ref()),
            next: Link::new(&href, next),
            href,
            what: line.about,
            written: !line.course,
            why,
            owner: owner(line.owner),
            readers: false,
            primary: false,
        }
    }

    /// Something that others must do first.
    pub(super) fn wait(&self, line: WaitLine) -> TaskRow {
        let at = line.at.map(|at| self.in_a_sentence(at)).unwrap_or_default();
        let written = !line.message;
        let (tag, href, next, what, why) = if line.message {
            let what = mailbox::outgoing_label(&line.what).to_owned();
            let why = format!("Sendt {at}. Modtageren har ikke kvitteret");
            (Tag::unanswered(), format!("/udgaaende/{}", line.id), "Følg op", what, why)
        } else {
            let until = line.day.map(|day| dates::short_day(day, self.day())).unwrap_or_default();
            let why = format!("Ikke truffet, og brevet er sendt. Henvisningen lukkes {until} uden svar");
            (Tag::waits_for("borgeren"), format!("/henvisninger/{}", line.id), "Se henvisning", line.what, why)
        };
        TaskRow {
            tag,
            name: name(line.person.as_ref()),
            age: self.age(line.person.as_ref()),
            next: Link::new(&href, next),
            href,
            what,
            written,
            why,
            owner: owner(line.owner),
            readers: false,
            primary: false,
        }
    }

    fn age(&self, person: Option<&Person>) -> Option<String> {
        person.and_then(|p| p.born_on).map(|born_on| dates::age(born_on, self.day()))
    }

    /// "i dag 9.16".
    pub(super) fn in_a_sentence(&self, at: Timestamp) -> String {
        dates::when(at, self.now).replace("I ", "i ").trim_end_matches('.').to_owned()
    }
}

/// The page where a task is done.
fn where_it_is_done(line: &TaskLine) -> String {
    if let Some((id, ..)) = &line.request {
        return format!("/henvisninger/{id}");
    }
    let place = tasks::place(line.kind, &line.rule, line.subject);
    place.map_or_else(|| citizen(line.person.as_ref()), |link| link.href)
}

/// Where a planned talk is held, and the words of the link.
pub(super) fn talk_link(code: InterventionCode, talk: domain::ids::PlannedInterventionId) -> Option<Link> {
    talks::has_page(code).then(|| Link::new(talks::talk_href(talk), "Hold samtalen"))
}

fn name(person: Option<&Person>) -> Option<String> {
    let person = person?;
    Some(person.given.iter().chain([&person.surname]).map(String::as_str).collect::<Vec<_>>().join(" "))
}

fn citizen(person: Option<&Person>) -> String {
    person.map_or_else(|| "/postkasse".to_owned(), |person| format!("/borgere/{}", person.id))
}

fn owner(owner: Option<(String, String)>) -> Option<Owner> {
    owner.map(|(initials, role)| Owner { initials, role })
}

/// "1 opgave", "3 opgaver".
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
