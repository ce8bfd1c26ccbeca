//! Keys in the order they were pressed. On a slow machine several fall into one frame: the last digit and the Enter behind
//! it, say. Shortcuts, table and text field each pick theirs from a frame's events, so the Enter could overtake the digit
//! and the digit be lost. Therefore a frame gets either what was typed or one key that acts; the rest waits for the next.
//!
//! A frame in which the focus has just changed gets no events: only from the frame after does egui know that the widget wants
//! arrows and Tab for itself, and would take them for a wish to go to another widget.

use egui::{Event, Id, Key};

/// Deals out events to frames.
#[derive(Debug, Default)]
pub struct Pace {
    held: Vec<Event>,
    focus: Option<Id>,
}

/// What an event means for the order.
#[derive(Clone, Copy)]
enum Kind<'a> {
    /// Text, and the keys it came from.
    Typing,
    /// Does something with what was typed.
    Acting(&'a Event),
    /// Movement, releases, everything else.
    Neutral,
}

impl Pace {
    /// Leaves in `events` what one frame may have, keeping back the rest; what was kept back before comes first.
    /// `focus` is the widget that has the focus.
    pub fn deal(&mut self, focus: Option<Id>, events: &mut Vec<Event>) {
        self.held.append(events);
        if std::mem::replace(&mut self.focus, focus) != focus {
            return;
        }
        let rest = self.held.split_off(end_of_step(&self.held));
        *events = std::mem::replace(&mut self.held, rest);
    }

    /// Events wait for another frame.
    pub fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }
}

fn end_of_step(events: &[Event]) -> usize {
    let mut before = Kind::Neutral;
    let mut released = false;
    for (at, event) in events.iter().enumerate() {
        let kind = kind(event, events.get(at + 1));
        let fits = match (before, kind) {
            (Kind::Neutral, _) | (_, Kind::Neutral) | (Kind::Typing, Kind::Typing) => true,
            // A key held down repeats faster than a slow machine paints.
            (Kind::Acting(key), Kind::Acting(again)) => key == again && !released,
            (Kind::Typing, Kind::Acting(_)) | (Kind::Acting(_), Kind::Typing) => false,
        };
        if !fits {
            return at;
        }
        released |= matches!(event, Event::Key { pressed: false, .. } | Event::PointerButton { .. });
        if !matches!(kind, Kind::Neutral) {
            before = kind;
        }
    }
    events.len()
}

fn kind<'a>(event: &'a Event, next: Option<&Event>) -> Kind<'a> {
    match event {
        // In a table the space bar enters what was typed.
        Event::Key { key: Key::Space, pressed: true, .. } => Kind::Acting(event),
        Event::Text(_) | Event::Ime(_) => Kind::Typing,
        Event::Key { pressed: true, .. } if matches!(next, Some(Event::Text(_))) => Kind::Typing,
        Event::Key { pressed: true, .. } | Event::PointerButton { pressed: true, .. } | Event::Copy | Event::Cut | Event::Paste(_) => {
            Kind::Acting(event)
        }
        _ => Kind::Neutral,
    }
}
