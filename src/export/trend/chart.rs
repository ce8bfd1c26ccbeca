//! What is drawn of several years: titles, series, the sentence below each picture. Years without a report are gaps, and said to be.

use super::Year;
use crate::rules::percent;

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A group of columns for each year.
    Bars,
    /// A bar for each year, cut into shares.
    Shares,
}

/// One series of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What is counted: `予以公开`.
    pub name: &'static str,
    /// The cell, or the sum of cells, that this year's figure follows: `deny*.sum`.
    pub key: String,
    /// A figure for each year; `None` where nothing is known.
    pub values: Vec<Option<i64>>,
}

/// One chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Title: `办理结果`.
    pub title: &'static str,
    /// Where the figures stand, and their unit.
    pub about: &'static str,
    /// How it is drawn.
    pub shape: Shape,
    /// The years from the first to the last, those without a report too.
    pub years: Vec<u16>,
    /// The years of which there is a report.
    pub known: Vec<u16>,
    /// The series, in the order of the form.
    pub series: Vec<Series>,
}

/// The charts of these years, whatever their order; of a year that comes twice the first counts.
pub fn charts(years: &[Year]) -> Vec<Chart> {
    let known: Vec<u16> = {
        let mut known: Vec<u16> = years.iter().map(|year| year.year).collect();
        known.sort_unstable();
        known.dedup();
        known
    };
    let (Some(&first), Some(&last)) = (known.first(), known.last()) else { return Vec::new() };
    let all: Vec<u16> = (first..=last).collect();
    let chart = |title, about, shape, series| Chart { title, about, shape, years: all.clone(), known: known.clone(), series };
    let in_row = |names: &[(&'static str, String)], of: &dyn Fn(&Year, usize) -> Option<i64>| -> Vec<Series> {
        let one = |(place, (name, key)): (usize, &(&'static str, String))| {
            let value = |wanted: &u16| years.iter().find(|year| year.year == *wanted).and_then(|year| of(year, place));
            Series { name, key: key.clone(), values: all.iter().map(value).collect() }
        };
        names.iter().enumerate().map(one).collect()
    };
    let named = |names: &[(&'static str, &str)]| names.iter().map(|(name, key)| (*name, (*key).to_owned())).collect::<Vec<_>>();
    vec![
        chart(
            "收到、办结和结转的申请",
            "件，表三总计列",
            Shape::Bars,
            in_row(&named(&Year::REQUESTS), &|year, place| year.requests.get(place).copied().flatten()),
        ),
        chart(
            "办理结果",
            "各占多少，条里是件数；表三总计列",
            Shape::Shares,
            in_row(&named(&Year::RESULTS), &|year, place| year.results.get(place).copied().flatten()),
        ),
        chart(
            "谁来申请",
            "各占多少，条里是件数；表三本年新收",
            Shape::Shares,
            in_row(&named(&Year::APPLICANTS), &|year, place| year.applicants.get(place).copied().flatten()),
        ),
        chart(
            "行政复议和行政诉讼",
            "件，表四总计",
            Shape::Bars,
            in_row(&named(&Year::DISPUTES), &|year, place| year.disputes.get(place).copied().flatten()),
        ),
    ]
}

impl Chart {
    /// The years as they are called beside figures; one without a report says so.
    pub fn year_names(&self) -> impl Iterator<Item = String> {
        self.years.iter().map(|year| format!("{year}年{}", if self.known.contains(year) { "" } else { "没有报告" }))
    }

    /// A figure is missing in a year of which there is a report.
    pub fn has_blanks(&self) -> bool {
        let is_known = |place: usize| self.years.get(place).is_some_and(|year| self.known.contains(year));
        self.series.iter().any(|series| series.values.iter().enumerate().any(|(place, value)| value.is_none() && is_known(place)))
    }

    /// The figure of a series in a year, by their places.
    pub fn value(&self, series: usize, year: usize) -> Option<i64> {
        self.series.get(series)?.values.get(year).copied().flatten()
    }

    /// All figures of a year added up; `None` while one is unknown.
    pub fn total(&self, year: usize) -> Option<i64> {
        (0..self.series.len()).try_fold(0_i64, |sum, series| sum.checked_add(self.value(series, year)?))
    }

    /// The same where a program takes no more than so many characters for it: then without the figures, which stand beside.
    pub fn short_words(&self, most: usize) -> String {
        let words = self.words();
        if words.chars().count() <= most { words } else { format!("{}。{}各年的数在图旁的表里。", self.title, self.sentence()) }
    }

    /// What the picture shows, in words, for those who do not see it: every year with its figures.
    pub fn words(&self) -> String {
        let one = |(place, year): (usize, &u16)| {
            if !self.known.contains(year) {
                return format!("{year}年没有报告");
            }
            let figure = |(no, series): (usize, &Series)| match self.value(no, place) {
                Some(value) => format!("{}{value}件", series.name),
                None => format!("{}没有数", series.name),
            };
            format!("{year}年{}", self.series.iter().enumerate().map(figure).collect::<Vec<_>>().join("、"))
        };
        format!("{}。{}。", self.title, self.years.iter().enumerate().map(one).collect::<Vec<_>>().join("；"))
    }

    /// The one sentence below the picture, about the last year.
    pub fn sentence(&self) -> String {
        self.said(|_, value| format!(" {value} "))
    }

    /// The same for a text chapter: in place of the last year's figures the cells that they follow, `{new.sum}`.
    pub fn template(&self) -> String {
        self.said(|series, _| format!("{{{}}}", series.key)).replace(' ', "")
    }

    fn said(&self, figure: impl Fn(&Series, i64) -> String) -> String {
        let Some(last) = self.years.len().checked_sub(1) else { return String::new() };
        let year = self.years.last().copied().unwrap_or_default();
        match self.shape {
            Shape::Bars => {
                let figures = self.series.iter().enumerate().filter_map(|(no, series)| {
                    let value = self.value(no, last)?;
                    let before = last.checked_sub(1).and_then(|before| self.value(no, before));
                    let change = before.map_or_else(String::new, |before| change(value, before));
                    Some(format!("{}{}件{change}", series.name, figure(series, value)))
                });
                let figures: Vec<String> = figures.collect();
                if figures.is_empty() { format!("{year}年没有数。") } else { format!("{year}年{}。", figures.join("；")) }
            }
            Shape::Shares => {
                let largest = self.largest(last, figure);
                largest.map_or_else(|| format!("{year}年没有申请或者没有数。"), |words| format!("{year}年{words}。"))
            }
        }
    }

    /// The largest share of a year in words.
    fn largest(&self, year: usize, figure: impl Fn(&Series, i64) -> String) -> Option<String> {
        let total = self.total(year).filter(|total| *total > 0)?;
        let (no, value) = (0..self.series.len())
            .filter_map(|no| Some((no, self.value(no, year)?)))
            .max_by_key(|(no, value)| (*value, usize::MAX - no))?;
        let series = self.series.get(no)?;
        Some(format!("共 {total} 件，{}{}件，占 {}", series.name, figure(series, value), percent(value, total)))
    }
}

fn change(now: i64, before: i64) -> String {
    match now.saturating_sub(before) {
        0 => "，与上年相同".to_owned(),
        more @ 1.. => format!("，比上年增加 {more} 件"),
        less => format!("，比上年减少 {} 件", less.unsigned_abs()),
    }
}
