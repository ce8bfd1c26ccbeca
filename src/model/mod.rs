//! What was typed: entries, money, the draft. Knows nothing of forms, rules, disks or windows.

mod draft;
mod entry;
mod money;
mod number;
mod reason;
mod text;

pub use draft::{CellId, Draft, Edit, SectionId, Totals};
pub use entry::{Entry, Kind, Misread};
pub use money::{Money, MoneyUnit};
pub use reason::{Reason, ReasonKey, Refusal, judge};
pub use text::Splice;
