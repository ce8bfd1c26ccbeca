//! How names of drafts and of their kept copies end.

use std::path::Path;

/// Ending of a draft's file, without the dot.
pub const DRAFT_ENDING: &str = "gouji";

/// Ending of the copy that is kept of a draft as it was before it was saved.
pub const BACKUP_ENDING: &str = "bak";

/// The name ends as a draft's does, in large or small letters.
pub fn is_draft_name(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(DRAFT_ENDING))
}
