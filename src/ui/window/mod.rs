//! The desktop round `app`: the window and who paints it, keys in the order they were pressed, the clipboard's tables.

pub mod clipboard;
mod cpu;
mod gl;
pub mod pace;
pub mod pane;
pub mod run;
