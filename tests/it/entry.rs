//! What is typed into a cell and what is read: a table of spellings, `tests/cases/entry.txt`, and the law that every entry
//! reads back from its own text.

use gouji::model::{Entry, Kind, Misread, Money, MoneyUnit};
use proptest::prelude::*;

use crate::support::project;

const KINDS: [Kind; 4] = [Kind::Count, Kind::Change, Kind::Money(None), Kind::Money(Some(MoneyUnit::Wan))];

/// What a cell came to hold, as the table has it: `12`, `875050元`, `·` for blank, `Fraction` for a refusal.
fn outcome(entry: &Entry) -> String {
    match entry {
        Entry::Blank => "·".to_owned(),
        Entry::Whole(_) | Entry::Money(_) | Entry::Reckoned { .. } => entry.plain().text(),
        Entry::Unread { why, .. } => format!("{why:?}"),
    }
}

/// `\u{a0}` for signs that cannot be seen.
fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut whole = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        whole.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        whole.push_str(rest);
    }
    whole
}

#[test]
fn every_spelling_is_read_or_refused_as_the_table_says() {
    let table = std::fs::read_to_string(project().join("tests/cases/entry.txt")).unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#') && line.contains('|'));
    let rows: Vec<Vec<&str>> = rows.map(|line| line.split('|').collect()).collect();
    assert!(rows.len() >= 40, "{}", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let typed = unescape(row[0].strip_suffix(' ').unwrap_or(row[0]).trim_end_matches(' '));
        for (kind, expected) in KINDS.into_iter().zip(&row[1..]) {
            let found = outcome(&Entry::read(kind, &typed));
            if found != expected.trim() {
                wrong.push(format!("{typed:?} as {kind:?}: {found}, not {}", expected.trim()));
            }
        }
        assert_eq!(row.len(), 1 + KINDS.len(), "{row:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_megabyte_of_digits_is_refused_and_kept() {
    let digits = "9".repeat(1_000_000);
    for kind in KINDS {
        for text in [digits.clone(), format!("{digits}元"), format!("-{digits}"), format!("1.{digits}")] {
            let entry = Entry::read(kind, &text);
            assert!(matches!(entry, Entry::Unread { .. }), "{kind:?}");
            assert_eq!(entry.text(), text);
        }
        let zeros = Entry::read(kind, &format!("{}0", "0".repeat(1_000_000)));
        assert_eq!(zeros.value(), Some(0), "{kind:?}: zeros in front say nothing");
    }
}

#[test]
fn every_refusal_tells_the_clerk_what_to_do() {
    let all = [
        Misread::NotNumber,
        Misread::Placeholder,
        Misread::Separator,
        Misread::Negative,
        Misread::Fraction,
        Misread::TooLarge,
        Misread::UnitMissing,
        Misread::WrongUnit,
        Misread::BelowOneFen,
        Misread::Remark,
        Misread::Several(2),
        Misread::Several(3),
        Misread::Several(4),
        Misread::TwoReadings,
        Misread::Hidden,
    ];
    let words: std::collections::BTreeSet<_> = all.map(Misread::advice).into_iter().collect();
    assert_eq!(words.len(), all.len(), "each has its own words");
}

#[test]
fn what_may_have_been_meant_is_offered_and_never_more() {
    let wan = Kind::Money(Some(MoneyUnit::Wan));
    let cases = [
        (Kind::Count, "35 252 128", &["35252128"][..]),
        (Kind::Count, "12 5", &[]),
        (Kind::Count, "一百二件", &["120", "102"]),
        (Kind::Change, "负一千五", &["-1500", "-1005"]),
        (Kind::Count, "-3", &["3"]),
        (Kind::Count, "12件（其中3件）", &["12"]),
        (Kind::Money(None), "12", &["12元", "12万元"]),
        (wan, "三万五千", &["3.5万元"]),
        (Kind::Count, "/", &["0", ""]),
        (Kind::Count, "三五件", &[]),
        (Kind::Count, "=12+", &[]),
    ];
    for (kind, text, expected) in cases {
        let offered: Vec<String> = Entry::read(kind, text).proposals(kind).iter().map(Entry::text).collect();
        assert_eq!(offered, expected, "{text}");
    }
}

#[test]
fn a_calculation_is_kept_as_typed_and_counts_as_what_it_comes_to() {
    let entry = Entry::read(Kind::Count, " ＝12 + 3 ");
    assert_eq!((&*entry.text(), &*entry.typed(Kind::Count), &*entry.shown(Kind::Count)), ("＝12 + 3", "＝12 + 3", "15"));
    assert_eq!((entry.value(), entry.plain()), (Some(15), Entry::Whole(15)));
}

/// Text as people and programs type it, with what the reader looks for in it more often than chance would have it.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[零〇一二两三五九十百千万亿0-9 ]{0,8}[件元]?",
        "[=＝][0-9.+*/()（）-]{0,10}",
        "[0-9０-９,，.。+\\-−－ \u{3000}元万件/]{0,12}",
        "-?[0-9]{1,15}(\\.[0-9]{0,8})?(元|万元|万|件|项)?"
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![
        Kind::Count,
        Kind::Change,
        Kind::Money(None),
        Kind::Money(Some(MoneyUnit::Wan)),
        Kind::Money(Some(MoneyUnit::Yuan)),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn an_entry_reads_back_from_its_text_and_from_what_is_shown(kind in kind(), typed in typed()) {
        let entry = Entry::read(kind, &typed);
        prop_assert_eq!(&Entry::read(kind, &entry.text()), &entry);
        prop_assert_eq!(&Entry::read(kind, &entry.typed(kind)), &entry);
        prop_assert_eq!(&Entry::read(kind, &entry.shown(kind)), &entry.plain());
    }

    #[test]
    fn a_figure_reads_back_from_its_entry(kind in kind(), value in 0i64..=0xFFFF_FFFF) {
        let entry = Entry::of_value(kind, value);
        prop_assert_eq!(entry.value(), Some(value));
        prop_assert_eq!(Entry::read(kind, &entry.text()), entry);
    }

    #[test]
    fn no_amount_is_rounded(fen in 0i64..100_000_000_000_000) {
        for unit in [MoneyUnit::Yuan, MoneyUnit::Wan] {
            let money = Money { fen, unit };
            let entry = Entry::read(Kind::Money(None), &format!("{}{}", money.figure(), unit.name()));
            prop_assert_eq!(entry, Entry::Money(money));
        }
    }
}

/// Counts in digits alone are read by a shorter way; a blank in front sends them the long one.
#[test]
fn counts_in_digits_are_read_the_same_by_both_ways() {
    let mut dice = crate::support::Dice(17);
    for _ in 0..20_000 {
        let num_digits = dice.roll(12) as usize;
        let text: String = (0..num_digits).map(|_| char::from(b"0001234567890"[dice.roll(13) as usize])).collect();
        for kind in [Kind::Count, Kind::Change, Kind::Money(Some(gouji::model::MoneyUnit::Wan))] {
            assert_eq!(Entry::read(kind, &text), Entry::read(kind, &format!(" {text}")), "{text:?}");
        }
    }
}
