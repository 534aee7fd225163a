//! What holds for every figure, read as the browser reads it.

use charts::{Figure, Picture};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with its attributes, and the text directly in it.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        (attribute.key.as_ref().to_owned(), attribute.value.to_string())
    };
    Element {
        name: tag.name().as_ref().to_owned(),
        attributes: tag.attributes().map(|found| attribute(found.unwrap())).collect(),
        text: String::new(),
    }
}

/// All elements of a text that must be well-formed, each closed by its own end.
fn elements(text: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(text);
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|fault| panic!("{fault}: {text}")) {
            Event::Start(tag) => {
                open.push(all.len());
                all.push(element(&tag));
            }
            Event::Empty(tag) => all.push(element(&tag)),
            Event::End(_) => drop(open.pop()),
            Event::Text(words) => {
                if let Some(inside) = open.last() {
                    all[*inside].text.push_str(&words);
                }
            }
            Event::GeneralRef(_) => {
                if let Some(inside) = open.last() {
                    all[*inside].text.push('&');
                }
            }
            Event::Eof => break,
            other => panic!("{other:?} has no place in a figure"),
        }
    }
    assert!(open.is_empty());
    all
}

/// What holds for every figure; gives the rows of its table.
pub fn hold(id: &str, picture: &impl Picture) -> usize {
    let figure = Figure::of(id, picture);
    for (svg, word) in [(&figure.wide, "wide"), (&figure.narrow, "narrow")] {
        hold_svg(svg, &format!("{id}-{word}"));
    }
    assert!(!figure.finding.is_empty());
    let html = figure.html();
    let whole = elements(&html);
    for found in &whole {
        for (name, value) in &found.attributes {
            assert!(name != "style" && !name.starts_with("on"), "{name} in {id}");
            assert!(!value.contains("javascript"), "{value}");
        }
        assert!(!matches!(found.name.as_str(), "script" | "style" | "foreignObject" | "image"), "{}", found.name);
    }
    let mut ids: Vec<&str> = whole.iter().filter_map(|found| found.get("id")).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice in {id}");
    let table = elements(&figure.table);
    let columns = table.iter().filter(|found| found.get("scope") == Some("col")).count();
    let rows = table.iter().filter(|found| found.get("scope") == Some("row")).count();
    let cells = table.iter().filter(|found| found.name == "td").count();
    assert_eq!(cells, rows * (columns - 1), "the rows of {id} are as long as its columns");
    assert_eq!(rows, picture.table().rows.len());
    rows
}

fn hold_svg(svg: &str, id: &str) {
    let all = elements(svg);
    let root = &all[0];
    assert_eq!((root.name.as_str(), root.get("role")), ("svg", Some("img")));
    assert_eq!(root.get("aria-labelledby").unwrap(), format!("{id}-title {id}-desc"));
    for (place, name, own) in [(1, "title", "title"), (2, "desc", "desc")] {
        assert_eq!((all[place].name.as_str(), all[place].get("id")), (name, Some(format!("{id}-{own}").as_str())));
        assert!(!all[place].text.trim().is_empty(), "{id} has no {name}");
    }
    let frame: Vec<f64> = root.get("viewBox").unwrap().split(' ').map(|number| number.parse().unwrap()).collect();
    let (across, down) = (frame[2], frame[3]);
    assert!(across > 0.0 && down > 0.0, "{id}: {frame:?}");
    for found in &all[1..] {
        for (name, value) in &found.attributes {
            let place = |limit: f64| {
                let number: f64 = value.parse().unwrap();
                assert!((-1.0..=limit + 1.0).contains(&number), "{id}: {} {name}={value}", found.name);
            };
            match name.as_str() {
                "x" | "x1" | "x2" | "cx" | "width" => place(across),
                "y" | "y1" | "y2" | "cy" | "height" => place(down),
                _ => {}
            }
            assert!(!value.contains("NaN") && !value.contains("inf"), "{id}: {name}={value}");
        }
    }
}
