//! Rows of figures whose labels are torn from them: a label over three lines with the figures beside the second. What stands
//! between two rows that name their lines can be told by number, if the labels are all there and the sums bear it out.

use super::account::Place;
use super::claim::Claims;
use super::figure::{is_figure, plain};
use super::flow::Flow;
use super::lines::{Line, named};
use super::words::{allowed, letters, like};
use crate::form::Form;
use crate::model::{CellId, Entry};
use crate::read::{Page, Stretch};
use crate::rules;

/// A row of the page: its words and the figures at its end.
struct Band {
    place: Place,
    /// Its words, column by column.
    words: Vec<String>,
    values: Vec<String>,
}

/// Reads the lines that are still open.
pub(super) fn read(form: &Form, lines: &[Line], page: &Page, flow: &Flow, claims: &mut Claims) {
    let bands = bands(page);
    for table in 0..form.tables.len() {
        let own: Vec<&Line> = lines.iter().filter(|line| line.table == table).collect();
        let num = own.first().map_or(0, |line| line.cells.len());
        let has_sums = own.iter().all(|line| line.cells.len() == num && has_sum(form, line));
        if num < 5 || !has_sums || own.iter().all(|line| !claims.is_open(line)) {
            continue;
        }
        match own.as_slice() {
            [line] if line.label.is_empty() => bare(form, line, &bands, flow, claims),
            _ if heads_are_in_order(own.first(), page) => between(form, lines, &own, &bands, claims),
            _ => {}
        }
    }
}

fn has_sum(form: &Form, line: &Line) -> bool {
    sums(form, line).next().is_some()
}

/// The rules that say what one figure of the line is the sum of.
fn sums<'f>(form: &'f Form, line: &'f Line) -> impl Iterator<Item = &'f crate::form::Check> {
    form.checks()
        .map(|(_, check)| check)
        .filter(|check| check.test.equation().is_some() && check.cells.iter().all(|cell| line.cells.contains(cell)))
}

fn bands(page: &Page) -> Vec<Band> {
    let mut bands = Vec::new();
    let mut table = 0;
    for (piece, found) in page.pieces.iter().enumerate() {
        let place = |table: usize, at| Place { piece, on: found.on.clone(), table, at };
        match &found.what {
            Stretch::Text(text) => bands.extend(text.lines().map(|line| of_line(line, place(0, None)))),
            Stretch::Table(grid) => {
                table += 1;
                for row in 0..grid.size().0 {
                    let mut words: Vec<String> = grid.row(row).iter().map(|cell| plain(cell.words)).collect();
                    let first = words.iter().position(|words| !words.is_empty() && is_figure(words)).unwrap_or(words.len());
                    let values = words.split_off(first);
                    bands.push(Band { place: place(table, Some((row, 0))), words, values });
                }
            }
        }
    }
    bands
}

/// The figures at the end of a line, and the words before them where wide gaps part them.
fn of_line(line: &str, place: Place) -> Band {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let num = tokens.iter().rev().take_while(|token| token.chars().all(|c| c.is_ascii_digit())).count();
    let values: Vec<String> = tokens.iter().skip(tokens.len() - num).map(|token| (*token).to_owned()).collect();
    let words = values.iter().rev().fold(line.trim_end(), |rest, value| rest.strip_suffix(&**value).unwrap_or(rest).trim_end());
    let words = words.split("  ").map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned).collect();
    Band { place, words, values }
}

/// Rows between two that name their lines.
fn between(form: &Form, all: &[Line], own: &[&Line], bands: &[Band], claims: &mut Claims) {
    let num = own.first().map_or(0, |line| line.cells.len());
    let line_of = |band: &Band| {
        let (_, line, _) = named(all, band.words.last()?)?;
        own.iter().position(|own| std::ptr::eq(*own, line))
    };
    let full: Vec<(usize, &Band, Option<usize>)> = bands
        .iter()
        .enumerate()
        .filter(|(_, band)| (num..=num + 1).contains(&trimmed(&band.values, num)))
        .map(|(at, band)| (at, band, line_of(band)))
        .collect();
    let anchors: Vec<(usize, usize, usize)> =
        full.iter().enumerate().filter_map(|(place, (at, _, line))| Some((place, *at, (*line)?))).collect();
    for (_, at, line) in &anchors {
        if let (Some(line), Some(band)) = (own.get(*line).filter(|line| claims.is_open(line)), bands.get(*at)) {
            put(form, line, band, num, claims, "表头拆散了，按次序读，与勾稽关系相符");
        }
    }
    // Where text was taken out of a table, a label may have slipped far from its row.
    let text: Vec<char> = bands.iter().flat_map(|band| &band.words).flat_map(|words| letters(words)).collect();
    let is_there = |line: &&&Line| {
        line.labels.iter().any(|label| {
            let most = allowed(label.letters.len()) + label.letters.len() / 4;
            like(&text, &label.letters, most).is_some()
                || label.short.len() > 2 && like(&text, &label.short, allowed(label.short.len())).is_some()
        })
    };
    for pair in anchors.windows(2) {
        let [(first, _, before), (last, _, after)] = pair else { continue };
        if after <= before {
            continue;
        }
        let inner: Vec<&&Line> = own.get(before + 1..*after).unwrap_or_default().iter().filter(is_there).collect();
        let rows = full.get(first + 1..*last).unwrap_or_default();
        if inner.len() == rows.len() {
            for (line, (_, band, _)) in inner.into_iter().zip(rows) {
                if claims.is_open(line) {
                    put(form, line, band, num, claims, "标签和数不在一行，按次序读，与勾稽关系相符");
                }
            }
        }
    }
}

