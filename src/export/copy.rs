//! A copy that went out, against the report it claims to be: every cell, label and paragraph that differs. The copy may have
//! been saved by Word, WPS or Excel since; white space and how things look do not count, nor does the day it was made on.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::sheet::Edition;
use super::sheet::{At, Block, Book, Layout, Sheet};
use super::trend::annex;
use super::{FileKind, cell_name, proof, xlsx};
use crate::model::is_invisible;
use crate::read::{self, Grid, Page, Stretch};

/// What a comparison came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// What differs, each with its place, what should stand there and what does.
    pub differences: Vec<String>,
    /// What was not compared, and why.
    pub notes: Vec<String>,
}

/// Signs shown before a change in a text.
const AROUND: usize = 8;

/// Compares a copy's bytes with the book, as the edition that it is nearest to.
///
/// # Errors
/// The bytes cannot be read as a file of this kind.
pub fn against_copy(kind: FileKind, bytes: &[u8], book: &Book) -> Result<Compared, String> {
    let mut nearest = against(kind, bytes, book)?;
    for edition in Edition::ALL.into_iter().filter(|edition| *edition != book.edition) {
        if nearest.differences.is_empty() {
            break;
        }
        let other = against(kind, bytes, &book.clone().as_edition(edition))?;
        if other.differences.len() < nearest.differences.len() {
            nearest = other;
        }
    }
    Ok(nearest)
}

fn against(kind: FileKind, bytes: &[u8], book: &Book) -> Result<Compared, String> {
    if kind == FileKind::Xlsx {
        return workbook(bytes, book);
    }
    let page = match kind {
        FileKind::Docx => read::docx::part(bytes, "document"),
        FileKind::Pdf => read::pdf::page(bytes),
        FileKind::Ofd => read::ofd::page(bytes),
        FileKind::Html | FileKind::Fragment | FileKind::Xlsx => read::html::page(bytes),
    }?;
    let mut compared = Compared::default();
    compared.differences.extend(code_missing(kind, bytes, &page, book));
    let (wanted, got) = (expected(kind, book), before_annex(page.stretches(), &mut compared));
    texts(&wanted, &got, &mut compared);
    tables(book, &got, &mut compared);
    compared.notes.push("页面上的编制日期、签字栏没有核对".to_owned());
    Ok(compared)
}

/// What stands before the pictures that may have been put behind the report: they are no part of it.
fn before_annex(mut got: Vec<Stretch>, compared: &mut Compared) -> Vec<Stretch> {
    let title = bare(annex::TITLE);
    let is_title = |stretch: &Stretch| matches!(stretch, Stretch::Text(text) if bare(text).ends_with(&title) || bare(text).contains(&format!("日{title}")));
    let Some(place) = got.iter().rposition(is_title) else { return got };
    got.truncate(place + 1);
    if let Some(Stretch::Text(text)) = got.last_mut() {
        let text_before = bare(text);
        *text = text_before.rsplit_once(&title).map_or(String::new(), |(before, _)| before.to_owned());
    }
    compared.notes.push(format!("“{}”不属于报告本身，没有核对", annex::TITLE));
    got
}

/// The code and the signature at the edge of the pages, where the copy has others or none.
fn code_missing(kind: FileKind, bytes: &[u8], page: &Page, book: &Book) -> Option<String> {
    let edges: Vec<String> = match kind {
        FileKind::Pdf | FileKind::Ofd => page.edges.clone(),
        FileKind::Docx => {
            ["footer1", "footer2"].iter().filter_map(|part| read::docx::part(bytes, part).ok()).map(|page| words(&page)).collect()
        }
        _ => vec![words(page)],
    };
    let mark = bare(&book.mark());
    let is_there = !edges.is_empty() && edges.iter().all(|edge| bare(edge).contains(&mark));
    (!is_there).then(|| format!("核对码和签发：应为“{}”，副本上不是或没有", book.mark()))
}

fn words(page: &Page) -> String {
    let text = |piece: &read::Piece| match &piece.what {
        Stretch::Text(text) => text.clone(),
        Stretch::Table(_) => String::new(),
    };
    page.pieces.iter().map(text).collect()
}

/// What the copy must say, each text with its place; lines to be signed and the day are left out.
fn expected(kind: FileKind, book: &Book) -> Vec<(String, Stretch)> {
    let mut chapter = "标题".to_owned();
    let (mut no, mut all) = (0, Vec::new());
    let closing = book.flow.iter().rposition(|block| matches!(block, Block::Closing(_)));
    for (place, block) in book.flow.iter().enumerate() {
        let text = match block {
            Block::Title(_) if kind == FileKind::Fragment => continue,
            Block::Sign(_) | Block::Picture(_) | Block::Screen(_) => continue,
            Block::Closing(_) if Some(place) == closing => continue,
            Block::Table(sheet) => {
                all.extend(book.sheets.get(*sheet).map(|sheet| (sheet.name.clone(), Stretch::Table(Grid::default()))));
                continue;
            }
            Block::Heading(1, text) => {
                (chapter, no) = (text.clone(), 0);
                text
            }
            Block::Closing(text) => {
                "落款".clone_into(&mut chapter);
                text
            }
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) => {
                no += 1;
                text
            }
        };
        let name = if no == 0 { format!("“{chapter}”") } else { format!("“{chapter}”第 {no} 段") };
        all.push((name, Stretch::Text(bare(text))));
    }
    all
}

