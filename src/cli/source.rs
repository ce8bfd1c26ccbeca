//! What a command is given to read: a draft, any file that a report comes in, or a folder of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::form::{Catalog, Form};
use crate::import::{self, Account};
use crate::model::Draft;
use crate::read::SourceKind;
use crate::store::{self, RealDisk};

/// The files named, and those in the folders named, in the order of their names.
pub(super) fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    store::sources(&RealDisk, paths).map_err(anyhow::Error::msg)
}

/// The reports in a file that is no draft of ours.
pub(super) fn accounts(path: &Path, catalog: &Catalog) -> anyhow::Result<Vec<Account>> {
    let (kind, bytes) = store::read_source(&RealDisk, path).map_err(anyhow::Error::msg)?;
    import::reports(kind, &bytes, catalog).map_err(|err| anyhow::anyhow!("{err}；文件：{}", path.display()))
}

/// A draft on its form, with the account of how it was read; none for a draft of ours.
pub(super) type Sourced = (Arc<Form>, Draft, Option<Account>);

/// Everything in a file as drafts.
pub(super) fn drafts(path: &Path, catalog: &Catalog) -> anyhow::Result<Vec<Sourced>> {
    if store::is_draft_name(path) || SourceKind::of(path).is_none() {
        let (form, draft) = store::load(&RealDisk, path, catalog)?;
        return Ok(vec![(form, draft, None)]);
    }
    Ok(accounts(path, catalog)?.into_iter().map(|account| (account.form.clone(), account.draft(), Some(account))).collect())
}
