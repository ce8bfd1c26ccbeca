//! The drafts worked on last and what crashes left behind, as the start screen lists them.

use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::model::{Role, Status};
use crate::store::{DraftFile, Left};
use crate::ui::look::widgets::{changed_words, clock};

/// A draft worked on lately.
#[derive(Clone, Debug)]
pub struct RecentDraft {
    /// The file it stands in.
    pub path: PathBuf,
    /// When that was last written; none where it cannot be seen.
    pub changed: Option<Timestamp>,
    /// How it stands, or why that is not known.
    pub found: Result<Stand, Missing>,
}

/// How a draft stands.
#[derive(Clone, Debug)]
pub struct Stand {
    /// The agency; empty while it has no name.
    pub agency: String,
    /// The year it reports on.
    pub year: u16,
    /// The form's name: `2021年格式`.
    pub form: String,
    /// How far it has come.
    pub status: Status,
    /// That in words, as its log proves it.
    pub standing: &'static str,
    /// Its log does not fit.
    pub is_broken: bool,
    /// Since when it stands so: `1月30日 14:03 起`; empty before the first step.
    pub since: String,
    /// Errors, and warnings without a reason.
    pub num_open: (usize, usize),
    /// Cells that are blank, and all.
    pub num_blank: (usize, usize),
    /// Text chapters with nothing in them, by their number: `第五章、第六章`.
    pub empty_chapters: String,
    /// What was checked and holds, in words.
    pub checked: String,
}

/// A draft of which nothing can be shown but why.
#[derive(Clone, Copy, Debug)]
pub struct Missing {
    /// What is wrong.
    pub what: &'static str,
    /// Why that may be.
    pub why: &'static str,
}

impl Stand {
    /// What is still to be written, in short.
    pub fn progress(&self) -> String {
        if self.is_broken {
            return "记录与内容不符，要由经办人重新送审".to_owned();
        }
        let cells = match self.num_blank {
            (0, _) => String::new(),
            (blank, all) if blank == all => "表格还没有填".to_owned(),
            (blank, _) => format!("{blank} 格未填"),
        };
        let texts = if self.empty_chapters.is_empty() { String::new() } else { format!("{}待写", self.empty_chapters) };
        [cells, texts].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("，")
    }

    /// How far it has come, in one line: `待审核　轮到审核人　1月30日 14:03 起`.
    pub fn way(&self) -> String {
        let turn = match self.status.turn() {
            _ if self.is_broken => "　记录与内容不符，要由经办人重新送审".to_owned(),
            Some(role) => format!("　轮到{role}"),
            None => String::new(),
        };
        let since = if self.since.is_empty() { String::new() } else { format!("　{}", self.since) };
        format!("{}{}{turn}{since}", if self.is_broken { "× " } else { "" }, self.standing)
    }

    /// Whose turn it is, as whoever sits here sees it; none where nobody has to do anything.
    pub fn turn(&self, mine: Role) -> Option<String> {
        let turn = self.status.turn().filter(|_| !self.is_broken)?;
        Some(if turn == mine { "轮到我".to_owned() } else { format!("等{turn}") })
    }
}

/// The drafts by the year they report on, the latest first; those that cannot be read come last, under no year.
pub fn by_year(recent: &[RecentDraft]) -> Vec<(Option<u16>, Vec<&RecentDraft>)> {
    let year_of = |draft: &RecentDraft| draft.found.as_ref().ok().map(|stand| stand.year);
    let mut years: Vec<Option<u16>> = recent.iter().map(year_of).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    years.into_iter().map(|year| (year, recent.iter().filter(|draft| year_of(draft) == year).collect())).collect()
}

/// Until when a report of this year is to be out, while that is ahead. Source: 条例第四十九条, 每年1月31日前.
pub fn due_words(year: u16, today: Date) -> Option<String> {
    let due = Date::new(i16::try_from(year).ok()?.checked_add(1)?, 1, 31).ok()?;
    match today.until(due).ok()?.get_days() {
        0 => Some("1月31日前公开，就是今天".to_owned()),
        days @ 1..=366 => Some(format!("1月31日前公开，还有 {days} 天")),
        _ => None,
    }
}

/// A time as a list of files has it: `今天 14:32`, `1月20日`, `2024年12月30日`.
pub fn day_words(time: Timestamp, now: &Zoned) -> String {
    let time = time.to_zoned(TimeZone::system());
    let pattern = match (time.date() == now.date(), time.year() == now.year()) {
        (true, _) => "今天 %H:%M",
        (_, true) => "%-m月%-d日",
        _ => "%Y年%-m月%-d日",
    };
    time.strftime(pattern).to_string()
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
