//! The office's register: steps above, the list of the step on the left with the question under the cursor below it, the tables as
//! they take shape on the right. Everything by keyboard; asked only where it has to be.

use egui::{
    Align, Button, CentralPanel, Frame, Key, Label, Layout, Margin, Modifiers, Panel, Rect, RichText, ScrollArea, Sense, TextEdit, Ui,
    UiBuilder, vec2,
};

use super::ledger_figures::figures_ui;
use super::notice::notice_ui;
use crate::ledger::State;
use crate::ui::command::Command;
use crate::ui::command::ledger::{Tab, Tally};
use crate::ui::look::ring::page_ring;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::kept_within;
use crate::ui::state::ledger::{LedgerPage, WAYS};
use crate::ui::state::ledger_lists::{Entry, Mark, Subject, heads, lines};
use crate::ui::state::notice::Notice;

/// Height of an entry.
const ROW: f32 = 25.0;
/// Height of the card below the list.
const CARD: f32 = 210.0;
/// Width of the tables on the right.
const SIDE: f32 = 452.0;

/// Shows the page.
pub fn ledger_ui(ui: &mut Ui, page: &mut LedgerPage, notice: Option<&Notice>) -> Vec<Command> {
    let mut commands = Vec::new();
    let bar = Frame::new().fill(palette().paper).inner_margin(Margin::symmetric(12, 4));
    Panel::top("ledger-top").exact_size(42.0).frame(bar).show(ui, |ui| commands.extend(top_ui(ui, page)));
    let strip = Frame::new().fill(palette().desk).inner_margin(Margin::symmetric(12, 4));
    Panel::top("ledger-steps").exact_size(40.0).frame(strip).show(ui, |ui| commands.extend(steps_ui(ui, page)));
    Panel::bottom("ledger-foot").exact_size(28.0).frame(bar.inner_margin(Margin::symmetric(12, 1))).show(ui, |ui| foot_ui(ui, page));
    let desk = Frame::new().fill(palette().desk).inner_margin(Margin { left: 6, right: 12, top: 4, bottom: 6 });
    // In large letters the list has the room; the figures have a step of their own.
    if !is_narrow(ui) {
        Panel::right("ledger-figures").exact_size(SIDE).resizable(false).frame(desk).show(ui, |ui| figures_ui(ui, page));
    }
    CentralPanel::default().frame(desk.inner_margin(Margin { left: 12, right: 6, top: 4, bottom: 6 })).show(ui, |ui| {
        commands.extend(notice.and_then(|notice| notice_ui(ui, notice)));
        // In large letters the ways of a question want more of the height than the list.
        let card = match page.question() {
            _ if !is_narrow(ui) => CARD,
            Some(_) => (ui.available_height() * 0.64).clamp(CARD * 0.6, CARD * 1.2).round(),
            None => (ui.available_height() * 0.4).min(CARD).round(),
        };
        Panel::bottom("ledger-card")
            .exact_size(card)
            .frame(Frame::NONE)
            .show(ui, |ui| commands.extend(kept_within(ui, |ui| card_ui(ui, page))));
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| commands.extend(list_ui(ui, page).map(Command::from)));
    });
    commands
}

/// Width of the window, in points, below which the list stands alone.
const NARROW: f32 = 1_100.0;

fn is_narrow(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < NARROW
}

