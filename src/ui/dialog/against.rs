//! What a copy that went out, or a receipt, says otherwise than the open report.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::review::flaw_name;
use crate::ui::command::Command;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, list_height, set_wide, title};
use crate::ui::state::work::Work;

/// What came of holding a file against the report.
#[derive(Clone, Debug)]
pub struct Against {
    /// The file, as it is called.
    pub file: String,
    /// It is a receipt, not a copy.
    pub is_receipt: bool,
    /// What differs, each with its place.
    pub differences: Vec<String>,
    /// What was not compared, and what else there is to know.
    pub notes: Vec<String>,
}

/// Shows it. Over a broken log nothing is proved, whatever the copy says.
pub fn against_ui(ui: &mut Ui, work: &Work, found: &Against) -> Option<Command> {
    set_wide(ui, 680.0);
    title(ui, if found.is_receipt { "与回执核对" } else { "与导出的副本核对" });
    ui.add(Label::new(RichText::new(&found.file).small().color(palette().weak)).wrap());
    if let Some(flaw) = work.session.standing().flaw() {
        let first = flaw_name(work.session.draft().review(), flaw);
        ui.add(Label::new(RichText::new(format!("× 草稿本身的办理记录与内容不符：{first}")).color(palette().error)).wrap());
    }
    let same =
        if found.is_receipt { "✓ 与回执一致，就是当时报送的那一份" } else { "✓ 副本与草稿逐格逐段一致" };
    match found.differences.len() {
        0 => ui.label(RichText::new(same).color(palette().good)),
        num => ui.label(RichText::new(format!("× 有 {num} 处不同")).color(palette().error)),
    };
    ScrollArea::vertical().max_height(list_height(ui, 380.0, 240.0)).show(ui, |ui| {
        for words in &found.differences {
            ui.add(Label::new(words).wrap());
        }
        for words in &found.notes {
            ui.add(Label::new(RichText::new(words).small().color(palette().weak)).wrap());
        }
    });
    buttons(ui, &[("知道了", true, Command::Cancel)])
}
