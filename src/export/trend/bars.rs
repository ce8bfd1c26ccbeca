//! Columns by year, a row of them for each series, each row on its own scale: a small series below a large one can be read. The
//! figure stands over each column; a column of a figure that is not 0 is never too low to be seen.

use super::chart::{Chart, Series};
use super::picture::{Anchor, EDGE, Fill, Mark, Picture, SMALL, width_of};

/// Width of the whole, unless long figures want more.
const WIDTH: f32 = 540.0;

/// Height of the tallest column where there is one series; several share it.
const TALLEST: f32 = 150.0;

/// Least height of the tallest column of a row.
const LEAST: f32 = 44.0;

/// Lowest column of a figure that is not 0.
const LOWEST: f32 = 2.0;

/// Widest column.
const WIDEST: f32 = 58.0;

/// Between columns.
const GAP: f32 = 14.0;

/// Height of a line of words.
const LINE: f32 = 17.0;

pub(super) fn draw(chart: &Chart) -> Picture {
    let years = number(chart.years.len());
    let figures = chart.series.iter().flat_map(|series| series.values.iter().flatten());
    let words = figures.map(|value| width_of(&value.to_string(), SMALL)).fold(width_of("没有报告", SMALL), f32::max);
    let step = (words + 8.0).max((WIDTH - 2.0 * EDGE) / years);
    let mut picture = Picture { width: (step * years + 2.0 * EDGE).max(WIDTH), height: 0.0, marks: Vec::new() };
    let tallest = (TALLEST / number(chart.series.len())).max(LEAST);
    let mut top = EDGE;
    if let [first, _, ..] = chart.series.as_slice() {
        picture.words([EDGE + width_of(first.name, SMALL) + 12.0, top + SMALL], "（各行按自己最大的数画）", SMALL, Anchor::Start);
    }
    for series in &chart.series {
        picture.words([EDGE, top + SMALL], series.name, SMALL, Anchor::Start);
        let is_flat = series.values.iter().flatten().all(|value| *value <= 0);
        top += 2.0 * LINE + if is_flat { 0.0 } else { tallest };
        row(&mut picture, (chart, series), [top, step, tallest]);
        top += 6.0;
    }
    for (place, year) in chart.years.iter().enumerate() {
        picture.words([middle(place, step), top + 12.0], format!("{year}年"), SMALL, Anchor::Middle);
    }
    picture.height = top + 12.0 + EDGE;
    picture
}

fn row(picture: &mut Picture, (chart, series): (&Chart, &Series), [base, step, tallest]: [f32; 3]) {
    let most = series.values.iter().flatten().copied().max().unwrap_or(0).max(1);
    let width = (step - GAP).min(WIDEST);
    for (place, year) in chart.years.iter().enumerate() {
        let at = middle(place, step);
        let value = series.values.get(place).copied().flatten();
        let height = value.filter(|value| *value > 0).map_or(0.0, |value| (part(value, most) * tallest).max(LOWEST));
        if height > 0.0 {
            let fill = if place + 1 == chart.years.len() { Fill::Accent } else { Fill::Middle };
            picture.marks.push(Mark::Rect([at - width / 2.0, base - height, width, height], fill));
        }
        let words = match value {
            Some(value) => value.to_string(),
            None if chart.known.contains(year) => "没有数".to_owned(),
            None => "没有报告".to_owned(),
        };
        picture.words([at, base - height - 4.0], words, SMALL, Anchor::Middle);
    }
    picture.marks.push(Mark::Line([EDGE, base, picture.width - 2.0 * EDGE]));
}

/// Where the column of the year at this place stands.
fn middle(place: usize, step: f32) -> f32 {
    EDGE + (number(place) + 0.5) * step
}

/// So many, for drawing.
fn number(many: usize) -> f32 {
    f32::from(u16::try_from(many).unwrap_or(u16::MAX))
}

/// The part of a whole, for drawing.
#[expect(clippy::cast_precision_loss, reason = "a picture has far fewer points than a float has digits")]
pub(super) fn part(value: i64, whole: i64) -> f32 {
    value as f32 / whole.max(1) as f32
}
