//! Last year's figures beside this year's (上年对照), a cell a row: the official tables have no room for them.

use super::sheet::{Align, Content, Item, Layout, Orientation, Sheet};
use super::words;
use crate::form::{Form, Report};
use crate::model::{CellId, Draft, Entry, Money};
use crate::rules;

/// Heads of the columns.
const HEADS: [&str; 4] = ["指标", "上年", "本年", "增减"];

/// Relative column widths.
const WIDTHS: [u16; 4] = [60, 10, 10, 10];

/// Every cell in form order. `prior` is laid out on the same form; what the forms do not share is blank in it.
pub(super) fn sheet(report: Report<'_>, prior: &Draft) -> Sheet {
    let Report { form, draft } = report;
    let heads = HEADS.iter().enumerate().map(|(col, text)| Item::new((0, col), Align::Center, Content::Head((*text).to_owned())));
    let mut items: Vec<Item> = heads.collect();
    for (row, (id, cell)) in (1..).zip(form.cells()) {
        let (old, new) = (prior.entry(id), draft.entry(id));
        let figures = [content(form, id, old), content(form, id, new), change(form, id, old, new)];
        items.push(Item::new((row, 0), Align::Left, Content::Text(cell.label.to_string())));
        items.extend((1..).zip(figures).map(|(col, content)| Item::new((row, col), Align::Center, content)));
    }
    Sheet {
        name: "上年对照".to_owned(),
        title: format!("{}年与{}年对照", draft.year, prior.year),
        layout: Layout::List,
        orientation: Orientation::Landscape,
        widths: WIDTHS.to_vec(),
        num_rows: form.cells.len() + 1,
        head_rows: 1,
        items,
        balances: Vec::new(),
    }
}

/// A count as a number; money with its unit, whichever it was typed in.
fn content(form: &Form, id: CellId, entry: &Entry) -> Content {
    match entry.plain() {
        Entry::Blank => Content::Text(String::new()),
        plain @ Entry::Whole(_) => Content::Figure(plain),
        plain => Content::Text(words::cut(&rules::figure(form, id, &plain))),
    }
}

/// This year's less last year's; nothing where one of them is no figure.
fn change(form: &Form, id: CellId, old: &Entry, new: &Entry) -> Content {
    let change = match (old.plain(), new.plain()) {
        (Entry::Whole(old), Entry::Whole(new)) => new.checked_sub(old).map(Entry::Whole),
        (Entry::Money(old), Entry::Money(new)) => {
            new.fen.checked_sub(old.fen).map(|fen| Entry::Money(Money { fen, unit: words::column_unit(form.cell(id).kind) }))
        }
        _ => None,
    };
    change.map_or_else(|| Content::Text(String::new()), |change| content(form, id, &change))
}
