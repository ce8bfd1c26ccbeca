//! How the window looks: fonts, sizes and the one palette. The only file that names a colour.

use std::cell::Cell;
use std::sync::Arc;

use egui::epaint::FontColorTransferFunction;
use egui::style::WidgetVisuals;
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Theme, Visuals,
    style, vec2,
};

use crate::export::pdf::{BOLD, REGULAR};
pub use crate::store::Look;

/// Size of plain text, in points.
const BODY: f32 = 14.0;

/// Text in the statutory tables, in points: table 三 has 28 rows and must fit a 768 line screen.
pub const TABLE_TEXT: f32 = 13.0;

/// The colours of the window, by what they mean.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// The desk the paper lies on.
    pub desk: Color32,
    /// The paper: cells to fill, text.
    pub paper: Color32,
    /// Printed heads.
    pub head: Color32,
    /// Totals.
    pub total: Color32,
    /// Handles of scroll bars.
    pub handle: Color32,
    /// Lines of tables and panels.
    pub line: Color32,
    /// The frame of a table.
    pub frame: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of less weight; still 4.5 : 1 on paper and desk.
    pub weak: Color32,
    /// Where the work is: focus, links, the main button.
    pub accent: Color32,
    /// Text on the accent colour.
    pub on_accent: Color32,
    /// Selected.
    pub accent_tint: Color32,
    /// Errors.
    pub error: Color32,
    /// Cells of an error.
    pub error_tint: Color32,
    /// Warnings.
    pub warning: Color32,
    /// Cells of a warning.
    pub warning_tint: Color32,
    /// Information.
    pub info: Color32,
    /// All is well.
    pub good: Color32,
    /// Left side of the finding looked at.
    pub left_tint: Color32,
    /// Right side of the finding looked at.
    pub right_tint: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

/// The light palette.
pub const LIGHT: Palette = Palette {
    desk: rgb(0x00F3_F4F6),
    paper: rgb(0x00FF_FFFF),
    head: rgb(0x00F0_F3F8),
    total: rgb(0x00F8_F9FB),
    handle: rgb(0x00B4_BBC6),
    line: rgb(0x00C9_CDD4),
    frame: rgb(0x0059_6270),
    ink: rgb(0x001F_2329),
    weak: rgb(0x005F_6875),
    accent: rgb(0x0014_56B8),
    on_accent: rgb(0x00FF_FFFF),
    accent_tint: rgb(0x00DC_E8FA),
    error: rgb(0x00C4_1E26),
    error_tint: rgb(0x00FD_E8E8),
    warning: rgb(0x009A_5200),
    warning_tint: rgb(0x00FF_F3DC),
    info: rgb(0x0047_5569),
    good: rgb(0x001B_7A3D),
    left_tint: rgb(0x00CF_E3FB),
    right_tint: rgb(0x00FF_E3B8),
};

/// The dark palette.
pub const DARK: Palette = Palette {
    desk: rgb(0x0018_1B20),
    paper: rgb(0x0021_252B),
    head: rgb(0x002A_2F37),
    total: rgb(0x0025_2A31),
    handle: rgb(0x0055_5E6B),
    line: rgb(0x0048_505B),
    frame: rgb(0x0094_9EAC),
    ink: rgb(0x00E8_EAED),
    weak: rgb(0x00A9_B1BD),
    accent: rgb(0x006A_A9FF),
    on_accent: rgb(0x000B_1A2E),
    accent_tint: rgb(0x0023_3D5E),
    error: rgb(0x00FF_8A8A),
    error_tint: rgb(0x004A_2226),
    warning: rgb(0x00FF_C266),
    warning_tint: rgb(0x0045_3518),
    info: rgb(0x00A9_B7CC),
    good: rgb(0x0076_D398),
    left_tint: rgb(0x0024_4670),
    right_tint: rgb(0x005C_4513),
};

