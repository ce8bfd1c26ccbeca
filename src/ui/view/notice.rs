//! The message over the foot of the screen. It floats: nothing below it moves, and the keyboard stays where it is.

use egui::accesskit::Live;
use egui::{Align2, Area, Frame, Id, Label, Margin, Order, RichText, TextStyle, Ui, vec2};

use crate::ui::command::Command;
use crate::ui::look::theme::palette;
use crate::ui::state::notice::Notice;

/// Room for the buttons behind the words, in points.
const BUTTONS: f32 = 260.0;

/// Shows the message over the foot of this part of the screen.
pub fn notice_ui(ui: &Ui, notice: &Notice) -> Option<Command> {
    let (ink, fill) = match notice.is_error {
        true => (palette().error, palette().error_tint),
        false => (palette().good, palette().paper),
    };
    let room = ui.max_rect();
    // An area stands by the size it had a frame before.
    let id = Id::unique("notice");
    if ui.data(|data| data.get_temp(id)) != Some(room) {
        ui.data_mut(|data| data.insert_temp(id, room));
        ui.ctx().request_repaint();
    }
    let area = Area::new(id).order(Order::Foreground).pivot(Align2::CENTER_BOTTOM);
    let shown = area.fixed_pos(room.center_bottom() - vec2(0.0, 4.0)).show(ui.ctx(), |ui| {
        let words = ui.painter().layout_no_wrap(notice.words.clone(), TextStyle::Body.resolve(ui.style()), palette().ink);
        let has_room = words.size().x + BUTTONS <= room.width();
        if !has_room {
            ui.set_width((room.width() - 48.0).max(200.0));
        }
        let frame = Frame::new().fill(fill).stroke((1.0, ink)).corner_radius(4).inner_margin(Margin::symmetric(10, 5));
        let frame = frame.shadow(ui.visuals().popup_shadow);
        frame.show(ui, |ui| if has_room { ui.horizontal(|ui| words_ui(ui, notice)).inner } else { words_ui(ui, notice) }).inner
    });
    shown.inner
}

fn words_ui(ui: &mut Ui, notice: &Notice) -> Option<Command> {
    let ink = if notice.is_error { palette().error } else { palette().good };
    let words = ui.add(Label::new(RichText::new(&notice.words).color(ink)).wrap());
    ui.accesskit_node_builder(words.id, |node| node.set_live(Live::Polite));
    let buttons = ui.horizontal(|ui| {
        let offered = notice.offers.iter().filter(|command| ui.small_button(command.label()).clicked()).last().cloned();
        offered.or(ui.small_button("知道了").clicked().then_some(Command::DismissNotice))
    });
    buttons.inner
}
