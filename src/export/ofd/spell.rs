//! How OFD spells lengths and colours.

/// The standard's own name for its elements.
pub(super) const OFD: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// Points as millimetres, to a tenth of a thousandth.
pub(super) fn mm(points: f64) -> String {
    let text = format!("{:.4}", points * 25.4 / 72.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Several lengths as one value.
pub(super) fn mms(points: &[f64]) -> String {
    points.iter().map(|points| mm(*points)).collect::<Vec<_>>().join(" ")
}

/// Red, green and blue.
pub(super) fn color([red, green, blue]: [u8; 3]) -> String {
    format!("{red} {green} {blue}")
}

/// A filling of this colour.
pub(super) fn fill(ink: [u8; 3]) -> String {
    format!("<ofd:FillColor Value=\"{}\"/>", color(ink))
}
