//! A sheet as a table that screen readers can read aloud.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escape::escaped;
use crate::export::sheet::{Align, Content, Item, Layout, Sheet};

const TABLE: &str =
    "width:100%;border-collapse:collapse;table-layout:fixed;font-family:SimSun,宋体,serif;font-size:10.5pt;line-height:1.4;margin:.5em 0";
/// The heading above says it to those who see; the caption says it to those who hear.
const CAPTION: &str = "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0);white-space:nowrap";
const CELL: &str = "border:1px solid #000;padding:4px 2px;font-weight:normal;word-wrap:break-word;vertical-align:middle;text-align:";

/// The head at each place, by column and row.
type Heads<'a> = BTreeMap<(usize, usize), &'a Item>;

/// Writes the sheet; `place` keeps the ids of several tables on one page apart.
pub fn write(html: &mut String, sheet: &Sheet, place: usize) {
    let all: u32 = sheet.widths.iter().map(|width| u32::from(*width)).sum();
    let cols = sheet.widths.iter().map(|width| format!("<col style=\"width:{}%\">", tenths(u32::from(*width) * 1000 / all.max(1))));
    let caption = if sheet.title.is_empty() { &sheet.name } else { &sheet.title };
    _ = writeln!(
        html,
        "<table style=\"{TABLE}\">\n<caption style=\"{CAPTION}\">{}</caption>\n<colgroup>{}</colgroup>",
        escaped(caption),
        cols.collect::<String>()
    );
    let heads = heads(sheet);
    for (tag, rows) in [("thead", 0..sheet.head_rows), ("tbody", sheet.head_rows..sheet.num_rows)] {
        if rows.is_empty() {
            continue;
        }
        _ = writeln!(html, "<{tag}>");
        for row in rows {
            let items = sheet.items.iter().filter(|item| item.at.0 == row);
            _ = writeln!(html, "<tr>{}</tr>", items.map(|item| cell(sheet, &heads, item, place)).collect::<String>());
        }
        _ = writeln!(html, "</{tag}>");
    }
    _ = writeln!(html, "</table>");
}

/// Tenths of a per cent as a decimal number.
fn tenths(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn heads(sheet: &Sheet) -> Heads<'_> {
    let places = |head: &Item| {
        let (rows, cols) = (head.at.0..head.at.0 + head.span.0, head.at.1..head.at.1 + head.span.1);
        cols.flat_map(move |col| rows.clone().map(move |row| (col, row)))
    };
    sheet.items.iter().filter(|item| is_head(item)).flat_map(|head| places(head).map(move |at| (at, head))).collect()
}

fn cell(sheet: &Sheet, all_heads: &Heads<'_>, item: &Item, place: usize) -> String {
    let span = |name: &str, span: usize| if span > 1 { format!(" {name}=\"{span}\"") } else { String::new() };
    let spans = span("rowspan", item.span.0) + &span("colspan", item.span.1);
    let align = match item.align {
        Align::Center => "center",
        Align::Left => "left",
    };
    let words = escaped(&item.content.words());
    if is_head(item) {
        let scope = if heads_a_row(sheet, item) { "row" } else { "col" };
        format!("<th id=\"{}\" scope=\"{scope}\"{spans} style=\"{CELL}{align};background:#f2f2f2\">{words}</th>", id(item, place))
    } else {
        let heads: Vec<String> = heads_of(all_heads, item).into_iter().map(|head| id(head, place)).collect();
        let headers = if heads.is_empty() { String::new() } else { format!(" headers=\"{}\"", heads.join(" ")) };
        format!("<td{spans}{headers} style=\"{CELL}{align}\">{words}</td>")
    }
}

fn id(item: &Item, place: usize) -> String {
    format!("gouji-t{place}-r{}-c{}", item.at.0, item.at.1)
}

fn is_head(item: &Item) -> bool {
    matches!(item.content, Content::Head(_))
}

/// Something to fill stands to the right of it, in one of its rows.
fn heads_a_row(sheet: &Sheet, head: &Item) -> bool {
    let rows = head.at.0..head.at.0 + head.span.0;
    let is_right = |item: &Item| !is_head(item) && rows.contains(&item.at.0) && item.at.1 > head.at.1;
    head.at.0 >= sheet.head_rows && (sheet.layout == Layout::Cover || sheet.items.iter().any(is_right))
}

/// The heads that a cell belongs to: those of its row from the left, then those above it, outermost first. The search
/// upwards ends where the heads of this part of the table end.
fn heads_of<'a>(all: &Heads<'a>, item: &Item) -> Vec<&'a Item> {
    let (row, col) = item.at;
    let mut heads: Vec<&Item> = (0..col).filter_map(|col| all.get(&(col, row)).copied()).collect();
    let nearest = all.range((col, 0)..(col, row)).next_back().map_or(0, |((_, nearest), _)| *nearest);
    let above = all.range((col, 0)..(col, row)).rev().zip((0..=nearest).rev()).take_while(|(((_, head), _), row)| head == row);
    let mut above: Vec<&Item> = above.map(|((_, head), _)| *head).collect();
    above.reverse();
    heads.extend(above);
    // One that stretches over several places is one head.
    heads.dedup_by_key(|head| head.at);
    heads
}
