//! How a body stands with its county: where its report is, what is next, and which day counts.
//! Source: domain.md §5.1 (未报、已报、退回、逾期), R68 条例第四十九条, R69.

use jiff::civil::{Date, date};

/// Where a body's report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Not come, and there is time.
    Missing,
    /// Not come, and its day is over.
    Overdue,
    /// Given back to be mended.
    Returned,
    /// Come.
    Received,
    /// Come, signed, and the signature holds.
    Signed,
}

impl State {
    /// The word for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "未报",
            Self::Overdue => "逾期未报",
            Self::Returned => "退回修改",
            Self::Received => "已报",
            Self::Signed => "已签发",
        }
    }

    /// The word in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Overdue => "overdue",
            Self::Returned => "returned",
            Self::Received => "received",
            Self::Signed => "signed",
        }
    }

    /// Its figures stand in the sum.
    pub fn is_in(self) -> bool {
        self >= Self::Received
    }
}

/// What a body needs of the county, in the order in which it is worked off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Its report breaks a rule, has blank cells, or was changed after it was signed: a letter of return.
    Wrong,
    /// Something in it is to be looked at.
    Look,
    /// It is to be reminded.
    Overdue,
    /// It is mending.
    Returned,
    /// It has time.
    Missing,
    /// Nothing.
    Ready,
}

impl Need {
    /// All, in order.
    pub const ALL: [Self; 6] = [Self::Wrong, Self::Look, Self::Overdue, Self::Returned, Self::Missing, Self::Ready];

    /// The word for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wrong => "不平",
            Self::Look => "请核对",
            Self::Overdue => "逾期未报",
            Self::Returned => "退回修改",
            Self::Missing => "未报",
            Self::Ready => "可汇总",
        }
    }

    /// The word in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Look => "look",
            Self::Overdue => "overdue",
            Self::Returned => "returned",
            Self::Missing => "missing",
            Self::Ready => "ready",
        }
    }

    /// What the county does next.
    pub fn next(self) -> &'static str {
        match self {
            Self::Wrong => "写退回函",
            Self::Look => "看一看",
            Self::Overdue => "催报",
            Self::Returned => "等改好",
            Self::Missing => "等收文",
            Self::Ready => "",
        }
    }
}

/// The day until which a body submits and publishes its report of a year: the law's (R68).
pub fn legal_day(report_year: u16) -> Date {
    date(after(report_year), 1, 31)
}

/// The day until which the county publishes its own (R68).
pub fn county_day(report_year: u16) -> Date {
    date(after(report_year), 3, 31)
}

/// The year in which a report is made.
fn after(report_year: u16) -> i16 {
    i16::try_from(report_year).unwrap_or(i16::MAX - 1).min(9998) + 1
}
