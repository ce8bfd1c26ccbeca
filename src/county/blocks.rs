//! The bytes of an index: blocks one behind the other, each proven by its own digest, so that what changed is added to the end and a
//! block that is torn costs only itself and what follows.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::figures::{Figures, put, take};
use super::taken::{Counts, Lying, Taken};
use crate::model::{Fingerprint, Status};
use crate::store::sum;

/// Bytes in front of a block: its length, and its digest.
const HEAD: usize = 16;

/// A block with these reports, those of one file one behind the other. `kind` is what its index rests on: a block that rests on
/// something else is none. `is_added` tells what is added from what was written with all.
pub fn block<'a>(kind: &str, is_added: bool, reports: impl IntoIterator<Item = &'a Taken>) -> Vec<u8> {
    let mut pen = Pen(vec![is_added.into()]);
    let mut file: Option<&Arc<Lying>> = None;
    for one in reports {
        let is_new = file.is_none_or(|file| !Arc::ptr_eq(file, &one.lying));
        pen.number(is_new.into());
        if is_new {
            pen.lying(&one.lying);
            file = Some(&one.lying);
        }
        pen.taken(one);
    }
    let body = pen.0;
    let head = [body.len() as u64, sum(&[kind.as_bytes(), &body])];
    head.into_iter().flat_map(u64::to_le_bytes).chain(body).collect()
}

/// A block as it lies in an index.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    sum: u64,
    body: &'a [u8],
}

/// The blocks that lie one behind the other, as far as they are whole by length, and whether that is all.
pub fn blocks(mut bytes: &[u8]) -> (Vec<Block<'_>>, bool) {
    let mut blocks = Vec::new();
    while let Some((head, rest)) = bytes.split_at_checked(HEAD) {
        let word = |at: usize| head.get(at..at + 8).and_then(|word| word.try_into().ok()).map_or(0, u64::from_le_bytes);
        let Some((body, rest)) = usize::try_from(word(0)).ok().and_then(|length| rest.split_at_checked(length)) else { break };
        blocks.push(Block { sum: word(8), body });
        bytes = rest;
    }
    (blocks, bytes.is_empty())
}

impl Block<'_> {
    /// Whether it was added, and its reports; none where it is damaged or rests on something else.
    pub fn reports(self, kind: &str) -> Option<(bool, Vec<Taken>)> {
        (sum(&[kind.as_bytes(), self.body]) == self.sum).then_some(())?;
        let (is_added, body) = self.body.split_first()?;
        let (mut eye, mut reports, mut file) = (Eye(body), Vec::new(), None);
        while !eye.0.is_empty() {
            if eye.number()? == 1 {
                file = Some(Arc::new(eye.lying()?));
            }
            reports.push(eye.taken(file.as_ref()?)?);
        }
        Some((*is_added == 1, reports))
    }
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
