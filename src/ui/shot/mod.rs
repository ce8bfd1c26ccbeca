//! Pictures of screens without a display, painted by the CPU.

pub mod picture;
