//! How far the practice sheet has come.

/// How far the practice has come.
#[derive(Debug, Default)]
pub struct Practice {
    /// Tasks that are done.
    pub num_done: usize,
}
