//! Marks below the figures and words of a text chapter: dotted where text and table agree, thick where to look at it, double
//! where it is wrong. Painted over the laid-out text and never part of it, so that nothing moves while one types or composes.

use std::ops::Range;

use egui::{Galley, Pos2, Rect, RichText, Shape, Stroke, Ui, epaint::text::PlacedRow, pos2};

use super::text_page::SIZE;
use crate::form::Severity;
use crate::model::{SectionId, Splice, Spot};
use crate::rules::Answer;
use crate::rules::claims::TextFinding;
use crate::rules::claims::held::State;
use crate::rules::claims::places::Places;
use crate::ui::look::theme::palette;
use crate::ui::state::find::in_text;
use crate::ui::state::work::Work;

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Holds,
    Linked,
    Look,
    Wrong,
    Comment,
    Copied,
    /// What is looked for.
    Found,
}

/// A mark below these characters of the chapter.
#[derive(Clone, Debug)]
pub struct Mark {
    chars: Range<usize>,
    says: Says,
}

/// The marks of a chapter: every figure that agrees, and every finding that nobody has explained.
pub fn marks(work: &Work, section: SectionId) -> Vec<Mark> {
    let session = &work.session;
    let is_open = |text: &&TextFinding| {
        text.section == section && text.severity() != Severity::Info && !matches!(session.answer_text(text), Answer::Given(_))
    };
    let found = session.text_findings().iter().filter(is_open).map(|text| {
        let says = if text.severity() == Severity::Error { Says::Wrong } else { Says::Look };
        Mark { chars: text.chars.clone(), says }
    });
    let found: Vec<Mark> = found.collect();
    let equal = session.text_figures().iter().filter(|figure| figure.section == section && figure.state == State::Equal);
    let held = equal.map(|figure| Mark { chars: figure.at.clone(), says: if figure.is_linked { Says::Linked } else { Says::Holds } });
    let taken = Places::of(found.iter().map(|mark| mark.chars.clone()));
    let is_free = |mark: &Mark| !taken.meet(&mark.chars);
    held.filter(is_free)
        .collect::<Vec<_>>()
        .into_iter()
        .chain(found.clone())
        .chain(comments(work, section))
        .chain(copied(work, section))
        .chain(looked_for(work, section))
        .collect()
}

/// Sentences that are last year's.
fn copied(work: &Work, section: SectionId) -> impl Iterator<Item = Mark> {
    work.panel.copied(section).iter().map(|place| Mark { chars: place.clone(), says: Says::Copied })
}

/// Where what is looked for stands.
fn looked_for(work: &Work, section: SectionId) -> impl Iterator<Item = Mark> {
    let query = work.find.as_ref().map_or("", |strip| &*strip.query);
    let text = if query.is_empty() { "" } else { work.session.draft().section(section) };
    let length = query.chars().count();
    in_text(text, query).filter(move |_| length > 0).map(move |at| Mark { chars: at..at + length, says: Says::Found })
}

/// Passages with a comment that is not settled.
fn comments(work: &Work, section: SectionId) -> impl Iterator<Item = Mark> {
    let text = work.session.draft().section(section);
    let open = work.panel.threads().filter(|thread| !thread.is_resolved);
    open.filter_map(move |thread| {
        let Spot::Passage { section: its, quote, .. } = &thread.spot else { return None };
        let at = thread.spot.find_in(text).filter(|_| *its == section)?;
        Some(Mark { chars: at..at + quote.chars().count(), says: Says::Comment })
    })
}

/// The marks where they stand after a change; those it touches wait for the text to be read again.
pub fn moved(marks: Vec<Mark>, splice: &Splice) -> Vec<Mark> {
    let (end, added, removed) = (splice.at + splice.old.chars().count(), splice.new.chars().count(), splice.old.chars().count());
    let place = |mut mark: Mark| {
        if mark.chars.start >= end {
            mark.chars = mark.chars.start + added - removed..mark.chars.end + added - removed;
            return Some(mark);
        }
        (mark.chars.end <= splice.at).then_some(mark)
    };
    marks.into_iter().filter_map(place).collect()
}

