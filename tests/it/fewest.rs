//! How many keys a clerk presses for the tables of a published report, both ways of totals, beside the same figures in Excel with
//! formulas for the totals. What the keys made of the draft is held against the figures.

use std::collections::BTreeMap;

use gouji::form::Form;
use gouji::model::{CellId, Edit, Totals};
use gouji::ui::Command;

use crate::stage::{self, Window};
use crate::support;

/// A report's figures, to be typed.
pub struct Task {
    pub form: std::sync::Arc<Form>,
    pub figures: BTreeMap<CellId, String>,
}

impl Task {
    /// The published report of this number.
    pub fn of(name: &str) -> Self {
        let report = support::published().into_iter().find(|report| report.name == name).unwrap();
        let form = support::catalog().by_id(&report.form).unwrap();
        let figure = |pair: &String| {
            let (key, text) = pair.split_once('=').unwrap();
            (form.cell_by_key(key).unwrap(), text.to_owned())
        };
        let figures = report.cells.iter().map(figure).collect();
        Self { form, figures }
    }

    fn is_zero(&self, cell: CellId) -> bool {
        self.figures[&cell] == "0"
    }

    /// The lines of a table as the program sees them: each with its total at the end, where it has one of its own.
    fn lines(&self, table: usize) -> Vec<(Vec<CellId>, Option<CellId>)> {
        let session = gouji::session::Session::new(self.form.clone(), self.form.draft(String::new(), self.form.years.0));
        let mut lines: Vec<(Vec<CellId>, Option<CellId>)> = Vec::new();
        for (id, _) in self.form.cells().filter(|(_, cell)| cell.table == table) {
            if lines.iter().any(|(line, total)| line.contains(&id) || *total == Some(id)) {
                continue;
            }
            let mut line = session.line(id);
            let sums_up = |cell: &CellId| session.parts(*cell).iter().any(|part| line.contains(part));
            let total = line.iter().copied().find(sums_up).or_else(|| line.last().copied().filter(|last| self.is_total(*last)));
            line.retain(|cell| Some(*cell) != total);
            lines.push((line, total));
        }
        lines
    }

    fn is_total(&self, cell: CellId) -> bool {
        self.form.cell(cell).total.is_some()
    }

    /// The keys for a table, as key scripts write them: figures, Tab, Enter, Space.
    pub fn keys(&self, table: usize, totals: Totals) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for (line, total) in self.lines(table) {
            if totals == Totals::Computed && line.iter().all(|cell| self.is_total(*cell)) {
                continue;
            }
            let last = line.iter().rposition(|cell| !self.is_zero(*cell));
            for (place, cell) in line.iter().enumerate().take(last.map_or(0, |last| last + 1)) {
                if !self.is_zero(*cell) {
                    keys.push(self.figures[cell].clone());
                }
                keys.push(if Some(place) == last { "Space" } else { "Tab" }.to_owned());
            }
            match total {
                _ if last.is_none() => keys.push("Space".to_owned()),
                Some(total) if totals == Totals::Typed => keys.extend([self.figures[&total].clone(), "Enter".to_owned()]),
                _ => {}
            }
        }
        keys
    }

    /// The fewest keys that figures and typed totals take in any program: every one that is not 0, and a key to leave it. Moving on
    /// costs nothing, nor do zeros.
    fn least_with_totals(&self) -> usize {
        self.figures.iter().filter(|(cell, _)| !self.is_zero(**cell)).map(|(_, figure)| figure.len() + 1).sum()
    }

    /// In Excel: every cell that is no total, with the key that leaves it.
    fn excel(&self, table: usize) -> usize {
        let typed = self.form.cells().filter(|(_, cell)| cell.table == table && cell.total.is_none());
        typed.map(|(id, _)| self.figures[&id].len() + 1).sum()
    }

    /// Of the keys pressed for typed totals those that type totals, and leave them.
    fn keys_of_totals(&self) -> usize {
        let tables = 0..self.form.tables.len();
        let totals = tables.flat_map(|table| self.lines(table)).flat_map(|(line, total)| {
            let of_line = line.iter().copied().filter(|cell| self.is_total(*cell)).collect::<Vec<_>>();
            of_line.into_iter().chain(total)
        });
        let typed = totals.filter(|cell| !self.is_zero(*cell));
        typed.map(|cell| self.figures[&cell].len() + 1).sum()
    }

    /// A table as a block of cells, as it is copied: a line a row.
    pub fn block(&self, table: usize) -> Vec<Vec<String>> {
        let spec = &self.form.tables[table];
        let figure = |line: &str, column: &str| self.figures[&self.form.cell_by_key(&format!("{line}.{column}")).unwrap()].clone();
        spec.lines.iter().map(|(line, _)| spec.columns.iter().map(|column| figure(line, column)).collect()).collect()
    }

    /// The fewest keys by which the same block comes into Excel where totals are formulas: lines of parts that lie together are a piece,
    /// and each piece is selected, copied, gone to and pasted. A block over everything would put figures in the formulas' place.
    pub fn excel_pasted(&self, table: usize) -> usize {
        let spec = &self.form.tables[table];
        let cell = |line: &str, column: &str| self.form.cell_by_key(&format!("{line}.{column}")).unwrap();
        let has_parts = |line: &str| spec.columns.iter().any(|column| !self.is_total(cell(line, column)));
        let parts: Vec<bool> = spec.lines.iter().map(|(line, _)| has_parts(line)).collect();
        let pieces = parts.chunk_by(|one, other| one == other).filter(|piece| piece[0]).count();
        pieces * ["select", "copy", "go to", "paste"].len()
    }

    /// In Excel by somebody who leaves zeros out and fills them at the end by 定位条件 → 空值: Ctrl+A, Ctrl+G, Alt+S, K, Enter, 0,
    /// Ctrl+Enter.
    fn clever_excel(&self, table: usize) -> usize {
        let lines = self.lines(table).into_iter().filter(|(line, _)| !line.iter().all(|cell| self.is_total(*cell)));
        let keys = lines.map(|(line, _)| {
            let last = line.iter().rposition(|cell| !self.is_zero(*cell)).unwrap_or(0);
            let figures = line.iter().filter(|cell| !self.is_zero(**cell)).map(|cell| self.figures[cell].len());
            figures.sum::<usize>() + last + 1
        });
        keys.sum::<usize>() + 7
    }
}

