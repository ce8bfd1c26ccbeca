//! What was typed: entries, money, the draft; what was done to it: status, log, comments. Knows nothing of forms, rules, disks or windows.

mod draft;
mod edit;
mod entry;
mod ids;
mod item;
mod log;
mod misread;
mod money;
mod named;
mod number;
mod numeral;
mod permission;
mod plain;
mod reason;
mod reckon;
mod review;
mod signs;
mod status;
mod text;
mod values;

pub use draft::{Draft, Edit, Review};
pub use entry::{Entry, Figure, Kind};
pub use ids::{CellId, SectionId, Totals};
pub use item::{Change, Item, Value, Values};
pub use log::{Action, Fingerprint, Parent, Person, Spot, Step, Witness};
pub use misread::Misread;
pub use money::{Money, MoneyUnit};
pub use permission::{Objection, may, step};
pub use plain::{hidden_sign, plain_name, without_blanks_at_line_ends, without_hidden_signs};
pub use reason::{Reason, ReasonKey, Refusal, judge};
pub use review::Thread;
pub use signs::is_invisible;
pub use status::{ActionKind, Role, Status, Workflow};
pub use text::Splice;
