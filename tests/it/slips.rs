//! What becomes of random slips: explained rightly, passed over in silence, never wrongly. Slips are made as clerks make
//! them, on made-up figures that add up.

use std::collections::BTreeMap;

use gouji::form::{Form, Severity, Slot};
use gouji::model::{CellId, Draft, Edit, Entry, Totals};
use gouji::rules;

use crate::support::{Dice, catalog, consistent};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mishap {
    One,
    Two,
    Three,
    Swap,
    Row,
    Column,
    TotalColumn,
    TotalRow,
}

use Mishap::{Column, One, Row, Swap, Three, TotalColumn, TotalRow, Two};

const MISHAPS: [Mishap; 8] = [One, Two, Three, Swap, Row, Column, TotalColumn, TotalRow];

/// The wrong cells of a draft with what they should be.
type Truth = BTreeMap<CellId, i64>;

fn cells(form: &Form, totals: Totals) -> Vec<CellId> {
    form.cells().filter(|(_, cell)| cell.table == 1 && (totals == Totals::Typed || cell.total.is_none())).map(|(id, _)| id).collect()
}

fn figure(draft: &Draft, cell: CellId) -> i64 {
    draft.entry(cell).value().unwrap()
}

/// The cell's figure as a clerk mistypes it; `None` where this slip changes nothing.
fn mistyped(form: &Form, draft: &Draft, cell: CellId, dice: &mut Dice) -> Option<i64> {
    let value = figure(draft, cell);
    let mut digits = value.to_string().into_bytes();
    let place = dice.roll(u32::try_from(digits.len()).unwrap()) as usize;
    match dice.roll(5) {
        0 if place + 1 < digits.len() => digits.swap(place, place + 1),
        1 => digits.insert(place, b'0' + u8::try_from(dice.roll(10)).unwrap()),
        2 if digits.len() > 1 => drop(digits.remove(place)),
        3 => digits[place] = b'0' + u8::try_from(dice.roll(10)).unwrap(),
        4 => {
            let (row, col) = form.cell(cell).at;
            let Slot::Cell(beside) = form.tables[1].slot(row + usize::from(dice.roll(2) == 0), col.saturating_sub(1))? else { return None };
            return Some(figure(draft, beside)).filter(|other| *other != value);
        }
        _ => return None,
    }
    String::from_utf8(digits).unwrap().parse().ok().filter(|other| *other != value)
}

/// The cells of a row or column of table 三 that can be typed.
fn line(form: &Form, at: usize, is_row: bool, totals: Totals) -> Vec<CellId> {
    let in_line = |cell: &CellId| if is_row { form.cell(*cell).at.0 == at } else { form.cell(*cell).at.1 == at };
    cells(form, totals).into_iter().filter(in_line).collect()
}

/// What stands in the wrong cells after the mishap; empty where there is no room for it.
fn mishap(form: &Form, draft: &Draft, what: Mishap, totals: Totals, dice: &mut Dice) -> BTreeMap<CellId, i64> {
    let all = cells(form, totals);
    let mut wrong = BTreeMap::new();
    let many = |wrong: &mut BTreeMap<CellId, i64>, number: usize, dice: &mut Dice| {
        while wrong.len() < number {
            let cell = dice.pick(&all);
            if let Some(value) = mistyped(form, draft, cell, dice) {
                wrong.insert(cell, value);
            }
        }
    };
    match what {
        One => many(&mut wrong, 1, dice),
        Two => many(&mut wrong, 2, dice),
        Three => many(&mut wrong, 3, dice),
        Swap => {
            let [one, other] = [dice.pick(&all), dice.pick(&all)];
            wrong.extend([(one, figure(draft, other)), (other, figure(draft, one))]);
        }
        Row | Column => {
            let at = form.cell(dice.pick(&all)).at;
            let at = if what == Row { at.0 } else { at.1 };
            let [own, next] = [at, at + 1].map(|at| line(form, at, what == Row, totals));
            // What stood in the next line is lost, unless there was nothing but zeros.
            if own.len() == next.len() && next.iter().all(|cell| figure(draft, *cell) == 0) {
                wrong.extend(next.iter().zip(&own).map(|(next, own)| (*next, figure(draft, *own))));
                wrong.extend(own.iter().map(|cell| (*cell, 0)));
            }
        }
        TotalColumn => wrong.extend(line(form, 9, false, Totals::Typed).into_iter().map(|cell| (cell, 0))),
        TotalRow => {
            let (_, row) = form.tables[1].lines.iter().find(|(key, _)| **key == *"total").unwrap();
            wrong.extend(line(form, *row, true, Totals::Typed).into_iter().map(|cell| (cell, 0)));
        }
    }
    wrong.retain(|cell, value| figure(draft, *cell) != *value);
    wrong
}

