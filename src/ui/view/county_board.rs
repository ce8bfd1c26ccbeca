//! The board: counts that are filters, a strip of all bodies, a line a body. Only the lines on screen are built.

use egui::{
    Align, Button, Color32, ComboBox, Frame, Id, Key, Label, Layout, Margin, Modifiers, Rect, RichText, ScrollArea, Sense, TextEdit, Ui,
    UiBuilder, pos2, vec2,
};

use super::county_mark::{bars, ink, mark, tile};
use crate::county::{County, Need, UnitKind};
use crate::ui::command::Command;
use crate::ui::command::county::{Many, Order};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::entry_frame;
use crate::ui::state::county::{CountyPage, requests};

/// Height of a line.
const ROW: f32 = 22.0;
/// Height of the cards with counts.
const CARD: f32 = 46.0;
/// Width of a tile from which on it has a mark; below it is a bar.
const LEAST_TILE: f32 = 9.0;
/// Height of the strip.
const STRIP: f32 = 56.0;
/// Width from which on there is room for everything above the list.
const LEAST_FOR_ALL: f32 = 840.0;
/// Room for a button that is not always there.
const BUTTON: f32 = 150.0;
/// Room for the number of chosen bodies, which the button says too.
const ROOM_FOR_NUMBER: f32 = 84.0;
/// Questions about files shown at once.
const MAX_ASKED: usize = 3;

/// The field for names.
pub fn query_id() -> Id {
    Id::unique("county-query")
}

/// Shows the board.
pub fn board_ui(ui: &mut Ui, page: &mut CountyPage) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    commands.extend(cards_ui(ui, page).map(Command::from));
    ui.add_space(2.0);
    commands.extend(strip_ui(ui, page).map(Command::from));
    commands.extend(asked_ui(ui, page).map(Command::from));
    commands.extend(tools_ui(ui, page));
    commands.extend(list_ui(ui, page).map(Command::from));
    commands
}

/// A card a need with its count; pressed, it is the filter.
fn cards_ui(ui: &mut Ui, page: &CountyPage) -> Option<Many> {
    let mut chosen = None;
    let county = &page.county;
    let needs =
        [None, Some(Need::Ready), Some(Need::Wrong), Some(Need::Look), Some(Need::Returned), Some(Need::Missing), Some(Need::Overdue)];
    let gap = ui.spacing().item_spacing.x;
    let width = (ui.available_width() - 6.0 * gap) / 7.0;
    ui.horizontal(|ui| {
        for need in needs {
            let (place, response) = ui.allocate_exact_size(vec2(width, CARD), Sense::click());
            let is_on = page.only == need;
            let (fill, line) = if is_on { (palette().accent_tint, palette().accent) } else { (palette().paper, palette().line) };
            ui.painter().rect(place, 6.0, fill, (1.0, line), egui::StrokeKind::Inside);
            let (words, num) = need.map_or(("全部", county.standings.len()), |need| (need.name(), county.num(need)));
            response.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, is_on, format!("{words} {num}")));
            if need.is_some() {
                mark(ui.painter(), Rect::from_min_size(place.left_top() + vec2(10.0, 6.0), vec2(13.0, 13.0)), need);
            }
            let left = if need.is_some() { 30.0 } else { 10.0 };
            let small = egui::FontId::proportional(12.0);
            ui.painter().text(place.left_top() + vec2(left, 12.0), egui::Align2::LEFT_CENTER, words, small, palette().weak);
            ui.painter().text(place.left_top() + vec2(10.0, 33.0), egui::Align2::LEFT_CENTER, num, bold_font(17.0), palette().ink);
            if response.clicked() {
                chosen = Some(Many::Only(need));
            }
        }
    });
    chosen
}

