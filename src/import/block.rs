//! Blocks of cells as tabbed text, as spreadsheets and browsers put them on the clipboard.
//!
//! A block may bring its labels along. Leading columns and rows without a single figure are taken for labels: where they
//! say what the table's own lines and columns say, they decide where the figures go; else the cursor does. What does not
//! fit or cannot be read is listed before anything changes.

use std::collections::HashSet;

use crate::form::{Form, Slot, Table};
use crate::model::{CellId, Draft, Entry, Kind, MoneyUnit};

/// Rows and columns of a table's grid, both ends included.
pub type Range = ((usize, usize), (usize, usize));

/// A block read for a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Where its fields go, and their text.
    pub fields: Vec<(CellId, String)>,
    /// What does not fit or cannot be read; empty when all is well.
    pub problems: Vec<Problem>,
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
}

/// Lines and fields read from a clipboard; more is no table of ours.
const MAX_FIELDS: usize = 20_000;

/// The cells of a range as tabbed text; a slot without a cell of its own gives an empty field.
pub fn copy_block(form: &Form, draft: &Draft, table: &Table, ((top, left), (bottom, right)): Range) -> String {
    let field = |row: usize, col: usize| match table.slot(row, col) {
        Some(Slot::Cell(cell)) if form.cell(cell).at == (row, col) => draft.entry(cell).shown(form.cell(cell).kind),
        _ => String::new(),
    };
    let line = |row: usize| (left..=right).map(|col| field(row, col)).collect::<Vec<_>>().join("\t");
    (top..=bottom).map(line).collect::<Vec<_>>().join("\n")
}

/// Reads tabbed text for the table, the cursor at `at`. Nothing is changed.
pub fn read_block(form: &Form, table: &Table, at: (usize, usize), text: &str) -> Block {
    let lines = split(text);
    // Words that name nothing in the table are no labels: they stay in their place and are asked about.
    let label_cols = leading(&columns_of(&lines));
    let mut names: HashSet<String> = table.heads.iter().map(|head| essence(&head.text)).collect();
    names.remove("");
    let names_line = |label: &String| names.contains(&essence(label));
    let label_cols = if lines.iter().flat_map(|line| line.iter().take(label_cols)).any(names_line) { label_cols } else { 0 };
    let label_rows = leading(&lines.iter().map(|line| line.iter().skip(label_cols).map(String::as_str).collect()).collect::<Vec<_>>());
    let label_rows = if lines.iter().take(label_rows).flatten().any(names_line) { label_rows } else { 0 };
    let mut block = Block::default();
    let rows = target_rows(table, at.0, lines.iter().skip(label_rows).map(|line| line.iter().take(label_cols)), &mut block.problems);
    let num_cols = lines.iter().map(Vec::len).max().unwrap_or(0).saturating_sub(label_cols);
    let heads = lines.iter().take(label_rows).map(|line| line.iter().skip(label_cols));
    let cols = target_cols(table, at.1, num_cols, heads, &mut block.problems);
    let mut num_outside = 0;
    for (line, row) in lines.iter().skip(label_rows).zip(rows) {
        let Some(row) = row else { continue };
        for (field, col) in line.iter().skip(label_cols).zip(&cols) {
            let Some(col) = *col else { continue };
            match table.slot(row, col) {
                Some(Slot::Cell(cell)) if form.cell(cell).at == (row, col) => block.fields.push((cell, field.clone())),
                Some(Slot::Cell(_)) if field.trim().is_empty() => {}
                _ if is_figure(field) => num_outside += 1,
                _ => {}
            }
        }
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

/// Tabbed text as lines of fields. A quoted field may hold tabs and line feeds, as Excel writes them.
fn split(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
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
            '\n' if !quoted => {
                lines.push(vec![String::new()]);
                num_fields += 1;
            }
            '\r' if !quoted => {}
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
fn is_figure(field: &str) -> bool {
    Entry::read(Kind::Money(Some(MoneyUnit::Wan)), field).value().is_some()
}

/// The grid row of each line: by its labels where they name lines of the table, else on from the cursor.
fn target_rows<'a, L>(table: &Table, from: usize, labels: impl Iterator<Item = L>, problems: &mut Vec<Problem>) -> Vec<Option<usize>>
where
    L: Iterator<Item = &'a String>,
{
    let labels: Vec<Option<&str>> =
        labels.map(|labels| labels.map(|label| label.trim()).filter(|label| !label.is_empty()).last()).collect();
    let own = |row: usize| (0..table.num_cols()).filter_map(|col| table.head_at(row, col)).rfind(|head| head.at.0 == row);
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