/// Texts are compared sign by sign, as not every kind of file tells where a paragraph ends.
fn texts(wanted: &[(String, Stretch)], got: &[Stretch], compared: &mut Compared) {
    let (mut places, mut before): (Vec<usize>, Vec<char>) = (Vec::new(), Vec::new());
    for (place, (_, stretch)) in wanted.iter().enumerate() {
        if let Stretch::Text(text) = stretch {
            before.extend(text.chars());
            places.resize(before.len(), place);
        }
    }
    let is_ours = |text: &&String| !is_edge(text);
    let found = got.iter().filter_map(|stretch| match stretch {
        Stretch::Text(text) => Some(text),
        Stretch::Table(_) => None,
    });
    let after: Vec<char> = found.filter(is_ours).flat_map(|text| bare(text).chars().collect::<Vec<_>>()).collect();
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let (tag, old, new) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            continue;
        }
        let place = places.get(old.start).or(places.last()).and_then(|place| wanted.get(*place)).map_or("文字", |(name, _)| name);
        let part = |text: &[char], range: std::ops::Range<usize>| text.get(range).unwrap_or_default().iter().collect::<String>();
        let lead = part(&before, old.start.saturating_sub(AROUND)..old.start);
        let (old, new) = (part(&before, old), part(&after, new));
        compared.differences.push(format!("{place}：“{lead}”后面应为“{old}”，副本是“{new}”"));
    }
}

/// Lines that every copy has besides: the code, lines to be signed, the day.
fn is_edge(text: &str) -> bool {
    let text = bare(text);
    let is_day = text.ends_with('日') && text.chars().all(|c| c.is_ascii_digit() || "年月日".contains(c));
    text.starts_with("核对码") || text.starts_with("单位负责人（签字）") || is_day
}

/// Tables are compared cell by cell, in their order.
fn tables(book: &Book, got: &[Stretch], compared: &mut Compared) {
    let sheets = book.flow.iter().filter_map(|block| match block {
        Block::Table(place) => book.sheets.get(*place),
        _ => None,
    });
    let mut found = got.iter().filter_map(|stretch| match stretch {
        Stretch::Table(grid) => Some(grid),
        Stretch::Text(_) => None,
    });
    for sheet in sheets {
        match found.next() {
            Some(grid) => cells(sheet, &proof::grid(sheet), grid, compared),
            None => compared.differences.push(format!("“{}”：副本里没有这张表", sheet.name)),
        }
    }
    compared.differences.extend(found.map(|grid| format!("副本里多一张表，{} 格", grid.cells().count())));
}

fn cells(sheet: &Sheet, wanted: &Grid, got: &Grid, compared: &mut Compared) {
    let at: BTreeSet<At> = wanted.cells().chain(got.cells()).map(|cell| cell.at).collect();
    let text = |grid: &Grid, at| grid.cell(at).filter(|cell| cell.at == at).map(|cell| bare(cell.words)).unwrap_or_default();
    for at in at {
        differs(sheet, &cell_name(at), &text(wanted, at), &text(got, at), compared);
    }
}

fn differs(sheet: &Sheet, cell: &str, wanted: &str, got: &str, compared: &mut Compared) {
    if wanted != got {
        let show = |text: &str| if text.is_empty() { "空白".to_owned() } else { format!("“{text}”") };
        compared.differences.push(format!("“{}”{cell} 格：应为{}，副本是{}", sheet.name, show(wanted), show(got)));
    }
}

/// A workbook is compared by what its cells show; formulas count by their value.
fn workbook(bytes: &[u8], book: &Book) -> Result<Compared, String> {
    let sheets = read::xlsx::read(bytes).map_err(|err| err.to_string())?;
    let mut compared = Compared::default();
    for sheet in &book.sheets {
        let Some(found) = sheets.iter().find(|found| found.name == sheet.name) else {
            compared.differences.push(format!("副本里没有工作表“{}”", sheet.name));
            continue;
        };
        let (wanted, skipped) = (xlsx::shown(sheet), not_compared(sheet));
        let at: BTreeSet<At> = wanted.keys().chain(found.cells.keys()).copied().filter(|at| !skipped.contains(at)).collect();
        for at in at {
            let got = found.cells.get(&at).map(|held| bare(&held.words())).unwrap_or_default();
            differs(sheet, &cell_name(at), &wanted.get(&at).map(|text| bare(text)).unwrap_or_default(), &got, &mut compared);
        }
    }
    let more = sheets.iter().filter(|found| book.sheets.iter().all(|sheet| sheet.name != found.name));
    compared.notes.extend(more.map(|found| format!("工作表“{}”不属于报告本身，没有核对", found.name)));
    compared.notes.push("封面上的编制日期、编制程序没有核对".to_owned());
    Ok(compared)
}

/// Cells of the cover that say when and with what the copy was made.
fn not_compared(sheet: &Sheet) -> Vec<At> {
    let is_made = |text: &str| matches!(text, "编制日期" | "编制程序");
    let labels = sheet.items.iter().filter(|item| sheet.layout == Layout::Cover && is_made(&item.content.words()));
    labels.map(|label| (label.at.0 + usize::from(!sheet.title.is_empty()), label.at.1 + 1)).collect()
}

/// What of a text leaves a trace on paper.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
}
