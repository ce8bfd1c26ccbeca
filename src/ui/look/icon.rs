//! Icons: strokes on a grid of sixteen, painted by the program itself, so that they have the colour of the words beside them.

use egui::{Atom, Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2};

/// Width of an icon beside words, in points.
pub const ICON: f32 = 16.0;

/// Thickness of the strokes on the grid of sixteen.
const PEN: f32 = 1.5;

/// A picture of what a command does or how something stands. Beside a word always, except for marks in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Something new.
    Plus,
    /// From last year.
    Sheets,
    /// Open.
    Folder,
    /// Comes in.
    TrayIn,
    /// Goes out.
    TrayOut,
    /// A county.
    Squares,
    /// One report.
    Sheet,
    /// A register, a manual.
    Book,
    /// Help.
    Ring,
    /// Help, with its sign.
    Question,
    /// Look for, look at.
    Lens,
    /// Waits; earlier.
    Clock,
    /// Taken back, given back.
    Back,
    /// Made again.
    Forward,
    /// Locked.
    Padlock,
    /// In work.
    HalfRing,
    /// Holds.
    Tick,
    /// Does not hold.
    Cross,
    /// To be verified.
    Triangle,
    /// Words are written.
    Pencil,
    /// Pictures of several years.
    Bars,
    /// Saved.
    Disk,
    /// Printed.
    Printer,
    /// Somebody.
    Person,
    /// A list.
    Lines,
    /// A sum.
    Sum,
    /// Zeros.
    Zero,
    /// The way out.
    Door,
    /// On, to the next.
    Chevron,
}

type Line = &'static [(f32, f32)];

