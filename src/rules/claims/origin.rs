//! R50, R51: words that come from another agency's report, and the notice and decree a report rests on.

use super::finding::{Certainty, TextFinding};
use super::lex::{Token, TokenKind};
use super::line::{Line, Page};
use super::rule::RULES;
use super::words::Class;

/// What an agency calls itself by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AgencyKind {
    Town,
    Government,
    Bureau,
}

fn kind_of(agency: &str) -> AgencyKind {
    let name = agency.trim_end();
    let is_town =
        ["镇", "乡", "街道", "镇政府", "乡政府", "镇人民政府", "乡人民政府", "街道办事处", "街道办"].iter().any(|end| name.ends_with(end))
            || name.contains("街道办事处");
    let is_government = name.ends_with("政府") || name.ends_with("管委会") || name.ends_with("管理委员会") || name.ends_with("实验区");
    if is_town {
        AgencyKind::Town
    } else if is_government {
        AgencyKind::Government
    } else {
        AgencyKind::Bureau
    }
}

/// 向市政府提出的申请 in another agency's report; 我镇 in a bureau's.
pub(super) fn foreign(line: &Line) -> Vec<TextFinding> {
    recipient(line).or_else(|| self_word(line)).into_iter().collect()
}

/// The sentence may be the name below the report.
pub(super) fn may_sign(line: &Line) -> bool {
    signature(line).is_some()
}

/// The name below the report, in the last sentence of it.
pub(super) fn signatures(page: &Page, place: usize, line: &Line) -> Vec<TextFinding> {
    let is_last = page.paragraphs.iter().skip(place + 1).all(|paragraph| paragraph.sentences.is_empty());
    signature(line).filter(|_| is_last).into_iter().collect()
}

fn recipient(line: &Line) -> Option<TextFinding> {
    let tokens = line.tokens();
    let place = tokens.iter().position(|token| token.class() == Some(Class::Toward))?;
    let toward = tokens.get(place)?;
    let request = tokens.iter().skip(place).find(|token| token.class() == Some(Class::Request))?;
    let between = line.paragraph.quote(&(toward.end..request.start));
    let named = between.split("提出").next().filter(|named| named.len() < between.len())?;
    let is_short = named.chars().count() <= 24 && !named.contains(['，', '。', '；']);
    let is_body = ["政府", "厅", "委", "局", "办公室", "管委会"].iter().any(|word| named.contains(word));
    let own = ["我", "本", "行政机关", "各级", "有关"].iter().any(|word| named.contains(word));
    let agency = &line.given.report.draft.agency;
    let is_agency = named.chars().count() >= 3 && agency.contains(named.trim())
        || kind_of(agency) == AgencyKind::Government && (named.contains("政府"));
    if !is_short || !is_body || own || is_agency {
        return None;
    }
    line.finding("R50", &(toward.start..request.end), Certainty::Look, format!("本报告的单位是“{agency}”，申请却是向“{named}”提出的"))
}

fn self_word(line: &Line) -> Option<TextFinding> {
    let agency = &line.given.report.draft.agency;
    let foreign: &[&str] = match kind_of(agency) {
        AgencyKind::Bureau => {
            &["我镇", "我乡", "我街道", "本镇", "本乡", "本街道", "镇人民政府信息公开", "街道信息公开", "街道政府信息公开", "我办事处"]
        }
        AgencyKind::Town => &["我局", "我委", "我厅", "本局", "本委", "局机关"],
        AgencyKind::Government => &["我局", "我镇", "我乡", "我街道", "本镇", "本乡", "本街道", "我厅"],
    };
    let (said, words) = (line.words(), line.chars());
    let (at, word) = foreign.iter().find_map(|word| {
        let at = said.get(..said.find(word)?)?.chars().count();
        let word: Vec<char> = word.chars().collect();
        let before: String = words.get(at.saturating_sub(3)..at).unwrap_or_default().iter().collect();
        let is_general = ["各", "指导", "全", "督促", "和", "、"].iter().any(|word| before.contains(word));
        let is_inner = before.ends_with("自") || in_span(line, at);
        (!is_general && !is_inner).then_some((at, word))
    })?;
    if agency.contains(&word.iter().skip(1).collect::<String>()) && kind_of(agency) != AgencyKind::Government {
        return None;
    }
    let start = line.sentence.chars.start + at;
    line.finding("R50", &(start..start + word.len()), Certainty::Look, format!("本报告的单位是“{agency}”"))
}

/// 某某局 2025 年 1 月 26 日 at the end of the last chapter: signed by another agency.
fn signature(line: &Line) -> Option<TextFinding> {
    const ENDS: [&str; 13] = ["局", "委", "会", "办公室", "办", "厅", "政府", "办事处", "中心", "院", "所", "站", "队"];
    let tokens = line.tokens();
    let is_last_chapter = line.given.section.0 == 6;
    let year = tokens.iter().position(|token| matches!(token.kind, TokenKind::Year(_))).filter(|_| is_last_chapter)?;
    let date = tokens.get(year..year + 3)?.iter().skip(1).all(|token| token.kind == TokenKind::Opaque);
    let start = line.sentence.chars.start;
    let before = line.paragraph.quote(&(start..tokens.get(year)?.start));
    let blanks = before.chars().take_while(|c| c.is_whitespace()).count();
    let name = before.trim();
    let agency = line.given.report.draft.agency.trim();
    let is_name = (4..=30).contains(&name.chars().count())
        && !name.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '（' | '）' | '·'))
        && ENDS.iter().any(|end| name.ends_with(end));
    if !date || !is_name || agency.is_empty() || name.contains(agency) || agency.contains(name) {
        return None;
    }
    let at = start + blanks..start + blanks + name.chars().count();
    line.finding("R50", &at, Certainty::Look, format!("本报告的单位是“{agency}”，落款却是“{name}”"))
}

