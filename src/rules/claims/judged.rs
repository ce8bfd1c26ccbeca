//! What came out when the text chapters were judged: findings, and every figure with what it was held against.

use std::ops::{Deref, Range};
use std::sync::Arc;

use super::figure::Figure;
use super::finding::TextFinding;
use super::held::{Held, State};
use super::link::Link;
use super::mention::Paragraph;
use crate::model::SectionId;

/// What came out for the text chapters, in chapter order, within a chapter by place.
#[derive(Debug, Default)]
pub struct Judged {
    /// What is wrong or to be looked at.
    pub findings: Vec<TextFinding>,
    /// Every figure, with what it was held against.
    pub figures: Vec<TextFigure>,
    /// The links that stand in the text.
    pub links: Vec<Link>,
    /// The links that figures had in last year's text and may have again.
    pub offers: Vec<Link>,
}

impl Judged {
    /// The finding that speaks of these characters, by itself or by one folded into it.
    pub fn finding_at(&self, section: SectionId, chars: &Range<usize>) -> Option<&TextFinding> {
        let speaks = |found: &TextFinding| found.chars.start < chars.end && chars.start < found.chars.end;
        self.findings.iter().find(|found| found.section == section && (speaks(found) || found.folded.iter().any(speaks)))
    }
}

/// A figure of the text, and what it was held against. What it says is shared by its copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFigure {
    /// The chapter.
    pub section: SectionId,
    /// From the words that decide to the end of the counter word, in characters of the chapter.
    pub chars: Range<usize>,
    /// The figure with its counter word alone.
    pub at: Range<usize>,
    said: Arc<Said>,
}

/// What a figure of the text says, and what came out, wherever in the chapter it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// The words of [`TextFigure::chars`].
    pub quote: String,
    /// The value; 0 for words that say "none".
    pub figure: Figure,
    /// Behind the figure: `件`; empty where there is none.
    pub unit: Box<str>,
    /// Its meanings on this form, sums of cell keys; those that agree, where one does.
    pub keys: Vec<Box<str>>,
    /// What came out.
    pub state: State,
    /// Why, in words; empty where it agrees.
    pub why: String,
    /// A clerk bound it to its cell.
    pub is_linked: bool,
}

impl Deref for TextFigure {
    type Target = Said;

    fn deref(&self) -> &Said {
        &self.said
    }
}

impl TextFigure {
    /// From a figure that was held against the tables, in characters of its paragraph.
    pub(super) fn of(section: SectionId, paragraph: &Paragraph, held: &Held) -> Self {
        let mention = held.mention;
        let said = Said {
            quote: paragraph.quote(&mention.chars),
            figure: mention.figure,
            unit: mention.unit.clone(),
            keys: held.keys.clone(),
            state: held.state,
            why: held.why.clone(),
            is_linked: held.is_linked,
        };
        Self { section, chars: mention.chars.clone(), at: mention.at.clone(), said: Arc::new(said) }
    }

    /// The same, of a paragraph that begins at this character of the chapter.
    pub(super) fn placed(&self, start: usize) -> Self {
        let placed = |range: &Range<usize>| start + range.start..start + range.end;
        Self { section: self.section, chars: placed(&self.chars), at: placed(&self.at), said: Arc::clone(&self.said) }
    }
}
