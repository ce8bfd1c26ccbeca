//! Steps of the undo history. Edits of one cell in a row are one step, as are letters typed one after the other.

use crate::model::{Edit, Splice};

/// What one undo takes back.
#[derive(Debug)]
pub(super) struct Step {
    /// The edits that take it back, in the order the step's own were made.
    edits: Vec<Edit>,
    /// Nothing more may be merged in.
    sealed: bool,
}

/// A typed run ends behind these.
const SENTENCE_ENDS: [char; 5] = ['。', '；', '！', '？', '\n'];

/// The longest piece of text that still counts as typing: an input method commits whole phrases.
const MAX_TYPED: usize = 16;

impl Step {
    /// A step that following edits may be merged into, unless it put in a long text: that was pasted, not typed.
    pub fn new(edits: Vec<Edit>) -> Self {
        let sealed = matches!(edits.as_slice(), [Edit::Text(_, inverse)] if inverse.old.chars().count() > MAX_TYPED);
        Self { edits, sealed }
    }

    /// A step that stays as it is.
    pub fn sealed(edits: Vec<Edit>) -> Self {
        Self { edits, sealed: true }
    }

    /// No step: keeps what follows from being merged with what came before.
    pub fn fence() -> Self {
        Self::sealed(Vec::new())
    }

    /// Holds no edits.
    pub fn is_fence(&self) -> bool {
        self.edits.is_empty()
    }

    /// The edits that take the step back.
    pub fn into_edits(self) -> Vec<Edit> {
        self.edits
    }

    /// Takes the edits that are about to be made into this step, if they carry it on.
    pub fn merge(&mut self, edits: &[Edit]) -> bool {
        if self.sealed {
            return false;
        }
        match (self.edits.as_mut_slice(), edits) {
            ([Edit::Cell(last, _)], [Edit::Cell(next, _)]) => last == next,
            ([Edit::Agency(_)], [Edit::Agency(_)]) => true,
            ([Edit::Text(last, inverse)], [Edit::Text(next, splice)]) if last == next => carry_on(inverse, splice),
            _ => false,
        }
    }
}

/// Widens `inverse` so that it takes back `splice` as well, if that is the next letter typed or deleted.
fn carry_on(inverse: &mut Splice, splice: &Splice) -> bool {
    let length = |text: &str| text.chars().count();
    let typed = inverse.new.is_empty() && splice.old.is_empty() && length(&splice.new) <= MAX_TYPED;
    let deleted = inverse.old.is_empty() && splice.new.is_empty() && length(&splice.old) == 1;
    if typed && splice.at == inverse.at + length(&inverse.old) && !inverse.old.ends_with(SENTENCE_ENDS) {
        inverse.old = format!("{}{}", inverse.old, splice.new).into();
        return true;
    }
    if deleted && splice.at + 1 == inverse.at {
        inverse.new = format!("{}{}", splice.old, inverse.new).into();
        inverse.at = splice.at;
        return true;
    }
    false
}
