//! Bytes → a register, by what they are, not by the file's name; read by a child as every file from elsewhere.

use std::panic::resume_unwind;
use std::thread;

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::error::LedgerError;
use super::register::Register;
use crate::read::apart;

/// Reads a register. `name` is the file's name without folders.
///
/// # Errors
/// It cannot be read, is larger than any register, or took too much memory or time.
pub fn open(name: &str, bytes: &[u8]) -> Result<Register, LedgerError> {
    let hex = |digest: &[u8]| digest.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let (sheets, sha256, sm3) = thread::scope(|scope| {
        let sheets = scope.spawn(|| apart::sheets(bytes));
        let (sha256, sm3) = (hex(&Sha256::digest(bytes)), hex(&Sm3::digest(bytes)));
        (sheets.join().unwrap_or_else(|panic| resume_unwind(panic)), sha256, sm3)
    });
    let sheets = sheets.map_err(|err| LedgerError::Unreadable(err.to_string()))?;
    Ok(Register { name: name.to_owned(), sha256, sm3, sheets })
}
