//! Pictures of screens without a display, painted by the CPU.

mod handed_in;
pub mod manual;
pub mod picture;
