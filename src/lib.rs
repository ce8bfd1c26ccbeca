//! gouji
pub mod export;
pub mod form;
pub mod model;
pub mod rules;
pub mod session;
pub mod store;
#[cfg(feature = "gui")]
pub mod ui;