/// All bodies in the order of the roster, a tile each.
fn strip_ui(ui: &mut Ui, page: &CountyPage) -> Option<Many> {
    let county = &page.county;
    let num = county.standings.len();
    let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6).inner_margin(Margin::symmetric(10, 5));
    let shown = frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new("全部单位一览").font(bold_font(13.0)));
            ui.label(RichText::new("一格一个单位，按名册顺序；点一格看该单位").small().color(palette().weak));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let all = page.sum.num_in + page.sum.num_missing;
                ui.label(RichText::new(format!("已收 {} / {all}", page.sum.num_in)).small().color(palette().weak));
            });
        });
        let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), STRIP - 30.0), Sense::click());
        let layout = Tiles::of(place, num);
        let tiles = county.standings.iter().enumerate().map(|(at, standing)| (layout.place(at), standing.need));
        if layout.side >= LEAST_TILE {
            tiles.enumerate().for_each(|(at, (place, need))| tile(ui.painter(), place, need, at == page.at));
        } else {
            ui.painter().add(bars(tiles));
        }
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, strip_words(county)));
        let at = response.hover_pos().and_then(|pointer| layout.at(pointer)).filter(|at| *at < num);
        if let Some(at) = at {
            let need = county.standings.get(at).and_then(|standing| standing.need);
            response.clone().on_hover_text_at_pointer(format!("{}　{}", county.name(at), need.map_or("不应报", Need::name)));
        }
        at.filter(|_| response.clicked())
    });
    shown.inner.map(Many::At)
}

fn strip_words(county: &County) -> String {
    let told = Need::ALL.into_iter().map(|need| format!("{} {}", need.name(), county.num(need)));
    format!("全部单位一览：{}", told.collect::<Vec<_>>().join("，"))
}

/// Where the tiles of a strip stand: in one row while there is room, else in smaller ones below each other.
struct Tiles {
    corner: egui::Pos2,
    side: f32,
    height: f32,
    a_row: usize,
}

impl Tiles {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on the screen")]
    fn of(place: Rect, num: usize) -> Self {
        let rows = [1.0_f32, 2.0, 4.0, 8.0].into_iter().find(|rows| place.width() * rows / num.max(1) as f32 >= 8.0 / rows.sqrt());
        let rows = rows.unwrap_or(8.0);
        let side = (place.width() * rows / num.max(1) as f32).min(22.0);
        Self { corner: place.left_top(), side, height: place.height() / rows, a_row: ((place.width() / side) as usize).max(1) }
    }

    #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
    fn place(&self, at: usize) -> Rect {
        let (row, col) = ((at / self.a_row) as f32, (at % self.a_row) as f32);
        let gap = if self.side >= 12.0 { 3.0 } else { 0.5 };
        let corner = self.corner + vec2(col * self.side, row * self.height);
        Rect::from_min_size(corner, vec2((self.side - gap).max(1.0), (self.height - gap.min(2.0)).max(1.0)))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on the screen")]
    fn at(&self, pointer: egui::Pos2) -> Option<usize> {
        let from = pointer - self.corner;
        let col = (from.x / self.side) as usize;
        (from.x >= 0.0 && from.y >= 0.0 && col < self.a_row).then(|| (from.y / self.height) as usize * self.a_row + col)
    }
}

/// Files that belong to no body for certain: asked, never guessed.
fn asked_ui(ui: &mut Ui, page: &CountyPage) -> Option<Many> {
    let mut chosen = None;
    for question in page.asked.iter().take(MAX_ASKED) {
        entry_frame(false).show(ui, |ui| {
            ui.horizontal(|ui| {
                let name = question.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let agency = if question.agency.is_empty() { "没有写单位" } else { &question.agency };
                ui.label(RichText::new("□ 是哪个单位的？").color(palette().warning));
                let num_offered = if ui.available_width() < LEAST_FOR_ALL { 2 } else { 4 };
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button(Many::Assign(question.path.clone(), None).label()).clicked() {
                        chosen = Some(Many::Assign(question.path.clone(), None));
                    }
                    let offered = question.likely.iter().copied().chain((!question.likely.contains(&page.at)).then_some(page.at));
                    let offered: Vec<usize> = offered.take(num_offered).collect();
                    for place in offered.into_iter().rev() {
                        if ui.button(page.county.name(place)).clicked() {
                            chosen = Some(Many::Assign(question.path.clone(), Some(place)));
                        }
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(Label::new(format!("{agency}　{name}")).truncate());
                    });
                });
            });
        });
    }
    if page.asked.len() > MAX_ASKED {
        ui.label(RichText::new(format!("还有 {} 个文件要问", page.asked.len() - MAX_ASKED)).small().color(palette().warning));
    }
    chosen
}

