//! The desktop round `app`: eframe's window, keys in the order they were pressed, the clipboard's tables.

pub mod clipboard;
pub mod pace;
pub mod run;
