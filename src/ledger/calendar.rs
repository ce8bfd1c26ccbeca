//! Working days by year, and the day on which an answer is due (条例 art. 33).

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::error::LedgerError;

/// The shipped years.
const SHIPPED: &str = include_str!("../../assets/ledger/holidays.ron");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    years: Vec<YearFile>,
}

/// One year's arrangement.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    year: i16,
    /// The notice; read by people.
    source: String,
    days_off: Vec<String>,
    days_worked: Vec<String>,
}

/// The working days of the years that are known.
#[derive(Debug)]
pub(super) struct Calendar {
    days: Vec<Date>,
    years: Vec<i16>,
}

/// Working days for an answer, and for its extension.
pub(super) const TERM: usize = 20;

impl Calendar {
    /// The shipped calendar.
    ///
    /// # Errors
    /// The data is broken; a test keeps that from happening.
    pub fn shipped() -> Result<Self, LedgerError> {
        let file: CalendarFile = ron::from_str(SHIPPED).map_err(|err| LedgerError::Data(format!("holidays.ron {err}")))?;
        let mut calendar = Self { days: Vec::new(), years: Vec::new() };
        for year in &file.years {
            calendar.add(year)?;
        }
        Ok(calendar)
    }

    fn add(&mut self, year: &YearFile) -> Result<(), LedgerError> {
        let wrong = || LedgerError::Data(format!("holidays.ron {} {}", year.year, year.source));
        let is_listed = |list: &[String], date: Date| list.iter().any(|day| *day == format!("{:02}-{:02}", date.month(), date.day()));
        let mut date = Date::new(year.year, 1, 1).map_err(|_no_such_day| wrong())?;
        while date.year() == year.year {
            let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            if is_listed(&year.days_worked, date) || !is_weekend && !is_listed(&year.days_off, date) {
                self.days.push(date);
            }
            date = date.tomorrow().map_err(|_end_of_time| wrong())?;
        }
        self.years.push(year.year);
        Ok(())
    }

    /// The last day for an answer: so many working days from the day after `from`. None where a year on the way is not known.
    pub fn due(&self, from: Date, num_days: usize) -> Option<Date> {
        let first = self.days.partition_point(|day| *day <= from);
        let due = first.checked_add(num_days)?.checked_sub(1).and_then(|at| self.days.get(at)).copied()?;
        (from.year()..=due.year()).all(|year| self.years.contains(&year)).then_some(due)
    }
}
