//! The question before a step: what is missing, what has not been looked at, what is to be said with it.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui};

use super::secrecy::{SecrecyList, secrecy_ui};
use crate::model::{Action, ActionKind, ReasonKey, Status};
use crate::review::{self, Judgement, item_name, spot_name};
use crate::rules;
use crate::session::{Place, Session};
use crate::ui::command::Command;
use crate::ui::command::places::Target;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, list_height, set_wide, title};
use crate::ui::state::work::Work;
use crate::ui::view::reading::blanks_words;

/// A step about to be done.
#[derive(Clone, Debug)]
pub struct ActForm {
    /// What is to be done once it is confirmed.
    pub kind: ActionKind,
    /// What is said with it; for a signature the code.
    pub words: String,
    /// Why it was not done.
    pub refused: Option<String>,
    /// For a signature the code of the report as it is, and that of paper printed before the signer opened it.
    code: Option<(String, Option<String>)>,
    /// For the secrecy review what was found, and what is ticked off.
    secrecy: Option<SecrecyList>,
}

impl ActForm {
    /// Nothing said yet.
    pub fn new(kind: ActionKind, session: &Session) -> Self {
        let report = session.report();
        let paper = || session.person().and_then(|person| review::code_of_paper(report, person));
        let code = (kind == ActionKind::Sign).then(|| (review::code_now(report), paper()));
        let is_secrecy = kind == ActionKind::Pass && report.draft.review().status() == Status::Secrecy;
        Self { kind, words: String::new(), refused: None, code, secrecy: is_secrecy.then(|| SecrecyList::of(session)) }
    }

    /// The same, refused for this reason.
    #[must_use]
    pub fn refused(self, why: String) -> Self {
        Self { refused: Some(why), ..self }
    }

