//! The looks: text stands out from what it is written on, in each of them.

use egui::Color32;
use gouji::ui::theme::{LOOKS, Palette};

/// Relative luminance. Source: WCAG 2.2.
fn luminance(color: Color32) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
}

fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Every text colour with everything it is written on.
fn pairs(p: &Palette) -> Vec<(&'static str, Color32, Color32)> {
    let grounds = [("paper", p.paper), ("desk", p.desk)];
    let on_grounds = [
        ("ink", p.ink),
        ("weak", p.weak),
        ("accent", p.accent),
        ("error", p.error),
        ("warning", p.warning),
        ("info", p.info),
        ("good", p.good),
    ];
    let mut pairs: Vec<_> = grounds.iter().flat_map(|(_, ground)| on_grounds.iter().map(|(name, ink)| (*name, *ink, *ground))).collect();
    let tints = [p.head, p.total, p.accent_tint, p.error_tint, p.warning_tint, p.left_tint, p.right_tint];
    pairs.extend(tints.into_iter().map(|tint| ("ink on a tint", p.ink, tint)));
    pairs.extend([
        ("error on its tint", p.error, p.error_tint),
        ("warning on its tint", p.warning, p.warning_tint),
        ("accent on its tint", p.accent, p.accent_tint),
        ("weak on the accent tint", p.weak, p.accent_tint),
        ("side words", p.ink, p.left_tint),
        ("side words", p.ink, p.right_tint),
        ("main button", p.on_accent, p.accent),
        ("badge", p.paper, p.error),
        ("badge", p.paper, p.warning),
    ]);
    pairs
}

#[test]
fn text_stands_out_at_least_4_5_to_1_in_every_look() {
    let mut dim = Vec::new();
    for look in LOOKS {
        for (name, ink, ground) in pairs(look.palette()) {
            let ratio = contrast(ink, ground);
            if ratio < 4.5 {
                dim.push(format!("{}: {name}: {ratio:.2} ({ink:?} on {ground:?})", look.name()));
            }
        }
    }
    assert!(dim.is_empty(), "{}", dim.join("\n"));
}
