//! Reads a written workbook back and compares it with the book, cell by cell: words, figures, formulas with their cached
//! values, merges. Anything missing, anything else and anything more is an error that names the sheet and the cell.
//!
//! It shares no code with the writer: where things stand, what they say and what a formula computes is worked out here from the
//! book once more, and a formula is judged by the cells it computes with, not by how it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Xlsx};

use super::refers::{Refers, refers};
use crate::export::sheet::{At, Balance, Book, Content, Feed, Field, Graph, Sheet, Total};
use crate::export::{ExportError, FileKind, cell_name, trend};
use crate::model::Entry;

/// What should stand in a worksheet cell, or what does.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    /// Words.
    Text(String),
    /// A number, by its digits: `14069`, `87.505`.
    Number(String),
    /// A formula and its cached value.
    Formula(Refers, Box<Held>),
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
    let of_graph = |graph: &Graph| vec![graph.values.iter().map(|value| Some(value.to_string())).collect()];
    let graphs = book.graphs.iter().map(|graph| (&*graph.title, of_graph(graph)));
    let pictures = book.pictures.iter().map(|figure| trend::proof::of_chart(&figure.chart));
    trend::proof::drawn(FileKind::Xlsx, bytes, "xl/charts", pictures.chain(graphs))?;
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
            DataRef::Float(number) => Some(Held::Number(number.to_string())),
            DataRef::String(text) => Some(Held::Text(text)),
            DataRef::SharedString(text) => Some(Held::Text(text.to_owned())),
            // The writer makes no such values, so as text they are sure to differ.
            other => Some(Held::Text(format!("{other:?}"))),
        };
        let held = match (cell.formula, value) {
            (Some(formula), value) => {
                let value = value.unwrap_or_else(|| Held::Text(String::new()));
                Some(Held::Formula(refers(&formula), Box::new(value)))
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
        Some(at) => Err(differs(&sheet.name, cell_name(at), words(expected.get(&at)), words(found.get(&at)))),
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
            Content::Paragraph(text) => Held::Text(indented(text)),
            Content::Figure(entry) => of_entry(entry),
            Content::Field(Field { feed: Some(feed), entry, .. }) => fed(feed, of_entry(entry)),
            Content::Field(field) => match sheet.total(field) {
                Some(Total::Equal) => formula("SUM(#)".to_owned(), &[&field.sums], sheet, of_entry(&field.entry)),
                _ => of_entry(&field.entry),
            },
        };
        if held != Held::Text(String::new()) {
            cells.insert(placed(sheet, item.at), held);
        }
    }
    for (place, balance) in sheet.balances.iter().enumerate() {
        balance_cells(sheet, balance, first_row_of(sheet, place), &mut cells);
    }
    cells
}

/// What each worksheet cell must show; of a formula its value.
pub fn shown(sheet: &Sheet) -> BTreeMap<At, String> {
    let text = |held: Held| match held {
        Held::Text(text) | Held::Number(text) => text,
        Held::Formula(_, value) => words(Some(&value)),
    };
    expected(sheet).into_iter().map(|(at, held)| (at, text(held))).collect()
}

/// A paragraph begins two characters in, unless it brings blanks of its own.
fn indented(paragraph: &str) -> String {
    let is_plain = paragraph.chars().next().is_some_and(|first| !first.is_whitespace());
    format!("{}{paragraph}", if is_plain { "\u{3000}\u{3000}" } else { "" })
}

/// Where a slot of the sheet stands in the worksheet: below the title, if there is one.
fn placed(sheet: &Sheet, (row, col): At) -> At {
    (row + usize::from(!sheet.title.is_empty()), col)
}

/// The worksheet row of a balance: two rows for each, one row below the table.
fn first_row_of(sheet: &Sheet, balance: usize) -> usize {
    placed(sheet, (sheet.num_rows, 0)).0 + 1 + 2 * balance
}

