//! Figures of table two and table four: documents, decisions, reviews and lawsuits.

use super::clause::{Bound, Clause, one};
use super::lex::Token;
use super::mention::{Strength, Why};
use super::words::{Class, UnitKind};

type Decision = Option<Result<Bound, Why>>;

const COURT: [Class; 4] = [Class::Review, Class::Suit, Class::SuitDirect, Class::SuitAfter];

/// 行政复议 N 件, 行政诉讼 N 件, and how they ended.
pub(super) fn court(clause: &Clause) -> Decision {
    let own = clause.last_of(&COURT);
    let ended = [(Class::Upheld, "upheld"), (Class::Corrected, "corrected"), (Class::OtherResult, "other"), (Class::Pending, "pending")];
    let result = ended.iter().find(|(class, _)| clause.in_lead(*class)).map(|(_, key)| *key);
    // 1 件涉及政府信息公开工作的行政复议: named behind the figure, at the end of the clause.
    let is_none = clause.in_tail(Class::NotOccurred) || clause.in_tail(Class::NoneReceived) || clause.in_tail(Class::Request);
    let trailing = || {
        clause
            .tail
            .last()
            .filter(|_| !is_none)
            .and_then(|token| token.class())
            .filter(|class| COURT.contains(class) && clause.loose <= 2 && result.is_none())
    };
    let inherited = || clause.object.filter(|class| COURT.contains(class) && result.is_some() && clause.loose <= 1);
    let object = own.or_else(inherited).or_else(trailing)?;
    if !clause.is_disclosure
        || clause.said_before(Class::Filing)
        || clause.in_before(Class::ManyYears)
        || !matches!(clause.counted.unit, Some(UnitKind::Count) | None)
    {
        return Some(Err(Why::OtherThing));
    }
    if clause.in_lead(Class::Stop) && clause.loose > 6 {
        return Some(Err(Why::OtherThing));
    }
    let part = result.unwrap_or("total");
    let is_both = own.is_some() && clause.in_lead(Class::Review) && clause.in_lead(Class::Suit);
    let key = match object {
        _ if is_both && clause.counted.figure.digits == 0 => "rev.total".to_owned(),
        // 行政复议、行政诉讼共 N 件
        _ if is_both => format!("rev.{part}+lit0.{part}+lit1.{part}"),
        Class::Review => format!("rev.{part}"),
        Class::SuitDirect => format!("lit0.{part}"),
        Class::SuitAfter => format!("lit1.{part}"),
        _ => format!("lit0.{part}+lit1.{part}"),
    };
    Some(Ok(one(&key, if part == "total" { Strength::Strong } else { Strength::Weak })))
}

/// 制发规范性文件 N 件, 废止 N 件, 现行有效 N 件.
pub(super) fn documents(clause: &Clause) -> Decision {
    let own = clause.last_of(&[Class::Norm, Class::Reg]);
    let object = own.or_else(|| {
        let verb = clause.in_lead(Class::Repeal) || clause.in_lead(Class::Valid);
        let inherited = clause.object.filter(|class| matches!(class, Class::Norm | Class::Reg))?;
        (verb && clause.loose == 0).then_some(inherited)
    });
    let object = object.or_else(|| (clause.next() == Some(Class::Norm)).then_some(Class::Norm))?;
    let lead_has = |class| clause.in_lead(class) || own.is_some() && clause.in_before(class);
    let is_class = clause
        .lead
        .iter()
        .rev()
        .take_while(|token| !matches!(token.class(), Some(Class::Norm | Class::Reg)))
        .any(|token| matches!(token.class(), Some(Class::Paper | Class::Info | Class::Stop | Class::Topic)) || is_kind(clause, token));
    if is_class
        || clause.in_lead(Class::Way) && ![Class::Publish, Class::Topic, Class::Open].into_iter().any(lead_has)
        || clause.in_before(Class::Items)
    {
        return Some(Err(Why::OtherThing));
    }
    let kind = if object == Class::Norm { "norm" } else { "reg" };
    // The words nearest to the object decide: 集中发布现行有效规范性文件 speaks of what is in force.
    let of = |part: &str, strength| Some(Ok(one(&format!("a1.{kind}.{part}"), strength)));
    if clause.in_lead(Class::Valid) {
        return of("valid", Strength::Weak);
    }
    if clause.in_lead(Class::Repeal) {
        return of("repealed", Strength::Weak);
    }
    if clause.in_lead(Class::Total2) {
        return of("total", Strength::Weak);
    }
    if lead_has(Class::Make) {
        let strength = if clause.counted.figure.digits == 0 || matches!(clause.counted.unit, Some(UnitKind::Count)) {
            Strength::Strong
        } else {
            Strength::Weak
        };
        return of("made", strength);
    }
    let is_inherited = own.is_some() && clause.verb == Some(Class::Make) && clause.loose == 0;
    if is_inherited {
        return of("made", Strength::Weak);
    }
    if lead_has(Class::Publish)
        || lead_has(Class::Open)
        || lead_has(Class::Topic)
        || own.is_some() && clause.loose == 0 && matches!(clause.object, Some(Class::Reg | Class::Norm))
    {
        let keys: Vec<Box<str>> = vec![format!("a1.{kind}.disclosed").into(), format!("a1.{kind}.made").into()];
        return Some(Ok(Bound {
            keys,
            accepts: vec![format!("a1.{kind}.total").into(), format!("a1.{kind}.valid").into()],
            strength: Strength::Doubtful,
        }));
    }
    Some(Err(Why::Unnamed))
}

