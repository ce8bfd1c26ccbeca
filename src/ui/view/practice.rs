//! The practice sheet: ten keys learnt by doing them, on a blank draft that is nobody's.

use egui::{RichText, Ui};

use crate::model::Entry;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::strip_frame;
use crate::ui::state::practice::Practice;
use crate::ui::state::work::Work;

/// One thing to do, and how it is seen to be done.
struct Task {
    says: &'static str,
    is_done: fn(&Work) -> bool,
}

/// The tasks, in order. Each is looked at only when it is its turn.
const TASKS: [Task; 10] = [
    Task {
        says: "蓝框在“一、本年新收…”的“自然人”格。直接键入 12，按 Enter。", is_done: |work| holds(work, "new.nat", 12)
    },
    Task {
        says: "用方向键走到“商业企业”的“一、本年新收…”格，键入 3，按 Tab。", is_done: |work| holds(work, "new.biz", 3)
    },
    Task {
        says: "接着键入 0，按 Tab，再键入 0，按 Enter：光标回到连按 Tab 起始那一列的下一行。",
        is_done: |work| at(work, "carry_in.biz"),
    },
    Task {
        says: "走回“自然人”的 12，按 F2：原来的数还在，可以修改。", is_done: |work| at(work, "new.nat") && work.is_editing()
    },
    Task { says: "按 Esc：放弃修改，数字不变。", is_done: |work| !work.is_editing() && holds(work, "new.nat", 12) },
    Task {
        says: "按住 Shift 按两下方向键：选中一片格子，状态栏显示计数与合计。", is_done: |work| work.selection_keys().len() > 1
    },
    Task {
        says: "只选“自然人”的 12（按一下方向键再走回来），Ctrl+C 复制，走到“（一）予以公开”行，Ctrl+V 粘贴。",
        is_done: |work| holds(work, "open.nat", 12),
    },
    Task {
        says: "走到下一行“（二）部分公开”，按 Ctrl+D：照填上一格的数。", is_done: |work| holds(work, "partial.nat", 12)
    },
    Task { says: "填多了。按 Ctrl+Z 撤销；再按 Ctrl+Y 可以重做。", is_done: |work| work.session.can_redo() },
    Task {
        says: "在表四“行政复议 总计”填 5，其余四格填 0，然后按 F8：转到对不上的地方，两边的格子标出“左”“右”。",
        is_done: |work| work.looked_at().is_some(),
    },
];

fn holds(work: &Work, key: &str, value: i64) -> bool {
    work.session.form().cell_by_key(key).is_some_and(|cell| *work.session.draft().entry(cell) == Entry::Whole(value))
}

fn at(work: &Work, key: &str) -> bool {
    work.focused_cell().is_some_and(|cell| *work.session.form().cell(cell).key == *key)
}

/// Shows the task at hand above the table.
pub fn practice_ui(ui: &mut Ui, practice: &mut Practice, work: &Work) {
    while TASKS.get(practice.num_done).is_some_and(|task| (task.is_done)(work)) {
        practice.num_done += 1;
    }
    strip_frame().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(
                RichText::new(format!("练习 {} / {}", practice.num_done.min(TASKS.len()), TASKS.len()))
                    .font(bold_font(13.0))
                    .color(palette().accent),
            );
            match TASKS.get(practice.num_done) {
                Some(task) => ui.label(task.says),
                None => ui.label("十个按键都会了。这张练习表不用保存，按 Ctrl+W 回到开始页。"),
            };
        });
    });
}
