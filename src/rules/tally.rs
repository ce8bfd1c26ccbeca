//! 正文里的数: how many figures of the text were held against the tables, and with what outcome.

use super::answer::{Answer, answer_text};
use super::claims::held::State;
use super::claims::{Judged, TextFigure, TextFinding};
use crate::form::Report;
use crate::model::{Draft, ReasonKey, SectionId};

/// How a figure of the text is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// It agrees with the tables.
    Held,
    /// It does not, or may not.
    Look,
    /// It does not, and its sentence has a reason.
    Explained,
    /// It may be the tables' figure and was held against nothing.
    Unchecked,
    /// It is none of theirs.
    Unrelated,
}

impl Group {
    /// All, in the order they are told.
    pub const ALL: [Self; 5] = [Self::Held, Self::Look, Self::Explained, Self::Unchecked, Self::Unrelated];

    /// Behind the count: `12 个已核对`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Held => "已核对",
            Self::Look => "请核对",
            Self::Explained => "已说明",
            Self::Unchecked => "没有核对",
            Self::Unrelated => "与表无关",
        }
    }

    /// It is told even where there is none.
    fn is_always_told(self) -> bool {
        matches!(self, Self::Held | Self::Look | Self::Unrelated)
    }
}

/// Counts of the figures of a text, by [`Group::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([usize; 5]);

impl Tally {
    /// Counts these figures; all chapters where no chapter is named.
    pub fn of(report: Report<'_>, texts: &Judged, section: Option<SectionId>) -> Self {
        let mut tally = Self::default();
        let explains = explains(report.draft);
        for figure in texts.figures.iter().filter(|figure| section.is_none_or(|section| figure.section == section)) {
            let group = if explains { group(report, texts, figure) } else { unexplained(figure) };
            tally.0.iter_mut().zip(Group::ALL).filter(|(_, of)| *of == group).for_each(|(count, _)| *count += 1);
        }
        tally
    }

    /// Each group with its count.
    pub fn counts(&self) -> impl Iterator<Item = (Group, usize)> {
        Group::ALL.into_iter().zip(self.0)
    }

    /// `12 个已核对，3 个请核对，41 个与表无关`.
    pub fn words(&self) -> String {
        let told = self.counts().filter(|(group, count)| *count > 0 || group.is_always_told());
        told.map(|(group, count)| format!("{count} 个{}", group.words())).collect::<Vec<_>>().join("，")
    }

    /// There is no figure.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|count| *count == 0)
    }
}

/// How this figure is counted.
pub fn group(report: Report<'_>, texts: &Judged, figure: &TextFigure) -> Group {
    let group = unexplained(figure);
    let told = || texts.finding_at(figure.section, &figure.chars);
    let is_explained = |found: &TextFinding| matches!(answer_text(report, found), Answer::Given(_));
    if group == Group::Look && explains(report.draft) && told().is_some_and(is_explained) { Group::Explained } else { group }
}

/// The draft has reasons, beside links.
fn explains(draft: &Draft) -> bool {
    draft.reasons().any(|(key, _)| *key.rule != *ReasonKey::LINK)
}

/// How it is counted while no sentence has a reason.
fn unexplained(figure: &TextFigure) -> Group {
    match figure.state {
        State::Equal => Group::Held,
        State::Unchecked => Group::Unchecked,
        State::Unrelated => Group::Unrelated,
        State::Differs | State::Uncertain => Group::Look,
    }
}