/// The field for names, the order, what is done with the chosen.
fn tools_ui(ui: &mut Ui, page: &mut CountyPage) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    ui.horizontal(|ui| {
        ui.set_min_height(30.0);
        let buttons = [!page.marked.is_empty(), !page.county.has_roster];
        let is_narrow = ui.available_width() < buttons.iter().filter(|is_shown| **is_shown).fold(LEAST_FOR_ALL, |least, _| least + BUTTON);
        let (room, hint) = if is_narrow { (130.0, "单位名　Ctrl+F") } else { (190.0, "单位名、负责人　Ctrl+F") };
        let field = TextEdit::singleline(&mut page.query).id(query_id()).desired_width(room).hint_text(hint);
        if ui.add(field).changed() {
            page.list();
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
            ui.memory_mut(|memory| memory.request_focus(query_id()));
        }
        commands.extend(kinds_ui(ui, page).map(Command::from));
        commands.extend(orders_ui(ui, page, is_narrow).map(Command::from));
        let with_key = |words: &str, key: &str| if is_narrow { words.to_owned() } else { format!("{words}　{key}") };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if page.sum.num_missing > 0 && ui.button(with_key("催报名单", "F9")).on_hover_text("F9").clicked() {
                commands.push(Many::Remind.into());
            }
            if !page.marked.is_empty() {
                let words = with_key(&format!("退回 {} 个", page.marked.len()), "Ctrl+R");
                if ui.button(words).on_hover_text("Ctrl+R").clicked() {
                    commands.push(Many::GiveBack.into());
                }
                if ui.available_width() > ROOM_FOR_NUMBER {
                    ui.label(RichText::new(format!("已选 {} 个", page.marked.len())).color(palette().weak));
                }
            }
            if !page.county.has_roster && ui.button(Many::Roster(None).label()).on_hover_text("也可以在这里粘贴 Excel 里的名册").clicked()
            {
                commands.push(Many::Roster(None).into());
            }
        });
    });
    commands
}

/// In which order they are listed; a list where there is little room.
fn orders_ui(ui: &mut Ui, page: &CountyPage, is_narrow: bool) -> Option<Many> {
    let mut chosen = None;
    let mut show = |ui: &mut Ui| {
        for order in Order::ALL {
            if ui.add(Button::selectable(page.order == order, order.name())).clicked() {
                chosen = Some(Many::Sort(order));
            }
        }
    };
    if is_narrow {
        let list = ComboBox::from_id_salt("county-order").selected_text(page.order.name()).width(96.0);
        list.show_ui(ui, show).response.on_hover_text("列出的顺序");
    } else {
        show(ui);
    }
    chosen
}

/// Which kind of bodies is listed, where there are several.
fn kinds_ui(ui: &mut Ui, page: &CountyPage) -> Option<Many> {
    let units = &page.county.roster.units;
    let kinds: Vec<UnitKind> = UnitKind::ALL.into_iter().filter(|kind| units.iter().any(|unit| unit.kind == *kind)).collect();
    if kinds.len() < 2 {
        return None;
    }
    let mut chosen = None;
    let words = |kind: Option<UnitKind>| Many::Kind(kind).label();
    let label = ui.label(RichText::new("类别").small().color(palette().weak)).id;
    let shown = ComboBox::from_id_salt("county-kind").selected_text(words(page.kind)).width(90.0).show_ui(ui, |ui| {
        for kind in std::iter::once(None).chain(kinds.into_iter().map(Some)) {
            if ui.selectable_label(page.kind == kind, words(kind)).clicked() {
                chosen = Some(Many::Kind(kind));
            }
        }
    });
    shown.response.labelled_by(label);
    chosen
}

