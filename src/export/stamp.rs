//! What is put on the paper from outside: the clock and the approval, which no writer looks up by itself.

use jiff::civil::Date;

use super::sheet::Approval;

/// Day of making, fingerprint of the draft, approval.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The day of making.
    pub on: Date,
    /// Fingerprint of the draft's content in hexadecimal; empty if the caller has none.
    pub digest: String,
    /// Who approved it, once somebody has.
    pub approval: Option<Approval>,
}

impl Stamp {
    /// Made on this day, not approved.
    pub fn new(on: Date) -> Self {
        Self { on, digest: String::new(), approval: None }
    }
}
