//! What the window remembers: the open report and where the user is in it, cursor and typed text, what is being written.
//! Nothing is shown here and no disk is read.

pub mod account;
pub mod composer;
pub mod county;
pub mod find;
pub mod grid;
pub mod ledger;
pub mod ledger_lists;
pub mod notice;
pub mod other_years;
pub mod panel;
pub mod perform;
pub mod practice;
mod prior;
pub mod recent;
pub mod shown;
pub mod tallied;
pub mod trend;
pub mod walk;
pub mod work;
