//! `gouji show`: everything in a draft, as aligned tables or as JSON.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::columns::{left, right, width};
use super::figure;
use super::reply::{Format, HELP, Reply, Voice};
use crate::form::{Body, Catalog, Form, Head, Report, Slot, Table};
use crate::model::{CellId, SectionId};
use crate::{review, rules, store};

#[derive(clap::Args)]
#[command(
    about = "显示草稿的全部内容",
    override_usage = "gouji show 草稿.gouji [--format text|json]",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct ShowArgs {
    #[arg(value_name = "草稿.gouji", help = "草稿")]
    draft: PathBuf,
    #[command(flatten)]
    voice: Voice,
}

/// Widest row head in the terminal; the longest printed one has 72 columns.
const MAX_LABEL: usize = 44;

pub(super) fn run(args: &ShowArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let (form, draft) = store::load(&store::RealDisk, &args.draft, catalog)?;
    Ok(Reply::fine(match args.voice.format {
        Format::Json => super::reply::json(&as_json(form.report(&draft)))?,
        Format::Text => as_text(form.report(&draft)),
    }))
}

fn as_json(report: Report<'_>) -> Value {
    let Report { form, draft } = report;
    let cells: Map<String, Value> = form.cells().map(|(id, cell)| (cell.key.to_string(), figure::of_entry(draft.entry(id)))).collect();
    // Most reports have no preamble, and then there is none.
    let texts = form.texts().filter(|(section, _)| *section != SectionId::PREAMBLE || !draft.section(*section).is_empty());
    let sections: Map<String, Value> = texts.map(|(section, _)| (section.0.to_string(), json!(draft.section(section)))).collect();
    json!({ "form": form.id, "agency": draft.agency, "year": draft.year, "status": review::standing(report).code(), "cells": cells, "sections": sections })
}

fn as_text(report: Report<'_>) -> String {
    let Report { form, draft } = report;
    let standing = review::standing(report);
    let title = format!("{}\n{} 年政府信息公开工作年度报告　{}（{}）　{}\n", draft.agency, draft.year, form.name, form.id, standing.name());
    let mut parts = vec![super::reply::broken(draft, standing), title];
    let preamble = draft.section(SectionId::PREAMBLE).trim_end_matches('\n');
    parts.extend((!preamble.is_empty()).then(|| format!("\n{}\n{preamble}\n", form.preamble.title)));
    for chapter in &form.chapters {
        parts.push(format!("\n{}\n", chapter.title));
        match &chapter.body {
            Body::Text(section, _) => match draft.section(*section) {
                "" => parts.push("（没有填写）\n".to_owned()),
                written => parts.push(format!("{}\n", written.trim_end_matches('\n'))),
            },
            Body::Table(table) => {
                let blocks = form.tables.get(*table).map(|table| blocks(report, table)).unwrap_or_default();
                parts.extend(blocks.iter().map(block_text));
            }
        }
    }
    parts.concat()
}

/// Rows under the same column heads.
struct Block {
    /// The head over the whole block; may be empty.
    title: String,
    columns: Vec<String>,
    /// Row heads with their figures; a group of rows has none.
    rows: Vec<(String, Vec<String>)>,
}

fn block_text(block: &Block) -> String {
    let of_column = |column: usize| block.rows.iter().filter_map(move |(_, figures)| figures.get(column));
    let widest = |(column, name): (usize, &String)| of_column(column).map(|figure| width(figure)).fold(width(name), usize::max);
    let widths: Vec<usize> = block.columns.iter().enumerate().map(widest).collect();
    let rows_with_figures = block.rows.iter().filter(|(_, figures)| !figures.is_empty());
    let label = rows_with_figures.map(|(head, _)| width(head)).max().unwrap_or(0).max(width(&block.title)).min(MAX_LABEL);
    let line = |head: &str, figures: &[String]| match figures {
        [] => format!("{head}\n"),
        figures => {
            let figures = figures.iter().zip(&widths).map(|(figure, columns)| format!("  {}", right(figure, *columns)));
            format!("{}{}\n", left(head, label), figures.collect::<String>())
        }
    };
    let rows = block.rows.iter().map(|(head, figures)| line(head, figures));
    [line(&block.title, &block.columns)].into_iter().chain(rows).collect()
}

