//! Questions in front of everything else. `ask` has them all and shows the one that is open; each of the others shows one kind.
//! A question returns the commands its answer means; none while it stays open.

pub mod about;
pub mod act;
pub mod against;
pub mod ask;
pub mod compare;
pub mod decisions;
pub mod draft;
pub mod import;
pub mod insert;
pub mod joining;
pub mod log;
pub mod manual;
pub mod mend;
pub mod moving;
pub mod path;
pub mod person;
pub mod preview;
pub mod prior;
pub mod second;
pub mod secrecy;
pub mod split;
pub mod versions;