/// Whose register it is, and where its figures can go.
fn top_ui(ui: &mut Ui, page: &LedgerPage) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let draft = &page.all.office.draft;
    ui.horizontal_centered(|ui| {
        ui.label(RichText::new("从台账取数").font(bold_font(15.0)));
        ui.label(RichText::new(&draft.agency).font(bold_font(13.0)));
        let words_fit = !is_narrow(ui);
        if words_fit {
            ui.label(RichText::new(format!("{} 年度", draft.year)).color(palette().weak));
        }
        let names: Vec<&str> = page.all.registers.iter().map(|register| register.name.as_str()).collect();
        let counting = if page.put_off.is_some() { "　正在重新统计……" } else { "" };
        let (num_lines, num_requests) = (page.all.counted.num_lines, page.all.counted.num_requests);
        let words = format!("{}　{num_lines} 行　{num_requests} 件{counting}", names.join("、"));
        if words_fit {
            ui.add(Label::new(RichText::new(words).color(palette().weak)).truncate());
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let num_open = page.num(|state| matches!(state, State::Open | State::Proposed));
            let words = if num_open > 0 { format!("填进草稿（{num_open} 件没定）") } else { "填进草稿".to_owned() };
            let take = Button::new(RichText::new(words).color(palette().on_accent)).fill(palette().accent);
            if ui.add_enabled(page.is_takable(), take).on_hover_text("Ctrl+Enter").clicked() {
                commands.push(Tally::Take.into());
            }
            if ui.button("不取数").on_hover_text("Esc").clicked() {
                commands.push(Tally::Close.into());
            }
            let mut replaces = page.replaces;
            if ui.checkbox(&mut replaces, "已填的也改用台账的数").on_hover_text("Ctrl+R").changed() {
                commands.push(Tally::Replaces(replaces).into());
            }
        });
    });
    commands
}

/// The four steps, what can be looked up, and how far the lines are.
fn steps_ui(ui: &mut Ui, page: &LedgerPage) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    ui.horizontal_centered(|ui| {
        for tab in Tab::ALL {
            let num_open = page.num_open(tab);
            let is_step = matches!(tab, Tab::Columns | Tab::Words | Tab::Questions);
            let words = match num_open {
                0 if is_step => format!("✓ {}", tab.name()),
                0 => tab.name().to_owned(),
                open => format!("□ {}　{open}", tab.name()),
            };
            if ui.add(Button::selectable(page.tab == tab, words)).clicked() {
                commands.push(Tally::Tab(tab).into());
            }
            if tab == Tab::Figures {
                ui.separator();
            }
        }
        if is_narrow(ui) {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let all = [(Mark::Open, State::Open), (Mark::Proposed, State::Proposed), (Mark::Certain, State::Certain)];
            for (mark, state) in all {
                let words = format!("{} {} {} 行", sign(mark), name(mark), page.num(|other| other == state));
                ui.label(RichText::new(words).color(ink(mark)));
            }
        });
    });
    commands
}

/// The list of the part on screen.
fn list_ui(ui: &mut Ui, page: &mut LedgerPage) -> Option<Tally> {
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.label(RichText::new(title(page)).font(bold_font(14.0)));
        ui.label(RichText::new(format!("{} 条", page.entries.len())).color(palette().weak));
        let num_proposed = page.entries.iter().filter(|entry| entry.mark == Mark::Proposed).count();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if page.tab == Tab::Words && num_proposed > 0 && ui.button(format!("建议都采纳　{num_proposed}　Ctrl+A")).clicked() {
                chosen = Some(Tally::Adopt);
            }
            if page.of_cell.is_some() && ui.button("回到各格　Esc").clicked() {
                chosen = Some(Tally::Lines(None));
            }
        });
    });
    let width = ui.available_width();
    let sheet = Frame::new().fill(palette().paper).stroke((1.0, palette().line));
    sheet.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let columns = columns(page.tab, page.of_cell.is_some());
        let place = ui.allocate_exact_size(vec2(width - 2.0, ROW), Sense::hover()).0;
        ui.painter().rect_filled(place, 0.0, palette().head);
        let head = heads(page.tab, page.of_cell.is_some()).map(str::to_owned);
        texts_ui(ui, place, "", &head, columns, palette().weak);
        let reveal = std::mem::take(&mut page.reveal);
        let mut area = ScrollArea::vertical().id_salt(("ledger-list", page.tab.name())).auto_shrink(false);
        if reveal {
            #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
            let top = page.at as f32 * ROW;
            area = area.vertical_scroll_offset((top - ui.available_height() / 2.0).max(0.0));
        }
        area.show_rows(ui, ROW, page.entries.len(), |ui, rows| {
            for (at, entry) in page.entries.iter().enumerate().skip(rows.start).take(rows.len()) {
                if entry_ui(ui, entry, at == page.at, columns) {
                    chosen = Some(Tally::Row(at));
                }
            }
        });
    });
    chosen
}

