//! Blocks of cells as tabbed text, as spreadsheets and browsers put them on the clipboard.
//!
//! A block may bring its labels along. Leading columns and rows without a single figure are taken for labels: where they
//! say what the table's own lines and columns say, they decide where the figures go; else the cursor does. What does not
//! fit or cannot be read is listed before anything changes.

use std::collections::HashSet;

use crate::form::{Form, Report, Slot, Table};
use crate::model::{CellId, Entry, Kind, LINE_ENDS, MoneyUnit};

/// Rows and columns of a table's grid, both ends included.
pub type Range = ((usize, usize), (usize, usize));

/// A block read for a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Where its fields go, and their text.
    pub fields: Vec<(CellId, String)>,
    /// What does not fit or cannot be read; empty when all is well.
    pub problems: Vec<Problem>,
    /// The same figures laid across, where they stand in a column and the table has one row: to be offered.
    pub across: Option<Box<Block>>,
}

/// Something in a block that wants a look before it is pasted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A field that its cell cannot hold; it would be kept as it is, and marked.
    #[error("{label}：“{text}”{advice}")]
    Unread {
        /// The cell's name.
        label: String,
        /// The field.
        text: String,
        /// Why it cannot be read.
        advice: &'static str,
    },
    /// A label that is none of the table's; its row or column would be left out.
    #[error("表里没有“{0}”，这一行（列）不粘贴")]
    NoSuchLabel(String),
    /// Fields beyond the table's edge or on printed heads; they would be left out.
    #[error("有 {0} 个数落在表格外或表头上，不粘贴；请检查从哪一格开始粘贴")]
    Outside(usize),
    /// Fields in rows or columns of a labelled block that have no label; they would be left out.
    #[error("有 {0} 个数没有行名或者列名，不知道填到哪里，不粘贴")]
    Nameless(usize),
    /// A column of so many figures, where the table has one row.
    #[error("这是一列 {0} 个数，这张表只有一行：要横着粘贴吗")]
    Upright(usize),
}

/// Stands in a slot that a merged figure covers: there is no field. A noncharacter, which no text has.
pub(super) const COVERED: &str = "\u{fdd0}";

/// Lines and fields read from a clipboard; more is no table of ours.
const MAX_FIELDS: usize = 20_000;

/// The cells of a range as tabbed text; a slot without a cell of its own gives an empty field.
pub fn copy_block(report: Report<'_>, table: &Table, ((top, left), (bottom, right)): Range) -> String {
    let field = |row: usize, col: usize| match table.slot(row, col) {
        Some(Slot::Cell(cell)) if report.form.cell(cell).at == (row, col) => report.draft.entry(cell).shown(report.form.cell(cell).kind),
        _ => String::new(),
    };
    let line = |row: usize| (left..=right).map(|col| field(row, col)).collect::<Vec<_>>().join("\t");
    (top..=bottom).map(line).collect::<Vec<_>>().join("\n")
}

/// Reads tabbed text for the table, the cursor at `at`. Nothing is changed.
pub fn read_block(form: &Form, table: &Table, at: (usize, usize), text: &str) -> Block {
    read_block_over(form, table, (at, at), text)
}

/// Reads tabbed text for the selected range: one figure goes into every cell of it, and a block is repeated where the range
/// is a multiple of its size.
pub fn read_block_over(form: &Form, table: &Table, (at, to): Range, text: &str) -> Block {
    read_lines(form, table, (at, to), split(text))
}

