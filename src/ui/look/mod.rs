//! How everything looks: colours, fonts and the few widgets that all screens share. The lowest floor of the window.

pub mod rare;
pub mod theme;
pub mod widgets;
