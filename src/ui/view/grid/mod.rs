//! A statutory table, drawn as printed and filled in place with a spreadsheet's keys: `layout` says where everything stands,
//! `paint` what it looks like (`cell` for each cell, `frozen` what stays when it is scrolled), `access` what a screen reader says, `keys` what the keyboard does, `kept` what need not be painted anew;
//! `table` brings them together.

pub mod access;
pub mod cell;
pub mod fill;
pub mod frozen;
pub mod kept;
pub mod keys;
pub mod layout;
mod menu;
pub mod paint;
mod steps;
pub mod table;
mod zeros;
