//! The results of checking as a sheet (校验结果): what is broken, what still waits for blank cells, which cells are
//! probably wrong, and which rules could not be checked at all.

use super::sheet::{Align, Content, Item, Layout, Orientation, Sheet};
use super::words;
use crate::form::{Form, Need, Report, Rule, Severity, Test, certain};
use crate::model::{Entry, Money, MoneyUnit};
use crate::rules::{self, Answer, Explanation, Finding, SideValue, Slip, severity_name};

/// Heads of the columns.
const HEADS: [&str; 9] = ["规则", "级别", "结论", "位置", "左边", "右边", "差额", "说明", "依据"];

/// Relative column widths.
const WIDTHS: [u16; 9] = [5, 7, 8, 20, 9, 9, 8, 42, 20];

/// Lines named for a rule that waits, before the rest is counted.
const MAX_LINES: usize = 6;

/// A row below the heads.
pub(super) type Row = [Content; 9];

/// All findings; with none, a row that says so.
pub(super) fn sheet(report: Report<'_>, findings: &[Finding], explanations: &[Explanation]) -> Sheet {
    let mut rows = found(report, findings, explanations);
    rows.extend(report.form.rules.iter().enumerate().filter_map(|(place, rule)| waiting(report.form, findings, place, rule)));
    rows.extend(rules::undecided(report).map(|(rule, need)| switched_off(rule, need)));
    let heads = HEADS.iter().enumerate().map(|(col, text)| Item::new((0, col), Align::Center, Content::Head((*text).to_owned())));
    let mut items: Vec<Item> = heads.collect();
    for (row, contents) in (1..).zip(rows) {
        for (col, content) in contents.into_iter().enumerate() {
            let align = if matches!(col, 3 | 7 | 8) { Align::Left } else { Align::Center };
            items.push(Item::new((row, col), align, content));
        }
    }
    Sheet {
        name: "校验结果".to_owned(),
        title: "校验结果".to_owned(),
        layout: Layout::List,
        orientation: Orientation::Landscape,
        widths: WIDTHS.to_vec(),
        num_rows: items.last().map_or(1, |item| item.at.0 + 1),
        head_rows: 1,
        items,
        balances: Vec::new(),
    }
}

/// What is broken, or that nothing is; then which cells are probably wrong.
pub(super) fn found(report: Report<'_>, findings: &[Finding], explanations: &[Explanation]) -> Vec<Row> {
    let mut rows: Vec<Row> = findings.iter().filter(|finding| finding.is_fail()).map(|&finding| fail(report, finding)).collect();
    if rows.is_empty() {
        rows.push(words(["—", "—", "相符", "全部", "各项勾稽关系没有发现不符", "—"]));
    }
    rows.extend(explanations.iter().filter_map(|explanation| suspected(report.form, explanation, explanations)));
    rows
}

/// A row without figures: rule, severity, verdict, place, what it says, source.
fn words([rule, severity, verdict, place, says, source]: [&str; 6]) -> Row {
    let text = |text: &str| Content::Text(text.to_owned());
    let empty = || Content::Text(String::new());
    [text(rule), text(severity), text(verdict), text(place), empty(), empty(), empty(), text(says), text(source)]
}

fn fail(report: Report<'_>, finding: Finding) -> Row {
    let check = report.form.check(finding.check);
    let rule = report.form.rule(check);
    let answer = rules::answer(report, finding);
    let verdict = match (finding.severity(report.form), answer) {
        (Severity::Error, _) => "不符",
        (Severity::Warning, Answer::Given(_)) => "已说明",
        (Severity::Warning, _) => "待核实",
        (Severity::Info, _) => "提示",
    };
    let message = rules::message(report, finding);
    let message = message.strip_prefix(&format!("{}：", check.line)).unwrap_or(&message);
    let message = words::cut(&match answer {
        Answer::Missing => message.to_owned(),
        Answer::Given(reason) => format!("{message}。说明：{reason}"),
        Answer::Outdated(reason) => format!("{message}。说明（写于数字改动以前，待重新确认）：{reason}"),
    });
    let mut row =
        words([&rule.id, severity_name(finding.severity(report.form)), verdict, &check.line, &message, &printed_source(&rule.source)]);
    // A flag's sides may carry shares and factors, which plain sums would misstate; its message has the figures.
    if let (Test::Must(_), (left, right)) = (&check.test, finding.sides(report))
        && let [_, _, _, _, left_slot, right_slot, difference_slot, _, _] = &mut row
    {
        let money = left.is_money || right.is_money;
        *left_slot = side(&left, money);
        *right_slot = side(&right, money);
        *difference_slot = figure(left.value.zip(right.value).map(|(left, right)| left - right), money);
    }
    row
}

