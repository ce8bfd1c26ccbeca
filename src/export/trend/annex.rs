//! The charts behind a report, if the clerk wants them there (附图): each with its sentence, and its figures in a table.

use super::Chart;
use crate::export::sheet::{Align, Block, Book, Content, Figure, Item, Layout, Orientation, Sheet};
use crate::model::Entry;

/// What the pictures are printed under.
pub const TITLE: &str = "附：历年情况图";

/// Puts the charts behind the report; none, and nothing is put there.
pub fn append(book: &mut Book, charts: Vec<Chart>) {
    if charts.is_empty() {
        return;
    }
    book.flow.push(Block::Heading(1, TITLE.to_owned()));
    for (no, chart) in charts.into_iter().enumerate() {
        let sheet = book.sheets.len();
        book.sheets.push(self::sheet(&chart, no + 1));
        let blanks = if chart.has_blanks() { "表里空着的是没有数，不是 0。" } else { "" };
        book.flow.extend([
            Block::Heading(2, format!("图{} {}", no + 1, chart.title)),
            Block::Picture(book.pictures.len()),
            Block::Paragraph(format!("{}（{}）{blanks}", chart.sentence(), chart.about)),
            Block::Table(sheet),
        ]);
        book.pictures.push(Figure { chart, sheet });
    }
}

/// The chart's figures: a row for each year, what is not known blank.
fn sheet(chart: &Chart, no: usize) -> Sheet {
    let heads = ["年度"].into_iter().chain(chart.series.iter().map(|series| series.name));
    let mut items: Vec<Item> =
        heads.enumerate().map(|(col, head)| Item::new((0, col), Align::Center, Content::Head(head.to_owned()))).collect();
    for (place, name) in chart.year_names().enumerate() {
        items.push(Item::new((place + 1, 0), Align::Center, Content::Text(name)));
        for series in 0..chart.series.len() {
            let value = chart.value(series, place);
            let content = value.map_or_else(|| Content::Text(String::new()), |value| Content::Figure(Entry::Whole(value)));
            items.push(Item::new((place + 1, series + 1), Align::Center, content));
        }
    }
    Sheet {
        name: format!("图{no}"),
        title: format!("{}（件）", chart.title),
        layout: Layout::List,
        orientation: Orientation::Landscape,
        widths: [3].into_iter().chain(chart.series.iter().map(|_| 2)).collect(),
        num_rows: chart.years.len() + 1,
        head_rows: 1,
        items,
        balances: Vec::new(),
    }
}
