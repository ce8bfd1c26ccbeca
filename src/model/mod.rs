//! What was typed: entries, money, the draft; what was done to it: status, log, comments. Knows nothing of forms, rules, disks or windows.

mod draft;
mod edit;
mod entry;
mod ids;
mod item;
mod log;
mod money;
mod named;
mod number;
mod permission;
mod reason;
mod review;
mod status;
mod text;
mod values;

pub use draft::{Draft, Edit, Review};
pub use entry::{Entry, Kind};
pub use ids::{CellId, SectionId, Totals};
pub use item::{Change, Item, Value, Values};
pub use log::{Action, Fingerprint, Parent, Person, Spot, Step};
pub use money::{Money, MoneyUnit};
pub use number::Misread;
pub use permission::{Objection, may, step};
pub use reason::{Reason, ReasonKey, Refusal, judge};
pub use review::Thread;
pub use status::{ActionKind, Role, Status, Workflow};
pub use text::Splice;
