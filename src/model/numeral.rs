//! Chinese numerals, read only as they are properly written: a numeral counts if its value is spelt just so. What is said
//! in short (一百二 for 120) or by guess (三五件) is not read.

/// Digits with their other spellings: plain, 大写, and 两.
const DIGITS: [&str; 10] = ["零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"];

/// Names of digits as they are spelt here.
const NAMES: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// What the letter stands for: a digit, or a power of ten.
enum Letter {
    Digit(u64),
    Power(u64),
}

impl Letter {
    fn of(c: char) -> Option<Self> {
        let power = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => return DIGITS.iter().zip(0..).find(|(names, _)| names.contains(c)).map(|(_, value)| Self::Digit(value)),
        };
        Some(Self::Power(power))
    }
}

/// The letter is part of a numeral.
pub(super) fn is_numeral(c: char) -> bool {
    Letter::of(c).is_some()
}

/// The value of a numeral: 一百零二, 十二, 三万五千, or digit by digit 二〇二五. `None` where it is not properly written.
pub(super) fn value(numeral: &str) -> Option<u64> {
    let digits: Option<Vec<u64>> =
        numeral.chars().map(|c| if let Some(Letter::Digit(digit)) = Letter::of(c) { Some(digit) } else { None }).collect();
    match digits {
        Some(digits) => by_digits(numeral, &digits),
        None => sum(numeral).filter(|value| *value < LIMIT && spelt(*value) == plain(numeral)),
    }
}

/// What may be meant by a numeral said in short: 一百二 is 120, or 102 with its 零 left out.
pub(super) fn readings(numeral: &str) -> Option<[u64; 2]> {
    let ends_in_digit = numeral.chars().last().is_some_and(|c| matches!(Letter::of(c), Some(Letter::Digit(1..))));
    let long = ["十", "百", "千", "千万"].into_iter().find_map(|power| value(&format!("{numeral}{power}")));
    let short = sum(numeral).filter(|_| ends_in_digit && numeral.chars().count() > 1);
    Some([long?, short?])
}

/// 一二, 三五 mean one or two, three to five; three digits and more, or a zero among them, can only be read one by one.
fn by_digits(numeral: &str, digits: &[u64]) -> Option<u64> {
    let is_clear = !numeral.contains('两') && (digits.len() > 2 || digits.contains(&0));
    if digits.is_empty() || (digits.len() > 1 && !is_clear) {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, digit| number.checked_mul(10)?.checked_add(*digit))
}

/// Digits times powers, summed up, however they are put together.
fn sum(numeral: &str) -> Option<u64> {
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, None);
    for c in numeral.chars() {
        match Letter::of(c)? {
            Letter::Digit(value) => digit = Some(value),
            Letter::Power(power @ (10_000 | 100_000_000)) => {
                total = total.checked_add(section.checked_add(digit.take().unwrap_or(0))?.checked_mul(power)?)?;
                section = 0;
            }
            Letter::Power(power) => section = section.checked_add(digit.take().unwrap_or(1).checked_mul(power)?)?,
        }
    }
    total.checked_add(section)?.checked_add(digit.unwrap_or(0))
}

/// Values from here on have no one proper spelling.
const LIMIT: u64 = 1_000_000_000_000;

/// How a value is properly spelt.
fn spelt(value: u64) -> String {
    let mut text = String::new();
    for (power, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let section = value / power % 10_000;
        if section == 0 {
            continue;
        }
        // A 零 stands wherever a power is passed over.
        let passes = section < 1000 || (value / power / 10_000).is_multiple_of(10_000);
        if !text.is_empty() && passes {
            text.push('零');
        }
        spell_section(&mut text, section);
        text.push_str(name);
    }
    if let Some(rest) = text.strip_prefix("一十") { format!("十{rest}") } else { text }
}

/// Below 10 000.
fn spell_section(text: &mut String, section: u64) {
    let mut is_first = true;
    let mut is_passing = false;
    for (power, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = section / power % 10;
        if digit == 0 {
            is_passing = true;
            continue;
        }
        if is_passing && !is_first {
            text.push('零');
        }
        text.extend(usize::try_from(digit).ok().and_then(|digit| NAMES.get(digit)));
        text.push_str(name);
        (is_first, is_passing) = (false, false);
    }
}

/// The numeral in the letters of [`spelt`]: 大写 and 两百 made plain, 一十 at the start as 十.
fn plain(numeral: &str) -> String {
    let letters: Vec<char> = numeral.chars().collect();
    let mut text = String::new();
    for (place, &c) in letters.iter().enumerate() {
        let power = letters.get(place + 1).and_then(|next| Letter::of(*next));
        text.push(match (Letter::of(c), power) {
            // 两 stands before 百, 千, 万 and 亿 only.
            (_, power) if c == '两' && !matches!(power, Some(Letter::Power(100..))) => c,
            (Some(Letter::Digit(digit)), _) => usize::try_from(digit).ok().and_then(|digit| NAMES.get(digit)).copied().unwrap_or(c),
            (Some(Letter::Power(10)), _) => '十',
            (Some(Letter::Power(100)), _) => '百',
            (Some(Letter::Power(1000)), _) => '千',
            _ => c,
        });
    }
    if let Some(rest) = text.strip_prefix("一十") { format!("十{rest}") } else { text }
}
