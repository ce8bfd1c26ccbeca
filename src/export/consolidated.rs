//! The workbook of a county's sum: a row a body with live sums below, the official tables fed from them, what was found, what was
//! repaired; and letters to bodies. What the figures mean is known to who calls.

use jiff::civil::Date;

use super::graphs::{self, Indicator};
use super::sheet::{Align, At, Block, Book, Content, Edition, Feed, Field, Item, Layout, Orientation, Paper, Sheet};
use super::words::{column_unit, cut, day};
use super::{table, words};
use crate::form::{Body, Form, Report};
use crate::model::Entry;

/// A body's row.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// Its name.
    pub name: String,
    /// How it stands, in words.
    pub state: String,
    /// Its figure in each cell of the form, in form order; blank where it has none.
    pub figures: Vec<Entry>,
    /// What the county repaired, by the place of the cell: what its report says, and why.
    pub mended: Vec<(usize, String)>,
}

/// All that the workbook says beside the sum itself.
#[derive(Clone, Debug, Default)]
pub struct Consolidated {
    /// A row for every body that is expected, those that have not handed in blank.
    pub rows: Vec<UnitRow>,
    /// What was found: body, rule, how grave, where, in words.
    pub faults: Vec<[String; 5]>,
    /// Repairs, as their list has them: when, who, body, key, cell, from, to, why.
    pub mended: Vec<Vec<String>>,
    /// What is drawn.
    pub indicators: Vec<Indicator>,
}

/// Name of the sheet with a row a body.
const ROWS: &str = "各单位";

/// Columns before the figures: body, state.
const LEFT: usize = 2;

/// Rows of heads: labels, keys.
const HEADS: usize = 2;

/// The workbook as a book. `sum` is the county's draft: blank where a sum does not stand.
pub fn consolidated(sum: Report<'_>, all: Consolidated, made_on: Date) -> Book {
    let title = format!("{}{}年政府信息公开工作年度报告汇总", cut(&sum.draft.agency), sum.draft.year);
    let num_rows = all.rows.len();
    let mut sheets = vec![rows(sum, all.rows)];
    for chapter in &sum.form.chapters {
        if let Body::Table(place) = chapter.body
            && let Some(printed) = sum.form.tables.get(place)
        {
            sheets.push(fed(sum.form, table::sheet(sum, chapter, printed), num_rows));
        }
    }
    let faults = all.faults.into_iter().map(|row| row.to_vec()).collect();
    sheets.push(list("核对结果", &["单位", "规则", "级别", "位置", "说明"], &[14, 6, 7, 22, 60], faults));
    let heads = ["时间", "经手", "单位", "代号", "格", "原数", "改为", "理由"];
    sheets.push(list("调整", &heads, &[16, 8, 16, 12, 24, 8, 8, 30], all.mended));
    let mut graphs = Vec::new();
    if !all.indicators.is_empty() {
        let (sheet, drawn) = graphs::sheet(all.indicators, sheets.len());
        sheets.push(sheet);
        graphs = drawn;
    }
    Book { title, sheets, graphs, ..book(sum, made_on) }
}

/// A letter: its title, its paragraphs, a ruled list where it has one, and who it is from.
pub fn letter(from: Report<'_>, title: &str, paragraphs: &[String], faults: (&[&str], Vec<Vec<String>>), made_on: Date) -> Book {
    let (heads, rows) = faults;
    let mut flow = vec![Block::Title(title.to_owned())];
    flow.extend(paragraphs.iter().map(|text| Block::Paragraph(text.clone())));
    let mut sheets = Vec::new();
    if !rows.is_empty() {
        let widths = [4, 12, 6, 6, 16];
        sheets
            .push(Sheet {
                orientation: Orientation::Portrait, ..list("问题", heads, widths.get(..heads.len()).unwrap_or(&widths), rows)
            });
        flow.push(Block::Table(0));
    }
    if !from.draft.agency.is_empty() {
        flow.push(Block::Closing(cut(&from.draft.agency)));
    }
    flow.push(Block::Closing(day(made_on)));
    Book { title: title.to_owned(), sheets, flow, ..book(from, made_on) }
}

fn book(report: Report<'_>, made_on: Date) -> Book {
    Book {
        title: String::new(),
        author: cut(&report.draft.agency),
        form: report.form.id.to_string(),
        is_foreign: report.form.is_foreign,
        year: report.draft.year,
        made_on,
        code: crate::review::code_now(report),
        links: Vec::new(),
        approval: words::approval(report),
        edition: Edition::Office,
        paper: Paper::Annex,
        sheets: Vec::new(),
        flow: Vec::new(),
        pictures: Vec::new(),
        graphs: Vec::new(),
        screens: Vec::new(),
    }
}

