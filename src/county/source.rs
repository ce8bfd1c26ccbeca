//! The reports in a file, whatever kind of file it is.

use std::path::Path;
use std::sync::Arc;

use crate::form::{Catalog, Form};
use crate::import::{self, Account};
use crate::model::{Draft, Fingerprint};
use crate::read::SourceKind;
use crate::review;
use crate::store::{self, Disk};

/// A report on its form, with the account of how it was read; none for a draft of ours.
pub type Sourced = (Arc<Form>, Draft, Option<Account>);

/// Everything in a file as drafts, with the SM3 of the file's bytes, which are read once.
///
/// # Errors
/// Why nothing is read, with the path.
pub fn reports(disk: &dyn Disk, path: &Path, catalog: &Catalog) -> Result<(Vec<Sourced>, Fingerprint), String> {
    if store::is_draft_name(path) || SourceKind::of(path).is_none() {
        let bytes = store::read_draft(disk, path).map_err(|err| err.to_string())?;
        let (form, draft) = store::load_bytes(disk, path, &bytes, catalog).map_err(|err| err.to_string())?;
        return Ok((vec![(form, draft, None)], review::sm3(&bytes)));
    }
    let sourced = |account: Account| (account.form.clone(), account.draft(), Some(account));
    let (accounts, hash) = accounts(disk, path, catalog)?;
    Ok((accounts.into_iter().map(sourced).collect(), hash))
}

/// The reports in a file that is no draft of ours, with its SM3.
///
/// # Errors
/// Why nothing is read, with the path.
pub fn accounts(disk: &dyn Disk, path: &Path, catalog: &Catalog) -> Result<(Vec<Account>, Fingerprint), String> {
    let (kind, bytes, hash) = store::read_source(disk, path)?;
    let accounts = import::reports(kind, &bytes, catalog).map_err(|err| format!("{err}；文件：{}", path.display()))?;
    Ok((accounts, hash))
}
