//! `gouji verify`: every byte of a reviewed draft's file is covered. The log by its hashes, the report by the hash each step
//! took of it, everything else, spaces and marks of what was looked at, by the seal in the last line.

use jiff::tz::TimeZone;

use super::file::{self, NotDraft};
use super::prior_part;
use super::review_part::{first_line_of_log, is_sealed, seal_fits};
use crate::form::{Catalog, Report};
use crate::model::Step;
use crate::review::{self, Approval, Broken};

/// What a file's bytes prove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nobody has reviewed it: there is nothing to prove.
    NoLog,
    /// Everything fits: so many steps, and the signature in force.
    Fits(usize, Option<Approval>),
    /// It was changed: the first step that does not fit, in words.
    Broken(String),
    /// It is no draft of this program, or a later version's.
    Unreadable,
}

/// Proves a draft file. A file that cannot be read as a draft is broken, if it still shows that it once was a reviewed draft.
pub fn prove(bytes: &[u8], catalog: &Catalog) -> Proof {
    match file::decode(bytes, catalog) {
        Ok((form, draft)) => prove_draft(bytes, form.report(&draft)),
        Err(_) if !is_sealed(bytes) => Proof::Unreadable,
        Err(NotDraft::Newer(_)) if seal_fits(bytes) => Proof::Unreadable,
        Err(NotDraft::Newer(_)) => Proof::Broken("文件开头的格式号被改动过，各步都无法核对".to_owned()),
        Err(NotDraft::Damaged(damage)) => {
            let step = first_line_of_log(bytes).and_then(|first| damage.line.checked_sub(first)).map(|before| before + 1);
            let num_steps = count_steps(bytes);
            let place = match step.filter(|no| (1..=num_steps).contains(no)) {
                Some(no) => format!("第 {no} 步的记录"),
                None if prior_part::has_line(bytes, damage.line) => format!("最后一步（第 {num_steps} 步）以后，收入的上年报告"),
                None => format!("最后一步（第 {num_steps} 步）以后，记录以外的内容"),
            };
            Proof::Broken(format!("{place}被改动过，读不出来：{damage}"))
        }
    }
}

fn count_steps(bytes: &[u8]) -> usize {
    String::from_utf8_lossy(bytes).lines().filter(|line| line.starts_with("        (id: ")).count()
}

fn prove_draft(bytes: &[u8], report: Report<'_>) -> Proof {
    let steps = report.draft.review().steps();
    if let Some(flaw) = review::first_flaw(report).filter(|flaw| flaw.what != Broken::Seal) {
        let step = steps.get(flaw.place).map(|step| step_name(flaw.place + 1, step)).unwrap_or_default();
        let prior = if prior_part::is_changed(bytes, report) { "；被改动的是上年报告" } else { "" };
        return Proof::Broken(format!("{step}：{}{prior}", flaw.what.words()));
    }
    let canonical = file::encode(report);
    let is_same = canonical.as_bytes() == bytes && !report.draft.review().is_unsealed();
    if !is_same && (!report.draft.review().is_empty() || is_sealed(bytes)) {
        let differs = canonical.as_bytes().split(|byte| *byte == b'\n').zip(bytes.split(|byte| *byte == b'\n')).position(|(a, b)| a != b);
        let is_prior = differs.is_some_and(|line| prior_part::has_line(bytes, line + 1));
        let prior = if is_prior { "上年报告的" } else { "" };
        let line = differs.map_or_else(String::new, |line| format!("（{prior}第 {} 行）", line + 1));
        let last = steps.last().map_or_else(|| "没有办理记录".to_owned(), |step| step_name(steps.len(), step));
        return Proof::Broken(format!(
            "{last}以后，文件{line}在报告和记录以外被改动过：空格、换行、查看标记或封签，后面的记录也可能被删去"
        ));
    }
    if steps.is_empty() { Proof::NoLog } else { Proof::Fits(steps.len(), review::approval(report)) }
}

/// A step for people: `第 3 步 2026-01-30 10:02 李四（审核人）退回修改`.
pub fn step_name(no: usize, step: &Step) -> String {
    let time = step.time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M");
    let clock = step.witness.as_ref().and_then(|witness| witness.clock).map_or_else(String::new, |clock| {
        let clock = clock.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M");
        format!("（当时电脑的时钟是 {clock}，比上一步早，按上一步的时间记）")
    });
    format!("第 {no} 步 {time} {}{}{clock}", step.person, step.action.name())
}
