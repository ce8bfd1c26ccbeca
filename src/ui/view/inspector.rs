//! The inspector below the findings: the focused cell's full name, what it means and by which article, and every
//! equation it takes part in with the figures in it.

use egui::{Label, RichText, ScrollArea, Ui};

use super::ground::{ground_ui, plain};
use crate::form::{Body, Check, CheckId, Comparison, Test};
use crate::model::{CellId, Draft, Entry, Money};
use crate::rules::claims::Link;
use crate::rules::{self, Hand};
use crate::ui::command::places::Shown;
use crate::ui::command::{Command, edits};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::work::Work;

/// Lines of a register that are listed.
const MAX_LINES: usize = 40;

/// Shows what there is to know about the focused cell, or about the text chapter.
pub fn inspector_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        match work.focused_cell() {
            Some(cell) => cell_ui(ui, work, cell, &mut commands),
            None => chapter_help_ui(ui, work, &mut commands),
        }
    });
    commands
}

fn cell_ui(ui: &mut Ui, work: &Work, id: CellId, commands: &mut Vec<Command>) {
    let session = &work.session;
    let (form, entry) = (session.form(), session.draft().entry(id));
    let cell = form.cell(id);
    wrapped(ui, RichText::new(&*cell.label).font(bold_font(14.0)));
    let value = match entry {
        Entry::Blank => "未填（不等于 0）".to_owned(),
        Entry::Unread { text, why } => format!("“{text}”{}", why.advice()),
        Entry::Whole(_) => format!("{} {}", entry.text(), cell.unit),
        Entry::Reckoned { text, .. } => format!("{text} ＝ {}", rules::figure(form, id, entry)),
        Entry::Money(_) => rules::figure(form, id, entry),
    };
    let color = if matches!(entry, Entry::Unread { .. }) { palette().error } else { palette().ink };
    wrapped(ui, RichText::new(value).color(color));
    prior_ui(ui, work, id);
    followers_ui(ui, work, id);
    origin_ui(ui, work, id);
    adjustments_ui(ui, work, id);
    proposals_ui(ui, work, id, commands);
    let mut doubts = Vec::new();
    wrapped(ui, RichText::new(plain(&cell.help, &mut doubts)));
    ground_ui(ui, "ground of the cell", "", &cell.source, &doubts);
    let is_shown = |check: &Check| equation(check).is_some() && rules::speaks_of(work.session.report(), check);
    let equations: Vec<CheckId> = form.checks_of(id).iter().copied().filter(|check| is_shown(form.check(*check))).collect();
    if !equations.is_empty() {
        ui.add_space(2.0);
        wrapped(ui, RichText::new("本格参加的勾稽").font(bold_font(13.0)));
    }
    for check in equations {
        equation_ui(ui, work, check);
    }
}

/// The figures of the text that change together with this cell, before it is changed.
fn followers_ui(ui: &mut Ui, work: &Work, id: CellId) {
    let quote = |link: &Link| -> String {
        let text = work.session.draft().section(link.section);
        text.chars().skip(link.at.start.saturating_sub(8)).take(link.at.end - link.at.start.saturating_sub(8)).collect()
    };
    for link in work.session.followers_of(id) {
        let words = quote(link).replace('\n', " ");
        wrapped(ui, RichText::new(format!("改这一格，正文一起改：“……{words}”")).color(palette().accent));
    }
}

/// The lines of the office's register that the figure was counted from, and whether it still is that figure.
fn origin_ui(ui: &mut Ui, work: &Work, id: CellId) {
    let (form, draft) = (work.session.form(), work.session.draft());
    let (origin, key) = (&draft.ground().origin, &form.cell(id).key);
    let Some(count) = origin.count(key) else { return };
    let names: Vec<&str> = origin.files.iter().map(|file| &*file.name).collect();
    let differs = draft.entry(id).value().is_some_and(|value| value != count);
    let (words, color) = match differs {
        true => (format!("⚠ 台账 {} 是 {count}，与填的不同", names.join("、")), palette().warning),
        false => (format!("台账 {}：{count}", names.join("、")), palette().good),
    };
    wrapped(ui, RichText::new(words).color(color));
    let all = origin.lines_of(key).count();
    for line in origin.lines_of(key).take(MAX_LINES) {
        let answered = if line.answered.is_empty() { "—" } else { &line.answered };
        let words = format!("第 {} 行　{}　{} → {answered}", line.line, line.number, line.received);
        wrapped(ui, RichText::new(words).small());
    }
    if all > MAX_LINES {
        wrapped(ui, RichText::new(format!("等 {all} 行；全部见“文件 → 从台账取数…”")).small().color(palette().weak));
    }
}

