//! Two versions of one draft side by side, place by place. To be looked at; nothing is taken over.

use std::sync::Arc;

use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};

use crate::form::Report;
use crate::model::{Change, Draft, Item, Splice, Step, Value};
use crate::review;
use crate::ui::command::Command;
use crate::ui::command::files::Other;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, title};

/// Two versions that differ in these places.
#[derive(Debug)]
pub struct Comparison {
    other: Other,
    differences: Vec<Difference>,
}

/// A place where two versions differ.
#[derive(Debug, PartialEq, Eq)]
struct Difference {
    /// Cell, chapter or what else.
    place: String,
    theirs: String,
    mine: String,
}

/// Longest piece of a text shown, in characters.
const MAX_PIECE: usize = 120;

impl Comparison {
    /// The comparison of what is on screen with another version.
    ///
    /// # Errors
    /// They are not the same report.
    pub fn new(other: Other, mine: Report<'_>, theirs: Report<'_>) -> Result<Self, String> {
        if mine.form.id != theirs.form.id || mine.draft.year != theirs.draft.year {
            let (name, year) = (&theirs.form.name, theirs.draft.year);
            return Err(format!("那一份是 {year} 年的报告（{name}），与窗口里的不是同一份报告，不能逐格对照；两份都没有改动。"));
        }
        Ok(Self { other, differences: differences(mine, theirs.draft) })
    }
}

/// Every place where the reports differ, in form order, and how much was done in each copy only.
fn differences(Report { form, draft }: Report<'_>, theirs: &Draft) -> Vec<Difference> {
    let diff = review::diff(theirs, draft);
    let of_change = |Change { item, old, new }: &Change| {
        let name = review::item_name(form, item);
        // Of a long text only what differs.
        let (place, theirs, mine) = match (old, new) {
            (Value::Text(old), Value::Text(new)) if matches!(item, Item::Text(_)) => match Splice::between(old, new) {
                Some(splice) => (format!("{name}，第 {} 字起", splice.at + 1), splice.old.into(), splice.new.into()),
                None => (name, String::new(), String::new()),
            },
            _ => (name, review::value_name(form, item, old), review::value_name(form, item, new)),
        };
        Difference { place, theirs: piece(&theirs), mine: piece(&mine) }
    };
    let steps = |steps: &[Arc<Step>]| format!("另有 {} 步", steps.len());
    let has_steps = !diff.only_old.is_empty() || !diff.only_new.is_empty();
    let log =
        || Difference {
            place: "办理记录（提交、审核、批注）".to_owned(), theirs: steps(&diff.only_old), mine: steps(&diff.only_new)
        };
    diff.changes.iter().map(of_change).chain(has_steps.then(log)).collect()
}

/// The text, or its beginning and how long it is.
fn piece(text: &str) -> String {
    let length = text.chars().count();
    match length {
        0 => "（空）".to_owned(),
        1..=MAX_PIECE => text.to_owned(),
        _ => format!("{}……（共 {length} 字）", text.chars().take(MAX_PIECE).collect::<String>()),
    }
}

/// Shows the comparison.
pub fn comparison_ui(ui: &mut Ui, comparison: &Comparison) -> Option<Command> {
    let width = (ui.ctx().content_rect().width() - 120.0).clamp(400.0, 980.0);
    ui.set_width(width);
    title(ui, "两份对照");
    match comparison.differences.len() {
        0 => ui.label("两份完全一样。"),
        number => ui.label(format!("有 {number} 处不同。这里只看，不改；要改请在窗口里逐格填。")),
    };
    ui.add_space(6.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    let widths = [0.38, 0.31, 0.31].map(|share| (width - 40.0) * share);
    if !comparison.differences.is_empty() {
        row_ui(ui, widths, ["哪一处", &comparison.other.name(), "现在窗口里的"], true);
    }
    let height = ui.ctx().content_rect().height() - 260.0;
    ScrollArea::vertical().max_height(height.max(120.0)).show(ui, |ui| {
        for Difference { place, theirs, mine } in &comparison.differences {
            row_ui(ui, widths, [place, theirs, mine], false);
        }
    });
    ui.spacing_mut().item_spacing.y = 6.0;
    buttons(ui, &[("知道了", true, Command::Cancel)])
}

fn row_ui(ui: &mut Ui, widths: [f32; 3], words: [&str; 3], is_head: bool) {
    let fill = if is_head { palette().head } else { palette().paper };
    let frame = Frame::new().fill(fill).stroke((1.0, palette().line)).inner_margin(Margin::symmetric(8, 4));
    frame.show(ui, |ui| {
        ui.horizontal_top(|ui| {
            for (width, words) in widths.into_iter().zip(words) {
                let text = RichText::new(words);
                let text = if is_head { text.font(bold_font(13.0)) } else { text };
                ui.allocate_ui_with_layout(vec2(width - 16.0, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width - 16.0);
                    ui.add(Label::new(text).wrap());
                });
            }
        });
    });
}
