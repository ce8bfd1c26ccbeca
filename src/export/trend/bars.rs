//! Columns by year. The figure stands over each column, so that a small one beside a large one can be read; a column of a figure
//! that is not 0 is never too low to be seen.

use super::chart::Chart;
use super::picture::{Anchor, EDGE, Fill, Mark, Picture, SMALL, width_of};

/// Height of the tallest column.
const TALLEST: f32 = 150.0;

/// Lowest column of a figure that is not 0.
const LOWEST: f32 = 2.0;

const GAP: f32 = 18.0;

pub(super) fn draw(chart: &Chart) -> Picture {
    let figures = || chart.series.iter().flat_map(|series| series.values.iter().flatten());
    let widest = figures().map(|value| width_of(&value.to_string(), SMALL)).fold(22.0, f32::max) + 6.0;
    let per_series: f32 = chart.series.iter().map(|_| widest).sum();
    let group = per_series.max(width_of("没有报告", SMALL)) + GAP;
    let width: f32 = chart.years.iter().map(|_| group).sum::<f32>() + 2.0 * EDGE;
    let mut picture = Picture { width: width.max(360.0), height: 0.0, marks: Vec::new() };
    let top = picture.legend(chart.series.iter().map(|series| series.name), EDGE) + 16.0;
    let base = top + TALLEST;
    let most = figures().copied().max().unwrap_or(0).max(1);
    let mut left = EDGE + GAP / 2.0;
    for (year_no, year) in chart.years.iter().enumerate() {
        let mut column = left;
        for (no, _) in chart.series.iter().enumerate() {
            if chart.known.contains(year) {
                bar(&mut picture, [column, base, widest], chart.value(no, year_no), (most, Fill::of(no)));
            }
            column += widest;
        }
        let middle = left + per_series / 2.0;
        if !chart.known.contains(year) {
            picture.words([middle, base - 8.0], "没有报告", SMALL, Anchor::Middle);
        }
        picture.words([middle, base + 18.0], format!("{year}年"), SMALL, Anchor::Middle);
        left += group;
    }
    picture.marks.push(Mark::Line([EDGE, base, picture.width - 2.0 * EDGE]));
    picture.height = base + 28.0;
    picture
}

fn bar(picture: &mut Picture, [left, base, width]: [f32; 3], value: Option<i64>, (most, fill): (i64, Fill)) {
    let height = value.map_or(0.0, |value| if value > 0 { (part(value, most) * TALLEST).max(LOWEST) } else { 0.0 });
    if height > 0.0 {
        picture.marks.push(Mark::Rect([left + 3.0, base - height, width - 6.0, height], fill));
    }
    let words = value.map_or_else(|| "—".to_owned(), |value| value.to_string());
    picture.words([left + width / 2.0, base - height - 4.0], words, SMALL, Anchor::Middle);
}

/// The part of a whole, for drawing.
#[expect(clippy::cast_precision_loss, reason = "a picture has far fewer points than a float has digits")]
pub(super) fn part(value: i64, whole: i64) -> f32 {
    value as f32 / whole.max(1) as f32
}
