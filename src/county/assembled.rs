//! A county as its board and its sum show it: its bodies, their copies, how each stands, and what is found.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::figures::Figures;
use super::finding::Finding;
use super::journal::{Event, Journal};
use super::reading::Refused;
use super::roster::{Roster, Unit};
use super::state::{Need, State, legal_day};
use super::taken::Taken;
use super::totals::Sum;
use crate::form::Form;
use crate::model::Fingerprint;

/// A county: everything the board and the sum show.
#[derive(Clone, Debug)]
pub struct County {
    /// Name under which it reports; empty where it is not known.
    pub agency: String,
    /// The report year.
    pub year: u16,
    /// The form of that year.
    pub form: Arc<Form>,
    /// The day that counts as today.
    pub today: Date,
    /// Its bodies.
    pub roster: Roster,
    /// The roster was given; else it was made from the files, and nobody can tell whether one is missing.
    pub has_roster: bool,
    /// How each body of the roster stands, in its order.
    pub standings: Vec<Standing>,
    /// Copies that belong to no body for certain.
    pub strays: Vec<Stray>,
    /// Every copy.
    pub taken: Vec<Taken>,
    /// Files that hold no report that can be read.
    pub refused: Vec<Refused>,
    /// What was written down.
    pub journal: Journal,
    /// The county's own report of this year, where it lies there.
    pub parent: Option<usize>,
    /// Its report of the year before.
    pub parent_before: Option<usize>,
    /// Places of bodies by their names.
    pub(super) by_name: HashMap<String, usize>,
    /// What the bodies' reports add up to, without repairs.
    pub(super) parts: Sum,
    /// What is found beside the bodies' own checks, in the order of rules, within a rule of the roster.
    pub findings: Vec<Finding>,
}

/// How a body stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its copies of this year, as they came, the newest last.
    pub copies: Vec<usize>,
    /// Its report of the year before, where it lies there.
    pub before: Option<usize>,
    /// The newest of its reports of other years, the year before among them.
    pub elsewhen: Option<usize>,
    /// Where its report is; none for a body that is run from above and expected to send none.
    pub state: Option<State>,
    /// What it needs; none as well.
    pub need: Option<Need>,
    /// When the newest copy came.
    pub received: Option<DateTime>,
}

/// A copy that belongs to no body for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The copy.
    pub taken: usize,
    /// Bodies that may be meant, the likeliest first.
    pub likely: Vec<usize>,
}

impl County {
    /// The body at this place of the roster.
    pub fn unit(&self, place: usize) -> Option<&Unit> {
        self.roster.units.get(place)
    }

    /// Its name; empty where there is none.
    pub fn name(&self, place: usize) -> &str {
        self.unit(place).map_or("", |unit| &unit.name)
    }

    /// The place of the body with this name.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The day that counts for a body: the county's own, else the law's.
    pub fn due(&self, place: usize) -> Date {
        self.unit(place).and_then(|unit| unit.due).unwrap_or_else(|| legal_day(self.year))
    }

    /// The copy of a body that counts: the newest.
    pub fn counted(&self, place: usize) -> Option<&Taken> {
        self.standings.get(place)?.copies.last().and_then(|copy| self.taken.get(*copy))
    }

    /// The figures of a body that stand in the sum; none while it has handed in nothing that counts.
    pub fn summed(&self, place: usize) -> Option<&Taken> {
        let is_in = self.standings.get(place)?.state.is_some_and(State::is_in);
        self.counted(place).filter(|_| is_in)
    }

    /// What passed with a body, oldest first.
    pub fn events_of(&self, place: usize) -> impl DoubleEndedIterator<Item = &Event> {
        let name = self.name(place);
        self.journal.events.iter().filter(move |event| event.unit == name)
    }

    /// Bodies that are expected to hand in, by their places.
    pub fn expected(&self) -> impl Iterator<Item = usize> {
        self.standings.iter().enumerate().filter(|(_, standing)| standing.state.is_some()).map(|(place, _)| place)
    }

    /// Expected bodies whose figures are not in the sum.
    pub fn missing(&self) -> impl Iterator<Item = usize> {
        self.standings.iter().enumerate().filter(|(_, standing)| standing.state.is_some_and(|state| !state.is_in())).map(|(place, _)| place)
    }

    /// What is found of a body.
    pub fn findings_of(&self, place: usize) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.unit == Some(place))
    }

    /// The bodies in the order "what needs me", within a need as on the roster.
    pub fn by_need(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.standings.len()).collect();
        places.sort_by_key(|place| self.standings.get(*place).and_then(|standing| standing.need).map_or(usize::MAX, |need| need as usize));
        places
    }

    /// How many bodies have this need.
    pub fn num(&self, need: Need) -> usize {
        self.standings.iter().filter(|standing| standing.need == Some(need)).count()
    }

    /// Last year's figures of a body: from its report of that year here, else as this year's brings them along.
    pub fn last(&self, place: usize) -> Option<&Figures> {
        let before = self.standings.get(place)?.before.and_then(|before| self.taken.get(before));
        let fits = |taken: &&Taken| self.form.covers(taken.year);
        before.filter(fits).map(|taken| &taken.figures).or_else(|| self.counted(place)?.last.as_ref())
    }

    /// Copies by the SM3 of their file.
    pub fn copy_with(&self, sm3: Fingerprint) -> Option<&Taken> {
        self.taken.iter().find(|taken| taken.lying.sm3 == sm3)
    }
}
