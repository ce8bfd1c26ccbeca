//! The manual for clerks, supervisors and county offices: pages in `assets/manual`, for the window's 帮助 and as a web page.
//!
//! A page is a few lines of Markdown: `# title`, `## heading`, `1. step`, `- point`, `![caption](of=REPORT screen=NAME focus=KEY)`, and
//! paragraphs. Its pictures are painted from the bundled example when they are wanted, so they show the program as it is.

mod html;
mod page;

pub use html::html;
pub use page::{Block, Page, Picture, pages};
