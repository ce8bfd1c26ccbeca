//! Steps of the undo history. Each entry of a cell is one step; letters typed one after the other are one.

use crate::model::{Edit, Item, Splice};

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

    /// The edits that take the step back, in the order the step's own were made.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The edits that take the step back.
    pub fn into_edits(self) -> Vec<Edit> {
        self.edits
    }

    /// Edits about to be made carry this step on.
    pub fn takes(&self, edits: &[Edit]) -> bool {
        if self.sealed {
            return false;
        }
        match (self.edits.first(), edits) {
            (Some(Edit::Set(last, _)), [Edit::Set(next, _)]) => last == next && *next == Item::Agency,
            (Some(Edit::Text(last, inverse)), [Edit::Text(next, splice)]) => last == next && carries_on(inverse, splice),
            _ => false,
        }
    }

    /// Takes what undoes those edits into this step.
    pub fn absorb(&mut self, inverse: Vec<Edit>) {
        for edit in inverse {
            if let (Some(Edit::Text(_, whole)), Edit::Text(_, part)) = (self.edits.first_mut(), &edit) {
                widen(whole, part);
            } else if !self.edits.iter().any(|known| is_same_target(known, &edit)) {
                // What stood there before the step is what undo brings back; later states are of no interest.
                self.edits.push(edit);
            }
        }
    }
}

/// Both edits change the same thing.
fn is_same_target(a: &Edit, b: &Edit) -> bool {
    matches!((a, b), (Edit::Set(a, _), Edit::Set(b, _)) if a == b)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// `splice` is the next letter typed or deleted after what `inverse` takes back.
fn carries_on(inverse: &Splice, splice: &Splice) -> bool {
    let typed = inverse.new.is_empty() && splice.old.is_empty() && length(&splice.new) <= MAX_TYPED;
    let deleted = inverse.old.is_empty() && splice.new.is_empty() && length(&splice.old) == 1;
    typed && splice.at == inverse.at + length(&inverse.old) && !inverse.old.ends_with(SENTENCE_ENDS)
        || deleted && splice.at + 1 == inverse.at
}

/// Widens `whole` so that it takes back what `part` does as well.
fn widen(whole: &mut Splice, part: &Splice) {
    if whole.new.is_empty() {
        whole.old = format!("{}{}", whole.old, part.old).into();
    } else {
        whole.new = format!("{}{}", part.new, whole.new).into();
        whole.at = part.at;
    }
}
