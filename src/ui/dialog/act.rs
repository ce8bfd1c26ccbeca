//! The question before a step: what is missing, what has not been looked at, what is to be said with it.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui};

use crate::model::{Action, ActionKind, ReasonKey};
use crate::review::{self, item_name, spot_name};
use crate::rules;
use crate::session::{Place, Session};
use crate::ui::command::Command;
use crate::ui::command::places::Target;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, title};
use crate::ui::state::work::Work;

/// A step about to be done.
#[derive(Clone, Debug)]
pub struct ActForm {
    /// What is to be done once it is confirmed.
    pub kind: ActionKind,
    /// What is said with it; for a signature the code.
    pub words: String,
    /// Why it was not done.
    pub refused: Option<String>,
    /// For a signature the code of the report as it is.
    code: Option<String>,
}

impl ActForm {
    /// Nothing said yet.
    pub fn new(kind: ActionKind, session: &Session) -> Self {
        let code = (kind == ActionKind::Sign).then(|| review::code_now(session.form(), session.draft()));
        Self { kind, words: String::new(), refused: None, code }
    }

    /// The same, refused for this reason.
    #[must_use]
    pub fn refused(self, why: String) -> Self {
        Self { refused: Some(why), ..self }
    }

    /// What it would do.
    pub fn action(&self) -> Option<Action> {
        Some(match self.kind {
            ActionKind::Submit => Action::Submit,
            ActionKind::Withdraw => Action::Withdraw,
            ActionKind::Return => Action::Return,
            ActionKind::Pass => Action::Pass,
            ActionKind::Sign => Action::Sign,
            ActionKind::File => Action::File,
            ActionKind::Publish => Action::Publish,
            ActionKind::Reopen => Action::Reopen,
            ActionKind::Resubmit => Action::Resubmit(crate::model::Fingerprint([0; 32])),
            ActionKind::Receive => Action::Receive,
            ActionKind::Edit | ActionKind::Comment | ActionKind::Arrange | ActionKind::SecondEntry | ActionKind::Join => return None,
        })
    }
}

/// Most places listed by name.
const MANY: usize = 12;

/// Asks for what the step needs; a place to go to instead is an answer too.
pub fn act_ui(ui: &mut Ui, work: &Work, form: &mut ActForm) -> Option<Command> {
    ui.set_width(560.0);
    title(ui, &format!("{}：{}", form.kind, work.name()));
    let (is_ready, instead) = known_ui(ui, &work.session, form);
    if instead.is_some() {
        return instead;
    }
    match buttons(ui, &[(form.kind.name(), is_ready, true), ("取消", true, false)])? {
        true => form.action().map(|action| Command::Do(action, form.words.clone())),
        false => Some(Command::Cancel),
    }
}

/// Shows what there is to know before the step; whether it can be done, and a place to go to instead.
fn known_ui(ui: &mut Ui, session: &Session, form: &mut ActForm) -> (bool, Option<Command>) {
    let mut command = None;
    if form.kind == ActionKind::Submit {
        let (errors, warnings) = session.unsolved();
        if !(errors.is_empty() && warnings.is_empty()) {
            let words = "有下面这些没有处理，还不能送审；草稿照样可以保存。错误要改正；待核实的要改正，或者在核对结果里写明原因。";
            ui.add(Label::new(words).wrap());
            ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
                for key in errors.iter().chain(&warnings) {
                    unsolved_ui(ui, session, key, &mut command);
                }
            });
            return (false, command);
        }
        blanks_ui(ui, session, &mut command);
    }
    if matches!(form.kind, ActionKind::Pass | ActionKind::Sign) {
        left_ui(ui, session);
    }
    if form.kind == ActionKind::Return {
        asked_ui(ui, session);
    }
    let words = match form.kind {
        ActionKind::Sign => "签发后锁定，不能再改。请照上面或纸上的核对码输入一遍：",
        ActionKind::Return => "退回的意见（已有批注的可以不写）：",
        ActionKind::Reopen => "重新打开的原因（签发随即作废，写进办理记录）：",
        _ => "附言（可以不写）：",
    };
    if let Some(code) = &form.code {
        ui.label(RichText::new(format!("核对码　{code}")).font(bold_font(20.0)).color(palette().accent));
    }
    let label = ui.label(words).id;
    let field = ui.add(TextEdit::singleline(&mut form.words).desired_width(f32::INFINITY)).labelled_by(label);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if let Some(refused) = &form.refused {
        ui.add(Label::new(RichText::new(format!("× {refused}")).color(palette().error)).wrap());
    }
    (true, command)
}

