//! The figures of one year that a trend is made of. What a report does not say stays unknown, it is no zero.

use crate::form::Form;
use crate::model::{Draft, Entry, Kind, Prior};

/// One year's figures, in 件.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// The report year.
    pub year: u16,
    /// The agency as the report names it.
    pub agency: String,
    /// 本年新收, 办结（七）总计, 结转下年度.
    pub requests: [Option<i64>; 3],
    /// Results of those done, by [`Year::RESULTS`].
    pub results: [Option<i64>; 6],
    /// Requests received, by [`Year::APPLICANTS`].
    pub applicants: [Option<i64>; 6],
    /// 行政复议, 行政诉讼.
    pub disputes: [Option<i64>; 2],
}

impl Year {
    /// The groups of results in 表三.
    pub const RESULTS: [(&str, &str); 6] = [
        ("予以公开", "open."),
        ("部分公开", "partial."),
        ("不予公开", "deny"),
        ("无法提供", "unable"),
        ("不予处理", "noproc"),
        ("其他处理", "other"),
    ];

    /// The columns of 表三.
    pub const APPLICANTS: [(&str, &str); 6] =
        [("自然人", "nat"), ("商业企业", "biz"), ("科研机构", "sci"), ("社会公益组织", "ngo"), ("法律服务机构", "law"), ("其他", "oth")];

    /// The figures of a report.
    pub fn of(form: &Form, draft: &Draft) -> Self {
        let figures: Vec<(&str, Option<i64>)> = form.cells().map(|(id, cell)| (&*cell.key, draft.entry(id).value())).collect();
        Self::from_figures(draft.year, &draft.agency, &figures)
    }

    /// The figures of last year's report as a draft holds it.
    pub fn of_prior(prior: &Prior) -> Self {
        let figures: Vec<(&str, Option<i64>)> = prior.figures().map(|(key, text)| (key, Entry::read(Kind::Count, text).value())).collect();
        Self::from_figures(prior.year, &prior.agency, &figures)
    }

    fn from_figures(year: u16, agency: &str, figures: &[(&str, Option<i64>)]) -> Self {
        let one = |key: &str| figures.iter().find(|(known, _)| *known == key).and_then(|(_, figure)| *figure);
        // The rows of a group, by the beginning of their keys; unknown while one of them is.
        let group = |start: &str| {
            let rows = || figures.iter().filter(|(key, _)| key.strip_suffix(".sum").is_some() && key.starts_with(start));
            rows().next()?;
            rows().try_fold(0_i64, |sum, (_, figure)| sum.checked_add((*figure)?))
        };
        Self {
            year,
            agency: agency.to_owned(),
            requests: ["new.sum", "total.sum", "carry_out.sum"].map(one),
            results: Self::RESULTS.map(|(_, start)| group(start)),
            applicants: Self::APPLICANTS.map(|(_, column)| one(&format!("new.{column}"))),
            disputes: [one("rev.total"), one("lit0.total").zip(one("lit1.total")).and_then(|(one, other)| one.checked_add(other))],
        }
    }
}
