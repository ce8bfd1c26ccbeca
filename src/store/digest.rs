//! Fingerprints of bytes, to notice a change or a torn line. Against accidents, not against forgers.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A running sum over bytes (FNV-1a, 64 bits). Any single changed byte changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum(u64);

impl Sum {
    /// The sum of no bytes.
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// The sum with these bytes added.
    #[must_use]
    pub fn with(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// One number for these bytes, one piece behind the other.
pub fn sum(pieces: &[&[u8]]) -> u64 {
    pieces.iter().fold(Sum::new(), |sum, piece| sum.with(piece)).0
}

/// What a file holds: its length and sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    length: u64,
    sum: Sum,
}

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len().try_into().unwrap_or(u64::MAX), sum: Sum::new().with(bytes) }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.length, self.sum)
    }
}

impl FromStr for Digest {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (length, sum) = text.split_once('-').ok_or(())?;
        let number = |text| u64::from_str_radix(text, 16).map_err(|_not_hex| ());
        Ok(Self { length: number(length)?, sum: Sum(number(sum)?) })
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|()| D::Error::custom("no digest"))
    }
}
