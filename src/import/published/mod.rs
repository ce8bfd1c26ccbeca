//! A report of any office, as it was published or handed in → an account of every cell.
//!
//! Figures are bound to their labels: lines by the words left of them, columns by the words above, never by place alone. What
//! cannot be told for sure is not told. The rules of the form check the reading and never change a printed figure.

mod account;
mod bands;
mod chapters;
mod claim;
mod figure;
mod flow;
mod lines;
mod side_by_side;
mod split;
mod table;
mod title;
mod words;

use std::sync::Arc;

use crate::form::{Catalog, Form, Severity};
use crate::model::{Edit, Entry};
use crate::read::{Page, Stretch};
use crate::rules;

pub use account::{Account, Found, How, Place, Scrap};

use claim::Claims;
use flow::Flow;
use lines::Line;
use table::Tables;

/// Fewest cells with a place in the source that make a report of it.
const FEWEST: usize = 5;

/// Reads what a page says as reports: one as a rule, two where a comparison prints them side by side, none where too little of
/// any form is found in it. Never fails: what is not understood is listed.
pub fn accounts(page: &Page, catalog: &Catalog) -> Vec<Account> {
    match side_by_side::halves(page, catalog) {
        Some(halves) => halves.iter().filter_map(|half| account(half, catalog)).map(side_by_side::without_texts).collect(),
        None => account(page, catalog).into_iter().collect(),
    }
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
    doubt_neighbours_of_empty(&form, &mut cells);
    let mut draft = form.draft(agency.clone(), year.unwrap_or_default());
    for ((cell, _), found) in form.cells().zip(&cells) {
        if matches!(found.entry, Entry::Whole(_) | Entry::Money(_)) {
            draft.apply(Edit::cell(cell, found.entry.clone()));
        }
    }
    for finding in rules::check(&form, &draft).into_iter().filter(|finding| finding.is_fail() && finding.severity(&form) == Severity::Error)
    {
        let check = form.check(finding.check);
        for cell in &check.cells {
            if let Some(found) = cells.get_mut(cell.index()) {
                found.doubts.push(form.rule(check).id.clone());
            }
        }
    }
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
        questions,
    }
}

/// A figure of two digits or more beside an empty cell may be two figures in one cell: it is taken only where a sum proves it.
fn doubt_neighbours_of_empty(form: &Form, cells: &mut [Found]) {
    let values: Vec<Option<i64>> = cells.iter().map(|found| if found.how == How::Empty { Some(0) } else { found.entry.value() }).collect();
    for line in Line::all(form) {
        let hows: Vec<How> = line.cells.iter().filter_map(|cell| cells.get(cell.index())).map(|found| found.how).collect();
        for (place, cell) in line.cells.iter().enumerate() {
            let is_empty = |place: Option<usize>| place.and_then(|place| hows.get(place)) == Some(&How::Empty);
            let is_beside = is_empty(place.checked_sub(1)) || is_empty(Some(place + 1));
            let checks = form.checks_of(*cell).iter().map(|id| form.check(*id)).filter(|check| table::proves(check));
            let is_proved = checks.into_iter().any(|check| rules::keeps(form, check, &values) == Some(true));
            if let Some(found) = cells.get_mut(cell.index())
                && found.how == How::Read
                && is_beside
                && !is_proved
                && found.text.chars().filter(char::is_ascii_digit).count() > 1
            {
                (found.how, found.entry) = (How::Unreadable, Entry::Blank);
                "旁边一格是空的，可能是两个数写在了一格里".clone_into(&mut found.why);
            }
        }
    }
}