/// A finding that keeps the report from being submitted.
fn unsolved_ui(ui: &mut Ui, session: &Session, key: &ReasonKey, command: &mut Option<Command>) {
    let form = session.form();
    let finding = session.fails().find(|finding| rules::reason_key(form, *finding) == *key);
    let (severity, message) = match (finding, session.text_finding(key)) {
        (Some(finding), _) => (finding.severity(form), rules::message(form, session.draft(), finding)),
        (None, Some(text)) => (text.severity(), text.message()),
        (None, None) => return,
    };
    ui.horizontal_wrapped(|ui| {
        if ui.small_button("转到").clicked() {
            *command = Some(Command::Visit(Target::Finding(key.clone())));
        }
        let severity = rules::severity_name(severity);
        ui.label(RichText::new(format!("{severity} {}", key.rule)).font(bold_font(13.0)).color(palette().error));
        ui.label(message);
    });
}

/// Blank is not zero: what is not filled is named before it leaves the clerk.
fn blanks_ui(ui: &mut Ui, session: &Session, command: &mut Option<Command>) {
    let blanks = session.blanks();
    if blanks.is_empty() {
        ui.label(RichText::new("✓ 各格、各章都填了").color(palette().good));
        return;
    }
    let words = format!("有 {} 处没有填（空白不等于 0）。确实没有的请填 0 或写“无”：", blanks.len());
    ui.add(Label::new(RichText::new(words).color(palette().warning)).wrap());
    for place in blanks.iter().take(MANY) {
        let (name, goal) = match place {
            Place::Cell(cell) => (session.form().cell(*cell).label.to_string(), Command::GoTo(*cell)),
            Place::Text(section, _) => {
                let title = session.form().chapter(section.0).map_or_else(String::new, |chapter| chapter.title.to_string());
                (title, Command::Chapter(section.0))
            }
            Place::Findings | Place::Cover => continue,
        };
        if ui.link(name).clicked() {
            *command = Some(goal);
        }
    }
    if blanks.len() > MANY {
        ui.label(RichText::new(format!("……另有 {} 处；F7 逐处查看", blanks.len() - MANY)).color(palette().weak));
    }
    ui.add_space(6.0);
}

/// What has not been looked at, and open comments.
fn left_ui(ui: &mut Ui, session: &Session) {
    let unseen = session.unseen();
    if unseen.is_empty() {
        ui.label(RichText::new("✓ 全部看过").color(palette().good));
    } else {
        let names: Vec<String> = unseen.iter().take(3).map(|item| item_name(session.form(), item)).collect();
        let words = format!("还有 {} 处没有看过：{}{}", unseen.len(), names.join("；"), if unseen.len() > 3 { "……" } else { "" });
        ui.add(Label::new(RichText::new(words).color(palette().warning)).wrap());
    }
    let open = session.draft().review().threads().iter().filter(|thread| !thread.is_resolved).count();
    if open > 0 {
        ui.label(RichText::new(format!("还有 {open} 条批注没有解决")).color(palette().warning));
    }
    ui.add_space(6.0);
}

/// What the clerk will be asked to do.
fn asked_ui(ui: &mut Ui, session: &Session) {
    let threads = session.draft().review().threads();
    let open: Vec<_> = threads.iter().filter(|thread| !thread.is_resolved).collect();
    ui.label(format!("经办人会看到 {} 条批注，按顺序办：", open.len()));
    ScrollArea::vertical().max_height(200.0).show(ui, |ui| {
        for thread in open {
            ui.add(Label::new(format!("· {}：{}", spot_name(session.form(), &thread.spot), thread.comment.words)).wrap());
        }
    });
}