/// The table as blocks. A row without heads, as table 四 is, gives a row for each group of its columns.
fn blocks(report: Report<'_>, table: &Table) -> Vec<Block> {
    let figure = |cell: CellId| rules::figure(report.form, cell, report.draft.entry(cell));
    let mut blocks: Vec<Block> = Vec::new();
    let mut title = String::new();
    for row in 0..table.num_rows {
        let cells = cells_in(report.form, table, row);
        let Some(&(first_col, _)) = cells.first() else {
            title = title_in(table, row).unwrap_or(title);
            continue;
        };
        let heads = heads_left(table, row, first_col);
        for (group, cells) in groups(table, row, &cells, heads.is_empty()) {
            let columns: Vec<String> = cells.iter().map(|(col, _)| nearest_head(table, row, *col)).collect();
            if blocks.last().is_none_or(|last| last.columns != columns || last.title != title) {
                blocks.push(Block { title: title.clone(), columns, rows: Vec::new() });
            }
            let Some(block) = blocks.last_mut() else { continue };
            let opened = heads.iter().enumerate().filter(|(_, head)| head.at.0 == row && head.span.0 > 1);
            block.rows.extend(opened.map(|(depth, head)| (indented(depth, &head.text), Vec::new())));
            let own = heads.last().map_or(group, |head| indented(heads.len() - 1, &head.text));
            block.rows.push((own, cells.iter().map(|(_, cell)| figure(*cell)).collect()));
        }
    }
    blocks
}

fn indented(depth: usize, text: &str) -> String {
    format!("{}{text}", "  ".repeat(depth))
}

/// The cells that begin in a row, with their columns.
fn cells_in(form: &Form, table: &Table, row: usize) -> Vec<(usize, CellId)> {
    let begins = |col: usize| match table.slot(row, col)? {
        Slot::Cell(cell) if form.cell(cell).at == (row, col) => Some((col, cell)),
        Slot::Cell(_) | Slot::Head(_) => None,
    };
    (0..table.num_cols()).filter_map(begins).collect()
}

/// The words of a row that is one head from edge to edge.
fn title_in(table: &Table, row: usize) -> Option<String> {
    table.head_at(row, 0).filter(|head| head.span == (1, table.num_cols())).map(|head| head.text.to_string())
}

/// The heads left of a column, outermost first.
fn heads_left(table: &Table, row: usize, before_col: usize) -> Vec<&Head> {
    let mut heads: Vec<&Head> = (0..before_col).filter_map(|col| table.head_at(row, col)).collect();
    heads.dedup_by(|a, b| std::ptr::eq(*a, *b));
    heads
}

/// The heads above a slot, nearest first.
fn heads_above(table: &Table, row: usize, col: usize) -> Vec<&Head> {
    let above = (0..row).rev().map(|row| table.head_at(row, col));
    let mut heads: Vec<&Head> = above.skip_while(Option::is_none).map_while(|head| head).collect();
    heads.dedup_by(|a, b| std::ptr::eq(*a, *b));
    heads
}

fn nearest_head(table: &Table, row: usize, col: usize) -> String {
    heads_above(table, row, col).first().map_or_else(String::new, |head| head.text.to_string())
}

/// The cells of a row by the head over their columns' heads; all together unless asked to split them.
fn groups(table: &Table, row: usize, cells: &[(usize, CellId)], split: bool) -> Vec<(String, Vec<(usize, CellId)>)> {
    if !split {
        return vec![(String::new(), cells.to_vec())];
    }
    let group = |col: usize| heads_above(table, row, col).get(1).map_or_else(String::new, |head| head.text.to_string());
    let named = |cells: &[(usize, CellId)]| (cells.first().map_or_else(String::new, |(col, _)| group(*col)), cells.to_vec());
    cells.chunk_by(|a, b| group(a.0) == group(b.0)).map(named).collect()
}
