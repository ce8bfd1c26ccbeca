//! Figures of table three: requests, carried in and out, outcomes, applicants.

use super::clause::{Bound, Clause, applicant_key, one};
use super::lex::{Token, TokenKind};
use super::mention::{Base, Strength, Why};
use super::words::{Class, Word};

/// Verbs of requests.
const VERBS: [Class; 6] = [Class::New, Class::Receive, Class::HandleAll, Class::Handle, Class::Finish, Class::Answer];

type Decision = Option<Result<Bound, Why>>;

fn outcome_words<'a>(tokens: &[&'a Token]) -> Vec<(Word, &'a Token)> {
    let word = |token: &&'a Token| match token.kind {
        TokenKind::Word(word) if word.class == Class::Outcome => Some((word, *token)),
        _ => None,
    };
    tokens.iter().filter_map(word).collect()
}

/// 予以公开 N 件; 予以公开及部分公开 N 件; N 件…无法提供.
pub(super) fn outcome(clause: &Clause) -> Decision {
    // 主动公开 N 条、依申请公开 N 条、不予公开 N 条 are classes of documents.
    let is_request_told = VERBS.iter().any(|verb| clause.said_before(*verb)) && clause.said_before(Class::Request);
    let is_class = clause.said_before(Class::Topic) && !clause.is_request_part && !is_request_told;
    let is_about_requests = (clause.is_request_part || clause.base.is_some() || is_request_told) && !is_class;
    let leading = outcome_words(&clause.lead);
    if let Some((last, token)) = leading.last().copied() {
        let behind = clause.lead.iter().filter(|other| other.start >= token.end).filter_map(|token| token.class());
        let mut behind = behind.filter(|class| {
            !matches!(
                class,
                Class::Filler
                    | Class::Whole
                    | Class::BareApply
                    | Class::Request
                    | Class::RunTail
                    | Class::Info
                    | Class::Share
                    | Class::InTime
                    | Class::Answer
                    | Class::Handle
                    | Class::Finish
            )
        });
        if !is_about_requests || behind.next().is_some() || clause.in_lead(Class::Topic) {
            return Some(Err(Why::Unnamed));
        }
        // Two outcomes side by side are counted together; a reason before the outcome (因本机关不掌握等…无法提供) is no outcome.
        let is_joined = |first: &Token| {
            let between: String = clause.text.get(first.end..token.start).map(|text| text.iter().collect()).unwrap_or_default();
            matches!(&*between, "及" | "和" | "与" | "、" | "以及" | "或" | "/" | "或者")
        };
        let keys: Vec<&str> =
            leading.iter().rev().skip(1).take(1).filter(|(_, first)| is_joined(first)).map(|(word, _)| clause.lexicon.key(*word)).collect();
        let key = keys.iter().copied().chain([clause.lexicon.key(last)]).collect::<Vec<_>>().join("+");
        return Some(Ok(one(&key, Strength::Strong)));
    }
    // 1 条因不属于本行政机关负责公开无法提供: the first outcome named is the row.
    let trailing = outcome_words(&clause.tail);
    let (first, _) = trailing.first().copied()?;
    if !is_about_requests
        || !clause.is_bare() && !clause.in_lead(Class::Request)
        || clause.tail.iter().any(|token| token.class() == Some(Class::Stop))
    {
        return None;
    }
    Some(Ok(one(clause.lexicon.key(first), Strength::Strong)))
}

/// 上年结转 N 件, 结转下年度 N 件, N 件结转至 2025 年办理.
pub(super) fn carried(clause: &Clause) -> Decision {
    if !clause.is_request_scope && clause.base.is_none() {
        return None;
    }
    let direction = direction(&clause.lead).or_else(|| clause.is_bare().then(|| direction(&clause.tail)).flatten()).or_else(|| {
        (clause.in_lead(Class::Request) || clause.in_lead(Class::Except) && clause.loose == 0).then(|| direction(&clause.tail)).flatten()
    })?;
    Some(Ok(one(if direction { "carry_out.sum" } else { "carry_in.sum" }, Strength::Strong)))
}

