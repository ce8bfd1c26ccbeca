//! What became of every cell when a report was read: its figure, where it stood, and how sure that is.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::opening::opening;
use crate::form::Form;
use crate::model::{
    CellId, Draft, Edit, Entry, Item, SectionId, Value, clean_name, tidied, without_blanks_at_line_ends, without_hidden_signs,
};
use crate::read::{At, Leaf};

/// A report as it was found in a file, with an account of every cell of its form.
#[derive(Clone, Debug)]
pub struct Account {
    /// The form that its labels fit.
    pub form: Arc<Form>,
    /// The agency in its title; empty where no title was found.
    pub agency: String,
    /// The report year in its title; `None` where no title was found.
    pub year: Option<u16>,
    /// One for each cell of the form, in form order.
    pub cells: Vec<Found>,
    /// What stands in tables and was not understood.
    pub left_over: Vec<Scrap>,
    /// What stands before the first chapter.
    pub preamble: String,
    /// The text chapters that were found.
    pub sections: BTreeMap<SectionId, String>,
    /// Labels that are not written as the form writes them: as found, as they should be.
    pub misspelt: Vec<(String, String)>,
    /// Lines below the last chapter that a draft has no place for: to be signed, whose it is, of what day.
    pub closing: Vec<String>,
    /// What contradicts itself or is missing, and must be settled by a person.
    pub questions: Vec<String>,
}

/// How a cell fared. Order: the better comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Its figure stands there by itself under its own labels.
    Read,
    /// Borders are lost; the rules of the form leave exactly one figure.
    Inferred,
    /// The place is there, and empty.
    Empty,
    /// Something stands there that is no figure, or more than one figure can be meant.
    Unreadable,
    /// No such place.
    Missing,
}

impl How {
    /// Stable name for files: `read`, `inferred`, `empty`, `unreadable`, `missing`.
    pub fn key(self) -> &'static str {
        ["read", "inferred", "empty", "unreadable", "missing"].get(self as usize).copied().unwrap_or_default()
    }

    /// It has a figure.
    pub fn has_figure(self) -> bool {
        self <= Self::Inferred
    }
}

/// What was found of a cell.
#[derive(Clone, Debug)]
pub struct Found {
    /// How it fared.
    pub how: How,
    /// The figure; blank where there is none, unread text where that stands alone in its place.
    pub entry: Entry,
    /// Where it stood.
    pub place: Option<Place>,
    /// The words it was taken from, as they stand in the source.
    pub text: String,
    /// Why there is no figure, or why it is inferred; empty for what was simply read.
    pub why: String,
    /// Error-level rules of the form, by id, that the figures as read break here: the source may be wrong, or the reading.
    pub doubts: Vec<Box<str>>,
}

/// Where something stands in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Place among the pieces of the neutral page.
    pub piece: usize,
    /// Page or sheet, where the kind of file has them.
    pub on: Leaf,
    /// Number of the table, from 1; 0 for what stands in the text.
    pub table: usize,
    /// Row and column of the table, from 0; for a text, the line of the piece alone.
    pub at: Option<At>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.on {
            Leaf::Flow => {}
            Leaf::Page(page) => write!(f, "第{page}页 ")?,
            Leaf::Sheet(name) => write!(f, "工作表“{name}” ")?,
        }
        match (self.table, self.at) {
            (0, _) => write!(f, "正文第{}段", self.piece + 1),
            (table, Some((row, col))) => write!(f, "第{table}个表 第{}行第{}列", row + 1, col + 1),
            (table, None) => write!(f, "第{table}个表"),
        }
    }
}

/// Words in a table that belong to no cell of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scrap {
    /// Where they stand.
    pub place: Place,
    /// The words.
    pub text: String,
}

impl Account {
    /// The account of a draft of our own: what stands in it.
    pub fn of_draft(form: Arc<Form>, draft: &Draft) -> Self {
        let found = |(cell, _)| {
            let entry = draft.entry(cell);
            let (how, why) = match entry {
                Entry::Blank => (How::Empty, "原文这一格是空的".to_owned()),
                Entry::Unread { why, .. } => (How::Unreadable, why.advice().to_owned()),
                Entry::Whole(_) | Entry::Money(_) | Entry::Reckoned { .. } => (How::Read, String::new()),
            };
            Found { how, entry: entry.clone(), place: None, text: entry.text(), why, doubts: Vec::new() }
        };
        Self {
            cells: form.cells().map(found).collect(),
            agency: draft.agency.clone(),
            year: Some(draft.year),
            left_over: Vec::new(),
            preamble: String::new(),
            sections: draft.sections().map(|(section, text)| (section, text.to_owned())).collect(),
            misspelt: Vec::new(),
            closing: Vec::new(),
            questions: Vec::new(),
            form,
        }
    }

    /// What was found of this cell.
    pub fn found(&self, cell: CellId) -> Option<&Found> {
        self.cells.get(cell.index())
    }

    /// How many cells fared so.
    pub fn num(&self, how: How) -> usize {
        self.cells.iter().filter(|found| found.how == how).count()
    }

    /// Cells without a figure, with what was found of them, in form order.
    pub fn open(&self) -> impl Iterator<Item = (CellId, &Found)> {
        let ids = self.form.cells().map(|(id, _)| id);
        ids.zip(&self.cells).filter(|(_, found)| !found.how.has_figure())
    }

    /// What of the words before the first chapter is taken along, as the report's own opening (说明).
    pub fn opening(&self) -> String {
        opening(&self.preamble)
    }

    /// The report as a draft; year 0 where the source does not tell it, so that who calls must ask. Unread text stays in its
    /// cell, marked.
    pub fn draft(&self) -> Draft {
        let mut draft = self.form.draft(self.agency.clone(), self.year.unwrap_or_default());
        for ((cell, _), found) in self.form.cells().zip(&self.cells) {
            if !found.entry.is_blank() {
                draft.apply(Edit::cell(cell, found.entry.clone()));
            }
        }
        let opening = [(SectionId::PREAMBLE, self.opening())];
        let texts = opening.iter().map(|(section, text)| (section, text)).chain(&self.sections);
        for (section, text) in texts.filter(|(_, text)| !text.is_empty()) {
            draft.apply(Edit::Set(Item::Text(*section), Value::Text(tidied(text))));
        }
        draft
    }

    /// Takes signs that nobody sees out of the agency and the texts of a draft; returns how many.
    pub fn clean(draft: &mut Draft) -> usize {
        let mut num_removed = 0;
        for item in draft.items().into_iter().filter(|item| matches!(item, Item::Agency | Item::Text(_))) {
            let Value::Text(text) = draft.value(&item) else { continue };
            let (clean, num) = without_hidden_signs(&text);
            num_removed += num;
            // What they stood behind may be a blank at the end of a line now, which no draft keeps.
            let clean = if item == Item::Agency { clean_name(&clean) } else { without_blanks_at_line_ends(&clean) };
            if clean != text {
                draft.apply(Edit::Set(item, Value::Text(clean)));
            }
        }
        num_removed
    }
}
