//! Words that several sheets have in common: title, day, what was signed, how many findings.

use jiff::civil::Date;
use jiff::tz::offset;
use jiff::{Timestamp, Zoned};

use super::sheet::Approval;
use crate::form::{Form, Report, Severity};
use crate::model::{Draft, Kind, MoneyUnit};
use crate::review;
use crate::rules::{self, Finding};

/// Longest text taken whole where it cannot go on in a next cell, in characters. No agency's name and no figure comes near.
const MAX_TEXT: usize = 2_000;

/// The text, or its beginning and a word about the rest, which the draft keeps.
pub(super) fn cut(text: &str) -> String {
    let all = text.chars().count();
    if all > MAX_TEXT {
        format!("{}……（共 {all} 字，全文见草稿）", text.chars().take(MAX_TEXT).collect::<String>())
    } else {
        text.to_owned()
    }
}

/// The report's full title, as it is published.
pub(super) fn title(draft: &Draft) -> String {
    title_lines(draft).replace('\n', "")
}

/// The same as it is set: broken where its sense breaks.
pub(super) fn title_lines(draft: &Draft) -> String {
    format!("{}{}年\n政府信息公开工作年度报告", cut(draft.agency.trim()), draft.year)
}

/// The signature in force, if the report still is what was signed.
pub(super) fn approval(report: Report<'_>) -> Option<Approval> {
    let signed = review::approval(report).filter(|approval| approval.is_intact)?;
    Some(Approval { by: signed.by.name.to_string(), on: china(signed.time).date() })
}

/// The status; where the log does not fit, that, with the first step that does not.
pub(super) fn status(report: Report<'_>) -> String {
    let standing = review::standing(report);
    let first = standing.flaw().map(|flaw| format!("：{}", review::flaw_name(report.draft.review(), flaw)));
    format!("{}{}", standing.name(), first.unwrap_or_default())
}

/// The time in China, which has one zone; the core reads none from the system.
pub(super) fn china(time: Timestamp) -> Zoned {
    time.to_zoned(offset(8).to_time_zone())
}

/// The form; one that did not come with the program is named as such, by its hash.
pub(super) fn form_name(form: &Form) -> String {
    let foreign = if form.is_foreign { format!("，来自外部文件，SM3 {}", form.hash) } else { String::new() };
    format!("{}（{}）{foreign}", form.name, form.id)
}

/// The day as official papers write it, without leading zeros.
pub(super) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// How many findings of each kind there are.
pub(super) fn tally(form: &Form, findings: &[Finding]) -> String {
    let fails = |severity: Severity| findings.iter().filter(|finding| finding.is_fail() && finding.severity(form) == severity).count();
    let waiting = findings.iter().filter(|finding| !finding.is_fail()).count();
    let kinds = [Severity::Error, Severity::Warning, Severity::Info];
    let counts = kinds.map(|kind| format!("{} {} 项", rules::severity_name(kind), fails(kind))).join("，");
    format!("{counts}，待填 {waiting} 项")
}

/// The printed unit of a money cell, 元 where none is printed.
pub(super) fn column_unit(kind: Kind) -> MoneyUnit {
    match kind {
        Kind::Money(Some(unit)) => unit,
        Kind::Money(None) | Kind::Count | Kind::Change => MoneyUnit::Yuan,
    }
}
