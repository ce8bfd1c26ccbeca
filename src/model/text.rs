//! One change of a text chapter, small enough to keep for ever and easy to turn round.

/// `old` at character `at` is replaced by `new`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// Where, in characters from the start.
    pub at: usize,
    /// What stood there.
    pub old: Box<str>,
    /// What stands there afterwards.
    pub new: Box<str>,
}

impl Splice {
    /// The smallest change that leads from `before` to `after`; `None` when they are the same.
    pub fn between(before: &str, after: &str) -> Option<Self> {
        if before == after {
            return None;
        }
        let prefix: usize = same(before.chars(), after.chars());
        let before: Vec<char> = before.chars().skip(prefix).collect();
        let after: Vec<char> = after.chars().skip(prefix).collect();
        let suffix = same(before.iter().rev(), after.iter().rev());
        let middle = |text: &[char]| text.iter().take(text.len() - suffix).collect::<String>().into();
        Some(Self { at: prefix, old: middle(&before), new: middle(&after) })
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { at: self.at, old: self.new.clone(), new: self.old.clone() }
    }

    /// `text` after the change.
    pub fn apply(&self, text: &str) -> String {
        let removed = self.old.chars().count();
        text.chars().take(self.at).chain(self.new.chars()).chain(text.chars().skip(self.at.saturating_add(removed))).collect()
    }

    /// Where the cursor belongs after the change, in characters.
    pub fn end(&self) -> usize {
        self.at.saturating_add(self.new.chars().count())
    }
}

/// How many items two sequences begin with in common.
fn same<T: PartialEq>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}
