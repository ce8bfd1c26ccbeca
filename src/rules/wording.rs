//! Findings in the clerk's words: both sides, their figures and the difference. All of it from the one rule record.

use super::copied::{Copied, copied};
use super::years::{prior_entry, prior_value};
use super::{Explanation, Finding, Mending, SideValue, Suspect, Verdict, completion};
use crate::form::{Comparison, Form, Need, Relation, Report, Rule, Severity, Side, Term, Test};
use crate::model::{CellId, Draft, Entry, Kind, Money, MoneyUnit, SectionId, Totals};

/// Summands named before the rest is left out.
const MAX_SUMMANDS: usize = 8;

/// The word for a severity: what it means for submission.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "待核实",
        Severity::Info => "提示",
    }
}

/// A share to one decimal, in whole numbers: `58.3%`. A whole that is not above 0 is taken for 1.
pub fn percent(part: i64, whole: i64) -> String {
    let whole = i128::from(whole.max(1));
    let tenths = (i128::from(part) * 2_000 + whole) / (2 * whole);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// What is wrong or missing, in one sentence.
pub fn message(report: Report<'_>, finding: Finding) -> String {
    let check = report.form.check(finding.check);
    let rule = report.form.rule(check);
    let what = match (&check.test, finding.verdict) {
        (Test::Readable(cell), _) => unread(report.draft.entry(*cell)),
        (Test::Control(cell), _) => controlled(report, *cell),
        (Test::Registered(cell), _) => against_register(report, finding, *cell),
        (_, Verdict::Waiting) => waiting(report, finding, rule),
        (Test::Copied(section, _), _) => copied_words(report.draft, *section),
        (Test::Repeats(_), _) => rule.says.to_string(),
        (Test::Must(comparison), _) => broken(report, finding, rule, comparison),
        (Test::Flag(_), _) => noticed(report, finding, rule),
    };
    // A check placed at a cell often names that cell in its sentence; a line (`自然人`) is always named in front.
    let names_its_cell = report.form.cell_by_key(&check.at).is_some() && what.contains(&*check.line);
    if names_its_cell || check.line.is_empty() { what } else { format!("{}：{what}", check.line) }
}

/// What to look at first. Where totals are computed, never at a total.
pub fn hint(report: Report<'_>, finding: Finding) -> &str {
    let rule = report.form.rule(report.form.check(finding.check));
    match &rule.hint_computed {
        Some(hint) if report.draft.totals() == Totals::Computed => hint,
        _ => &rule.hint,
    }
}

fn unread(entry: &Entry) -> String {
    match entry {
        Entry::Unread { text, why } => format!("“{text}”{}", why.advice()),
        Entry::Blank | Entry::Whole(_) | Entry::Money(_) | Entry::Reckoned { .. } => String::new(),
    }
}

/// A control figure beside the total it should equal.
fn controlled(report: Report<'_>, cell: CellId) -> String {
    let (control, total) = (report.draft.control(cell), report.draft.entry(cell));
    let both = format!("控制数 {}，自动合计 {}", figure(report.form, cell, control), figure(report.form, cell, total));
    match control.value().zip(total.value()) {
        Some((control, total)) => format!("{both}，相差 {}", control.abs_diff(total)),
        None => both,
    }
}

/// What stands in the cell beside what the register gives.
fn against_register(report: Report<'_>, finding: Finding, cell: CellId) -> String {
    let (typed, count) = finding.sides(report);
    let names: Vec<&str> = report.draft.ground().origin.files.iter().map(|file| &*file.name).collect();
    let both = format!("现填 {}，台账 {} 是 {}", figure(report.form, cell, report.draft.entry(cell)), names.join("、"), shown(&count));
    if finding.is_fail() { format!("{both}，相差 {}", difference(&typed, &count)) } else { both }
}

fn broken(report: Report<'_>, finding: Finding, rule: &Rule, comparison: &Comparison) -> String {
    let (left, right) = finding.sides(report);
    let left_says = format!("{}＝{}", side_name(report.form, rule, comparison, Hand::Left), sum(report, &comparison.left, &left));
    let right_says = if comparison.right.terms.is_empty() {
        shown(&right)
    } else {
        format!("{}＝{}", side_name(report.form, rule, comparison, Hand::Right), sum(report, &comparison.right, &right))
    };
    match comparison.relation {
        Relation::Equal => format!("{left_says}，{right_says}，相差 {}", difference(&left, &right)),
        relation => format!("{left_says}，应当 {} {right_says}", relation.sign()),
    }
}

fn noticed(report: Report<'_>, finding: Finding, rule: &Rule) -> String {
    let Test::Flag(alternatives) = &report.form.check(finding.check).test else { return rule.says.to_string() };
    let comparisons = alternatives.get(finding.alternative).map_or(&[][..], Vec::as_slice);
    let mut cells: Vec<(CellId, bool)> = Vec::new();
    for term in comparisons.iter().flat_map(Comparison::terms) {
        if !cells.contains(&(term.cell, term.is_prior)) {
            cells.push((term.cell, term.is_prior));
        }
    }
    let figures = cells.iter().map(|&(cell, is_prior)| {
        let term = Term { cell, factor: 100, is_prior };
        format!("{}＝{}", label(report.form, term), figure(report.form, cell, &entry(report, term)))
    });
    match cells.as_slice() {
        [(cell, false)] => format!("{}（现填 {}）", rule.says, figure(report.form, *cell, report.draft.entry(*cell))),
        cells if cells.len() > MAX_SUMMANDS => rule.says.to_string(),
        _ => format!("{}（{}）", rule.says, figures.collect::<Vec<_>>().join("，")),
    }
}

fn waiting(report: Report<'_>, finding: Finding, rule: &Rule) -> String {
    let form = report.form;
    let check = form.check(finding.check);
    let blank = check.cells.iter().filter(|&&cell| report.draft.entry(cell).value().is_none()).count();
    let prior_blank = check.prior_cells.iter().filter(|&&cell| prior_value(report, cell).is_none()).count();
    match completion(report, finding.check) {
        Some((cell, entry)) if !check.prior_cells.is_empty() => {
            format!("“{}”还没有填，按上年报告应为 {}", form.cell(cell).label, figure(form, cell, &entry))
        }
        None if blank == 0 && prior_blank > 0 => format!("{}：上年报告有 {prior_blank} 格没有数", rule.says),
        Some((cell, entry)) => {
            format!("“{}”还没有填，按其他各格应为 {}", form.cell(cell).label, figure(form, cell, &entry))
        }
        None => format!("{}：还有 {blank} 格没有填", rule.says),
    }
}

/// Cells of a slip that are named before the rest is counted.
const MAX_CELLS: usize = 4;

/// A slip in one sentence: the cells with what stands there and what should: `X 填的是 31，应为 13（相邻两位数字写反）`.
pub fn mending(form: &Form, way: &Mending) -> String {
    let one = |suspect: &Suspect| {
        let (label, should_be) = (&form.cell(suspect.cell).label, figure(form, suspect.cell, &suspect.should_be));
        match &suspect.typed {
            Entry::Blank => format!("{label} 没有填，应为 {should_be}"),
            typed => format!("{label} 填的是 {}，应为 {should_be}", figure(form, suspect.cell, typed)),
        }
    };
    let named = way.suspects.iter().take(MAX_CELLS).map(one).collect::<Vec<_>>().join("；");
    let rest = if way.suspects.len() > MAX_CELLS { format!("；等 {} 格", way.suspects.len()) } else { String::new() };
    format!("{named}{rest}（{}）", way.slip.words())
}

/// What is probably wrong, in one sentence; where several ways are equally likely, all of them.
pub fn explained(form: &Form, explanation: &Explanation) -> String {
    explanation.ways.iter().map(|way| mending(form, way)).collect::<Vec<_>>().join("；或者 ")
}

/// Left or right of the sign.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// Left.
    Left,
    /// Right.
    Right,
}

