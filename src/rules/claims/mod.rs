//! Figures in the text chapters (正文里的数), held against the tables, and what does not belong in them (R43–R60).
//!
//! [`read::read`] is pure: a chapter's text gives paragraphs, sentences and figures with what each speaks of. [`held::hold`] holds
//! them against a draft. [`check_text`] decides the rules (`assets/text/rules.ron`) and gives one finding a sentence.
//! Words, units, outcomes and wordings are data (`assets/text/*.ron`, and `wordings` of a form file for those of one place).
//!
//! [`Reading`] keeps what a paragraph comes to by itself: it depends on the paragraph, its links, the cells, last year's report, agency
//! and year, and the types let a rule on a sentence see no more. What looks at the paragraphs around is decided anew at each edit.
//!
//! Precision before recall: what the words allow to be right is told as 请核对 or not at all.

mod bind;
mod bind_none;
mod bind_requests;
mod bind_tables;
mod bind_years;
mod chapters;
mod clause;
mod contradiction;
pub mod figure;
mod figures;
pub mod finding;
pub mod held;
mod judge;
mod judged;
pub mod key;
mod leftovers;
pub mod lex;
mod line;
pub mod link;
mod lists;
pub mod mention;
mod origin;
mod outcomes;
mod parts;
pub mod places;
pub mod read;
pub mod reading;
mod repeats;
pub mod rule;
mod shares;
pub mod template;
pub mod words;
mod year;

pub use finding::{Certainty, TextFinding, TextSide, Told};
pub use judged::{Judged, Said, TextFigure};
pub use link::Link;
pub use reading::{Reading, check_text};
