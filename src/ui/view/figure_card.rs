//! The card of a figure in the text: both sides in words with the arithmetic, and what can be done. It opens under its line where the
//! pointer rests or by Alt+↓, and never changes a table.

use std::ops::Range;
use std::time::Duration;

use egui::text_edit::TextEditOutput;
use egui::{Area, Frame, Key, Label, Margin, Order, Pos2, Rect, RichText, Shape, Stroke, Ui, pos2, vec2};

use super::text_findings::buttons_ui;
use super::text_marks;
use crate::model::{SectionId, Spot};
use crate::rules::Answer;
use crate::rules::claims::held::{self, State};
use crate::rules::claims::{Certainty, TextFigure, TextFinding};
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::command::places::{FigureCard, Target};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::severity_color;
use crate::ui::state::work::Work;

/// Width of the card, in points.
const WIDTH: f32 = 500.0;
/// How long the pointer rests before it opens, in seconds.
const REST: f64 = 0.25;

/// What is said of a sentence that is last year's.
const COPIED: &str = "与上年报告里的一句相同，或者只换了几个字、几个数：请改成本年的做法";

/// What the card is about.
enum About<'a> {
    Finding(&'a TextFinding),
    Figure(&'a TextFigure),
    Comment(String),
    Copied,
}

/// A card can be opened at this character, or at the one before it.
pub fn card_at(work: &Work, section: SectionId, at: usize, is_by_key: bool) -> Option<FigureCard> {
    let place = [Some(at), at.checked_sub(1)].into_iter().flatten().find(|at| about(work, section, *at).is_some())?;
    Some(FigureCard { section, at: place, is_by_key })
}

/// What stands at this character, and its characters.
fn about(work: &Work, section: SectionId, at: usize) -> Option<(About<'_>, Range<usize>)> {
    let session = &work.session;
    let is_open = |text: &&TextFinding| !matches!(session.answer_text(text), Answer::Given(_));
    let found = session.text_findings().iter().filter(|text| text.section == section && text.chars.contains(&at)).find(is_open);
    if let Some(found) = found {
        return Some((About::Finding(found), found.chars.clone()));
    }
    let is_meant = |figure: &&TextFigure| figure.section == section && figure.at.contains(&at) && !figure.keys.is_empty();
    if let Some(figure) = session.text_figures().iter().find(is_meant) {
        return Some((About::Figure(figure), figure.at.clone()));
    }
    let text = session.draft().section(section);
    let comment = work.panel.threads().filter(|thread| !thread.is_resolved).find_map(|thread| {
        let Spot::Passage { section: its, quote, .. } = &thread.spot else { return None };
        let start = thread.spot.find_in(text).filter(|_| *its == section)?;
        let chars = start..start + quote.chars().count();
        let about = About::Comment(format!("第 {} 号批注：{}", thread.no, thread.comment.words));
        chars.contains(&at).then_some((about, chars))
    });
    let copied = || work.panel.copied(section).iter().find(|chars| chars.contains(&at));
    comment.or_else(|| copied().map(|chars| (About::Copied, chars.clone())))
}

/// Opens, shows and closes the card over the text as it is laid out.
pub fn figure_card_ui(ui: &Ui, work: &Work, section: SectionId, shown: &TextEditOutput, is_typed: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    let open = work.figure_card.filter(|card| card.section == section);
    let close = |commands: &mut Vec<Command>| commands.push(Command::ShowFigure(None));
    if is_typed {
        if open.is_some() {
            close(&mut commands);
        }
        return commands;
    }
    let response = &shown.response.response;
    let under = response.hover_pos().map(|pos| shown.galley.cursor_from_pos(pos - shown.galley_pos).index.0);
    let on = |at: usize| {
        let (about, chars) = about(work, section, at)?;
        let rects = text_marks::rects(&shown.galley, shown.galley_pos, &chars);
        Some((about, chars, rects))
    };
    let hovered = under
        .and_then(on)
        .filter(|(.., rects)| response.hover_pos().is_some_and(|pos| rects.iter().any(|rect| rect.expand2(vec2(0.0, 3.0)).contains(pos))));
    if let Some((_, chars, _)) = &hovered
        && open.is_none_or(|card| !chars.contains(&card.at) && !card.is_by_key)
    {
        let rested = ui.input(|input| f64::from(input.pointer.time_since_last_movement()));
        if rested >= REST {
            commands.push(Command::ShowFigure(Some(FigureCard { section, at: chars.start, is_by_key: false })));
        } else {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(REST - rested));
        }
    }
    let Some(card) = open else { return commands };
    let Some((about, _, rects)) = on(card.at) else {
        close(&mut commands);
        return commands;
    };
    let Some(line) = rects.last().copied() else { return commands };
    let rect = card_ui(ui, work, (&about, card, line), response.id, &mut commands);
    let escape = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
    let is_near = |pos: Pos2| rect.expand(8.0).contains(pos) || rects.iter().any(|rect| rect.expand(8.0).contains(pos));
    let has_left = !card.is_by_key && !ui.input(|input| input.pointer.hover_pos()).is_some_and(is_near);
    if escape || has_left {
        close(&mut commands);
    }
    if escape && card.is_by_key {
        commands.push(Command::BackToChapter);
    }
    commands
}

