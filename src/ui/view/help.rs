//! The card of keys (F1): one page, by what one wants to do. What a command says of its keys comes from the table of commands;
//! what the keys of a spreadsheet do inside a table stands here.

use egui::{Align, Grid, Label, Layout, RichText, ScrollArea, Ui};

use crate::ui::command::named::Named;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::cell_ui;

/// A line of the card.
enum Line {
    /// Keys of the table on screen, and what they do.
    Grid(&'static str, &'static str),
    /// Commands that belong together.
    Commands(&'static [Named]),
}

use Line::{Commands, Grid as Keys};

/// The card, in groups.
const CARD: [(&str, &[Line]); 6] = [
    (
        "填表",
        &[
            Keys("数字键", "直接键入，代替原来的数"),
            Keys("F2 或双击", "改原来的数"),
            Keys("Enter / Shift+Enter", "填好，到下一行 / 上一行；表四里到下一格 / 上一格"),
            Keys("Tab / Shift+Tab", "填好，到右边 / 左边"),
            Keys("Tab … Enter", "连按 Tab 后，回到起始列的下一行"),
            Keys("Esc", "放弃正在键入的内容"),
            Keys("Delete", "清空选中的格"),
            Keys("=", "在合计格里：按各格相加填入"),
            Keys("空格键", "填好，本行（或选中的格里）其余空格填 0，到合计或下一行"),
            Commands(&[Named::ZeroLine, Named::ZeroColumn]),
            Commands(&[Named::TakeTotal]),
            Commands(&[Named::SwitchTotals]),
            Commands(&[Named::TakePrior]),
        ],
    ),
    (
        "移动和选择",
        &[
            Keys("方向键，PgUp / PgDn", "逐格移动，上下十行"),
            Keys("Ctrl+方向键", "到数据的边上"),
            Keys("Home / End，Ctrl+Home / End", "行首行尾，表首表尾"),
            Keys("Shift+方向键，拖动", "选一片格子；点表头选整行整列"),
            Keys("Shift+空格键 / Ctrl+空格键", "选整行 / 选整列"),
            Keys("Ctrl+A", "选中整张表"),
            Commands(&[Named::PrevChapter, Named::NextChapter]),
        ],
    ),
    (
        "复制和填充",
        &[
            Keys("Ctrl+C / X / V", "复制、剪切、粘贴（可与 Excel、WPS 互贴）"),
            Keys("Ctrl+D / Ctrl+R", "向下填充 / 向右填充"),
            Keys("选一片，键入，Ctrl+Enter", "选中的格都填这个数"),
            Commands(&[Named::Undo, Named::Redo]),
        ],
    ),
    (
        "核对",
        &[
            Commands(&[Named::NextFinding, Named::PrevFinding]),
            Commands(&[Named::Reason]),
            Commands(&[Named::NextBlank]),
            Commands(&[Named::InsertFigure, Named::ShowFigure]),
            Commands(&[Named::Find, Named::Replace]),
            Commands(&[Named::GoTo]),
            Commands(&[Named::Trend]),
            Commands(&[Named::Help]),
        ],
    ),
    (
        "审核",
        &[
            Commands(&[Named::WayOn, Named::GiveBack]),
            Commands(&[Named::Comment]),
            Commands(&[Named::ShowFindings, Named::ShowComments, Named::ShowChanges]),
            Commands(&[Named::Reading]),
            Commands(&[Named::Seen]),
            Commands(&[Named::TakeFirst, Named::TakeSecond]),
        ],
    ),
    (
        "文件和显示",
        &[
            Commands(&[Named::Save, Named::SaveAs]),
            Commands(&[Named::Export, Named::Print, Named::Preview]),
            Commands(&[Named::Ledger]),
            Commands(&[Named::New, Named::Open, Named::Close]),
            Keys("Ctrl+加号 / 减号 / 0", "放大 / 缩小 / 还原"),
            Keys("F10，再用方向键", "打开菜单，选一项"),
        ],
    ),
];

impl Line {
    /// The keys, and what they do.
    fn words(&self) -> (String, String) {
        match self {
            Keys(keys, does) => ((*keys).to_owned(), (*does).to_owned()),
            Commands(commands) => {
                let joined = |words: Vec<String>| words.join(" / ");
                let does = commands.iter().map(|named| named.row().help.to_owned()).collect();
                (joined(commands.iter().map(|named| named.keys()).collect()), joined(does))
            }
        }
    }
}

/// The card in words: groups with their lines, keys and what they do. README's list is this.
pub fn card() -> Vec<(&'static str, Vec<(String, String)>)> {
    CARD.iter().map(|(group, lines)| (*group, lines.iter().map(Line::words).collect())).collect()
}

/// Narrowest page of two columns; in large letters on a small screen the groups stand below each other.
const LEAST_FOR_TWO: f32 = 1000.0;
/// Between two columns.
const GAP: f32 = 18.0;
/// Between keys and what they do.
const KEY_GAP: f32 = 14.0;
/// What the keys have of a column.
const KEYS_SHARE: f32 = 0.36;

/// Shows the card, as wide as there is room.
pub fn help_ui(ui: &mut Ui) {
    let height = (ui.ctx().content_rect().height() - 140.0).max(160.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        let room = ui.available_width();
        let is_narrow = room < LEAST_FOR_TWO;
        let (row, width) = match is_narrow {
            true => (Layout::top_down(Align::Min), room),
            false => (Layout::left_to_right(Align::Min), (room - 2.0 * GAP) / 2.0),
        };
        ui.with_layout(row, |ui| {
            let card = card();
            let (left, right) = card.split_at(3);
            for (column, groups) in [left, right].into_iter().enumerate() {
                ui.vertical(|ui| groups.iter().for_each(|(group, keys)| group_ui(ui, group, keys, width)));
                if column == 0 {
                    ui.add_space(GAP);
                }
            }
        });
        ui.label(RichText::new("核对码和签发").font(bold_font(14.0)).color(palette().accent));
        for words in PROOF {
            ui.add(Label::new(RichText::new(words).size(13.0)).wrap());
        }
    });
}

/// What the proof can do and what it cannot, in few words.
const PROOF: [&str; 4] = [
    "能证明：签发以后内容、办理记录、表样有没有被改动；手里的副本、回执与这份草稿是否一致（办理 → 与副本或回执核对）。",
    "不能证明：输入姓名的是不是本人。本程序没有密码和证书；拿到文件的人可以从头重写一份完整的记录，那时核对码会变，",
    "只有纸上的核对码、交给别人保存的回执或另一份副本能看出来。所以请把核对码留在签字的纸上，把回执交给收到报告的一方。",
    "将来可以在办理记录的每一步后面加证书签名（SM2），格式里留了位置。",
];

fn group_ui(ui: &mut Ui, group: &str, keys: &[(String, String)], width: f32) {
    ui.label(RichText::new(group).font(bold_font(14.0)).color(palette().accent));
    let room = width - KEY_GAP;
    Grid::new(group).num_columns(2).spacing([KEY_GAP, 2.0]).min_row_height(19.0).show(ui, |ui| {
        for (key, what) in keys {
            cell_ui(ui, RichText::new(key).font(bold_font(13.0)), room * KEYS_SHARE);
            cell_ui(ui, RichText::new(what).size(13.0), room * (1.0 - KEYS_SHARE));
            ui.end_row();
        }
    });
    ui.add_space(6.0);
}
