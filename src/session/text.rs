//! What is found in the text chapters of the open draft. Only a changed paragraph is read again; findings are replaced whole.

use super::Session;
use crate::form::Severity;
use crate::model::{CellId, Edit, ReasonKey, Refusal, SectionId};
use crate::rules::claims::key::KeySum;
use crate::rules::claims::{Certainty, Link, TextFigure, TextFinding, link, template};
use crate::rules::{self, Answer, Group};

impl Session {
    /// What is wrong or to be looked at in the text chapters, by chapter and place.
    pub fn text_findings(&self) -> &[TextFinding] {
        &self.texts.findings
    }

    /// Every figure of the text chapters with what it was held against, by chapter and place.
    pub fn text_figures(&self) -> &[TextFigure] {
        &self.texts.figures
    }

    /// The links that stand in the text.
    pub fn links(&self) -> &[Link] {
        &self.texts.links
    }

    /// Links that figures had in last year's text, in the same sentence and place: offered, never made by themselves.
    pub fn link_offers(&self) -> &[Link] {
        &self.texts.offers
    }

    /// The edit that makes a link that was offered.
    pub fn offered_edit(&self, offer: &Link) -> Option<Edit> {
        link::link(&self.form, &offer.filed, &offer.key)
    }

    /// The links that follow this cell.
    pub fn followers_of(&self, cell: CellId) -> impl Iterator<Item = &Link> {
        self.links().iter().filter(move |link| KeySum::on(&self.form, &link.key).is_some_and(|sum| sum.cells().contains(&cell)))
    }

    /// The edit that links a figure of the text to a cell or a sum of cells.
    pub fn link_edit(&self, figure: &TextFigure, key: &str) -> Option<Edit> {
        let slots = self.reading.slots(figure.section, std::slice::from_ref(&figure.at));
        let slot = slots.into_iter().find(|slot| slot.at.start == figure.at.start)?;
        link::link(&self.form, &slot.filed, key)
    }

    /// The edit that takes a link away; the figure stays.
    pub fn unlink_edit(&self, figure: &TextFigure) -> Option<Edit> {
        let link = self.links().iter().find(|link| link.section == figure.section && link.at.start == figure.at.start)?;
        Some(Edit::reason(link.filed.clone(), None))
    }

    /// The edits that put words with figures of cells in braces (`新收{new.sum}件`) into a text at this character, the figures linked.
    /// None where a cell is not filled.
    pub fn insert_edits(&self, section: SectionId, at: usize, words: &str) -> Option<Vec<Edit>> {
        template::put_in(self.report(), section, at, words)
    }

    /// How a figure of the text is counted.
    pub fn text_group(&self, figure: &TextFigure) -> Group {
        rules::group(self.report(), &self.texts, figure)
    }

    /// The findings about text that still want something: a mended sentence or, unless it is an error, a reason.
    pub fn open_texts(&self) -> impl Iterator<Item = &TextFinding> {
        self.texts.findings.iter().filter(|text| !self.is_explained(text))
    }

    /// How many places of the text are to be looked at (请核对): the words allow them to be right.
    pub fn num_to_look_at(&self) -> usize {
        self.open_texts().filter(|text| text.certainty == Certainty::Look && text.severity() != Severity::Info).count()
    }

    /// The finding about text that this reason is for.
    pub fn text_finding(&self, key: &ReasonKey) -> Option<&TextFinding> {
        self.texts.findings.iter().find(|text| *text.rule.id == *key.rule && text.reason_key() == *key)
    }

    /// How a finding about text is answered.
    pub fn answer_text(&self, finding: &TextFinding) -> Answer<'_> {
        rules::answer_text(self.report(), finding)
    }

    /// The edit that writes down why a sentence is right all the same, or not to be checked.
    ///
    /// # Errors
    /// The text is no reason.
    pub fn text_reason_edit(&self, finding: &TextFinding, text: &str) -> Result<Edit, Refusal> {
        self.reason_for(finding.reason_key(), finding.figures(self.report()), text)
    }

    fn is_explained(&self, text: &TextFinding) -> bool {
        text.severity() != Severity::Error && matches!(self.answer_text(text), Answer::Given(_))
    }
}
