//! Which quantity a figure speaks of: decided by the words of its clause, as the study of published reports orders it. Nothing is
//! bound on a guess: a verb, an object and the absence of every word that leads elsewhere are needed.

use std::ops::Range;

use super::bind_none;
use super::bind_years;
use super::clause::{Bound, Clause, one};
use super::lex::{self, Counted, Token, TokenKind};
use super::mention::{Base, Mention, Paragraph, Sentence, Strength, Why};
use super::words::{Aspect, Class, Lexicon, UnitKind, Word};

/// Verbs of requests.
const VERBS: [Class; 6] = [Class::New, Class::Receive, Class::HandleAll, Class::Handle, Class::Finish, Class::Answer];
/// Things that figures of the tables count.
const OBJECTS: [Class; 16] = [
    Class::Request,
    Class::BareApply,
    Class::Review,
    Class::Suit,
    Class::SuitDirect,
    Class::SuitAfter,
    Class::Norm,
    Class::Reg,
    Class::License,
    Class::Penalty,
    Class::Coercion,
    Class::Service,
    Class::Fee,
    Class::Procure,
    Class::Outcome,
    Class::Applicant,
];

/// The base that the last bound figures of a sentence set.
pub(super) fn last_base(sentence: &Sentence) -> Option<Base> {
    sentence.mentions.iter().rev().find_map(|mention| base_of(mention.keys.first()?))
}

fn base_of(key: &str) -> Option<Base> {
    match key {
        "new.sum" => Some(Base::New),
        "total.sum" => Some(Base::Total),
        "new.sum+carry_in.sum" => Some(Base::All),
        _ => None,
    }
}

/// All figures of a sentence.
pub(super) fn mentions(paragraph: &Paragraph, sentence: &Sentence, lexicon: &Lexicon) -> Vec<Mention> {
    let tokens = paragraph.tokens_of(sentence);
    let has = |class| tokens.iter().any(|token| token.class() == Some(class));
    let is_plan = sentence.scope.aspect == Aspect::Problems || sentence.scope.chapter == 5;
    let is_request_scope = sentence.scope.aspect == Aspect::Requests || has(Class::Request);
    let is_disclosure =
        is_request_scope || has(Class::Topic) || matches!(sentence.scope.aspect, Aspect::Review) || sentence.scope.chapter == 4;
    let mut mentions: Vec<Mention> = Vec::new();
    let mut walk = Walk { depth: vec![Level::default()], object: None, verb: None, base: sentence.scope.base, is_part: false };
    for (place, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon => walk.end_clause(token.kind == TokenKind::Semicolon),
            TokenKind::Open => walk.depth.push(Level::default()),
            TokenKind::Close => {
                if walk.depth.len() > 1 {
                    walk.depth.pop();
                }
            }
            TokenKind::Count(counted) => {
                let clause = walk.clause(paragraph, sentence, (place, token), counted, lexicon, (is_request_scope, is_disclosure));
                let mention = decide(&clause, paragraph, is_plan, mentions.last());
                if let Some(base) = mention.keys.first().and_then(|key| base_of(key)) {
                    walk.base = Some(base);
                }
                walk.after_figure(place);
                mentions.push(mention);
            }
            TokenKind::Word(word) => {
                if word.class == Class::NotDecided && !is_plan {
                    mentions.extend(bind_none::undecided(tokens, place));
                }
                if matches!(word.class, Class::NoneReceived | Class::NotOccurred) && !is_plan {
                    mentions.extend(bind_none::none(paragraph, tokens, place, (is_request_scope, is_disclosure), lexicon));
                }
                walk.word(place, word);
            }
            _ => walk.push(place),
        }
    }
    narrow(&mut mentions, tokens);
    mentions
}

#[derive(Default)]
struct Level {
    /// Tokens of the clause so far.
    all: Vec<usize>,
    /// How many of them stand before the last figure.
    behind: usize,
    is_part: bool,
}

struct Walk {
    depth: Vec<Level>,
    object: Option<Class>,
    verb: Option<Class>,
    base: Option<Base>,
    is_part: bool,
}

impl Walk {
    fn push(&mut self, place: usize) {
        if let Some(level) = self.depth.last_mut() {
            level.all.push(place);
        }
    }