/// How many values there are, without empty ones behind what is needed.
fn trimmed(values: &[String], num: usize) -> usize {
    let empty = values.iter().skip(num).rev().take_while(|value| value.is_empty()).count();
    values.len() - empty
}

/// Takes the figures of a row, if the sums bear them out.
fn put(form: &Form, line: &Line, band: &Band, num: usize, claims: &mut Claims, why: &str) {
    if trimmed(&band.values, num) != num {
        return;
    }
    let text = band.values.join(" ");
    let entries: Vec<(CellId, Entry)> =
        line.cells.iter().zip(&band.values).map(|(cell, value)| (*cell, super::figure::entry(form.cell(*cell).kind, value, ""))).collect();
    let mut values = claims.values(form);
    for (cell, entry) in &entries {
        if let Some(value) = values.get_mut(cell.index()) {
            *value = entry.value();
        }
    }
    let own: Vec<Option<bool>> = sums(form, line).map(|check| rules::keeps(form, check, &values)).collect();
    let is_proved = !own.is_empty() && own.iter().all(|kept| *kept == Some(true));
    let is_crossed = |cell: &CellId| {
        form.checks_of(*cell).iter().any(|id| is_sum(form, *id) && rules::keeps(form, form.check(*id), &values) == Some(true))
    };
    let is_borne_out =
        !own.contains(&Some(false)) && entries.iter().filter(|(_, entry)| entry.value().is_some()).all(|(cell, _)| is_crossed(cell));
    if !is_proved && !is_borne_out {
        return claims.unreadable(&line.cells, &band.place, &text, "标签和数不在一行，又没有勾稽关系可以印证");
    }
    for ((cell, entry), value) in entries.into_iter().zip(&band.values) {
        match entry {
            Entry::Whole(_) | Entry::Money(_) => claims.inferred(cell, entry, band.place.clone(), value, why),
            Entry::Blank | Entry::Reckoned { .. } | Entry::Unread { .. } => claims.words(form, cell, value, "", band.place.clone()),
        }
    }
}

fn is_sum(form: &Form, id: crate::form::CheckId) -> bool {
    form.check(id).test.equation().is_some()
}

/// The one row with as many figures as a line without a label has cells, behind its heads.
fn bare(form: &Form, line: &Line, bands: &[Band], flow: &Flow, claims: &mut Claims) {
    let num = line.cells.len();
    let groups = line.heads.iter().filter_map(|heads| heads.len().checked_sub(2).and_then(|group| heads.get(group)));
    let mut groups: Vec<Vec<char>> = groups.map(|group| letters(group)).collect();
    groups.dedup();
    let are_there = groups.iter().all(|group| flow.find(group, 0, usize::MAX).is_some());
    let mut full = bands.iter().filter(|band| band.values.len() == num && band.words.iter().all(String::is_empty));
    if let (Some(band), None, true) = (full.next(), full.next(), are_there) {
        put(form, line, band, num, claims, "表头拆散了，按次序读，与勾稽关系相符");
    }
}

/// The heads of the columns stand from left to right, or one after the other, as the form has them.
fn heads_are_in_order(line: Option<&&Line>, page: &Page) -> bool {
    let Some(line) = line else { return false };
    let mut names: Vec<String> = line.nearest().map(|head| head.chars().take(2).collect()).collect();
    // The last two stand in other words as well.
    names.truncate(names.len().saturating_sub(2));
    let lines: Vec<&str> = page
        .pieces
        .iter()
        .filter_map(|piece| if let Stretch::Text(text) = &piece.what { Some(text.lines()) } else { None })
        .flatten()
        .collect();
    let Some(start) = lines.iter().position(|line| line.contains("申请人情况")) else { return false };
    // Some programs count wide signs once when they set text, some twice.
    [1, 2].into_iter().any(|wide| {
        let at = |name: &String| {
            let lines = lines.iter().enumerate().skip(start).take(MAX_HEAD);
            lines.into_iter().find_map(|(row, line)| Some((row, width(line.split_once(&**name)?.0, wide))))
        };
        let Some(found) = names.iter().map(at).collect::<Option<Vec<(usize, usize)>>>() else { return false };
        found.is_sorted_by(|a, b| a < b) || found.is_sorted_by(|a, b| a.1 < b.1)
    })
}

/// Lines that a head takes, blank ones counted.
const MAX_HEAD: usize = 30;

/// How wide words are, wide signs counted so often.
fn width(words: &str, wide: usize) -> usize {
    words.chars().map(|c| if c.is_ascii() { 1 } else { wide }).sum()
}
