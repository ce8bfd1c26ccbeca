//! Repairs of single figures in a consolidated report (汇总), kept beside it so that who reviews its sums sees where they are others than
//! what the bodies handed in. Source: R61, R65.

use jiff::civil::DateTime;

use super::Entry;

/// A repair of a body's figure in the county's sum. The body's own file stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// When it was written down, by that machine's clock.
    pub time: DateTime,
    /// Who did; empty where nobody said.
    pub by: String,
    /// The body's name on the roster.
    pub unit: String,
    /// Key of the cell.
    pub key: Box<str>,
    /// What the body's report says; blank for none.
    pub from: Entry,
    /// What is added instead.
    pub to: Entry,
    /// Why.
    pub why: String,
}

impl Adjustment {
    /// How times are written, in lists and in drafts.
    pub const TIME: &str = "%Y-%m-%d %H:%M:%S";

    /// Its time as it is written.
    pub fn written_at(&self) -> String {
        self.time.strftime(Self::TIME).to_string()
    }

    /// What was made of what, why and by whom, for people.
    pub fn name(&self) -> String {
        let by = if self.by.is_empty() { String::new() } else { format!("{} ", self.by) };
        format!("{} {} → {}（{}；{by}{}）", self.unit, self.from.said(), self.to.said(), self.why, self.time.date())
    }
}
