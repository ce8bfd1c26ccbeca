//! The figures of a report in little room: of three hundred thousand reports only these are kept.

/// A figure or none for each cell of a form, in its order. Mostly a byte each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures(Box<[u8]>);

impl Figures {
    /// Of these, in form order.
    pub fn of(figures: impl IntoIterator<Item = Option<i64>>) -> Self {
        let mut bytes = Vec::with_capacity(256);
        for figure in figures {
            // 0 for none; else sign and amount folded into one number, so that small figures stay small.
            put(&mut bytes, figure.map_or(0, |figure| ((figure << 1) ^ (figure >> 63)).cast_unsigned() + 1));
        }
        Self(bytes.into())
    }

    /// Each cell's figure, in form order.
    pub fn iter(&self) -> impl Iterator<Item = Option<i64>> + '_ {
        let mut rest: &[u8] = &self.0;
        std::iter::from_fn(move || Some(unfolded(take(&mut rest)?)))
    }

    /// The figure of the cell at this place.
    pub fn get(&self, place: usize) -> Option<i64> {
        let mut bytes: &[u8] = &self.0;
        if let Some(before) = place.checked_sub(1) {
            // The last byte of a number is the one below 0x80.
            let end = bytes.iter().enumerate().filter(|(_, byte)| **byte < 0x80).nth(before)?.0;
            bytes = bytes.get(end + 1..)?;
        }
        unfolded(take(&mut bytes)?)
    }

    /// Cells that it has a figure for, blank ones among them.
    pub fn num(&self) -> usize {
        self.0.iter().filter(|byte| **byte < 0x80).count()
    }

    /// A cell has no figure: only a blank is written as 0.
    pub fn has_blank(&self) -> bool {
        self.0.contains(&0)
    }

    /// Cells without a figure.
    pub fn num_blank(&self) -> usize {
        self.iter().filter(Option::is_none).count()
    }

    /// As they are kept.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The way back from [`Self::bytes`].
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

/// The figure that a number stands for; none for 0.
fn unfolded(number: u64) -> Option<i64> {
    number.checked_sub(1).map(|folded| (folded >> 1).cast_signed() ^ -((folded & 1).cast_signed()))
}

/// Seven bits a byte, the lowest first.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// The next number, taken from the front; none at the end, or where it is cut off.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    // Most are one byte.
    if let Some((first, rest)) = bytes.split_first()
        && *first < 0x80
    {
        *bytes = rest;
        return Some(u64::from(*first));
    }
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(first & 0x7f).checked_shl(shift)?;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
