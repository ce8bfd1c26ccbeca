//! A look at a county's folder: which files lie there and when each was written, so that the next look tells what changed. Nothing is read.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use super::journal::{LETTERS, OUT};
use super::reading::{LISTS, is_hidden, is_own};
use crate::store::{self, Disk, Stamped, Standing};

/// What lay in a county's folder, its lists among it: paths from the folder, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance(Vec<Stamped>);

/// Looks at a county's folder. What the county itself makes is left out. None where the folder cannot be looked through.
pub fn glance(disk: &dyn Disk, folder: &Path) -> Option<Glance> {
    if !matches!(disk.standing(folder), Ok(Standing::Folder)) {
        return None;
    }
    let below = |(path, stamp): Stamped| (path.strip_prefix(folder).map_or_else(|_| path.clone(), Path::to_owned), stamp);
    let is_awaited = |(path, _): &Stamped| !is_hidden(path) && !path.starts_with(OUT) && !path.starts_with(LETTERS);
    let mut files: Vec<Stamped> = store::stamped(disk, &[folder.to_owned()]).ok()?.into_iter().map(below).filter(is_awaited).collect();
    let list = |name: &str| Some((PathBuf::from(name), Some(disk.stamp(&folder.join(name)).ok()?)));
    files.extend(LISTS.iter().filter_map(|name| list(name)));
    files.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    files.dedup();
    Some(Glance(files))
}

impl Glance {
    /// Files that came, went or were written since an earlier look, by their paths from the folder; none where one of the county's own
    /// lists is among them, on which everything hangs.
    pub fn since(&self, before: &Self) -> Option<Vec<PathBuf>> {
        let (mut now, mut then) = (self.0.iter().peekable(), before.0.iter().peekable());
        let mut changed = Vec::new();
        loop {
            let order = match (now.peek(), then.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => one.0.cmp(&other.0),
            };
            let one = if order.is_le() { now.next() } else { None };
            let other = if order.is_ge() { then.next() } else { None };
            if one != other {
                changed.extend(one.or(other).map(|(path, _)| path.clone()));
            }
        }
        let is_list = changed.iter().any(|path| is_own(path));
        (!is_list).then_some(changed)
    }
}
