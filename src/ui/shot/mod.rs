//! Pictures of screens without a display, painted by the CPU.

pub mod manual;
pub mod picture;
mod submitted;