fn with(form: &Form, draft: &Draft, figures: &BTreeMap<CellId, i64>) -> Draft {
    let mut draft = draft.clone();
    for (cell, value) in figures {
        draft.apply(Edit::cell(*cell, Entry::Whole(*value)));
    }
    if draft.totals() == Totals::Computed {
        rules::compute_totals(form, &mut draft);
    }
    draft
}

fn errors(form: &Form, draft: &Draft) -> usize {
    rules::check(form.report(draft)).iter().filter(|finding| finding.is_fail() && finding.severity(form) == Severity::Error).count()
}

/// How the advice fares.
#[derive(Debug, Default)]
struct Tally {
    right: usize,
    /// Some of the wrong cells, all of them rightly.
    partly: usize,
    listed: usize,
    silent: usize,
    /// No sum is broken: nothing there to explain.
    unseen: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn count(&mut self, form: &Form, draft: &Draft, truth: &Truth) {
        let explanations = rules::explanations(form.report(draft));
        let claims = rules::claimed(&explanations);
        let before = errors(form, draft);
        let is_right = |suspect: &rules::Suspect| truth.get(&suspect.cell).copied() == suspect.should_be.value();
        for way in explanations.iter().flat_map(|explanation| &explanation.ways) {
            let mended = way.suspects.iter().map(|suspect| (suspect.cell, suspect.should_be.value().unwrap())).collect();
            assert!(errors(form, &with(form, draft, &mended)) <= before, "{way:?} leaves more errors");
        }
        if let Some(wrong) = claims.iter().find(|suspect| !is_right(suspect)) {
            let truth: Vec<_> =
                truth.iter().map(|(cell, value)| format!("{} {}→{value}", form.cell(*cell).key, figure(draft, *cell))).collect();
            self.wrong.push(format!(
                "{} {:?}→{:?} {:?} for {truth:?}",
                form.cell(wrong.cell).key,
                wrong.typed,
                wrong.should_be,
                wrong.slip
            ));
        } else if claims.len() == truth.len() {
            self.right += 1;
        } else if !claims.is_empty() {
            self.partly += 1;
        } else if explanations.iter().any(|explanation| explanation.ways.iter().any(|way| way.suspects.iter().all(is_right))) {
            self.listed += 1;
        } else if before == 0 {
            self.unseen += 1;
        } else {
            self.silent += 1;
        }
    }
}

/// As many random slips of each kind on this form.
fn study(form: &Form, totals: Totals, number: usize, seed: u64) -> Vec<(Mishap, Tally)> {
    let mut dice = Dice(seed);
    let mut tallies = Vec::new();
    for what in MISHAPS {
        if totals == Totals::Computed && matches!(what, TotalColumn | TotalRow) {
            continue;
        }
        let mut tally = Tally::default();
        let mut num_left = number;
        while num_left > 0 {
            let mut right = consistent(form, &mut dice);
            if what == Column {
                // Columns of nothing but zeros are rare by chance, and common in offices.
                let at = 3 + dice.roll(6) as usize;
                let column = line(form, at, false, Totals::Computed).into_iter().map(|cell| (cell, 0)).collect();
                right = with(form, &right, &column);
                rules::compute_totals(form, &mut right);
            }
            right.apply(Edit::totals(totals));
            let wrong = mishap(form, &right, what, totals, &mut dice);
            if wrong.is_empty() {
                continue;
            }
            let truth = wrong.keys().map(|cell| (*cell, figure(&right, *cell))).collect();
            tally.count(form, &with(form, &right, &wrong), &truth);
            num_left -= 1;
        }
        tallies.push((what, tally));
    }
    tallies
}

#[test]
fn of_two_thousand_random_slips_none_is_explained_wrongly() {
    let mut wrong = Vec::new();
    println!("form, totals, slip: rightly, some of it, among others, silent, not to be seen, wrong");
    for form in catalog().forms() {
        for totals in [Totals::Typed, Totals::Computed] {
            for (what, tally) in study(form, totals, 72, 12) {
                let Tally { right, partly, listed, silent, unseen, wrong: ref wrongly } = tally;
                println!("{} {totals:?} {what:?}: {right} {partly} {listed} {silent} {unseen} {}", form.id, wrongly.len());
                if (what, totals) == (One, Totals::Typed) {
                    assert_eq!((right, 72), (72, right), "every single slip is found");
                }
                if matches!(what, TotalColumn | TotalRow) {
                    assert_eq!(right, 72, "{what:?}");
                }
                wrong.extend(wrongly.iter().map(|wrong| format!("{} {totals:?} {what:?}: {wrong}", form.id)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
