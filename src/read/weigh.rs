//! Weighs a document before it is opened, so that no file can exhaust the machine: a reader that believes what a file says of
//! its own size may be made to ask for more memory than there is.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::ReadError;

/// Most parts.
const MAX_PARTS: usize = 2_000;
/// Largest content when unpacked, in bytes. A report of ours has less than one hundredth.
const MAX_UNPACKED: u64 = 64 << 20;
/// First bytes of old and of encrypted workbooks.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// The file is safe to open.
///
/// # Errors
/// It is too large, or no workbook.
pub fn weigh(bytes: &[u8]) -> Result<(), ReadError> {
    if let Some(why) = is_old_or_locked(bytes) {
        return Err(why);
    }
    let unreadable =
        || ReadError::Unreadable("已经损坏，或者不是 Word、Excel 文件；请在 Word、Excel 或 WPS 里打开它，另存一份再导入".to_owned());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_broken| unreadable())?;
    if zip.len() > MAX_PARTS {
        return Err(ReadError::TooLarge("部件太多".into()));
    }
    let mut left = MAX_UNPACKED;
    for place in 0..zip.len() {
        let part = zip.by_index(place).map_err(|_broken| unreadable())?;
        let mut text = Vec::new();
        part.take(left + 1).read_to_end(&mut text).map_err(|_broken| unreadable())?;
        left = left.checked_sub(text.len() as u64).ok_or(ReadError::TooLarge("展开后超过 64 MB".into()))?;
    }
    Ok(())
}

/// Why a file of old Office programs, or one with a password, is not read; `None` for others.
pub(super) fn is_old_or_locked(bytes: &[u8]) -> Option<ReadError> {
    let words = "是旧格式（.xls）或者加了密码，请用 Excel 或 WPS 另存为不加密码的 .xlsx";
    bytes.starts_with(OLE).then(|| ReadError::Unreadable(words.to_owned()))
}