    fn word(&mut self, place: usize, word: Word) {
        self.push(place);
        if word.class == Class::Among {
            match self.depth.len() {
                1 => self.is_part = true,
                _ => self.depth.last_mut().into_iter().for_each(|level| level.is_part = true),
            }
        }
        if VERBS.contains(&word.class) || matches!(word.class, Class::Make | Class::Publish | Class::Repeal | Class::Valid) {
            self.verb = Some(word.class);
        }
        if OBJECTS.contains(&word.class) && !matches!(word.class, Class::Outcome | Class::Applicant)
            || word.class == Class::Stop
            || word.class == Class::Info
        {
            self.object = Some(word.class);
        }
    }

    fn end_clause(&mut self, is_semicolon: bool) {
        if self.depth.len() == 1 && is_semicolon {
            // A new statement of its own unless the list goes on with items.
            self.verb = None;
        }
        if let Some(level) = self.depth.last_mut() {
            level.all.clear();
            level.behind = 0;
        }
    }

    fn after_figure(&mut self, place: usize) {
        if let Some(level) = self.depth.last_mut() {
            level.all.push(place);
            level.behind = level.all.len();
        }
    }

    fn clause<'a>(
        &self,
        paragraph: &'a Paragraph,
        sentence: &Sentence,
        (place, figure): (usize, &'a Token),
        counted: Counted,
        lexicon: &'a Lexicon,
        (is_request_scope, is_disclosure): (bool, bool),
    ) -> Clause<'a> {
        let tokens = paragraph.tokens.get(sentence.tokens.clone()).unwrap_or_default();
        let level = self.depth.last();
        let all = level.map_or(&[][..], |level| &level.all);
        let before: Vec<&Token> = all.iter().filter_map(|place| tokens.get(*place)).collect();
        let lead: Vec<&Token> = before.iter().copied().skip(level.map_or(0, |level| level.behind)).collect();
        let ends = |token: &&Token| {
            !matches!(token.kind, TokenKind::Word(_) | TokenKind::Title | TokenKind::Quote | TokenKind::Year(_) | TokenKind::Document(..))
        };
        let tail: Vec<&Token> = tokens.iter().skip(place + 1).take_while(|token| !ends(token)).collect();
        let from = before_end(tokens, place);
        Clause {
            lexicon,
            text: &paragraph.text,
            tokens,
            loose: lex::loose(&paragraph.text, tokens, from.max(sentence.chars.start)..figure.start),
            before,
            lead,
            tail,
            is_part: self.is_part || self.depth.iter().any(|level| level.is_part),
            is_inner: self.depth.len() > 1,
            figure,
            counted,
            object: self.object,
            verb: self.verb,
            is_request_scope,
            is_request_part: sentence.scope.aspect == Aspect::Requests,
            is_disclosure,
            base: self.base,
        }
    }
}

/// Where the lead of the figure at `place` begins: behind the last mark or figure.
fn before_end(tokens: &[Token], place: usize) -> usize {
    let is_end = |token: &&Token| {
        matches!(
            token.kind,
            TokenKind::Comma
                | TokenKind::Semicolon
                | TokenKind::Colon
                | TokenKind::Open
                | TokenKind::Close
                | TokenKind::Count(_)
                | TokenKind::Stop
        )
    };
    tokens.iter().take(place).rev().find(is_end).map_or(0, |token| token.end)
}

fn decide(clause: &Clause, paragraph: &Paragraph, is_plan: bool, previous: Option<&Mention>) -> Mention {
    let counted = clause.counted;
    let unit: String = paragraph.quote(&(counted.unit_start..clause.figure.end));
    let mut mention = Mention {
        chars: quote_start(clause)..clause.figure.end,
        at: clause.figure.start..clause.figure.end,
        figure: counted.figure,
        unit: unit.into(),
        keys: Vec::new(),
        accepts: Vec::new(),
        also: None,
        strength: Strength::Weak,
        why: Why::Unnamed,
    };
    match quantity(clause, is_plan, previous) {
        Ok(bound) => {
            mention.keys = bound.keys;
            mention.accepts = bound.accepts;
            mention.strength = bound.strength;
            mention.why = Why::Bound;
        }
        Err(why) => mention.why = why,
    }
    mention
}

