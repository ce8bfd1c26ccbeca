//! The tables as they take shape: the register's total of each row beside what is typed, and whether both sides agree.

use egui::{Align, Frame, Label, Layout, RichText, ScrollArea, Ui, vec2};

use crate::form::Form;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::ledger::LedgerPage;

/// Widths of the columns: row, register, typed, difference.
const WIDTHS: [f32; 4] = [226.0, 88.0, 44.0, 40.0];

/// Rows that are shown also where they are 0: the relation of table 三 is about them.
const ALWAYS: [&str; 4] = ["new.sum", "carry_in.sum", "total.sum", "carry_out.sum"];

/// Shows the total of every row that has something, in the register or in the draft.
pub fn figures_ui(ui: &mut Ui, page: &LedgerPage) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("表格正在成形").font(bold_font(14.0)));
        ui.label(RichText::new("总计列　没有列出的行是 0").color(palette().weak));
    });
    let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).inner_margin(4);
    frame.show(ui, |ui| {
        row_ui(ui, ["行", "台账", "现填", "相差"].map(|words| RichText::new(words).small().color(palette().weak)));
        ScrollArea::vertical().id_salt("ledger-figures").auto_shrink(false).max_height(ui.available_height() - 54.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.spacing_mut().interact_size.y = 17.0;
            let form = &page.all.office.form;
            for (cell, figure) in &page.all.counted.figures {
                let spec = form.cell(*cell);
                let typed = page.all.typed_in(*cell);
                let is_total = spec.key.ends_with(".sum") || spec.key.ends_with(".total");
                let is_filled = figure.proposed > 0 || typed.as_deref().is_some_and(|typed| typed != "0");
                if !is_total || !is_filled && !ALWAYS.contains(&&*spec.key) {
                    continue;
                }
                let difference = typed.as_ref().and_then(|typed| typed.parse::<i64>().ok()).map(|typed| i64::from(figure.certain) - typed);
                let waiting = figure.proposed - figure.certain;
                let count = if waiting > 0 {
                    format!("{} ＝ {} ＋ {waiting}", figure.proposed, figure.certain)
                } else {
                    figure.certain.to_string()
                };
                let count = RichText::new(count).color(if waiting > 0 { palette().accent } else { palette().ink });
                let sign = match difference {
                    Some(1..) => format!("+{}", difference.unwrap_or_default()),
                    Some(difference) => difference.to_string(),
                    None => String::new(),
                };
                let color = if difference.is_some_and(|difference| difference != 0) { palette().warning } else { palette().weak };
                let name = spec.label.splitn(3, ' ').last().unwrap_or_default();
                let name = RichText::new(name).color(if figure.proposed == 0 { palette().weak } else { palette().ink });
                row_ui(ui, [name, count, RichText::new(typed.unwrap_or_default()).color(palette().weak), RichText::new(sign).color(color)]);
            }
        });
    });
    balance_ui(ui, page, &page.all.office.form);
}

fn row_ui(ui: &mut Ui, texts: [RichText; 4]) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (at, (text, width)) in texts.into_iter().zip(WIDTHS).enumerate() {
            let layout = if at == 0 { Layout::left_to_right(Align::Center) } else { Layout::right_to_left(Align::Center) };
            ui.allocate_ui_with_layout(vec2(width, 17.0), layout, |ui| {
                ui.set_min_width(width);
                ui.add(Label::new(text).truncate());
            });
        }
    });
    let line = ui.available_rect_before_wrap();
    ui.painter().hline(line.x_range(), line.top() - 1.0, (1.0, palette().line));
}

/// The printed relation of table 三, with the register's figures in it.
fn balance_ui(ui: &mut Ui, page: &LedgerPage, form: &Form) {
    let sum = |row: &str| {
        form.cell_by_key(&format!("{row}.sum")).and_then(|cell| page.all.counted.figures.get(&cell)).map(|figure| figure.certain)
    };
    let (Some(new), Some(old), Some(done), Some(left)) = (sum("new"), sum("carry_in"), sum("total"), sum("carry_out")) else { return };
    let open =
        page.all.counted.items.iter().filter(|item| matches!(item.state, crate::ledger::State::Open | crate::ledger::State::Proposed));
    let num_open = open.count();
    let words = format!("已定的：{new} ＋ {old} ＝ {}，{done} ＋ {left} ＝ {}", new + old, done + left);
    let (sign, color) = if num_open == 0 { ("✓", palette().good) } else { ("□", palette().accent) };
    ui.label(RichText::new(format!("{sign} {words}")).color(color));
    let rest = if num_open == 0 {
        "台账的数全定了，可以填进草稿。".to_owned()
    } else {
        format!("还有 {num_open} 行没定，定完两边都会加上。")
    };
    ui.label(RichText::new(rest).small().color(palette().weak));
}
