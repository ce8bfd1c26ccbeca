//! A county that is open follows its folder: files that changed are read, and only what hangs on them is decided anew. What comes of
//! it is what a fresh opening finds.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::assembled::County;
use super::build::{Asked, usual_year};
use super::reading::{Came, File, Reading, counted, of_file};
use super::taken::Taken;
use crate::form::Catalog;
use crate::store::{Disk, Standing};
use crate::workers;

/// Files up to which it is worth while to look for what hangs on each.
const FEW: usize = 64;

/// A file that changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// From the county's folder.
    path: PathBuf,
    /// What stands in it now: no report where it is gone.
    came: Came,
}

/// Reads these files of a county's folder again, on all cores. Paths are from the folder.
pub fn read_again(disk: &dyn Disk, folder: &Path, paths: &[PathBuf], catalog: &Catalog) -> Vec<Change> {
    let read = |below: &PathBuf| {
        let path = folder.join(below);
        if matches!(disk.standing(&path), Ok(Standing::Missing)) {
            return Ok(Vec::new());
        }
        let stamp = disk.stamp(&path).ok().and_then(counted);
        of_file(disk, &File { no: 0, path, below: below.clone(), stamp }, catalog)
    };
    paths.iter().zip(workers::each(paths, read)).map(|(path, came)| Change { path: path.clone(), came }).collect()
}

impl Change {
    fn reports(&self) -> &[Taken] {
        self.came.as_deref().unwrap_or_default()
    }
}

impl County {
    /// Takes over what changed in its folder since it was read. False where that leads to another report year: then nothing is taken
    /// over, and the county is to be opened again.
    pub fn renew(&mut self, changes: Vec<Change>) -> bool {
        let places: Vec<Range<usize>> = changes.iter().map(|change| self.reports_in(&change.path)).collect();
        let is_in_place = |(change, place): (&Change, &Range<usize>)| self.is_in_place(change, place.clone());
        if changes.len() <= FEW && changes.iter().zip(&places).all(is_in_place) {
            self.exchange(changes, places);
            return true;
        }
        self.assemble_anew(changes)
    }

    /// The reports of a file, which lie one behind the other, files in the order of their paths.
    fn reports_in(&self, path: &Path) -> Range<usize> {
        let from = self.taken.partition_point(|taken| *taken.lying.path < *path);
        let num = self.taken.iter().skip(from).take_while(|taken| taken.lying.path == path).count();
        from..from + num
    }

    /// The file has the reports of the same bodies and years as before, and nothing is written down of its bytes: it stays whose it was.
    fn is_in_place(&self, change: &Change, place: Range<usize>) -> bool {
        let before = self.taken.get(place).unwrap_or_default();
        let is_same = |(one, other): (&Taken, &Taken)| (&one.agency, one.year) == (&other.agency, other.year);
        before.len() == change.reports().len()
            && before.iter().zip(change.reports()).all(is_same)
            && ![before.first(), change.reports().first()].into_iter().flatten().any(|taken| self.is_written_down(taken))
    }

    fn is_written_down(&self, taken: &Taken) -> bool {
        let sm3 = if self.journal.events.is_empty() { return false } else { taken.lying.sm3.to_string() };
        self.journal.events.iter().any(|event| event.sm3 == sm3)
    }

    /// Puts reports in the place of those before, and decides anew what hangs on them.
    fn exchange(&mut self, changes: Vec<Change>, places: Vec<Range<usize>>) {
        let is_changed = |report: &usize| places.iter().any(|place| place.contains(report));
        let touched: BTreeSet<usize> = (0..self.standings.len())
            .filter(|body| self.standings.get(*body).is_some_and(|one| one.copies.iter().chain(&one.before).any(is_changed)))
            .collect();
        for body in &touched {
            self.turn(*body, false);
        }
        for (change, place) in changes.into_iter().zip(places) {
            self.refused.retain(|refused| refused.path != change.path);
            match change.came {
                Ok(reports) => self.taken.iter_mut().skip(place.start).zip(reports).for_each(|(before, now)| *before = now),
                Err(refused) => self.refused.push(refused),
            }
        }
        self.refused.sort_by(|one, other| one.path.cmp(&other.path));
        self.settle(touched.iter().copied());
        for body in &touched {
            self.turn(*body, true);
        }
        self.findings.retain(|finding| finding.is_own() && finding.unit.is_some_and(|unit| !touched.contains(&unit)));
        self.judge(touched.iter().copied());
    }

    /// The report of a body comes into the sum of all or goes out of it.
    fn turn(&mut self, body: usize, is_in: bool) {
        if self.standings.get(body).is_some_and(|standing| standing.state.is_some()) {
            let mut parts = std::mem::take(&mut self.parts);
            parts.turn(self.summed(body), is_in);
            self.parts = parts;
        }
    }

    /// Puts everything together again with what changed.
    fn assemble_anew(&mut self, changes: Vec<Change>) -> bool {
        let is_other = |path: &Path| !changes.iter().any(|change| change.path == path);
        let kept = self.taken.iter().filter(|taken| is_other(&taken.lying.path));
        if usual_year(kept.chain(changes.iter().flat_map(Change::reports))) != Some(self.year) {
            return false;
        }
        let (mut taken, mut refused) = (std::mem::take(&mut self.taken), std::mem::take(&mut self.refused));
        taken.retain(|taken| is_other(&taken.lying.path));
        refused.retain(|refused| is_other(&refused.path));
        for change in changes {
            match change.came {
                Ok(reports) => taken.extend(reports),
                Err(why) => refused.push(why),
            }
        }
        taken.sort_by(|one, other| one.lying.path.cmp(&other.lying.path));
        refused.sort_by(|one, other| one.path.cmp(&other.path));
        let (roster, journal) = (std::mem::take(&mut self.roster), std::mem::take(&mut self.journal));
        let asked = Asked { year: self.year, agency: self.agency.clone(), today: self.today };
        let reading = Reading { taken, refused, ..Reading::default() };
        *self = Self::new(self.form.clone(), reading, Some(roster).filter(|_| self.has_roster), journal, asked);
        true
    }
}
