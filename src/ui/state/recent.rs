//! The drafts worked on last, as the start screen lists them.

/// A draft worked on lately, and how it stands.
#[derive(Clone, Debug)]
pub struct RecentDraft {
    /// Agency and year.
    pub name: String,
    /// What is open in it.
    pub state: String,
    /// The file it stands in.
    pub path: std::path::PathBuf,
}
