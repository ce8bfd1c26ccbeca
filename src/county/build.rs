//! Putting a county together: which copy is whose, which of several counts, how each body stands.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::assembled::{County, Standing, Stray};
use super::findings;
use super::journal::{Journal, What};
use super::name::{Names, Whose};
use super::reading::Reading;
use super::roster::{Roster, Unit};
use super::state::State;
use super::taken::Taken;
use super::totals::Sum;
use crate::form::Form;
use crate::model::plain_name;

/// What is asked of a county.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The report year.
    pub year: u16,
    /// The name under which the county reports; empty where it is not said.
    pub agency: String,
    /// The day that counts as today.
    pub today: Date,
}

impl County {
    /// Puts a county together. Without a roster every body that sent a report is on it.
    pub fn new(form: Arc<Form>, reading: Reading, roster: Option<Roster>, journal: Journal, asked: Asked) -> Self {
        let has_roster = roster.is_some();
        let Asked { year, agency, today } = asked;
        let roster = roster.unwrap_or_else(|| made_of(&reading.taken, &agency));
        let mut county = Self {
            agency,
            year,
            form,
            today,
            standings: vec![Standing::default(); roster.units.len()],
            by_name: roster.units.iter().enumerate().map(|(place, unit)| (unit.name.clone(), place)).collect(),
            roster,
            has_roster,
            strays: Vec::new(),
            taken: reading.taken,
            refused: reading.refused,
            journal,
            parent: None,
            parent_before: None,
            parts: Sum::default(),
            findings: Vec::new(),
        };
        county.assign();
        county.settle(0..county.standings.len());
        county.parts = Sum::of_parts(&county);
        county.judge(0..county.standings.len());
        county
    }

    /// Decides the rules of consolidation: those about a body by itself for these bodies, all others anew.
    pub(super) fn judge(&mut self, places: impl Iterator<Item = usize> + Clone) {
        let mut findings = std::mem::take(&mut self.findings);
        findings.extend(findings::of_bodies(self, places));
        findings.extend(findings::across(self));
        findings::sort(&mut findings);
        self.findings = findings;
        let needs = findings::needs(self);
        self.standings.iter_mut().zip(needs).for_each(|(standing, need)| standing.need = need);
    }

    /// Gives every copy to its body.
    fn assign(&mut self) {
        let names = Names::new(&self.roster);
        // What was said when it came counts before what stands in its title.
        let said: HashMap<&str, usize> =
            self.journal.events.iter().filter_map(|event| Some((event.sm3.as_str(), self.place_of(&event.unit)?))).collect();
        let parent = plain_name(&self.agency);
        for (place, taken) in self.taken.iter().enumerate() {
            let told = (!said.is_empty() && taken.nth == 0).then(|| said.get(taken.lying.sm3.to_string().as_str())).flatten();
            let whose = told.map_or_else(|| names.whose(&taken.agency), |unit| Whose::Sure(*unit));
            let is_parents = !parent.is_empty() && !matches!(whose, Whose::Sure(_)) && plain_name(&taken.agency) == parent;
            match whose {
                _ if is_parents && taken.year == self.year => self.parent = Some(place),
                _ if is_parents => self.parent_before = Some(place).filter(|_| taken.year + 1 == self.year).or(self.parent_before),
                Whose::Sure(unit) => {
                    if let Some(standing) = self.standings.get_mut(unit) {
                        let newest = standing.elsewhen.and_then(|other| self.taken.get(other)).map_or(0, |other| other.year);
                        if taken.year != self.year && taken.year > newest {
                            standing.elsewhen = Some(place);
                        }
                        if taken.year == self.year {
                            standing.copies.push(place);
                        } else if taken.year + 1 == self.year {
                            standing.before = Some(place);
                        } else if taken.year == 0 {
                            self.strays.push(Stray { taken: place, likely: vec![unit] });
                        }
                    }
                }
                Whose::Asked(likely) if taken.year == self.year || taken.year == 0 => self.strays.push(Stray { taken: place, likely }),
                Whose::Asked(_) => {}
            }
        }
    }

    /// Which copy counts, and how each of these bodies stands.
    pub(super) fn settle(&mut self, places: impl Iterator<Item = usize>) {
        let journal = std::mem::take(&mut self.journal);
        let mut arrivals: HashMap<&str, DateTime> = HashMap::new();
        for event in journal.events.iter().filter(|event| event.what == What::Received) {
            arrivals.entry(&event.sm3).or_insert(event.time);
        }
        let returned = journal.events.iter().filter(|event| event.what == What::Returned);
        let returned: HashMap<&str, DateTime> = returned.map(|event| (event.unit.as_str(), event.time)).collect();
        let here = TimeZone::system();
        for place in places {
            let Some(standing) = self.standings.get_mut(place) else { continue };
            let when = |copy: &usize| self.taken.get(*copy).map(|taken| came(taken, &arrivals, &here));
            standing.copies.sort_by_cached_key(|copy| (when(copy), self.taken.get(*copy).map(|taken| taken.status), *copy));
            standing.received = standing.copies.last().and_then(when);
            let state = self.state_of(place, &returned);
            if let Some(standing) = self.standings.get_mut(place) {
                standing.state = state;
            }
        }
        self.journal = journal;
    }

    fn state_of(&self, place: usize, returned: &HashMap<&str, DateTime>) -> Option<State> {
        let (unit, standing) = (self.unit(place)?, self.standings.get(place)?);
        let is_vertical = unit.is_vertical == Some(true);
        match standing.received {
            _ if is_vertical => None,
            None if self.today > self.due(place) => Some(State::Overdue),
            None => Some(State::Missing),
            Some(received) => {
                let is_returned = returned.get(unit.name.as_str()).is_some_and(|returned| *returned > received);
                let is_signed = self.counted(place).is_some_and(Taken::is_signed);
                Some(if is_returned {
                    State::Returned
                } else if is_signed {
                    State::Signed
                } else {
                    State::Received
                })
            }
        }
    }
}

/// When a copy came: as written down, else as its log says it was handed in, else as its file is dated.
fn came(taken: &Taken, arrivals: &HashMap<&str, DateTime>, here: &TimeZone) -> DateTime {
    let local = |time: Timestamp| here.to_datetime(time);
    let written = if arrivals.is_empty() { None } else { arrivals.get(taken.lying.sm3.to_string().as_str()).copied() };
    written.unwrap_or_else(|| local(taken.filed.unwrap_or(taken.lying.modified)))
}

/// A roster of those who have sent a report; the county itself is not one of them.
pub fn made_of(taken: &[Taken], agency: &str) -> Roster {
    let mut roster = Roster::default();
    let mut known = HashSet::from([plain_name(agency), String::new()]);
    for name in taken.iter().map(|taken| taken.agency.trim()) {
        if known.insert(plain_name(name)) {
            roster.units.push(Unit::new(name));
        }
    }
    roster
}

/// The year that most reports are of, or the latest of those that many are of; none where no report has a year.
pub fn usual_year<'a>(taken: impl IntoIterator<Item = &'a Taken>) -> Option<u16> {
    let mut num: HashMap<u16, usize> = HashMap::new();
    for year in taken.into_iter().map(|taken| taken.year).filter(|year| *year > 0) {
        *num.entry(year).or_default() += 1;
    }
    // Last year's reports may lie there too, and are complete while this year's still come in.
    let most = num.values().max().copied().unwrap_or_default();
    num.into_iter().filter(|(_, num)| num * 3 >= most).map(|(year, _)| year).max()
}
