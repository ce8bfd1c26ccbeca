//! One bar a year, cut into shares. The number stands in its piece where there is room; all of them stand in the table beside.

use super::bars::part;
use super::chart::Chart;
use super::picture::{Anchor, EDGE, Fill, Mark, Picture, SMALL, width_of};

/// Length of a whole bar.
const LENGTH: f32 = 430.0;

/// Height of a bar.
const BAR: f32 = 24.0;

/// Height of a row.
const ROW: f32 = 34.0;

pub(super) fn draw(chart: &Chart) -> Picture {
    let totals: Vec<String> = (0..chart.years.len()).map(|year| total_words(chart, year)).collect();
    let behind = totals.iter().map(|words| width_of(words, SMALL)).fold(0.0, f32::max);
    let start = EDGE + width_of("2025年", SMALL) + 8.0;
    let mut picture = Picture { width: start + LENGTH + 8.0 + behind + EDGE, height: 0.0, marks: Vec::new() };
    let mut top = picture.legend(chart.series.iter().map(|series| series.name), EDGE) + 4.0;
    for ((year_no, year), total) in chart.years.iter().enumerate().zip(totals) {
        picture.words([EDGE, top + 16.0], format!("{year}年"), SMALL, Anchor::Start);
        match chart.total(year_no).filter(|total| *total > 0) {
            Some(whole) => {
                row(&mut picture, chart, year_no, (start, top, whole));
                picture.words([start + LENGTH + 8.0, top + 16.0], total, SMALL, Anchor::Start);
            }
            None => picture.words([start, top + 16.0], total, SMALL, Anchor::Start),
        }
        top += ROW;
    }
    picture.height = top + EDGE;
    picture
}

fn total_words(chart: &Chart, year_no: usize) -> String {
    let is_known = chart.years.get(year_no).is_some_and(|year| chart.known.contains(year));
    match chart.total(year_no) {
        _ if !is_known => "没有报告".to_owned(),
        None => "数不全".to_owned(),
        Some(total) => format!("{total} 件"),
    }
}

fn row(picture: &mut Picture, chart: &Chart, year: usize, (start, top, whole): (f32, f32, i64)) {
    let mut left = start;
    for (no, _) in chart.series.iter().enumerate() {
        let value = chart.value(no, year).unwrap_or(0);
        let width = part(value, whole) * LENGTH;
        if value > 0 {
            let fill = Fill::of(no);
            picture.marks.push(Mark::Rect([left, top, width, BAR], fill));
            let words = value.to_string();
            if width_of(&words, SMALL) + 6.0 < width {
                let at = [left + width / 2.0, top + 16.0];
                // Words on stripes want ground of their own.
                if fill == Fill::Striped || fill == Fill::Dotted {
                    let room = width_of(&words, SMALL) + 4.0;
                    picture.marks.push(Mark::Ground([at[0] - room / 2.0, top + 4.0, room, BAR - 8.0]));
                }
                picture.marks.push(Mark::Words { at, text: words, size: SMALL, anchor: Anchor::Middle, on: Some(fill) });
            }
        }
        left += width;
    }
}