/// Where a sum was repaired when the bodies' reports were put together.
fn adjustments_ui(ui: &mut Ui, work: &Work, id: CellId) {
    let key = &work.session.form().cell(id).key;
    for one in work.session.draft().ground().adjustments.iter().filter(|one| one.key == *key) {
        wrapped(ui, RichText::new(format!("汇总时的调整：{}", one.name())).color(palette().warning));
    }
}

/// Last year's figure and the change, where it is known.
fn prior_ui(ui: &mut Ui, work: &Work, id: CellId) {
    let Some(prior) = &work.panel.prior else { return };
    let (form, old, new) = (work.session.form(), prior.entry(id), work.session.draft().entry(id));
    let difference = match (&old.plain(), &new.plain()) {
        (Entry::Whole(old), Entry::Whole(new)) => new.checked_sub(*old).map(|change| (change, change.unsigned_abs().to_string())),
        (Entry::Money(old), Entry::Money(new)) => new.fen.checked_sub(old.fen).map(|fen| {
            let amount = Money { fen: fen.saturating_abs(), unit: new.unit };
            (fen, format!("{}{}", amount.figure(), amount.unit.name()))
        }),
        _ => None,
    };
    let change = match difference {
        None => String::new(),
        Some((0, _)) => "，没有变化".to_owned(),
        Some((1.., more)) => format!("，增加 {more}"),
        Some((_, less)) => format!("，减少 {less}"),
    };
    let words = if old.is_blank() {
        "上年未填或没有这一格".to_owned()
    } else {
        format!("上年 {}{change}", rules::figure(form, id, old))
    };
    wrapped(ui, RichText::new(words).color(palette().weak));
    for words in shares(work, prior, id) {
        wrapped(ui, RichText::new(words).color(palette().weak));
    }
}

/// Which part of each of its totals the cell is, this year and last.
fn shares(work: &Work, prior: &Draft, id: CellId) -> Vec<String> {
    let (form, draft) = (work.session.form(), work.session.draft());
    let total = |check: &CheckId| {
        let Comparison { left, right, .. } = form.check(*check).test.equation()?;
        let [total] = left.terms.as_slice() else { return None };
        right.terms.iter().any(|term| term.cell == id && term.factor > 0).then_some(total.cell)
    };
    let totals = form.checks_of(id).iter().filter_map(total);
    let share = |draft: &Draft, total: CellId| {
        let (part, whole) = (draft.entry(id).value()?, draft.entry(total).value().filter(|whole| *whole > 0)?);
        Some(rules::percent(part, whole))
    };
    let line = |total: CellId| {
        let (now, then) = (share(draft, total), share(prior, total));
        (now.is_some() || then.is_some()).then(|| {
            let known = |share: Option<String>| share.unwrap_or_else(|| "—".to_owned());
            format!("占 {} {}，上年 {}", form.cell(total).label, known(now), known(then))
        })
    };
    totals.filter_map(line).collect()
}

/// What the cell could hold instead: readings of unreadable text, the computed total.
fn proposals_ui(ui: &mut Ui, work: &Work, id: CellId, commands: &mut Vec<Command>) {
    let session = &work.session;
    let (form, entry) = (session.form(), session.draft().entry(id));
    if session.is_computed(id) {
        let control = session.draft().control(id);
        let words = if control.is_blank() {
            "自动合计。可以直接键入纸面上的合计作为控制数。".to_owned()
        } else {
            format!("自动合计；控制数 {}", rules::figure(form, id, control))
        };
        wrapped(ui, RichText::new(words).color(palette().weak));
        return;
    }
    if work.is_read_only() {
        return;
    }
    let mut proposals = entry.proposals(form.cell(id).kind);
    // Where another cell is known to be wrong, the total is right.
    let is_right = !session.suspects().is_empty() && session.suspects().iter().all(|suspect| suspect.cell != id);
    if let Some(total) =
        rules::computed_total(session.report(), id).filter(|total| !is_right && !total.is_blank() && total.value() != entry.value())
    {
        wrapped(ui, RichText::new(format!("按各格相加应为 {}", rules::figure(form, id, &total))));
        proposals.push(total);
    }
    if proposals.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for proposal in proposals {
            let words = if proposal.is_blank() { "清空".to_owned() } else { format!("改为 {}", rules::figure(form, id, &proposal)) };
            if ui.button(words).on_hover_text("可用 Ctrl+Z 撤销").clicked() {
                commands.push(Command::Change(vec![edits::cell(id, proposal)]));
            }
        }
    });
}

