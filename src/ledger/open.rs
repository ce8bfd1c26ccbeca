//! Bytes → a register, by what they are, not by the file's name; read by a child as every file from elsewhere.

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::error::LedgerError;
use super::register::Register;
use crate::read::apart;
use crate::workers::both;

/// Reads a register. `name` is the file's name without folders.
///
/// # Errors
/// It cannot be read, is larger than any register, or took too much memory or time.
pub fn open(name: &str, bytes: &[u8]) -> Result<Register, LedgerError> {
    let hex = |digest: &[u8]| digest.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let digests = || (hex(&Sha256::digest(bytes)), hex(&Sm3::digest(bytes)));
    let (sheets, (sha256, sm3)) = both(|| apart::sheets(bytes), digests);
    let sheets = sheets.map_err(|err| LedgerError::Unreadable(err.to_string()))?;
    Ok(Register { name: name.to_owned(), sha256, sm3, sheets })
}
