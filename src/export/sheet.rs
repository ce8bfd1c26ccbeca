//! The neutral sheet: words and figures placed on a grid, ready for any writer. Writers know sheets, never forms,
//! drafts or rules; whatever a reader is to see must stand here.

use super::trend::Chart;
use crate::model::{Entry, Kind};

/// Row and column on the grid, from 0.
pub type At = (usize, usize);

/// A report ready to be written: its sheets in order, and what goes into the file's properties.
#[derive(Clone, Debug)]
pub struct Book {
    /// Full title of the report.
    pub title: String,
    /// The agency.
    pub author: String,
    /// Id of the form.
    pub form: String,
    /// The form did not come with the program.
    pub is_foreign: bool,
    /// The report year.
    pub year: u16,
    /// The day it was made; writers never read the clock.
    pub made_on: jiff::civil::Date,
    /// Short code of report and comments as they are (核对码): it ties paper to draft, and is typed back by who signs.
    pub code: String,
    /// Which figures of the text follow which cells, in short; a workbook takes them along for who reads it back.
    pub links: Vec<String>,
    /// Who signed it, once somebody has.
    pub approval: Option<Approval>,
    /// For whom it is made.
    pub edition: Edition,
    /// How it is set on paper.
    pub paper: Paper,
    /// The sheets in the order of a workbook.
    pub sheets: Vec<Sheet>,
    /// What is printed on paper and on the web, in reading order.
    pub flow: Vec<Block>,
    /// Pictures, each over the figures of one of the sheets.
    pub pictures: Vec<Figure>,
    /// Lists that a workbook draws beside them; nothing else does.
    pub graphs: Vec<Graph>,
    /// Pictures of screens; none but a PDF takes them.
    pub screens: Vec<Screen>,
}

/// A picture of a screen.
#[derive(Clone, PartialEq, Eq)]
pub struct Screen {
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Screen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Screen").field("width", &self.width).field("height", &self.height).finish_non_exhaustive()
    }
}

/// A list of names and figures, drawn as a spreadsheet's own chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// Its title.
    pub title: String,
    /// Place of its sheet in [`Book::sheets`].
    pub sheet: usize,
    /// Where its first name stands; the figures stand to the right of the names.
    pub first: At,
    /// The figures.
    pub values: Vec<i64>,
    /// Where its corner stands.
    pub corner: At,
    /// Its bars lie; else they stand.
    pub is_lying: bool,
}

/// A picture of the figures of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it shows.
    pub chart: Chart,
    /// Place of its figures in [`Book::sheets`].
    pub sheet: usize,
}

/// For whom a copy is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// For the office: with the names of its people, and marked as a draft until somebody has signed here.
    #[default]
    Office,
    /// To be signed by pen (清样): without 草稿 and 未签发, which the pen makes untrue. Of a report signed here it is as for the office.
    Pen,
    /// For the public (公开版): without names of the office's people, lines to be signed, and lists for its own use.
    Public,
}

impl Edition {
    /// All, the usual one first.
    pub const ALL: [Self; 3] = [Self::Office, Self::Pen, Self::Public];

    /// The short word for it, as on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Pen => "pen",
            Self::Public => "public",
        }
    }
}

/// How a document is set on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// As GB/T 9704-2012 has it.
    Official,
    /// For the file: as much on a page as can be read.
    Annex,
}

/// A signature, in words fit for print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who signed; empty where that is not for the reader.
    pub by: String,
    /// The day.
    pub on: jiff::civil::Date,
}

/// One step of the printed report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title of the whole, broken where its sense breaks.
    Title(String),
    /// A heading: 1 for a chapter, 2 below it.
    Heading(u8, String),
    /// A paragraph of running text, to be indented by two characters.
    Paragraph(String),
    /// The sheet at this place of [`Book::sheets`].
    Table(usize),
    /// The picture at this place of [`Book::pictures`].
    Picture(usize),
    /// The picture of a screen at this place of [`Book::screens`]; what is to be seen on it follows as a paragraph.
    Screen(usize),
    /// A line to be signed by hand; on paper only.
    Sign(String),
    /// A closing line at the right edge: who, when.
    Closing(String),
}

/// One sheet: a title above a grid of items.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Name of its tab, one that spreadsheets take.
    pub name: String,
    /// Printed above the grid; empty for none.
    pub title: String,
    /// What kind of thing it is, which decides rules, fonts and protection.
    pub layout: Layout,
    /// How the paper lies.
    pub orientation: Orientation,
    /// Relative column widths; their number is the number of columns.
    pub widths: Vec<u16>,
    /// Rows of the grid.
    pub num_rows: usize,
    /// Rows at the top that repeat on every page.
    pub head_rows: usize,
    /// What stands on the grid, row by row, left to right; no two overlap.
    pub items: Vec<Item>,
    /// Equations printed on the form itself, for a running check beside the table.
    pub balances: Vec<Balance>,
}

/// What kind of sheet it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Label and content, line by line.
    Cover,
    /// A statutory table, on one page.
    Table,
    /// Running text.
    Prose,
    /// A ruled list, as many pages as it takes.
    List,
    /// Keys and values for machines to stack; not meant for paper.
    Record,
}

/// How the paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Upright.
    Portrait,
    /// Sideways.
    Landscape,
}