/// Inside a title or a quotation.
fn in_span(line: &Line, at: usize) -> bool {
    let at = line.sentence.chars.start + at;
    line.tokens().iter().any(|token| matches!(token.kind, TokenKind::Title | TokenKind::Quote) && token.start <= at && at < token.end)
}

/// Number and title of the notice, number of the decree, name of the regulation.
pub(super) fn basis(line: &Line) -> Vec<TextFinding> {
    notice_number(line).or_else(|| notice_title(line)).or_else(|| decree(line)).or_else(|| regulation(line)).into_iter().collect()
}

/// Own number, and a word of the other notice.
fn notice_number(line: &Line) -> Option<TextFinding> {
    let form = &line.given.report.form.id;
    let own = RULES.notices.iter().find(|notice| notice.form == *form)?;
    let tokens = line.tokens();
    for (place, token) in tokens.iter().enumerate() {
        let TokenKind::Document(year, number) = token.kind else { continue };
        let before: String = line.paragraph.quote(&(token.start.saturating_sub(8)..token.start));
        if !before.ends_with("国办公开办函") && !before.ends_with("国办公开办") && !before.ends_with("公开办函") {
            continue;
        }
        let written = line.paragraph.quote(&(token.start..token.end));
        let is_other = RULES.notices.iter().any(|notice| notice.form != *form && notice.number == (year, number));
        let title = tokens.get(..place)?.iter().rev().find(|before| before.kind == TokenKind::Title && token.start - before.end <= 14);
        let titled = title.and_then(|title| {
            let title = line.paragraph.quote(&(title.start..title.end));
            RULES.notices.iter().find(|notice| title.contains(&*notice.title))
        });
        let is_mixed = titled.is_some_and(|notice| notice.number != (year, number));
        if is_other || is_mixed {
            let start = token.start - before.chars().rev().take_while(|c| "国办公开函".contains(*c)).count();
            let against = match titled.filter(|_| is_mixed && !is_other) {
                Some(notice) => format!("这个标题的通知是国办公开办函〔{}〕{}号，不是{written}", notice.number.0, notice.number.1),
                None => format!("{} 年报告的依据是国办公开办函〔{}〕{}号", line.given.report.draft.year, own.number.0, own.number.1),
            };
            return line.finding("R51", &(start..token.end), Certainty::Broken, against);
        }
    }
    None
}

/// The other form's notice by its title alone.
fn notice_title(line: &Line) -> Option<TextFinding> {
    let form = &line.given.report.form.id;
    let own = RULES.notices.iter().find(|notice| notice.form == *form)?;
    let title = line.tokens().iter().find(|token| {
        let title = line.paragraph.quote(&(token.start..token.end));
        let before = line.paragraph.quote(&(token.start.saturating_sub(24)..token.start));
        let is_national = title.contains("国务院办公厅") || before.contains("国务院办公厅") || before.contains("国办");
        token.kind == TokenKind::Title
            && is_national
            && RULES.notices.iter().any(|notice| notice.form != *form && title.contains(&*notice.title))
            && !title.contains(&*own.title)
    })?;
    let against =
        format!("{} 年报告的依据是《{}》（国办公开办函〔{}〕{}号）", line.given.report.draft.year, own.title, own.number.0, own.number.1);
    line.finding("R51", &(title.start..title.end), Certainty::Broken, against)
}

/// 国务院令第 711 号
fn decree(line: &Line) -> Option<TextFinding> {
    const NAMED: [char; 4] = ['国', '务', '院', '令'];
    let words = line.chars();
    let at = words.windows(NAMED.len()).position(|window| window == NAMED)?;
    let is_regulation = line.words().contains("信息公开条例");
    let rest = words.get(at + NAMED.len()..)?;
    let skipped = rest.iter().take_while(|c| "（( 第〔[".contains(**c)).count();
    let (figure, len) = super::figure::in_digits(rest.get(skipped..)?)?;
    let number = figure.count()?;
    let end = at + NAMED.len() + skipped + len;
    if !is_regulation || number == i64::from(RULES.decree) || words.get(end) != Some(&'号') {
        return None;
    }
    let start = line.sentence.chars.start;
    line.finding("R51", &(start + at..start + end + 1), Certainty::Broken, format!("《政府信息公开条例》是国务院令第{}号", RULES.decree))
}

/// 《中华人民共和国信息公开条例》: 政府 left out.
fn regulation(line: &Line) -> Option<TextFinding> {
    let is_wrong = |token: &&Token| {
        token.kind == TokenKind::Title && line.paragraph.quote(&(token.start..token.end)).contains("中华人民共和国信息公开条例")
    };
    let title = line.tokens().iter().find(is_wrong)?;
    line.finding("R51", &(title.start..title.end), Certainty::Broken, "条例的名称是《中华人民共和国政府信息公开条例》")
}
