//! The county on one web page, whole in itself: a strip of all bodies, who has most requests and who least, how the figures spread, and
//! a line a body with the files beside it.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::assembled::County;
use super::ranking::{RANKED, Ranking, rankings};
use super::state::Need;

/// Width of a picture.
const WIDTH: usize = 720;

/// The page. `files` names the files of a body, as links.
pub fn page(county: &County, files: impl Fn(usize) -> Vec<String>) -> String {
    let title = format!("{} {} 年政府信息公开年度报告汇总", county.agency, county.year);
    let title = escape(title.trim_start());
    let mut body = format!("<h1>{title}</h1>\n<p>{}</p>\n{}", escape(counts(county)), strip(county));
    for ranking in rankings(county) {
        body.push_str(&indicator(county, &ranking));
    }
    body.push_str("<h2>各单位</h2>\n<table><tr><th>单位</th><th>状态</th><th>错误</th><th>待核实</th><th>文件</th></tr>\n");
    for place in 0..county.standings.len() {
        let need = county.standings.get(place).and_then(|standing| standing.need);
        let found = county.counted(place).map(|taken| taken.counts).unwrap_or_default();
        let link = |file: &String| format!("<a href=\"{0}\">{1}</a>", escape(link_words(file)), escape(ending(file)));
        let links: Vec<String> = files(place).iter().map(link).collect();
        let (name, state) = (escape(county.name(place)), need.map_or("不应报", Need::name));
        _ = writeln!(
            body,
            "<tr><td>{name}</td><td>{} {state}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            sign(need),
            found.error,
            found.warning,
            links.join(" ")
        );
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>body{{max-width:72em;margin:0 auto;padding:1em;background:#fff;color:#1f2329;font-family:'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif}}\
         table{{border-collapse:collapse}}td,th{{border:1px solid #9ca3af;padding:.2em .6em;text-align:left}}h1{{font-size:20pt}}h2{{font-size:13pt}}</style>\n</head>\n\
         <body>\n<main>\n{body}</table>\n</main>\n</body>\n</html>\n"
    )
}

fn counts(county: &County) -> String {
    let told = Need::ALL.into_iter().filter(|need| county.num(*need) > 0).map(|need| format!("{} {}", need.name(), county.num(need)));
    format!("{} 个单位：{}", county.standings.len(), told.collect::<Vec<_>>().join("，"))
}

/// The sign of a need, for eyes that see no colour.
fn sign(need: Option<Need>) -> &'static str {
    match need {
        Some(Need::Ready) => "✓",
        Some(Need::Wrong) => "×",
        Some(Need::Look) => "!",
        Some(Need::Overdue) => "◷",
        Some(Need::Returned) => "↩",
        Some(Need::Missing) => "○",
        None => "–",
    }
}

fn color(need: Option<Need>) -> &'static str {
    match need {
        Some(Need::Ready) => "#e3f3e8",
        Some(Need::Wrong | Need::Overdue | Need::Returned) => "#fde8e8",
        Some(Need::Look) => "#fff3dc",
        Some(Need::Missing) | None => "#ffffff",
    }
}

/// All bodies in the order of the roster, a tile each.
fn strip(county: &County) -> String {
    const SIDE: usize = 24;
    let a_row = WIDTH / SIDE;
    let rows = county.standings.len().div_ceil(a_row).max(1);
    let mut svg = open(WIDTH, rows * SIDE, &counts(county));
    for (place, standing) in county.standings.iter().enumerate() {
        let (x, y) = (place % a_row * SIDE, place / a_row * SIDE);
        let need = standing.need;
        _ = writeln!(
            svg,
            "<g><title>{} {}</title><rect x=\"{x}\" y=\"{y}\" width=\"21\" height=\"21\" rx=\"2\" fill=\"{}\" stroke=\"#596270\" stroke-width=\"0.6\"/><text x=\"{}\" y=\"{}\" font-size=\"13\" text-anchor=\"middle\" fill=\"#1f2329\">{}</text></g>",
            escape(county.name(place)),
            need.map_or("不应报", Need::name),
            color(need),
            x + 10,
            y + 15,
            sign(need)
        );
    }
    svg + "</svg>\n"
}

fn open(width: usize, height: usize, words: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n",
        escape(words)
    )
}

/// Who has most, a bar each; and how the figures spread.
fn indicator(county: &County, ranking: &Ranking) -> String {
    let most = ranking.most();
    let told = ranking.spread().map(|(name, value)| format!("{name} {value}"));
    let num_zero = ranking.figures.iter().filter(|(value, _)| *value == 0).count();
    let spread = format!("{}；{num_zero} 个单位是 0", told.join("，"));
    let mut svg = open(WIDTH, ranking.figures.len().min(RANKED) * 20 + 4, &spread);
    for (row, (value, place)) in ranking.figures.iter().take(RANKED).enumerate() {
        bar(&mut svg, row, (county.name(*place), &value.to_string()), width(i128::from(*value), i128::from(most)), "#5e7fa6");
    }
    format!("<h2>{}</h2>\n{svg}</svg>\n<p>{}</p>\n{}", escape(&ranking.label), escape(spread), over_years(ranking))
}

/// Length of a bar for a part of the most.
fn width(value: i128, most: i128) -> usize {
    usize::try_from(value.max(0) * 400 / most.max(1)).unwrap_or_default()
}

/// A line of a picture: a name, a bar, a figure.
fn bar(svg: &mut String, row: usize, (name, figure): (&str, &str), width: usize, fill: &str) {
    let y = row * 20;
    _ = writeln!(
        svg,
        "<text x=\"190\" y=\"{0}\" font-size=\"12\" text-anchor=\"end\" fill=\"#1f2329\">{1}</text><rect x=\"198\" y=\"{2}\" width=\"{width}\" height=\"14\" fill=\"{fill}\" stroke=\"#596270\" stroke-width=\"0.6\"/><text x=\"{3}\" y=\"{0}\" font-size=\"12\" fill=\"#1f2329\">{4}</text>",
        y + 14,
        escape(name),
        y + 3,
        204 + width,
        escape(figure)
    );
}

/// What all bodies have together, a bar a year with how many bodies they are; nothing where only one year lies there.
fn over_years(ranking: &Ranking) -> String {
    let sums = &ranking.years;
    let Some(most) = sums.iter().map(|(_, _, sum)| *sum).max() else { return String::new() };
    let told = sums.iter().map(|(year, num, sum)| format!("{year} 年 {num} 个单位合计 {sum}"));
    let words = format!("各年：{}", told.collect::<Vec<_>>().join("；"));
    let mut svg = open(WIDTH, sums.len() * 20 + 4, &words);
    for (row, (year, num, sum)) in sums.iter().enumerate() {
        bar(&mut svg, row, (&year.to_string(), &format!("{sum}（{num} 个单位）")), width(*sum, most), "#7d9a6a");
    }
    format!("{svg}</svg>\n<p>{}</p>\n", escape(words))
}

/// The address of a file beside the page.
fn link_words(file: &str) -> String {
    file.replace('%', "%25").replace('#', "%23").replace('?', "%3F").replace('\\', "/")
}

fn ending(file: &str) -> &str {
    file.rsplit('.').next().unwrap_or(file)
}
