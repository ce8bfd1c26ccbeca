//! Reports as offices damage them: a statutory table set as a web page, and one thing wrong with it.

use gouji::form::{Form, Slot, Table};
use gouji::model::{Draft, Entry, Kind};

/// A cell of a page's table.
#[derive(Clone)]
pub struct Cell {
    pub words: String,
    pub span: (usize, usize),
    pub is_figure: bool,
}

/// The tables of a report, row by row.
#[derive(Clone)]
pub struct Tables(pub Vec<Vec<Vec<Cell>>>);

/// Ways to go wrong.
pub const WAYS: [&str; 9] = [
    "row deleted",
    "label misspelt",
    "span broken",
    "cell deleted",
    "table split",
    "unit changed",
    "digits glued",
    "cells glued",
    "columns swapped",
];

impl Tables {
    /// The tables as the form prints them.
    pub fn of(form: &Form, draft: &Draft) -> Self {
        Self(form.tables.iter().map(|table| (0..table.num_rows).map(|row| cells(form, draft, table, row)).collect()).collect())
    }

    /// A web page of them.
    pub fn page(&self, title: &str) -> String {
        let cell = |cell: &Cell| format!("<td rowspan=\"{}\" colspan=\"{}\"><p>{}</p></td>", cell.span.0, cell.span.1, cell.words);
        let row = |row: &Vec<Cell>| format!("<tr>{}</tr>\n", row.iter().map(cell).collect::<String>());
        let table =
            |table: &Vec<Vec<Cell>>| format!("<p>表</p><table border=\"1\">{}</table>\n", table.iter().map(row).collect::<String>());
        format!("<html><body><h1>{title}</h1>{}</body></html>", self.0.iter().map(table).collect::<String>())
    }

    /// Does one thing wrong in this way; `roll(n)` gives a number below n. Tells what was done.
    pub fn damage(&mut self, way: &str, roll: &mut dyn FnMut(usize) -> usize) -> String {
        let place = roll(self.0.len());
        let table = &mut self.0[place];
        let row = roll(table.len());
        let what = format!("{way}, table {place}, row {row}");
        match way {
            "row deleted" => drop(table.remove(row)),
            "label misspelt" => misspell(table, row, roll),
            "span broken" => {
                let cell = roll(table[row].len());
                let span = &mut table[row][cell].span;
                let side = if roll(2) == 0 { &mut span.0 } else { &mut span.1 };
                *side = if roll(2) == 0 { *side + 1 } else { side.saturating_sub(1).max(1) };
            }
            "cell deleted" => {
                let cell = roll(table[row].len());
                table[row].remove(cell);
            }
            "table split" => {
                let rest = table.split_off(row.max(1));
                self.0.insert(place + 1, rest);
            }
            "unit changed" => change_unit(&mut self.0[0]),
            "digits glued" => glue(table, row, roll, true),
            "cells glued" => glue(table, row, roll, false),
            "columns swapped" => swap(table, roll),
            _ => unreachable!("{way}"),
        }
        what
    }
}

/// The figure that the damaged tables print in a cell: another unit is another amount.
pub fn truth(way: &str, form: &Form, draft: &Draft, key: &str) -> Option<i64> {
    let cell = form.cell_by_key(key)?;
    let kind = form.cell(cell).kind;
    let is_yuan = way == "unit changed" && matches!(kind, Kind::Money(Some(_)));
    let printed = draft.entry(cell).shown(kind);
    if is_yuan { Entry::read(Kind::Money(None), &format!("{printed}元")).value() } else { draft.entry(cell).value() }
}

fn cells(form: &Form, draft: &Draft, table: &Table, row: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    for col in 0..table.num_cols() {
        match table.slot(row, col) {
            Some(Slot::Head(head)) if table.heads[head].at == (row, col) => {
                let head = &table.heads[head];
                cells.push(Cell { words: head.text.to_string(), span: head.span, is_figure: false });
            }
            Some(Slot::Cell(id)) if form.cell(id).at == (row, col) => {
                let cell = form.cell(id);
                cells.push(Cell { words: draft.entry(id).shown(cell.kind), span: (1, cell.cols), is_figure: true });
            }
            _ => {}
        }
    }
    cells
}

/// Another sign for one of a label.
fn misspell(table: &mut [Vec<Cell>], row: usize, roll: &mut dyn FnMut(usize) -> usize) {
    let labels: Vec<usize> = table[row].iter().enumerate().filter(|(_, cell)| !cell.is_figure).map(|(place, _)| place).collect();
    let Some(place) = (!labels.is_empty()).then(|| labels[roll(labels.len())]) else { return };
    let mut signs: Vec<char> = table[row][place].words.chars().collect();
    let at = roll(signs.len());
    match roll(3) {
        0 => drop(signs.remove(at)),
        1 => signs.insert(at, ['的', '情', '行', '件'][roll(4)]),
        _ => signs[at] = ['机', '法', '政', '总'][roll(4)],
    }
    table[row][place].words = signs.into_iter().collect();
}

/// The amount in another unit, told by the head or by the cell.
fn change_unit(table: &mut [Vec<Cell>]) {
    for cell in table.iter_mut().flatten() {
        cell.words = cell.words.replace("（单位：万元）", "（单位：元）");
    }
}

/// Two neighbours in one cell; the other one is left empty, or gone.
fn glue(table: &mut [Vec<Cell>], row: usize, roll: &mut dyn FnMut(usize) -> usize, leaves_empty: bool) {
    let figures: Vec<usize> = table[row].iter().enumerate().filter(|(_, cell)| cell.is_figure).map(|(place, _)| place).collect();
    if figures.len() < 2 {
        return;
    }
    let first = figures[roll(figures.len() - 1)];
    if table[row][first].words.is_empty() || table[row][first + 1].words.is_empty() {
        return;
    }
    let second = std::mem::take(&mut table[row][first + 1].words);
    table[row][first].words.push_str(&second);
    if !leaves_empty {
        table[row].remove(first + 1);
    }
}

/// Two columns change places, heads and all, in rows where both stand by themselves.
fn swap(table: &mut [Vec<Cell>], roll: &mut dyn FnMut(usize) -> usize) {
    let num = table.last().map_or(0, Vec::len);
    if num < 7 {
        return;
    }
    // Counted from the right: the last is the total, the heads of the others stand in the row of leaves.
    let (a, b) = (1 + roll(5), 1 + roll(5));
    for row in table.iter_mut().filter(|row| row.len() >= 5 && row.iter().rev().take(5).all(|cell| cell.span == (1, 1))) {
        // The row of leaves has neither the first nor the last head.
        let shift = usize::from(row.len() == 5 && row.iter().all(|cell| !cell.is_figure));
        let len = row.len();
        row.swap(len - 1 - (a - shift), len - 1 - (b - shift));
    }
}
