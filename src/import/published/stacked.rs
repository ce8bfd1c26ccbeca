//! 汇总表: one unit a row under headings that name the cells, as a county collects them. A heading is the key of a cell, or the words
//! of its row and of its column; what names no cell, or more than one, is left over.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::account::{Account, Place, Scrap};
use super::claim::Claims;
use super::figure::{is_figure, plain};
use super::lines::Line;
use super::words::{Label, letters};
use super::{doubt, title};
use crate::form::{Catalog, Form};
use crate::model::{CellId, Kind};
use crate::read::{At, Grid, Page, Piece, Stretch};

/// Fewest cells that headings must name.
const FEWEST: usize = 5;
/// Most rows of heads.
const MAX_HEADS: usize = 8;
/// Most units of a table.
const MAX_UNITS: usize = 2_000;
/// What the column of names is called.
const UNIT: [&str; 10] = ["单位", "单位名称", "单位全称", "填报单位", "报送单位", "行政机关", "机关名称", "部门", "部门名称", "agency"];
/// What the column of years is called.
const YEAR: [&str; 4] = ["年度", "报告年度", "年份", "year"];
/// Rows that are no unit.
const SUMS: [&str; 6] = ["合计", "总计", "小计", "汇总", "全县合计", "全市合计"];

/// The reports of every such table of the page; none where there is none.
pub(super) fn accounts(page: &Page, catalog: &Catalog) -> Vec<Account> {
    let mut found = Vec::new();
    let mut table = 0;
    for (piece, Piece { on, what }) in page.pieces.iter().enumerate() {
        let Stretch::Table(grid) = what else { continue };
        table += 1;
        let place = Place { piece, on: on.clone(), table, at: None };
        let stacked = catalog.forms().iter().filter_map(|form| Stacked::of(form, grid));
        if let Some(stacked) = stacked.max_by_key(|stacked| stacked.columns.len()) {
            found.extend(stacked.accounts(grid, &place, page));
        }
    }
    found
}

/// Where everything stands in such a table.
struct Stacked {
    form: Arc<Form>,
    /// The first row of a unit.
    first: usize,
    unit: usize,
    year: Option<usize>,
    columns: BTreeMap<usize, (CellId, String)>,
    /// Headings that name no cell.
    strange: Vec<(At, String)>,
}

impl Stacked {
    fn of(form: &Arc<Form>, grid: &Grid) -> Option<Self> {
        let (rows, cols) = grid.size();
        let heads = (0..rows.min(MAX_HEADS)).find_map(|row| Some((row, unit_column(grid, row, cols)?)));
        let (head, unit) = heads?;
        let bottom = grid.cell((head, unit)).map(|cell| cell.at.0 + cell.span.0)?;
        let first = (bottom..rows).find(|row| (0..cols).any(|col| is_value(grid, (*row, col))))?;
        let stack = |col: usize| stack(grid, col, first);
        let lines = Line::all(form);
        let mut found = Self { form: form.clone(), first, unit, year: None, columns: BTreeMap::new(), strange: Vec::new() };
        for col in (0..cols).filter(|col| *col != unit) {
            let words = stack(col);
            let Some(last) = words.last() else { continue };
            if YEAR.contains(&&*plain(last)) {
                found.year = Some(col);
                continue;
            }
            match named(form, &lines, &words) {
                // Under a key of ours stands the unit of the form.
                Some(cell) => {
                    let unit = match form.cell(cell).kind {
                        Kind::Money(Some(unit)) if *last == *form.cell(cell).key => unit.name(),
                        _ => "",
                    };
                    _ = found.columns.insert(col, (cell, words.concat() + unit));
                }
                None => found.strange.push(((first - 1, col), words.join(" "))),
            }
        }
        found.drop_doubles();
        (found.columns.len() >= FEWEST).then_some(found)
    }

    /// A cell that two columns name is told by neither.
    fn drop_doubles(&mut self) {
        let mut times: BTreeMap<CellId, usize> = BTreeMap::new();
        for (cell, _) in self.columns.values() {
            *times.entry(*cell).or_default() += 1;
        }
        let doubles = self.columns.extract_if(.., |_, (cell, _)| times.get(cell).is_some_and(|times| *times > 1));
        self.strange.extend(doubles.map(|(col, (_, words))| ((self.first.saturating_sub(1), col), words)));
    }

    fn accounts(&self, grid: &Grid, place: &Place, page: &Page) -> Vec<Account> {
        let texts = page.pieces.iter().filter_map(|piece| if let Stretch::Text(text) = &piece.what { Some(&**text) } else { None });
        let above = grid.cells().take_while(|cell| cell.at.0 < self.first).map(|cell| cell.words);
        let year = title::year_among(texts.chain(above));
        let rows = (self.first..grid.size().0).filter(|row| self.is_unit(grid, *row)).take(MAX_UNITS);
        rows.map(|row| self.account(grid, row, place, year)).collect()
    }

