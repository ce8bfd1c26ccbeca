//! The cells of one line, as one string: a register has millions, and most are a few signs long.

use std::fmt;

use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Texts of cells from the left, written as a list of strings; dates as `2024-03-05`, numbers as digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// All of them, one behind the other.
    words: String,
    /// Where each ends in `words`, in bytes.
    ends: Vec<usize>,
}

impl Cells {
    /// How many, blank ones too.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// There is none, not even a blank one.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text in a column, from 0; `None` beyond the last.
    pub fn get(&self, column: usize) -> Option<&str> {
        self.words.get(self.start(column)..*self.ends.get(column)?)
    }

    /// From the left.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|column| self.get(column))
    }

    /// One more at the right.
    pub fn push(&mut self, text: &str) {
        self.words.push_str(text);
        self.ends.push(self.words.len());
    }

    /// Puts a text into a column, in the place of what stands there; blanks up to it where there are none.
    pub fn set(&mut self, column: usize, text: &str) {
        while self.len() < column {
            self.push("");
        }
        let Some(end) = self.ends.get(column).copied() else { return self.push(text) };
        let start = self.start(column);
        self.words.replace_range(start..end, text);
        for later in self.ends.iter_mut().skip(column) {
            *later = *later - (end - start) + text.len();
        }
    }

    fn start(&self, column: usize) -> usize {
        column.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Cells {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut cells = Self::default();
        for text in texts {
            cells.push(text.as_ref());
        }
        cells
    }
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(List)
    }
}

/// A list of texts.
struct List;

impl<'de> Visitor<'de> for List {
    type Value = Cells;

    fn expecting(&self, told: &mut fmt::Formatter<'_>) -> fmt::Result {
        told.write_str("a list of texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut texts: A) -> Result<Cells, A::Error> {
        let mut cells = Cells { words: String::with_capacity(200), ends: Vec::with_capacity(20) };
        while texts.next_element_seed(Next(&mut cells))?.is_some() {}
        cells.words.shrink_to_fit();
        cells.ends.shrink_to_fit();
        Ok(cells)
    }
}

/// The next text goes behind these.
struct Next<'a>(&'a mut Cells);

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Next<'_> {
    type Value = ();

    fn expecting(&self, told: &mut fmt::Formatter<'_>) -> fmt::Result {
        told.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.push(text);
        Ok(())
    }
}
