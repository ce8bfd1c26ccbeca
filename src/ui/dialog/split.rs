//! A whole report was pasted into a chapter: where each part would go, before anything changes.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::import::Split;
use crate::model::Edit;
use crate::ui::command::Command;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, cut, title};
use crate::ui::state::work::Work;

/// Shows the parts, each with its chapter, its beginning, and what it takes the place of.
pub fn split_ui(ui: &mut Ui, work: &Work, split: &Split) -> Option<Command> {
    ui.set_width(560.0_f32.min(ui.ctx().content_rect().width() - 80.0));
    title(ui, "粘贴的是整篇报告，分到各章？");
    let (form, draft) = (work.session.form(), work.session.draft());
    ScrollArea::vertical().max_height((ui.ctx().content_rect().height() - 260.0).max(120.0)).show(ui, |ui| {
        for (section, text) in &split.parts {
            let name = form.chapter(section.0).map_or("", |chapter| &*chapter.title);
            let name = if *section == crate::model::SectionId::PREAMBLE { "说明（第一章前面的话）" } else { name };
            ui.label(RichText::new(format!("{name}　{} 字", letters(text))).font(bold_font(14.0)));
            ui.add(Label::new(cut(&text.replace('\n', " "))).wrap());
            let before = letters(draft.section(*section));
            if before > 0 {
                let words = format!("现有的 {before} 字将被代替，Ctrl+Z 可以撤销");
                ui.label(RichText::new(words).color(palette().warning));
            }
            ui.add_space(6.0);
        }
    });
    let mut notes = vec!["表格里的数不从这里取：要连表格一起读，请用“文件 → 导入…”。".to_owned()];
    notes.extend(
        (!split.left_out.is_empty()).then(|| format!("标题等 {} 行不贴：{}", split.left_out.len(), cut(&split.left_out.join("　")))),
    );
    for words in notes {
        ui.add(Label::new(RichText::new(words).small().color(palette().weak)).wrap());
    }
    let edits: Vec<Edit> = split.parts.iter().filter_map(|(section, text)| work.session.text_edit(*section, text)).collect();
    buttons(ui, &[("分到各章", !edits.is_empty(), Command::Change(edits)), ("不粘贴", true, Command::Cancel)])
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
