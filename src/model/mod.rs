//! What was typed: entries, money, the draft; what was done to it: status, log, comments. Knows nothing of forms, rules, disks or windows.

mod draft;
mod entry;
mod item;
mod log;
mod money;
mod number;
mod numeral;
mod objection;
mod reason;
mod reckon;
mod review;
mod signs;
mod status;
mod text;

pub use draft::{CellId, Draft, Edit, SectionId, Totals};
pub use entry::{Entry, Figure, Kind, Misread};
pub use item::{Change, Item, Value, Values};
pub use log::{Action, Fingerprint, Parent, Person, Spot, Step};
pub use money::{Money, MoneyUnit};
pub use objection::Objection;
pub use reason::{Reason, ReasonKey, Refusal, judge};
pub use review::{Review, Thread};
pub use signs::is_invisible;
pub use status::{Deed, Office, Role, Status, may, step};
pub use text::Splice;