fn read_lines(form: &Form, table: &Table, (at, to): Range, mut lines: Vec<Vec<String>>) -> Block {
    let names: HashSet<String> = table.heads.iter().map(|head| essence(&head.text)).filter(|name| !name.is_empty()).collect();
    let label_cols = label_cols(table, &lines, &names);
    let label_rows = label_rows(table, &lines, &names, label_cols);
    if label_cols == 0 && label_rows == 0 {
        lines = repeated(lines, (to.0.saturating_sub(at.0) + 1, to.1.saturating_sub(at.1) + 1));
    }
    let mut block = Block::default();
    let rows = target_rows(table, at.0, lines.iter().skip(label_rows).map(|line| line.iter().take(label_cols)), &mut block.problems);
    let num_cols = lines.iter().map(Vec::len).max().unwrap_or(0).saturating_sub(label_cols);
    let heads = lines.iter().take(label_rows).map(|line| line.iter().skip(label_cols));
    let cols = target_cols(table, at.1, num_cols, heads, &mut block.problems);
    if let Some(number) = upright(table, at, &lines) {
        block.problems.push(Problem::Upright(number));
        block.across = Some(Box::new(read_lines(form, table, (at, at), vec![lines.iter().flatten().cloned().collect()])));
    }
    let (mut num_outside, mut num_nameless) = (0, 0);
    for (place, (line, row)) in lines.iter().skip(label_rows).zip(rows).enumerate() {
        let is_named = lines.get(label_rows + place).is_some_and(|line| line.iter().take(label_cols).any(|label| !is_empty(label)));
        for (field, col) in line.iter().skip(label_cols).zip(&cols) {
            let (Some(row), Some(col)) = (row, *col) else {
                num_nameless += usize::from(!is_empty(field) && (row.is_some() || !is_named));
                continue;
            };
            match table.slot(row, col) {
                _ if field == COVERED => {}
                Some(Slot::Cell(cell)) if form.cell(cell).at == (row, col) => block.fields.push((cell, field.clone())),
                Some(Slot::Head(head))
                    if table.heads.get(head).is_some_and(|head| essence(&head.text) == essence(field)) && !is_figure(field) => {}
                _ if is_empty(field) => {}
                _ => num_outside += 1,
            }
        }
    }
    if num_nameless > 0 {
        block.problems.push(Problem::Nameless(num_nameless));
    }
    if num_outside > 0 {
        block.problems.push(Problem::Outside(num_outside));
    }
    let unread = block.fields.iter().filter_map(|(cell, text)| {
        let cell = form.cell(*cell);
        match Entry::read(cell.kind, text) {
            Entry::Unread { text, why } => Some(Problem::Unread { label: cell.label.to_string(), text: text.into(), advice: why.advice() }),
            Entry::Blank | Entry::Whole(_) | Entry::Money(_) | Entry::Reckoned { .. } => None,
        }
    });
    block.problems.extend(unread.collect::<Vec<_>>());
    block
}

/// How many figures stand in one column below each other, where the table has but one row for them from here on.
fn upright(table: &Table, at: (usize, usize), lines: &[Vec<String>]) -> Option<usize> {
    let is_column = lines.len() > 1 && lines.iter().all(|line| line.len() == 1);
    let has_row_only = has_cells(table, at.0) && !(at.0 + 1..table.num_rows).any(|row| has_cells(table, row));
    (is_column && has_row_only && lines.len() <= table.num_cols() - at.1).then_some(lines.len())
}

/// The lines over and over, where the selection is a multiple of their size.
fn repeated(lines: Vec<Vec<String>>, (rows, cols): (usize, usize)) -> Vec<Vec<String>> {
    let width = lines.iter().map(Vec::len).max().unwrap_or(0);
    let is_multiple = width > 0 && lines.iter().all(|line| line.len() == width) && rows % lines.len() == 0 && cols % width == 0;
    if !is_multiple || (rows, cols) == (lines.len(), width) {
        return lines;
    }
    let line = |line: &Vec<String>| line.iter().cycle().take(cols).cloned().collect();
    lines.iter().cycle().take(rows).map(line).collect()
}

