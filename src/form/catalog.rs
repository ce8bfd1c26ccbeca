//! The forms at hand, and which one a report year takes.

use std::sync::Arc;

use super::{Form, FormError};

/// The forms that come with the program.
const SHIPPED: [(&str, &str); 2] =
    [("f2019.ron", include_str!("../../assets/forms/f2019.ron")), ("f2021.ron", include_str!("../../assets/forms/f2021.ron"))];

/// All forms at hand.
#[derive(Clone, Debug)]
pub struct Catalog {
    forms: Vec<Arc<Form>>,
}

/// Why there is no form for a report.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NoForm {
    /// Reports before 2019 had another statutory table.
    #[error("{0} 年报告用的是 2019 年以前的旧统计表，本程序没有该表样；可编制 2019 年及以后的报告")]
    TooOld(u16),
    /// No form at hand covers the year.
    #[error("没有适用于 {0} 年报告的表样；新表样可放进程序旁的 forms 文件夹")]
    Unknown(u16),
    /// No form has this id.
    #[error("没有编号为 {0} 的表样；现有：{1}")]
    NoSuchId(String, String),
    /// The form asked for is not the one the year takes.
    #[error("{year} 年报告不用 {form} 表样，应当用 {right}")]
    OtherYears {
        /// The report year.
        year: u16,
        /// The form asked for.
        form: String,
        /// The form the year takes.
        right: String,
    },
}

/// The first report year with one of our forms. Source: 国办公开办函〔2019〕60号.
const FIRST_YEAR: u16 = 2019;

impl Catalog {
    /// The shipped forms alone.
    ///
    /// # Errors
    /// A shipped form is broken; a test keeps that from happening.
    pub fn shipped() -> Result<Self, FormError> {
        let forms = SHIPPED.iter().map(|(file, text)| Form::load(file, text).map(Arc::new));
        Ok(Self { forms: forms.collect::<Result<_, _>>()? })
    }

    /// Adds a form from a file; one with the same id takes the place of the older. A form that came with the program gives
    /// way to none: else labels and rules could be exchanged under a signed report. The very same file adds nothing.
    ///
    /// # Errors
    /// The file is no form, or claims the id of one that came with the program.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), FormError> {
        let form = Form { is_foreign: true, ..Form::load(file, text)? };
        if let Some(own) = self.forms.iter().find(|own| own.id == form.id && !own.is_foreign) {
            let problem = "这个编号是程序自带表样的，不能用文件替换；请给这份表样另起编号".to_owned();
            let refused = FormError { file: file.to_owned(), line: 1, key: form.id.to_string(), problem };
            return if own.hash == form.hash { Ok(()) } else { Err(refused) };
        }
        self.forms.retain(|old| old.id != form.id);
        self.forms.push(Arc::new(form));
        self.forms.sort_by_key(|form| form.years.0);
        Ok(())
    }

    /// All forms, oldest first.
    pub fn forms(&self) -> &[Arc<Form>] {
        &self.forms
    }

    /// The form that a report year takes; the newest where several cover it.
    ///
    /// # Errors
    /// No form covers the year.
    pub fn for_year(&self, year: u16) -> Result<Arc<Form>, NoForm> {
        let none = || if year < FIRST_YEAR { NoForm::TooOld(year) } else { NoForm::Unknown(year) };
        self.forms.iter().rev().find(|form| form.covers(year)).cloned().ok_or_else(none)
    }

    /// The form with this id.
    ///
    /// # Errors
    /// There is none.
    pub fn by_id(&self, id: &str) -> Result<Arc<Form>, NoForm> {
        let ids = || self.forms.iter().map(|form| &*form.id).collect::<Vec<_>>().join("、");
        self.forms.iter().find(|form| *form.id == *id).cloned().ok_or_else(|| NoForm::NoSuchId(id.to_owned(), ids()))
    }

    /// The form with this id, if a report of this year may be made on it.
    ///
    /// # Errors
    /// There is no such form, or the year takes another.
    pub fn by_id_and_year(&self, id: &str, year: u16) -> Result<Arc<Form>, NoForm> {
        let form = self.by_id(id)?;
        if form.covers(year) {
            return Ok(form);
        }
        let right = self.for_year(year)?.id.to_string();
        Err(NoForm::OtherYears { year, form: id.to_owned(), right })
    }
}

/// The year whose report is made in this month: from December on this year's, before that last year's. Source: domain.md §5.2.
pub fn usual_year(this_year: i16, month: i8) -> i16 {
    if month == 12 { this_year } else { this_year - 1 }
}

/// Why the report of this year cannot be made yet; `None` when it can. Who asks knows what year it is.
pub fn not_yet(year: u16, this_year: i16) -> Option<String> {
    (i32::from(year) > i32::from(this_year)).then(|| format!("{year} 年还没有到，不能编制这一年的报告；年度最晚是 {this_year}"))
}
