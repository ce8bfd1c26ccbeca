//! What must be known before anything in the report is believed: its log proves nothing, or its form came from elsewhere.

use egui::{Frame, Label, Margin, RichText, Ui};

use crate::review::flaw_name;
use crate::ui::look::theme::palette;
use crate::ui::state::work::Work;

/// Shows it above the chapter; nothing where all is well.
pub fn proof_strip_ui(ui: &mut Ui, work: &Work) {
    let form = work.session.form();
    if form.is_foreign {
        let words = format!("表样 {}（{}）不是程序自带的，来自外部文件，SM3 {}。请确认是有关部门发的表样。", form.id, form.name, form.hash);
        strip(palette().warning_tint, palette().warning).show(ui, |ui| {
            ui.add(Label::new(RichText::new(words).color(palette().warning)).wrap());
        });
        ui.add_space(4.0);
    }
    let standing = work.session.standing();
    let Some(flaw) = standing.flaw() else { return };
    let first = flaw_name(work.session.draft().review(), flaw);
    let words =
        format!("× {}：办理记录与内容不符，最先不符的是{first}。请经办人核对内容后重新送审，此前的办理和签发作废。", standing.name());
    strip(palette().error_tint, palette().error).show(ui, |ui| ui.add(Label::new(RichText::new(words).color(palette().error)).wrap()));
    ui.add_space(4.0);
}

fn strip(fill: egui::Color32, line: egui::Color32) -> Frame {
    Frame::new().fill(fill).stroke((1.0, line)).corner_radius(4).inner_margin(Margin::symmetric(10, 5))
}
