//! Where the cells of the form stand in the workbook: by the names that the export gave them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{ImportError, titles};
use crate::form::{Body, Form};
use crate::model::CellId;
use crate::read::At;
use crate::read::xlsx::{Held, Name, Workbook, Worksheet, place_of};

/// Sheets that the program writes for reading only.
const NOT_TAKEN: [&str; 3] = ["校验结果", "汇总行", "上年对照"];
/// Most left-over cells named one by one.
const MANY: usize = 20;

/// The sheets that hold cells of the form, and where.
pub(super) struct Sheets<'w> {
    read: BTreeMap<String, &'w Worksheet>,
    slots: BTreeMap<CellId, (String, At)>,
    /// Keys whose name stands for several places.
    doubtful: HashSet<String>,
}

impl<'w> Sheets<'w> {
    /// Resolves every name of the form and reads the sheets they lie on.
    pub fn of(workbook: &'w Workbook, form: &Form) -> Result<Self, ImportError> {
        let mut found = Self { read: BTreeMap::new(), slots: BTreeMap::new(), doubtful: HashSet::new() };
        let mut names: BTreeMap<&str, Vec<&Name>> = BTreeMap::new();
        for name in &workbook.names {
            names.entry(&name.name).or_default().push(name);
        }
        let tabs: HashSet<&str> = workbook.sheet_names().collect();
        for (cell, spec) in form.cells() {
            match places(names.get(&*spec.key).map_or(&[], Vec::as_slice), &tabs).as_slice() {
                [] => {}
                [place] => _ = found.slots.insert(cell, place.clone()),
                _ => _ = found.doubtful.insert(spec.key.to_string()),
            }
        }
        let tabs: BTreeSet<String> = found.slots.values().map(|(tab, _)| tab.clone()).collect();
        for tab in tabs {
            let sheet = workbook.sheet(&tab)?;
            found.read.extend(sheet.map(|sheet| (tab, sheet)));
        }
        Ok(found)
    }

    /// The sheet and the slot of a cell; `None` where the workbook has it no longer, or says it twice.
    pub fn slot(&self, cell: CellId) -> Option<(&Worksheet, At)> {
        let (tab, at) = self.slots.get(&cell)?;
        Some((self.read.get(tab)?, *at))
    }

    /// The cell's name, and why it is missing if that is known.
    pub fn why_missing(&self, key: &str, label: &str) -> String {
        if self.doubtful.contains(key) {
            format!("{label}（同一个名称 {key} 指着几处，分不清是哪一处）")
        } else {
            label.to_owned()
        }
    }

    /// The names of the sheets read.
    pub fn names(&self) -> Vec<&str> {
        self.read.keys().map(String::as_str).collect()
    }

    /// What is filled on these sheets and was neither taken nor put there by the export.
    pub fn left_out(&self, form: &Form) -> Vec<String> {
        let taken: HashSet<(&str, At)> = self.slots.values().map(|(tab, at)| (&**tab, *at)).collect();
        let ours = own_words(form);
        let cells = self.read.values().copied().flat_map(|sheet| sheet.cells.iter().map(move |(at, held)| (sheet, *at, held)));
        let is_left = |(sheet, at, held): &(&Worksheet, At, &Held)| {
            !taken.contains(&(&*sheet.name, *at)) && !sheet.formulas.contains(at) && !ours.contains(&titles::bare(&held.words()))
        };
        let left: Vec<_> = cells.filter(is_left).filter(|(.., held)| !held.words().trim().is_empty()).collect();
        let words = |(sheet, at, held): &(&Worksheet, At, &Held)| line(&sheet.name, *at, &held.words());
        let more = left.len().saturating_sub(MANY);
        let more = (more > 0).then(|| format!("表格旁边另有 {more} 格有内容，没有读入"));
        left.iter().take(MANY).map(words).chain(more).collect()
    }
}

/// A filled cell that was not taken, in words.
pub(super) fn line(sheet: &str, at: At, words: &str) -> String {
    let short: String = words.chars().take(40).collect();
    let rest = if short.len() < words.len() { "……" } else { "" };
    format!("没有读入：工作表“{sheet}”第 {} 行第 {} 列的“{}{rest}”", at.0 + 1, at.1 + 1, short.replace('\n', " "))
}

/// Another cell covers the slot.
pub(super) fn is_covered(sheet: &Worksheet, at: At) -> bool {
    let covers = |(start, span): &(At, (usize, usize))| {
        let within = |at: usize, start: usize, span: usize| (start..start.saturating_add(span)).contains(&at);
        *start != at && within(at.0, start.0, span.0) && within(at.1, start.1, span.1)
    };
    sheet.merges.iter().any(covers)
}

/// Sheets that hold nothing of ours, a few by name.
pub(super) fn unread_sheets(workbook: &Workbook, read: &[&str]) -> Option<String> {
    let others: Vec<&str> = workbook.sheet_names().filter(|name| !read.contains(name) && !NOT_TAKEN.contains(name)).collect();
    let named = others.iter().take(5).map(|name| format!("“{name:.40}”")).collect::<Vec<_>>().join("、");
    match others.len() {
        0 => None,
        1..=5 => Some(format!("没有读的工作表：{named}")),
        all => Some(format!("没有读的工作表：{named} 等 {all} 个")),
    }
}

/// The places that the names stand for: those of the whole workbook before those of one sheet, which a copied sheet brings along.
fn places(names: &[&Name], tabs: &HashSet<&str>) -> Vec<(String, At)> {
    let known = |name: &&&Name| place_of(&name.refers).filter(|(tab, _)| tabs.contains(&**tab));
    let (local, global): (Vec<&&Name>, Vec<&&Name>) = names.iter().partition(|name| name.is_local);
    let of = |names: &[&&Name]| names.iter().filter_map(&known).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
    let places = of(&global);
    if places.is_empty() { of(&local) } else { places }
}

/// Words that the export itself puts on the sheets of tables.
fn own_words(form: &Form) -> HashSet<String> {
    let heads = form.tables.iter().flat_map(|table| table.heads.iter().map(|head| &*head.text));
    let titles = form.chapters.iter().filter(|chapter| matches!(chapter.body, Body::Table(_))).map(|chapter| &*chapter.title);
    let checks = form.rules.iter().map(|rule| format!("{}（差额应为 0）", rule.says)).chain(["核对结论".to_owned()]);
    heads.chain(titles).map(titles::bare).chain(checks.map(|words| titles::bare(&words))).collect()
}
