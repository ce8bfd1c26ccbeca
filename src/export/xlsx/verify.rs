//! Reads a written workbook back and compares it with the book, cell by cell: words, figures, formulas with their cached
//! values, merges. Anything missing, anything else and anything more is an error that names the sheet and the cell.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Xlsx};

use super::{put, spot};
use crate::export::sheet::{At, Book, Content, Sheet, Total};
use crate::export::{ExportError, FileKind};

/// What should stand in a worksheet cell, or what does.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// A formula and its cached value.
    Formula(String, Box<Held>),
}

/// The bytes say what the book says.
///
/// # Errors
/// The first cell that differs, or why the bytes cannot be read.
pub fn verify(bytes: &[u8], book: &Book) -> Result<(), ExportError> {
    let unreadable = |sheet: &str| {
        let sheet = sheet.to_owned();
        move |err: calamine::XlsxError| ExportError::ReadBack { kind: FileKind::Xlsx, why: err.to_string(), sheet }
    };
    let mut workbook: Xlsx<_> = calamine::Reader::new(Cursor::new(bytes)).map_err(unreadable(""))?;
    let names = calamine::Reader::sheet_names(&workbook);
    for (place, sheet) in book.sheets.iter().enumerate() {
        let name = names.get(place).cloned().unwrap_or_default();
        if name != sheet.name {
            return Err(differs(&sheet.name, "工作表名称".to_owned(), sheet.name.clone(), name));
        }
        compare_cells(sheet, &read(&mut workbook, &name).map_err(unreadable(&name))?)?;
        let merges = workbook.merge_cells_by_sheet_name(&name).map_err(unreadable(&name))?;
        compare_merges(sheet, &merges.into_iter().map(range).collect())?;
    }
    match names.get(book.sheets.len()) {
        None => Ok(()),
        Some(more) => Err(differs(more, "工作表名称".to_owned(), String::new(), more.clone())),
    }
}

fn differs(sheet: &str, cell: String, expected: String, found: String) -> ExportError {
    ExportError::Differs { kind: FileKind::Xlsx, sheet: sheet.to_owned(), cell, expected, found }
}