    fn is_unit(&self, grid: &Grid, row: usize) -> bool {
        let name = grid.cell((row, self.unit)).map(|cell| plain(cell.words)).unwrap_or_default();
        let has_figures = self.columns.keys().any(|col| is_value(grid, (row, *col)));
        letters(&name).len() > 1 && !SUMS.contains(&&*name) && has_figures
    }

    fn account(&self, grid: &Grid, row: usize, place: &Place, year: Option<u16>) -> Account {
        let mut claims = Claims::default();
        for (col, (cell, head)) in &self.columns {
            let at = Place { at: Some((row, *col)), ..place.clone() };
            match grid.cell((row, *col)) {
                Some(found) if found.at == (row, *col) => claims.words(&self.form, *cell, found.words, head, at),
                Some(found) => claims.unreadable(&[*cell], &at, found.words, "与别的单位合成一格，分不清是谁的数"),
                None => claims.words(&self.form, *cell, "", head, at),
            }
        }
        let words = |col: usize| grid.cell((row, col)).map(|cell| plain(cell.words)).unwrap_or_default();
        let own = self.year.and_then(|col| words(col).trim_end_matches(['度', '年']).parse().ok());
        let year = own.or(year).filter(|year| (2000..2100).contains(year));
        let mut cells: Vec<_> = self.form.cells().map(|(cell, _)| claims.found(cell)).collect();
        doubt::by_rules(&self.form, &mut cells);
        let scrap = |(at, text): &(At, String)| Scrap { place: Place { at: Some(*at), ..place.clone() }, text: text.clone() };
        let mut questions = vec!["是从汇总表里读的一行：文字部分不在里面".to_owned()];
        match year {
            None => questions.push("没有找到报告年度，请写明".to_owned()),
            Some(year) if !self.form.covers(year) => {
                questions.push(format!("报告年度是 {year} 年，表格却是{}，请核对", self.form.name));
            }
            Some(_) => {}
        }
        Account {
            form: self.form.clone(),
            agency: words(self.unit),
            year,
            cells,
            left_over: self.strange.iter().map(scrap).collect(),
            preamble: String::new(),
            sections: BTreeMap::new(),
            misspelt: Vec::new(),
            closing: Vec::new(),
            questions,
        }
    }
}

/// The column of names, where this row of heads has one.
fn unit_column(grid: &Grid, row: usize, cols: usize) -> Option<usize> {
    let is_it = |col: &usize| grid.cell((row, *col)).is_some_and(|cell| UNIT.contains(&&*plain(cell.words).replace(' ', "")));
    (0..cols.min(6)).find(is_it)
}

fn is_value(grid: &Grid, at: At) -> bool {
    grid.cell(at).is_some_and(|cell| !cell.words.trim().is_empty() && is_figure(cell.words))
}

/// The words above a column, the nearest last.
fn stack(grid: &Grid, col: usize, first: usize) -> Vec<String> {
    let mut cells: Vec<_> = (0..first).filter_map(|row| grid.cell((row, col))).filter(|cell| !cell.words.trim().is_empty()).collect();
    cells.dedup_by_key(|cell| cell.at);
    cells.into_iter().map(|cell| plain(cell.words)).collect()
}

/// The one cell that these words name: its key, or the label of its line and its heads, each by words of their own.
fn named(form: &Form, lines: &[Line], words: &[String]) -> Option<CellId> {
    if let Some(cell) = words.last().and_then(|key| form.cell_by_key(key)) {
        return Some(cell);
    }
    // `本年新收-自然人` in one cell is as good as two.
    let parts: Vec<Label> = words.iter().flat_map(|words| words.split(['-', '—', '/', '｜', '|', ' ', '_'])).map(Label::new).collect();
    let places = |label: &Label| {
        let is_it = |part: &Label| part.letters == label.letters || part.letters == label.short;
        parts.iter().enumerate().filter(move |(_, part)| is_it(part)).map(|(place, _)| place).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for line in lines {
        let own: Vec<usize> = line.labels.iter().flat_map(places).collect();
        if own.is_empty() && !line.label.is_empty() {
            continue;
        }
        for (cell, heads) in line.cells.iter().zip(&line.heads) {
            let Some((head, above)) = heads.split_last() else { continue };
            let is_repeated = line.nearest().filter(|other| **other == **head).count() > 1;
            let in_group = !is_repeated || above.last().is_some_and(|group| !places(&Label::new(group)).is_empty());
            // 其他 is a row and a column: each needs words of its own.
            let has_head = places(&Label::new(head)).iter().any(|place| own.iter().any(|other| other != place) || line.label.is_empty());
            if in_group && (has_head || line.cells.len() == 1) {
                found.push(*cell);
            }
        }
    }
    if let [cell] = found.as_slice() { Some(*cell) } else { None }
}
