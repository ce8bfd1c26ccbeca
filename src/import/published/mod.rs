//! A report of any office, as it was published or handed in → an account of every cell.
//!
//! Figures are bound to their labels: lines by the words left of them, columns by the words above, never by place alone. What
//! cannot be told for sure is not told. The rules of the form check the reading and never change a printed figure.

mod account;
mod bands;
mod chapters;
mod claim;
mod doubt;
mod figure;
mod flow;
mod lines;
mod opening;
mod side_by_side;
mod split;
mod stacked;
mod table;
mod title;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::form::{Catalog, Form};
use crate::model::SectionId;
use crate::read::{Page, Stretch};

pub use account::{Account, Found, How, Place, Scrap};

use claim::Claims;
use flow::Flow;
use lines::Line;
use table::Tables;

/// Fewest cells with a place in the source that make a report of it.
const FEWEST: usize = 5;

/// Reads what a page says as reports: one as a rule, two where a comparison prints them side by side, one for each unit of a
/// 汇总表, none where too little of any form is found in it. Never fails: what is not understood is listed.
pub fn accounts(page: &Page, catalog: &Catalog) -> Vec<Account> {
    let stacked = stacked::accounts(page, catalog);
    if stacked.len() > 1 {
        return stacked;
    }
    let found: Vec<Account> = match side_by_side::halves(page, catalog) {
        Some(halves) => halves.iter().filter_map(|half| account(half, catalog)).map(side_by_side::without_texts).collect(),
        None => account(page, catalog).into_iter().collect(),
    };
    // A workbook of one report may have such a row as well.
    if found.is_empty() { stacked } else { found }
}

fn account(page: &Page, catalog: &Catalog) -> Option<Account> {
    let words = Words::of(page);
    let title = title::find(std::iter::once(&*page.title).chain(words.lines.iter().copied()));
    let period = title::period(&words.text);
    let year = title.year.or(period);
    let fitted = catalog.forms().iter().map(|form| fit(form, page, &words));
    // The labels tell the form; where they tell both, the year does.
    let rank =
        |fitted: &Fitted| (fitted.claims.num_figures(), fitted.claims.num_places(), year.is_some_and(|year| fitted.form.covers(year)));
    let fitted = fitted.max_by_key(rank).filter(|fitted| fitted.claims.num_places() >= FEWEST)?;
    let mut questions = Vec::new();
    match (title.year, period) {
        (Some(said), Some(period)) if said != period => {
            questions.push(format!("标题写的是 {said} 年，正文统计的是 {period} 年，请核对报告年度"));
        }
        (None, None) => questions.push("没有找到报告年度，请写明".to_owned()),
        _ => {}
    }
    if let Some(year) = year.filter(|year| !fitted.form.covers(*year)) {
        questions.push(format!("报告年度是 {year} 年，表格却是{}，请核对", fitted.form.name));
    }
    if title.agency.is_empty() {
        questions.push("没有找到单位名称，请写明".to_owned());
    }
    Some(finished(fitted, &words, title.agency, year, questions))
}

/// The page's words, read once.
struct Words<'p> {
    flow: Flow,
    lines: Vec<&'p str>,
    text: String,
}

impl<'p> Words<'p> {
    fn of(page: &'p Page) -> Self {
        let mut lines: Vec<&str> = Vec::new();
        for piece in &page.pieces {
            match &piece.what {
                Stretch::Text(text) => lines.extend(text.lines()),
                // A table that lays out a page holds its text.
                Stretch::Table(grid) => {
                    lines.extend(grid.cells().filter(|cell| cell.words.chars().count() > MAX_CELL).flat_map(|cell| cell.words.lines()));
                }
            }
        }
        let is_paper = page.pieces.iter().any(|piece| matches!(piece.on, crate::read::Leaf::Page(_)));
        let is_spaced = lines.iter().filter(|line| line.contains("    ")).count() * 4 > lines.len();
        let text = if is_paper || is_spaced { chapters::joined(&lines) } else { lines.join("\n") };
        Self { flow: Flow::new(page), lines, text }
    }
}

/// What a report that is pasted as one text says before its first chapter, and in each text chapter.
pub fn texts(form: &Form, text: &str) -> (String, BTreeMap<SectionId, String>) {
    let texts = chapters::read(form, text);
    (texts.preamble, texts.sections)
}

/// Words of a cell beyond which they are prose.
const MAX_CELL: usize = 200;

/// A form held against the page.
struct Fitted {
    form: Arc<Form>,
    claims: Claims,
    left_over: Vec<Scrap>,
    misspelt: Vec<(String, String)>,
}

fn fit(form: &Arc<Form>, page: &Page, words: &Words<'_>) -> Fitted {
    let lines = Line::all(form);
    let mut tables = Tables::new(form, &lines);
    tables.read(page);
    let Tables { mut claims, left_over, misspelt, .. } = tables;
    if lines.iter().any(|line| claims.is_open(line)) {
        flow::read(form, &lines, page, &words.flow, &mut claims);
        bands::read(form, &lines, page, &words.flow, &mut claims);
    }
    Fitted { form: form.clone(), claims, left_over, misspelt: misspelt.into_iter().collect() }
}

fn finished(fitted: Fitted, words: &Words<'_>, agency: String, year: Option<u16>, questions: Vec<String>) -> Account {
    let form = fitted.form;
    let mut cells: Vec<Found> = form.cells().map(|(cell, _)| fitted.claims.found(cell)).collect();
    doubt::over_two_lines(&form, &mut cells);
    doubt::neighbours_of_empty(&form, &mut cells);
    doubt::by_rules(&form, &mut cells);
    doubt::lines_with_empty(&form, &mut cells);
    let texts = chapters::read(&form, &words.text);
    Account {
        form,
        agency,
        year,
        cells,
        left_over: fitted.left_over,
        preamble: texts.preamble,
        sections: texts.sections,
        misspelt: fitted.misspelt,
        closing: texts.closing,
        questions,
    }
}
