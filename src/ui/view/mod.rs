//! What is on screen. Each screen takes references to what it shows and, by `&mut`, the few fields it has itself (cursor, text
//! being typed); it returns the commands that were asked for and changes nothing else.

pub mod account;
pub mod account_rest;
pub mod bars;
pub mod batch;
pub mod card;
pub mod certainty;
pub mod changes;
pub mod chapter;
pub mod comments;
pub mod compose;
pub mod find;
pub mod findings;
pub mod grid;
pub mod help;
pub mod inspector;
pub mod lists;
pub mod menus;
pub mod moves;
pub mod notice;
pub mod practice;
pub mod prior;
pub mod proof_strip;
pub mod rail;
pub mod reading;
pub mod review_bar;
pub mod settle;
pub mod sheet;
pub mod source;
pub mod start;
pub mod text_figures;
pub mod text_findings;
pub mod text_marks;
pub mod text_page;
pub mod trend;
