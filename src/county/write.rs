//! The sum of a county as a file: a draft that goes its own way, a workbook, a list, a file for engines of columns.

use std::path::Path;

use super::assembled::County;
#[cfg(feature = "parquet")]
use super::columns::parquet;
use super::out::{list, workbook};
use super::totals::Sum;
use crate::export::ExportError;
use crate::store::{self, Disk, StoreError};

/// Why the sum was not written. Nothing was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The name ends as none of the kinds does.
    #[error("汇总的文件名须以 .gouji、.xlsx、.csv 或 .parquet 结尾")]
    Ending,
    /// No sum stands while so many bodies are missing.
    #[error("还有 {0} 个单位没有报齐，和定不下来，没有写草稿；要看已报各单位之和，请写 .xlsx")]
    NotWhole(usize),
    /// Nobody knows whose report it is to be.
    #[error("不知道汇总报告是哪个单位的，没有写草稿；请在名册里写上本级，或用 --agency 写明")]
    NoAgency,
    /// The workbook could not be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The disk refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file of columns could not be made.
    #[cfg(feature = "parquet")]
    #[error("不能生成 Parquet：{0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// The county's own draft.
    Draft,
    /// The workbook.
    Workbook,
    /// A row a body, as CSV.
    List,
    /// A row a body and cell, as Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Output {
    /// The kind that the ending of a name says; none for another ending.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "gouji" => Self::Draft,
            "xlsx" => Self::Workbook,
            "csv" => Self::List,
            #[cfg(feature = "parquet")]
            "parquet" => Self::Parquet,
            _ => return None,
        })
    }
}

/// Writes the sum to this path; a draft only where nothing stands, and only where the sum does.
///
/// # Errors
/// Nothing is written.
pub fn write(disk: &dyn Disk, county: &County, sum: &Sum, path: &Path) -> Result<(), WriteError> {
    match Output::of(path).ok_or(WriteError::Ending)? {
        Output::Draft if !sum.is_whole() => return Err(WriteError::NotWhole(sum.num_missing)),
        Output::Draft if county.agency.trim().is_empty() => return Err(WriteError::NoAgency),
        Output::Draft => store::save_new(disk, path, county.form.report(&sum.draft(county)))?,
        Output::Workbook => store::write_output(disk, path, &workbook(county, sum, county.today)?)?,
        Output::List => store::write_output(disk, path, list(county, sum).as_bytes())?,
        #[cfg(feature = "parquet")]
        Output::Parquet => store::write_output(disk, path, &parquet(county)?)?,
    }
    Ok(())
}
