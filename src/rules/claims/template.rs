//! Sentences that are offered for writing, as data (`assets/text/sentences.ron`): words with figures of cells in braces.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::held;
use super::key::KeySum;
use super::link;
use crate::form::Report;
use crate::model::{Edit, SectionId, Splice};

pub use crate::form::wording::SentenceFile as Template;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sentences: Vec<Template>,
}

/// The sentences that come with the program.
#[expect(clippy::expect_used, reason = "part of the program; a test fills every sentence")]
pub static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let file: File = ron::from_str(include_str!("../../../assets/text/sentences.ron")).expect("sentences.ron");
    file.sentences
});

/// A sentence with its figures filled in.
#[derive(Debug, PartialEq, Eq)]
pub struct Filled {
    /// The words.
    pub text: String,
    /// Where each figure stands in them, in characters, and the key it follows.
    pub figures: Vec<(Range<usize>, String)>,
}

/// Fills a sentence from a draft; none while a cell is blank, or where the form has no such cell.
pub fn fill(report: Report<'_>, words: &str) -> Option<Filled> {
    let mut filled = Filled { text: String::new(), figures: Vec::new() };
    let mut pieces = words.split('{');
    filled.text.push_str(pieces.next()?);
    for piece in pieces {
        let (key, behind) = piece.split_once('}')?;
        let unit = if held::is_money(report.form, key) { "万元" } else { "" };
        let value = KeySum::value_on(report, key)?;
        let start = filled.text.chars().count();
        filled.text += &link::printed(value, !unit.is_empty(), unit)?;
        filled.figures.push((start..filled.text.chars().count(), key.to_owned()));
        filled.text += if behind.starts_with(unit) { "" } else { unit };
        filled.text.push_str(behind);
    }
    Some(filled)
}

/// The edits that put a sentence into a text at this character, its figures linked; one that becomes part of a date or of another
/// figure there is not linked.
pub fn put_in(report: Report<'_>, section: SectionId, at: usize, words: &str) -> Option<Vec<Edit>> {
    let filled = fill(report, words)?;
    let splice = Splice { at, old: "".into(), new: filled.text.into() };
    let paragraphs = super::read::read(section.0, &splice.apply(report.draft.section(section)), &super::rule::words_of(report.form));
    let in_text = |range: &Range<usize>| at + range.start..at + range.end;
    let places: Vec<Range<usize>> = filled.figures.iter().map(|(range, _)| in_text(range)).collect();
    let slots = link::slots(section, &paragraphs, &places);
    let linked = filled.figures.iter().filter_map(|(range, key)| {
        let slot = slots.iter().find(|slot| slot.digits == in_text(range))?;
        link::link(report.form, &slot.filed, key)
    });
    let linked: Vec<Edit> = linked.collect();
    Some([Edit::Text(section, splice)].into_iter().chain(linked).collect())
}
