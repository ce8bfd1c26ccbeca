//! Figures in the text chapters (正文里的数), held against the tables (R43–R60).

mod bind;
mod bind_requests;
mod bind_tables;
pub mod figure;
pub mod lex;
pub mod read;
pub mod words;
