//! The source as it was read, with the place of a cell marked: paragraphs and tables as they stand there, whatever the kind of file.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Label, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::import::Place;
use crate::read::{At, Grid, Page, Stretch};
use crate::ui::look::theme::{TABLE_TEXT, palette};

/// Pieces shown before and behind the marked one: a long file is never laid out whole.
const AROUND: usize = 40;
/// Letters in the tables of the source, in points.
const LETTERS: f32 = TABLE_TEXT - 1.0;
/// Narrowest column, in points.
const NARROWEST: f32 = 26.0;
/// Letters beyond which a column gets no wider for its words.
const WIDE: usize = 14;
/// Width of a digit, of the size of the letters.
const DIGIT: f32 = 0.6;
/// Room round the words of a cell.
const PADDING: Vec2 = vec2(3.0, 2.0);

/// Shows the source round the marked place; the place that was clicked on.
pub fn source_ui(ui: &mut Ui, page: &Page, marked: Option<&Place>, words: &str, reveal: bool) -> Option<(usize, At)> {
    let middle = marked.map_or(0, |place| place.piece);
    let (first, last) = (middle.saturating_sub(AROUND), (middle + AROUND).min(page.pieces.len()));
    let mut clicked = None;
    ScrollArea::both().id_salt("source").auto_shrink(false).show(ui, |ui| {
        if first > 0 {
            more_ui(ui, &format!("前面还有 {first} 段"));
        }
        for (number, piece) in page.pieces.iter().enumerate().take(last).skip(first) {
            let mark = marked.filter(|place| place.piece == number);
            match &piece.what {
                Stretch::Text(text) if text.trim().is_empty() => {}
                Stretch::Text(text) => text_ui(ui, text, mark.map(|_| words), reveal),
                Stretch::Table(grid) => {
                    let at = mark.map(|place| place.at);
                    clicked = clicked.or(table_ui(ui, grid, at, reveal).map(|at| (number, at)));
                }
            }
        }
        if last < page.pieces.len() {
            more_ui(ui, &format!("后面还有 {} 段", page.pieces.len() - last));
        }
        ui.add_space(12.0);
    });
    clicked
}

fn more_ui(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).small().color(palette().weak));
}

/// A paragraph; where it is marked, the words that were taken stand out.
fn text_ui(ui: &mut Ui, text: &str, marked: Option<&str>, reveal: bool) {
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    let plain = egui::TextFormat::simple(FontId::proportional(LETTERS + 1.0), palette().ink);
    let strong = egui::TextFormat { background: palette().accent_tint, color: palette().accent, ..plain.clone() };
    match marked.filter(|words| !words.is_empty()).and_then(|words| text.split_once(words).map(|parts| (parts, words))) {
        Some(((before, after), words)) => {
            job.append(before, 0.0, plain.clone());
            job.append(words, 0.0, strong);
            job.append(after, 0.0, plain);
        }
        None => job.append(text, 0.0, plain),
    }
    let response = ui.add(Label::new(job).wrap());
    if marked.is_some() {
        ui.painter().rect_stroke(response.rect.expand(3.0), 2.0, Stroke::new(1.5, palette().accent), StrokeKind::Outside);
        if reveal {
            response.scroll_to_me(Some(egui::Align::Center));
        }
    }
}

/// A table as it stands there; the slot that was clicked on.
#[expect(clippy::option_option, reason = "not here, here in an unknown place, here in this place")]
fn table_ui(ui: &mut Ui, grid: &Grid, marked: Option<Option<At>>, reveal: bool) -> Option<At> {
    let drawn = Drawn::new(ui, grid);
    ui.add_space(4.0);
    let (rect, response) = ui.allocate_exact_size(drawn.size(), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Table, true, "来源里的表格"));
    let clip = ui.clip_rect();
    let painter = ui.painter();
    let mut clicked = None;
    for (at, area, words) in &drawn.cells {
        let area = area.translate(rect.min.to_vec2());
        if !clip.intersects(area) && !reveal {
            continue;
        }
        painter.rect(area, 0.0, palette().paper, Stroke::new(1.0, palette().line), StrokeKind::Middle);
        painter.galley(area.min + PADDING, Arc::clone(words), palette().ink);
        if response.clicked() && response.interact_pointer_pos().is_some_and(|pointer| area.contains(pointer)) {
            clicked = Some(*at);
        }
    }
    painter.rect_stroke(rect, 0.0, Stroke::new(1.0, palette().frame), StrokeKind::Middle);
    let slot = marked.flatten().and_then(|at| grid.cell(at)).map(|cell| cell.at).or(marked.flatten());
    if let Some(area) = slot.and_then(|at| drawn.area(at)).map(|area| area.translate(rect.min.to_vec2())) {
        painter.rect_filled(area, 0.0, palette().accent_tint);
        if let Some((.., words)) = drawn.cells.iter().find(|(at, ..)| Some(*at) == slot) {
            painter.galley(area.min + PADDING, Arc::clone(words), palette().ink);
        }
        painter.rect_stroke(area, 0.0, Stroke::new(1.5, palette().accent), StrokeKind::Middle);
        if reveal {
            ui.scroll_to_rect(area.expand(60.0), Some(egui::Align::Center));
        }
    }
    ui.add_space(6.0);
    clicked
}