/// From the first word of the lead that matters.
fn quote_start(clause: &Clause) -> usize {
    let matters =
        |token: &&&Token| token.class().is_some_and(|class| !matches!(class, Class::Filler | Class::Own | Class::Among | Class::Whole));
    clause.lead.iter().find(matters).map_or(clause.figure.start, |token| token.start)
}

fn quantity(clause: &Clause, is_plan: bool, previous: Option<&Mention>) -> Result<Bound, Why> {
    if is_plan {
        return Err(Why::Plan);
    }
    if clause.counted.is_rough {
        return Err(Why::Rough);
    }
    match clause.counted.unit {
        Some(UnitKind::Percent) => return share(clause, previous),
        Some(UnitKind::Other | UnitKind::Time) => return Err(Why::Unnamed),
        Some(UnitKind::Money) => return money(clause),
        Some(UnitKind::Count) | None => {}
    }
    if clause.counted.figure.count().is_none() {
        return Err(Why::Unnamed);
    }
    if clause.in_lead(Class::Compare) {
        let since_last_year = || bind_years::change(clause, previous).ok_or(Why::Comparison);
        return super::bind_tables::change(clause).unwrap_or_else(since_last_year);
    }
    if clause.in_lead(Class::LastYear) && super::bind_requests::carried(clause).is_none() {
        return super::bind_tables::last_year(clause).unwrap_or(Err(Why::Comparison));
    }
    if clause.in_before(Class::ManyYears) {
        return Err(Why::ManyYears);
    }
    super::bind_requests::outcome(clause)
        .or_else(|| super::bind_requests::carried(clause))
        .or_else(|| super::bind_tables::court(clause))
        .or_else(|| super::bind_tables::documents(clause))
        .or_else(|| super::bind_tables::decisions(clause))
        .or_else(|| super::bind_requests::applicant(clause))
        .unwrap_or_else(|| super::bind_requests::requests(clause))
}

/// 占 p%: the share of the figure before it.
fn share(clause: &Clause, previous: Option<&Mention>) -> Result<Bound, Why> {
    if clause.in_lead(Class::Compare) {
        return bind_years::share(clause, previous).ok_or(Why::Comparison);
    }
    let before = previous.filter(|_| clause.in_lead(Class::Share) || clause.is_bare() && clause.is_inner).ok_or(Why::Unnamed)?;
    let part = before
        .keys
        .first()
        .filter(|key| before.keys.len() == 1 && !key.starts_with("pct:") && !bind_years::is_change(key))
        .ok_or(Why::Part)?;
    let base = if part.contains("new.") && !part.contains("sum+carry") || part.contains("carry_in") { "new.sum" } else { "total.sum" };
    let part = if part.contains(['+', '-']) { format!("({part})") } else { part.to_string() };
    Ok(one(&format!("pct:{part}/{base}"), Strength::Weak))
}

fn money(clause: &Clause) -> Result<Bound, Why> {
    if clause.in_before(Class::Fee) && !clause.in_before(Class::ProcessingFee) {
        return Ok(one("a8.fee.amount", Strength::Weak));
    }
    if clause.in_before(Class::Procure) {
        return Ok(one("a9.procure.amount", Strength::Weak));
    }
    Err(Why::Unnamed)
}

/// 收到 N 件 means what came in this year where the sentence states the carried-in apart, and where it is nought.
fn narrow(mentions: &mut [Mention], tokens: &[Token]) {
    let is_apart = |range: &Range<usize>| {
        let open = tokens.iter().rev().find(|token| token.end <= range.start && matches!(token.kind, TokenKind::Open | TokenKind::Close));
        !open.is_some_and(|token| token.kind == TokenKind::Open)
    };
    let carried =
        mentions.iter().any(|mention| mention.keys.first().is_some_and(|key| &**key == "carry_in.sum") && is_apart(&mention.chars));
    for mention in mentions {
        let is_received = mention.keys.len() == 2 && mention.keys.first().is_some_and(|key| &**key == "new.sum");
        if is_received && (carried || mention.figure.digits == 0) && mention.keys.get(1).is_some_and(|key| key.contains("carry_in")) {
            let second = mention.keys.remove(1);
            mention.accepts.push(second);
        }
    }
}
