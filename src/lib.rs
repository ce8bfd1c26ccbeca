//! gouji
pub mod cli;
pub mod form;
pub mod model;
pub mod rules;
pub mod session;
pub mod store;