/// Shows the card below (or, where there is no room, above) its line; returns where it stands.
fn card_ui(ui: &Ui, work: &Work, (about, card, line): (&About, FigureCard, Rect), text: egui::Id, commands: &mut Vec<Command>) -> Rect {
    let id = egui::Id::unique("figure card");
    let height = ui.ctx().memory(|memory| memory.area_rect(id)).map_or(160.0, |rect| rect.height());
    let screen = ui.ctx().content_rect();
    let is_below = line.bottom() + 12.0 + height < screen.bottom();
    let top = if is_below { line.bottom() + 9.0 } else { line.top() - 9.0 - height };
    let left = (line.left() - 24.0).min(screen.right() - WIDTH - 30.0).max(4.0);
    let area = Area::new(id).order(Order::Foreground).fixed_pos(pos2(left, top)).constrain(true).show(ui.ctx(), |ui| {
        let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().frame)).corner_radius(6).inner_margin(Margin::same(12));
        frame.show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            match about {
                About::Finding(found) => finding_ui(ui, work, found, commands),
                About::Figure(figure) => agreeing_ui(ui, work, figure, commands),
                About::Comment(words) => _ = ui.add(Label::new(words).wrap()),
                About::Copied => _ = ui.add(Label::new(COPIED).wrap()),
            }
        });
    });
    if is_below {
        let tip = pos2(line.center().x.max(left + 12.0), top - 7.0);
        let foot = [tip + vec2(-7.0, 7.5), tip, tip + vec2(7.0, 7.5)];
        let painter = ui.ctx().layer_painter(area.response.layer_id);
        painter.add(Shape::convex_polygon(foot.to_vec(), palette().paper, Stroke::NONE));
        painter.add(Shape::line(foot.to_vec(), Stroke::new(1.0, palette().frame)));
    }
    let has_focus = ui.memory(|memory| memory.focused().is_some_and(|focused| focused != text));
    if card.is_by_key && !has_focus {
        ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::Next));
    }
    area.response.rect
}

/// A finding: what is, what it should be, the arithmetic, the buttons.
fn finding_ui(ui: &mut Ui, work: &Work, found: &TextFinding, commands: &mut Vec<Command>) {
    let color = severity_color(found.severity());
    let mark = if found.severity() == crate::form::Severity::Error { "×" } else { "⚠" };
    let state = if found.certainty == Certainty::Look { "请核对" } else { "不一致" };
    ui.horizontal(|ui| {
        ui.label(
            RichText::new(format!("{mark} {}", headline(found).unwrap_or_else(|| state.to_owned()))).font(bold_font(15.0)).color(color),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new("Esc 收起").small().color(palette().weak));
        });
    });
    let is_of_two = found.left.value.is_some() && found.right.value.is_some();
    if is_of_two {
        sides_ui(ui, found);
    } else {
        ui.add(Label::new(found.message()).wrap());
    }
    ui.add(Label::new(RichText::new(&*found.rule.says).small().color(palette().weak)).wrap());
    ui.horizontal_wrapped(|ui| {
        buttons_ui(ui, work, found, true, commands);
        let may_explain = found.severity() != crate::form::Severity::Error && !work.is_read_only();
        if may_explain && ui.button("本句不核对…").on_hover_text("写明为什么，记在校验报告里").clicked() {
            commands.extend([Command::ShowFigure(None), Command::Visit(Target::Finding(found.reason_key())), Named::Reason.into()]);
        }
    });
}

/// 正文写 118，表里是 108，差 10: where both sides are plain numbers.
fn headline(found: &TextFinding) -> Option<String> {
    let (left, right) = (found.left.value?, found.right.value?);
    let is_plain = found.quote.contains(&left.to_string());
    let other = if found.right.cells.is_empty() { "应当是" } else { "表里是" };
    (is_plain && left != right).then(|| format!("正文写 {left}，{other} {right}，差 {}", left.abs_diff(right)))
}

fn sides_ui(ui: &mut Ui, found: &TextFinding) {
    Frame::new().stroke((1.0, palette().line)).corner_radius(4).inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        egui::Grid::new("sides").num_columns(2).spacing(vec2(12.0, 4.0)).show(ui, |ui| {
            ui.label(RichText::new("正文").small().color(palette().weak));
            ui.add(Label::new(RichText::new(&found.quote).strong()).wrap());
            ui.end_row();
            let side = if found.right.cells.is_empty() { "算式" } else { "表里" };
            ui.label(RichText::new(side).small().color(palette().weak));
            ui.add(Label::new(&found.against).wrap());
            ui.end_row();
        });
    });
}

/// A figure that agrees, or that was held against nothing: with what, and the way to link it or to let it go.
fn agreeing_ui(ui: &mut Ui, work: &Work, figure: &TextFigure, commands: &mut Vec<Command>) {
    let session = &work.session;
    let form = session.form();
    let Some(key) = figure.keys.first() else { return };
    let (words, color) = match (figure.is_linked, figure.state) {
        (true, State::Equal) => ("✓ 跟着表：格改了，这里一起改", palette().good),
        (_, State::Equal) => ("✓ 与表里一致", palette().good),
        _ => ("－ 没有核对", palette().weak),
    };
    ui.label(RichText::new(words).font(bold_font(15.0)).color(color));
    let against = if key.starts_with("pct:") { figure.quote.clone() } else { held::words(session.report(), key) };
    ui.add(Label::new(against).wrap());
    if !figure.why.is_empty() {
        ui.add(Label::new(RichText::new(&figure.why).small().color(palette().weak)).wrap());
    }
    ui.horizontal_wrapped(|ui| {
        if let Some(cell) = held::cells(form, key).first()
            && ui.button("去表里看").clicked()
        {
            commands.push(Command::GoTo(*cell));
        }
        if work.is_read_only() {
        } else if figure.is_linked {
            if ui.button("解除链接").on_hover_text("正文这个数不再跟着表").clicked() {
                commands.push(Command::Change(session.unlink_edit(figure).into_iter().collect()));
            }
        } else if let Some(edit) = session.link_edit(figure, key)
            && ui.button("链接").on_hover_text("以后跟着表里的格一起改").clicked()
        {
            commands.push(Command::Change(vec![edit]));
        }
    });
}
