//! The drafts worked on last, as the start screen lists them.

/// A draft worked on lately, and how it stands.
#[derive(Clone, Debug)]
pub struct RecentDraft {
    /// Agency and year.
    pub name: String,
    /// How far it has come, whose turn it is, since when; or that its log proves nothing.
    pub standing: String,
    /// Its log does not fit.
    pub is_broken: bool,
    /// What is open in it.
    pub state: String,
    /// The file it stands in.
    pub path: std::path::PathBuf,
}