fn side(side: &SideValue, money: bool) -> Content {
    figure(side.value, money)
}

/// A figure; money in 元 with its unit.
fn figure(value: Option<i128>, money: bool) -> Content {
    match (value.and_then(|value| i64::try_from(value).ok()), money) {
        (None, _) => Content::Text(String::new()),
        (Some(value), false) => Content::Figure(Entry::Whole(value)),
        (Some(fen), true) => Content::Text(format!("{}元", Money { fen, unit: MoneyUnit::Yuan }.figure())),
    }
}

/// A slip that probably happened: its cells, what they hold and what would mend all.
fn suspected(form: &Form, explanation: &Explanation, all: &[Explanation]) -> Option<Row> {
    let first = explanation.ways.first()?.suspects.first()?;
    let place = &form.cell(first.cell).label;
    let change = |suspect: &rules::Suspect| {
        let figure = |entry| rules::figure(form, suspect.cell, entry);
        format!("现为 {}，改为 {}", figure(&suspect.typed), figure(&suspect.should_be))
    };
    let (verdict, says) = match explanation.claim() {
        None => ("可能填错", format!("可能填错其中一处：{}。请核对原始记录", rules::explained(form, explanation))),
        Some(way) if way.slip == Slip::TotalsForgotten => ("可能漏填", format!("可能漏填：{}", rules::mending(form, way))),
        Some(way) if way.suspects.len() == 1 && all.len() == 1 => {
            ("可能填错", format!("可能填错：{} 后各项勾稽关系都相符（{}）。请核对原始记录后再改", change(first), way.slip.words()))
        }
        Some(way) => ("可能填错", format!("可能填错：{}。各处都改正后勾稽关系相符。请核对原始记录后再改", rules::mending(form, way))),
    };
    Some(words(["—", "提示", verdict, place, &words::cut(&says), "由各项不符的勾稽关系推断"]))
}

/// One row for all lines on which a rule waits for blank or unreadable cells.
fn waiting(form: &Form, findings: &[Finding], place: usize, rule: &Rule) -> Option<Row> {
    let checks = findings.iter().filter(|finding| !finding.is_fail()).map(|finding| form.check(finding.check));
    let lines: Vec<&str> = checks.filter(|check| check.rule == place).map(|check| &*check.line).collect();
    let named = lines.iter().copied().filter(|line| !line.is_empty()).take(MAX_LINES).collect::<Vec<_>>().join("、");
    let place = match lines.len() {
        0 => return None,
        1..=MAX_LINES => named,
        all => format!("{named}等 {all} 处"),
    };
    let says = format!("有格没有填或者填的不是数字，还不能核对：{}", rule.says);
    Some(words([&rule.id, severity_name(rule.severity), "待填", &place, &says, &printed_source(&rule.source)]))
}

/// A rule that was not checked, and what it waits for.
fn switched_off(rule: &Rule, need: Need) -> Row {
    let says = format!("{}：{}", rules::need(need), rule.says);
    words([&rule.id, severity_name(rule.severity), "未核对", "—", &says, &printed_source(&rule.source)])
}

/// A rule's source as it is printed: what is certain of it.
fn printed_source(source: &str) -> String {
    let (sure, _) = certain(source, '；');
    if sure.trim().is_empty() { "程序提示".to_owned() } else { sure }
}
