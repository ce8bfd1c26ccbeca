//! What this program is, how its window is painted, where its own files lie, and whose work it stands on.

use std::path::PathBuf;

use egui::{Label, RichText, ScrollArea, TextStyle, Ui};

use crate::ui::command::Command;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, title};

/// Every crate and font with its licence; `.ci/packaging/notices` writes it.
const THIRD_PARTY: &str = include_str!("../../../assets/packages/third-party.txt");

/// What is told of the program as it runs.
#[derive(Debug)]
pub struct About {
    /// What paints the window.
    pub renderer: &'static str,
    /// Its own folder: settings, journals, earlier saves.
    pub folder: PathBuf,
}

/// Shows it.
pub fn about_ui(ui: &mut Ui, about: &About) -> Option<Command> {
    ui.set_width((ui.ctx().content_rect().width() - 80.0).clamp(300.0, 720.0));
    title(ui, "关于勾稽");
    ui.label("编制政府信息公开工作年度报告，逐格核对勾稽关系。不联网，不用账号，文件都在本机。");
    ui.add_space(4.0);
    let facts = [
        ("版本", env!("GOUJI_VERSION").to_owned()),
        ("许可", "MIT 或 Apache-2.0，任选其一".to_owned()),
        ("窗口的画法", about.renderer.to_owned()),
        ("设置和没有保存的改动", about.folder.display().to_string()),
    ];
    for (what, words) in facts {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(what).color(palette().weak));
            ui.label(words);
        });
    }
    ui.add_space(8.0);
    ui.label(RichText::new("用到的开放源代码组件和字体").color(palette().weak));
    let lines: Vec<&str> = THIRD_PARTY.lines().collect();
    let height = ui.text_style_height(&TextStyle::Small);
    let room = (ui.ctx().content_rect().height() - 360.0).clamp(120.0, 320.0);
    ScrollArea::both().max_height(room).auto_shrink(false).show_rows(ui, height, lines.len(), |ui, rows| {
        for line in lines.get(rows).unwrap_or_default() {
            ui.add(Label::new(RichText::new(*line).small()).extend());
        }
    });
    buttons(ui, &[("知道了", true, Command::Cancel)])
}