fn title(page: &LedgerPage) -> String {
    match (page.tab, page.of_cell) {
        (Tab::Columns, _) => "台账的每一列读作什么".to_owned(),
        (Tab::Words, _) => "台账里的用语，归到哪一行、哪一列".to_owned(),
        (Tab::Questions, _) => "只有本单位答得出的".to_owned(),
        (Tab::Figures, None) => "每一格的数（Enter 看它的台账行）".to_owned(),
        (Tab::Figures, Some(cell)) => format!("{} 的台账行", page.all.office.form.cell(cell).label),
        (Tab::Lines, _) => "每一行计到哪几格".to_owned(),
        (Tab::Nowhere, _) => "哪一格都不计的行".to_owned(),
        (Tab::Faults, _) => "台账本身要看的".to_owned(),
    }
}

/// Shares of the width.
fn columns(tab: Tab, has_cell: bool) -> [f32; 4] {
    match tab {
        Tab::Columns => [0.3, 0.22, 0.48, 0.0],
        Tab::Words => [0.34, 0.07, 0.3, 0.29],
        Tab::Questions => [0.42, 0.2, 0.2, 0.18],
        Tab::Figures if !has_cell => [0.52, 0.26, 0.11, 0.11],
        Tab::Figures | Tab::Lines | Tab::Nowhere => [0.22, 0.23, 0.3, 0.25],
        Tab::Faults => [0.14, 0.3, 0.56, 0.0],
    }
}

fn entry_ui(ui: &mut Ui, entry: &Entry, is_here: bool, columns: [f32; 4]) -> bool {
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    if is_here {
        ui.painter().rect_filled(place, 0.0, palette().accent_tint);
        page_ring(ui, place);
    }
    ui.painter().hline(place.x_range(), place.bottom(), (1.0, palette().line));
    texts_ui(ui, place, sign(entry.mark), &entry.texts, columns, ink(entry.mark));
    response.clicked()
}

/// A sign and four texts in a row, each cut where its column ends.
fn texts_ui(ui: &mut Ui, place: Rect, sign: &str, texts: &[String; 4], columns: [f32; 4], ink: egui::Color32) {
    let mut left = place.left() + 28.0;
    let mut put = |from: f32, to: f32, words: RichText| {
        let cell = Rect::from_x_y_ranges(from..=to, place.y_range());
        let mut inner = ui.new_child(UiBuilder::new().max_rect(cell).layout(Layout::left_to_right(Align::Center)));
        inner.add(Label::new(words).truncate().selectable(false));
    };
    put(place.left() + 8.0, left, RichText::new(sign).color(ink));
    let room = place.width() - 36.0;
    for (at, (text, share)) in texts.iter().zip(columns).enumerate().filter(|(_, (_, share))| *share > 0.0) {
        let right = left + room * share;
        let words = RichText::new(text.replace('\n', " "));
        let words = if sign.is_empty() || at == 3 { words.color(ink) } else { words.color(palette().ink) };
        if !text.is_empty() {
            put(left, right - 8.0, words);
        }
        left = right;
    }
}

/// What is under the cursor: the question with its ways, or what an entry says in full.
fn card_ui(ui: &mut Ui, page: &mut LedgerPage) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    ui.add_space(6.0);
    let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6).inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let at = ("ledger-card", page.tab.name(), page.at);
        let place = ScrollArea::vertical().id_salt(at).auto_shrink(false).max_height(ui.available_height());
        commands.extend(place.show(ui, |ui| entry_card_ui(ui, page)).inner);
    });
    commands
}