/// The shapes of the marks on screen: tints, to lie behind the text, and lines.
pub fn shapes(ui: &Ui, galley: &Galley, origin: Pos2, marks: &[Mark]) -> (Vec<Shape>, Vec<Shape>) {
    let (mut tints, mut lines) = (Vec::new(), Vec::new());
    let mut first = 0;
    for row in &galley.rows {
        let here = first..first + row.row.glyphs.len();
        if ui.clip_rect().intersects(row.rect().translate(origin.to_vec2())) {
            for mark in marks.iter().filter(|mark| mark.chars.start < here.end && here.start < mark.chars.end) {
                let part = mark.chars.start.max(here.start) - first..mark.chars.end.min(here.end) - first;
                if let Some(rect) = extent(row, origin, part) {
                    draw(mark.says, rect, &mut tints, &mut lines);
                }
            }
        }
        first = here.end + usize::from(row.ends_with_newline);
    }
    (tints, lines)
}

/// Where these characters stand on the screen, row by row.
pub fn rects(galley: &Galley, origin: Pos2, chars: &Range<usize>) -> Vec<Rect> {
    let (mut rects, mut first) = (Vec::new(), 0);
    for row in &galley.rows {
        let here = first..first + row.row.glyphs.len();
        if chars.start < here.end && here.start < chars.end {
            rects.extend(extent(row, origin, chars.start.max(here.start) - first..chars.end.min(here.end) - first));
        }
        first = here.end + usize::from(row.ends_with_newline);
    }
    rects
}

/// What each mark means, marked like that.
pub fn legend_ui(ui: &mut Ui) {
    for (says, words) in
        [(Says::Wrong, "不一致"), (Says::Look, "请核对"), (Says::Linked, "跟着表"), (Says::Holds, "已核对"), (Says::Copied, "同上年")]
    {
        let behind = ui.painter().add(Shape::Noop);
        let rect = ui.label(RichText::new(words).small()).rect;
        let (mut tints, mut lines) = (Vec::new(), Vec::new());
        draw(says, rect, &mut tints, &mut lines);
        ui.painter().set(behind, Shape::Vec(tints));
        ui.painter().extend(lines);
    }
}

/// Where some glyphs of a row stand: from their top down to just below the baseline.
fn extent(row: &PlacedRow, origin: Pos2, part: Range<usize>) -> Option<Rect> {
    let glyphs = row.row.glyphs.get(part)?;
    let (first, last) = (glyphs.first()?, glyphs.last()?);
    let at = origin + row.pos.to_vec2();
    let top = at.y + first.pos.y - SIZE;
    Some(Rect::from_min_max(pos2(at.x + first.pos.x, top), pos2(at.x + last.pos.x + last.advance_width, at.y + first.pos.y + 3.0)))
}

fn draw(says: Says, rect: Rect, tints: &mut Vec<Shape>, lines: &mut Vec<Shape>) {
    let ends = |below: f32| [pos2(rect.left(), rect.bottom() + below), pos2(rect.right(), rect.bottom() + below)];
    match says {
        Says::Holds => lines.extend(Shape::dotted_line(&ends(0.0), palette().weak, 3.0, 0.8)),
        Says::Linked => {
            tints.push(Shape::rect_filled(rect.expand(1.0), 4.0, palette().head));
            tints.push(Shape::rect_stroke(rect.expand(1.0), 4.0, (1.0, palette().line), egui::StrokeKind::Inside));
        }
        Says::Look => {
            tints.push(Shape::rect_filled(rect, 0.0, palette().warning_tint));
            lines.push(Shape::line_segment(ends(0.5), Stroke::new(2.5, palette().warning)));
        }
        // Lower than the other lines, which may stand in the same sentence.
        Says::Copied => lines.extend(Shape::dotted_line(&ends(3.5), palette().warning, 4.0, 1.1)),
        Says::Found => {
            tints.push(Shape::rect_filled(rect.expand(1.0), 0.0, palette().left_tint));
            tints.push(Shape::rect_stroke(rect.expand(1.0), 0.0, (1.0, palette().accent), egui::StrokeKind::Inside));
        }
        Says::Comment => tints.push(Shape::rect_filled(rect, 0.0, palette().accent_tint)),
        Says::Wrong => {
            tints.push(Shape::rect_filled(rect, 0.0, palette().error_tint));
            lines.extend([0.0, 2.5].map(|below| Shape::line_segment(ends(below), Stroke::new(1.2, palette().error))));
        }
    }
}
