//! The drafts worked on last and what crashes left behind, as the start screen lists them.

use std::path::PathBuf;

use crate::store::{DraftFile, Left};
use crate::ui::look::widgets::{changed_words, clock};

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
    pub path: PathBuf,
}

/// Changes that no file holds: left behind by a crash, or given up not long ago.
#[derive(Clone, Debug)]
pub struct LeftDraft {
    /// The journal.
    pub file: PathBuf,
    /// The draft's own file, if it has one.
    pub path: Option<PathBuf>,
    /// Agency and year.
    pub name: String,
    /// How much it is, when it was last changed, what becomes of it.
    pub words: String,
    /// It can be read.
    pub is_whole: bool,
}

impl LeftDraft {
    /// What the lists say of it.
    pub fn of(left: &Left) -> Self {
        let file = left.file.clone();
        let lost = match &left.found {
            Ok(lost) => lost,
            Err(err) => {
                return Self { file, path: None, name: "读不出的恢复记录".to_owned(), words: err.to_string(), is_whole: false };
            }
        };
        let replay = &lost.replay;
        let goes = match lost.standing {
            DraftFile::AsBefore => "恢复后接着在原文件里填",
            DraftFile::Changed(_) => "原文件后来又改过，恢复为另外一份，不动原文件",
            DraftFile::Missing => "没有草稿文件，恢复后请保存",
        };
        Self {
            file,
            path: replay.path.clone(),
            name: format!("{} {}年", replay.draft.agency, replay.draft.year),
            words: format!("{}，没有保存，最后改于 {}；{goes}", changed_words(lost.changed), clock(replay.last_edit)),
            is_whole: true,
        }
    }
}