/// Out (`true`) or in, if the words say so.
pub(super) fn direction(tokens: &[&Token]) -> Option<bool> {
    for (place, token) in tokens.iter().enumerate() {
        match token.class() {
            Some(Class::CarryOut) => return Some(true),
            Some(Class::CarryIn) => return Some(false),
            Some(Class::Carry) => {
                let is_year = |token: &&&Token| matches!(token.kind, TokenKind::Year(_));
                let last = place.checked_sub(1).and_then(|before| tokens.get(before));
                let next = tokens.get(place + 1..).unwrap_or_default().iter().find(|token| token.class() != Some(Class::Filler));
                if next.is_some_and(|token| token.class() == Some(Class::NextYear)) || next.as_ref().is_some_and(is_year) {
                    return Some(true);
                }
                if next.is_some_and(|token| token.class() == Some(Class::LastYear))
                    || last.is_some_and(|token| token.class() == Some(Class::LastYear))
                    || last.as_ref().is_some_and(is_year)
                {
                    return Some(false);
                }
            }
            _ => {}
        }
    }
    None
}

/// 自然人 N 件, 法人或其他组织 N 件.
pub(super) fn applicant(clause: &Clause) -> Decision {
    let mut columns: Vec<&str> = clause.lead.iter().filter_map(|token| applicant_key(token, clause.lexicon)).collect();
    // 收到 2 个自然人的政府信息公开申请
    let is_behind = columns.is_empty() && clause.next() == Some(Class::Applicant) && clause.in_tail(Class::Request);
    if is_behind {
        columns.extend(clause.tail.iter().filter_map(|token| applicant_key(token, clause.lexicon)));
    }
    let [column] = columns.as_slice() else { return None };
    if !clause.is_request_scope && clause.base.is_none() || is_led_away(clause) {
        return None;
    }
    let verb = clause.last_of(&[Class::New, Class::Receive, Class::HandleAll, Class::Handle, Class::Finish, Class::Answer]);
    let is_listed = clause.base.is_some() && verb.is_none();
    let has_object = is_behind || clause.in_lead(Class::Request) || clause.in_lead(Class::BareApply);
    let base = match verb {
        _ if is_listed && (clause.loose <= 2 || has_object) => clause.base?,
        Some(Class::New | Class::Receive) if has_object => Base::New,
        Some(Class::HandleAll) if has_object => Base::All,
        Some(Class::Finish | Class::Answer) if has_object => Base::Total,
        _ => return None,
    };
    let column = match *column {
        "citizen" if is_listed || clause.is_part => "nat",
        "citizen" => return None,
        column => column,
    };
    let lines: &[&str] = match base {
        Base::New => &["new"],
        Base::Total => &["total"],
        Base::All => &["new", "carry_in"],
    };
    let sums = |column: &str| lines.iter().map(|line| format!("{line}.{column}")).collect::<Vec<_>>();
    let key = match column {
        "legal" => format!("{}-{}", sums("sum").join("+"), sums("nat").join("-")),
        column => sums(column).join("+"),
    };
    Some(Ok(one(&key, Strength::Weak)))
}

/// A word in the clause that leads away from requests.
fn is_led_away(clause: &Clause) -> bool {
    let ways = clause.lead.iter().filter(|token| token.class() == Some(Class::Way)).count();
    let is_one_way = ways == 1 && !clause.in_lead(Class::ManyWays);
    is_one_way || clause.in_before(Class::Stop) || clause.in_tail(Class::Stop) || clause.in_lead(Class::Person)
}

