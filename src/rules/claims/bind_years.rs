//! 比上年增加 N 件, 同比下降 p%: a figure of the tables against the same cell of last year's report.

use super::clause::{Bound, Clause};
use super::lex::{self, Token, TokenKind};
use super::mention::{Mention, Strength};
use super::words::Class;

/// What the figure before it changed by since last year: the number itself.
pub(super) fn change(clause: &Clause, previous: Option<&Mention>) -> Option<Bound> {
    let (bases, is_more) = compared(clause, previous)?;
    bound(bases.iter().map(|base| difference(base, is_more)).collect())
}

/// The same in hundredths of last year's figure.
pub(super) fn share(clause: &Clause, previous: Option<&Mention>) -> Option<Bound> {
    let (bases, is_more) = compared(clause, previous)?;
    bound(bases.iter().map(|base| format!("pct:({})/({})", difference(base, is_more), last_year(base))).collect())
}

fn bound(keys: Vec<String>) -> Option<Bound> {
    let keys: Vec<Box<str>> = keys.into_iter().map(Into::into).collect();
    (!keys.is_empty()).then_some(Bound { keys, accepts: Vec::new(), strength: Strength::Weak })
}

/// The quantities of the figure before, and whether there are more of them; none where anything else stands between.
fn compared(clause: &Clause, previous: Option<&Mention>) -> Option<(Vec<String>, bool)> {
    let previous = previous.filter(|previous| previous.strength != Strength::Doubtful && !clause.counted.is_rough)?;
    let between: Vec<&Token> =
        clause.tokens.iter().filter(|token| token.start >= previous.at.end && token.end <= clause.figure.start).collect();
    let may_stand = |token: &&Token| {
        matches!(token.kind, TokenKind::Comma | TokenKind::Open)
            || matches!(token.class(), Some(Class::Compare | Class::LastYear | Class::Filler))
    };
    let is_plain = between.iter().all(may_stand) && lex::loose(clause.text, clause.tokens, previous.at.end..clause.figure.start) == 0;
    let said: String = clause.text.get(previous.at.end..clause.figure.start)?.iter().collect();
    let says_last_year =
        ["上年", "去年", "上一年", "同比"].iter().any(|word| said.contains(word)) || previous.keys.iter().any(|key| is_change(key));
    // 增至 N 件 is this year's figure, 环比 another month's.
    let is_other = said.ends_with(['至', '到', '为']) || ["环比", "增幅", "降幅"].iter().any(|word| said.contains(word));
    let (more, less) = (said.contains(['增', '升', '多']), said.contains(['减', '降', '少', '落']));
    if !is_plain || !says_last_year || is_other || more == less {
        return None;
    }
    let bases: Vec<String> = previous.keys.iter().filter_map(|key| base(key)).collect();
    Some((bases, more))
}

/// The key says how much something changed since last year.
pub(super) fn is_change(key: &str) -> bool {
    key.contains("prior.")
}

/// The quantity itself, of a key or of its change; a sum of cells without signs.
fn base(key: &str) -> Option<String> {
    if key.starts_with("pct:") {
        return None;
    }
    if is_change(key) {
        let own: Vec<&str> = key.split(['+', '-']).filter(|part| !part.starts_with("prior.")).collect();
        return Some(own.join("+"));
    }
    (!key.contains('-')).then(|| key.to_owned())
}

fn last_year(base: &str) -> String {
    base.split('+').map(|part| format!("prior.{part}")).collect::<Vec<_>>().join("+")
}

fn difference(base: &str, is_more: bool) -> String {
    let (now, then) = (base.to_owned(), last_year(base));
    let (more, less) = if is_more { (now, then) } else { (then, now) };
    format!("{more}-{}", less.replace('+', "-"))
}