/// Black on white with the strongest colours, for weak eyes and bad projectors.
pub const CONTRAST: Palette = Palette {
    desk: rgb(0x00FF_FFFF),
    paper: rgb(0x00FF_FFFF),
    head: rgb(0x00EE_EEEE),
    total: rgb(0x00F6_F6F6),
    handle: rgb(0x0055_5555),
    line: rgb(0x0044_4444),
    frame: rgb(0x0000_0000),
    ink: rgb(0x0000_0000),
    weak: rgb(0x0022_2222),
    accent: rgb(0x0000_2E8A),
    on_accent: rgb(0x00FF_FFFF),
    accent_tint: rgb(0x00CC_DDFF),
    error: rgb(0x0099_0000),
    error_tint: rgb(0x00FF_D6D6),
    warning: rgb(0x0066_3600),
    warning_tint: rgb(0x00FF_E2B0),
    info: rgb(0x0022_2F44),
    good: rgb(0x0000_4D1F),
    left_tint: rgb(0x00B8_D4FF),
    right_tint: rgb(0x00FF_D58A),
};

/// Paper as a printer has it, whatever the look of the window.
#[derive(Clone, Copy, Debug)]
pub struct Print {
    /// The paper.
    pub paper: Color32,
    /// What is printed.
    pub ink: Color32,
    /// The watermark.
    pub pale: Color32,
}

/// White, black, and the grey of the PDF's watermark.
pub const PRINT: Print = Print { paper: rgb(0x00FF_FFFF), ink: rgb(0x0000_0000), pale: rgb(0x00E8_E8E8) };

/// All looks, in the order of the menu.
pub const LOOKS: [Look; 3] = [Look::Light, Look::Dark, Look::Contrast];

impl Look {
    /// The name in the menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "浅色",
            Self::Dark => "深色",
            Self::Contrast => "高对比度",
        }
    }

    /// Its palette.
    pub fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::Contrast => &CONTRAST,
        }
    }
}

thread_local! {
    /// The look of this thread's window; painters everywhere ask for it, and a window never changes threads.
    static LOOK: Cell<Look> = const { Cell::new(Look::Light) };
}

thread_local! {
    /// Figures of tables are shown in groups of three digits.
    static GROUPS: Cell<bool> = const { Cell::new(false) };
}

/// Figures of tables are shown in groups of three digits (千分位).
pub fn groups_digits() -> bool {
    GROUPS.get()
}

/// From now on they are, or not.
pub fn set_groups_digits(groups: bool) {
    GROUPS.set(groups);
}

/// A figure as tables show it: `12,048` where groups are wanted; what is no figure as it is.
pub fn figure(words: String) -> String {
    let (sign, digits) = words.strip_prefix('-').map_or(("", words.as_str()), |digits| ("-", digits));
    let (whole, rest) = digits.split_once('.').map_or((digits, ""), |(whole, _)| (whole, digits.get(whole.len()..).unwrap_or_default()));
    let is_figure = whole.len() > 3 && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !groups_digits() || !is_figure {
        return words;
    }
    let grouped = whole.char_indices().map(|(at, c)| {
        let is_third = at > 0 && (whole.len() - at).is_multiple_of(3);
        format!("{}{c}", if is_third { "," } else { "" })
    });
    format!("{sign}{}{rest}", grouped.collect::<Vec<_>>().concat())
}

/// The look in use.
pub fn look() -> Look {
    LOOK.get()
}

/// The palette in use.
pub fn palette() -> &'static Palette {
    look().palette()
}

/// Changes the look of the window.
pub fn set_look(ctx: &Context, look: Look) {
    LOOK.set(look);
    let theme = if look == Look::Dark { Theme::Dark } else { Theme::Light };
    ctx.set_theme(theme);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, restyle);
    }
}

/// The family of bold text.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Bold text of this size.
pub fn bold_font(size: f32) -> FontId {
    FontId::new(size, bold())
}

/// Installs fonts and style. Call once, before the first frame.
pub fn install(ctx: &Context) {
    install_fonts(ctx);
    set_look(ctx, Look::Light);
    // Ctrl+Q would close the window without the question about unsaved changes.
    ctx.options_mut(|options| options.quit_shortcuts.clear());
}

