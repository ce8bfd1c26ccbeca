//! What was typed: entries, money, the draft; what was done to it: status, log, comments. Knows nothing of forms, rules, disks or windows.

mod draft;
mod edit;
mod entry;
mod item;
mod log;
mod money;
mod named;
mod number;
mod objection;
mod reason;
mod review;
mod status;
mod text;

pub use draft::{CellId, Draft, SectionId, Totals};
pub use edit::Edit;
pub use entry::{Entry, Kind, Misread};
pub use item::{Change, Item, Value, Values};
pub use log::{Action, Fingerprint, Parent, Person, Spot, Step};
pub use money::{Money, MoneyUnit};
pub use objection::Objection;
pub use reason::{Reason, ReasonKey, Refusal, judge};
pub use review::{Review, Thread};
pub use status::{ActionKind, Role, Status, Workflow, may, step};
pub use text::Splice;
