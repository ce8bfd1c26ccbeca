//! Laid-out pages → the bytes of a PDF.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::luma;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};

use super::fonts::Fonts;
use super::glyphs::{f, text};
use super::layout::{Laid, WATERMARK_SIZE};
use super::mark::{Bookmark, Mark, Sheet, Shown};
use super::picture;
use crate::export::paper::RULE;
use crate::export::sheet::{Book, Screen};
use crate::export::{ExportError, FileKind};

/// Grey of the watermark, pale enough to read figures on.
pub const PALE: u8 = 232;

/// Paints the pages.
///
/// # Errors
/// What the PDF library says.
pub fn paint(book: &Book, laid: &Laid, fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
    let failed = |why: String| ExportError::Write { kind: FileKind::Pdf, why, sheet: String::new() };
    let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A2_B).finish();
    let configuration = configuration.map_err(|err| failed(format!("{err:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    for sheet in &laid.pages {
        let settings = PageSettings::from_wh(f(sheet.page.width), f(sheet.page.height));
        let settings = settings.ok_or_else(|| failed("页面大小不对".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        paint_page(&mut surface, sheet, &book.screens, fonts);
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(&laid.bookmarks));
    document.set_metadata(metadata(book));
    document.finish().map_err(|err| failed(format!("{err:?}")))
}

fn metadata(book: &Book) -> Metadata {
    let day = book.made_on;
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let date = DateTime::new(u16::try_from(day.year()).unwrap_or_default()).month(part(day.month())).day(part(day.day()));
    let metadata = Metadata::new().title(book.title.clone()).language("zh-CN".to_owned()).creator("勾稽 gouji".to_owned());
    metadata.authors(vec![book.author.clone()]).creation_date(date.hour(0).minute(0).second(0).utc_offset_hour(0).utc_offset_minute(0))
}

/// Chapters, with the headings below them.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut chapter: Option<OutlineNode> = None;
    for bookmark in bookmarks {
        let place = XyzDestination::new(bookmark.page, Point::from_xy(0.0, f(bookmark.y)));
        let node = OutlineNode::new(bookmark.text.clone(), place);
        match &mut chapter {
            Some(chapter) if bookmark.level > 1 => chapter.push_child(node),
            _ => {
                if let Some(done) = chapter.replace(node) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(done) = chapter {
        outline.push_child(done);
    }
    outline
}

fn paint_page(surface: &mut Surface<'_>, sheet: &Sheet, screens: &[Screen], fonts: &Fonts) {
    // Artifacts belong to the paper; what reads the file aloud, and our own proof, passes over them.
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
    for mark in &sheet.furniture {
        paint_mark(surface, mark, sheet, fonts);
    }
    for drawing in &sheet.pictures {
        picture::paint(surface, drawing, fonts);
    }
    for shown in &sheet.screens {
        paint_screen(surface, shown, screens);
    }
    surface.end_tagged();
    for mark in &sheet.marks {
        paint_mark(surface, mark, sheet, fonts);
    }
}

/// The pixels of a screen, with a thin edge as everything on it is pale.
fn paint_screen(surface: &mut Surface<'_>, shown: &Shown, screens: &[Screen]) {
    let (Some(screen), Some(size)) = (screens.get(shown.screen), Size::from_wh(f(shown.size.0), f(shown.size.1))) else { return };
    let image = Image::from_rgba8(screen.rgba.clone(), screen.width.into(), screen.height.into());
    surface.push_transform(&Transform::from_translate(f(shown.at.0), f(shown.at.1)));
    surface.draw_image(image, size);
    surface.pop();
    frame(surface, shown.at, shown.size);
}

fn frame(surface: &mut Surface<'_>, (x, y): (f64, f64), (width, height): (f64, f64)) {
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: luma::Color::black().into(), width: f(RULE), ..Stroke::default() }));
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(f(x), f(y), f(width), f(height)) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn paint_mark(surface: &mut Surface<'_>, mark: &Mark, sheet: &Sheet, fonts: &Fonts) {
    match mark {
        Mark::Text { x, baseline, size, line } => {
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
            text(surface, (*x, *baseline), *size, line, fonts);
        }
        Mark::Frame { x, y, width, height } => frame(surface, (*x, *y), (*width, *height)),
        Mark::Watermark(line) => {
            let (middle_x, middle_y) = (f(sheet.page.width / 2.0), f(sheet.page.height / 2.0));
            surface.push_transform(&Transform::from_rotate_at(-45.0, middle_x, middle_y));
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: luma::Color::new(PALE).into(), ..Fill::default() }));
            let start = (sheet.page.width / 2.0 - line.width() / 2.0, sheet.page.height / 2.0 + WATERMARK_SIZE * 0.36);
            text(surface, start, WATERMARK_SIZE, line, fonts);
            surface.pop();
        }
    }
}
