//! `gouji manual`: the manual as a web page, or for print.

use std::path::PathBuf;

use anyhow::bail;

use super::reply::{HELP, Reply, rare_font};
use crate::export::sheet::{Block, Book, Paper, Screen};
use crate::export::{self, Edition, FileKind, Fonts};
use crate::form::Catalog;
use crate::manual::{self, Page, html, pages};
use crate::store::{self, RealDisk};
use crate::ui::{manual_png, manual_screen};

#[derive(clap::Args)]
#[command(
    about = "把使用手册存成网页或 PDF",
    override_usage = "gouji manual -o 手册.html|手册.pdf",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct ManualArgs {
    #[arg(short, long, value_name = "手册.html", help = "写到这个文件：.html 网页；.pdf 打印用；都带图")]
    output: PathBuf,
}

pub(super) fn run(args: &ManualArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let bytes = match FileKind::of(&args.output) {
        Some(FileKind::Html) => html(&pages(), |picture| manual_png(catalog, picture)).into_bytes(),
        Some(FileKind::Pdf) => pdf(catalog)?,
        _ => bail!("手册的文件名须以 .html 或 .pdf 结尾；文件：{}", args.output.display()),
    };
    store::write_output(&RealDisk, &args.output, &bytes)?;
    Ok(Reply::fine(format!("已存使用手册；文件：{}\n", args.output.display())))
}

/// Set and proven as a report is, without a code: it is nobody's.
fn pdf(catalog: &Catalog) -> anyhow::Result<Vec<u8>> {
    const TITLE: &str = "勾稽使用手册";
    let mut flow = vec![Block::Title(TITLE.to_owned())];
    let mut screens = Vec::new();
    for page in pages() {
        flow.extend(printed(catalog, page, &mut screens));
    }
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
        screens,
    };
    let fonts = Fonts::needed(FileKind::Pdf, store::system_font).with_rare(&book, rare_font);
    Ok(export::file(FileKind::Pdf, &book, &fonts)?)
}

/// A page of the manual; its pictures go to the screens.
fn printed(catalog: &Catalog, page: Page, screens: &mut Vec<Screen>) -> Vec<Block> {
    let mut flow = vec![Block::Heading(1, page.title)];
    for block in page.blocks {
        let printed = match block {
            manual::Block::Heading(words) => Block::Heading(2, words),
            manual::Block::Paragraph(words) => Block::Paragraph(words),
            manual::Block::Step(no, words) => Block::Paragraph(format!("{no}. {words}")),
            manual::Block::Point(words) => Block::Paragraph(format!("· {words}")),
            manual::Block::Picture(picture) => {
                let Some(screen) = manual_screen(catalog, &picture) else { continue };
                flow.push(Block::Screen(screens.len()));
                screens.push(screen);
                Block::Paragraph(format!("图 {}　{}", screens.len(), picture.caption))
            }
        };
        flow.push(printed);
    }
    flow
}
