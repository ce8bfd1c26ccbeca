//! 台账归类: what the office has decided about the words of its registers, for who reviews the report; and what a dropped file is.

use std::path::Path;

use egui::{Grid, Label, RichText, ScrollArea, Ui};

use crate::ledger::{Answers, Decision};
use crate::ui::command::Command;
use crate::ui::command::account::Receive;
use crate::ui::command::ledger::Tally;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, cell_ui, set_wide, title};
use crate::ui::state::tallied::Office;

/// What the office has decided, as it was read.
#[derive(Clone, Debug)]
pub struct Decisions {
    all: Vec<Decision>,
    /// Lines of a register that were answered one by one.
    num_lines: usize,
    /// The report year.
    year: u16,
    /// The file they are kept in; none while the draft has none.
    file: Option<String>,
}

impl Decisions {
    /// Those of an office.
    pub fn of(office: &Office, answers: &Answers) -> Self {
        let name = office.answers_path.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let (all, num_lines) = (answers.decisions(&office.form), answers.lines.len());
        Self { all, num_lines, year: office.draft.year, file: name }
    }

    /// Since when, and what it was before; whether it was changed for this report.
    fn since(&self, decision: &Decision) -> (String, bool) {
        match (decision.year, &decision.before) {
            (Some(year), Some(before)) => (format!("{year} 年改，原来是“{before}”"), year == self.year),
            (Some(year), None) if year == self.year => (format!("{year} 年新定"), false),
            (Some(year), None) => (format!("{year} 年定"), false),
            (None, _) => ("没有记年份".to_owned(), false),
        }
    }
}

/// Between two columns.
const GAP: f32 = 18.0;
/// What each column has of the width.
const SHARES: [f32; 4] = [0.16, 0.24, 0.28, 0.32];

/// Shows them, those that were changed for this report first.
pub fn decisions_ui(ui: &mut Ui, decisions: &Decisions) -> Option<Command> {
    set_wide(ui, 720.0);
    title(ui, "台账归类");
    let file = decisions.file.as_deref().map_or_else(|| "草稿还没有存成文件".to_owned(), |file| format!("存在草稿旁边的“{file}”"));
    let words = format!("从台账取数时，本单位对台账用语的归类；{file}。与上年不同的标 ⚠。");
    ui.add(Label::new(RichText::new(words).color(palette().weak)).wrap());
    ui.add_space(6.0);
    if decisions.all.is_empty() {
        ui.label("还没有归类：台账里的用语没有要本单位定的，或者还没有从台账取数。");
    }
    let mut all: Vec<_> = decisions.all.iter().map(|decision| (decision, decisions.since(decision))).collect();
    all.sort_by_key(|(_, (_, is_changed))| !is_changed);
    let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, 460.0);
    let room = ui.available_width() - 3.0 * GAP - 12.0;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        Grid::new("decisions").num_columns(4).striped(true).spacing([GAP, 6.0]).show(ui, |ui| {
            let row = |ui: &mut Ui, cells: [RichText; 4]| {
                for (words, share) in cells.into_iter().zip(SHARES) {
                    cell_ui(ui, words, room * share);
                }
                ui.end_row();
            };
            row(ui, ["台账里的", "写的是", "归到", "什么时候定的"].map(|head| RichText::new(head).color(palette().weak)));
            for (decision, (since, is_changed)) in &all {
                let since = if *is_changed { RichText::new(format!("⚠ {since}")).color(palette().warning) } else { RichText::new(since) };
                let about = RichText::new(decision.about).color(palette().weak);
                row(ui, [about, RichText::new(&decision.word).font(bold_font(13.0)), RichText::new(&decision.meaning), since]);
            }
        });
    });
    if decisions.num_lines > 0 {
        let words = format!("另有 {} 行是逐行定的，只对那一份台账有效。", decisions.num_lines);
        ui.label(RichText::new(words).color(palette().weak));
    }
    buttons(ui, &[("关闭", true, Command::Cancel)])
}

/// Asks what a dropped file is whose heads are those of a register.
pub fn register_or_report_ui(ui: &mut Ui, path: &Path) -> Option<Command> {
    set_wide(ui, 520.0);
    title(ui, "这是台账还是报告？");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let words = format!("“{name}”的表头像依申请公开台账。是台账，就由它统计表三、表四；是填好的报告，就导入。");
    ui.add(Label::new(words).wrap());
    let (tally, report) = (Tally::Files(vec![path.to_owned()]).into(), Receive::Files(vec![path.to_owned()]).into());
    buttons(ui, &[("是台账，取数", true, tally), ("是报告，导入", true, report), ("取消", true, Command::Cancel)])
}