/// What stands on the card.
fn entry_card_ui(ui: &mut Ui, page: &mut LedgerPage) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let Some(entry) = page.entry().cloned() else {
        ui.label("这里没有要看的。");
        return commands;
    };
    match page.question().cloned() {
        Some(question) => {
            let word = if question.word.is_empty() { String::new() } else { format!("“{}”　", question.word.replace('\n', " ")) };
            ui.horizontal(|ui| {
                ui.label(RichText::new(format!("{word}{} 行", question.lines.len())).font(bold_font(14.0)));
                ui.add(Label::new(RichText::new(lines(&question.lines)).color(palette().weak)).truncate());
            });
            ui.add(Label::new(question.doubt.asks()).truncate());
            if let Some(item) = question.lines.first().and_then(|place| page.all.counted.item(*place)) {
                let line = crate::ui::state::ledger_lists::line(&page.all, item).texts;
                let words = format!("例：{}　{}　{}", line[0], line[1], line[2]);
                ui.add(Label::new(RichText::new(words).small().color(palette().weak)).truncate());
            }
            commands.extend(ways_ui(ui, page).map(Command::from));
            commands.extend(day_ui(ui, page).map(Command::from));
            if page.ways().len() <= WAYS {
                let words = "按数字就定下，自动走到下一处没定的。定过的写法存在草稿旁边，明年的台账直接用。";
                ui.label(RichText::new(words).small().color(palette().weak));
            }
        }
        None => {
            for text in entry.texts.iter().filter(|text| !text.is_empty()) {
                ui.add(Label::new(text.replace('\n', " ")).truncate()).on_hover_text(text);
            }
        }
    }
    commands
}

fn ways_ui(ui: &mut Ui, page: &LedgerPage) -> Option<Tally> {
    let ways = page.ways();
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        for (place, (words, _)) in ways.iter().skip(page.first_way).take(WAYS).enumerate() {
            let is_first = place == 0 && page.first_way == 0 && page.entry().is_some_and(|entry| entry.mark == Mark::Proposed);
            let words = RichText::new(format!("{}　{}", place + 1, short(words)));
            let button = if is_first { Button::new(words.color(palette().on_accent)).fill(palette().accent) } else { Button::new(words) };
            if ui.add(button).clicked() {
                chosen = Some(Tally::Choose(place));
            }
        }
        if ways.len() > WAYS && ui.button("9　别的……").clicked() {
            chosen = Some(Tally::MoreWays);
        }
    });
    chosen
}

/// A name that fits a button.
fn short(words: &str) -> String {
    const LONGEST: usize = 16;
    if words.chars().count() <= LONGEST { words.to_owned() } else { words.chars().take(LONGEST - 1).chain(['…']).collect() }
}

/// A field for the day, for questions about days: Enter goes there, and takes what is typed.
fn day_ui(ui: &mut Ui, page: &mut LedgerPage) -> Option<Tally> {
    let question = page.question()?;
    page.all.counted.dated(&page.all.registers, question, "2000-01-01")?;
    let mut taken = None;
    ui.horizontal(|ui| {
        let label = ui.label("或者写日期").id;
        let field = ui.add(TextEdit::singleline(&mut page.typed).desired_width(120.0).hint_text("2025-03-05")).labelled_by(label);
        ui.label(RichText::new("Enter 到这里写，再按 Enter 定下").small().color(palette().weak));
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        if field.lost_focus() && enter {
            taken = Some(Tally::Typed);
        } else if enter && ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
    });
    taken
}

