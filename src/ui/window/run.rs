//! Which way the window is painted, and what to say when none can be opened.

use std::fmt;

use super::pane::Opening;
use super::{cpu, gl};
use crate::form::Catalog;

/// What paints the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renderer {
    /// The graphics card, through OpenGL.
    Gl,
    /// The processor.
    Cpu,
}

impl Renderer {
    /// By its name on the command line, `gl` or `cpu`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "gl" => Some(Self::Gl),
            "cpu" => Some(Self::Cpu),
            _ => None,
        }
    }

    /// What this desktop asks for: on a remote one under Windows there is no graphics card behind OpenGL.
    pub fn of_desktop() -> Self {
        let session = std::env::var("SESSIONNAME").unwrap_or_default();
        if cfg!(windows) && session.starts_with("RDP-") { Self::Cpu } else { Self::Gl }
    }
}

/// No window was opened.
#[derive(Debug)]
pub struct NoWindow {
    /// The graphics card is why: the processor may still paint one.
    pub is_graphics: bool,
    why: String,
}

impl fmt::Display for NoWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "无法打开窗口，本机可能没有图形桌面。\n\
             可以这样做：在本机的桌面里打开；或用命令行完成同样的工作：gouji check 草稿、gouji export 草稿 -o 文件.xlsx。\n原因：{}",
            self.why
        )
    }
}

/// Opens the window and returns when it is closed. One process opens one: winit makes no second event loop.
///
/// # Errors
/// No window could be opened: why, and what to do, in Chinese.
pub fn run(catalog: Catalog, opening: Opening, renderer: Renderer) -> Result<(), NoWindow> {
    match renderer {
        Renderer::Gl => gl::run(catalog, opening).map_err(|err| NoWindow {
            is_graphics: matches!(err, eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) | eframe::Error::OpenGL(_)),
            why: err.to_string(),
        }),
        Renderer::Cpu => cpu::run(catalog, opening).map_err(|err| NoWindow { is_graphics: false, why: err.to_string() }),
    }
}