/// Keys in a script: each sign of a figure is one.
pub fn count(keys: &[String]) -> usize {
    keys.iter().map(|key| if key.starts_with(|c: char| c.is_ascii_digit()) { key.len() } else { 1 }).sum()
}

fn blank_report(task: &Task, totals: Totals) -> Window {
    let mut window = stage::window();
    let mut draft = task.form.draft("某县某局".to_owned(), task.form.years.1.unwrap_or(task.form.years.0));
    draft.apply(Edit::totals(totals));
    window.state_mut().show(task.form.clone(), draft, None);
    window.run();
    window
}

fn press(window: &mut Window, keys: &[String]) {
    for key in keys {
        if key.starts_with(|c: char| c.is_ascii_digit()) {
            window.event(egui::Event::Text(key.clone()));
            window.run();
        } else {
            stage::keys(window, key);
        }
    }
}

#[test]
fn a_report_takes_fewer_keys_than_excel_with_formulas() {
    for name in ["007", "016"] {
        let task = Task::of(name);
        for totals in [Totals::Typed, Totals::Computed] {
            let mut window = blank_report(&task, totals);
            let (mut ours, mut excel, mut clever) = (0, 0, 0);
            for (place, table) in task.form.tables.iter().enumerate() {
                let keys = task.keys(place, totals);
                stage::run(&mut window, Command::Chapter(table.chapter));
                press(&mut window, &keys);
                let here = (count(&keys), task.excel(place), task.clever_excel(place));
                println!("{name} {totals:?} {}: {} keys; Excel {}, with blanks filled at the end {}", table.name, here.0, here.1, here.2);
                (ours, excel, clever) = (ours + here.0, excel + here.1, clever + here.2);
                if place == 1 {
                    assert!(here.0 < here.1, "table three alone");
                }
            }
            let draft = window.state().work().unwrap().session.draft();
            for (id, cell) in task.form.cells() {
                let stands = draft.entry(id).value();
                assert_eq!(stands, gouji::model::Entry::read(cell.kind, &task.figures[&id]).value(), "{name} {totals:?} {}", cell.key);
            }
            println!("{name} {totals:?}: {ours} keys; Excel {excel}, with blanks filled at the end {clever}");
            assert!(ours < excel);
            assert!(totals == Totals::Typed || ours < clever, "without totals to type: fewer than the cleverest in Excel, too");
            // Typed totals are more keys than that, whatever is done about the rest: their figures alone are. They are there to find
            // slips, which formulas cannot. What is not a total takes fewer keys here as well.
            let (least, checks) = (task.least_with_totals(), task.keys_of_totals());
            println!("{name}: with totals typed no program takes fewer than {least}; the totals are {checks} of the keys");
            assert!(least > clever, "it could be done with fewer: look for the way");
            assert!(totals == Totals::Computed || ours - checks < clever);
        }
    }
}

/// What is pasted as a whole takes fewer keys than in Excel with formulas, in both ways of totals: pasted totals are held against the
/// computed ones. Through Calc's own clipboard: `calc.rs`.
#[test]
fn a_pasted_table_takes_fewer_keys_than_excel_with_formulas() {
    for name in ["007", "016"] {
        let task = Task::of(name);
        let words: String = task.block(1).iter().map(|row| row.join("\t") + "\n").collect();
        for totals in [Totals::Typed, Totals::Computed] {
            let mut window = blank_report(&task, totals);
            stage::run(&mut window, Command::Chapter(task.form.tables[1].chapter));
            stage::keys(&mut window, "Ctrl+Home");
            window.event(egui::Event::Paste(words.clone()));
            window.run();
            let draft = window.state().work().unwrap().session.draft();
            for (id, cell) in task.form.cells().filter(|(_, cell)| cell.table == 1) {
                let stands = draft.entry(id).value();
                assert_eq!(stands, gouji::model::Entry::read(cell.kind, &task.figures[&id]).value(), "{name} {totals:?} {}", cell.key);
            }
            let (ours, excel) = (CALC_KEYS.split_whitespace().count() + OUR_KEYS.split_whitespace().count(), task.excel_pasted(1));
            println!("{name} {totals:?}: pasted with {ours} keys; Excel with formulas {excel}");
            assert!(ours < excel);
        }
    }
}

/// The whole sheet of Calc on its clipboard.
pub const CALC_KEYS: &str = "ctrl+Home ctrl+shift+End ctrl+c";
/// From the clipboard into the table.
pub const OUR_KEYS: &str = "ctrl+Home ctrl+v";
