//! Whose report it is: the name in its title against the names on the roster. Tolerant of how a name is written, never of which body
//! it means: what more than one body may be, or none quite, is asked.

use std::collections::BTreeMap;

use super::roster::Roster;
use super::words::WORDS;
use crate::model::{distance, plain_name};

/// Who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// This unit, by its place on the roster.
    Sure(usize),
    /// One of these may be meant, the likeliest first; none where no name is like it.
    Asked(Vec<usize>),
}

/// The names of a roster, ready to be looked up.
#[derive(Debug, Default)]
pub struct Names {
    whole: BTreeMap<String, Vec<usize>>,
    /// By the name without its region: the regions it is written with, and the unit.
    core: BTreeMap<String, Vec<(String, usize)>>,
}

/// Most units offered where a name is not quite known.
const MAX_OFFERED: usize = 5;

/// Signs in which a name may differ from one that is offered, by its length.
fn most_apart(num_chars: usize) -> usize {
    (num_chars / 3).min(3)
}

impl Names {
    /// Of all units of a roster, with their short names.
    pub fn new(roster: &Roster) -> Self {
        let mut names = Self::default();
        for (place, unit) in roster.units.iter().enumerate() {
            for name in std::iter::once(&unit.name).chain(&unit.short) {
                let plain = plain_name(name);
                let (region, core) = parts(&plain);
                names.core.entry(core).or_default().push((region, place));
                names.whole.entry(plain).or_default().push(place);
            }
        }
        names
    }

    /// Whose report this is, by the name in it.
    pub fn whose(&self, agency: &str) -> Whose {
        let plain = plain_name(agency);
        if plain.is_empty() {
            return Whose::Asked(Vec::new());
        }
        let one = |mut found: Vec<usize>| {
            found.sort_unstable();
            found.dedup();
            match found.as_slice() {
                [] => None,
                [only] => Some(Whose::Sure(*only)),
                _ => Some(Whose::Asked(found)),
            }
        };
        if let Some(whose) = self.whole.get(&plain).cloned().and_then(one) {
            return whose;
        }
        let (region, core) = parts(&plain);
        let same = self.core.get(&core).into_iter().flatten().filter(|(known, _)| goes_with(known, &region));
        one(same.map(|(_, place)| *place).collect()).unwrap_or_else(|| Whose::Asked(self.like(&core)))
    }

    /// Units with a name much like this one, the likeliest first.
    fn like(&self, core: &str) -> Vec<usize> {
        let signs: Vec<char> = core.chars().collect();
        let mut near: Vec<(usize, usize)> = Vec::new();
        for (known, units) in &self.core {
            let known: Vec<char> = known.chars().collect();
            if known.len().abs_diff(signs.len()) <= 3 {
                let apart = distance(&known, &signs);
                if apart <= most_apart(known.len().min(signs.len())) {
                    near.extend(units.iter().map(|(_, place)| (apart, *place)));
                }
            }
        }
        near.sort_unstable();
        let mut units: Vec<usize> = near.into_iter().map(|(_, place)| place).collect();
        units.dedup();
        units.truncate(MAX_OFFERED);
        units
    }
}

/// A region may be written in full, in part or not at all: 江苏省宿迁市沭阳县, 沭阳县. Two regions are two counties.
fn goes_with(one: &str, other: &str) -> bool {
    one.ends_with(other) || other.ends_with(one)
}

/// The region in front of a name, and the name alone with its end made alike.
fn parts(plain: &str) -> (String, String) {
    let signs: Vec<char> = plain.chars().collect();
    let is_region_end = |place: &usize| {
        let rest = signs.get(place + 1..).unwrap_or_default();
        // 市场监督管理局, 市政园林局 and the like begin with a region's last sign; 市政府 does not.
        let is_word = match rest {
            ['场' | '容' | '划', ..] => true,
            ['政', next, ..] => *next != '府',
            _ => false,
        };
        signs.get(*place).is_some_and(|sign| "省市州盟县区旗".contains(*sign)) && rest.len() >= 2 && !is_word && *place > 0
    };
    let at = (0..signs.len()).rev().find(is_region_end).map_or(0, |place| place + 1);
    let (region, core) = signs.split_at(at);
    let core: String = core.iter().collect();
    let alike = WORDS.ends.iter().find_map(|(from, to)| Some(format!("{}{to}", core.strip_suffix(from.as_str())?)));
    (region.iter().collect(), alike.unwrap_or(core))
}
