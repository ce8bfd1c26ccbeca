//! What was typed: entries, money, the draft; what was done to it: status, log, comments. Knows nothing of forms, rules, disks or windows.

mod draft;
mod entry;
mod item;
mod money;
mod number;
mod reason;
mod review;
mod status;
mod text;

pub use draft::{CellId, Draft, Edit, SectionId, Totals};
pub use entry::{Entry, Kind, Misread};
pub use item::{Change, Item, Value, Values};
pub use money::{Money, MoneyUnit};
pub use reason::{Reason, ReasonKey, Refusal, judge};
pub use review::{Action, Fingerprint, Parent, Person, Review, Spot, Step, Thread};
pub use status::{Deed, Objection, Office, Role, Status, may, step};
pub use text::Splice;
