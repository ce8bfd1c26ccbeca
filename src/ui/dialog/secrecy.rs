//! The checklist of the secrecy review (条例第十四条、第十五条、第十七条): what was found that looks like a mark or a person's data,
//! and what only a person can say.

use egui::{Label, RichText, Ui};

use crate::rules::claims::check_text;
use crate::session::Session;
use crate::ui::look::theme::{bold_font, palette};

/// What only a person can say.
const QUESTIONS: [&str; 3] =
    ["没有国家秘密、工作秘密和密级标志", "引用、转发的别人的文件都可以公开", "没有个人信息：身份证号、手机号、住址、病情、申请人姓名"];

/// The rule that looks for marks of secrecy and persons' data.
const RULE: &str = "R60";

/// The list while it is being ticked off.
#[derive(Clone, Debug)]
pub struct SecrecyList {
    found: Vec<String>,
    ticked: [bool; QUESTIONS.len()],
    /// The last tick was just set.
    is_news: bool,
}

impl SecrecyList {
    /// What is found in the report; nothing is ticked.
    pub fn of(session: &Session) -> Self {
        let all = check_text(session.report());
        let all = all.into_iter().flat_map(|found| {
            let section = found.section;
            let folded = found.folded.clone();
            std::iter::once(found).chain(folded).map(move |found| (section, found))
        });
        let found = all.filter(|(_, found)| *found.rule.id == *RULE).map(|(section, found)| {
            let title = session.form().chapter(section.0).map_or_else(String::new, |chapter| chapter.title.to_string());
            format!("{title}：“{}”{}", found.quote, found.against)
        });
        Self { found: found.collect(), ticked: [false; QUESTIONS.len()], is_news: false }
    }

    /// Everything is ticked off.
    pub fn is_done(&self) -> bool {
        self.ticked.iter().all(|is_on| *is_on)
    }

    /// Everything was ticked off in this frame: what is to be said comes next.
    pub fn takes_leave(&mut self) -> bool {
        std::mem::take(&mut self.is_news)
    }

    /// What the log keeps of it.
    pub fn said(&self) -> String {
        let found = match self.found.len() {
            0 => "程序没有找到密级标志、身份证号、手机号".to_owned(),
            num => format!("程序找到 {num} 处像密级标志或个人信息，已看过"),
        };
        format!("保密审查清单已逐项看过；{found}")
    }
}

/// Shows the list.
pub fn secrecy_ui(ui: &mut Ui, list: &mut SecrecyList) {
    ui.label(RichText::new("保密审查清单").font(bold_font(14.0)));
    if list.found.is_empty() {
        ui.label(RichText::new("✓ 正文里没有找到密级标志、身份证号、手机号（R60）").color(palette().good));
    }
    for words in &list.found {
        ui.add(Label::new(RichText::new(format!("⚠ {words}")).color(palette().warning)).wrap());
    }
    let was_done = list.is_done();
    for (question, ticked) in QUESTIONS.into_iter().zip(&mut list.ticked) {
        let tick = ui.checkbox(ticked, question);
        if !*ticked && ui.memory(|memory| memory.focused().is_none()) {
            tick.request_focus();
        }
    }
    list.is_news |= !was_done && list.is_done();
    ui.add_space(6.0);
}
