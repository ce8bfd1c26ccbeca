//! A statutory table as a sheet: the official grid with the official merges.

use std::collections::BTreeMap;

use super::sheet::{Align, At, Balance, Content, Field, Item, Layout, Orientation, Sheet, Total};
use super::words;
use crate::form::{self, Basis, Cell, Chapter, Check, Comparison, Form, Report, Side, Table};
use crate::model::{CellId, Entry, Kind};

/// A table with more columns than this lies sideways.
const MAX_PORTRAIT_COLS: usize = 6;

/// Longest name of a tab that spreadsheets take, in characters.
const MAX_TAB: usize = 31;

/// The table of a chapter, filled with the draft.
pub(super) fn sheet(report: Report<'_>, chapter: &Chapter, table: &Table) -> Sheet {
    let mut items: Vec<Item> = table.heads.iter().map(head).collect();
    for (id, cell) in report.form.cells().filter(|(_, cell)| is_in(report.form, table, cell)) {
        let field = field(report, table, id, cell);
        items.push(Item { span: (1, cell.cols), ..Item::new(cell.at, Align::Center, Content::Field(field)) });
    }
    items.sort_by_key(|item| item.at);
    let sideways = table.num_cols() > MAX_PORTRAIT_COLS;
    let mut sheet = Sheet {
        name: name(chapter),
        title: chapter.title.to_string(),
        layout: Layout::Table,
        orientation: if sideways { Orientation::Landscape } else { Orientation::Portrait },
        widths: table.widths.clone(),
        num_rows: table.num_rows,
        head_rows: table.head_rows,
        items,
        balances: balances(report.form, table),
    };
    let notes: Vec<_> = sheet.items.iter().map(|item| note(&sheet, &item.content)).collect();
    let mut help = filling_notes(report.form, table);
    for (item, note) in sheet.items.iter_mut().zip(notes) {
        let help = help.remove(&item.at).map(|help| format!("填报说明：{help}"));
        item.note = match (note, help) {
            (Some(note), Some(help)) => Some(format!("{note}\n{help}")),
            (note, help) => note.or(help),
        };
    }
    sheet
}

/// The chapter's number and short name, `三、依申请公开`, in signs that spreadsheets take for a tab.
fn name(chapter: &Chapter) -> String {
    let name = match chapter.title.split_once('、') {
        Some((number, _)) => format!("{number}、{}", chapter.short),
        None => format!("{}.{}", chapter.no, chapter.short),
    };
    name.chars().filter(|&c| !"[]:*?/\\'".contains(c)).take(MAX_TAB).collect()
}

fn head(head: &form::Head) -> Item {
    let align = match head.align {
        form::Align::Center => Align::Center,
        form::Align::Left => Align::Left,
    };
    Item { span: head.span, ..Item::new(head.at, align, Content::Head(head.text.to_string())) }
}

fn is_in(form: &Form, table: &Table, cell: &Cell) -> bool {
    form.tables.get(cell.table).is_some_and(|other| other.id == table.id)
}

fn field(report: Report<'_>, table: &Table, id: CellId, cell: &Cell) -> Field {
    let entry = match report.draft.entry(id).plain() {
        Entry::Unread { text, why } => Entry::Unread { text: words::cut(&text).into(), why },
        entry => entry,
    };
    let unit = match (cell.kind, &entry) {
        (Kind::Money(None), Entry::Money(money)) => money.unit.name().to_owned(),
        (Kind::Money(None), _) => cell.unit.to_string(),
        _ => String::new(),
    };
    let check = cell.total.map(|check| report.form.check(check).test.equation());
    let sums = match (check, cell.kind) {
        (Some(Some(comparison)), Kind::Count | Kind::Change) => plain_sum(report.form, table, &comparison.right),
        _ => None,
    };
    Field { key: cell.key.to_string(), kind: cell.kind, entry, unit, sums: sums.unwrap_or_default(), feed: None }
}

/// Where the summands stand, if the side is nothing but a sum of cells of this table.
fn plain_sum(form: &Form, table: &Table, side: &Side) -> Option<Vec<At>> {
    let place = |term: &form::Term| {
        let cell = form.cell(term.cell);
        (term.factor == 100 && is_in(form, table, cell)).then_some(cell.at)
    };
    match side.constant {
        0 => side.terms.iter().map(place).collect(),
        _ => None,
    }
}

/// The equations that the form itself prints and that lie in this table.
fn balances(form: &Form, table: &Table) -> Vec<Balance> {
    let printed = form.rules.iter().enumerate().filter(|(_, rule)| rule.basis == Basis::Printed);
    let balance = |(place, rule): (usize, &form::Rule)| {
        let mut lines: Vec<(Vec<At>, Vec<At>)> = Vec::new();
        for line in form.checks.iter().filter(|check| check.rule == place).filter_map(|check| equation(form, table, check)) {
            // The running check of a line stands below its column, so that each column has room for one.
            if lines.iter().all(|other| column(other) != column(&line)) {
                lines.push(line);
            }
        }
        (!lines.is_empty()).then(|| Balance { words: rule.says.to_string(), lines })
    };
    printed.filter_map(balance).collect()
}

fn column((left, _): &(Vec<At>, Vec<At>)) -> Option<usize> {
    left.first().map(|at| at.1)
}

fn equation(form: &Form, table: &Table, check: &Check) -> Option<(Vec<At>, Vec<At>)> {
    let Comparison { left, right, .. } = check.test.equation()?;
    Some((plain_sum(form, table, left)?, plain_sum(form, table, right)?)).filter(|(left, _)| !left.is_empty())
}

/// What is to be filled in, where it is looked for: at the heads of rows and columns for cells that have help from both, at
/// the cell itself for others.
fn filling_notes(form: &Form, table: &Table) -> BTreeMap<At, String> {
    let mut notes: BTreeMap<At, String> = BTreeMap::new();
    for (_, cell) in form.cells().filter(|(_, cell)| is_in(form, table, cell)) {
        let (row, col) = cell.at;
        match cell.help.split_once('\n') {
            None => _ = notes.insert(cell.at, cell.help.to_string()),
            Some((of_row, of_column)) => {
                let left = (0..col).rev().find_map(|col| table.head_at(row, col));
                let above = (0..row).rev().find_map(|row| table.head_at(row, col));
                for (head, help) in [(left, of_row), (above, of_column)] {
                    if let Some(head) = head {
                        notes.entry(head.at).or_insert_with(|| help.to_owned());
                    }
                }
            }
        }
    }
    notes
}

/// What stands beside a field that is not what it should be.
fn note(sheet: &Sheet, content: &Content) -> Option<String> {
    let Content::Field(field) = content else { return None };
    if let Entry::Unread { text, why } = &field.entry {
        return Some(format!("填报内容“{text}”：{}", why.advice()));
    }
    let typed = field.entry.text();
    match sheet.total(field)? {
        Total::Equal => None,
        Total::Differs(sum) => Some(format!("填报数 {typed}，按公式应为 {sum}")),
        Total::Undecided(blank) => Some(format!("填报数 {typed}；应当相加的格有 {blank} 格没有填，还不能核对")),
    }
}