/// The difference of each line, in words below it, and what both rows are called where there is room on the left.
fn balance_cells(sheet: &Sheet, balance: &Balance, row: usize, cells: &mut BTreeMap<At, Held>) {
    if label_cols(balance) > 0 {
        cells.insert((row, 0), Held::Text(format!("{}（差额应为 0）", balance.words)));
        cells.insert((row + 1, 0), Held::Text("核对结论".to_owned()));
    }
    for line in &balance.lines {
        let text = |words: &str| Held::Text(words.to_owned());
        let (number, verdict) = match sheet.difference(line) {
            None => (text("待填"), text("待填")),
            Some(0) => (Held::Number("0".to_owned()), text("相符")),
            Some(off) => (Held::Number(off.to_string()), text("不符")),
        };
        let all = [&*line.0, &*line.1].concat();
        let is_open = format!("IF(COUNT(#)<{},\"待填\"", all.len());
        let lists: [&[At]; 3] = [&all, &line.0, &line.1];
        let col = column(&line.0);
        cells.insert((row, col), formula(format!("{is_open},SUM(#)-SUM(#))"), &lists, sheet, number));
        let verdict_shape = format!("{is_open},IF(SUM(#)-SUM(#)=0,\"相符\",\"不符\"))");
        cells.insert((row + 1, col), formula(verdict_shape, &lists, sheet, verdict));
    }
}

/// The column of a line.
fn column(left: &[At]) -> usize {
    left.first().map_or(0, |at| at.1)
}

/// The columns left of all lines.
fn label_cols(balance: &Balance) -> usize {
    balance.lines.iter().map(|(left, _)| column(left)).min().unwrap_or(0)
}

fn of_entry(entry: &Entry) -> Held {
    match entry.plain() {
        Entry::Whole(value) => Held::Number(value.to_string()),
        Entry::Money(money) => Held::Number(money.figure()),
        plain => Held::Text(plain.text()),
    }
}

/// The sum of these cells of another sheet, blank while one of them is.
fn fed(feed: &Feed, value: Held) -> Held {
    let cells: Vec<At> = (feed.from.0..=feed.to.0).flat_map(|row| (feed.from.1..=feed.to.1).map(move |col| (row, col))).collect();
    let sheet = feed.sheet.replace('\'', "''");
    let shape = format!("IF(COUNT('{sheet}'!#)<{},\"\",SUM('{sheet}'!#))", cells.len());
    Held::Formula((shape, vec![cells.clone(), cells]), Box::new(value))
}

/// A formula of this shape over these lists of the sheet's slots.
fn formula(shape: String, lists: &[&[At]], sheet: &Sheet, value: Held) -> Held {
    let cells = |list: &&[At]| {
        let mut cells: Vec<At> = list.iter().map(|at| placed(sheet, *at)).collect();
        cells.sort_unstable();
        cells
    };
    Held::Formula((shape, lists.iter().map(cells).collect()), Box::new(value))
}

fn words(held: Option<&Held>) -> String {
    match held {
        None => "空白".to_owned(),
        Some(Held::Text(text) | Held::Number(text)) => text.clone(),
        Some(Held::Formula((shape, lists), value)) => {
            let cells = |list: &Vec<At>| list.iter().map(|at| cell_name(*at)).collect::<Vec<_>>().join(",");
            format!("={shape}（{}） → {}", lists.iter().map(cells).collect::<Vec<_>>().join("；"), words(Some(value)))
        }
    }
}

/// First and last cell of a merge.
type Merge = (At, At);

fn range(merge: calamine::Dimensions) -> Merge {
    ((index(merge.start.0), index(merge.start.1)), (index(merge.end.0), index(merge.end.1)))
}

fn compare_merges(sheet: &Sheet, found: &BTreeSet<Merge>) -> Result<(), ExportError> {
    let span = |(row, col): At, (rows, cols): (usize, usize)| ((row, col), (row + rows - 1, col + cols - 1));
    let items = sheet.items.iter().map(|item| span(placed(sheet, item.at), item.span));
    let title = (!sheet.title.is_empty()).then(|| span((0, 0), (1, sheet.widths.len())));
    let labels = sheet.balances.iter().enumerate().flat_map(|(place, balance)| {
        let (cols, row) = (label_cols(balance), first_row_of(sheet, place));
        (cols > 0).then(|| [span((row, 0), (1, cols)), span((row + 1, 0), (1, cols))]).into_iter().flatten()
    });
    let expected: BTreeSet<Merge> = items.chain(title).chain(labels).filter(|(start, end)| start != end).collect();
    match expected.symmetric_difference(found).next() {
        None => Ok(()),
        Some(merge) => {
            let name = format!("{}:{}", cell_name(merge.0), cell_name(merge.1));
            let (there, missing) = ("合并".to_owned(), "未合并".to_owned());
            let (wanted, got) = if expected.contains(merge) { (there, missing) } else { (missing, there) };
            Err(differs(&sheet.name, name, wanted, got))
        }
    }
}
