//! What a report is made of, by name: cells, text chapters, kinds of totals.

/// A cell of the draft's form, by its place in the form's order of cells: 表二, 表三, 表四, row by row.
/// Files and people use the form's keys instead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(u16);

impl CellId {
    /// The cell at this place, if a form can have so many. Others get theirs from the form, which has the cell: see
    /// `Form::cell_by_key` and `Form::cells`.
    pub(crate) fn new(index: usize) -> Option<Self> {
        u16::try_from(index).ok().map(Self)
    }

    /// The place in the form's order of cells.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A text chapter, by its number: 1, 5, 6; 0 is what stands before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u8);

impl SectionId {
    /// What stands between title and first chapter (说明): on which notice the report rests, where to ask. Most reports have none.
    pub const PREAMBLE: Self = Self(0);
}

/// Where the totals of the tables come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Totals {
    /// 手工录入合计（核对用）: the clerk types them; that they agree proves the figures.
    #[default]
    Typed,
    /// 自动合计: they follow from the other cells; a control figure from paper may be typed beside them.
    Computed,
}