fn foot_ui(ui: &mut Ui, page: &LedgerPage) {
    ui.horizontal_centered(|ui| {
        let num_faults = page.all.counted.remarks.len();
        let num_nowhere = page.num(|state| matches!(state, State::Nowhere(_)));
        ui.label(RichText::new(format!("台账　✓ {} 行都读了", page.all.counted.num_lines)).color(palette().good));
        ui.label(format!("不计入 {num_nowhere} 行　台账本身 {num_faults} 处"));
        if !is_narrow(ui) {
            ui.separator();
            ui.label(RichText::new("↑↓ 走　←→ 换步　1–8 定　F8 下一处　Enter 看行　Esc 回").small().color(palette().weak));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new("姓名、证件号、电话、地址不进草稿").small().color(palette().weak));
        });
    });
}

/// What the keys mean on the page; in a field being typed into they belong to the field. Figures may come several in a frame, where the
/// machine is busy: each is an answer.
pub fn ledger_keys(ui: &Ui, page: &LedgerPage) -> Vec<Tally> {
    let is_typed_into = ui.memory(|memory| memory.focused().is_some());
    let digits = if is_typed_into { Vec::new() } else { digits(ui) };
    let answer = |digit| match digit {
        9 => Some(Tally::MoreWays),
        1.. => Some(Tally::Choose(digit - 1)),
        _ => None,
    };
    digits.into_iter().filter_map(answer).chain(key_pressed(ui, page)).collect()
}

/// The same for all other keys.
fn key_pressed(ui: &Ui, page: &LedgerPage) -> Option<Tally> {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::COMMAND, Key::Enter) {
        return Some(Tally::Take);
    }
    if pressed(Modifiers::NONE, Key::F8) {
        return Some(Tally::Next);
    }
    if ui.memory(|memory| memory.focused().is_some()) {
        return None;
    }
    let last = page.entries.len().saturating_sub(1);
    let moves = [
        (Key::ArrowDown, (page.at + 1).min(last)),
        (Key::ArrowUp, page.at.saturating_sub(1)),
        (Key::PageDown, (page.at + 12).min(last)),
        (Key::PageUp, page.at.saturating_sub(12)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    if let Some((_, at)) = moves.into_iter().find(|(key, _)| pressed(Modifiers::NONE, *key)) {
        return Some(Tally::Row(at));
    }
    if pressed(Modifiers::NONE, Key::ArrowRight) {
        return Some(Tally::Tab(page.tab.turned(1)));
    }
    if pressed(Modifiers::NONE, Key::ArrowLeft) {
        return Some(Tally::Tab(page.tab.turned(Tab::ALL.len() - 1)));
    }
    if pressed(Modifiers::COMMAND, Key::A) && page.tab == Tab::Words {
        return Some(Tally::Adopt);
    }
    if pressed(Modifiers::COMMAND, Key::R) {
        return Some(Tally::Replaces(!page.replaces));
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        return Some(if page.of_cell.is_some() { Tally::Lines(None) } else { Tally::Close });
    }
    match page.entry()?.subject {
        Subject::Cell(cell) if pressed(Modifiers::NONE, Key::Enter) => Some(Tally::Lines(Some(cell))),
        _ => None,
    }
}

/// The figures that were typed, on whatever part of the keyboard.
fn digits(ui: &Ui) -> Vec<usize> {
    let typed = |event: &egui::Event| match event {
        egui::Event::Text(text) => text.parse().ok(),
        _ => None,
    };
    ui.input(|input| input.events.iter().filter_map(typed).collect())
}

/// The sign of a mark.
fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Certain => "✓",
        Mark::Proposed => "◇",
        Mark::Open => "□",
        Mark::Warning => "⚠",
        Mark::Plain => "－",
    }
}

/// Its name.
fn name(mark: Mark) -> &'static str {
    match mark {
        Mark::Certain => "已定",
        Mark::Proposed => "建议",
        Mark::Open => "没定",
        Mark::Warning => "要看",
        Mark::Plain => "不计",
    }
}

/// Its colour.
fn ink(mark: Mark) -> egui::Color32 {
    match mark {
        Mark::Certain => palette().good,
        Mark::Proposed => palette().accent,
        Mark::Open => palette().error,
        Mark::Warning => palette().warning,
        Mark::Plain => palette().weak,
    }
}
