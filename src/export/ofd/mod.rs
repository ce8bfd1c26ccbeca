//! The report as an OFD file (GB/T 33190-2016), the page format that archives and exchange systems of Chinese offices ask for:
//! the very pages of the PDF, lines of text with their glyphs and frames, fonts cut down to what is used. Not sealed: a seal
//! belongs to the office's own system. The same book gives the same bytes.
//!
//! `page` turns laid-out pages into `object`s, `fonts` embeds what they use; `read::ofd` turns the bytes back into text and tables.

mod fonts;
mod object;
mod page;
mod picture;
mod spell;

use sm3::{Digest as _, Sm3};

use super::container;
use super::markup::escaped;
use super::pdf::{self, Bookmark, Fonts, Laid};
use super::sheet::Book;
use super::{ExportError, FileKind};
use crate::model::Fingerprint;
use crate::read;
use object::Objects;
use spell::{OFD, mm};

/// Every part begins like this.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The report as bytes.
///
/// # Errors
/// A character that the embedded fonts do not have, or a cell that no page can take.
pub fn write(book: &Book, fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
    let laid = pdf::laid_out(book, fonts).map_err(|err| err.about(FileKind::Ofd))?;
    let failed = |why: String| ExportError::Write { kind: FileKind::Ofd, why, sheet: String::new() };
    let mut objects = Objects::new(laid.pages.len(), fonts);
    let bodies: Vec<String> = laid.pages.iter().map(|sheet| page::page(&mut objects, sheet)).collect();
    let part = |name: String, text: String| (format!("Doc_0/{name}"), format!("{HEAD}{text}").into_bytes());
    let mut parts = vec![("OFD.xml".to_owned(), format!("{HEAD}{}", entrance(book, &bodies)).into_bytes())];
    parts.push(part("Document.xml".to_owned(), document(&laid, &objects)));
    parts.push(part("PublicRes.xml".to_owned(), objects.fonts.resources()));
    parts.extend(bodies.into_iter().enumerate().map(|(place, body)| part(format!("Pages/Page_{place}/Content.xml"), body)));
    for (name, bytes) in objects.fonts.files().map_err(failed)? {
        parts.push((format!("Doc_0/Res/{name}"), bytes));
    }
    container::pack(&parts).map_err(|err| failed(err.to_string()))
}

/// What the file is, for lists and searches. Its number comes from what it says: the same book is the same document.
fn entrance(book: &Book, bodies: &[String]) -> String {
    let hash = bodies.iter().fold(Sm3::new(), Sm3::chain_update);
    let mut id = Fingerprint(hash.finalize().into()).to_string();
    id.truncate(32);
    format!(
        "<ofd:OFD {OFD} DocType=\"OFD\" Version=\"1.0\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>{id}</ofd:DocID><ofd:Title>{}</ofd:Title>\
         <ofd:Author>{}</ofd:Author><ofd:CreationDate>{}</ofd:CreationDate><ofd:Creator>勾稽 gouji</ofd:Creator></ofd:DocInfo>\
         <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        escaped(&book.title),
        escaped(&book.author),
        book.made_on
    )
}

/// The pages in order, and the outline.
fn document(laid: &Laid, objects: &Objects<'_>) -> String {
    let paper = laid.pages.first().map(|sheet| page::physical_box(&sheet.page)).unwrap_or_default();
    let page = |place| format!("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{place}/Content.xml\"/>", objects.page_id(place));
    let list: String = (0..laid.pages.len()).map(page).collect();
    let outline = outline(&laid.bookmarks, objects);
    let outline = if outline.is_empty() { outline } else { format!("<ofd:Outlines>{outline}</ofd:Outlines>") };
    format!(
        "<ofd:Document {OFD}><ofd:CommonData><ofd:MaxUnitID>{}</ofd:MaxUnitID><ofd:PageArea>{paper}</ofd:PageArea>\
         <ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{list}</ofd:Pages>{outline}</ofd:Document>",
        objects.last_id()
    )
}

/// Chapters, with the headings below them.
fn outline(bookmarks: &[Bookmark], objects: &Objects<'_>) -> String {
    let entry = |part: &[Bookmark]| {
        let Some((first, below)) = part.split_first() else { return String::new() };
        let (title, page, top, below) = (escaped(&first.text), objects.page_id(first.page), mm(first.y), outline(below, objects));
        format!(
            "<ofd:OutlineElem Title=\"{title}\"><ofd:Actions><ofd:Action Event=\"CLICK\"><ofd:Goto>\
             <ofd:Dest Type=\"XYZ\" PageID=\"{page}\" Left=\"0\" Top=\"{top}\" Zoom=\"0\"/></ofd:Goto></ofd:Action></ofd:Actions>{below}</ofd:OutlineElem>"
        )
    };
    // What is no deeper than the first begins anew.
    let top = bookmarks.first().map_or(0, |first| first.level);
    bookmarks.chunk_by(|_, next| next.level > top).map(entry).collect()
}

/// The bytes say what the book says, and each character is drawn by its own glyph.
///
/// # Errors
/// The first cell or stretch of text that differs.
pub fn verify(bytes: &[u8], book: &Book) -> Result<(), ExportError> {
    pdf::same_on_paper(read::ofd::page(bytes), book).map_err(|err| err.about(FileKind::Ofd))
}
