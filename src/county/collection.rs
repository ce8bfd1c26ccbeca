//! A folder with the reports of all bodies in every kind of file, and a page that leads to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::civil::Date;

use super::assembled::County;
use super::page::page;
use super::source;
use super::take_in::{clean, make_folder_of};
use super::taken::on_the_years_form;
use crate::export::{self, FileKind, Fonts};
use crate::form::Catalog;
use crate::store::{self, Disk};
use crate::workers;

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The page that leads to all files; none where it was told to stop.
    pub index: Option<PathBuf>,
    /// Files written.
    pub num_files: usize,
    /// What could not be written, each with its body.
    pub refused: Vec<String>,
}

/// Writes the reports of all bodies whose figures are in the sum, each kind proved as ever, on all cores; `told` hears how many of how many
/// bodies are done.
pub fn collect(
    disk: &dyn Disk,
    (county, from): (&County, &Path),
    to: &Path,
    catalog: &Catalog,
    made_on: Date,
    stop: &AtomicBool,
    told: impl Fn(usize, usize) + Sync,
) -> Collected {
    let places: Vec<usize> = county.expected().filter(|place| county.summed(*place).is_some()).collect();
    let (written, refused, num_done) = (Mutex::new(BTreeMap::new()), Mutex::new(Vec::new()), AtomicUsize::new(0));
    let fonts = Fonts::default();
    workers::on_all_cores(&places, stop, |_, place| {
        let (files, wrong) = of_body(disk, (county, from), to, *place, catalog, (made_on, &fonts));
        written.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(*place, files);
        refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(wrong);
        told(num_done.fetch_add(1, Ordering::Relaxed) + 1, places.len());
    });
    let written: BTreeMap<usize, Vec<String>> = written.into_inner().unwrap_or_default();
    let mut refused: Vec<String> = refused.into_inner().unwrap_or_default();
    refused.sort();
    let num_files = written.values().map(Vec::len).sum();
    let index = to.join("index.html");
    let text = page(county, |place| written.get(&place).cloned().unwrap_or_default());
    let is_whole = !stop.load(Ordering::Relaxed);
    match is_whole.then(|| store::write_output(disk, &index, text.as_bytes())) {
        Some(Err(err)) => refused.push(err.to_string()),
        Some(Ok(())) => return Collected { index: Some(index), num_files, refused },
        None => {}
    }
    Collected { index: None, num_files, refused }
}

/// The files of one body, as the page names them; and what could not be written.
fn of_body(
    disk: &dyn Disk,
    (county, from): (&County, &Path),
    to: &Path,
    place: usize,
    catalog: &Catalog,
    (made_on, fonts): (Date, &Fonts),
) -> (Vec<String>, Vec<String>) {
    let (name, mut files, mut refused) = (county.name(place), Vec::new(), Vec::new());
    let Some(taken) = county.summed(place) else { return (files, refused) };
    let read = source::reports(disk, &from.join(&taken.lying.path), catalog);
    let report = read.and_then(|(reports, _)| reports.into_iter().nth(taken.nth).ok_or_else(|| "文件里没有这份报告".to_owned()));
    let (form, draft) = match report {
        Ok((form, draft, _)) => on_the_years_form(&form, &draft, catalog),
        Err(why) => return (files, vec![format!("{name}：{why}")]),
    };
    let book = export::book(form.report(&draft), None, made_on);
    for kind in FileKind::ALL {
        let file = format!("{}/{}", clean(name), export::file_name(&draft, kind.ending()));
        let path = to.join(&file);
        let done = export::file(kind, &book, fonts)
            .map_err(|err| err.to_string())
            .and_then(|bytes| make_folder_of(&path).and_then(|()| store::write_output(disk, &path, &bytes)).map_err(|err| err.to_string()));
        match done {
            Ok(()) => files.push(file),
            Err(why) => refused.push(format!("{name}（{}）：{why}", kind.name())),
        }
    }
    (files, refused)
}
