//! The first start: nothing lies on the desk yet. What there is to begin with depends on who sits here: who fills, who reads, or
//! who collects the reports of a county. Nothing is asked that is not needed; the choice changes the page, no more.

use egui::{Button, Frame, Id, Label, Layout, Margin, RichText, Ui, Vec2, vec2};

use crate::model::Role;
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::look::icon::ICON;
use crate::ui::look::ring::is_free;
use crate::ui::look::theme::{bold_font, palette};

/// Who sits here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seat {
    Clerk,
    Reader,
    County,
}

/// A way to begin: what is in the hand, what comes of it, the command.
type Beginning = (&'static str, &'static str, Named);

impl Seat {
    const ALL: [Self; 3] = [Self::Clerk, Self::Reader, Self::County];

    fn of(role: Role) -> Self {
        if role == Role::Clerk { Self::Clerk } else { Self::Reader }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Clerk => "我来填报告",
            Self::Reader => "我来审核、签发",
            Self::County => "我来收齐、汇总",
        }
    }

    /// The ways to begin, the likeliest first.
    fn beginnings(self) -> &'static [Beginning] {
        match self {
            Self::Clerk => &[
                ("有上年的报告", "Word、Excel、PDF、网页或者 .gouji 草稿都行：带入上年数，结转和增减自动核对。", Named::NewFromLast),
                (
                    "手里只有数字、台账，或者什么都没有",
                    "填单位和年度，一格一格填，没有发生的按空格键填 0；有申请登记台账的，建好以后按 Ctrl+L 数出来。",
                    Named::New,
                ),
                ("今年的已经填在别处", "Excel、Word、PDF、网页：按行名、列名读入，读不准的格标出来，逐格看过再用。", Named::Import),
                ("有人发来 .gouji 草稿", "接着填，或者照退回的意见改。", Named::Open),
            ],
            Self::Reader => &[
                ("有人送来 .gouji 草稿", "先看已说明的、变动大的、没有查的，再通过、退回或者签发。", Named::Open),
                ("先说明您是谁", "姓名和身份写进办理记录；通过、退回、签发都要有。", Named::AskPerson),
                ("要看的是网页、Word、PDF", "读入以后一样核对，读不准的格标出来。", Named::Import),
            ],
            Self::County => &[
                (
                    "各单位的报告要收齐、汇总",
                    "选一个文件夹：收文件、逐份核对、退回修改、汇总成县区的报告，各单位的文件不动。",
                    Named::County,
                ),
                ("先看一份报告行不行", "网页、Word、PDF、Excel：读入，核对，看哪里不平。", Named::Import),
                ("先说明您是谁", "姓名写进退回的函和汇总的调整里。", Named::AskPerson),
            ],
        }
    }
}

/// What helps before there is a report of one's own.
const FIRST_STEPS: [Beginning; 3] = [
    ("先看一份示例", "填好的报告，留了一处错，找出来改平它。", Named::OpenFaulty),
    ("先练一练", "十个按键，三分钟，不动任何报告。", Named::Practice),
    ("使用手册", "每一步怎么做，带图，可以查找。", Named::Manual),
];

/// Shows the page.
pub fn first_ui(ui: &mut Ui, role: Role, commands: &mut Vec<Command>) {
    let id = Id::unique("seat");
    let mut seat = ui.data(|data| data.get_temp(id)).unwrap_or(Seat::of(role));
    let card = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6);
    card.inner_margin(Margin::symmetric(22, 14)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new("还没有报告，从手里有的开始").font(bold_font(16.0)));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for one in Seat::ALL {
                if ui.add(Button::selectable(seat == one, one.name()).frame_when_inactive(true)).clicked() {
                    seat = one;
                    ui.data_mut(|data| data.insert_temp(id, seat));
                }
            }
        });
        for (place, beginning) in seat.beginnings().iter().enumerate() {
            ui.separator();
            beginning_ui(ui, *beginning, place == 0, commands);
        }
    });
    ui.add_space(10.0);
    first_steps_ui(ui, commands);
}

/// The steps that help before there is much of one's own, side by side where there is room.
pub fn first_steps_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    let card = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6);
    let is_narrow = ui.available_width() < 700.0;
    let third = ((ui.available_width() - 20.0) / 3.0).floor();
    let row = if is_narrow { Layout::top_down(egui::Align::Min) } else { Layout::left_to_right(egui::Align::Min) };
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 0.0), row, |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(10.0);
        for step in FIRST_STEPS {
            card.inner_margin(Margin::symmetric(16, 10)).show(ui, |ui| {
                let width = if is_narrow { ui.available_width() } else { third - 34.0 };
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = 4.0;
                    ui.label(RichText::new(step.0).font(bold_font(14.0)));
                    ui.add(Label::new(RichText::new(step.1).size(13.0).color(palette().weak)).wrap());
                    if ui.button(step.2.words()).clicked() {
                        commands.push(step.2.into());
                    }
                });
            });
        }
    });
    ui.add_space(6.0);
}

/// What is in the hand at the left, its button at the right.
fn beginning_ui(ui: &mut Ui, (title, words, named): Beginning, is_filled: bool, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        if let Some(icon) = named.icon() {
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(ICON + 4.0), egui::Sense::hover());
            icon.paint(ui.painter(), rect, palette().accent);
        }
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            let button = match is_filled {
                true => Button::new(RichText::new(named.words()).color(palette().on_accent)).fill(palette().accent),
                false => Button::new(named.words()),
            };
            let button = ui.add(button.min_size(vec2(0.0, 30.0)));
            if is_filled && is_free(ui) {
                button.request_focus(); // Enter begins as most do
            }
            if button.clicked() {
                commands.push(named.into());
            }
            ui.with_layout(Layout::top_down(egui::Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(RichText::new(title).font(bold_font(14.0)));
                ui.add(Label::new(RichText::new(words).size(13.0).color(palette().weak)).wrap());
            });
        });
    });
}
