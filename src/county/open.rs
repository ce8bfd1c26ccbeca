//! A county as it lies on the disk: the reports, the roster and the lists beside them.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use super::assembled::County;
use super::build::{Asked, usual_year};
use super::journal::Journal;
use super::reading::read;
use super::roster::{self, Roster, UnitKind};
use super::rows;
use crate::form::Catalog;
use crate::store::{Disk, Standing};

/// What is to be opened.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The county's folder, or files and folders.
    pub paths: Vec<PathBuf>,
    /// A roster elsewhere than in the folder.
    pub roster: Option<PathBuf>,
    /// The name under which the county reports; that of its own part where none is given.
    pub agency: Option<String>,
    /// The report year; that of most reports where none is given.
    pub year: Option<u16>,
    /// The day that counts as today.
    pub today: Date,
}

impl Wanted {
    /// The county's own folder; none where several things are named.
    pub fn folder(&self) -> Option<&Path> {
        match self.paths.as_slice() {
            [folder] if folder.is_dir() => Some(folder),
            _ => None,
        }
    }
}

/// Opens a county. `told` hears how many of how many files are done; told to stop, it puts together what it has.
///
/// # Errors
/// A folder, the roster or a list cannot be read, or nobody can tell what year it is about.
pub fn open(
    disk: &dyn Disk,
    wanted: &Wanted,
    catalog: &Catalog,
    stop: &AtomicBool,
    told: impl FnMut(usize, usize),
) -> Result<County, String> {
    if let Some(gone) = wanted.paths.iter().find(|path| matches!(disk.standing(path), Ok(Standing::Missing))) {
        return Err(format!("找不到（可能被移走、U 盘被拔出，或共享文件夹断开）：{}", gone.display()));
    }
    let folder = wanted.folder();
    let beside = folder.map(|folder| folder.join(roster::FILE)).filter(|path| !matches!(disk.standing(path), Ok(Standing::Missing)));
    let list = wanted.roster.clone().or(beside);
    let mut reading = read(disk, folder, &wanted.paths, catalog, stop, told)?;
    if let Some(list) = &list {
        // A roster of any kind may lie among the reports.
        let is_list = |path: &Path| folder.map_or_else(|| path.to_owned(), |folder| folder.join(path)) == *list;
        reading.refused.retain(|refused| !is_list(&refused.path));
        reading.taken.retain(|taken| !is_list(&taken.lying.path));
    }
    // A county with a roster and no report yet waits for those of the year that has ended.
    let ended = || u16::try_from(wanted.today.year() - 1).ok().filter(|_| list.is_some() && reading.taken.is_empty());
    let year = wanted.year.or_else(|| usual_year(&reading.taken)).or_else(ended).ok_or("看不出是哪一年的报告，请写明年度")?;
    let form = catalog.for_year(year).map_err(|none| none.to_string())?;
    let roster = list.map(|list| rows::read(disk, &list).map(|rows| Roster::read(&rows, year))).transpose()?;
    let own = || roster.iter().flat_map(|roster| &roster.units).find(|unit| unit.kind == UnitKind::Own).map(|unit| unit.name.clone());
    let agency = wanted.agency.clone().or_else(own).unwrap_or_default();
    let journal =
        folder.map_or_else(|| Ok(Journal::default()), |folder| Journal::load(disk, folder, &form)).map_err(|err| err.to_string())?;
    Ok(County::new(form, reading, roster, journal, Asked { year, agency, today: wanted.today }))
}
