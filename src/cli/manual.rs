//! `gouji manual`: the manual as a web page, or for print.

use std::path::PathBuf;

use anyhow::bail;

use super::reply::{HELP, Reply, rare_font};
use crate::export::sheet::{Block, Book, Paper};
use crate::export::{self, Edition, FileKind, Fonts};
use crate::form::Catalog;
use crate::manual::{self, Page, html, pages};
use crate::store::{self, RealDisk};
use crate::ui::manual_png;

#[derive(clap::Args)]
#[command(
    about = "把使用手册存成网页或 PDF",
    override_usage = "gouji manual -o 手册.html|手册.pdf",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct ManualArgs {
    #[arg(short, long, value_name = "手册.html", help = "写到这个文件：.html 网页，带图；.pdf 打印用，只有文字")]
    output: PathBuf,
}

pub(super) fn run(args: &ManualArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let bytes = match FileKind::of(&args.output) {
        Some(FileKind::Html) => html(&pages(), |picture| manual_png(catalog, picture)).into_bytes(),
        Some(FileKind::Pdf) => pdf()?,
        _ => bail!("手册的文件名须以 .html 或 .pdf 结尾；文件：{}", args.output.display()),
    };
    store::write_output(&RealDisk, &args.output, &bytes)?;
    Ok(Reply::fine(format!("已存使用手册；文件：{}\n", args.output.display())))
}

/// Set and proven as a report is, without a code: it is nobody's.
fn pdf() -> anyhow::Result<Vec<u8>> {
    const TITLE: &str = "勾稽使用手册";
    const PICTURES: &str = "界面图在程序里看：“帮助”→“使用手册”；存成网页（.html）时图都在里面。";
    let mut flow = vec![Block::Title(TITLE.to_owned()), Block::Paragraph(PICTURES.to_owned())];
    flow.extend(pages().iter().flat_map(printed));
    let book = Book {
        title: TITLE.to_owned(),
        author: "勾稽".to_owned(),
        form: String::new(),
        is_foreign: false,
        year: 0,
        made_on: jiff::Zoned::now().date(),
        code: String::new(),
        links: Vec::new(),
        approval: None,
        edition: Edition::Pen,
        paper: Paper::Annex,
        sheets: Vec::new(),
        flow,
        pictures: Vec::new(),
        graphs: Vec::new(),
    };
    let fonts = Fonts::needed(FileKind::Pdf, store::system_font).with_rare(&book, rare_font);
    Ok(export::file(FileKind::Pdf, &book, &fonts)?)
}

/// A page of the manual without its pictures.
fn printed(page: &Page) -> Vec<Block> {
    let block = |block: &manual::Block| match block {
        manual::Block::Heading(words) => Some(Block::Heading(2, words.clone())),
        manual::Block::Paragraph(words) => Some(Block::Paragraph(words.clone())),
        manual::Block::Step(no, words) => Some(Block::Paragraph(format!("{no}. {words}"))),
        manual::Block::Point(words) => Some(Block::Paragraph(format!("· {words}"))),
        manual::Block::Picture(_) => None,
    };
    std::iter::once(Block::Heading(1, page.title.clone())).chain(page.blocks.iter().filter_map(block)).collect()
}
