//! Taking files in: each kept as it came, under its body's name, with the time, its hash and its signature written down; nothing is
//! taken twice, and a kill at any moment leaves every copy whole and the lists as they were or as they are to be.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::assembled::County;
use super::journal::{Event, INBOX, RECEIPTS, What, add_events};
use super::name::{Names, Whose};
use super::source;
use crate::form::Catalog;
use crate::model::Fingerprint;
use crate::read::MAX_MB;
use crate::review;
use crate::store::{self, Disk, Receipt, StoreError};

/// A file that is to be taken in, looked at.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Where it lies now.
    pub path: PathBuf,
    /// SM3 of its bytes.
    pub sm3: Fingerprint,
    /// The agency in its title; empty where it tells none.
    pub agency: String,
    /// Code of its signature; empty where it has none.
    pub code: String,
    /// Whose it is.
    pub whose: Whose,
    /// The county has this very file already.
    pub is_known: bool,
    /// What its sender is given, where it was signed and handed in.
    pub receipt: Option<Receipt>,
}

/// Looks at a file that is to be taken in.
///
/// # Errors
/// It holds no report that can be read, or several, with the path.
pub fn look_at(disk: &dyn Disk, county: &County, path: &Path, catalog: &Catalog) -> Result<Incoming, String> {
    let (reports, sm3) = source::reports(disk, path, catalog)?;
    let [(form, draft, _)] = reports.as_slice() else {
        return Err(format!("里面有 {} 份报告，请先用“导入”分开；文件：{}", reports.len(), path.display()));
    };
    let report = form.report(draft);
    let approval = review::approval(report).filter(|approval| approval.is_intact);
    Ok(Incoming {
        path: path.to_owned(),
        sm3,
        agency: draft.agency.clone(),
        code: approval.map(|approval| approval.code).unwrap_or_default(),
        whose: Names::new(&county.roster).whose(&draft.agency),
        is_known: county.journal.events.iter().any(|event| event.what == What::Received && event.sm3 == sm3.to_string()),
        receipt: Receipt::of(report),
    })
}

/// Takes a file in for this body: copies it into the county's folder, where it does not lie there, and writes that down. The very same
/// file of the same body is not taken twice.
///
/// # Errors
/// The disk refuses, or the file is no longer the one that was looked at; what is not written down is not taken in.
pub fn take_in(disk: &dyn Disk, folder: &Path, unit: &str, file: &Incoming, by: &str, now: DateTime) -> Result<(), StoreError> {
    let bytes = store::read_regular(disk, &file.path, MAX_MB)?;
    if review::sm3(&bytes) != file.sm3 {
        return Err(StoreError::ChangedOnDisk(file.path.clone()));
    }
    let lies = match file.path.strip_prefix(folder) {
        Ok(below) => below.to_owned(),
        Err(_) => kept(disk, folder, unit, &file.path, &bytes)?,
    };
    if let Some(receipt) = &file.receipt {
        let place = folder.join(RECEIPTS).join(format!("{}-{}.ron", clean(unit), receipt.code));
        make_folder_of(&place)?;
        store::write_whole(disk, &place, receipt.text().as_bytes())?;
    }
    let event = Event {
        time: now,
        what: What::Received,
        unit: unit.to_owned(),
        file: lies.display().to_string(),
        sm3: file.sm3.to_string(),
        code: file.code.clone(),
        by: by.to_owned(),
        note: file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    };
    add_events(disk, folder, &[event])
}

/// Puts the bytes into the body's own folder, as they came. Lies the same file there already, that is it.
fn kept(disk: &dyn Disk, folder: &Path, unit: &str, from: &Path, bytes: &[u8]) -> Result<PathBuf, StoreError> {
    let below = Path::new(INBOX).join(clean(unit));
    let name = from.file_name().unwrap_or_default();
    let mut place = folder.join(&below).join(name);
    make_folder_of(&place)?;
    for no in 2.. {
        match store::write_known(disk, &place, bytes, None) {
            Ok(()) => break,
            // The same bytes are there from a time that was cut short.
            Err(StoreError::ChangedOnDisk(_)) if store::read_regular(disk, &place, MAX_MB).is_ok_and(|there| there == bytes) => break,
            Err(StoreError::ChangedOnDisk(_)) => {
                let (stem, ending) = (from.file_stem().unwrap_or_default(), from.extension().unwrap_or_default());
                place.set_file_name(format!("{}（{no}）.{}", stem.to_string_lossy(), ending.to_string_lossy()));
            }
            Err(err) => return Err(err),
        }
    }
    Ok(place.strip_prefix(folder).map(Path::to_owned).unwrap_or(place))
}

/// A body's name as a folder's.
pub(super) fn clean(unit: &str) -> String {
    unit.chars().filter(|c| !c.is_control() && !"<>:\"/\\|?*.".contains(*c)).take(60).collect()
}

/// Makes the folder of a file. What several people share has the permissions of the folder above it.
pub(super) fn make_folder_of(place: &Path) -> Result<(), StoreError> {
    let folder = place.parent().unwrap_or(place);
    std::fs::create_dir_all(folder).map_err(|source| StoreError::NotWritten { source, path: folder.to_owned() })
}

/// The time of a step as lists have it: this machine's clock.
pub fn clock(now: Timestamp) -> DateTime {
    now.to_zoned(jiff::tz::TimeZone::system()).datetime()
}
