//! The ledger of a move in words: what became of the cells, kind by kind, and whether the totals agree.

use super::moved::{Line, Migration, Total};
use crate::form::{Fate, Form, Report};
use crate::rules;

/// Each kind with its cells, those that want something first; what simply stayed is only counted.
pub fn ledger_words(old_form: &Form, form: &Form, migration: &Migration) -> Vec<(String, Vec<String>)> {
    let one = |line: &Line| {
        let to: Vec<&str> = line.to.iter().map(|cell| &*form.cell(*cell).label).collect();
        let arrow = match to.as_slice() {
            [] => String::new(),
            [one] => format!(" → {one}"),
            several => format!(" → {}", ends(several).join("、")),
        };
        let why = if line.fate.why().is_empty() { String::new() } else { format!("（{}）", line.fate.why()) };
        let figure = rules::figure(old_form, line.from, &line.entry);
        let figure = if figure.is_empty() { "空".to_owned() } else { figure };
        format!("{}：{figure}{arrow}{why}", old_form.cell(line.from).label)
    };
    let none = || Box::<str>::default();
    let kinds = [Fate::Unknown, Fate::Split(none()), Fate::Gone(none()), Fate::Summed, Fate::Renamed, Fate::Kept];
    let mut parts = Vec::new();
    for kind in kinds {
        let lines: Vec<&Line> = migration.lines.iter().filter(|line| line.fate.code() == kind.code()).collect();
        if !lines.is_empty() {
            let words = if kind == Fate::Kept { Vec::new() } else { lines.iter().map(|line| one(line)).collect() };
            parts.push((format!("{} {} 格", kind.name(), lines.len()), words));
        }
    }
    let new: Vec<String> = migration.new.iter().map(|cell| form.cell(*cell).label.to_string()).collect();
    if !new.is_empty() {
        parts.push((format!("新增，待填 {} 格", new.len()), new));
    }
    parts
}

/// Longest end of a label shown.
const LONG: usize = 12;

/// What tells several labels apart, behind what they begin with alike; long ones cut.
fn ends(labels: &[&str]) -> Vec<String> {
    let chars: Vec<Vec<char>> = labels.iter().map(|label| label.chars().collect()).collect();
    let first = chars.first().map_or(&[][..], Vec::as_slice);
    let alike = (0..first.len()).take_while(|at| chars.iter().all(|other| other.get(*at) == first.get(*at))).count();
    let end = |label: &Vec<char>| {
        let cut = if label.len() > alike + LONG { "…" } else { "" };
        format!("“{}{cut}”", label.iter().skip(alike).take(LONG).collect::<String>())
    };
    chars.iter().map(end).collect()
}

/// A table's totals before and after.
pub fn total_words(total: &Total) -> String {
    let unit = if total.is_money { "（分）" } else { "" };
    let Total { table, before, placed, to_decide, gone, .. } = total;
    let proved = if total.is_proved() { "相符" } else { "不符" };
    format!("{table}{unit} 原表合计 {before}＝移到新表 {placed}＋待定 {to_decide}＋新表没有 {gone}　{proved}")
}

/// The whole in one line, for the log: what found no place is named with its figures, so that the new draft alone still tells them.
/// So are the repairs of its sums, whose cells are the older form's.
pub fn moved_words(old: Report<'_>, form: &Form, migration: &Migration) -> String {
    let parts: Vec<String> = ledger_words(old.form, form, migration).into_iter().map(|(name, _)| name).collect();
    let is_left = |line: &&Line| !line.fate.is_placed() && !line.entry.is_blank() && line.entry.value() != Some(0);
    let left = migration.lines.iter().filter(is_left);
    let left: Vec<String> =
        left.map(|line| format!("{}＝{}", old.form.cell(line.from).label, rules::figure(old.form, line.from, &line.entry))).collect();
    let left = if left.is_empty() { String::new() } else { format!("；没有移过去的数：{}", left.join("、")) };
    let repairs: Vec<String> = old.draft.ground().adjustments.iter().map(|one| rules::adjustment_name(old.form, one)).collect();
    let repairs = if repairs.is_empty() { String::new() } else { format!("；原表汇总时的调整：{}", repairs.join("、")) };
    let is_proved = migration.totals.iter().all(Total::is_proved);
    let totals = if is_proved { "各表合计移前移后相符" } else { "各表合计移前移后不符" };
    format!("由 {} 年的{}移到{}：{}；{totals}{left}{repairs}", old.draft.year, old.form.name, form.name, parts.join("，"))
}