fn install_fonts(ctx: &Context) {
    let mut fonts = FontDefinitions::empty(); // a sign that ours lack is drawn with the machine's own
    fonts.font_data.insert("sc".to_owned(), Arc::new(FontData::from_static(REGULAR)));
    fonts.font_data.insert("sc-bold".to_owned(), Arc::new(FontData::from_static(BOLD)));
    fonts.families.entry(FontFamily::Proportional).or_default().insert(0, "sc".to_owned());
    fonts.families.entry(FontFamily::Monospace).or_default().push("sc".to_owned());
    let mut bold_family = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    bold_family.insert(0, "sc-bold".to_owned());
    fonts.families.insert(bold(), bold_family);
    ctx.set_fonts(fonts);
}

fn restyle(style: &mut egui::Style) {
    let p = palette();
    style.text_styles = [
        (TextStyle::Small, FontId::proportional(BODY - 2.0)),
        (TextStyle::Body, FontId::proportional(BODY)),
        (TextStyle::Button, FontId::proportional(BODY)),
        (TextStyle::Monospace, FontId::monospace(BODY)),
        (TextStyle::Heading, bold_font(BODY + 4.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 4.0);
    spacing.interact_size.y = 28.0;
    spacing.window_margin = Margin::same(18);
    spacing.menu_margin = Margin::same(6);
    // What floats is as high as it wants to be; each of them says what the window has room for.
    spacing.default_area_size = vec2(600.0, 4_000.0);
    spacing.scroll = style::ScrollStyle::solid();
    spacing.scroll.bar_width = 9.0;
    spacing.scroll.foreground_color = false;
    spacing.scroll.fade.strength = 0.0;
    style.interaction.tooltip_delay = 0.35;
    style.interaction.selectable_labels = false; // words beside the table are pressed, not marked; dialogs turn it on again
    style.animation_time = 0.0;
    style.scroll_animation = style::ScrollAnimation::none(); // where the cursor goes, the eye is already
    style.explanation_tooltips = false;
    style.visuals = visuals(p);
}

fn visuals(p: &Palette) -> Visuals {
    let mut v = if look() == Look::Dark { Visuals::dark() } else { Visuals::light() };
    v.panel_fill = p.desk;
    v.window_fill = p.paper;
    v.extreme_bg_color = p.paper;
    v.faint_bg_color = p.head;
    v.text_edit_bg_color = Some(p.paper);
    v.weak_text_color = Some(p.weak);
    v.error_fg_color = p.error;
    v.warn_fg_color = p.warning;
    v.hyperlink_color = p.accent;
    v.selection.bg_fill = p.accent_tint;
    v.selection.stroke = Stroke::new(1.5, p.accent);
    v.window_corner_radius = CornerRadius::same(8);
    v.menu_corner_radius = CornerRadius::same(6);
    v.window_stroke = Stroke::new(1.0, p.line);
    v.window_shadow = Shadow { offset: [0, 6], blur: 24, spread: 0, color: Color32::from_black_alpha(40) };
    v.popup_shadow = Shadow { offset: [0, 3], blur: 12, spread: 0, color: Color32::from_black_alpha(30) };
    v.striped = false;
    v.button_frame = true;
    v.indent_has_left_vline = false;
    v.text_cursor.blink = false; // a blinking cursor costs two frames a second for nothing
    v.text_options.color_transfer_function = FontColorTransferFunction::Gamma(0.7);
    let widget = |fill, weak, line, ink| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: weak,
        bg_stroke: Stroke::new(1.0, line),
        fg_stroke: Stroke::new(1.0, ink),
        corner_radius: CornerRadius::same(4),
        expansion: 0.0,
    };
    v.widgets.noninteractive = widget(p.desk, p.desk, p.line, p.ink);
    v.widgets.inactive = widget(p.handle, p.paper, p.line, p.ink);
    v.widgets.hovered = widget(p.accent, p.head, p.accent, p.ink);
    v.widgets.active = widget(p.accent, p.accent_tint, p.accent, p.ink);
    v.widgets.open = widget(p.head, p.accent_tint, p.accent, p.ink);
    v
}
