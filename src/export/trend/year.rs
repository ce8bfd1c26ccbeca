//! The figures of one year that a trend is made of. What a report does not say stays unknown, it is no zero.

use crate::form::Report;
use crate::model::{Entry, Kind, Prior};

/// One year's figures, in 件.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// The report year.
    pub year: u16,
    /// The agency as the report names it.
    pub agency: String,
    /// 本年新收, 办结（七）总计, 结转下年度, by [`Year::REQUESTS`].
    pub requests: [Option<i64>; 3],
    /// Results of those done, by [`Year::RESULTS`].
    pub results: [Option<i64>; 6],
    /// Requests received, by [`Year::APPLICANTS`].
    pub applicants: [Option<i64>; 6],
    /// 行政复议, 行政诉讼, by [`Year::DISPUTES`].
    pub disputes: [Option<i64>; 2],
}

/// Reports, and last year's reports that they hold, by year. Of a year that has a report of its own, that one counts.
pub fn in_order(reports: Vec<(Year, Option<Year>)>) -> Vec<Year> {
    let (mut years, priors): (Vec<Year>, Vec<Option<Year>>) = reports.into_iter().unzip();
    for prior in priors.into_iter().flatten() {
        if years.iter().all(|year| year.year != prior.year) {
            years.push(prior);
        }
    }
    years.sort_by_key(|year| year.year);
    years
}

impl Year {
    /// What became of the requests, each with its cell.
    pub const REQUESTS: [(&str, &str); 3] = [("本年新收", "new.sum"), ("办结", "total.sum"), ("结转下年度", "carry_out.sum")];

    /// The groups of results in 表三, each with its cells.
    pub const RESULTS: [(&str, &str); 6] = [
        ("予以公开", "open.sum"),
        ("部分公开", "partial.sum"),
        ("不予公开", "deny*.sum"),
        ("无法提供", "unable*.sum"),
        ("不予处理", "noproc*.sum"),
        ("其他处理", "other*.sum"),
    ];

    /// The columns of 表三, each with the cell of what came new.
    pub const APPLICANTS: [(&str, &str); 6] = [
        ("自然人", "new.nat"),
        ("商业企业", "new.biz"),
        ("科研机构", "new.sci"),
        ("社会公益组织", "new.ngo"),
        ("法律服务机构", "new.law"),
        ("其他", "new.oth"),
    ];

    /// The groups of 表四, each with its cells.
    pub const DISPUTES: [(&str, &str); 2] = [("行政复议", "rev.total"), ("行政诉讼", "lit0.total+lit1.total")];

    /// Nothing is known of it that could be drawn.
    pub fn is_blank(&self) -> bool {
        let all = self.requests.iter().chain(&self.results).chain(&self.applicants).chain(&self.disputes);
        all.into_iter().all(Option::is_none)
    }

    /// The figures of a report.
    pub fn of(report: Report<'_>) -> Self {
        let figures: Vec<(&str, Option<i64>)> =
            report.form.cells().map(|(id, cell)| (&*cell.key, report.draft.entry(id).value())).collect();
        Self::from_figures(report.draft.year, &report.draft.agency, &figures)
    }

    /// The figures of last year's report as a draft holds it.
    pub fn of_prior(prior: &Prior) -> Self {
        let figures: Vec<(&str, Option<i64>)> = prior.figures().map(|(key, text)| (key, Entry::read(Kind::Count, text).value())).collect();
        Self::from_figures(prior.year, &prior.agency, &figures)
    }

    fn from_figures(year: u16, agency: &str, figures: &[(&str, Option<i64>)]) -> Self {
        let one = |key: &str| figures.iter().find(|(known, _)| *known == key).and_then(|(_, figure)| *figure);
        // A cell, the rows of a group, several cells; unknown while one of them is.
        let sum = |cells: &str| {
            cells.split('+').try_fold(0_i64, |sum, cell| {
                let Some((start, end)) = cell.split_once('*') else { return sum.checked_add(one(cell)?) };
                let rows = || figures.iter().filter(|(key, _)| key.starts_with(start) && key.ends_with(end));
                rows().next()?;
                rows().try_fold(sum, |sum, (_, figure)| sum.checked_add((*figure)?))
            })
        };
        Self {
            year,
            agency: agency.to_owned(),
            requests: Self::REQUESTS.map(|(_, cells)| sum(cells)),
            results: Self::RESULTS.map(|(_, cells)| sum(cells)),
            applicants: Self::APPLICANTS.map(|(_, cells)| sum(cells)),
            disputes: Self::DISPUTES.map(|(_, cells)| sum(cells)),
        }
    }
}
