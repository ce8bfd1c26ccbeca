//! A chart of a workbook or a Word document, read back: the figures that its series show.

use quick_xml::Reader;
use quick_xml::events::Event;

/// A series: the figure of each category, as written; none where the chart has a gap.
pub type Series = Vec<Option<String>>;

/// The figures of every series of the chart in this part.
///
/// # Errors
/// The part is no chart, or a broken one.
pub fn series(xml: &str) -> Result<Vec<Series>, String> {
    let broken = || "图已经损坏".to_owned();
    let mut reader = Reader::from_str(xml);
    let mut all: Vec<Series> = Vec::new();
    let (mut in_values, mut in_value, mut place) = (false, false, 0);
    loop {
        match reader.read_event().map_err(|_ill_formed| broken())? {
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "c:ser" => all.push(Vec::new()),
                "c:val" => in_values = true,
                "c:v" => in_value = true,
                "c:ptCount" if in_values => {
                    let series = all.last_mut().ok_or_else(broken)?;
                    series.resize(number(&tag, "val").filter(|count| *count < MAX_POINTS).ok_or_else(broken)?, None);
                }
                "c:pt" if in_values => place = number(&tag, "idx").ok_or_else(broken)?,
                _ => {}
            },
            Event::End(tag) => match tag.name().as_ref() {
                "c:val" => in_values = false,
                "c:v" => in_value = false,
                _ => {}
            },
            Event::Text(text) if in_values && in_value => {
                let slot = all.last_mut().and_then(|series| series.get_mut(place)).ok_or_else(broken)?;
                *slot = Some(text.xml10_content().trim().to_owned()).filter(|text| !text.is_empty());
            }
            Event::Eof => return Ok(all),
            _ => {}
        }
    }
}

/// More years than anybody has.
const MAX_POINTS: usize = 10_000;

fn number(tag: &quick_xml::events::BytesStart<'_>, name: &str) -> Option<usize> {
    tag.try_get_attribute(name).ok()??.value.parse().ok()
}
