//! The space bar: what is left of the line is 0. And the offer that a typed total makes: where what stands in its line is the total
//! already, nothing but 0 is left for the rest.

use egui::{Area, Frame, Id, Margin, Order, RichText, Ui};

use super::layout::Layout;
use super::steps::onward;
use crate::model::{CellId, Entry};
use crate::ui::command::Command;
use crate::ui::look::theme::palette;
use crate::ui::state::grid::{GridState, GridView, ZeroOffer};

/// The space bar. What is being typed is entered, then 0 goes into the blank ones of the line, of the selected cells, or of what was
/// offered; the cursor goes on to the line's total where that is still to be typed, else to the next line.
pub fn space(view: GridView<'_>, state: &mut GridState, offered: Option<ZeroOffer>) -> Vec<Command> {
    let Some(cell) = state.cell(view.table) else { return Vec::new() };
    let line = view.session.line(cell);
    if let Some(offer) = still(view, offered).or_else(|| offer(view, state)) {
        let typed = state.commit(view).map(Command::Type);
        go_on(view, state, &view.session.line(offer.total), |_| false);
        return typed.into_iter().chain([Command::Zeros(offer.cells)]).collect();
    }
    if let Some(editor) = &mut state.editor {
        let is_check = view.session.parts(cell).iter().any(|part| line.contains(part));
        if is_check || Entry::read(view.session.form().cell(cell).kind, &editor.text).value().is_none() {
            // It is no figure to be entered; the sign goes where it was typed.
            editor.text.push(' ');
            return Vec::new();
        }
    }
    let selected = state.selected(view);
    if selected.len() > 1 {
        return vec![Command::Zeros(selected)];
    }
    let typed = state.commit(view).map(Command::Type);
    let zeros = view.session.zero_cells(&line);
    // A figure that is typed now is not yet in the draft; what sums it is not 0.
    go_on(view, state, &line, |total| {
        total != cell && (!zeros.contains(&total) || typed.is_some() && view.session.parts(total).contains(&cell))
    });
    typed.into_iter().chain([Command::Zeros(line)]).collect()
}

/// On to the first blank total of the line that is still to be typed; else to the line after it.
fn go_on(view: GridView<'_>, state: &mut GridState, line: &[CellId], is_left: impl Fn(CellId) -> bool) {
    let form = view.session.form();
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return };
    let is_open = |cell: &&CellId| {
        let is_typed = form.cell(**cell).total.is_some() && !view.session.is_computed(**cell);
        is_typed && view.session.draft().entry(**cell).is_blank() && is_left(**cell)
    };
    if let Some(total) = line.iter().find(is_open) {
        state.go_to(form.cell(*total).at);
        state.tab_from = Some(form.cell(*first).at.1);
        return;
    }
    let last = form.cell(*last);
    let end = (last.at.0, last.at.1 + last.cols - 1);
    state.go_to(onward(view, end).unwrap_or(state.cursor));
}

/// The offer that the total being typed makes.
pub fn offer(view: GridView<'_>, state: &GridState) -> Option<ZeroOffer> {
    let (editor, total) = (state.editor.as_ref()?, state.cell(view.table)?);
    let entry = Entry::read(view.session.form().cell(total).kind, &editor.text);
    let cells = view.session.left_zero_by(total, &entry);
    (!cells.is_empty()).then_some(ZeroOffer { total, cells })
}

/// What was offered, unless its cells were filled by other means since.
fn still(view: GridView<'_>, offered: Option<ZeroOffer>) -> Option<ZeroOffer> {
    offered.filter(|offer| offer.cells.iter().all(|cell| view.session.draft().entry(*cell).is_blank()))
}

/// Says what the space bar would do, below the total that was typed. It takes no room and no keyboard.
pub fn offer_ui(ui: &Ui, view: GridView<'_>, state: &GridState, layout: &Layout) {
    let Some(offer) = still(view, state.offer.clone()).or_else(|| self::offer(view, state)) else { return };
    let form = view.session.form();
    let total = form.cell(offer.total);
    let is_line = offer.cells.iter().all(|cell| form.cell(*cell).at.0 == total.at.0);
    let words = format!("已填的相加正好是合计：按空格键，这一{}其余 {} 格填 0", if is_line { "行" } else { "列" }, offer.cells.len());
    let at = layout.cell(total).right_bottom() + egui::vec2(0.0, 3.0);
    Area::new(Id::unique("zeros-offered")).order(Order::Foreground).pivot(egui::Align2::RIGHT_TOP).fixed_pos(at).interactable(false).show(
        ui.ctx(),
        |ui| {
            let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().frame)).corner_radius(4);
            ui.set_max_width(ui.ctx().content_rect().width() - 40.0);
            frame.inner_margin(Margin::symmetric(10, 4)).show(ui, |ui| ui.label(RichText::new(words).color(palette().accent)));
        },
    );
}
