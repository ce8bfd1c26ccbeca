//! The index beside a county's folder: what was read of each file, so that only what changed is read again. It is never more than a
//! shortcut: a file counts as unchanged by name, length and time of writing, a time too near to the index's own counts as changed,
//! and an index that is damaged, of another version or of other forms is no index.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::figures::{Figures, put, take};
use super::taken::{Counts, Lying, Taken};
use crate::form::Catalog;
use crate::model::{Fingerprint, Status};
use crate::store::{self, Digest, Disk, StoreError};

/// Name of the file, hidden where a leading dot hides.
pub const FILE: &str = ".gouji-county";

/// The first line of an index. Its number grows with what is kept, or with how reports are read and checked.
const FORMAT: &str = "gouji county index 1";

/// Largest index that is read, in megabytes; three hundred thousand reports have some 200.
const MAX_MB: u64 = 2_000;

/// A file written within this time before the index may have been written again in the same tick of the disk's clock.
const TICK: SignedDuration = SignedDuration::from_secs(3);

/// What is known of files, by their path.
#[derive(Debug, Default)]
pub struct Index {
    files: HashMap<PathBuf, Vec<Taken>>,
    /// When the reading began that it was made from; files written after that are read again.
    made: Option<Timestamp>,
}

impl Index {
    /// Files it knows.
    pub fn num_files(&self) -> usize {
        self.files.len()
    }

    /// What was read of this file, if it has not changed since.
    pub fn unchanged(&self, path: &Path, (length, modified): (u64, Timestamp)) -> Option<&[Taken]> {
        let known = self.files.get(path)?;
        let lying = &known.first()?.lying;
        let is_settled = self.made.is_some_and(|made| made.duration_since(modified) > TICK);
        (is_settled && lying.length == length && lying.modified == modified).then_some(known)
    }

    /// The index beside a folder; empty where there is none that fits.
    pub fn load(disk: &dyn Disk, folder: &Path, catalog: &Catalog) -> Self {
        let bytes = store::read_regular(disk, &folder.join(FILE), MAX_MB).unwrap_or_default();
        Self::decode(&bytes, catalog).unwrap_or_default()
    }

    /// Writes what was read beside the folder; `made` is when the reading began.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn save(disk: &dyn Disk, folder: &Path, catalog: &Catalog, taken: &[Taken], made: Timestamp) -> Result<(), StoreError> {
        store::write_whole(disk, &folder.join(FILE), &encode(catalog, taken, made))
    }

    fn decode(bytes: &[u8], catalog: &Catalog) -> Option<Self> {
        let head = head(catalog);
        bytes.strip_prefix(head.as_bytes())?;
        let end = bytes.iter().rposition(|byte| *byte == b'\n')?;
        let (body, digest) = (bytes.get(..end)?, bytes.get(end + 1..)?);
        (std::str::from_utf8(digest).ok()? == Digest::of(body).to_string()).then_some(())?;
        let mut eye = Eye(body.get(head.len()..)?);
        let made = Timestamp::from_second(eye.number()?.cast_signed()).ok()?;
        let mut files = HashMap::new();
        while !eye.0.is_empty() {
            let lying = Arc::new(eye.lying()?);
            let num = eye.number()?;
            let reports: Vec<Taken> = (0..num).map(|_| eye.taken(&lying)).collect::<Option<_>>()?;
            files.insert(lying.path.clone(), reports);
        }
        Some(Self { files, made: Some(made) })
    }
}

/// Head, the reports file by file, and last of all the digest of both.
fn encode(catalog: &Catalog, taken: &[Taken], made: Timestamp) -> Vec<u8> {
    let mut pen = Pen(head(catalog).into_bytes());
    pen.number(made.as_second().cast_unsigned());
    for reports in taken.chunk_by(|one, other| one.lying.path == other.lying.path) {
        let Some(first) = reports.first() else { continue };
        pen.lying(&first.lying);
        pen.number(reports.len() as u64);
        for one in reports {
            pen.taken(one);
        }
    }
    let digest = format!("\n{}", Digest::of(&pen.0));
    pen.0.extend(digest.into_bytes());
    pen.0
}