/// Every worksheet cell that holds something.
fn read(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<BTreeMap<At, Held>, calamine::XlsxError> {
    let mut cells = BTreeMap::new();
    let mut reader = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell_with_formula()? {
        let value = match cell.value {
            DataRef::Empty => None,
            DataRef::Float(number) => Some(Held::Number(number)),
            DataRef::String(text) => Some(Held::Text(text)),
            DataRef::SharedString(text) => Some(Held::Text(text.to_owned())),
            // The writer makes no such values, so as text they are sure to differ.
            other => Some(Held::Text(format!("{other:?}"))),
        };
        let held = match (cell.formula, value) {
            (Some(formula), value) => {
                let value = value.unwrap_or_else(|| Held::Text(String::new()));
                Some(Held::Formula(formula, Box::new(value)))
            }
            (None, value) => value.filter(|value| *value != Held::Text(String::new())),
        };
        if let Some(held) = held {
            cells.insert((index(cell.pos.0), index(cell.pos.1)), held);
        }
    }
    Ok(cells)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn compare_cells(sheet: &Sheet, found: &BTreeMap<At, Held>) -> Result<(), ExportError> {
    let expected = expected(sheet);
    let cells: BTreeSet<At> = expected.keys().chain(found.keys()).copied().collect();
    match cells.into_iter().find(|at| expected.get(at) != found.get(at)) {
        None => Ok(()),
        Some(at) => Err(differs(&sheet.name, spot::name(at), words(expected.get(&at)), words(found.get(&at)))),
    }
}

/// What the sheet says must stand in each worksheet cell.
fn expected(sheet: &Sheet) -> BTreeMap<At, Held> {
    let mut cells = BTreeMap::new();
    if !sheet.title.is_empty() {
        cells.insert((0, 0), Held::Text(sheet.title.clone()));
    }
    for item in &sheet.items {
        let held = match &item.content {
            Content::Head(text) | Content::Heading(_, text) | Content::Text(text) => Held::Text(text.clone()),
            Content::Paragraph(text) => Held::Text(put::indented(text)),
            Content::Figure(entry) => entry_held(entry),
            Content::Field(field) => match sheet.total(field) {
                Some(Total::Equal) => formula(&spot::sum(sheet, &field.sums), entry_held(&field.entry)),
                _ => entry_held(&field.entry),
            },
        };
        if held != Held::Text(String::new()) {
            cells.insert((spot::first_row(sheet) + item.at.0, item.at.1), held);
        }
    }
    for (place, balance) in sheet.balances.iter().enumerate() {
        let row = spot::check_row(sheet, place);
        if balance.lines.iter().all(|(left, _)| spot::check_col(left) > 0) {
            cells.insert((row, 0), Held::Text(put::balance_words(balance)));
            cells.insert((row + 1, 0), Held::Text(put::VERDICT.to_owned()));
        }
        for line in &balance.lines {
            let text = |words: &str| Held::Text(words.to_owned());
            let (number, verdict) = match sheet.difference(line) {
                None => (text(spot::OPEN), text(spot::OPEN)),
                Some(0) => (Held::Number(0.0), text(spot::EVEN)),
                Some(off) => (entry_held(&crate::model::Entry::Whole(off)), text(spot::UNEVEN)),
            };
            let col = spot::check_col(&line.0);
            cells.insert((row, col), formula(&spot::difference(sheet, line), number));
            cells.insert((row + 1, col), formula(&spot::verdict(sheet, line), verdict));
        }
    }
    cells
}

fn entry_held(entry: &crate::model::Entry) -> Held {
    put::number(entry).map_or_else(|| Held::Text(entry.text()), Held::Number)
}

/// A formula as the file holds it, without its equals sign.
fn formula(text: &str, value: Held) -> Held {
    Held::Formula(text.trim_start_matches('=').to_owned(), Box::new(value))
}

fn words(held: Option<&Held>) -> String {
    match held {
        None => "空白".to_owned(),
        Some(Held::Text(text)) => text.clone(),
        Some(Held::Number(number)) => number.to_string(),
        Some(Held::Formula(formula, value)) => format!("={formula} → {}", words(Some(value))),
    }
}

/// First and last cell of a merge.
type Merge = (At, At);

fn range(merge: calamine::Dimensions) -> Merge {
    ((index(merge.start.0), index(merge.start.1)), (index(merge.end.0), index(merge.end.1)))
}

fn compare_merges(sheet: &Sheet, found: &BTreeSet<Merge>) -> Result<(), ExportError> {
    let first = spot::first_row(sheet);
    let span = |(row, col): At, (rows, cols): (usize, usize)| ((row, col), (row + rows - 1, col + cols - 1));
    let items = sheet.items.iter().map(|item| span((first + item.at.0, item.at.1), item.span));
    let title = (first > 0).then(|| span((0, 0), (1, sheet.widths.len())));
    let labels = sheet.balances.iter().enumerate().flat_map(|(place, balance)| {
        let cols = balance.lines.iter().map(|(left, _)| spot::check_col(left)).min().unwrap_or(0);
        let row = spot::check_row(sheet, place);
        (cols > 0).then(|| [span((row, 0), (1, cols)), span((row + 1, 0), (1, cols))]).into_iter().flatten()
    });
    let expected: BTreeSet<Merge> = items.chain(title).chain(labels).filter(|(start, end)| start != end).collect();
    match expected.symmetric_difference(found).next() {
        None => Ok(()),
        Some(merge) => {
            let name = format!("{}:{}", spot::name(merge.0), spot::name(merge.1));
            let (there, missing) = ("合并".to_owned(), "未合并".to_owned());
            let (wanted, got) = if expected.contains(merge) { (there, missing) } else { (missing, there) };
            Err(differs(&sheet.name, name, wanted, got))
        }
    }
}
