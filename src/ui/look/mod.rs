//! How everything looks: colours, fonts and the few widgets that all screens share. The lowest floor of the window.

pub mod damage;
pub mod icon;
pub mod painting;
pub mod rare;
pub mod raster;
pub mod ring;
pub mod still;
pub mod theme;
pub mod widgets;
