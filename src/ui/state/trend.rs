//! The page of pictures: which years there are, and where each comes from.

use super::other_years::OtherYear;
use super::work::Work;
use crate::export::trend::{Chart, Year, charts, in_order};
use crate::model::{Edit, SectionId, Splice};
use crate::ui::command::places::Target;

/// The chapter that takes the sentences.
const OVERVIEW: SectionId = SectionId(1);

impl Work {
    /// Years with a report at hand, in order, each with where it comes from: the open one, those found and added, last year's
    /// as the draft holds it.
    pub fn years(&self) -> Vec<(Year, &'static str)> {
        let report = self.session.report();
        let prior = report.draft.prior().map(|prior| (Year::of_prior(prior), "收入的上年报告"));
        let others = self.trend.others.iter().map(|other| (other.year.clone(), other.from));
        let mut years: Vec<(Year, &'static str)> = Vec::new();
        for one in [(Year::of(report), "本报告")].into_iter().chain(prior).chain(others) {
            if years.iter().all(|(known, _)| known.year != one.0.year) {
                years.push(one);
            }
        }
        years.sort_by_key(|(year, _)| year.year);
        years
    }

    /// Shows the pictures in place of the chapter.
    pub fn show_trend(&mut self) {
        self.commit();
        (self.reading, self.trend.is_open) = (None, true);
    }

    /// What stands above the pictures in a file: whose they are, and of which years.
    pub fn trend_title(&self) -> String {
        let years = self.years();
        let (first, last) = (years.first().map_or(0, |(year, _)| year.year), years.last().map_or(0, |(year, _)| year.year));
        let span = if first == last { first.to_string() } else { format!("{first}—{last}") };
        format!("{} {span}年政府信息公开情况", self.session.draft().agency)
    }

    /// The pictures of these years.
    pub fn charts(&self) -> Vec<Chart> {
        charts(&in_order(self.years().into_iter().map(|(year, _)| (year, None)).collect()))
    }

    /// Draws this year's report as well; of a year that is there already the new one.
    pub fn add_year(&mut self, other: OtherYear) {
        self.trend.others.retain(|known| known.year.year != other.year.year);
        self.trend.others.push(other);
    }

    /// Writes a sentence at the end of 总体情况, its figures following their cells where the form has them.
    pub fn write_sentence(&mut self, words: &str, plain: &str) {
        self.commit();
        let text = self.session.draft().section(OVERVIEW);
        let (at, line) = (text.chars().count(), if text.is_empty() || text.ends_with('\n') { "" } else { "\n" });
        let linked = self.session.insert_edits(OVERVIEW, at, &format!("{line}{words}"));
        let splice = Splice { at, old: "".into(), new: format!("{line}{plain}").into() };
        self.session.apply_alone(linked.unwrap_or_else(|| vec![Edit::Text(OVERVIEW, splice)]));
        let end = self.session.draft().section(OVERVIEW).chars().count();
        self.visit(Target::Text(OVERVIEW, Some((end, end))));
    }
}
