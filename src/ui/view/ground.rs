//! 依据: where something is written down, and what about that is not certain, behind one line.

use egui::{CollapsingHeader, Label, RichText, Ui};

use crate::form::certain;
use crate::ui::look::theme::palette;

/// Shows the line; opened, the source, the number of the rule and the doubts.
pub fn ground_ui(ui: &mut Ui, salt: impl std::hash::Hash + std::fmt::Debug, rule: &str, source: &str, doubts: &[String]) {
    let small = |words: &str| RichText::new(words).small().color(palette().weak);
    CollapsingHeader::new(small("依据")).id_salt(salt).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(Label::new(small(source)).wrap());
        for doubt in doubts.iter().filter(|doubt| !source.contains(doubt.as_str())) {
            ui.add(Label::new(small(doubt)).wrap());
        }
        if !rule.is_empty() {
            ui.add(Label::new(small(&format!("规则 {rule}"))).wrap());
        }
    });
}

/// A help text or hint without its doubts, which are collected.
pub fn plain(words: &str, doubts: &mut Vec<String>) -> String {
    let (sure, more) = certain(words, '。');
    doubts.extend(more);
    sure
}
