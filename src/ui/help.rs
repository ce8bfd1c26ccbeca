//! The card of keys (F1): one page, by what one wants to do.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::theme::{bold_font, palette};

/// Keys and what they do, in groups.
const KEYS: [(&str, &[(&str, &str)]); 6] = [
    (
        "填表",
        &[
            ("数字键", "直接键入，代替原来的数"),
            ("F2 或双击", "改原来的数"),
            ("Enter / Shift+Enter", "填好，到下一行 / 上一行"),
            ("Tab / Shift+Tab", "填好，到右边 / 左边"),
            ("Tab … Enter", "连按 Tab 后，回到起始列的下一行"),
            ("Esc", "放弃正在键入的内容"),
            ("Delete", "清空选中的格"),
            ("=", "在合计格里：按各格相加填入"),
        ],
    ),
    (
        "移动和选择",
        &[
            ("方向键，PgUp / PgDn", "逐格移动，上下十行"),
            ("Ctrl+方向键", "到数据的边上"),
            ("Home / End，Ctrl+Home / End", "行首行尾，表首表尾"),
            ("Shift+方向键，拖动", "选一片格子；点表头选整行整列"),
            ("Ctrl+A", "选中整张表"),
            ("Ctrl+PgUp / PgDn", "上一章 / 下一章"),
        ],
    ),
    (
        "复制和填充",
        &[
            ("Ctrl+C / X / V", "复制、剪切、粘贴（可与 Excel、WPS 互贴）"),
            ("Ctrl+D / Ctrl+R", "向下填充 / 向右填充"),
            ("Ctrl+Z / Ctrl+Y", "撤销 / 重做，次数不限"),
        ],
    ),
    (
        "核对",
        &[
            ("F8 / Shift+F8", "下一处 / 上一处问题"),
            ("F4", "写待核实的说明"),
            ("F7", "下一处未填的格或文字"),
            ("Ctrl+F", "查找"),
            ("F1", "本页"),
        ],
    ),
    (
        "审核",
        &[
            ("F9 / Shift+F9", "送审、通过、签发 / 退回修改"),
            ("Shift+F2", "对格子、整行、选中的文字写批注"),
            ("Ctrl+1 / 2 / 3", "核对结果 / 批注 / 差异；F8 逐条看"),
            ("Ctrl+Enter", "审核时：选中的或本章已看过"),
            ("F5 / F6", "双录对照时：取一录 / 取二录"),
        ],
    ),
    (
        "文件和显示",
        &[
            ("Ctrl+S / Ctrl+Shift+S", "保存 / 另存为"),
            ("Ctrl+E / Ctrl+P", "导出 / 打印"),
            ("Ctrl+N / Ctrl+O / Ctrl+W", "新建 / 打开 / 回到开始页"),
            ("Ctrl+加号 / 减号 / 0", "放大 / 缩小 / 还原"),
        ],
    ),
];

/// Shows the card: two columns, so that it fits the smallest screen.
pub fn help_ui(ui: &mut Ui) {
    let height = (ui.ctx().content_rect().height() - 140.0).max(160.0);
    ScrollArea::both().max_height(height).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            let (left, right) = KEYS.split_at(3);
            for (column, groups) in [left, right].into_iter().enumerate() {
                ui.vertical(|ui| groups.iter().for_each(|(group, keys)| group_ui(ui, group, keys)));
                if column == 0 {
                    ui.add_space(18.0);
                }
            }
        });
    });
}

fn group_ui(ui: &mut Ui, group: &str, keys: &[(&str, &str)]) {
    ui.label(RichText::new(group).font(bold_font(14.0)).color(palette().accent));
    Grid::new(group).num_columns(2).spacing([14.0, 2.0]).min_row_height(19.0).show(ui, |ui| {
        for (key, what) in keys {
            ui.label(RichText::new(*key).font(bold_font(13.0)));
            ui.label(RichText::new(*what).size(13.0));
            ui.end_row();
        }
    });
    ui.add_space(6.0);
}