/// Something placed on the grid.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its first slot.
    pub at: At,
    /// Rows and columns it spans.
    pub span: (usize, usize),
    /// How it stands in its slots.
    pub align: Align,
    /// What it is.
    pub content: Content,
    /// What a reader should know about it, to hang on the cell; never printed.
    pub note: Option<String>,
}

/// How an item stands in its slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Centred.
    Center,
    /// At the left edge.
    Left,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Words of the sheet itself.
    Head(String),
    /// A heading in running text: 1 for a chapter, 2 below it.
    Heading(u8, String),
    /// Words of the agency, empty where some are still to be written.
    Text(String),
    /// A paragraph of running text, to be indented by two characters.
    Paragraph(String),
    /// A figure outside the statutory tables.
    Figure(Entry),
    /// A cell of a statutory table.
    Field(Field),
}

/// A cell of a statutory table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Stable key.
    pub key: String,
    /// What it may hold.
    pub kind: Kind,
    /// What it holds, exactly as typed.
    pub entry: Entry,
    /// Unit shown behind the figure; empty where the head prints it or none is shown.
    pub unit: String,
    /// The fields it should be the sum of; empty if it is no total.
    pub sums: Vec<At>,
    /// Cells of another sheet that it is the sum of; none for what is typed.
    pub feed: Option<Feed>,
}

/// Cells of a workbook that a field adds up, and goes on adding up where a spreadsheet recalculates: blank while one of them is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Name of their sheet.
    pub sheet: String,
    /// The first, as it stands in the worksheet, title included.
    pub from: At,
    /// The last.
    pub to: At,
}

impl Feed {
    /// How many they are.
    pub fn num(&self) -> usize {
        (self.to.0 - self.from.0 + 1) * (self.to.1 - self.from.1 + 1)
    }
}

/// An equation printed on the form, with the lines it holds on: all in different columns.
#[derive(Clone, Debug)]
pub struct Balance {
    /// The equation in the form's words.
    pub words: String,
    /// Left and right summands of each line.
    pub lines: Vec<(Vec<At>, Vec<At>)>,
}

/// How a typed total stands to its summands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// The summands add up to it.
    Equal,
    /// They add up to this.
    Differs(i64),
    /// So many of them hold no figure.
    Undecided(usize),
}

impl Book {
    /// The code, and whether it was signed: `7KQ2M-XW94A　未签发`.
    pub fn standing(&self) -> String {
        match &self.approval {
            None if self.edition == Edition::Pen => self.code.clone(),
            None => format!("{}　未签发", self.code),
            Some(approval) if approval.by.is_empty() => format!("{}　{} 签发", self.code, approval.on),
            Some(approval) => format!("{}　{} {} 签发", self.code, approval.by, approval.on),
        }
    }

    /// It bears the word 草稿 across its pages.
    pub fn is_marked_draft(&self) -> bool {
        self.approval.is_none() && self.edition != Edition::Pen
    }

    /// What every copy bears, whatever it is printed on; nothing for what is no report and has no code.
    pub fn mark(&self) -> String {
        if self.code.is_empty() {
            return String::new();
        }
        let form = if self.is_foreign { format!("　表样 {} 来自外部文件", self.form) } else { String::new() };
        format!("核对码 {}{form}", self.standing())
    }
}

impl Sheet {
    /// The field at this slot.
    pub fn field(&self, at: At) -> Option<&Field> {
        let item = self.items.binary_search_by_key(&at, |item| item.at).ok().and_then(|place| self.items.get(place))?;
        match &item.content {
            Content::Field(field) => Some(field),
            _ => None,
        }
    }

    /// How the field's figure stands to its summands; `None` if it is no total or holds no figure.
    pub fn total(&self, field: &Field) -> Option<Total> {
        let typed = field.entry.value()?;
        if field.sums.is_empty() {
            return None;
        }
        let num_figures = field.sums.iter().filter(|&&at| self.figure(at).is_some()).count();
        Some(match self.sum(&field.sums) {
            Some(sum) if sum == typed => Total::Equal,
            Some(sum) => Total::Differs(sum),
            None => Total::Undecided(field.sums.len() - num_figures),
        })
    }

    /// Left sum less right sum; `None` while a summand holds no figure.
    pub fn difference(&self, (left, right): &(Vec<At>, Vec<At>)) -> Option<i64> {
        self.sum(left)?.checked_sub(self.sum(right)?)
    }

    /// The sum of the fields' figures; `None` while one holds none.
    pub fn sum(&self, fields: &[At]) -> Option<i64> {
        fields.iter().try_fold(0_i64, |sum, &at| sum.checked_add(self.figure(at)?))
    }

    fn figure(&self, at: At) -> Option<i64> {
        self.field(at)?.entry.value()
    }
}

impl Content {
    /// The words as printed: a figure with its unit unless the head prints it, line ends as `\n`.
    pub fn words(&self) -> String {
        let words = match self {
            Self::Head(text) | Self::Heading(_, text) | Self::Text(text) | Self::Paragraph(text) => text.clone(),
            Self::Figure(entry) => entry.text(),
            Self::Field(field) => field.entry.shown(field.kind),
        };
        if words.contains('\r') { words.replace("\r\n", "\n").replace('\r', "\n") } else { words }
    }
}

impl Item {
    /// An item of one slot, without a note.
    pub(super) fn new(at: At, align: Align, content: Content) -> Self {
        Self { at, span: (1, 1), align, content, note: None }
    }
}
