//! What was checked and what was not, in the foot line: 表内, 上年, 正文, 没有查, always in this order; each part leads to its list.

use egui::{Button, Color32, RichText, Ui};

use crate::form::Severity;
use crate::rules::{Finding, Group};
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::command::places::{List, Since};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::work::Work;

/// What nothing here can check: it wants a person.
const BY_HAND: &str = "归类是否恰当、涉密和个人信息、附件";

/// A part of the line.
struct Part {
    name: &'static str,
    says: Vec<(String, Color32)>,
    leads: Option<Command>,
}

/// Shows the parts as far as they have room.
pub fn foot_ui(ui: &mut Ui, work: &Work) -> Option<Command> {
    let mut chosen = None;
    for part in [in_tables(work), last_year(work), in_text(work), unchecked()] {
        let words: String = part.says.iter().map(|(words, _)| words.as_str()).collect();
        let width = ui.painter().layout_no_wrap(format!("{}　{words}　", part.name), bold_font(12.0), palette().ink).size().x;
        if width + 16.0 * f32::from(u8::try_from(part.says.len()).unwrap_or(u8::MAX)) > ui.available_width() - ZOOM_ROOM {
            break;
        }
        ui.separator();
        ui.label(RichText::new(part.name).font(bold_font(12.0)));
        for (words, color) in &part.says {
            let words = RichText::new(words).small().color(*color);
            // What leads nowhere is no button, and no paler than other small words.
            let shown = if part.leads.is_some() { ui.add(Button::new(words).frame(false)) } else { ui.label(words) };
            // A screen reader says the counts whenever they change.
            ui.accesskit_node_builder(shown.id, |node| node.set_live(egui::accesskit::Live::Polite));
            if shown.clicked() {
                chosen.clone_from(&part.leads);
            }
        }
    }
    chosen
}

/// Room for the size of the letters at the end of the line, in points.
const ZOOM_ROOM: f32 = 60.0;

fn is_across(work: &Work, finding: Finding) -> bool {
    !work.session.form().check(finding.check).prior_cells.is_empty()
}

fn in_tables(work: &Work) -> Part {
    let (session, checked) = (&work.session, work.session.checked());
    let open = |wanted: Severity| {
        let here = session.open().filter(|finding| finding.severity(session.form()) == wanted && !is_across(work, *finding));
        here.count()
    };
    let (broken, to_verify) = (open(Severity::Error), open(Severity::Warning));
    let waiting = checked.num_sums.saturating_sub(checked.num_agreeing + broken);
    let holds = if checked.num_agreeing == 0 {
        ("－ 没有填".to_owned(), palette().weak)
    } else {
        (format!("✓ {} 项成立", checked.num_agreeing), palette().good)
    };
    let rest = [
        (broken, format!("× {broken} 项不成立"), palette().error),
        (to_verify, format!("⚠ {to_verify} 项待核实"), palette().warning),
        (waiting, format!("… {waiting} 项待填"), palette().weak),
    ];
    let rest = rest.into_iter().filter(|(count, ..)| *count > 0).map(|(_, words, color)| (words, color));
    Part { name: "表内", says: [holds].into_iter().chain(rest).collect(), leads: Some(Named::NextFinding.into()) }
}

fn last_year(work: &Work) -> Part {
    let (session, draft) = (&work.session, work.session.draft());
    let open = session.open().filter(|finding| is_across(work, *finding) && finding.severity(session.form()) != Severity::Info).count();
    let (says, leads) = match draft.prior() {
        _ if session.checked().is_first_year => (("第一年编制，不比".to_owned(), palette().weak), Command::Show(List::Findings)),
        None => (("－ 没有查，还没有上年报告".to_owned(), palette().weak), Named::OpenPrior.into()),
        Some(_) if open > 0 => ((format!("⚠ {open} 项请核对"), palette().warning), Named::NextFinding.into()),
        Some(prior) => ((format!("✓ 与 {} 年比过", prior.year), palette().good), Command::Compare(Since::Prior)),
    };
    Part { name: "上年", says: vec![says], leads: Some(leads) }
}

fn in_text(work: &Work) -> Part {
    let said = work.session.checked().figures.counts().filter(|(_, count)| *count > 0).map(|(group, count)| {
        let (mark, color) = match group {
            Group::Held => ("✓", palette().good),
            Group::Look => ("⚠", palette().warning),
            Group::Explained => ("✓", palette().weak),
            Group::Unchecked | Group::Unrelated => ("－", palette().weak),
        };
        (format!("{mark} {count} {}", group.words()), color)
    });
    let mut says: Vec<(String, Color32)> = said.collect();
    if says.is_empty() {
        says.push(("没有数".to_owned(), palette().weak));
    }
    let first = work.session.form().sections().map(|(section, _)| section.0).next();
    Part { name: "正文", says, leads: first.map(Command::Chapter) }
}

fn unchecked() -> Part {
    Part { name: "没有查", says: vec![(BY_HAND.to_owned(), palette().weak)], leads: None }
}
