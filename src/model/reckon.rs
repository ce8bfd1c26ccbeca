//! What a calculation like `=12+3` comes to, exactly: whole numbers and decimals, + - × ÷ and brackets. No rounding.

use super::misread::{Misread, without_separators};

/// Longest calculation; a cell is no worksheet.
const MAX_LENGTH: usize = 200;

/// Decimal places written out; one more than the finest amount has. What needs more is a fraction for every cell.
const MAX_PLACES: usize = 11;

/// Most digits of one number in it.
const MAX_DIGITS: usize = 15;

/// An exact fraction; the lower part is above 0.
#[derive(Clone, Copy)]
struct Ratio(i128, i128);

/// What a calculation comes to.
pub(super) struct Reckoned<'text> {
    /// Below zero.
    pub negative: bool,
    /// Digits before the point.
    pub whole: String,
    /// Digits behind the point.
    pub fraction: String,
    /// What follows the calculation: a unit.
    pub rest: &'text str,
}

/// Reckons what stands behind the equals sign.
///
/// # Errors
/// It is no calculation, or its figures are too large.
pub(super) fn reckon(text: &str) -> Result<Reckoned<'_>, Misread> {
    if text.len() > MAX_LENGTH {
        return Err(Misread::NotNumber);
    }
    let mut reader = Reader { rest: text };
    let Ratio(upper, lower) = reader.sum()?;
    let mut digits = upper.unsigned_abs();
    let lower = lower.unsigned_abs();
    let whole = (digits / lower).to_string();
    let mut fraction = String::new();
    while digits % lower != 0 && fraction.len() <= MAX_PLACES {
        digits = (digits % lower).checked_mul(10).ok_or(Misread::TooLarge)?;
        fraction.push_str(&(digits / lower).to_string());
    }
    Ok(Reckoned { negative: upper < 0, whole, fraction, rest: reader.rest })
}

struct Reader<'text> {
    rest: &'text str,
}

impl Reader<'_> {
    /// The next sign is one of these: it is taken.
    fn take(&mut self, signs: &[char]) -> Option<char> {
        let next = self.rest.chars().next().filter(|next| signs.contains(next))?;
        self.rest = self.rest.strip_prefix(next)?;
        Some(next)
    }

    fn sum(&mut self) -> Result<Ratio, Misread> {
        let mut sum = self.product()?;
        while let Some(sign) = self.take(&['+', '-', '−']) {
            let Ratio(upper, lower) = self.product()?;
            sum = sum.plus(Ratio(if sign == '+' { upper } else { -upper }, lower)).ok_or(Misread::TooLarge)?;
        }
        Ok(sum)
    }

    fn product(&mut self) -> Result<Ratio, Misread> {
        let mut product = self.factor()?;
        while let Some(sign) = self.take(&['*', '×', '/', '÷']) {
            let Ratio(upper, lower) = self.factor()?;
            let by = if matches!(sign, '*' | '×') { Ratio(upper, lower) } else { Ratio(lower * upper.signum(), upper.abs()) };
            if by.1 == 0 {
                return Err(Misread::NotNumber);
            }
            product = product.times(by).ok_or(Misread::TooLarge)?;
        }
        Ok(product)
    }

    fn factor(&mut self) -> Result<Ratio, Misread> {
        if let Some(sign) = self.take(&['+', '-', '−']) {
            let Ratio(upper, lower) = self.factor()?;
            return Ok(Ratio(if sign == '+' { upper } else { -upper }, lower));
        }
        if self.take(&['(']).is_some() {
            let sum = self.sum()?;
            return self.take(&[')']).map(|_| sum).ok_or(Misread::NotNumber);
        }
        self.number()
    }

    fn number(&mut self) -> Result<Ratio, Misread> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(self.rest.len());
        let (figure, rest) = self.rest.split_at(end);
        self.rest = rest;
        let (whole, fraction) = figure.split_once('.').unwrap_or((figure, "0"));
        if whole.is_empty() || fraction.is_empty() || fraction.contains(['.', ',']) {
            return Err(Misread::NotNumber);
        }
        let digits = format!("{}{fraction}", without_separators(whole)?);
        if digits.len() > MAX_DIGITS {
            return Err(Misread::TooLarge);
        }
        let upper = digits.parse().map_err(|_no_digits| Misread::NotNumber)?;
        let lower = u32::try_from(fraction.len()).ok().and_then(|places| 10_i128.checked_pow(places)).ok_or(Misread::TooLarge)?;
        Ok(Ratio(upper, lower).lowest())
    }
}

impl Ratio {
    fn plus(self, other: Self) -> Option<Self> {
        let upper = self.0.checked_mul(other.1)?.checked_add(other.0.checked_mul(self.1)?)?;
        Some(Self(upper, self.1.checked_mul(other.1)?).lowest())
    }

    fn times(self, other: Self) -> Option<Self> {
        Some(Self(self.0.checked_mul(other.0)?, self.1.checked_mul(other.1)?).lowest())
    }

    /// In lowest terms.
    fn lowest(self) -> Self {
        let (mut a, mut b) = (self.0.unsigned_abs(), self.1.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let by = i128::try_from(a).unwrap_or(1).max(1);
        Self(self.0 / by, self.1 / by)
    }
}
