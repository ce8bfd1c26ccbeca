//! The lines of a form as a report prints them: one label on the left, heads above.

use super::words::{Label, letters};
use crate::form::{Form, Slot, Table};
use crate::model::CellId;

/// What stands in one row of a statutory table.
#[derive(Debug)]
pub(super) struct Line {
    /// Place of its table in the form.
    pub table: usize,
    /// Its cells from left to right.
    pub cells: Vec<CellId>,
    /// The heads above each cell, the nearest last.
    pub heads: Vec<Vec<Box<str>>>,
    /// The words left of it; empty where there are none (table 四).
    pub label: Box<str>,
    /// The label, and other words that offices use for it.
    pub labels: Vec<Label>,
}

/// Other words for a label, by the key of the line's first cell: what was seen in published reports.
const ALIASES: [(&str, &str); 5] = [
    ("a1.norm.", "规范性文件"),
    ("a1.norm.", "行政规范性文件"),
    ("other1.", "1.逾期不补正"),
    ("other2.", "2.逾期不缴费"),
    ("other.", "（六）其他"),
];

/// A group printed as one row stands for the last of its lines where that is 其他. Source: reports of 2023 and 2024 that keep the older table.
const REST: &str = "其他";

impl Line {
    /// All lines of a form, table by table.
    pub fn all(form: &Form) -> Vec<Self> {
        form.tables
            .iter()
            .enumerate()
            .flat_map(|(place, table)| (0..table.num_rows).filter_map(move |row| Self::at(form, place, table, row)))
            .collect()
    }

    fn at(form: &Form, place: usize, table: &Table, row: usize) -> Option<Self> {
        let own = |col: &usize| matches!(table.slot(row, *col), Some(Slot::Cell(cell)) if form.cell(cell).at == (row, *col));
        let cols: Vec<usize> = (0..table.num_cols()).filter(own).collect();
        let first = *cols.first()?;
        let cells: Vec<CellId> = cols.iter().filter_map(|col| cell(table.slot(row, *col))).collect();
        let left: Vec<&str> = (0..first).filter_map(|col| table.head_at(row, col)).map(|head| &*head.text).collect();
        let label = left.last().copied().unwrap_or_default();
        let mut labels = if label.is_empty() { Vec::new() } else { vec![Label::new(label)] };
        let key = cells.first().map_or("", |cell| &*form.cell(*cell).key);
        labels.extend(ALIASES.iter().filter(|(begin, _)| key.starts_with(begin)).map(|(_, words)| Label::new(words)));
        let group = left.len().checked_sub(2).and_then(|group| left.get(group)).filter(|group| **group != label);
        if letters(label) == letters(REST)
            && let Some(group) = group
        {
            labels.push(Label::new(group));
        }
        let heads = cols.iter().map(|col| heads_above(table, row, *col)).collect();
        Some(Self { table: place, cells, heads, label: label.into(), labels })
    }

    /// The nearest head of each cell.
    pub fn nearest(&self) -> impl Iterator<Item = &str> {
        self.heads.iter().map(|heads| heads.last().map_or("", |head| &**head))
    }

    /// How far words are from its label; `None` where they are others.
    pub fn distance(&self, words: &Label) -> Option<usize> {
        let with_number = |label: &Label| {
            label.letters.len() > 2 || label.ordinal.is_empty() || words.ordinal.is_empty() || label.ordinal == words.ordinal
        };
        self.labels.iter().filter(|label| with_number(label)).filter_map(|label| label.distance(words)).min()
    }
}

fn cell(slot: Option<Slot>) -> Option<CellId> {
    match slot? {
        Slot::Cell(cell) => Some(cell),
        Slot::Head(_) => None,
    }
}

/// The nearest unbroken run of heads above, outermost first.
fn heads_above(table: &Table, row: usize, col: usize) -> Vec<Box<str>> {
    let above = (0..row).rev().map(|row| table.head_at(row, col));
    let mut heads: Vec<_> = above.skip_while(Option::is_none).map_while(|head| head).collect();
    heads.dedup_by(|a, b| std::ptr::eq(*a, *b));
    heads.iter().rev().map(|head| head.text.clone()).collect()
}

/// The line that words name: the nearest one, if no other is as near.
pub(super) fn named<'a>(lines: &'a [Line], words: &str) -> Option<(usize, &'a Line, usize)> {
    let label = Label::new(words);
    if label.letters.len() < 2 {
        return None;
    }
    let mut near: Vec<_> = lines.iter().enumerate().filter_map(|(place, line)| Some((place, line, line.distance(&label)?))).collect();
    near.sort_by_key(|(.., distance)| *distance);
    match near.as_slice() {
        [one] => Some(*one),
        [one, next, ..] if one.2 < next.2 => Some(*one),
        _ => None,
    }
}
