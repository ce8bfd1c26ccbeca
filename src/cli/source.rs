//! What a command is given to read: a draft, any file that a report comes in, or a folder of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};

use crate::form::{Catalog, Form};
use crate::import::{self, Account};
use crate::model::{Draft, Fingerprint};
use crate::read::SourceKind;
use crate::review::Digests;
use crate::store::{self, RealDisk, office};

/// Folders inside each other that are looked through.
const MAX_DEPTH: usize = 8;

/// The files named, and those in the folders named, in the order of their names.
pub(super) fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            below(path, 0, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn below(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let items = fs::read_dir(folder).with_context(|| format!("读不到文件夹：{}", folder.display()))?;
    let mut paths = items.map(|item| Ok(item?.path())).collect::<anyhow::Result<Vec<PathBuf>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() && depth < MAX_DEPTH {
            below(&path, depth + 1, files)?;
        } else if store::is_draft_name(&path) || SourceKind::of(&path).is_some() {
            files.push(path);
        }
    }
    Ok(())
}

/// The kind of a file that is no draft of ours.
fn kind(path: &Path) -> anyhow::Result<SourceKind> {
    let Some(kind) = SourceKind::of(path) else {
        let endings: Vec<String> = SourceKind::endings().map(|ending| format!(".{ending}")).collect();
        bail!("只能读 .gouji 草稿和以 {} 结尾的文件；文件：{}", endings.join("、"), path.display());
    };
    Ok(kind)
}

/// The reports in a file that is no draft of ours.
pub(super) fn accounts(path: &Path, catalog: &Catalog) -> anyhow::Result<Vec<Account>> {
    let kind = kind(path)?;
    read_accounts(path, kind, store::read_regular(&RealDisk, path, import::MAX_MB)?, catalog)
}

fn read_accounts(path: &Path, kind: SourceKind, mut bytes: Vec<u8>, catalog: &Catalog) -> anyhow::Result<Vec<Account>> {
    let mut kind = kind.sniffed(&bytes);
    if kind == SourceKind::Doc
        && let Some(docx) = office::as_docx(path).with_context(|| format!("LibreOffice 没有转换成功；文件：{}", path.display()))?
    {
        (kind, bytes) = (SourceKind::Docx, docx);
    }
    import::reports(kind, &bytes, catalog).map_err(|err| anyhow::anyhow!("{err}；文件：{}", path.display()))
}

/// A draft on its form, with the account of how it was read; none for a draft of ours.
pub(super) type Sourced = (Arc<Form>, Draft, Option<Account>);

/// Everything in a file as drafts.
pub(super) fn drafts(path: &Path, catalog: &Catalog) -> anyhow::Result<Vec<Sourced>> {
    hashed(path, catalog).map(|(found, _)| found)
}

/// The same with the SM3 of the file's bytes, which are read once.
pub(super) fn hashed(path: &Path, catalog: &Catalog) -> anyhow::Result<(Vec<Sourced>, Fingerprint)> {
    let is_draft = store::is_draft_name(path) || SourceKind::of(path).is_none();
    let bytes = if is_draft { store::read_draft(&RealDisk, path) } else { store::read_regular(&RealDisk, path, import::MAX_MB) }?;
    let hash = Digests::of(&bytes).sm3;
    if is_draft {
        let (form, draft) = store::load_bytes(&RealDisk, path, &bytes, catalog)?;
        return Ok((vec![(form, draft, None)], hash));
    }
    let sourced = |account: Account| (account.form.clone(), account.draft(), Some(account));
    Ok((read_accounts(path, kind(path)?, bytes, catalog)?.into_iter().map(sourced).collect(), hash))
}
