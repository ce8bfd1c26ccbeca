//! The findings on the right: the most likely wrong cell first, then every broken rule by chapter; a click goes there.

use egui::{Button, Color32, Frame, Label, Margin, RichText, ScrollArea, Sense, Stroke, Ui, Vec2};

use super::command::Command;
use super::theme::{bold_font, palette};
use super::work::Work;
use crate::form::Severity;
use crate::model::Edit;
use crate::rules::{self, Finding, Suspect, Verdict};

/// Shows the list.
pub fn findings_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let session = &work.session;
    header_ui(ui, work, &mut commands);
    ScrollArea::vertical().id_salt("findings").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        for suspect in session.suspects() {
            suspect_ui(ui, work, suspect, &mut commands);
        }
        for chapter in &session.form().chapters {
            let mut here: Vec<Finding> = session.fails().filter(|finding| work.first_cell(*finding).0 == chapter.no).collect();
            here.sort_by_key(|finding| (finding.severity(session.form()), work.first_cell(*finding)));
            if here.is_empty() {
                continue;
            }
            ui.label(RichText::new(&*chapter.title).small().color(palette().weak));
            for finding in here {
                finding_ui(ui, work, finding, &mut commands);
            }
        }
        waiting_ui(ui, work);
    });
    commands
}

fn header_ui(ui: &mut Ui, work: &Work, commands: &mut Vec<Command>) {
    let session = &work.session;
    let (errors, warnings) = (session.num_fails(Severity::Error), session.num_fails(Severity::Warning));
    ui.horizontal(|ui| {
        ui.label(RichText::new("核对结果").font(bold_font(15.0)));
        let (text, color) = match (errors, warnings) {
            (0, 0) if session.findings().iter().any(|finding| finding.verdict == Verdict::Waiting) => {
                ("填数后自动核对".to_owned(), palette().weak)
            }
            (0, 0) => ("✓ 未发现问题".to_owned(), palette().good),
            (0, _) => (format!("提醒 {warnings}"), palette().warning),
            (_, 0) => (format!("错误 {errors}"), palette().error),
            (_, _) => (format!("错误 {errors}  提醒 {warnings}"), palette().error),
        };
        ui.label(RichText::new(text).color(color));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let next = Button::new(RichText::new("下一处 F8").small());
            if ui.add_enabled(errors + warnings > 0, next).on_hover_text("F8 下一处，Shift+F8 上一处").clicked() {
                commands.push(Command::NextFinding);
            }
        });
    });
}

/// A card with a coloured edge.
fn card(ui: &mut Ui, edge: Color32, is_chosen: bool, add: impl FnOnce(&mut Ui)) -> egui::Response {
    let fill = if is_chosen { palette().accent_tint } else { palette().paper };
    let stroke = Stroke::new(1.0, if is_chosen { palette().accent } else { palette().line });
    let frame = Frame::new().fill(fill).stroke(stroke).corner_radius(4).inner_margin(Margin { left: 10, right: 8, top: 5, bottom: 6 });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 2.0);
        add(ui);
    });
    let rect = shown.response.rect;
    ui.painter().rect_filled(egui::Rect::from_min_size(rect.min, Vec2::new(4.0, rect.height())), 2.0, edge);
    shown.response
}

fn suspect_ui(ui: &mut Ui, work: &Work, suspect: &Suspect, commands: &mut Vec<Command>) {
    let form = work.session.form();
    let cell = form.cell(suspect.cell);
    let figure = |entry| rules::figure(form, suspect.cell, entry);
    card(ui, palette().accent, false, |ui| {
        ui.label(RichText::new("最可能录错的单元格").font(bold_font(13.0)).color(palette().accent));
        ui.label(&*cell.label);
        ui.label(format!(
            "现填 {}，改为 {} 后各处勾稽都成立（{}）",
            figure(&suspect.typed),
            figure(&suspect.should_be),
            suspect.slip.words()
        ));
        ui.horizontal(|ui| {
            if ui.button("转到").clicked() {
                commands.push(Command::GoTo(suspect.cell));
            }
            if ui.button(format!("改为 {}", figure(&suspect.should_be))).on_hover_text("可用 Ctrl+Z 撤销").clicked() {
                commands.push(Command::GoTo(suspect.cell));
                commands.push(Command::Change(vec![Edit::Cell(suspect.cell, suspect.should_be.clone())]));
            }
        });
    });
}

fn finding_ui(ui: &mut Ui, work: &Work, finding: Finding, commands: &mut Vec<Command>) {
    let session = &work.session;
    let form = session.form();
    let rule = form.rule(form.check(finding.check));
    let severity = finding.severity(form);
    let is_chosen = work.finding == Some(finding.check);
    let message = rules::message(form, session.draft(), finding);
    let response = card(ui, severity_color(severity), is_chosen, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(severity_words(severity)).font(bold_font(12.0)).color(severity_color(severity)));
            ui.label(RichText::new(&*rule.id).small().color(palette().weak));
        });
        ui.add(Label::new(&message).wrap().selectable(false));
        if is_chosen {
            ui.add(Label::new(RichText::new(format!("怎么办：{}", rule.hint)).small()).wrap().selectable(false));
            ui.add(Label::new(RichText::new(format!("依据：{}", rule.source)).small().color(palette().weak)).wrap().selectable(false));
        }
    });
    let click = ui.interact(response.rect, egui::Id::unique(("finding", finding.check.index())), Sense::click());
    click.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, format!("{} {} {message}", severity_words(severity), rule.id))
    });
    if click.has_focus() {
        ui.painter().rect_stroke(response.rect, 4.0, Stroke::new(2.0, palette().accent), egui::StrokeKind::Inside);
    }
    if click.clicked() {
        commands.push(Command::LookAt(finding));
    }
    if is_chosen && work.reveal_finding {
        ui.scroll_to_rect(response.rect, None);
    }
}

/// How many rules wait for blank cells.
fn waiting_ui(ui: &mut Ui, work: &Work) {
    let waiting = work.session.findings().iter().filter(|finding| finding.verdict == Verdict::Waiting).count();
    if waiting > 0 {
        ui.add_space(4.0);
        let words = format!("另有 {waiting} 项勾稽等待填数，填齐后自动核对。");
        ui.add(Label::new(RichText::new(words).small().color(palette().weak)).wrap());
    }
}

/// The word and sign of a severity.
pub fn severity_words(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "× 错误",
        Severity::Warning => "⚠ 提醒",
        Severity::Info => "ⓘ 提示",
    }
}

/// The colour of a severity.
pub fn severity_color(severity: Severity) -> Color32 {
    match severity {
        Severity::Error => palette().error,
        Severity::Warning => palette().warning,
        Severity::Info => palette().info,
    }
}
