//! The measures of a citizen in pairs: the start of an instrument, its end, and the change between them.

use domain::ids::CourseId;
use domain::response::{Phase, Response};
use instruments::{Change, Instrument, NotComparable, change};

use super::Instruments;

/// One instrument as it was used with a citizen.
pub(super) struct Pair<'a> {
    pub(super) instrument: &'a Instrument,
    /// All uses that are no errors, the oldest first.
    pub(super) all: Vec<&'a Response>,
    pub(super) start: Option<&'a Response>,
    pub(super) end: Option<&'a Response>,
    /// The change, when there are both.
    pub(super) change: Option<Result<Change, NotComparable>>,
}

impl Pair<'_> {
    /// A complete start without an end: "mangler slutmåling".
    pub(super) fn lacks_end(&self) -> bool {
        self.instrument.pair && self.start.is_some_and(Response::counts) && self.end.is_none()
    }
}

/// The pairs of a course, in the order of first use. A start is the first that counts, an end the last.
pub(super) fn pairs<'a>(known: &'a Instruments, responses: &'a [Response], course: Option<CourseId>) -> Vec<Pair<'a>> {
    let of_course: Vec<&Response> =
        responses.iter().filter(|r| !r.entered_in_error && (course.is_none() || r.course == course)).collect();
    let mut ids: Vec<&str> = Vec::new();
    for response in &of_course {
        if !ids.contains(&response.instrument.as_str()) {
            ids.push(&response.instrument);
        }
    }
    let pair = |id: &str| {
        let mut all: Vec<&Response> = of_course.iter().copied().filter(|r| r.instrument == id).collect();
        all.sort_by_key(|r| (r.on, r.id));
        let in_phase = |phase: Phase| all.iter().copied().filter(move |r| r.phase == phase);
        let start = in_phase(Phase::Start).find(|r| r.counts()).or_else(|| in_phase(Phase::Start).next());
        let end = in_phase(Phase::End).rfind(|r| r.counts()).or_else(|| in_phase(Phase::End).next_back());
        let version = start.or(end).or_else(|| all.last().copied())?.version;
        let instrument = known.find(id, version)?;
        let mic = instrument.mic.as_ref().map(|(mic, _)| *mic);
        let change = start.zip(end).map(|(start, end)| change(instrument, start, end, mic));
        Some(Pair { instrument, all, start, end, change })
    };
    ids.into_iter().filter_map(pair).collect()
}
