//! A figure of all bodies beside each other: who has most, how it spreads, what it comes to in each year.

use std::collections::BTreeMap;

use super::assembled::County;
use super::taken::Taken;
use crate::model::{CellId, plain_name};

/// What is ranked, by key.
const INDICATORS: [&str; 6] = ["new.sum", "total.sum", "carry_out.sum", "rev.total", "lit0.total", "a1.norm.made"];

/// Bodies of a ranking.
pub const RANKED: usize = 15;

/// A figure of all bodies.
pub struct Ranking {
    /// What is counted.
    pub label: String,
    /// Figures and bodies by their places, the largest first; never empty, the first is above 0.
    pub figures: Vec<(i64, usize)>,
    /// Years with how many bodies there are and what they have together, where there are several.
    pub years: Vec<(u16, usize, i128)>,
}

impl Ranking {
    /// The first of the figures, then those at each quarter, the last of them.
    pub fn spread(&self) -> [(&'static str, i64); 5] {
        let at = |part: usize| self.figures.get(self.figures.len() * part / 4).or(self.figures.last()).map_or(0, |(value, _)| *value);
        [("最多", at(0)), ("上四分位", at(1)), ("中位", at(2)), ("下四分位", at(3)), ("最少", at(4))]
    }

    /// The largest figure.
    pub fn most(&self) -> i64 {
        self.figures.first().map_or(0, |(value, _)| *value)
    }
}

/// All indicators that somebody has more than nothing of.
pub fn rankings(county: &County) -> impl Iterator<Item = Ranking> {
    INDICATORS.iter().filter_map(|key| county.form.cell_by_key(key)).filter_map(|cell| ranking(county, cell))
}

fn ranking(county: &County, cell: CellId) -> Option<Ranking> {
    let figure = |place: usize| Some((county.summed(place)?.figures.get(cell.index())?, place));
    let mut figures: Vec<(i64, usize)> = county.expected().filter_map(figure).collect();
    figures.sort_unstable_by(|a, b| b.cmp(a));
    let is_some = figures.first().is_some_and(|(most, _)| *most > 0);
    is_some.then(|| Ranking { label: county.form.cell(cell).label.to_string(), figures, years: years(county, cell) })
}

/// What all bodies have together in each year; nothing where only one lies there.
fn years(county: &County, cell: CellId) -> Vec<(u16, usize, i128)> {
    let mut bodies: BTreeMap<u16, BTreeMap<String, Option<i64>>> = BTreeMap::new();
    let is_other = |taken: &&Taken| taken.year != county.year && county.form.covers(taken.year);
    let parent = plain_name(&county.agency);
    for taken in county.taken.iter().filter(is_other) {
        let name = plain_name(&taken.agency);
        if name != parent {
            bodies.entry(taken.year).or_default().insert(name, taken.figures.get(cell.index()));
        }
    }
    let now = bodies.entry(county.year).or_default();
    for taken in county.expected().filter_map(|place| county.summed(place)) {
        now.insert(plain_name(&taken.agency), taken.figures.get(cell.index()));
    }
    let sum = |figures: &BTreeMap<String, Option<i64>>| figures.values().flatten().map(|figure| i128::from(*figure)).sum::<i128>();
    let sums: Vec<(u16, usize, i128)> = bodies.iter().map(|(year, figures)| (*year, figures.len(), sum(figures))).collect();
    if sums.len() < 2 || sums.iter().all(|(_, _, sum)| *sum <= 0) { Vec::new() } else { sums }
}
