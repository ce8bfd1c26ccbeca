//! What was typed: entries, money, the draft. Knows nothing of forms, rules, disks or windows.

mod draft;
mod entry;
mod money;
mod number;
mod text;

pub use draft::{CellId, Draft, Edit, SectionId};
pub use entry::{Entry, Kind, Misread};
pub use money::{Money, MoneyUnit};
pub use text::Splice;