/// A column of the list.
struct Column {
    head: &'static str,
    /// Its least width in points; what is left over is shared out by it.
    least: f32,
    /// Where there is no room for all, the highest goes first; 0 never goes.
    rank: u8,
    is_figure: bool,
}

const fn column(head: &'static str, least: f32, rank: u8, is_figure: bool) -> Column {
    Column { head, least, rank, is_figure }
}

const COLUMNS: [Column; 11] = [
    column("", 26.0, 0, false),
    column("状态", 98.0, 0, false),
    column("单位", 154.0, 0, false),
    column("错误", 50.0, 1, true),
    column("请核对", 62.0, 2, true),
    column("新收申请", 74.0, 5, true),
    column("上年", 58.0, 8, true),
    column("增减", 58.0, 6, true),
    column("收到", 80.0, 7, false),
    column("期限", 88.0, 4, false),
    column("下一步", 76.0, 3, false),
];

/// Where each column stands in a list so wide; none where it has no room.
fn places(width: f32) -> [Option<egui::Rangef>; 11] {
    let needed = |most: u8| COLUMNS.iter().filter(|column| column.rank <= most).map(|column| column.least).sum::<f32>();
    let most = (0..=8).rev().find(|most| needed(*most) <= width).unwrap_or_default();
    let stretch = width / needed(most);
    let mut left = 0.0;
    std::array::from_fn(|at| {
        let column = COLUMNS.get(at).filter(|column| column.rank <= most)?;
        let from = left;
        left += column.least * stretch;
        Some(egui::Rangef::new(from, left))
    })
}

/// A line a body.
fn list_ui(ui: &mut Ui, page: &mut CountyPage) -> Option<Many> {
    let mut chosen = None;
    let width = ui.available_width();
    let sheet = Frame::new().fill(palette().paper).stroke((1.0, palette().frame));
    sheet.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let head = ui.allocate_exact_size(vec2(width - 2.0, ROW), Sense::hover()).0;
        ui.painter().rect_filled(head, 0.0, palette().head);
        let heads = std::array::from_fn(|at| (COLUMNS.get(at).map_or("", |column| column.head).to_owned(), palette().weak, false));
        texts_ui(ui, head, &heads);
        if page.rows.is_empty() {
            ui.add_space(8.0);
            ui.label(RichText::new("　没有这样的单位。Esc 看全部。").color(palette().weak));
        }
        let reveal = std::mem::take(&mut page.reveal);
        let mut area = ScrollArea::vertical().id_salt("county-list").auto_shrink(false);
        if reveal && let Some(here) = page.rows.iter().position(|place| *place == page.at) {
            #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
            let top = here as f32 * ROW;
            area = area.vertical_scroll_offset(((top - ui.available_height() / 2.0) / ROW).floor().max(0.0) * ROW);
        }
        area.show_rows(ui, ROW, page.rows.len(), |ui, range| {
            for place in page.rows.iter().skip(range.start).take(range.len()) {
                if let Some(step) = line_ui(ui, page, *place) {
                    chosen = Some(step);
                }
            }
        });
    });
    chosen
}

