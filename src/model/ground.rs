//! What a draft rests on beside what is typed: thresholds that the office has changed, the form it was moved from, the
//! registers its figures were counted from, the repairs in its sums. It travels with the draft, so that who reviews it sees the
//! same findings and what they rest on.

use std::collections::BTreeMap;

use super::{Adjustment, Origin};

/// Thresholds that are others than the form's own: `R40.times` → 5.
pub type Thresholds = BTreeMap<Box<str>, u32>;

/// The ground of a draft; empty for most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    /// What the office has changed in its profile (本机关的阈值).
    pub thresholds: Thresholds,
    /// From which form the report was moved, and what became of its cells, in one sentence; empty where it was not.
    pub moved: Box<str>,
    /// The registers that figures were counted from, and their lines.
    pub origin: Origin,
    /// Repairs of bodies' figures in the sums of a consolidated report, by body and cell, each figure once.
    pub adjustments: Vec<Adjustment>,
}

impl Ground {
    /// Nothing is changed, it was not moved, no figure comes from a register, and no sum was repaired.
    pub fn is_empty(&self) -> bool {
        self.thresholds.is_empty() && self.moved.is_empty() && self.origin.is_empty() && self.adjustments.is_empty()
    }

    /// What it says, for people; but for the repairs, whose cells the form names.
    pub fn name(&self) -> String {
        let thresholds: Vec<String> = self.thresholds.iter().map(|(key, value)| format!("{key}＝{value}")).collect();
        let moved = Some(self.moved.to_string()).filter(|moved| !moved.is_empty());
        let origin = (!self.origin.is_empty()).then(|| self.origin.name());
        thresholds.into_iter().chain(moved).chain(origin).collect::<Vec<_>>().join("；")
    }
}