/// Where the cells of a table come to stand.
struct Drawn {
    xs: Vec<f32>,
    ys: Vec<f32>,
    cells: Vec<(At, Rect, Arc<Galley>)>,
}

impl Drawn {
    fn new(ui: &Ui, grid: &Grid) -> Self {
        let (num_rows, num_cols) = grid.size();
        let widths = widths(grid, num_cols, ui.available_width() - 2.0);
        let xs = edges(&widths);
        let words: BTreeMap<At, Arc<Galley>> = grid
            .cells()
            .map(|cell| {
                let width = edge(&xs, cell.at.1 + cell.span.1) - edge(&xs, cell.at.1) - 2.0 * PADDING.x;
                (cell.at, galley(ui, cell.words.trim(), width.max(8.0)))
            })
            .collect();
        let mut heights = vec![LETTERS + 6.0; num_rows];
        let mut cells: Vec<_> = grid.cells().collect();
        cells.sort_by_key(|cell| cell.span.0);
        for cell in &cells {
            let needed = words.get(&cell.at).map_or(0.0, |words| words.size().y) + 2.0 * PADDING.y;
            let has: f32 = heights.iter().skip(cell.at.0).take(cell.span.0).sum();
            if let Some(last) = heights.get_mut(cell.at.0 + cell.span.0 - 1) {
                *last += (needed - has).max(0.0);
            }
        }
        let ys = edges(&heights);
        let mut drawn = Self { xs, ys, cells: Vec::new() };
        drawn.cells = cells
            .into_iter()
            .filter_map(|cell| Some((cell.at, drawn.rect(cell.at, cell.span), Arc::clone(words.get(&cell.at)?))))
            .collect();
        drawn
    }

    fn rect(&self, at: At, span: (usize, usize)) -> Rect {
        let (left, top) = (edge(&self.xs, at.1), edge(&self.ys, at.0));
        Rect::from_min_max(pos2(left, top), pos2(edge(&self.xs, at.1 + span.1), edge(&self.ys, at.0 + span.0)))
    }

    /// The area of a cell, or of a slot that has none.
    fn area(&self, at: At) -> Option<Rect> {
        let cell = self.cells.iter().find(|(own, ..)| *own == at).map(|(_, area, _)| *area);
        cell.or_else(|| (at.0 + 1 < self.ys.len() && at.1 + 1 < self.xs.len()).then(|| self.rect(at, (1, 1))))
    }

    fn size(&self) -> Vec2 {
        vec2(self.xs.last().copied().unwrap_or(0.0), self.ys.last().copied().unwrap_or(0.0))
    }
}

fn galley(ui: &Ui, words: &str, width: f32) -> Arc<Galley> {
    let job = LayoutJob::simple(words.to_owned(), FontId::proportional(LETTERS), Color32::PLACEHOLDER, width);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Widths as the words ask for, shared out over what there is; a number is never broken.
#[expect(clippy::cast_precision_loss, reason = "a few letters")]
fn widths(grid: &Grid, num_cols: usize, room: f32) -> Vec<f32> {
    let mut columns = vec![(1_usize, 1_usize); num_cols];
    for cell in grid.cells().filter(|cell| cell.span.1 == 1) {
        if let Some((letters, digits)) = columns.get_mut(cell.at.1) {
            let longest = cell.words.lines().map(|line| line.trim().chars().count()).max().unwrap_or(0);
            *letters = (*letters).max(longest.min(WIDE));
            let number = cell.words.split(|c: char| !c.is_ascii_digit() && c != '.').map(str::len).max().unwrap_or(0);
            *digits = (*digits).max(number);
        }
    }
    let least = columns.iter().map(|(_, digits)| (*digits as f32 * LETTERS * DIGIT + 2.0 * PADDING.x + 2.0).max(NARROWEST));
    let least: Vec<f32> = least.collect();
    let more = columns.iter().zip(&least).map(|((letters, _), least)| (*letters as f32 * LETTERS - least).max(0.0));
    let more: Vec<f32> = more.collect();
    let share = (room - least.iter().sum::<f32>()).max(0.0) / more.iter().sum::<f32>().max(1.0);
    least.into_iter().zip(more).map(|(least, more)| least + more * share).collect()
}

fn edges(sizes: &[f32]) -> Vec<f32> {
    let mut edges = vec![0.0];
    for size in sizes {
        edges.push(edges.last().copied().unwrap_or(0.0) + size);
    }
    edges
}

fn edge(edges: &[f32], place: usize) -> f32 {
    edges.get(place).or(edges.last()).copied().unwrap_or(0.0)
}