/// The clerk's name for a side: the rule's own, or the labels of its cells.
pub fn side_name(form: &Form, rule: &Rule, comparison: &Comparison, hand: Hand) -> String {
    let side = if hand == Hand::Left { &comparison.left } else { &comparison.right };
    match &rule.sides {
        Some((left, right)) => if hand == Hand::Left { left } else { right }.to_string(),
        None => labels(form, side).join("＋"),
    }
}

fn labels(form: &Form, side: &Side) -> Vec<String> {
    side.terms.iter().map(|term| label(form, *term)).collect()
}

/// The cell's name; last year's is said to be so.
fn label(form: &Form, term: Term) -> String {
    let label = &form.cell(term.cell).label;
    if term.is_prior { format!("上年 {label}") } else { label.to_string() }
}

/// What stands in a term's cell, this year's or last year's.
fn entry(report: Report<'_>, term: Term) -> Entry {
    if term.is_prior { prior_entry(report, term.cell).unwrap_or_default() } else { report.draft.entry(term.cell).clone() }
}

/// Sentences named before the rest is counted, and how much of each.
const MAX_SENTENCES: usize = 2;
const MAX_QUOTED: usize = 24;

/// How much of a chapter is last year's, with the first sentences.
fn copied_words(draft: &Draft, section: SectionId) -> String {
    let now = draft.section(section);
    let found = copied(now, draft.prior().map_or("", |prior| prior.text(section)));
    let quote = |place: &std::ops::Range<usize>| {
        let cut = if place.len() > MAX_QUOTED { "…" } else { "" };
        let words: String = now.chars().skip(place.start).take(place.len().min(MAX_QUOTED)).collect();
        format!("“{}{cut}”", words.trim_end())
    };
    let named: String = found.sentences.iter().take(MAX_SENTENCES).map(quote).collect();
    let Copied { num_sentences, sentences, .. } = &found;
    format!("{num_sentences} 句里有 {} 句与上年相同或者只改了几个字，占 {}%，例如{named}", sentences.len(), found.share())
}

