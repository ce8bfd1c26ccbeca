//! 表三 and 表四 counted from the office's own register of requests (依申请公开台账) and of reviews and lawsuits.
//!
//! A [`Register`] is read from bytes, [`Ledger::count`] finds its columns, reads every line and counts by the articles. Nothing is
//! guessed: what a line does not say for certain becomes a [`Question`], and the line counts in no certain figure until the office
//! has answered ([`Answers`]). So each cell has two sums, certain and with the proposals, and both lead back to their lines.
//!
//! The state is one value: with each answer everything is counted anew ([`Counted::stage`] says how far it is). Touches no disk.
//! Names, telephones and addresses are read only to tell what kind of applicant it is, and never leave in a draft.

mod answers;
mod applicant;
mod calendar;
mod cases;
mod columns;
mod counted;
mod date;
mod decisions;
mod doubles;
mod doubt;
mod error;
mod faults;
mod fill;
mod layout;
mod open;
mod origin;
mod outcome;
mod pages;
mod register;
mod request;
mod sheet;
mod template;
mod ways;
mod when;
mod who;
mod words;

pub use answers::{Answers, Basis, Decided, LineAnswer};
pub use columns::Field;
pub use counted::{Counted, Figure, Item, Place, Question, Remarked, Stage, State, Table, Word};
pub use decisions::Decision;
pub use doubt::{Doubt, Remark};
pub use error::{Family, LedgerError, MAX_MB};
pub use fill::{Difference, Fill};
pub use layout::Column;
pub use open::open;
pub use origin::{Change, changes};
pub use register::Register;
pub use sheet::{Ledger, Task};
pub use template::template;
pub use ways::{Way, column_name, row_name};
