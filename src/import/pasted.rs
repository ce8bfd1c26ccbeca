//! Text that is pasted into a chapter: a whole report is cut at its titles, a title that repeats the chapter's own is dropped.

use super::published::texts;
use super::titles;
use crate::form::Form;
use crate::model::SectionId;

/// Where the parts of a pasted report go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// Each text with its chapter, in printed order; what stands before the first is the preamble.
    pub parts: Vec<(SectionId, String)>,
    /// Lines before the first chapter that are no sentences: the report's own title, the agency. They are left out.
    pub left_out: Vec<String>,
}

/// Cuts a pasted text into chapters; `None` where it is not a report of several.
pub fn split(form: &Form, text: &str) -> Option<Split> {
    let (before, sections) = texts(form, text);
    if sections.len() < 2 {
        return None;
    }
    let lines = before.lines().map(str::trim).filter(|line| !line.is_empty());
    let (sentences, left_out): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.contains(['。', '；', '，']));
    let preamble = (!sentences.is_empty()).then(|| (SectionId::PREAMBLE, sentences.join("\n")));
    let parts = preamble.into_iter().chain(sections).collect();
    Some(Split { parts, left_out: left_out.into_iter().map(ToOwned::to_owned).collect() })
}

/// The text without a first line that is the title of this very chapter: the program prints it; `None` where it has no such line.
pub fn without_own_title(form: &Form, section: SectionId, text: &str) -> Option<String> {
    let (first, rest) = text.trim_start().split_once('\n')?;
    titles::section(form, first).filter(|(found, _)| *found == section).map(|_| rest.to_owned())
}
