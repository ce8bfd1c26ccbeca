//! How sure a figure is, in signs, words and colours.

use crate::import::Found;
use crate::ui::look::theme::palette;
use crate::ui::state::account::Certainty;

/// The sign of a certainty among words.
pub fn sign(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Read | Certainty::Settled => "✓",
        Certainty::Inferred => "◇",
        Certainty::Doubtful => "⚠",
        Certainty::Open => "□",
    }
}

/// Its name.
pub fn name(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Read => "读到",
        Certainty::Inferred => "推出",
        Certainty::Doubtful => "读不准",
        Certainty::Open => "没读出",
        Certainty::Settled => "看过",
    }
}

/// Its colour.
pub fn ink(certainty: Certainty) -> egui::Color32 {
    match certainty {
        Certainty::Read | Certainty::Settled => palette().good,
        Certainty::Inferred => palette().accent,
        Certainty::Doubtful => palette().warning,
        Certainty::Open => palette().error,
    }
}

/// Why a cell wants a look.
pub fn reason(found: &Found) -> String {
    match (&*found.why, found.doubts.as_slice()) {
        ("", []) => "读到了".to_owned(),
        ("", _) => "与别的数对不上，原文可能就是这样，也可能读错了位置".to_owned(),
        (why, []) => why.to_owned(),
        (why, _) => format!("{why}；与别的数对不上"),
    }
}
