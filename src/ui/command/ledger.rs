//! What can be done with the office's register: gone through step by step, answered, taken into the draft.

use std::path::PathBuf;

use crate::model::CellId;

/// One thing to do with a register.
#[derive(Clone, Debug, PartialEq)]
pub enum Tally {
    /// Read these files.
    Files(Vec<PathBuf>),
    /// Show this part.
    Tab(Tab),
    /// Put the cursor on this entry of the list.
    Row(usize),
    /// Answer what is under the cursor in this way.
    Choose(usize),
    /// Show the next ways to answer.
    MoreWays,
    /// Answer with the day that was typed.
    Typed,
    /// Confirm all proposals for words.
    Adopt,
    /// Go to the next thing that is open.
    Next,
    /// Show the lines of this cell, or all figures again.
    Lines(Option<CellId>),
    /// Take the register's figures also where others were typed.
    Replaces(bool),
    /// Take the figures into the draft.
    Take,
    /// Put it away: nothing is taken.
    Close,
}

impl Tally {
    /// The words on its button.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Files(_) => "从台账取数…",
            Self::Tab(_) | Self::Row(_) | Self::Lines(_) => "转到",
            Self::Choose(_) | Self::Typed => "就这样定",
            Self::MoreWays => "更多",
            Self::Adopt => "建议都采纳",
            Self::Next => "下一处　F8",
            Self::Replaces(_) => "已填的也改用台账的数",
            Self::Take => "填进草稿",
            Self::Close => "不取数",
        }
    }
}

/// A part of the page: the four steps, then what can be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// File and head: which column holds what.
    Columns,
    /// Words, and what they count as.
    Words,
    /// What else has to be answered.
    Questions,
    /// The figures.
    Figures,
    /// Every line with its cells.
    Lines,
    /// Lines that count nowhere.
    Nowhere,
    /// What is wrong with the register itself, and what has changed in it.
    Faults,
}

impl Tab {
    /// All, from the left.
    pub const ALL: [Self; 7] = [Self::Columns, Self::Words, Self::Questions, Self::Figures, Self::Lines, Self::Nowhere, Self::Faults];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Columns => "1 文件与表头",
            Self::Words => "2 词",
            Self::Questions => "3 问题",
            Self::Figures => "4 数",
            Self::Lines => "逐行",
            Self::Nowhere => "不计入的行",
            Self::Faults => "台账本身",
        }
    }

    /// The part so many places further, round and round.
    #[must_use]
    pub fn turned(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|tab| *tab == self).unwrap_or_default();
        Self::ALL.get((at + by) % Self::ALL.len()).copied().unwrap_or(self)
    }
}
