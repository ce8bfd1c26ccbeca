//! A county and its many reports: taken in, checked, chased, summed, explained. A folder is the county: a roster, what passed, repairs
//! of the sum, each a list that a spreadsheet opens, and the copies as they came. No database, no server.
//!
//! [`read()`] reads what lies there, [`County::new`] puts it together, [`County::sum`] adds it up, [`County::behind`] tells who is
//! behind a cell. Bodies' own files are never written to.

mod assembled;
mod behind;
mod blocks;
mod build;
mod collection;
#[cfg(feature = "parquet")]
mod columns;
mod copies;
mod exchanged;
mod faults;
mod figures;
mod finding;
mod findings;
mod glance;
mod index;
mod journal;
mod letter;
mod name;
mod open;
mod out;
mod page;
mod ranking;
mod reading;
mod renew;
mod roster;
mod rows;
mod source;
mod state;
mod sum;
mod take_in;
mod taken;
mod totals;
mod words;
mod write;

pub use assembled::{County, Standing, Stray};
pub use behind::{Odd, Part};
pub use build::{Asked, usual_year};
pub use collection::{Collected, collect};
pub use exchanged::{Columns, Exchanged};
pub use faults::Fault;
pub use figures::Figures;
pub use finding::{Finding, rule};
pub use findings::unchecked;
pub use glance::{Glance, glance};
pub use journal::{Event, INBOX, Journal, LETTERS, OUT, What, add_adjustment, add_events};
pub use letter::{Letter, LetterError, give_back, remind};
pub use name::{Names, Whose};
pub use open::{Wanted, open};
pub use out::{list, workbook};
pub use page::page;
pub use reading::{Reading, Refused, read};
pub use renew::{Change, read_again};
pub use roster::{FILE as ROSTER, Roster, Unit, UnitKind};
pub use source::{Sourced, accounts, reports};
pub use state::{Need, State, county_day, legal_day};
pub use take_in::{Incoming, clock, look_at, take_in};
pub use taken::{Counts, Lying, Taken, on_the_years_form};
pub use totals::{Sum, Total};
pub use words::{TEXT as WORDS_TEXT, Words};
pub use write::{Output, WriteError, write};
