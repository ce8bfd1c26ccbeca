//! When a request came in and was answered: dates as typed, with what surrounds them.

use jiff::civil::Date;

use super::date::{Written, year_of_number};
use super::doubt::Doubt;

/// A day, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Nothing is written.
    Blank,
    /// This day.
    Day(Date),
    /// To be asked: why, and the day that is proposed.
    Asked(Doubt, Option<Date>),
}

impl When {
    /// The day, also a proposed one.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Asked(_, proposal) => *proposal,
            Self::Blank => None,
        }
    }
}

/// Longest time between receipt and answer that makes a year plausible, in days: twice the extended term.
const PLAUSIBLE: i32 = 180;
/// Days around New Year in which a request may bear the number of the other year.
const AROUND_NEW_YEAR: i32 = 31;

fn days_between(from: Date, to: Date) -> i32 {
    to.since((jiff::Unit::Day, from)).map_or(i32::MAX, |span| span.get_days())
}

fn is_plausible(received: Date, answered: Date) -> bool {
    (0..=PLAUSIBLE).contains(&days_between(received, answered))
}

fn in_year(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// The day of receipt. `year` is that of dates without one; `number` is the request's, which may name a year too.
pub(super) fn received(written: Written, year: Result<i16, i16>, number: &str) -> When {
    let day = match written {
        Written::Blank => return When::Blank,
        Written::Day(day) => When::Day(day),
        Written::MonthDay(month, day) => match year {
            Ok(year) => in_year(year, month, day).map_or(When::Asked(Doubt::DateUnread, None), When::Day),
            Err(proposed) => When::Asked(Doubt::YearUnclear, in_year(proposed, month, day)),
        },
        Written::NoSuchDay | Written::SameDay | Written::Several | Written::Unread => When::Asked(Doubt::DateUnread, None),
    };
    let (When::Day(date), Some(numbered)) = (&day, year_of_number(number)) else { return day };
    let near = in_year(date.year(), 1, 1).map_or(0, |start| days_between(start, *date));
    let is_near = numbered - date.year() == 1 && near > 365 - AROUND_NEW_YEAR || date.year() - numbered == 1 && near < AROUND_NEW_YEAR;
    let is_yearless = matches!(written, Written::MonthDay(..));
    if numbered == date.year() || is_near && !is_yearless {
        return day;
    }
    When::Asked(Doubt::YearUnclear, in_year(numbered, date.month(), date.day()))
}

/// The day of the answer.
pub(super) fn answered(written: Written, year: Result<i16, i16>, received: Option<Date>) -> When {
    let day = match written {
        Written::Blank => return When::Blank,
        Written::SameDay => return received.map_or(When::Asked(Doubt::DateUnread, None), When::Day),
        Written::NoSuchDay | Written::Several | Written::Unread => return When::Asked(Doubt::DateUnread, None),
        Written::MonthDay(month, day) => return without_year(month, day, year, received),
        Written::Day(day) => day,
    };
    let Some(received) = received.filter(|received| day < *received) else { return When::Day(day) };
    // 2024-12-20 and 2024-01-05: most likely January of the next year.
    let next = in_year(day.year() + 1, day.month(), day.day()).filter(|next| is_plausible(received, *next));
    if next.is_some() || day.year() != received.year() { When::Asked(Doubt::AnsweredBefore, next) } else { When::Day(day) }
}

fn without_year(month: i8, day: i8, year: Result<i16, i16>, received: Option<Date>) -> When {
    let base = match (year, received) {
        (Ok(year), _) => year,
        (Err(_), Some(received)) => received.year(),
        (Err(proposed), None) => return When::Asked(Doubt::YearUnclear, in_year(proposed, month, day)),
    };
    let Some(date) = in_year(base, month, day) else { return When::Asked(Doubt::DateUnread, None) };
    let Some(received) = received else { return When::Day(date) };
    if is_plausible(received, date) {
        return When::Day(date);
    }
    let other = [received.year(), received.year() + 1]
        .into_iter()
        .filter_map(|year| in_year(year, month, day))
        .find(|date| is_plausible(received, *date));
    match other {
        Some(other) => When::Asked(Doubt::YearUnclear, Some(other)),
        None if date < received && date.year() != received.year() => When::Asked(Doubt::YearUnclear, None),
        None => When::Day(date),
    }
}