/// How many leading columns are labels: as far as one names something in the table, and on over the blank slots that its
/// head covers. Blank and unreadable fields right of that are content.
fn label_cols(table: &Table, lines: &[Vec<String>], names: &HashSet<String>) -> usize {
    let columns = columns_of(lines);
    let leading = columns.iter().position(|column| column.iter().any(|field| is_figure(field))).unwrap_or(columns.len());
    let is_label = |field: &&str| names.contains(&essence(field));
    let Some(last) = columns.iter().take(leading).rposition(|column| column.iter().any(&is_label)) else { return 0 };
    let labels = columns.iter().enumerate().take(leading).flat_map(|(place, column)| column.iter().map(move |field| (place, *field)));
    let own_col = |label: &str| {
        (0..table.num_rows)
            .find_map(|row| own_head(table, row).filter(|head| essence(&head.text) == essence(label)).map(|head| (row, head.at.1)))
    };
    let ends = labels.filter(|(_, field)| is_label(field)).filter_map(|(place, field)| {
        let (row, col) = own_col(field)?;
        let first = (0..table.num_cols()).find(|col| matches!(table.slot(row, *col), Some(Slot::Cell(_))))?;
        Some(place + first.checked_sub(col)?)
    });
    let end = ends.max().unwrap_or(last + 1);
    let is_blank = |column: &Vec<&str>| column.iter().all(|field| is_empty(field));
    let is_whole = columns.len() - (last + 1) == table.columns.len() && !table.columns.is_empty();
    let covers = end <= leading && columns.iter().take(end).skip(last + 1).all(is_blank) && !is_whole;
    let label_cols = if covers { end.max(last + 1) } else { last + 1 };
    if label_cols < columns.len() { label_cols } else { 0 }
}

/// How many leading rows are heads: without a figure, and none that names a line of the table.
fn label_rows(table: &Table, lines: &[Vec<String>], names: &HashSet<String>, label_cols: usize) -> usize {
    let rows: Vec<Vec<&str>> = lines.iter().map(|line| line.iter().skip(label_cols).map(String::as_str).collect()).collect();
    let names_line = |line: &Vec<String>| {
        let label = line.iter().take(label_cols).rfind(|label| !is_empty(label));
        label.is_some_and(|label| {
            (0..table.num_rows)
                .any(|row| has_cells(table, row) && own_head(table, row).is_some_and(|head| essence(&head.text) == essence(label)))
        })
    };
    let first = lines.iter().position(names_line).unwrap_or(lines.len());
    let label_rows = leading(&rows).min(first);
    if lines.iter().take(label_rows).flatten().any(|label| names.contains(&essence(label))) { label_rows } else { 0 }
}

/// The head that names a row: the last that begins in it.
fn own_head(table: &Table, row: usize) -> Option<&crate::form::Head> {
    (0..table.num_cols()).filter_map(|col| table.head_at(row, col)).rfind(|head| head.at.0 == row)
}

/// Nothing stands in the field.
fn is_empty(field: &str) -> bool {
    field.trim().is_empty() || field == COVERED
}

/// Tabbed text as lines of fields. A quoted field may hold tabs and line feeds, as Excel writes them. Empty lines at the end
/// are no lines.
pub(super) fn split(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_end_matches(LINE_ENDS);
    let mut lines = vec![vec![String::new()]];
    let mut quoted = false;
    let mut num_fields = 1;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(line) = lines.last_mut() else { break };
        let Some(field) = line.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            '\t' if !quoted => {
                line.push(String::new());
                num_fields += 1;
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            c if !quoted && LINE_ENDS.contains(&c) => {
                lines.push(vec![String::new()]);
                num_fields += 1;
            }
            c => field.push(c),
        }
        if num_fields > MAX_FIELDS {
            break;
        }
    }
    lines
}

/// The block by columns.
fn columns_of(lines: &[Vec<String>]) -> Vec<Vec<&str>> {
    let mut columns: Vec<Vec<&str>> = vec![Vec::new(); lines.iter().map(Vec::len).max().unwrap_or(0)];
    for line in lines {
        for (column, field) in columns.iter_mut().zip(line) {
            column.push(field);
        }
    }
    columns
}