/// What an index rests on: its format, this program, and every form with its rules and thresholds.
fn head(catalog: &Catalog) -> String {
    let forms: Vec<String> = catalog.forms().iter().map(|form| format!("{} {} {:?}", form.id, form.hash, form.thresholds)).collect();
    format!("{FORMAT}\n{}\n{}\n", env!("CARGO_PKG_VERSION"), forms.join(" "))
}

/// Writes numbers and words one behind the other.
struct Pen(Vec<u8>);

impl Pen {
    fn number(&mut self, number: u64) {
        put(&mut self.0, number);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn time(&mut self, time: Timestamp) {
        self.number(time.as_second().cast_unsigned());
        self.number(u64::from(time.subsec_nanosecond().unsigned_abs()));
    }

    fn lying(&mut self, lying: &Lying) {
        self.bytes(lying.path.to_string_lossy().as_bytes());
        self.number(lying.length);
        self.time(lying.modified);
        self.0.extend_from_slice(&lying.sm3.0);
    }

    fn taken(&mut self, taken: &Taken) {
        self.number(taken.nth as u64);
        self.bytes(taken.agency.as_bytes());
        self.number(taken.year.into());
        self.bytes(taken.form.as_bytes());
        self.bytes(taken.status.code().as_bytes());
        self.bytes(taken.flaw.as_bytes());
        self.bytes(taken.code.as_bytes());
        self.number(taken.filed.is_some().into());
        self.time(taken.filed.unwrap_or_default());
        let Counts { error, warning, look, waiting } = taken.counts;
        for count in [error, warning, look, waiting, taken.num_unread] {
            self.number(count.into());
        }
        self.number(taken.broken.len() as u64);
        for place in &taken.broken {
            self.number((*place).into());
        }
        self.bytes(taken.figures.bytes());
        self.bytes(taken.last.as_ref().map_or(&[], Figures::bytes));
    }
}

/// Reads what [`Pen`] writes; none where it is cut off.
struct Eye<'a>(&'a [u8]);

impl<'a> Eye<'a> {
    fn number(&mut self) -> Option<u64> {
        take(&mut self.0)
    }

    fn small<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    fn raw(&mut self, num: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(num)?;
        self.0 = rest;
        Some(taken)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let num = self.small()?;
        self.raw(num)
    }

    fn word(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    fn time(&mut self) -> Option<Timestamp> {
        let (second, nanosecond) = (self.number()?.cast_signed(), self.small::<u32>()?);
        Timestamp::new(second, if second < 0 { -nanosecond.cast_signed() } else { nanosecond.cast_signed() }).ok()
    }

    fn lying(&mut self) -> Option<Lying> {
        let path = PathBuf::from(self.word()?);
        let (length, modified) = (self.number()?, self.time()?);
        Some(Lying { path, length, modified, sm3: Fingerprint(self.raw(32)?.try_into().ok()?) })
    }

    fn taken(&mut self, lying: &Arc<Lying>) -> Option<Taken> {
        let nth = self.small()?;
        let (agency, year, form) = (self.word()?.to_owned(), self.small()?, self.word()?.into());
        let status = Status::by_code(self.word()?)?;
        let (flaw, code) = (self.word()?.to_owned(), self.word()?.to_owned());
        let is_filed = self.number()? == 1;
        let filed = self.time().filter(|_| is_filed);
        let [error, warning, look, waiting, num_unread] = [self.small()?, self.small()?, self.small()?, self.small()?, self.small()?];
        let num_broken = self.number()?;
        let broken = (0..num_broken).map(|_| self.small()).collect::<Option<_>>()?;
        let figures = Figures::of_bytes(self.bytes()?);
        let last = Some(Figures::of_bytes(self.bytes()?)).filter(|last| !last.bytes().is_empty());
        let counts = Counts { error, warning, look, waiting };
        let lying = Arc::clone(lying);
        Some(Taken { lying, nth, agency, year, form, status, flaw, code, filed, counts, broken, num_unread, figures, last })
    }
}
