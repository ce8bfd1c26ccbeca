//! The sheet of a county's workbook that shows its indicators: who has most, how the figures spread, what they come to in each year; beside
//! each list the spreadsheet's own chart of it.

use super::sheet::{Align, At, Content, Graph, Item, Layout, Orientation, Sheet};
use crate::model::Entry;

/// A figure of all bodies, in lists that are drawn: names with figures.
#[derive(Clone, Debug, Default)]
pub struct Indicator {
    /// What is counted.
    pub label: String,
    /// The bodies with most, the largest first.
    pub ranked: Vec<(String, i64)>,
    /// How the figures spread: largest, quarter, middle, quarter, least.
    pub spread: Vec<(String, i64)>,
    /// What all have together, year by year; nothing where only one year is known.
    pub years: Vec<(String, i64)>,
}

/// Name of the sheet.
const NAME: &str = "图表";

/// Rows of an indicator, at least: its charts stand beside them.
const LEAST_ROWS: usize = 23;

/// Columns where the charts stand.
const BESIDE: usize = 3;

/// The sheet, and its charts; `place` is where it stands among the sheets.
pub(super) fn sheet(indicators: Vec<Indicator>, place: usize) -> (Sheet, Vec<Graph>) {
    let (mut items, mut graphs, mut row) = (Vec::new(), Vec::new(), 0);
    for indicator in indicators {
        let top = row;
        let lists = [
            (format!("{}：最多的", indicator.label), indicator.ranked, true),
            ("分布".to_owned(), indicator.spread, false),
            ("各年合计".to_owned(), indicator.years, false),
        ];
        for (col, (title, list, is_lying)) in (BESIDE..).zip(lists).filter(|(_, (_, list, _))| !list.is_empty()) {
            for (col, words) in [title.clone(), "数".to_owned()].into_iter().enumerate() {
                items.push(Item::new((row, col), Align::Center, Content::Head(words)));
            }
            let first: At = (row + 1, 0);
            let values = list.iter().map(|(_, value)| *value).collect();
            for (name, value) in list {
                row += 1;
                items.push(Item::new((row, 0), Align::Left, Content::Text(name)));
                items.push(Item::new((row, 1), Align::Center, Content::Figure(Entry::Whole(value))));
            }
            row += 1;
            graphs.push(Graph { title, sheet: place, first, values, corner: (top, col), is_lying });
        }
        row = (row + 1).max(top + LEAST_ROWS);
    }
    let sheet = Sheet {
        name: NAME.to_owned(),
        title: String::new(),
        layout: Layout::List,
        orientation: Orientation::Landscape,
        widths: vec![150, 50, 10, 330, 214, 214],
        num_rows: row,
        head_rows: 0,
        items,
        balances: Vec::new(),
    };
    (sheet, graphs)
}