/// The sum, and its summands where there are several: `12（10＋2）`.
fn sum(report: Report<'_>, side: &Side, value: &SideValue) -> String {
    match side.terms.len() {
        0 | 1 => shown(value),
        _ => format!("{}（{}）", shown(value), expression(report, side)),
    }
}

/// The summands with figures; zeros are left out where there are many: `10＋2`.
pub fn expression(report: Report<'_>, side: &Side) -> String {
    let many = side.terms.len() > 4;
    let mut text = String::new();
    let mut num_shown = 0;
    for term in &side.terms {
        let entry = entry(report, *term);
        if many && entry.value() == Some(0) {
            continue;
        }
        num_shown += 1;
        if num_shown > MAX_SUMMANDS {
            text.push_str("＋…");
            break;
        }
        let figure = figure(report.form, term.cell, &entry);
        let (sign, figure) = match figure.strip_prefix('-') {
            Some(figure) => (-term.factor, figure),
            None => (term.factor, figure.as_str()),
        };
        text.push_str(if sign < 0 {
            "－"
        } else if text.is_empty() {
            ""
        } else {
            "＋"
        });
        text.push_str(figure);
    }
    if text.is_empty() { "0".to_owned() } else { text }
}

/// A cell's figure for people; a blank shows as □.
pub fn figure(form: &Form, cell: CellId, entry: &Entry) -> String {
    match entry.plain() {
        Entry::Blank => "□".to_owned(),
        Entry::Unread { text, .. } => format!("“{text}”"),
        Entry::Money(_) => format!("{}{}", entry.shown(form.cell(cell).kind), money_unit(form.cell(cell).kind)),
        plain => plain.text(),
    }
}

/// The unit that `Entry::shown` left to the head.
fn money_unit(kind: Kind) -> &'static str {
    match kind {
        Kind::Money(Some(unit)) => unit.name(),
        Kind::Money(None) | Kind::Count | Kind::Change => "",
    }
}

/// A sum for people; money in 元.
fn shown(side: &SideValue) -> String {
    match (side.value, side.is_money) {
        (None, _) => "□".to_owned(),
        (Some(value), false) => value.to_string(),
        (Some(value), true) => i64::try_from(value)
            .map_or_else(|_too_large| value.to_string(), |fen| format!("{}元", Money { fen, unit: MoneyUnit::Yuan }.figure())),
    }
}

fn difference(left: &SideValue, right: &SideValue) -> String {
    let value = left.value.zip(right.value).map(|(left, right)| (left - right).abs());
    shown(&SideValue { cells: Vec::new(), prior_cells: Vec::new(), value, is_money: left.is_money || right.is_money })
}

/// What a rule that is switched off waits for.
pub fn need(need: Need) -> &'static str {
    match need {
        Need::Prior => "要与上一年度的报告比较，还没有收入上年报告",
        Need::Profile => "要看单位性质，这一版还不核对，请人工核对",
    }
}