impl Icon {
    /// The strokes, from point to point.
    fn strokes(self) -> &'static [Line] {
        match self {
            Self::Plus => &[&[(8.0, 3.0), (8.0, 13.0)], &[(3.0, 8.0), (13.0, 8.0)]],
            Self::Sheets => &[&[(2.5, 2.5), (9.5, 2.5), (9.5, 11.0), (2.5, 11.0), (2.5, 2.5)], &[(6.0, 13.8), (13.0, 13.8), (13.0, 5.5)]],
            Self::Folder => &[&[(2.0, 3.5), (6.3, 3.5), (7.8, 5.5), (14.0, 5.5), (14.0, 13.0), (2.0, 13.0), (2.0, 3.5)]],
            Self::TrayIn => {
                &[&[(8.0, 2.0), (8.0, 9.6)], &[(4.9, 6.6), (8.0, 9.6), (11.1, 6.6)], &[(2.5, 9.8), (2.5, 13.6), (13.5, 13.6), (13.5, 9.8)]]
            }
            Self::TrayOut => {
                &[&[(8.0, 10.0), (8.0, 2.4)], &[(4.9, 5.4), (8.0, 2.4), (11.1, 5.4)], &[(2.5, 9.8), (2.5, 13.6), (13.5, 13.6), (13.5, 9.8)]]
            }
            Self::Squares => &[
                &[(2.5, 2.5), (6.8, 2.5), (6.8, 6.8), (2.5, 6.8), (2.5, 2.5)],
                &[(9.2, 2.5), (13.5, 2.5), (13.5, 6.8), (9.2, 6.8), (9.2, 2.5)],
                &[(2.5, 9.2), (6.8, 9.2), (6.8, 13.5), (2.5, 13.5), (2.5, 9.2)],
                &[(9.2, 9.2), (13.5, 9.2), (13.5, 13.5), (9.2, 13.5), (9.2, 9.2)],
            ],
            Self::Sheet => {
                &[&[(3.8, 2.0), (9.2, 2.0), (12.5, 5.3), (12.5, 14.0), (3.8, 14.0), (3.8, 2.0)], &[(9.2, 2.0), (9.2, 5.3), (12.5, 5.3)]]
            }
            Self::Book => &[
                &[(3.5, 2.5), (12.8, 2.5), (12.8, 13.8), (3.5, 13.8), (3.5, 2.5)],
                &[(3.5, 11.0), (12.8, 11.0)],
                &[(6.4, 5.4), (9.9, 5.4)],
            ],
            Self::Question => {
                &[&[(6.2, 6.4), (6.8, 5.1), (8.2, 4.7), (9.6, 5.4), (9.6, 6.9), (8.0, 8.1), (8.0, 9.2)], &[(8.0, 11.0), (8.0, 11.6)]]
            }
            Self::Lens => &[&[(10.2, 10.2), (13.8, 13.8)]],
            Self::Clock => &[&[(8.0, 4.6), (8.0, 8.2), (10.6, 9.6)]],
            Self::Back => {
                &[&[(5.8, 3.2), (2.6, 6.4), (5.8, 9.6)], &[(2.6, 6.4), (10.0, 6.4), (12.4, 7.4), (13.4, 9.8), (12.4, 12.2), (10.0, 13.2)]]
            }
            Self::Forward => {
                &[&[(10.2, 3.2), (13.4, 6.4), (10.2, 9.6)], &[(13.4, 6.4), (6.0, 6.4), (3.6, 7.4), (2.6, 9.8), (3.6, 12.2), (6.0, 13.2)]]
            }
            Self::Padlock => &[
                &[(3.4, 7.2), (12.6, 7.2), (12.6, 13.6), (3.4, 13.6), (3.4, 7.2)],
                &[(5.3, 7.2), (5.3, 4.9), (6.4, 3.1), (8.0, 2.5), (9.6, 3.1), (10.7, 4.9), (10.7, 7.2)],
            ],
            Self::Tick => &[&[(2.8, 8.6), (6.4, 12.2), (13.4, 4.2)]],
            Self::Cross => &[&[(5.2, 5.2), (10.8, 10.8)], &[(10.8, 5.2), (5.2, 10.8)]],
            Self::Triangle => {
                &[&[(8.0, 2.2), (14.4, 13.6), (1.6, 13.6), (8.0, 2.2)], &[(8.0, 6.6), (8.0, 9.8)], &[(8.0, 11.4), (8.0, 12.0)]]
            }
            Self::Pencil => &[&[(2.8, 13.2), (3.6, 9.9), (10.9, 2.6), (13.4, 5.1), (6.1, 12.4), (2.8, 13.2)]],
            Self::Bars => &[&[(3.0, 13.5), (3.0, 8.0)], &[(8.0, 13.5), (8.0, 3.0)], &[(13.0, 13.5), (13.0, 6.0)]],
            Self::Disk => &[
                &[(2.5, 2.5), (11.0, 2.5), (13.5, 5.0), (13.5, 13.5), (2.5, 13.5), (2.5, 2.5)],
                &[(5.0, 13.5), (5.0, 9.0), (11.0, 9.0), (11.0, 13.5)],
                &[(5.2, 2.5), (5.2, 5.4), (9.6, 5.4), (9.6, 2.5)],
            ],
            Self::Printer => &[
                &[(4.2, 6.2), (4.2, 2.4), (11.8, 2.4), (11.8, 6.2)],
                &[(4.2, 11.2), (2.2, 11.2), (2.2, 6.2), (13.8, 6.2), (13.8, 11.2), (11.8, 11.2)],
                &[(4.2, 9.2), (11.8, 9.2), (11.8, 13.6), (4.2, 13.6), (4.2, 9.2)],
            ],
            Self::Person => &[&[(2.8, 13.8), (3.4, 11.0), (5.4, 9.6), (10.6, 9.6), (12.6, 11.0), (13.2, 13.8)]],
            Self::Lines => &[&[(3.0, 4.0), (13.0, 4.0)], &[(3.0, 8.0), (13.0, 8.0)], &[(3.0, 12.0), (13.0, 12.0)]],
            Self::Sum => &[&[(12.2, 3.0), (4.0, 3.0), (8.6, 8.0), (4.0, 13.0), (12.2, 13.0)]],
            Self::Zero => {
                &[&[(8.0, 2.8), (10.6, 4.2), (11.4, 8.0), (10.6, 11.8), (8.0, 13.2), (5.4, 11.8), (4.6, 8.0), (5.4, 4.2), (8.0, 2.8)]]
            }
            Self::Door => &[
                &[(8.6, 2.5), (3.0, 2.5), (3.0, 13.5), (8.6, 13.5)],
                &[(6.4, 8.0), (13.4, 8.0)],
                &[(10.7, 5.2), (13.4, 8.0), (10.7, 10.8)],
            ],
            Self::Chevron => &[&[(6.0, 3.5), (10.5, 8.0), (6.0, 12.5)]],
            Self::Ring | Self::HalfRing => &[],
        }
    }

    /// The circle in it: middle and radius.
    fn circle(self) -> Option<(Pos2, f32)> {
        match self {
            Self::Question | Self::Clock | Self::Ring | Self::HalfRing => Some((pos2(8.0, 8.0), 6.0)),
            Self::Lens => Some((pos2(7.0, 7.0), 4.4)),
            Self::Person => Some((pos2(8.0, 5.0), 2.7)),
            _ => None,
        }
    }

    /// Paints it as large as the place is.
    pub fn paint(self, painter: &Painter, place: Rect, ink: Color32) {
        let scale = place.width().min(place.height()) / ICON;
        let origin = place.center() - Vec2::splat(ICON / 2.0 * scale);
        let at = |x: f32, y: f32| origin + Vec2::new(x, y) * scale;
        let pen = Stroke::new(PEN * scale, ink);
        let on = match self {
            // A wrong sum is a filled square, so that it is told apart in grey.
            Self::Cross => {
                painter.rect_filled(Rect::from_min_max(at(1.5, 1.5), at(14.5, 14.5)), 2.0 * scale, ink);
                Stroke::new(PEN * scale, super::theme::palette().paper)
            }
            _ => pen,
        };
        for line in self.strokes() {
            painter.add(Shape::line(line.iter().map(|(x, y)| at(*x, *y)).collect(), on));
        }
        if let Some((middle, radius)) = self.circle() {
            painter.circle_stroke(at(middle.x, middle.y), radius * scale, pen);
        }
        if self == Self::HalfRing {
            let half = (0..=16_u8).map(|step| std::f32::consts::FRAC_PI_2 + std::f32::consts::PI * f32::from(step) / 16.0);
            let points = half.map(|angle| at(8.0 + 6.0 * angle.cos(), 8.0 + 6.0 * angle.sin())).collect();
            painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
        }
    }

    /// The icon as a part of a button, in this colour.
    pub fn atom_in(self, ink: Color32) -> Atom<'static> {
        Atom::paint(Vec2::splat(ICON), move |ui, part| self.paint(ui.painter(), part.rect, ink))
    }

    /// The icon as a part of a button, in the colour of its words.
    pub fn atom(self) -> Atom<'static> {
        Atom::paint(Vec2::splat(ICON), move |ui, part| self.paint(ui.painter(), part.rect, part.fallback_text_color))
    }
}
