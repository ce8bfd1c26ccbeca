//! Many files that were received at once: a line each, how far they are, and a way to stop.

use egui::{Button, CentralPanel, Frame, Key, Label, Layout, Margin, Modifiers, ProgressBar, RichText, ScrollArea, Ui, vec2};

use super::notice::notice_ui;
use crate::ui::command::Command;
use crate::ui::command::account::Receive;
use crate::ui::look::ring::page_ring;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::entry_frame;
use crate::ui::state::account::{Batch, Fate, Line};
use crate::ui::state::notice::Notice;

/// Shows the list; Enter or a click opens the account of a file.
pub fn batch_ui(ui: &mut Ui, batch: &mut Batch, notice: Option<&Notice>) -> Vec<Command> {
    let mut commands = Vec::new();
    CentralPanel::default().frame(Frame::new().fill(palette().desk).inner_margin(Margin::symmetric(24, 14))).show(ui, |ui| {
        commands.extend(notice.and_then(|notice| notice_ui(ui, notice)));
        commands.extend(head_ui(ui, batch));
        commands.extend(keys(ui, batch));
        ScrollArea::vertical().id_salt("batch").auto_shrink(false).show(ui, |ui| {
            for (place, (path, fate)) in batch.files.iter().enumerate() {
                let shown = entry_frame(place == batch.at).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                    line_ui(ui, &name, fate)
                });
                if shown.inner {
                    commands.push(Receive::Show(path.clone()).into());
                }
                if place == batch.at {
                    page_ring(ui, shown.response.rect);
                    ui.scroll_to_rect(shown.response.rect, None);
                }
            }
        });
    });
    commands
}

fn head_ui(ui: &mut Ui, batch: &Batch) -> Option<Command> {
    let (done, all) = (batch.num_done(), batch.files.len());
    let mut command = None;
    ui.horizontal(|ui| {
        ui.label(RichText::new("导入").font(bold_font(16.0)));
        let words = match batch.is_over {
            true if done < all => format!("已停下，读了 {done} / {all} 个"),
            true => format!("{all} 个文件都看过了"),
            false => format!("第 {done} / {all} 个"),
        };
        ui.label(words);
        #[expect(clippy::cast_precision_loss, reason = "a bar on the screen")]
        let part = done as f32 / all.max(1) as f32;
        if !batch.is_over {
            ui.add(ProgressBar::new(part).desired_width(240.0));
        }
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            let (label, step) = if batch.is_over { ("回去　Esc", Receive::Close) } else { ("停下", Receive::Stop) };
            if ui.button(label).clicked() {
                command = Some(step.into());
            }
            ui.label(RichText::new("↑↓ 走　Enter 看账").small().color(palette().weak));
        });
    });
    ui.add_space(6.0);
    command
}

/// One line a file; whether its account is asked for.
fn line_ui(ui: &mut Ui, name: &str, fate: &Fate) -> bool {
    ui.horizontal(|ui| {
        left_ui(ui, (ui.available_width() * 0.22).min(240.0), RichText::new(name).font(bold_font(13.0)));
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            let can_open = matches!(fate, Fate::Read(_) | Fate::Draft);
            let words = if matches!(fate, Fate::Draft) { "打开" } else { "看账" };
            let is_asked = can_open && ui.add(Button::new(words)).clicked();
            ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| fate_ui(ui, fate));
            is_asked
        })
        .inner
    })
    .inner
}

/// What became of a file.
fn fate_ui(ui: &mut Ui, fate: &Fate) {
    match fate {
        Fate::Waits => _ = ui.label(RichText::new("等着读").color(palette().weak)),
        Fate::Reads => _ = ui.label("在读……"),
        Fate::Draft => _ = ui.label("勾稽草稿，可以直接打开"),
        Fate::Refused(why) => {
            _ = ui.add(Label::new(RichText::new(format!("× {why}")).color(palette().error)).truncate()).on_hover_text(why);
        }
        Fate::Read(lines) => {
            if let Some(line) = lines.first() {
                one_ui(ui, line);
            }
            if lines.len() > 1 {
                ui.label(format!("等 {} 份", lines.len()));
            }
        }
    }
}

/// Words at the left of a column.
fn left_ui(ui: &mut Ui, width: f32, words: RichText) {
    ui.allocate_ui_with_layout(vec2(width, 18.0), Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_width(width);
        ui.add(Label::new(words).truncate());
    });
}

fn one_ui(ui: &mut Ui, line: &Line) {
    left_ui(ui, (ui.available_width() * 0.4).min(320.0), RichText::new(&line.name));
    let (sign, color) = if line.num_open + line.num_doubtful == 0 { ("✓", palette().good) } else { ("⚠", palette().warning) };
    let words = format!("{sign} 读到 {} 格，没读出 {} 格，读不准 {} 格", line.num_figures, line.num_open, line.num_doubtful);
    ui.add(Label::new(RichText::new(&words).color(color)).truncate()).on_hover_text(words);
}

/// The arrows and Enter.
fn keys(ui: &Ui, batch: &mut Batch) -> Option<Command> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = batch.files.len().saturating_sub(1);
    if pressed(Key::ArrowDown) {
        batch.at = (batch.at + 1).min(last);
    }
    if pressed(Key::ArrowUp) {
        batch.at = batch.at.saturating_sub(1);
    }
    let (path, fate) = batch.files.get(batch.at)?;
    let can_open = matches!(fate, Fate::Read(_) | Fate::Draft);
    (pressed(Key::Enter) && can_open).then(|| Receive::Show(path.clone()).into())
}