fn equation(check: &Check) -> Option<&Comparison> {
    match &check.test {
        Test::Must(comparison) => Some(comparison),
        Test::Flag(_) | Test::Readable(_) | Test::Control(_) | Test::Registered(_) | Test::Repeats(_) | Test::Copied(..) => None,
    }
}

/// One equation: its words, then its figures.
fn equation_ui(ui: &mut Ui, work: &Work, id: CheckId) {
    let report = work.session.report();
    let form = report.form;
    let check = form.check(id);
    let (Some(comparison), rule) = (equation(check), form.rule(check)) else { return };
    let verdict = work.session.findings().iter().find(|finding| finding.check == id).map(|finding| finding.verdict);
    let (sign, color, relation) = match verdict {
        Some(rules::Verdict::Fail) => ("×", palette().error, comparison.relation.negated().sign()),
        Some(_) => ("…", palette().weak, comparison.relation.sign()),
        None => ("✓", palette().good, comparison.relation.sign()),
    };
    let names = (rules::side_name(form, rule, comparison, Hand::Left), rules::side_name(form, rule, comparison, Hand::Right));
    let names = format!("{sign} {}　{} {} {}", check.line, names.0, comparison.relation.sign(), names.1);
    wrapped(ui, RichText::new(names).color(color));
    let figures = format!(
        "　 {} {relation} {}",
        rules::expression(report, &comparison.left),
        if comparison.right.terms.is_empty() {
            (comparison.right.constant / 100).to_string()
        } else {
            rules::expression(report, &comparison.right)
        }
    );
    wrapped(ui, RichText::new(figures).color(if verdict == Some(rules::Verdict::Fail) { palette().error } else { palette().ink }));
    if let Some((cell, entry)) = rules::completion(report, id) {
        let words = format!("　 “{}”未填，按其他各格应为 {}", form.cell(cell).label, rules::figure(form, cell, &entry));
        wrapped(ui, RichText::new(words).small().color(palette().weak));
    }
}

fn chapter_help_ui(ui: &mut Ui, work: &Work, commands: &mut Vec<Command>) {
    let Some(chapter) = work.session.form().chapter(work.chapter) else { return };
    wrapped(ui, RichText::new(&*chapter.title).font(bold_font(14.0)));
    let mut doubts = Vec::new();
    wrapped(ui, RichText::new(plain(&chapter.help, &mut doubts)));
    ground_ui(ui, "ground of the chapter", "", &chapter.source, &doubts);
    if let Body::Text(_, headings) = &chapter.body {
        for heading in headings {
            wrapped(ui, RichText::new(format!("· {heading}")));
        }
    }
    let Body::Text(section, _) = &chapter.body else { return };
    let num_copied = work.panel.copied(*section).len();
    if num_copied > 0 {
        let words = format!("有 {num_copied} 句与上年相同或者只改了几个字（点线标出的）");
        wrapped(ui, RichText::new(words).color(palette().warning));
    }
    let has_text = work.panel.prior.as_ref().is_some_and(|prior| !prior.section(*section).is_empty());
    let is_shown = work.panel.shows != Shown::ThisYear;
    let words = if is_shown { "收起上年的这一章" } else { "对照上年的这一章" };
    if has_text && ui.button(words).clicked() {
        commands.push(Command::ShowYear(if is_shown { Shown::ThisYear } else { Shown::LastYear }));
    }
}

fn wrapped(ui: &mut Ui, text: RichText) {
    ui.add(Label::new(text).wrap());
}
