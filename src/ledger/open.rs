//! Bytes → a register, by what they are, not by the file's name.

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::error::LedgerError;
use super::register::Register;
use super::{text, workbook};

/// First bytes of newer and of older workbooks.
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// Reads a register. `name` is the file's name without folders.
///
/// # Errors
/// It cannot be read, or is larger than any register.
pub fn open(name: &str, bytes: &[u8]) -> Result<Register, LedgerError> {
    let sheets = if bytes.starts_with(ZIP) {
        workbook::xlsx(bytes)?
    } else if bytes.starts_with(OLE) {
        workbook::xls(bytes)?
    } else {
        vec![text::read(bytes)?]
    };
    let hex = |digest: &[u8]| digest.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let (sha256, sm3) = (hex(&Sha256::digest(bytes)), hex(&Sm3::digest(bytes)));
    Ok(Register { name: name.to_owned(), sha256, sm3, sheets })
}