/// One body.
fn line_ui(ui: &mut Ui, page: &CountyPage, place: usize) -> Option<Many> {
    let county = &page.county;
    let standing = county.standings.get(place)?;
    let (at, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let is_here = place == page.at;
    if is_here {
        ui.painter().rect_filled(at, 0.0, palette().accent_tint);
        ui.painter().rect_filled(Rect::from_min_size(at.left_top(), vec2(3.0, ROW)), 0.0, palette().accent);
    }
    ui.painter().hline(at.x_range(), at.bottom(), (1.0, palette().line.gamma_multiply(0.6)));
    let need = standing.need;
    let tick = Rect::from_center_size(pos2(at.left() + 17.0, at.center().y), vec2(12.0, 12.0));
    ui.painter().rect_stroke(tick, 2.0, (1.0, palette().frame), egui::StrokeKind::Inside);
    if page.marked.contains(&place) {
        ui.painter().rect_filled(tick, 2.0, palette().accent);
    }
    mark(ui.painter(), Rect::from_center_size(pos2(at.left() + 40.0, at.center().y), vec2(13.0, 13.0)), need);
    let texts = texts(county, place);
    let words = texts.iter().map(|(words, ..)| words.as_str()).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("，");
    response.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::ListBoxOption, true, is_here, &words));
    texts_ui(ui, at, &texts);
    if response.double_clicked() {
        return Some(Many::Report);
    }
    let is_tick = response.interact_pointer_pos().is_some_and(|pointer| pointer.x < at.left() + 30.0);
    response.clicked().then_some(if is_tick { Many::Mark(place) } else { Many::At(place) })
}

/// What a line says, column by column: words, colour, bold.
fn texts(county: &County, place: usize) -> [(String, Color32, bool); 11] {
    let (plain, weak) = (palette().ink, palette().weak);
    let standing = county.standings.get(place);
    let need = standing.and_then(|standing| standing.need);
    let taken = county.counted(place);
    let count = |num: Option<u32>, color: Color32| match num {
        None => (String::new(), weak, false),
        Some(0) => ("0".to_owned(), weak, false),
        Some(num) => (num.to_string(), color, true),
    };
    let errors = taken.map(|taken| taken.counts.error);
    let looks = taken.map(|taken| taken.counts.warning + taken.counts.look);
    let (now, last) = requests(county, place);
    let figure = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
    let change = now.zip(last).map_or_else(String::new, |(now, last)| format!("{:+}", now - last).replace('-', "−"));
    let is_far = now.zip(last).is_some_and(|(now, last)| now.abs_diff(last) >= 10 && (now >= last * 3 || now * 3 <= last));
    let due = county.due(place);
    let over = (county.today - due).get_days();
    let came = standing
        .and_then(|standing| standing.received)
        .map_or_else(|| ("—".to_owned(), weak, false), |time| (format!("{}月{}日", time.month(), time.day()), plain, false));
    let until = match need {
        Some(Need::Overdue) => (format!("过期 {over} 天"), palette().error, true),
        Some(_) => (format!("{}月{}日", due.month(), due.day()), weak, false),
        None => (String::new(), weak, false),
    };
    let is_ready = matches!(need, Some(Need::Ready) | None);
    [
        (String::new(), weak, false),
        (format!("　　{}", need.map_or("不应报", Need::name)), ink(need), false),
        (county.name(place).to_owned(), plain, !is_ready),
        count(errors, palette().error),
        count(looks, palette().warning),
        (figure(now), plain, false),
        (figure(last), weak, false),
        (change, if is_far { plain } else { weak }, is_far),
        came,
        until,
        (need.map_or("", Need::next).to_owned(), palette().accent, false),
    ]
}

/// Words in a row, each cut where its column ends; figures at the right.
fn texts_ui(ui: &mut Ui, place: Rect, texts: &[(String, Color32, bool); 11]) {
    for (((words, color, is_bold), column), at) in texts.iter().zip(&COLUMNS).zip(places(place.width())) {
        let Some(at) = at.filter(|_| !words.is_empty()) else { continue };
        let cell = Rect::from_x_y_ranges(
            place.left() + at.min + if column.is_figure { 4.0 } else { 10.0 }..=place.left() + at.max - 8.0,
            place.y_range(),
        );
        let layout = if column.is_figure { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
        let mut inner = ui.new_child(UiBuilder::new().max_rect(cell).layout(layout));
        let text = RichText::new(words).color(*color);
        let text = if *is_bold { text.font(bold_font(13.0)) } else { text.size(13.0) };
        inner.add(Label::new(text).truncate().selectable(false));
    }
}