/// How many leading rows or columns hold words and not a single figure; none if that would be all of them.
fn leading(groups: &[Vec<&str>]) -> usize {
    let has_figure = |group: &Vec<&str>| group.iter().any(|field| is_figure(field));
    let has_words = |group: &Vec<&str>| group.iter().any(|field| !field.trim().is_empty());
    let Some(first) = groups.iter().position(has_figure) else { return 0 };
    if groups.iter().take(first).any(has_words) { first } else { 0 }
}

/// The field is a figure: `1.属于国家秘密` is not.
pub(super) fn is_figure(field: &str) -> bool {
    Entry::read(Kind::Money(Some(MoneyUnit::Wan)), field).value().is_some()
}

/// The grid row of each line: by its labels where they name lines of the table, else on from the cursor.
fn target_rows<'a, L>(table: &Table, from: usize, labels: impl Iterator<Item = L>, problems: &mut Vec<Problem>) -> Vec<Option<usize>>
where
    L: Iterator<Item = &'a String>,
{
    let labels: Vec<Option<&str>> =
        labels.map(|labels| labels.map(|label| label.trim()).filter(|label| !label.is_empty()).last()).collect();
    let own = |row: usize| own_head(table, row);
    let named = (0..table.num_rows).filter(|row| has_cells(table, *row)).filter_map(|row| Some((row, essence(&own(row)?.text))));
    let mut named: Vec<(usize, String)> = named.collect();
    let mut rows = Vec::new();
    for label in &labels {
        // Each line is used once and in order, for 其他 and 总计 come more than once.
        let found = label.map(essence).and_then(|label| named.iter().position(|(_, head)| *head == label));
        rows.push(found.map(|place| named.remove(place).0));
    }
    if rows.iter().all(Option::is_none) {
        return (from..from + labels.len()).map(Some).collect();
    }
    for label in labels.iter().zip(&rows).filter(|(_, row)| row.is_none()).filter_map(|(label, _)| *label) {
        problems.push(Problem::NoSuchLabel(label.to_owned()));
    }
    rows
}

/// The grid column of each field: by the heads of the block where they name columns of the table, else on from the cursor.
fn target_cols<'a, L>(
    table: &Table,
    from: usize,
    num_cols: usize,
    heads: impl Iterator<Item = L>,
    problems: &mut Vec<Problem>,
) -> Vec<Option<usize>>
where
    L: Iterator<Item = &'a String>,
{
    let plain = || (from..from + num_cols).map(Some).collect();
    let mut names = vec![String::new(); num_cols];
    for row in heads {
        for (name, field) in names.iter_mut().zip(row) {
            if !field.trim().is_empty() {
                field.trim().clone_into(name);
            }
        }
    }
    if table.columns.is_empty() || names.iter().all(String::is_empty) {
        return plain();
    }
    let first = table.num_cols() - table.columns.len();
    let above = |col: usize| (0..table.head_rows).rev().find_map(|row| table.head_at(row, col));
    let own: Vec<(usize, String)> = (first..table.num_cols()).filter_map(|col| Some((col, essence(&above(col)?.text)))).collect();
    let find = |name: String| own.iter().find(|(_, head)| *head == name).map(|(col, _)| *col);
    let cols: Vec<Option<usize>> = names.iter().map(|name| find(essence(name))).collect();
    if cols.iter().all(Option::is_none) {
        return plain();
    }
    for (name, _) in names.iter().zip(&cols).filter(|(name, col)| col.is_none() && !name.is_empty()) {
        problems.push(Problem::NoSuchLabel(name.clone()));
    }
    cols
}

fn has_cells(table: &Table, row: usize) -> bool {
    (0..table.num_cols()).any(|col| matches!(table.slot(row, col), Some(Slot::Cell(_))))
}

/// A label without its number, spaces and punctuation, for comparing.
fn essence(label: &str) -> String {
    let label = label.split_once('、').filter(|(number, _)| number.chars().count() <= 3).map_or(label, |(_, rest)| rest);
    label.chars().filter(|c| c.is_alphabetic()).collect()
}
