//! The code for people (核对码): a hash short enough to type back from paper, `7KC2-M9XW-4ARE-3HPD-T6YF`.
//!
//! # Why a prepared pair of reports does not help
//! Whoever fills the report can make as many versions of it as he likes. Of n bits he needs about 2^(n/2) versions until two
//! have the same code: 2^25 for the 50 bits of older programs, four minutes of one core, and still only 2^41 for the 81 bits
//! here. So length alone does not do. The code is a hash of `gouji-code-2`: the report's SM3 and the id of the last step. Every
//! step's id covers a number of 256 bits that the program of whoever does the step has drawn ([`super::draw`]). To pass and to
//! sign, the reader's own program first writes 收阅 with such a number, and the signature draws one more; the code that is
//! printed covers both. When the preparer hands the report in, they do not exist, so each of his 2^k versions gets a code that
//! is to him an unforeseen random number: two versions prepared with the same code for one number have, for another, the same
//! code with a chance of 2^-81, as any two have. Once the numbers are known the report is known too, and what is left is to
//! find another report for that one code: a second preimage, 2^81 trials of SM3. `tests/it/review/cheats.rs` computes the
//! attack on a shortened code, once without the drawn number, where it succeeds, and once with it.
//!
//! # What it does not prove
//! Who typed a name. There are no passwords and no certificates: whoever holds the file can write a log anew from its
//! beginning, with other names and numbers of his own. Then the code is another one. Only paper, a receipt or a file that lies
//! with somebody else shows that.

use crate::model::{Fingerprint, half_width};

/// Signs of a code, a prime number of them. None that looks like another: no 0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V, M N.
const SIGNS: [char; 23] =
    ['2', '3', '4', '5', '6', '7', '8', '9', 'A', 'C', 'D', 'E', 'F', 'H', 'J', 'K', 'M', 'P', 'R', 'T', 'W', 'X', 'Y'];

/// Signs that carry the hash: 23^18 > 2^81.
const NUM_SIGNS: usize = 18;

/// What was typed as a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypedCode {
    /// It is this code.
    Right,
    /// It is a code, but another.
    Other,
    /// It is none: a sign is missing, strange or mistaken.
    Mistyped,
}

/// The code of a hash: 18 signs of it and two that check them, in groups of four.
pub fn code(hash: Fingerprint) -> String {
    // 128 bits are so many more than 81 that no sign is noticeably more frequent.
    let mut bits = hash.0.iter().take(16).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let base = 23_u128;
    let mut places = Vec::new();
    for _ in 0..NUM_SIGNS {
        places.push(usize::try_from(bits % base).unwrap_or_default());
        bits /= base;
    }
    places.extend(checks(&places));
    let signs: Vec<char> = places.into_iter().filter_map(|place| SIGNS.get(place).copied()).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Sum and weighted sum: any one or two mistaken signs, and any two exchanged, change one of them.
fn checks(places: &[usize]) -> [usize; 2] {
    let weighted = places.iter().zip(1..).map(|(place, weight)| place * weight).sum::<usize>();
    [places.iter().sum::<usize>() % SIGNS.len(), weighted % SIGNS.len()]
}

/// What was typed against the code of a hash; spaces, hyphens, full-width and small letters do not matter.
pub(super) fn typed_code(typed: &str, hash: Fingerprint) -> TypedCode {
    let typed = plain(typed);
    let places: Option<Vec<usize>> = typed.chars().map(|c| SIGNS.iter().position(|sign| *sign == c)).collect();
    let fits = |places: &Vec<usize>| places.split_at_checked(NUM_SIGNS).is_some_and(|(signs, rest)| *rest == checks(signs));
    match places.filter(fits) {
        None => TypedCode::Mistyped,
        Some(_) if typed == plain(&code(hash)) => TypedCode::Right,
        Some(_) => TypedCode::Other,
    }
}

/// Signs of the code of older programs: no 0 and O, no 1 and I.
const OLD_SIGNS: [char; 32] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U',
    'V', 'W', 'X', 'Y', 'Z',
];

/// The code of older programs (旧式核对码): the first 50 bits of the hash of report and comments, `7KQ2M-XW94A`.
pub fn old_code(sm3: Fingerprint) -> String {
    let bits = sm3.0.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let sign = |place: u32| usize::try_from(bits >> (59 - 5 * place) & 31).ok().and_then(|sign| OLD_SIGNS.get(sign));
    let signs = |places: std::ops::Range<u32>| places.filter_map(sign).collect::<String>();
    format!("{}-{}", signs(0..5), signs(5..10))
}

/// What was typed is this old code.
pub(super) fn is_old_code(typed: &str, sm3: Fingerprint) -> bool {
    plain(typed) == plain(&old_code(sm3))
}

/// Letters and digits alone, half-width and large.
fn plain(text: &str) -> String {
    text.chars().map(half_width).filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
