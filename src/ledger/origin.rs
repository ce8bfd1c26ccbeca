//! What a draft keeps of its registers: names and hashes, and of each line place, number and dates. Nothing that names a person.

use std::collections::{BTreeMap, BTreeSet};

use super::counted::{Counted, Figure, Place};
use super::register::Register;
use crate::form::Form;
use crate::model::{Feeds, Origin, OriginFile, OriginLine};

/// Most lines that are kept one by one; of larger registers the counts alone.
const MAX_KEPT: usize = 20_000;
/// Words that a number is made of beside digits and letters: 〔2024〕第12号.
const SIGNS: &str = "〔〕[]()（）-－_/·.、~～至第号年";
/// Longest number.
const MAX_NUMBER: usize = 30;

/// A cell that another reading of the register gives another figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Key of the cell, or of the way of receipt.
    pub key: Box<str>,
    /// What the draft keeps of the earlier reading.
    pub before: u32,
    /// What it is now.
    pub now: u32,
    /// Lines that feed it now and did not, by their number or else their place.
    pub added: Vec<String>,
    /// Lines that fed it and no longer do.
    pub gone: Vec<String>,
}

impl Counted {
    /// What a draft keeps of this count: every cell that no open question can change, and the ways of receipt.
    pub fn origin(&self, form: &Form, registers: &[Register]) -> Origin {
        let waiting = self.waiting(form);
        let settled = || self.figures.iter().filter(|(cell, _)| !waiting.contains(cell));
        let places: BTreeSet<Place> = settled().flat_map(|(_, figure)| figure.lines.iter().copied()).collect();
        let is_kept = places.len() <= MAX_KEPT;
        let at: BTreeMap<Place, usize> = places.iter().filter(|_| is_kept).enumerate().map(|(at, place)| (*place, at)).collect();
        let feeds = |figure: &Figure| {
            let lines = figure.lines.iter().filter_map(|place| at.get(place).copied()).collect();
            Feeds { count: figure.certain, lines }
        };
        let of_cells = settled().map(|(cell, figure)| (form.cell(*cell).key.clone(), feeds(figure)));
        let ways = self.settled_ways().into_iter().flatten().map(|(way, figure)| (way.into(), feeds(&figure)));
        let file = |register: &Register| {
            let Register { name, sha256, sm3, .. } = register;
            OriginFile { name: name.as_str().into(), sha256: sha256.as_str().into(), sm3: sm3.as_str().into() }
        };
        let cells: BTreeMap<_, _> = of_cells.chain(ways).collect();
        let files = if cells.is_empty() { Vec::new() } else { registers.iter().map(file).collect() };
        Origin { files, lines: self.kept(&at), cells }
    }

    fn kept(&self, at: &BTreeMap<Place, usize>) -> Vec<OriginLine> {
        let day = |day: Option<jiff::civil::Date>| day.map_or_else(Box::default, |day| day.to_string().into_boxed_str());
        let mut lines: Vec<(usize, OriginLine)> = Vec::new();
        for item in &self.items {
            let Some(place) = at.get(&item.place) else { continue };
            let Place { file, sheet, line } = item.place;
            let (received, answered) = (day(item.received), day(item.answered));
            lines.push((*place, OriginLine { file, sheet, line, count: item.count, number: number(&item.number), received, answered }));
        }
        lines.sort_by_key(|(place, _)| *place);
        lines.into_iter().map(|(_, line)| line).collect()
    }
}

/// What has changed since the draft took its figures: cells with another count, or fed by other lines.
pub fn changes(before: &Origin, now: &Origin) -> Vec<Change> {
    let names = |origin: &Origin, key: &str| -> BTreeSet<String> { origin.lines_of(key).map(name).collect() };
    let all: BTreeSet<&str> = before.cells.keys().chain(now.cells.keys()).map(|key| &**key).collect();
    let change = |key: &str| {
        let count = |origin: &Origin| origin.cells.get(key).map_or(0, |feeds| feeds.count);
        let (old, new) = (names(before, key), names(now, key));
        let (added, gone) = (new.difference(&old).cloned().collect(), old.difference(&new).cloned().collect());
        Change { key: key.into(), before: count(before), now: count(now), added, gone }
    };
    let is_change = |change: &Change| change.before != change.now || !change.added.is_empty() || !change.gone.is_empty();
    all.into_iter().map(change).filter(is_change).collect()
}

fn name(line: &OriginLine) -> String {
    if line.number.is_empty() { format!("第 {} 行", line.line) } else { line.number.to_string() }
}

/// A number without words: what could be a name, an identity number or a telephone is not kept at all.
fn number(typed: &str) -> Box<str> {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || SIGNS.contains(c);
    let text: String = typed.chars().filter(|c| !c.is_whitespace()).skip_while(|c| !is_sign(*c)).collect();
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    let is_plain = has_digit && text.chars().count() <= MAX_NUMBER && text.chars().all(is_sign);
    if is_plain && !is_personal(&text) { text.into() } else { Box::default() }
}

/// A run of digits as long as a telephone's or an identity number's.
fn is_personal(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit() && !matches!(c, 'x' | 'X')).any(|run| match run.len() {
        11 => run.starts_with('1') || run.starts_with('0'),
        length => matches!(length, 15 | 17 | 18),
    })
}
