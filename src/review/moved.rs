//! A report moved to another form (换表样), with a ledger: what became of every cell, and that no figure was lost on the way.
//! Where cells go is data of the newer form, see [`crate::form::Older`].

use crate::form::{Fate, Form, Report};
use crate::model::{CellId, Draft, Edit, Entry, Item, Kind, Value};

/// A report on its new form, and how it came there.
#[derive(Clone, Debug)]
pub struct Migration {
    /// The report on the new form. What is to be decided is blank.
    pub draft: Draft,
    /// Every cell of the older form, in its order.
    pub lines: Vec<Line>,
    /// Cells that the older form did not have and nothing went to, in the new form's order.
    pub new: Vec<CellId>,
    /// The totals of each table, counts and money apart.
    pub totals: Vec<Total>,
}

/// What became of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The cell of the older form.
    pub from: CellId,
    /// What stood there.
    pub entry: Entry,
    /// What became of it.
    pub fate: Fate,
    /// Cells of the new form: where it went, or where it may go.
    pub to: Vec<CellId>,
}

/// What the figures of one table add up to before and after: 件 and 项, or 分.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The table's name on the older form.
    pub table: String,
    /// It adds up money.
    pub is_money: bool,
    /// All figures of the older report.
    pub before: i128,
    /// All figures of the new draft's cells that something went to.
    pub placed: i128,
    /// Figures that a person has to distribute.
    pub to_decide: i128,
    /// Figures that the new form has no room for.
    pub gone: i128,
}

impl Total {
    /// Nothing was lost and nothing came from nowhere.
    pub fn is_proved(&self) -> bool {
        self.before == self.placed + self.to_decide + self.gone
    }
}

/// Moves a report to another form. Typed text that is no figure goes along; where several cells become one it does not, and the
/// cell stays blank.
pub fn moved(old: Report<'_>, form: &Form) -> Migration {
    let mut draft = form.draft(old.draft.agency.clone(), old.draft.year);
    draft.apply(Edit::totals(old.draft.totals()));
    let lines: Vec<Line> = old.form.cells().map(|(from, _)| line(old, form, from)).collect();
    let mut filled: Vec<CellId> = lines.iter().filter(|line| line.fate.is_placed()).flat_map(|line| line.to.iter().copied()).collect();
    filled.sort_unstable();
    filled.dedup();
    for cell in &filled {
        let parts: Vec<&Entry> =
            lines.iter().filter(|line| line.fate.is_placed() && line.to.contains(cell)).map(|line| &line.entry).collect();
        draft.apply(Edit::cell(*cell, joined(form.cell(*cell).kind, &parts)));
    }
    for (section, text) in old.draft.sections().filter(|(section, _)| form.texts().any(|(known, _)| known == *section)) {
        draft.apply(Edit::Set(Item::Text(section), Value::Text(text.to_owned())));
    }
    draft.apply(Edit::last_year(old.draft.last_year().clone()));
    let reached: Vec<CellId> = lines.iter().flat_map(|line| line.to.iter().copied()).collect();
    let new = form.cells().map(|(cell, _)| cell).filter(|cell| !reached.contains(cell)).collect();
    let totals = totals(old.form, form.report(&draft), &lines, &filled);
    Migration { draft, lines, new, totals }
}

fn line(old: Report<'_>, form: &Form, from: CellId) -> Line {
    let spec = old.form.cell(from);
    let (fate, keys) = form.fate(&old.form.id, &spec.key);
    let to: Vec<CellId> = keys.iter().filter_map(|key| form.cell_by_key(key)).collect();
    let fits = fate != Fate::Kept || to.iter().all(|cell| form.cell(*cell).kind == spec.kind);
    let entry = old.draft.entry(from).plain();
    match fate {
        Fate::Kept if to.is_empty() || !fits => Line { from, entry, fate: Fate::Unknown, to: Vec::new() },
        Fate::Kept if to.iter().any(|cell| form.cell(*cell).label != spec.label) => Line { from, entry, fate: Fate::Renamed, to },
        fate => Line { from, entry, fate, to },
    }
}

/// One entry, or the sum of several figures; blank while one of several is no figure.
fn joined(kind: Kind, parts: &[&Entry]) -> Entry {
    match parts {
        [only] => Entry::read(kind, &only.text()),
        several => {
            let sum = several.iter().try_fold(0_i64, |sum, entry| sum.checked_add(entry.value()?));
            sum.map_or(Entry::Blank, |sum| Entry::of_value(kind, sum))
        }
    }
}

fn totals(old_form: &Form, report: Report<'_>, lines: &[Line], filled: &[CellId]) -> Vec<Total> {
    let is_money = |form: &Form, cell: CellId| matches!(form.cell(cell).kind, Kind::Money(_));
    let mut totals = Vec::new();
    for (place, table) in old_form.tables.iter().enumerate() {
        for money in [false, true] {
            let here: Vec<&Line> =
                lines.iter().filter(|line| old_form.cell(line.from).table == place && is_money(old_form, line.from) == money).collect();
            let sum = |counts: &dyn Fn(&Line) -> bool| -> i128 {
                here.iter().filter(|line| counts(line)).filter_map(|line| line.entry.value()).map(i128::from).sum()
            };
            // Cells of the new draft that figures of this table went to, each once.
            let reached = filled.iter().filter(|cell| here.iter().any(|line| line.fate.is_placed() && line.to.contains(cell)));
            let placed = reached.filter(|cell| is_money(report.form, **cell) == money).filter_map(|cell| report.draft.entry(*cell).value());
            let total = Total {
                table: table.name.to_string(),
                is_money: money,
                before: sum(&|_| true),
                placed: placed.map(i128::from).sum(),
                to_decide: sum(&|line| matches!(line.fate, Fate::Split(_))),
                gone: sum(&|line| matches!(line.fate, Fate::Gone(_) | Fate::Unknown)),
            };
            if !here.is_empty() {
                totals.push(total);
            }
        }
    }
    totals
}
