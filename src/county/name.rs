//! Whose report it is: the name in its title against the names on the roster. Tolerant of how a name is written, never of which body
//! it means: what more than one body may be, or none quite, is asked.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use super::roster::{Roster, Unit};
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
#[derive(Debug)]
pub struct Names<'a> {
    roster: &'a Roster,
    /// The first unit with a name, and the others.
    whole: HashMap<String, (usize, Vec<usize>)>,
    core: OnceCell<Cores>,
}

/// By the name without its region: the regions it is written with, and the unit. Made when a name is not known as a whole.
type Cores = BTreeMap<String, Vec<(String, usize)>>;

/// Most units offered where a name is not quite known.
const MAX_OFFERED: usize = 5;

/// Signs in which a name may differ from one that is offered, by its length.
fn most_apart(num_chars: usize) -> usize {
    (num_chars / 3).min(3)
}

impl<'a> Names<'a> {
    /// Of all units of a roster, with their short names.
    pub fn new(roster: &'a Roster) -> Self {
        let mut whole: HashMap<String, (usize, Vec<usize>)> = HashMap::with_capacity(roster.units.len());
        for (place, plain) in plain_names(roster) {
            whole.entry(plain).and_modify(|(_, others)| others.push(place)).or_insert((place, Vec::new()));
        }
        Self { roster, whole, core: OnceCell::new() }
    }

    fn core(&self) -> &Cores {
        self.core.get_or_init(|| {
            let mut cores = Cores::new();
            for (place, plain) in plain_names(self.roster) {
                let (region, core) = parts(&plain);
                cores.entry(core).or_default().push((region, place));
            }
            cores
        })
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
        if let Some((first, others)) = self.whole.get(&plain) {
            return one([&[*first], &**others].concat()).unwrap_or(Whose::Sure(*first));
        }
        let (region, core) = parts(&plain);
        let same = self.core().get(&core).into_iter().flatten().filter(|(known, _)| goes_with(known, &region));
        one(same.map(|(_, place)| *place).collect()).unwrap_or_else(|| Whose::Asked(self.like(&core)))
    }

    /// Units with a name much like this one, the likeliest first.
    fn like(&self, core: &str) -> Vec<usize> {
        let signs: Vec<char> = bare(core).chars().collect();
        let mut near: Vec<(usize, usize)> = Vec::new();
        for (known, units) in self.core() {
            let known: Vec<char> = bare(known).chars().collect();
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

/// Every name and short name in its plain spelling, with its unit.
fn plain_names(roster: &Roster) -> impl Iterator<Item = (usize, String)> {
    let names = |unit: &Unit| std::iter::once(&unit.name).chain(&unit.short).map(|name| plain_name(name)).collect::<Vec<_>>();
    roster.units.iter().enumerate().flat_map(move |(place, unit)| names(unit).into_iter().map(move |plain| (place, plain)))
}

/// A name without what stands in brackets behind it, which may be another name of the same body or another body.
fn bare(plain: &str) -> &str {
    plain.split('(').next().filter(|bare| !bare.is_empty()).unwrap_or(plain)
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