/// 收到, 受理, 办结, 答复 … N 件.
pub(super) fn requests(clause: &Clause) -> Result<Bound, Why> {
    let leading: Vec<Class> = clause.lead.iter().filter_map(|token| token.class()).filter(|class| VERBS.contains(class)).collect();
    let verbs = if leading.is_empty() && (clause.is_bare() || clause.in_lead(Class::Request)) {
        clause.tail.iter().filter_map(|token| token.class()).filter(|class| VERBS.contains(class)).collect()
    } else {
        leading
    };
    if clause.in_before(Class::Stop) || clause.in_tail(Class::Stop) {
        return Err(Why::OtherThing);
    }
    if verbs.is_empty() {
        return Err(if clause.in_lead(Class::Way) { Why::Way } else { Why::Unnamed });
    }
    // 其余 2 件延期答复
    if clause.in_lead(Class::Rest) || clause.in_lead(Class::Except) {
        return Err(Why::Part);
    }
    let ways = clause.lead.iter().filter(|token| token.class() == Some(Class::Way)).count();
    if ways == 1 && !clause.in_lead(Class::ManyWays) {
        return Err(Why::Way);
    }
    if !has_object(clause) {
        return Err(Why::OtherThing);
    }
    let is_answered = verbs.iter().all(|verb| *verb == Class::Answer);
    if is_answered && clause.said_behind(Class::Declined) {
        return Err(Why::Part);
    }
    if clause.in_lead(Class::Person) || clause.in_lead(Class::ProcessingFee) || clause.in_tail(Class::ProcessingFee) {
        return Err(Why::Unnamed);
    }
    if clause.is_part && !verbs.contains(&Class::New) && (clause.is_inner || !clause.in_lead(Class::Request)) {
        return Err(Why::Part);
    }
    let columns: Vec<&str> = clause.lead.iter().filter_map(|token| applicant_key(token, clause.lexicon)).collect();
    if columns.len() == 1 && columns != ["citizen"] {
        return Err(Why::Part);
    }
    let mut bound = meanings(clause, &verbs);
    if columns == ["citizen"] && clause.in_lead(Class::Receive) {
        // 公民 is anybody, or a natural person.
        bound.accepts.push("new.nat".into());
    }
    Ok(bound)
}

/// The object is 政府信息公开申请, here or in the clause before.
fn has_object(clause: &Clause) -> bool {
    let own = clause.last_of(&[
        Class::Request,
        Class::BareApply,
        Class::Open,
        Class::Info,
        Class::Topic,
        Class::Norm,
        Class::Reg,
        Class::License,
        Class::Penalty,
        Class::Coercion,
        Class::Review,
        Class::Suit,
    ]);
    match own {
        Some(Class::Request) => true,
        Some(Class::BareApply) => clause.is_request_scope,
        // 信息公开答复 N 份: answers to requests.
        Some(Class::Topic) => clause.lead.windows(2).any(|pair| matches!(pair, [topic, answer] if topic.class() == Some(Class::Topic) && clause.words(topic).ends_with(&['信', '息', '公', '开']) && answer.class() == Some(Class::Answer) && topic.end == answer.start)),
        Some(_) => false,
        None => match clause.next() {
            Some(Class::Request) => true,
            Some(Class::BareApply) => clause.is_request_scope,
            _ => {
                // 全年办结 N 件: a sentence of its own, behind one that states how many requests there are.
                let goes_on = clause.object.is_none() && clause.is_request_part && clause.base.is_some() && clause.in_lead(Class::Finish);
                let is_inherited = goes_on || matches!(clause.object, Some(Class::Request)) || clause.object == Some(Class::BareApply) && clause.is_request_scope;
                is_inherited && clause.loose == 0
            }
        },
    }
}

fn meanings(clause: &Clause, verbs: &[Class]) -> Bound {
    let has = |class| verbs.contains(&class);
    let accepts = ["new.sum", "new.sum+carry_in.sum", "total.sum"].map(Box::<str>::from).to_vec();
    let weak = |keys: &[&str]| Bound {
        keys: keys.iter().map(|key| Box::from(*key)).collect(),
        accepts: accepts.clone(),
        strength: Strength::Weak,
    };
    let is_finished = has(Class::Finish) || has(Class::Answer);
    let mut bound = if has(Class::HandleAll) {
        Bound { keys: vec!["new.sum+carry_in.sum".into()], accepts, strength: Strength::Weak }
    } else if has(Class::New) {
        Bound { keys: vec!["new.sum".into()], accepts: Vec::new(), strength: Strength::Strong }
    } else if has(Class::Receive) && (is_finished || has(Class::Handle)) {
        weak(&["new.sum", "total.sum"])
    } else if has(Class::Receive) {
        weak(&["new.sum", "new.sum+carry_in.sum"])
    } else if is_finished {
        weak(&["total.sum"])
    } else {
        weak(&["total.sum", "new.sum"])
    };
    // 向市政府提出的申请: received by whom?
    let mut toward = clause.before.iter().skip_while(|token| token.class() != Some(Class::Toward));
    let is_toward_others = toward.next().is_some() && !toward.any(|token| token.class() == Some(Class::Own));
    if clause.in_before(Class::Elsewhere) || is_toward_others {
        bound.strength = Strength::Doubtful;
    }
    bound
}
