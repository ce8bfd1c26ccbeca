//! What stands beside the tables in an account: cells that were not read, in one list; texts by chapter; what was left over.

use egui::{Label, RichText, ScrollArea, Sense, Ui};

use super::certainty::{ink, reason, sign};
use crate::ui::command::Command;
use crate::ui::command::account::Receive;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::entry_frame;
use crate::ui::state::account::AccountPage;

/// Most scraps listed.
const MANY: usize = 300;

/// Every cell that wants a look, with where it stands and why; the one that was clicked on.
pub fn open_list_ui(ui: &mut Ui, page: &AccountPage) -> Option<Command> {
    let (wanting, mut chosen) = (page.wanting(), None);
    if wanting.is_empty() {
        ui.label("每一格都读到了，或者您看过了。");
        return None;
    }
    ScrollArea::vertical().id_salt("account-open").auto_shrink(false).show(ui, |ui| {
        for cell in wanting {
            let Some(found) = page.found(cell) else { continue };
            let certainty = page.certainty(cell);
            let shown = entry_frame(page.cell() == Some(cell)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.label(
                    RichText::new(format!("{} {}", sign(certainty), page.form().cell(cell).label))
                        .font(bold_font(13.0))
                        .color(ink(certainty)),
                );
                let place = found.place.as_ref().map_or_else(String::new, |place| format!("{place}　"));
                let text = if found.text.is_empty() { String::new() } else { format!("“{}”　", found.text.replace('\n', " ")) };
                ui.add(Label::new(RichText::new(format!("{place}{text}{}", reason(found))).small()).wrap());
            });
            let row = ui.interact(shown.response.rect, ui.scope_id().with(("open", cell.index())), Sense::click());
            row.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &*page.form().cell(cell).label));
            if row.clicked() {
                chosen = Some(Receive::GoTo(cell).into());
            }
        }
    });
    chosen
}

/// The chapters as they were found.
pub fn texts_ui(ui: &mut Ui, page: &AccountPage) {
    let Some(account) = page.account() else { return };
    ScrollArea::vertical().id_salt("account-texts").auto_shrink(false).show(ui, |ui| {
        let opening = account.opening();
        let whole = (!account.preamble.is_empty()).then_some(("第一章之前的全文（只导入上面的说明）", &*account.preamble));
        let opening = (!opening.is_empty()).then_some(("说明（第一章之前）", &*opening));
        let chapters =
            account.form.sections().map(|(section, chapter)| (&*chapter.title, account.sections.get(&section).map_or("", |text| text)));
        for (title, text) in opening.into_iter().chain(chapters).chain(whole) {
            ui.label(RichText::new(title).font(bold_font(14.0)));
            let words = if text.is_empty() { RichText::new("没有找到这一章").color(palette().weak) } else { RichText::new(text) };
            ui.add(Label::new(words).wrap());
            ui.add_space(10.0);
        }
    });
}

/// Questions, labels written otherwise, what was left over.
pub fn rest_ui(ui: &mut Ui, page: &AccountPage) {
    let Some(account) = page.account() else { return };
    ScrollArea::vertical().id_salt("account-rest").auto_shrink(false).show(ui, |ui| {
        list_ui(ui, "要问的", account.questions.iter().cloned());
        let misspelt = account.misspelt.iter().map(|(found, official)| format!("“{found}”，表样是“{official}”"));
        list_ui(ui, "标签写法不同，已按表样认", misspelt);
        list_ui(ui, "落款，没有带过来", account.closing.iter().cloned());
        list_ui(ui, "表格里没有用上的", account.left_over.iter().map(|scrap| format!("{}（{}）", scrap.text, scrap.place)));
    });
}

fn list_ui(ui: &mut Ui, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    ui.label(RichText::new(format!("{title}　{} 处", lines.len())).font(bold_font(14.0)));
    for line in lines.iter().take(MANY) {
        ui.add(Label::new(line).wrap());
    }
    if lines.len() > MANY {
        ui.label(format!("……另有 {} 处", lines.len() - MANY));
    }
    ui.add_space(10.0);
}