/// …类信息: a heading of a web page.
fn is_kind(clause: &Clause, token: &Token) -> bool {
    token.class() == Some(Class::RunTail) && clause.words(token).contains(&'类')
}

/// 行政许可事项 13 项，比上年减少 3 项: 本年增/减 of the form of 2019.
pub(super) fn change(clause: &Clause) -> Decision {
    let item = item_key(clause.object?)?;
    let is_less = clause.lead.iter().any(|token| clause.words(token).starts_with(&['减', '少']));
    let is_more = clause.lead.iter().any(|token| clause.words(token).starts_with(&['增', '加']));
    let is_items = clause.loose <= 1 && clause.words(clause.figure).ends_with(&['项']) && is_less != is_more;
    is_items.then(|| Ok(one(&format!("{}{item}.delta", if is_less { "-" } else { "" }), Strength::Weak)))
}

/// 行政许可事项上一年为 73 项: 上一年项目数量 of the form of 2019. Any other figure of last year is in none of this year's tables.
pub(super) fn last_year(clause: &Clause) -> Decision {
    let item = item_key(clause.last_of(&ITEMS).or(clause.object)?)?;
    let is_items = clause.loose <= 1 && clause.words(clause.figure).ends_with(&['项']) && !clause.in_lead(Class::Decide);
    is_items.then(|| Ok(one(&format!("{item}.prev"), Strength::Weak)))
}

const ITEMS: [Class; 5] = [Class::License, Class::Service, Class::Penalty, Class::Coercion, Class::Fee];

fn item_key(object: Class) -> Option<&'static str> {
    match object {
        Class::License => Some("a5.license"),
        Class::Service => Some("a5.svc"),
        Class::Penalty => Some("a6.penalty"),
        Class::Coercion => Some("a6.coercion"),
        Class::Fee => Some("a8.fee"),
        _ => None,
    }
}

/// 作出行政许可决定 N 件; 行政处罚 N 件.
pub(super) fn decisions(clause: &Clause) -> Decision {
    const KINDS: [Class; 4] = [Class::License, Class::Penalty, Class::Coercion, Class::Service];
    let object = clause.last_of(&KINDS).or_else(|| clause.next().filter(|class| KINDS.contains(class)))?;
    let item = item_key(object)?;
    if clause.in_before(Class::Items) || clause.in_before(Class::Item) {
        return Some(Err(Why::OtherThing));
    }
    let is_published = clause
        .lead
        .iter()
        .rev()
        .take_while(|token| token.class() != Some(object))
        .any(|token| matches!(token.class(), Some(Class::Paper | Class::Info | Class::Stop)));
    let is_paper = clause.lead.iter().any(|token| token.class() == Some(Class::Paper));
    let is_named = clause.lead.iter().any(|token| token.class() == Some(object) && clause.words(token).ends_with(&['决', '定']));
    let is_decided = is_named
        || [Class::Decide, Class::Handle, Class::Finish].into_iter().any(|class| clause.in_before(class))
        || clause.in_tail(Class::Decide);
    let key = format!("{item}.decisions");
    let is_item =
        |token: &Token| token.class() == Some(Class::RunTail) && clause.words(token).starts_with(&['事', '项']) || object == Class::Service;
    let is_direct = clause.lead.last().is_some_and(|last| clause.figure.start <= last.end + 2);
    if !is_decided
        && is_direct
        && clause.lead.last().is_some_and(|last| is_item(last) && (object != Class::Service || last.class() == Some(Class::Service)))
    {
        return Some(Ok(one(&format!("{item}.prev+{item}.delta"), Strength::Weak)));
    }
    if is_paper {
        return Some(Err(Why::OtherThing));
    }
    Some(Ok(one(&key, if is_decided && !is_published { Strength::Weak } else { Strength::Doubtful })))
}