/// A row a body, and below them the sums.
fn rows(sum: Report<'_>, rows: Vec<UnitRow>) -> Sheet {
    let labels = ["单位", "状态"].into_iter().chain(sum.form.cells().map(|(_, cell)| &*cell.label));
    let keys = ["unit", "state"].into_iter().chain(sum.form.cells().map(|(_, cell)| &*cell.key));
    let head = |row: usize| move |(col, words): (usize, &str)| Item::new((row, col), Align::Center, Content::Head(words.to_owned()));
    let mut items: Vec<Item> = labels.enumerate().map(head(0)).chain(keys.enumerate().map(head(1))).collect();
    let num_rows = rows.len();
    for (row, unit) in (HEADS..).zip(rows) {
        items.push(Item::new((row, 0), Align::Left, Content::Text(cut(&unit.name))));
        items.push(Item::new((row, 1), Align::Center, Content::Text(unit.state)));
        for ((place, (_, cell)), entry) in sum.form.cells().enumerate().zip(unit.figures) {
            let entry = if let Entry::Money(money) = entry { Entry::Money(money.shown_in(column_unit(cell.kind))) } else { entry };
            let note = unit.mended.iter().find(|(mended, _)| *mended == place).map(|(_, why)| why.clone());
            items.push(Item { note, ..Item::new((row, place + LEFT), Align::Center, Content::Figure(entry)) });
        }
    }
    let last = HEADS + num_rows;
    items.push(Item::new((last, 0), Align::Left, Content::Head("合计".to_owned())));
    items.push(Item::new((last, 1), Align::Center, Content::Head("缺一个数就空着".to_owned())));
    for (place, (id, cell)) in sum.form.cells().enumerate() {
        let from: At = (HEADS, place + LEFT);
        let feed = Feed { sheet: ROWS.to_owned(), from, to: (last.saturating_sub(1).max(HEADS), place + LEFT) };
        let entry = sum.draft.entry(id).plain();
        let entry = if let Entry::Money(money) = entry { Entry::Money(money.shown_in(column_unit(cell.kind))) } else { entry };
        let key = format!("sum.{}", cell.key);
        let field = Field { key, kind: cell.kind, entry, unit: String::new(), sums: Vec::new(), feed: Some(feed).filter(|_| num_rows > 0) };
        items.push(Item::new((last, place + LEFT), Align::Center, Content::Field(field)));
    }
    let widths = [26, 12].into_iter().chain(sum.form.cells().map(|_| 12)).collect();
    Sheet {
        name: ROWS.to_owned(),
        title: String::new(),
        layout: Layout::Record,
        orientation: Orientation::Landscape,
        widths,
        num_rows: last + 1,
        head_rows: HEADS,
        items,
        balances: Vec::new(),
    }
}

/// An official table whose cells follow the sums.
fn fed(form: &Form, mut sheet: Sheet, num_rows: usize) -> Sheet {
    for item in &mut sheet.items {
        let Content::Field(field) = &mut item.content else { continue };
        let Some(cell) = form.cell_by_key(&field.key).filter(|_| num_rows > 0) else { continue };
        let at = (HEADS + num_rows, cell.index() + LEFT);
        field.feed = Some(Feed { sheet: ROWS.to_owned(), from: at, to: at });
        field.sums.clear();
        item.note = None;
    }
    sheet
}

fn list(name: &str, heads: &[&str], widths: &[u16], rows: Vec<Vec<String>>) -> Sheet {
    let head = |(col, words): (usize, &&str)| Item::new((0, col), Align::Center, Content::Head((*words).to_owned()));
    let mut items: Vec<Item> = heads.iter().enumerate().map(head).collect();
    let rows = if rows.is_empty() {
        vec![std::iter::once("没有".to_owned()).chain(heads.iter().skip(1).map(|_| String::new())).collect()]
    } else {
        rows
    };
    let num_rows = rows.len() + 1;
    for (row, cells) in (1..).zip(rows) {
        for (col, words) in cells.into_iter().enumerate() {
            let align = if col + 1 == heads.len() { Align::Left } else { Align::Center };
            items.push(Item::new((row, col), align, Content::Text(cut(&words))));
        }
    }
    Sheet {
        name: name.to_owned(),
        title: name.to_owned(),
        layout: Layout::List,
        orientation: Orientation::Landscape,
        widths: widths.to_vec(),
        num_rows,
        head_rows: 1,
        items,
        balances: Vec::new(),
    }
}
