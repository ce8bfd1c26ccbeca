//! The window's doings: `screen` is what there is, `frame` shows it and collects commands, `perform` performs them; the others
//! are what performing takes, one file for each kind of thing. Whatever waits for a disk or a person is handed to `jobs` as a
//! closure, together with what is to be done with its answer.

pub mod batch;
mod county;
mod county_watch;
mod export;
pub mod files;
pub mod frame;
pub mod habits;
mod import;
pub mod jobs;
mod ledger;
mod manual;
mod paste;
pub mod perform;
pub mod pick;
mod prior;
pub mod proof;
mod reports;
pub mod review;
pub mod screen;
pub mod second;
pub mod settings;
mod thresholds;
mod trend;
pub mod versions;
pub mod work_screen;