    /// What goes into the log with it: what was accepted and ticked off, then the words.
    fn said(&self, session: &Session) -> String {
        let accepted = matches!(self.kind, ActionKind::Pass | ActionKind::Sign).then(|| review::judged(&session.explained())).flatten();
        let ticked = self.secrecy.as_ref().map(SecrecyList::said);
        if self.kind == ActionKind::Sign {
            return self.words.clone();
        }
        let parts = [Some(self.words.trim().to_owned()).filter(|words| !words.is_empty()), accepted, ticked];
        parts.into_iter().flatten().collect::<Vec<_>>().join("；")
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
    set_wide(ui, 560.0);
    title(ui, &format!("{}：{}", form.kind, work.name()));
    // The buttons stay in sight, whatever there is to know.
    let height = (ui.ctx().content_rect().height() - 150.0).max(120.0);
    let known = ScrollArea::vertical().id_salt("known").max_height(height);
    let (is_ready, instead) = known.show(ui, |ui| known_ui(ui, &work.session, form)).inner;
    if instead.is_some() {
        return instead;
    }
    match buttons(ui, &[(form.kind.name(), is_ready, true), ("取消", true, false)])? {
        true => form.action().map(|action| Command::Do(action, form.said(&work.session))),
        false => Some(Command::Cancel),
    }
}

/// Shows what there is to know before the step; whether it can be done, and a place to go to instead.
fn known_ui(ui: &mut Ui, session: &Session, form: &mut ActForm) -> (bool, Option<Command>) {
    let mut command = None;
    if matches!(form.kind, ActionKind::Submit | ActionKind::Resubmit) {
        let (errors, warnings) = session.unsolved();
        if !(errors.is_empty() && warnings.is_empty()) {
            let words = "有下面这些没有处理，还不能送审；草稿照样可以保存。错误要改正；待核实的要改正，或者在核对结果里写明原因。";
            ui.add(Label::new(words).wrap());
            ScrollArea::vertical().max_height(list_height(ui, 280.0, 240.0)).show(ui, |ui| {
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
    if let Some(secrecy) = &mut form.secrecy {
        secrecy_ui(ui, secrecy);
    }
    let words = match form.kind {
        ActionKind::Sign => "签发后锁定；要再改，须写明原因重新打开，签发作废。请照上面或纸上的核对码输入一遍：",
        ActionKind::Return => "退回的意见（已有批注的可以不写）：",
        ActionKind::Reopen => "重新打开的原因（签发随即作废，写进办理记录）：",
        _ => "附言（可以不写）：",
    };
    if let Some((code, paper)) = &form.code {
        ui.label(RichText::new(format!("核对码　{code}")).font(bold_font(20.0)).color(palette().accent));
        if let Some(paper) = paper {
            ui.label(RichText::new(format!("您打开这份报告以前打印的，纸上应为　{paper}")).color(palette().weak));
        }
        let words =
            "签发证明：以后内容、办理记录、表样有没有被改动。不能证明：输入姓名的是不是本人（没有密码和证书）；请把核对码留在签字的纸上。";
        ui.add(Label::new(RichText::new(words).small().color(palette().weak)).wrap());
    }
    let label = ui.label(words).id;
    let field = ui.add(TextEdit::singleline(&mut form.words).desired_width(f32::INFINITY)).labelled_by(label);
    let is_ticked = form.secrecy.as_mut().is_some_and(SecrecyList::takes_leave);
    if is_ticked || ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if let Some(refused) = &form.refused {
        ui.add(Label::new(RichText::new(format!("× {refused}")).color(palette().error)).wrap());
    }
    (form.secrecy.as_ref().is_none_or(SecrecyList::is_done), command)
}

/// A finding that keeps the report from being submitted.
fn unsolved_ui(ui: &mut Ui, session: &Session, key: &ReasonKey, command: &mut Option<Command>) {
    let form = session.form();
    let finding = session.fails().find(|finding| rules::reason_key(form, *finding) == *key);
    let (severity, message) = match (finding, session.text_finding(key)) {
        (Some(finding), _) => (finding.severity(form), rules::message(session.report(), finding)),
        (None, Some(text)) => (text.severity(), text.message()),
        (None, None) => return,
    };
    ui.horizontal_wrapped(|ui| {
        if ui.small_button("转到").clicked() {
            *command = Some(Command::Visit(Target::Finding(key.clone())));
        }
        let severity = rules::severity_name(severity);
        ui.label(RichText::new(severity).font(bold_font(13.0)).color(palette().error));
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
    let words = format!("有 {} 处没有填（空白不等于 0）。表里确实没有的填 0，文字部分照实写一句：", blanks.len());
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

/// What the clerk has explained, with what this person said to it; what was checked, and what not.
fn explained_ui(ui: &mut Ui, session: &Session) {
    let explained = session.explained();
    if !explained.is_empty() {
        ui.label(RichText::new(format!("填报人已说明的 {} 条", explained.len())).font(bold_font(14.0)));
    }
    ScrollArea::vertical().id_salt("explained").max_height(list_height(ui, 150.0, 330.0)).show(ui, |ui| {
        for one in &explained {
            let (mark, color) = match one.judgement {
                Judgement::Accepted => ("✓ 已认可", palette().good),
                Judgement::Refused => ("× 不认可", palette().error),
                Judgement::Open => ("○ 未表态", palette().warning),
            };
            let words = format!("{mark}　{}。说明：{}", one.message, one.reason.text);
            ui.add(Label::new(RichText::new(words).color(color)).wrap());
        }
    });
    ui.add(Label::new(RichText::new(session.checked().words()).color(palette().weak)).wrap());
}

/// What is explained, what has not been looked at, and open comments.
fn left_ui(ui: &mut Ui, session: &Session) {
    let blanks = session.blanks().len();
    if blanks > 0 {
        ui.label(RichText::new(blanks_words(blanks)).color(palette().error));
    }
    explained_ui(ui, session);
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
    ScrollArea::vertical().max_height(list_height(ui, 200.0, 260.0)).show(ui, |ui| {
        for thread in open {
            ui.add(Label::new(format!("· {}：{}", spot_name(session.form(), &thread.spot), thread.comment.words)).wrap());
        }
    });
}
