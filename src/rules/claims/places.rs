//! Places of a text, to be asked whether one of them meets another.

use std::ops::Range;

/// Ranges of characters, in any order; they may overlap.
#[derive(Debug)]
pub struct Places {
    /// By their beginning, with the furthest end of all up to there.
    reach: Vec<(usize, usize)>,
}

impl Places {
    /// These ranges.
    pub fn of(places: impl Iterator<Item = Range<usize>>) -> Self {
        let mut reach: Vec<(usize, usize)> = places.map(|place| (place.start, place.end)).collect();
        reach.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut reach {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { reach }
    }

    /// One of them has a character of this range.
    pub fn meet(&self, at: &Range<usize>) -> bool {
        let before = self.reach.partition_point(|(start, _)| *start < at.end);
        before.checked_sub(1).and_then(|last| self.reach.get(last)).is_some_and(|(_, end)| *end > at.start)
    }
}
