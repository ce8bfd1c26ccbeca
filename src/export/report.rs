//! A draft with its findings → the book: every sheet that leaves the house, in reading order.

use jiff::civil::Date;

use super::sheet::Edition;
use super::sheet::{Align, Book, Content, Item, Layout, Orientation, Paper, Sheet};
use super::words::{approval, column_unit, cut, day, form_name, tally, title};
use super::{against, flow, prose, results, table};
use crate::form::{Body, Report};
use crate::model::{Draft, Entry};
use crate::review;
use crate::rules::claims::link;
use crate::rules::{self, Finding};

/// The whole report; beside last year's, laid out on this year's form, where it is known.
pub fn book(report: Report<'_>, prior: Option<&Draft>, made_on: Date) -> Book {
    let Report { form, draft } = report;
    let (findings, explanations) = (rules::check(report), rules::explanations(report));
    let mut book = Book {
        title: title(draft),
        author: cut(&draft.agency),
        form: form.id.to_string(),
        is_foreign: form.is_foreign,
        year: draft.year,
        made_on,
        code: review::code_now(report),
        links: link::marks(draft),
        approval: approval(report),
        edition: Edition::Office,
        paper: Paper::Official,
        sheets: Vec::new(),
        flow: Vec::new(),
        pictures: Vec::new(),
        graphs: Vec::new(),
        screens: Vec::new(),
    };
    let mut sheets = vec![cover(report, &findings, &book)];
    for chapter in &form.chapters {
        if let Body::Table(place) = chapter.body
            && let Some(printed) = form.tables.get(place)
        {
            sheets.push(table::sheet(report, chapter, printed));
        }
    }
    sheets.push(prose::sheet(report));
    sheets.push(results::sheet(report, &findings, &explanations));
    sheets.extend(prior.map(|prior| against::sheet(report, prior)));
    sheets.push(record(report));
    book.flow = flow::flow(report, &sheets, made_on);
    book.sheets = sheets;
    book
}

/// Who reports on what, on which form, made when and with what; lines for those who sign.
fn cover(report: Report<'_>, findings: &[Finding], book: &Book) -> Sheet {
    let Report { form, draft } = report;
    let filled = draft.entries().iter().filter(|entry| !entry.is_blank()).count();
    let lines = [
        ("单位全称", cut(&draft.agency)),
        ("报告年度", format!("{}年", draft.year)),
        ("表样", form_name(form)),
        ("文号", form.document.to_string()),
        ("编制日期", day(book.made_on)),
        ("编制程序", format!("勾稽 {}", env!("CARGO_PKG_VERSION"))),
        ("填报进度", format!("共 {} 格，已填 {filled} 格", form.cells.len())),
        ("校验结果", tally(form, findings)),
        ("核对码", book.standing()),
        ("填报人", String::new()),
        ("审核人", String::new()),
        ("签发人", String::new()),
        ("联系电话", String::new()),
    ];
    // Behind the lines that are always there: who reads a workbook back finds those in their places.
    let last_year = rules::ground_words(report).into_iter().map(|(label, text)| (label, cut(&text)));
    let mut items = Vec::new();
    for (row, (label, text)) in lines.into_iter().chain(last_year).enumerate() {
        items.push(Item::new((row, 0), Align::Center, Content::Head(label.to_owned())));
        items.push(Item::new((row, 1), Align::Left, Content::Text(text)));
    }
    Sheet {
        name: "填报信息".to_owned(),
        title: book.title.clone(),
        layout: Layout::Cover,
        orientation: Orientation::Portrait,
        widths: vec![1, 4],
        num_rows: items.len() / 2,
        head_rows: 0,
        items,
        balances: Vec::new(),
    }
}

/// One row of values under their names and keys, so that rows of many agencies can be stacked. Money stands in the unit of its
/// column, whatever unit was typed.
fn record(report: Report<'_>) -> Sheet {
    let about = [
        ("单位全称".to_owned(), "agency".to_owned(), Content::Text(cut(&report.draft.agency))),
        ("年度".to_owned(), "year".to_owned(), Content::Figure(Entry::Whole(i64::from(report.draft.year)))),
        ("表样".to_owned(), "form".to_owned(), Content::Text(report.draft.form.to_string())),
    ];
    let cells = report.form.cells().map(|(id, cell)| {
        let content = match report.draft.entry(id).plain() {
            Entry::Unread { text, .. } => Content::Text(cut(&text)),
            Entry::Money(money) => Content::Figure(Entry::Money(money.shown_in(column_unit(cell.kind)))),
            Entry::Blank => Content::Text(String::new()),
            plain => Content::Figure(plain),
        };
        (cell.label.to_string(), cell.key.to_string(), content)
    });
    let columns: Vec<(String, String, Content)> = about.into_iter().chain(cells).collect();
    let widths: Vec<u16> = columns.iter().map(|(_, key, _)| if key == "agency" { 30 } else { 14 }).collect();
    let head = |row: usize, words: Vec<String>| {
        words.into_iter().enumerate().map(move |(col, words)| Item::new((row, col), Align::Center, Content::Head(words)))
    };
    // Names for people, then keys for machines.
    let names = head(0, columns.iter().map(|(name, ..)| name.clone()).collect());
    let keys = head(1, columns.iter().map(|(_, key, _)| key.clone()).collect());
    let values = columns.into_iter().enumerate().map(|(col, (.., value))| Item::new((2, col), Align::Center, value));
    Sheet {
        name: "汇总行".to_owned(),
        title: String::new(),
        layout: Layout::Record,
        orientation: Orientation::Landscape,
        widths,
        num_rows: 3,
        head_rows: 2,
        items: names.chain(keys).chain(values).collect(),
        balances: Vec::new(),
    }
}
